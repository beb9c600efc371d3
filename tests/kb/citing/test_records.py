"""Documents as a whole and spans, as records and in every style and format."""

from __future__ import annotations

import datetime
import json
import re
from dataclasses import replace

import pytest

from kb.citing.exports.registry import FORMATS
from kb.citing.pinpoint import CSL_LABELS, Pinpoint, span_pinpoint
from kb.citing.records import RecordMaker
from kb.citing.styles.registry import STYLES, cite
from kb.model import NOTE, Document, Passage
from kb.text.fingerprint import fingerprint
from tests.tables import table

RECORDS = RecordMaker("https://kb.example", datetime.date(2026, 11, 26))
REPORT = Document("r", "A report", "report", date="2015", issuers=("ILO",), numbering="added by this site")
PARAS = tuple(Passage("r", f"p{at}", f"Words of {at}.", locator=f"para {at}") for at in (4, 5, 6))
DAYS = (("a", "2026-01-02"), ("b", "2026-03-04"), ("c", "2026-02-03"))
THEME = Document("t", "Children", NOTE, note_dates=DAYS)
NOTES = tuple(Passage("t", id, f"Note {id}.", heading=f"Heading {id}") for id in "abcde")


def test_a_span_has_the_words_of_its_passages_and_their_places_together() -> None:
    made = RECORDS.of_span(REPORT, PARAS)
    assert (made["id"], made["locator"], made["custom"]["label"]) == ("r/p4..p6", "4–6", "paragraph")
    assert made["URL"] == "https://kb.example/passages/r/p4..p6"
    assert made["abstract"] == "Words of 4.\nWords of 5.\nWords of 6."
    assert made["custom"]["fingerprint"] == fingerprint("Words of 4. Words of 5. Words of 6.")
    assert RECORDS.of_span(REPORT, PARAS[:1]) == RECORDS(REPORT, PARAS[0])


def test_every_style_writes_several_places_as_it_does() -> None:
    made = RECORDS.of_span(REPORT, PARAS)
    numbered = r"{} [(\[]numbering added by this site[)\]]"
    for name, pin in {
        "oscola": "paras 4–6",
        "aglc": r"\[4\]–\[6\]",
        "bluebook": "¶¶ 4–6",
        "chicago": r"paras\. 4–6",
        "apa": r"paras\. 4–6",
        "mla": r"pars\. 4–6",
        "harvard": r"paras\. 4–6",
        "un": r"paras\. 4–6",
    }.items():
        assert re.search(numbered.format(pin), cite(made, STYLES[name]).plain), name


@table(
    ("first", "last", "label", "value"),
    [
        ("art 6(2)", "art 6(4)", "article", "6(2)–(4)"),
        ("art 6(2)(a)", "art 6(2)(c)", "article", "6(2)(a)–(c)"),
        ("art 6(2)(a)", "art 6(4)", "article", "6(2)(a)–(4)"),
        ("art 6(2)–(4)", "art 6(5)–(7)", "article", "6(2)–(7)"),
        ("art 6(2)", "art 7(1)", "article", "6(2)–7(1)"),
        ("art 6", "art 6(4)", "article", "6"),
        ("art 6 Assistance", "art 8 Repatriation", "article", "6–8"),
        ("art 6 Assistance", "art 6 Protection", "article", "6"),
        ("paras 4–5", "paras 7-9", "paragraph", "4–9"),
        ("ss 3, 4", "s 9", "section", "3–9"),
        ("[35]", "[37]", "paragraph", "35–37"),
        ("p 12", "p 12", "page", "12"),
        ("para 4", "Annex", "", "para 4 to Annex"),
        ("Guideline 8", "Guideline 9", "", "Guideline 8 to Guideline 9"),
        ("para 4", "", "", ""),
        ("", "para 4", "", ""),
    ],
)
def test_the_place_of_a_span_is_made_of_two_locators(first: str, last: str, label: str, value: str) -> None:
    assert span_pinpoint(first, last) == Pinpoint(label, value)  # type: ignore[arg-type]


@table(
    ("locator", "label", "value"),
    [
        ("para 12", "paragraph", "12"),
        ("para 12, bullet 2", "", "para 12, bullet 2"),
        ("art 3(a)", "article", "3(a)"),
        ("annex I, para 3", "", "annex I, para 3"),
        ("preambular para 4", "", "preambular para 4"),
        ("footnote 12", "", "footnote 12"),
        ("Guideline 9", "", "Guideline 9"),
        ("footnote *", "page", "4–5"),
        ("table 1, row 3", "page", "4–5"),
        ("annex I, table 1, row 3", "page", "4–5"),
        ("bullet 3", "page", "4–5"),
        ("Conclusions, bullet 3", "page", "4–5"),
        ("unnumbered para 3", "page", "4–5"),
        ("Scope, unnumbered para 3, p 4", "page", "4–5"),
        ("heading “The scope, in part”", "page", "4–5"),
        ("preamble, lead-in", "", "preamble, lead-in"),
        ("", "page", "4–5"),
    ],
)
def test_what_has_no_number_in_the_source_is_cited_by_its_page(locator: str, label: str, value: str) -> None:
    paged = Passage("r", "x", "Words.", locator=locator, page=4, page_end=5)
    made = RECORDS(REPORT, paged)
    assert (made["locator"], made["custom"].get("label", "")) == (value, CSL_LABELS[label])  # type: ignore[index]
    unpaged = RECORDS(REPORT, Passage("r", "x", "Words.", locator=locator))
    assert unpaged["custom"].get("label", "") == ("" if label == "page" else made["custom"].get("label", ""))
    if label == "page":
        assert "pp. 4–5" in cite(made, STYLES["un"]).plain
        assert re.search(r"\b4–5\b", cite(made, STYLES["oscola"]).plain)


@pytest.mark.parametrize(
    ("document", "address"), [(REPORT, "documents/r"), (THEME, "documents/t")], ids=["source", "notes"]
)
def test_a_document_as_a_whole_has_no_words_and_no_place_in_any_style_and_format(
    document: Document, address: str
) -> None:
    made = RECORDS.of_document(document)
    assert made["URL"] == f"https://kb.example/{address}"
    assert {"abstract", "locator", "fingerprint"}.isdisjoint({*made, *made["custom"]})
    for style in STYLES.values():
        citation = cite(made, style).plain
        assert "numbering" not in citation
        assert "ingerprint" not in citation
        assert FORMATS["text"].write([made], style) == f"{citation}\n"
        for name in ("markdown", "html"):
            assert not re.search(r"blockquote|^>|“”", FORMATS[name].write([made], style), re.MULTILINE)
    (body,) = json.loads(FORMATS["annotation"].write([made], STYLES["oscola"]))["body"]
    assert body["purpose"] == "describing"


def test_notes_are_dated_by_the_last_of_them_and_named_by_their_headings() -> None:
    whole, some = RECORDS.of_document(THEME), RECORDS.of_span(THEME, NOTES[::2])
    many, one = RECORDS.of_span(THEME, NOTES), RECORDS(THEME, NOTES[0])
    assert [each["custom"].get("edtf") for each in (whole, some, one)] == [
        "2026-03-04",
        "2026-02-03",
        "2026-01-02",
    ]
    assert some["title"] == "Heading a; Heading c; Heading e"
    assert many["title"] == "Heading a; …; Heading e"
    texts = [cite(each, STYLES["oscola"]).plain for each in (whole, some, one)]
    for text, words in zip(
        texts, ("(Editorial notes, 4", "(Editorial notes on Children, 3", "(Editorial note on"), strict=True
    ):
        assert words in text


def test_every_style_says_of_a_place_that_ocr_read_it_until_it_is_checked() -> None:
    unchecked = RECORDS(replace(REPORT, ocr="unchecked"), PARAS[0])
    checked = RECORDS(replace(REPORT, ocr="checked"), PARAS[0])
    for style in STYLES.values():
        said = r"[(\[]numbering added by this site; read by OCR, unchecked[)\]]"
        assert re.search(said, cite(unchecked, style).plain)
        assert "OCR" not in cite(checked, style).plain
    assert "Read by OCR, unchecked" in unchecked["note"]
