"""Records for reference managers: one per work, with what was quoted from it."""

from __future__ import annotations

from kb.citing.records import RecordMaker
from kb.citing.works.work_records import work_records
from kb.model import Document, Passage
from tests.kb.citing.works.mixed_brief import DAY, cited

REPORT = Document("r", "A Stocktake", "report", "2016", issuers=("Office A",), numbering="added by this site")
TREATY = Document("t", "A Treaty", "treaty", "2000")
PASSAGES = [(cited(REPORT, "para 4"), "Mine."), (cited(TREATY, "art 3"), ""), (cited(REPORT, "p 5"), "Too.")]


def test_a_work_has_one_record_in_the_order_of_its_first_citation() -> None:
    report, treaty = work_records(PASSAGES)
    assert (report["id"], treaty["id"]) == ("r", "t")
    assert "locator" not in report
    assert "abstract" not in report
    assert "Fingerprint" not in report.get("note", "")
    assert report["custom"]["quotations"] == [
        "paragraph 4: “abc” (sha256:ba7816bf8f01)",
        "page 5: “abc” (sha256:ba7816bf8f01)",
    ]


def test_the_readers_notes_say_on_which_of_several_passages_they_are() -> None:
    span = (cited(REPORT, "paras 6-7"), "On both.")
    assert work_records([*PASSAGES, span])[0]["annote"].endswith("\n\nparagraphs 6–7: On both.")
    report, treaty = work_records(PASSAGES)
    assert report["annote"] == "paragraph 4: Mine.\n\npage 5: Too."
    assert "annote" not in treaty
    assert work_records(PASSAGES[:1])[0]["annote"] == "Mine."


def test_a_work_cited_as_a_whole_has_no_quotations() -> None:
    records = RecordMaker("https://kb.example/base", DAY)
    (record,) = work_records([(records.of_document(TREATY), "")])
    assert "quotations" not in record["custom"]
    assert record["URL"] == "https://kb.example/base/documents/t"


def test_a_work_has_the_address_of_its_document_wherever_it_is_quoted() -> None:
    records = RecordMaker("https://kb.example/passages/base", DAY)
    passages = (Passage("t", "p1", "abc", "art 1"), Passage("t", "p2", "def", "art 2"))
    quoted = [records(TREATY, passages[0]), records.of_span(TREATY, passages)]
    assert [record["URL"] for record in work_records((item, "") for item in quoted)] == [
        "https://kb.example/passages/base/documents/t"
    ]
