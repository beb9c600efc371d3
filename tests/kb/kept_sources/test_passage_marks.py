"""Where a passage is in its source, also after an editor cut or merged it."""

from __future__ import annotations

from kb.collection.extract_file import PassageSpans, SourceExtract
from kb.kept_sources.passage_marks import located_spans, page_marks
from kb.sources.lines import Box, SourceLine, Span, replayed
from tests.tables import table

BOX = Box(72, 90, 300, 102)
LINES = (
    SourceLine("1. Victims have rights.", 1, BOX),
    SourceLine("2. They were told of a re-", 1, BOX),
    SourceLine("covery of unpaid wages. 3", 2, BOX),
    SourceLine("Victims have rights.", 2, BOX),
    SourceLine("ผู้ เสีย หาย", 2, BOX),
    SourceLine("cafe\u0301 noir", 2, BOX),
)
EXTRACT = SourceExtract(
    *("x 1", "a.pdf", "0" * 64),
    lines=LINES,
    passages={
        "p1": PassageSpans((Span(0, 3, 23),)),
        "p2": PassageSpans((Span(1, 3, 25), Span(2, 0, 23))),
        "p3": PassageSpans((Span(3, 0, 20),)),
    },
)


@table(
    ("passage", "text", "spans"),
    [
        ("p1", "Victims have rights.", [Span(0, 3, 23)]),
        ("p2", "They were told of a recovery of unpaid wages.", [Span(1, 3, 25), Span(2, 0, 23)]),
        ("p2", "told of a recovery of", [Span(1, 13, 25), Span(2, 0, 9)]),
        ("p1", "Victims have rights. They were told", [Span(0, 3, 23), Span(1, 3, 17)]),
        ("p1", "1. Victims have rights.", [Span(0, 0, 23)]),
        ("p9", "Victims have rights. ผู้เสียหาย", [Span(3, 0, 20), Span(4, 0, 12)]),
        ("p9", "caf\u00e9 noir", [Span(5, 0, 10)]),
        ("p9", "Victims have no rights.", []),
        ("p9", "", []),
    ],
)
def test_a_passage_is_found_in_its_own_spans_in_those_of_all_or_in_the_lines(
    passage: str, text: str, spans: list[Span]
) -> None:
    assert list(located_spans(EXTRACT, passage, text)) == spans


def test_of_several_places_the_one_nearest_to_its_own_counts() -> None:
    for passage, line in (("p1", 0), ("p3", 3)):
        (span,) = located_spans(EXTRACT, passage, "have rights")
        assert span.line == line
        assert replayed(LINES, [span]) == "have rights"


def test_each_page_has_its_part_of_a_passage() -> None:
    text = "They were told of a recovery of unpaid wages."
    marks = [page_marks(EXTRACT, "p2", text, page) for page in (1, 2, 3)]
    assert [[(one.start, one.end) for one in page] for page in marks] == [[(3, 25)], [(0, 23)], []]


def test_a_line_without_a_page_or_a_box_is_on_none() -> None:
    extract = SourceExtract("x", "a.docx", "0" * 64, (SourceLine("Words."), SourceLine("Words.", 1)))
    assert page_marks(extract, "p1", "Words.", 1) == ()
