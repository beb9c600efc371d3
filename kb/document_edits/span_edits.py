"""The extract of a source with other spans for some passages; all other lines keep their bytes."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping

from kb.collection.extract_file import PassageSpans, SourceExtract, dump_spans
from kb.importers.spanned_text import SpannedText, joined
from kb.sources.lines import Span

__all__ = ["joined_spans", "pages_of", "split_spans", "with_spans"]

Passages = Mapping[str, PassageSpans]
JOINED = "joined"
"""The extract's name for the change that lines or passages were joined."""


def joined_spans(
    extract: SourceExtract, ids: tuple[str, str], texts: tuple[SpannedText, SpannedText], glue: str
) -> Passages:
    """The spans of all passages if these two were merged under the first one's id."""
    first, second = ids
    changes = dict.fromkeys(change for id in ids for change in _changes(extract, id))
    made = PassageSpans(joined(texts, glue).spans, tuple({**changes, JOINED: None}))
    others = {id: spans for id, spans in extract.passages.items() if id != second}
    return {**others, first: made}


def split_spans(
    extract: SourceExtract, ids: tuple[str, str], halves: tuple[SpannedText, SpannedText]
) -> Passages:
    """The spans of all passages if the first of these ids were split in two; the second id follows it."""
    made = [PassageSpans(half.spans, _changes(extract, ids[0])) for half in halves]
    return dict(_with_second(extract.passages, ids, made))


def _with_second(
    passages: Passages, ids: tuple[str, str], made: list[PassageSpans]
) -> Iterator[tuple[str, PassageSpans]]:
    if ids[0] not in passages:
        yield from passages.items()
        yield from zip(ids, made, strict=True)
        return
    for id, spans in passages.items():
        if id == ids[0]:
            yield from zip(ids, made, strict=True)
        else:
            yield id, spans


def _changes(extract: SourceExtract, id: str) -> tuple[str, ...]:
    made = extract.passages.get(id)
    return made.changes if made else ()


def pages_of(extract: SourceExtract, spans: Iterable[Span]) -> tuple[int | None, int | None]:
    """The first and the last page that the spans are on."""
    pages = [page for span in spans if (page := extract.lines[span.line].page) is not None]
    return min(pages, default=None), max(pages, default=None)


def with_spans(data: bytes, extract: SourceExtract, passages: Passages) -> bytes:
    """The bytes that the extract would have with these passages; `data` are its present bytes."""
    lines = data.split(b"\n")
    filled = [number for number, line in enumerate(lines) if line.strip()]
    places = filled[len(filled) - len(extract.passages) :]
    before = dict(zip(extract.passages, (lines[number] for number in places), strict=True))
    head = lines[: places[0]] if places else [line for line in lines if line.strip()]
    written = [
        before[id] if extract.passages.get(id) == made else dump_spans(id, made).encode()
        for id, made in passages.items()
    ]
    return b"\n".join([*head, *written, b""])
