"""From a citation in words to its passages: named outright, by fingerprint, or by document and place."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import asdict, dataclass, replace
from itertools import islice
from typing import Any

from index.citation_resolver.document_matcher import DocumentMatch, DocumentMatcher
from index.citation_resolver.parser import CitationParts, parse_citation, runs_of
from index.engine import Snapshot
from kb.citing.pinpoint import Pinpoint, parse
from kb.ids import IdPair, address, shortened, split_address
from kb.model import Passage
from kb.permalinks import document_path, passage_path
from kb.permanence.location import Here, Moved, Withdrawn, locate
from kb.text.fingerprint import fingerprint

__all__ = ["MAX_MATCHES", "CitationMatch", "Resolution", "resolve"]

MAX_MATCHES = 10

MAX_PASSAGES_READ = 5_000
"""How many passages are read for one citation."""

_MIN_CONFIDENCE, _TIE = 0.2, 0.02
_NAME_WEIGHTS = (1.0, 0.6)
"""What a passage's name counts for: where its document has another name, or the same one."""
_MATCHERS: dict[str, DocumentMatcher] = {}
_MAX_GENERATIONS = 2


@dataclass(frozen=True, slots=True)
class CitationMatch:
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
    matches: tuple[CitationMatch, ...]
    notices: tuple[str, ...] = ()

    @property
    def sure(self) -> CitationMatch | None:
        """The one passage that is meant, where none other comes near."""
        first, *others = self.matches or (None,)
        near = others[0].confidence if others and others[0] else 0.0
        return first if first and first.passage and first.confidence > max(0.5, near + 0.1) else None

    def as_json(self) -> dict[str, Any]:
        """Plain values, ready for `json.dumps`."""
        return asdict(self)


def resolve(snapshot: Snapshot, text: str) -> Resolution:
    """What a citation means here; never a guess without its reason."""
    citation = parse_citation(text)
    found = list(_outright(snapshot, citation.addresses)) or list(_by_fingerprint(snapshot, citation))
    if found:
        return Resolution(text, tuple(_best(found)))
    meant = _matcher(snapshot).matches(citation) if citation.words else []
    matches = _best(islice(_placed(snapshot, citation, meant), MAX_MATCHES * 20))
    return Resolution(text, tuple(matches), tuple(_notices(snapshot, citation, meant, matches)))


def _best(matches: Iterable[CitationMatch]) -> list[CitationMatch]:
    """Each passage once, surest first, without those that are hardly meant beside it."""
    kept: dict[tuple[str, str], CitationMatch] = {}
    for match in sorted(matches, key=lambda one: -one.confidence):
        kept.setdefault((match.document, match.passage), match)
    least = max((one.confidence for one in kept.values()), default=0) / 2
    return [one for one in kept.values() if one.confidence >= max(least, _MIN_CONFIDENCE)][:MAX_MATCHES]


def _outright(snapshot: Snapshot, addresses: Iterable[IdPair]) -> Iterator[CitationMatch]:
    for document, passage in addresses:
        match locate(snapshot, document, passage):
            case Here():
                yield _match(document, passage, 1.0, "its address is given")
            case Moved(to):
                yield _match(*to, 1.0, f"its address was {address(document, passage)}")
            case Withdrawn(left):
                when = f" on {left.date}" if left.date else ""
                yield _match(document, passage, 1.0, f"its address is given; it was withdrawn{when}")


def _by_fingerprint(snapshot: Snapshot, citation: CitationParts) -> Iterator[CitationMatch]:
    """The words of a fingerprint: now, withdrawn, or published before; of the documents named first."""
    if not citation.fingerprints:
        return
    wanted = citation.fingerprints
    for gone in snapshot.withdrawn.values():
        if gone.fingerprint.startswith(wanted):
            yield _match(gone.document, gone.passage, 0.95, "its fingerprint is given; it was withdrawn")
    for at, history in snapshot.published.items():
        if any(one.fingerprint.startswith(wanted) for one in history):
            yield _match(*split_address(at), 0.9, "the fingerprint given is that of its earlier words")
    for passage in islice(_candidates(snapshot, citation), MAX_PASSAGES_READ):
        if fingerprint(passage.text).startswith(wanted):
            yield _match(passage.document, passage.id, 0.99, "its fingerprint is given")


def _candidates(snapshot: Snapshot, citation: CitationParts) -> Iterator[Passage]:
    meant = [one.document for one in _matcher(snapshot).matches(citation)]
    others = snapshot.documents if snapshot.size <= MAX_PASSAGES_READ else ()
    for document in dict.fromkeys((*meant, *others)):
        yield from snapshot.passages(document)


def _placed(
    snapshot: Snapshot, citation: CitationParts, meant: list[DocumentMatch]
) -> Iterator[CitationMatch]:
    """Passages at the places named, or called by the words named, in the documents that are meant."""
    left = MAX_PASSAGES_READ
    for one in _shared(meant):
        if (left := left - snapshot.sizes[one.document]) < 0:
            continue
        passages = snapshot.passages(one.document)
        title = f" {' '.join(runs_of(snapshot.documents[one.document].title))} "
        found = list(_in_document(citation, one, passages, title))
        yield from found
        if not found:
            alone = len(passages) == 1 and not citation.places
            yield _whole(one, passages[0].id if alone else "", citation)


def _in_document(
    citation: CitationParts, meant: DocumentMatch, passages: Iterable[Passage], title: str
) -> Iterator[CitationMatch]:
    """Matches in one document; what has the name of the document itself is named by it, but less surely."""
    for passage in passages:
        fit, why = _fit(citation, passage, title)
        if fit:
            yield _match(meant.document, passage.id, meant.fit * fit, f"{meant.why}; {why}")


def _whole(meant: DocumentMatch, passage: str, citation: CitationParts) -> CitationMatch:
    if passage:
        return _match(meant.document, passage, meant.fit * 0.8, f"{meant.why}; it is the only passage")
    why = "it has no such place" if citation.places else "no place in it is given"
    confidence = round(meant.fit * (0.3 if citation.places else 0.6), 3)
    return CitationMatch(meant.document, "", document_path(meant.document), confidence, f"{meant.why}; {why}")


def _fit(citation: CitationParts, passage: Passage, title: str) -> tuple[float, str]:
    """How well a passage stands at the places named, and which."""
    said = [each for each in (passage.locator, passage.heading) if each] or [passage.id.replace("-", " ")]
    own = [parse(each) for each in said]
    fits = [(_same(asked, place), place) for asked in citation.places for place in own]
    fits += [(0.6 * _same(asked, place), place) for asked in citation.numbers for place in own if place.label]
    names = [place for place in own if not place.label]
    fits += [
        (_called(name.value, citation.text) * _NAME_WEIGHTS[_called(name.value, title) > 0], name)
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


def _shared(meant: list[DocumentMatch]) -> list[DocumentMatch]:
    """Documents that fit as well as others are each surer the fewer they are."""
    return [
        replace(one, fit=one.fit / max(1, sum(abs(one.fit - other.fit) < _TIE for other in meant)) ** 0.5)
        for one in meant
    ]


def _notices(
    snapshot: Snapshot, citation: CitationParts, meant: list[DocumentMatch], matches: list[CitationMatch]
) -> Iterator[str]:
    if citation.fingerprints:
        shown = ", ".join(shortened(each) for each in citation.fingerprints[:3])
        yield f"No passage with the fingerprint {shown} was found{_bound(snapshot)}."
    if citation.addresses and not matches:
        yield f"There is no passage {address(*citation.addresses[0])}."
    if not meant and not citation.addresses:
        yield "No document of that name was found. Give words of its title and a place: para 5, article 16."
    if len(matches) > 1 and matches[0].confidence - matches[1].confidence < 0.1:
        yield "More than one passage fits. Choose one, or give more of the document’s title."
    if meant and matches and all(not match.passage for match in matches):
        yield "A document was found, but no passage in it. Give a place that it has."


def _bound(snapshot: Snapshot) -> str:
    few = snapshot.size <= MAX_PASSAGES_READ
    return "" if few else "; name its document too, and it is searched for there"


def _match(document: str, passage: str, confidence: float, why: str) -> CitationMatch:
    path = passage_path(document, passage)
    return CitationMatch(document, passage, path, round(min(confidence, 1.0), 3), why)


def _matcher(snapshot: Snapshot) -> DocumentMatcher:
    """Made once for each generation; the last few are kept."""
    kept = _MATCHERS.get(snapshot.generation)
    if kept is None:
        kept = _MATCHERS[snapshot.generation] = DocumentMatcher(snapshot)
        for old in list(_MATCHERS)[:-_MAX_GENERATIONS]:
            _MATCHERS.pop(old, None)
    return kept
