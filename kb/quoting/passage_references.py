"""References to passages in somebody's text: addresses, citation keys and fingerprints.

An address is one of `kb.permalinks` that names a passage, on any host; a key is `[@DOCUMENT/PASSAGE]`,
`DOCUMENT/PASSAGE` or `DOCUMENT:PASSAGE`. A fingerprint stands in the address (`?v=...`) or behind it
in the same paragraph, as our citations have it.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace

from kb.ids import ID_IN_TEXT_PATTERN, ID_PATTERN, IdPair, fingerprint_pattern
from kb.permalinks import find_permalinks

__all__ = ["PassageReference", "find_references", "references_to"]

_KEY = re.compile(
    rf"(?<![\w./:@#?=&%])(?P<at>@)?(?P<document>{ID_PATTERN})[/:]"
    rf"(?P<passage>{ID_IN_TEXT_PATTERN})(?![\w/])"
)
_CITED = re.compile(r"[\[;]\s?-?\Z")
"""What stands before the @ of a key in Pandoc's `[@key; -@key]`."""

_FINGERPRINT = re.compile(rf"sha256:({fingerprint_pattern()})(?![0-9a-f])")
_PARAGRAPH = re.compile(r"\n[ \t\r]*\n")


@dataclass(frozen=True, slots=True)
class PassageReference:
    """A reference as written, at `start`, and what it names; `fingerprint` may be cut short, or empty.

    What is not `certain` has the form of a reference and may be something else: `and/or`, `12:30`.
    """

    words: str
    start: int
    document: str
    passage: str
    fingerprint: str = ""
    certain: bool = True

    @property
    def end(self) -> int:
        return self.start + len(self.words)

    @property
    def ids(self) -> IdPair:
        return self.document, self.passage


def find_references(text: str) -> list[PassageReference]:
    """All that has the form of a reference, in order, in time linear in the text's length."""
    links = list(_links(text))
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


def _links(text: str) -> Iterator[PassageReference]:
    for link, start, end in find_permalinks(text):
        if link.passage:
            # other sites have pages of themes, too
            certain = link.page != "themes"
            yield PassageReference(
                text[start:end], start, link.document, link.passage, link.fingerprint, certain
            )


def _keys(text: str) -> Iterator[PassageReference]:
    for key in _KEY.finditer(text):
        cited = bool(key["at"] and _CITED.search(text, max(0, key.start() - 3), key.start()))
        yield PassageReference(key[0], key.start(), key["document"], key["passage"], certain=cited)


def _with_fingerprint(reference: PassageReference, text: str, end: int) -> PassageReference:
    """With the fingerprint behind it, before the next reference and the end of its paragraph."""
    if reference.fingerprint:
        return reference
    paragraph = _PARAGRAPH.search(text, reference.end, end)
    found = _FINGERPRINT.search(text, reference.end, paragraph.start() if paragraph else end)
    return replace(reference, fingerprint=found[1]) if found else reference
