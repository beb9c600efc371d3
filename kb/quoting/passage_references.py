"""References to passages in somebody's text: addresses, citation keys and fingerprints.

An address is one of `kb.permalinks` that names a passage, on any host; a key is `[@DOCUMENT/PASSAGE]`,
`DOCUMENT/PASSAGE` or `DOCUMENT:PASSAGE`; either may name words of the passage, `:3-12`. A fingerprint
is in the address (`?v=...`), in the key (`@...`) or after it in the same paragraph, as in our
citations.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace

from kb.ids import (
    ID_IN_TEXT_PATTERN,
    ID_PATTERN,
    IdPair,
    PassageRef,
    address,
    fingerprint_pattern,
    parse_passage_ref,
)
from kb.messages import Message
from kb.permalinks import find_permalinks

__all__ = ["PassageReference", "find_references", "link_references", "references_to"]

_NUMBERS = r"[0-9]{1,9}-[0-9]{1,9}(?:,[0-9]{1,9}-[0-9]{1,9}){0,99}"

_KEY = re.compile(
    rf"(?<![\w./:@#?=&%])(?P<at>@)?(?P<document>{ID_PATTERN})[/:]"
    rf"(?P<passage>{ID_IN_TEXT_PATTERN})(?![\w/])"
    rf"(?P<words>:{_NUMBERS}(?!\w))?(?:@(?P<fingerprint>{fingerprint_pattern()})(?!\w))?"
)
_WORDS_OF_LINK = re.compile(rf"/passages/[^/\s]+/[^/:?#\s]+(:{_NUMBERS})")
_CITED = re.compile(r"[\[;]\s?-?\Z")
"""What comes before the @ of a key in Pandoc's `[@key; -@key]`."""

_FINGERPRINT = re.compile(rf"sha256:({fingerprint_pattern()})(?![0-9a-f])")
_PARAGRAPH = re.compile(r"\n[ \t\r]*\n")


@dataclass(frozen=True, slots=True)
class PassageReference:
    """A reference as written, at `start`, and what it names; `fingerprint` may be cut short, or empty.

    A reference that is not `certain` may be something else in the same form: `and/or`, `12:30`.
    """

    words: str
    start: int
    document: str
    passage: str
    fingerprint: str = ""
    certain: bool = True
    numbers: str = ""
    """The numbers of an excerpt's words after a colon, `:3-12`, as written: they may run backwards."""

    @property
    def ref(self) -> PassageRef | Message:
        """What it names, with its words and fingerprint; or a message about what is wrong with them."""
        tail = f"{self.numbers}{f'@{self.fingerprint}' if self.fingerprint else ''}"
        return parse_passage_ref(f"{address(*self.ids)}{tail}")

    @property
    def end(self) -> int:
        return self.start + len(self.words)

    @property
    def ids(self) -> IdPair:
        return self.document, self.passage


def find_references(text: str) -> list[PassageReference]:
    """Everything in the form of a reference, in order; time is linear in the length of the text."""
    links = list(link_references(text))
    starts = [link.start for link in links]

    def inside_a_link(key: PassageReference) -> bool:
        before = bisect_right(starts, key.start)
        return before > 0 and key.start < links[before - 1].end

    keys = [key for key in _keys(text) if not inside_a_link(key)]
    return sorted([*links, *keys], key=lambda reference: reference.start)


def references_to(text: str, known: Callable[[str], bool]) -> tuple[PassageReference, ...]:
    """The references in a text, with fingerprints; an uncertain one counts if its document is `known`."""
    references = [each for each in find_references(text) if each.certain or known(each.document)]
    ends = [*(each.start for each in references), len(text)][1:]
    return tuple(_with_fingerprint(each, text, end) for each, end in zip(references, ends, strict=True))


def link_references(text: str) -> Iterator[PassageReference]:
    """The permanent addresses of passages in a text, in order."""
    for link, start, end in find_permalinks(text):
        if link.passage:
            # other sites have theme pages, too
            certain = link.page != "themes"
            words = _WORDS_OF_LINK.search(text, start, end)
            yield PassageReference(
                text[start:end],
                start,
                *(link.document, link.passage, link.fingerprint),
                certain,
                words[1] if words else "",
            )


def _keys(text: str) -> Iterator[PassageReference]:
    for key in _KEY.finditer(text):
        cited = bool(key["at"] and _CITED.search(text, max(0, key.start() - 3), key.start()))
        named = key["document"], key["passage"], key["fingerprint"] or ""
        yield PassageReference(key[0], key.start(), *named, cited, key["words"] or "")


def _with_fingerprint(reference: PassageReference, text: str, end: int) -> PassageReference:
    """The reference with the fingerprint that follows it in its paragraph, before the next reference."""
    if reference.fingerprint:
        return reference
    paragraph = _PARAGRAPH.search(text, reference.end, end)
    found = _FINGERPRINT.search(text, reference.end, paragraph.start() if paragraph else end)
    return replace(reference, fingerprint=found[1]) if found else reference
