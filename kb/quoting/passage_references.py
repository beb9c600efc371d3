"""References to passages of ours in somebody's text: addresses, citation keys and fingerprints.

An address is `/passages/DOCUMENT/PASSAGE`, with or without a host, or `/documents/DOCUMENT#PASSAGE`; a
key `[@DOCUMENT/PASSAGE]`, `DOCUMENT/PASSAGE` or `DOCUMENT:PASSAGE`. A fingerprint stands in the address
(`?v=...`) or behind it in the same paragraph, as our citations have it.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace

__all__ = ["Reference", "references"]

_ID = r"[A-Za-z0-9._-]{0,199}[A-Za-z0-9_-]"
_ADDRESS = re.compile(
    rf"(?:https?://[^\s/<>\"]{{1,253}})?"
    rf"/(?:passages/(?P<document>{_ID})/(?P<passage>{_ID})|documents/(?P<whole>{_ID})(?=[?#]))"
    rf"(?P<query>\?[^\s<>\"'#)\]]*[^\s<>\"'#)\].,;:!?])?(?:#(?!site:)(?P<anchor>{_ID}))?"
)
_KEY = re.compile(rf"(?<![\w./:@#?=&%])(?P<at>@)?(?P<document>{_ID})[/:](?P<passage>{_ID})(?![\w/])")
_CITED = re.compile(r"[\[;]\s?-?\Z")
"""What stands before the @ of a key that is surely one: Pandoc's `[@key; -@key]`."""

_VERSION = re.compile(r"[?&;]v=([0-9a-f]{8,64})(?![0-9a-f])")
_FINGERPRINT = re.compile(r"sha256:([0-9a-f]{8,64})(?![0-9a-f])")
_PARAGRAPH = re.compile(r"\n[ \t\r]*\n")


@dataclass(frozen=True, slots=True)
class Reference:
    """A reference as written, at `start`, and what it names; `fingerprint` may be cut short, or empty."""

    words: str
    start: int
    document: str
    passage: str
    fingerprint: str = ""


def references(text: str, known: Callable[[str], bool]) -> tuple[Reference, ...]:
    """All references in order; what only looks like a key counts where its document is `known`."""
    found = list(_addresses(text))
    taken = [(one.start, one.start + len(one.words)) for one in found]
    found += [one for one in _keys(text, known) if not any(a <= one.start < b for a, b in taken)]
    found.sort(key=lambda one: one.start)
    ends = [*(one.start for one in found), len(text)][1:]
    return tuple(_with_fingerprint(one, text, end) for one, end in zip(found, ends, strict=True))


def _addresses(text: str) -> Iterator[Reference]:
    for one in _ADDRESS.finditer(text):
        document = one["document"] or one["whole"]
        if passage := one["passage"] or one["anchor"]:
            version = _VERSION.search(one["query"] or "")
            yield Reference(one[0], one.start(), document, passage, version[1] if version else "")


def _keys(text: str, known: Callable[[str], bool]) -> Iterator[Reference]:
    for one in _KEY.finditer(text):
        cited = one["at"] and _CITED.search(text, max(0, one.start() - 3), one.start())
        if cited or known(one["document"]):
            yield Reference(one[0], one.start(), one["document"], one["passage"])


def _with_fingerprint(one: Reference, text: str, end: int) -> Reference:
    """With the fingerprint that stands behind it, before the next reference and the end of its paragraph."""
    if one.fingerprint:
        return one
    begin = one.start + len(one.words)
    paragraph = _PARAGRAPH.search(text, begin, end)
    found = _FINGERPRINT.search(text, begin, paragraph.start() if paragraph else end)
    return replace(one, fingerprint=found[1]) if found else one
