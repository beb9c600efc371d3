"""A citation as somebody wrote or pasted it, taken apart: addresses, fingerprints, places, words."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, replace
from urllib.parse import unquote

from index.analysis.analyzer import plain_words
from index.citation_resolver.other_languages import places_in_other_languages
from kb.citing import pinpoint
from kb.citing.pinpoint import Pinpoint
from kb.ids import SHORT_FINGERPRINT_CHARS, fingerprint_pattern, is_id, parse_address
from kb.permalinks import Permalink, find_permalinks
from kb.quoting.passage_references import PassageReference, find_references, link_references

__all__ = [
    "MAX_CITATION_CHARS",
    "SAID_BY_STYLES",
    "CitationParts",
    "parse_citation",
    "runs_of",
    "words_alone",
]

MAX_CITATION_CHARS = 4_000

_LINK = re.compile(r"(?:https?://|(?<![\w/])/)\S+")
_FINGERPRINT = re.compile(
    rf"(?<![0-9A-Za-z])(?:sha256:)?({fingerprint_pattern(SHORT_FINGERPRINT_CHARS)})(?![0-9A-Za-z])"
)
_NUMBER = re.compile(r"(?<![\w./-])[0-9]{1,4}[A-Za-z]?(?:\([0-9A-Za-z]{1,4}\))*(?![\w/-])")

_SAID = (
    "a accessed added address an and at available by editorial fingerprint for from in last local nd "
    "note numbering of on sha256 site supplementing the this to visited january february march april "
    "may june july august september october november december jan feb mar apr jun jul aug sep sept oct "
    "nov dec"
)
SAID_BY_STYLES = frozenset(_SAID.split())
"""Words that do not tell which document is meant; citation styles write some of them into each citation."""


@dataclass(frozen=True, slots=True)
class CitationParts:
    """What a citation says: passages and documents named outright, fingerprints, places with a label,
    bare numbers, the rest as words; `text` is all of it in the same plain words, for names of several words.
    """

    addresses: tuple[PassageReference, ...]
    documents: tuple[str, ...]
    fingerprints: tuple[str, ...]
    places: tuple[Pinpoint, ...]
    numbers: tuple[Pinpoint, ...]
    words: tuple[str, ...]
    text: str


def parse_citation(text: str) -> CitationParts:
    """Takes a citation apart; of a very long one, its beginning."""
    text = text[:MAX_CITATION_CHARS]
    addresses = tuple(dict.fromkeys(_addresses(text)))
    rest = _LINK.sub(" ", text)
    if _address_alone(rest):  # nothing but an address, whose parts are not words
        rest = ""
    return _parts(text, rest, addresses)


def words_alone(text: str) -> CitationParts:
    """A citation read as naming nothing outright: `21884/15` may be the number of a case, not an address."""
    text = text[:MAX_CITATION_CHARS]
    return replace(_parts(text, _LINK.sub(" ", text), ()), documents=())


def _parts(text: str, rest: str, addresses: tuple[PassageReference, ...]) -> CitationParts:
    """A citation with these addresses; `rest` is whatever else it says."""
    fingerprints = tuple(dict.fromkeys(_FINGERPRINT.findall(rest)))
    rest = _FINGERPRINT.sub(" ", rest)
    places = list(pinpoint.find_pinpoints(rest))
    left = _without(rest, [(start, end) for _, start, end in places])
    others = list(places_in_other_languages(left))
    left = _without(left, [(start, end) for _, start, end in others])
    return CitationParts(
        addresses,
        tuple(dict.fromkeys(_documents(text))),
        fingerprints,
        tuple(dict.fromkeys(place for place, _, _ in (*places, *others))),
        tuple(dict.fromkeys(Pinpoint("", number) for number in _NUMBER.findall(left))),
        tuple(word for word in dict.fromkeys(runs_of(left)) if word not in SAID_BY_STYLES),
        f" {' '.join(runs_of(rest))} ",
    )


def runs_of(text: str) -> list[str]:
    """The words of a text as they are compared here: letters and digits, folded as for search."""
    return plain_words(text)


def _addresses(text: str) -> Iterator[PassageReference]:
    """The passages named outright, each as written and without the suffix of a file."""
    if exact := _address_alone(text):
        yield exact
    for one in (*_linked(text), *_named(_LINK.sub(" ", text))):
        named = replace(one, words="", start=0, certain=True)
        yield named
        if stem := named.passage.rpartition(".")[0]:
            yield replace(named, passage=stem)


def _address_alone(text: str) -> PassageReference | None:
    """The address that is all of a text."""
    if ids := parse_address(text.strip()):
        return PassageReference("", 0, *ids)
    found = None if _LINK.search(text) else next(iter(find_references(text)), None)
    is_all = found and found.numbers + found.fingerprint and found.words == text.strip()
    return replace(found, words="", start=0, certain=True) if found and is_all else None


def _documents(text: str) -> Iterator[str]:
    """The documents named outright, by their id alone or by a link to all of it."""
    if is_id(text.strip()):
        yield text.strip()
    yield from (link.document for link in _links(text) if not link.passage)


def _linked(text: str) -> Iterator[PassageReference]:
    """The passages that links name; a version tells which words were cited, not which passage is meant."""
    for address in _LINK.findall(text):
        for link in [*link_references(address)] or link_references(unquote(address)):
            yield link if link.numbers else replace(link, fingerprint="")


def _links(text: str) -> Iterator[Permalink]:
    """The links in a text, also those that are percent-encoded within another site's link."""
    for address in _LINK.findall(text):
        yield from (link for link, _, _ in [*find_permalinks(address)] or find_permalinks(unquote(address)))


def _named(text: str) -> Iterator[PassageReference]:
    for reference in find_references(text):
        if reference.certain or "/" in reference.words:
            yield reference


def _without(text: str, spans: list[tuple[int, int]]) -> str:
    for start, end in reversed(spans):
        text = f"{text[:start]} {text[end:]}"
    return text
