"""From a citation in words to its passages: named outright, by fingerprint, or by document and place."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import asdict, dataclass, replace
from itertools import islice
from typing import Any

from index.citation_resolver.document_matcher import Meant, Titles
from index.citation_resolver.parser import Reference, read, runs_of
from index.engine import Snapshot
from kb.citing.pinpoint import Pinpoint, parse
from kb.ids import IdPair, address, shortened, split_address
from kb.model import Passage
from kb.permalinks import document_path, passage_path
from kb.text.fingerprint import fingerprint

__all__ = ["MOST", "Match", "Resolution", "resolve"]

MOST = 10
"""Matches that are given."""

MOST_READ = 5_000
"""Passages that are looked at for one citation."""

_LEAST, _TIED = 0.2, 0.02
_BY_ITSELF = (1.0, 0.6)
"""How much it counts that a passage's name is said: where its document has another name, or the same."""
_KEPT: dict[str, Titles] = {}
_GENERATIONS = 2


@dataclass(frozen=True, slots=True)
class Match:
    """A passage that may be meant, or a document where `passage` is empty; `confidence` from 0 to 1."""

    document: str
    passage: str
    url: str
    confidence: float
    why: str


@dataclass(frozen=True, slots=True)
class Resolution:
    """All that a citation may mean, surest first, and what is to be said of it."""

    query: str
    matches: tuple[Match, ...]
    notices: tuple[str, ...] = ()

    @property
    def sure(self) -> Match | None:
        """The one passage that is meant, where none other comes near."""
        first, *others = self.matches or (None,)
        near = others[0].confidence if others and others[0] else 0.0
        return first if first and first.passage and first.confidence > max(0.5, near + 0.1) else None

    def as_json(self) -> dict[str, Any]:
        """Plain values, ready for `json.dumps`."""
        return asdict(self)


def resolve(snapshot: Snapshot, text: str) -> Resolution:
    """What a citation means here; never a guess without its reason."""
    reference = read(text)
    found = list(_outright(snapshot, reference.addresses)) or list(_by_fingerprint(snapshot, reference))
    if found:
        return Resolution(text, tuple(_best(found)))
    meant = _titles(snapshot).meant(reference) if reference.words else []
    matches = _best(islice(_placed(snapshot, reference, meant), MOST * 20))
    return Resolution(text, tuple(matches), tuple(_notices(snapshot, reference, meant, matches)))


def _best(matches: Iterable[Match]) -> list[Match]:
    """Each passage once, surest first, without those that are hardly meant beside it."""
    kept: dict[tuple[str, str], Match] = {}
    for match in sorted(matches, key=lambda one: -one.confidence):
        kept.setdefault((match.document, match.passage), match)
    least = max((one.confidence for one in kept.values()), default=0) / 2
    return [one for one in kept.values() if one.confidence >= max(least, _LEAST)][:MOST]


def _outright(snapshot: Snapshot, addresses: Iterable[IdPair]) -> Iterator[Match]:
    for document, passage in addresses:
        if snapshot.passage(document, passage):
            yield _match(document, passage, 1.0, "its address is named")
        elif onward := snapshot.moves.last((document, passage)):
            yield _match(*onward, 1.0, f"{address(document, passage)} was its address before")
        elif gone := snapshot.withdrawn.get(address(document, passage)):
            when = f" on {gone.date}" if gone.date else ""
            yield _match(document, passage, 1.0, f"its address is named; it was withdrawn{when}")


def _by_fingerprint(snapshot: Snapshot, reference: Reference) -> Iterator[Match]:
    """The words of a fingerprint: now, withdrawn, or published before; of the documents named first."""
    if not reference.fingerprints:
        return
    wanted = reference.fingerprints
    for gone in snapshot.withdrawn.values():
        if gone.fingerprint.startswith(wanted):
            yield _match(gone.document, gone.passage, 0.95, "its fingerprint is named; it was withdrawn")
    for at, history in snapshot.published.items():
        if any(one.fingerprint.startswith(wanted) for one in history):
            yield _match(*split_address(at), 0.9, "the fingerprint named is that of words published there")
    for passage in islice(_candidates(snapshot, reference), MOST_READ):
        if fingerprint(passage.text).startswith(wanted):
            yield _match(passage.document, passage.id, 0.99, "its fingerprint is named")


def _candidates(snapshot: Snapshot, reference: Reference) -> Iterator[Passage]:
    meant = [one.document for one in _titles(snapshot).meant(reference)]
    others = snapshot.documents if snapshot.size <= MOST_READ else ()
    for document in dict.fromkeys((*meant, *others)):
        yield from snapshot.passages(document)


def _placed(snapshot: Snapshot, reference: Reference, meant: list[Meant]) -> Iterator[Match]:
    """Passages at the places named, or called by the words named, in the documents that are meant."""
    left = MOST_READ
    for one in _shared(meant):
        if (left := left - snapshot.sizes[one.document]) < 0:
            continue
        passages = snapshot.passages(one.document)
        title = f" {' '.join(runs_of(snapshot.documents[one.document].title))} "
        found = list(_in_document(reference, one, passages, title))
        yield from found
        if not found:
            alone = len(passages) == 1 and not reference.places
            yield _whole(one, passages[0].id if alone else "", reference)


def _in_document(
    reference: Reference, meant: Meant, passages: Iterable[Passage], title: str
) -> Iterator[Match]:
    """Matches in one document; what has the name of the document itself is named by it, but less surely."""
    for passage in passages:
        fit, why = _fit(reference, passage, title)
        if fit:
            yield _match(meant.document, passage.id, meant.fit * fit, f"{meant.why}; {why}")


def _whole(meant: Meant, passage: str, reference: Reference) -> Match:
    if passage:
        return _match(meant.document, passage, meant.fit * 0.8, f"{meant.why}; it has no other passage")
    why = "it has no such place" if reference.places else "no place in it is named"
    confidence = round(meant.fit * (0.3 if reference.places else 0.6), 3)
    return Match(meant.document, "", document_path(meant.document), confidence, f"{meant.why}; {why}")


def _fit(reference: Reference, passage: Passage, title: str) -> tuple[float, str]:
    """How well a passage stands at the places named, and which."""
    said = [each for each in (passage.locator, passage.heading) if each] or [passage.id.replace("-", " ")]
    own = [parse(each) for each in said]
    fits = [(_same(asked, place), place) for asked in reference.places for place in own]
    fits += [
        (0.6 * _same(asked, place), place) for asked in reference.numbers for place in own if place.label
    ]
    names = [place for place in own if not place.label]
    fits += [
        (_called(name.value, reference.text) * _BY_ITSELF[_called(name.value, title) > 0], name)
        for name in names
    ]
    best, place = max(fits, key=lambda each: each[0], default=(0.0, Pinpoint("", "")))
    label = f"{place.label} " if place.label else ""
    return best, f"it is {label}{place.value}"


def _called(name: str, text: str) -> float:
    """How sure a name that the text has means its passage: the longer the surer."""
    words = runs_of(name)
    return 0.85 + min(0.1, 0.01 * len(words)) if words and f" {' '.join(words)} " in text else 0.0


def _same(asked: Pinpoint, place: Pinpoint) -> float:
    """How far one place is another: the same, a part of it, among several, or of another name."""
    labels = 1.0 if asked.label == place.label or not asked.label else 0.6 if not place.label else 0.4
    mine, theirs = _value(asked.value), _value(place.value)
    if mine == theirs:
        return labels
    if mine.partition("(")[0] == theirs or theirs.partition("(")[0] == mine:
        return 0.9 * labels
    return 0.85 * labels if _within(theirs, mine) or _within(mine, theirs) else 0.0


def _value(value: str) -> str:
    return value.replace(" ", "").casefold()


def _within(number: str, span: str) -> bool:
    """Whether a number is one of several: 5 of `4–6` and of `3,5`."""
    for part in span.split(",") if "–" in span or "," in span else ():
        first, _, last = part.partition("–")
        if number == part:
            return True
        if all(each.isdecimal() for each in (number, first, last)) and int(first) <= int(number) <= int(last):
            return True
    return False


def _shared(meant: list[Meant]) -> list[Meant]:
    """Documents that fit as well as others are each surer the fewer they are."""
    return [
        replace(one, fit=one.fit / max(1, sum(abs(one.fit - other.fit) < _TIED for other in meant)) ** 0.5)
        for one in meant
    ]


def _notices(
    snapshot: Snapshot, reference: Reference, meant: list[Meant], matches: list[Match]
) -> Iterator[str]:
    if reference.fingerprints:
        shown = ", ".join(shortened(each) for each in reference.fingerprints[:3])
        bound = "" if snapshot.size <= MOST_READ else "; name its document too, and it is looked for there"
        yield f"No words with the fingerprint {shown} were found{bound}."
    if reference.addresses and not matches:
        yield f"There is no passage {address(*reference.addresses[0])}."
    if not meant and not reference.addresses:
        yield "No document here is called so. Name words of its title, and a place: para 5, article 16."
    if len(matches) > 1 and matches[0].confidence - matches[1].confidence < 0.1:
        yield "More than one passage fits: choose, or name more of the document."
    if meant and matches and all(not match.passage for match in matches):
        yield "A document was found, and no passage in it: name a place that it has."


def _match(document: str, passage: str, confidence: float, why: str) -> Match:
    return Match(document, passage, passage_path(document, passage), round(min(confidence, 1.0), 3), why)


def _titles(snapshot: Snapshot) -> Titles:
    """Made once for each generation; the last few are kept."""
    kept = _KEPT.get(snapshot.generation)
    if kept is None:
        kept = _KEPT[snapshot.generation] = Titles(snapshot)
        for old in list(_KEPT)[:-_GENERATIONS]:
            _KEPT.pop(old, None)
    return kept
