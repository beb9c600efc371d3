"""From a citation in words to its passages: named outright, by fingerprint, or by document and place."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace
from itertools import islice
from threading import Lock

from index.citation_resolver.document_matcher import DocumentMatch, DocumentMatcher
from index.citation_resolver.instrument_finder import instrument_finder
from index.citation_resolver.parser import CitationParts, parse_citation, runs_of, words_alone
from index.citation_resolver.place_matcher import at_place, place_fit, spans_at
from index.citation_resolver.resolution import CitationMatch, Resolution
from index.engine import Snapshot
from kb.citing.excerpt import reference_fault
from kb.ids import IdPair, PassageRef, WordRange, address, shortened, split_address
from kb.messages import Message
from kb.model import Passage
from kb.permalinks import document_path, passage_path
from kb.permanence.location import (
    DocumentHere,
    DocumentMoved,
    Here,
    LeftOut,
    Location,
    Moved,
    Withdrawn,
    locate_document,
)
from kb.permanence.span_location import SpanHere, SpanLocation, SpanMoved, SpanRefused, locate_place
from kb.published import Withdrawal
from kb.quoting.passage_references import PassageReference
from kb.text.fingerprint import fingerprint
from kb.work.budget import uncounted, within_budget

__all__ = ["MAX_MATCHES", "named_documents", "resolve"]

MAX_MATCHES = 10

MAX_PASSAGES_READ = 5_000
"""How many passages are read for one citation."""

_MIN_CONFIDENCE, _TIE = 0.2, 0.02
_HAS_ALL = frozenset({Message("document-has-all-words"), Message("title-given")})
_MATCHERS: dict[str, DocumentMatcher] = {}
_MAX_GENERATIONS = 2
_lock = Lock()


def resolve(snapshot: Snapshot, text: str) -> Resolution:
    """What a citation means here; never a guess without its reason."""
    citation = parse_citation(text)
    located = list(_outright(snapshot, citation.addresses))
    found = [one for one in located if isinstance(one, CitationMatch)]
    if refused := tuple(one for one in located if isinstance(one, Message)):
        return Resolution(text, tuple(_best(found)), refused)
    found = found or list(_by_fingerprint(snapshot, citation))
    if found := found or list(_documents_outright(snapshot, citation.documents)):
        return Resolution(text, tuple(_best(found)))
    meant = _matcher(snapshot).matches(citation) if citation.words else []
    if not meant and not citation.words:
        meant = _described(snapshot, text)
    matches = _best(islice(_placed(snapshot, citation, meant), MAX_MATCHES * 20))
    notices = tuple(_notices(snapshot, citation, meant, matches))
    return Resolution(text, tuple(matches), notices, instrument_finder(snapshot).answers(text))


def named_documents(snapshot: Snapshot, text: str) -> list[str]:
    """The documents whose title or details have all the words of a text, best first; no passage is read."""
    return [one.document for one in _described(snapshot, text)]


def _described(snapshot: Snapshot, text: str) -> list[DocumentMatch]:
    meant = _matcher(snapshot).matches(words_alone(text))
    return [one for one in meant if not _HAS_ALL.isdisjoint(one.reasons)]


def _best(matches: Iterable[CitationMatch]) -> list[CitationMatch]:
    """Each passage once, surest first, without those far less likely than the first."""
    kept: dict[tuple[str, str], CitationMatch] = {}
    for match in sorted(matches, key=lambda one: -one.confidence):
        kept.setdefault((match.document, match.passage), match)
    least = max((one.confidence for one in kept.values()), default=0) / 2
    return [one for one in kept.values() if one.confidence >= max(least, _MIN_CONFIDENCE)][:MAX_MATCHES]


def _outright(snapshot: Snapshot, addresses: Iterable[PassageReference]) -> Iterator[CitationMatch | Message]:
    """What is at each address; or why the words that it gives are not there."""
    for one in addresses:
        document, passage = one.ids
        place = locate_place(snapshot, document, passage)
        if refused := _fault(snapshot, one, place):
            yield refused
            continue
        words = one.ref.words if isinstance(one.ref, PassageRef) else None
        match place:
            case Here() | SpanHere():
                yield _match(document, passage, 1.0, Message("address-given"), words=words)
            case Moved(to) | SpanMoved(to):
                former = Message("former-address-given", former=address(document, passage))
                yield _match(*to, 1.0, former, words=words)
            case Withdrawn(left):
                yield _match(document, passage, 1.0, Message("address-given"), _gone(left))
            case LeftOut():
                yield _match(document, passage, 1.0, Message("address-given"), Message("passage-left-out"))


def _fault(snapshot: Snapshot, one: PassageReference, place: Location | SpanLocation) -> Message | None:
    """Why the words that a reference gives are not at its place."""
    match place:
        case Here(passage) | Moved(_, Here(passage)):
            return reference_fault(one.ref, passage.text)
        case SpanHere() as here:
            return reference_fault(one.ref, here.text)
        case SpanMoved(to):
            return _fault(snapshot, one, locate_place(snapshot, *to))
    return None


def _documents_outright(snapshot: Snapshot, ids: Iterable[str]) -> Iterator[CitationMatch]:
    for id in ids:
        match locate_document(snapshot, id):
            case DocumentHere():
                yield _match(id, "", 1.0, Message("address-given"))
            case DocumentMoved(to):
                yield _match(to, "", 1.0, Message("former-address-given", former=id))


def _gone(left: Withdrawal) -> Message:
    return Message("passage-withdrawn-on", date=left.date) if left.date else Message("passage-withdrawn")


def _by_fingerprint(snapshot: Snapshot, citation: CitationParts) -> Iterator[CitationMatch]:
    """The words of a fingerprint: now, withdrawn, or published before; of the documents named first."""
    if not citation.fingerprints:
        return
    wanted, given = citation.fingerprints, Message("fingerprint-given")
    for left in snapshot.withdrawn.values():
        if left.fingerprint.startswith(wanted):
            yield _match(left.document, left.passage, 0.95, given, _gone(left))
    for missing in snapshot.left_out_passages.values():
        if missing.fingerprint.startswith(wanted):
            yield _match(missing.document, missing.passage, 0.95, given, Message("passage-left-out"))
    for at, history in snapshot.published.items():
        if any(one.fingerprint.startswith(wanted) for one in history):
            yield _match(*split_address(at), 0.9, Message("earlier-fingerprint-given"))
    for passage in islice(_candidates(snapshot, citation), MAX_PASSAGES_READ):
        if fingerprint(passage.text).startswith(wanted):
            yield _match(passage.document, passage.id, 0.99, given)


def _candidates(snapshot: Snapshot, citation: CitationParts) -> Iterator[Passage]:
    meant = [one.document for one in _matcher(snapshot).matches(citation)]
    others = snapshot.documents if snapshot.size <= MAX_PASSAGES_READ else ()
    for document in within_budget(dict.fromkeys((*meant, *others))):
        yield from snapshot.passages(document)


def _placed(
    snapshot: Snapshot, citation: CitationParts, meant: list[DocumentMatch]
) -> Iterator[CitationMatch]:
    """Passages at the places named, or called by the words named, in the documents that are meant."""
    left = MAX_PASSAGES_READ
    for one in within_budget(_shared(meant)):
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
    citation: CitationParts, meant: DocumentMatch, passages: Sequence[Passage], title: str
) -> Iterator[CitationMatch]:
    """Matches in one document; a passage with the same name as the document fits less surely."""
    for span, asked in spans_at(citation.places, passages):
        yield _match(meant.document, span.place, meant.fit, *meant.reasons, at_place(asked))
    for passage in within_budget(passages, 64):
        fit, place = place_fit(citation, passage, title)
        if fit:
            yield _match(meant.document, passage.id, meant.fit * fit, *meant.reasons, place)


def _whole(meant: DocumentMatch, passage: str, citation: CitationParts) -> CitationMatch:
    if passage:
        return _match(meant.document, passage, meant.fit * 0.8, *meant.reasons, Message("only-passage"))
    why = Message("no-such-place") if citation.places else Message("place-not-given")
    confidence = meant.fit * (0.3 if citation.places else 0.6)
    return _match(meant.document, "", confidence, *meant.reasons, why)


def _shared(meant: list[DocumentMatch]) -> list[DocumentMatch]:
    """The documents, each less sure the more of them fit equally well."""
    return [
        replace(one, fit=one.fit / max(1, sum(abs(one.fit - other.fit) < _TIE for other in meant)) ** 0.5)
        for one in meant
    ]


def _notices(
    snapshot: Snapshot, citation: CitationParts, meant: list[DocumentMatch], matches: list[CitationMatch]
) -> Iterator[Message]:
    if citation.fingerprints:
        yield _fingerprint_notice(snapshot, ", ".join(map(shortened, citation.fingerprints[:3])))
    if citation.addresses and not matches:
        yield _why_not(snapshot, citation.addresses[0].ids)
    if not meant and not citation.addresses:
        yield Message("no-document-named-so")
    if len(matches) > 1 and matches[0].confidence - matches[1].confidence < 0.1:
        yield Message("several-passages-fit")
    if meant and matches and all(not match.passage for match in matches):
        yield Message("passage-not-found-in-document")


def _why_not(snapshot: Snapshot, ids: IdPair) -> Message:
    """Why nothing is at an address."""
    match locate_place(snapshot, *ids):
        case SpanRefused(message):
            return message
    return Message("no-such-passage", address=address(*ids))


def _fingerprint_notice(snapshot: Snapshot, fingerprints: str) -> Message:
    if snapshot.size <= MAX_PASSAGES_READ:
        return Message("fingerprint-not-found", fingerprints=fingerprints)
    return Message("fingerprint-not-searched-everywhere", fingerprints=fingerprints)


def _match(
    document: str, passage: str, confidence: float, *reasons: Message, words: WordRange | None = None
) -> CitationMatch:
    path = passage_path(document, passage, words=words) if passage else document_path(document)
    place = f"{passage}:{words.text}" if words else passage
    return CitationMatch(document, place, path, round(min(confidence, 1.0), 3), reasons)


def _matcher(snapshot: Snapshot) -> DocumentMatcher:
    """The matcher of a generation, made once and charged to no request's budget; the last few are kept."""
    with _lock:
        matcher = _MATCHERS.get(snapshot.generation)
        if matcher is None:
            with uncounted():
                matcher = _MATCHERS[snapshot.generation] = DocumentMatcher(snapshot)
            for old in list(_MATCHERS)[:-_MAX_GENERATIONS]:
                del _MATCHERS[old]
    return matcher
