"""A citation as somebody wrote or pasted it, taken apart: addresses, fingerprints, places, words."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from urllib.parse import unquote

from kb.citing import pinpoint
from kb.citing.pinpoint import Pinpoint
from kb.ids import ID_PATTERN, SHORT_FINGERPRINT_CHARS, IdPair, fingerprint_pattern

__all__ = ["LONGEST", "SAID_BY_STYLES", "Reference", "read", "runs_of"]

LONGEST = 4_000
"""Characters of a citation that are read."""

_LINK = re.compile(r"(?:https?://|(?<![\w/])/)\S+")
_PASSAGE = re.compile(rf"/passages/({ID_PATTERN})/({ID_PATTERN})")
_DOCUMENT = re.compile(rf"/documents/({ID_PATTERN})(?:\?[^#]*)?#({ID_PATTERN})")
_ADDRESS = re.compile(rf"(?<![\w./-])({ID_PATTERN})/({ID_PATTERN})(?![\w/-])")
_FINGERPRINT = re.compile(
    rf"(?<![0-9A-Za-z])(?:sha256:)?({fingerprint_pattern(SHORT_FINGERPRINT_CHARS)})(?![0-9A-Za-z])"
)
_NUMBER = re.compile(r"(?<![\w./-])[0-9]{1,4}[A-Za-z]?(?:\([0-9A-Za-z]{1,4}\))*(?![\w/-])")
_WORD = re.compile(r"[^\W_]+")

_SAID = (
    "a accessed added an and at available by editorial fingerprint for from in last nd note numbering of on "
    "sha256 site supplementing the this to visited january february march april may june july august "
    "september october november december jan feb mar apr jun jul aug sep sept oct nov dec"
)
SAID_BY_STYLES = frozenset(_SAID.split())
"""Words that say nothing of which document is meant; `styles` write some of them into every citation."""


@dataclass(frozen=True, slots=True)
class Reference:
    """What a citation says: passages named outright, fingerprints, places with a label, bare numbers,
    the rest as words; `text` is all of it in the same plain words, for what is called by its name.
    """

    addresses: tuple[IdPair, ...]
    fingerprints: tuple[str, ...]
    places: tuple[Pinpoint, ...]
    numbers: tuple[Pinpoint, ...]
    words: tuple[str, ...]
    text: str


def read(text: str) -> Reference:
    """Takes a citation apart; of a very long one, its beginning."""
    text = text[:LONGEST]
    rest = _LINK.sub(" ", text)
    addresses = tuple(dict.fromkeys([*_linked(text), *_named(rest)]))
    if _ADDRESS.fullmatch(rest.strip()):  # nothing but an address: its parts are no words
        rest = ""
    marks = tuple(dict.fromkeys(_FINGERPRINT.findall(rest)))
    rest = _FINGERPRINT.sub(" ", rest)
    found = list(pinpoint.find(rest))
    left = _without(rest, [(start, end) for _, start, end in found])
    return Reference(
        addresses,
        marks,
        tuple(dict.fromkeys(place for place, _, _ in found)),
        tuple(dict.fromkeys(Pinpoint("", number) for number in _NUMBER.findall(left))),
        tuple(word for word in dict.fromkeys(runs_of(left)) if word not in SAID_BY_STYLES),
        f" {' '.join(runs_of(rest))} ",
    )


def runs_of(text: str) -> list[str]:
    """The words of a text as they are compared here: letters and digits, case folded."""
    return _WORD.findall(text.casefold())


def _linked(text: str) -> Iterator[IdPair]:
    for link in _LINK.findall(text):
        for found in (*_PASSAGE.finditer(unquote(link)), *_DOCUMENT.finditer(unquote(link))):
            yield from _ends((found[1], found[2]))


def _named(text: str) -> Iterator[IdPair]:
    for found in _ADDRESS.finditer(text):
        yield from _ends((found[1], found[2]))


def _ends(key: IdPair) -> Iterator[IdPair]:
    """As it stands, without the stop that ends a sentence, and without the suffix of a file."""
    document, passage = key
    ends = (passage, passage.rstrip("."), passage.rpartition(".")[0])
    yield from ((document, end) for end in dict.fromkeys(ends) if end)


def _without(text: str, spans: list[tuple[int, int]]) -> str:
    for start, end in reversed(spans):
        text = f"{text[:start]} {text[end:]}"
    return text
