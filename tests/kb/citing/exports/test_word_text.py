"""Word documents in any language: paragraphs and runs have the direction, language and font they need."""

from __future__ import annotations

import datetime
import io
import unicodedata
import zipfile
from collections.abc import Iterator

import docx
import pytest
from hypothesis import given
from hypothesis import strategies as st
from lxml import etree

from kb.citing.csl_item import CslItem, passage_item
from kb.citing.exports.briefing import BriefEntry, BriefSection, briefing
from kb.citing.exports.word import write_docx
from kb.citing.styles.registry import STYLES
from kb.model import Document, Passage
from tests.tables import table

W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
DAY = datetime.date(2026, 11, 23)
ARABIC = Document("ar", "إعلان بشأن الاتجار (2015)", "report", issuers=("جامعة الدول",), language="ar")
HEBREW = Document("he", "דוח על סחר בבני אדם", "report", language="he-IL")
URDU = Document("ur", "رپورٹ", "report", language="ur")
THAI = Document("th", "แถลงการณ์ร่วม", "report", language="th-TH")
KHMER = Document("km", "សេចក្តីថ្លែងការណ៍រួម", "report", language="km")
BURMESE = Document("my", "ပူးတွဲထုတ်ပြန်ချက်", "report", language="my")
HINDI = Document("hi", "संयुक्त वक्तव्य", "report", language="hi")
CHINESE = Document("zh", "联合公报", "report", language="zh-CN")
JAPANESE = Document("ja", "共同声明", "report", language="ja")
FRENCH = Document("fr", "Déclaration commune", "report", language="fr-FR")
ADLAM = Document("ff", "𞤀𞤣𞤤𞤢𞤥", "report", language="ff-Adlm")
UNKNOWN = Document("unknown", "بيان", "report")
WRONG = Document("wrong", "بيان", "report", language="Arabic")
NOTE = Document("notes", "ملاحظات", "note", language="ar")

WORDS = "تلتزم الدول (UN) بحماية الضحايا عام 2015."


def record(document: Document, passage: Passage) -> CslItem:
    return passage_item(document, passage, f"https://kb.example/{passage.address}", DAY)


def made(document: Document, text: str, style: str = "oscola", note: str = "", heading: str = "") -> bytes:
    entry = BriefEntry(record(document, Passage(document.id, "p1", text, "para 1")), note)
    section = BriefSection(heading, (entry,), document.language)
    return write_docx(briefing(heading or "A brief", (section,), STYLES[style]))


def part(data: bytes, name: str) -> etree._Element:
    with zipfile.ZipFile(io.BytesIO(data)) as file:
        return etree.fromstring(file.read(f"word/{name}.xml"))


def paragraph(data: bytes, style: str, name: str = "document") -> etree._Element:
    """The first paragraph of a style."""
    found = part(data, name).iter(f"{W}p")
    return next(each for each in found if each.find(f"{W}pPr/{W}pStyle[@{W}val='{style}']") is not None)


def runs(element: etree._Element) -> Iterator[tuple[str, bool, dict[str, str]]]:
    """The text of each run, whether it runs from right to left, and its languages."""
    for run in element.iter(f"{W}r"):
        language = run.find(f"{W}rPr/{W}lang")
        tags = {} if language is None else {name.removeprefix(W): tag for name, tag in language.items()}
        text = "".join(
            "\n" if each.tag == f"{W}br" else each.text or "" for each in run if each.tag != f"{W}rPr"
        )
        if text:
            yield text, run.find(f"{W}rPr/{W}rtl") is not None, tags


def is_bidi(element: etree._Element) -> bool:
    return element.find(f"{W}pPr/{W}bidi") is not None


def test_a_quotation_from_right_to_left_is_a_paragraph_from_right_to_left() -> None:
    quoted = paragraph(made(ARABIC, WORDS), "Quote")
    assert is_bidi(quoted)
    assert list(runs(quoted)) == [
        ("تلتزم الدول (", True, {"bidi": "ar"}),
        ("UN", False, {}),
        (") بحماية الضحايا عام 2015.", True, {"bidi": "ar"}),
    ]


@pytest.mark.slow
@pytest.mark.parametrize(
    ("document", "text", "bidi", "languages"),
    [
        (HEBREW, "המדינות יגנו על קורבנות (סעיף 6).", True, {"bidi": "he-IL"}),
        (URDU, "ریاستیں تحفظ فراہم کریں گی۔", True, {"bidi": "ur"}),
        (ADLAM, "𞤀𞤣𞤤𞤢𞤥 𞤆𞤵𞤤𞤢𞤪", True, {"bidi": "ff-Adlm"}),
        (THAI, "รัฐภาคีจะคุ้มครองผู้เสียหาย", False, {"bidi": "th-TH"}),
        (KHMER, "រដ្ឋនានានឹងការពារជនរងគ្រោះ", False, {"bidi": "km"}),
        (BURMESE, "နိုင်ငံများသည် ကာကွယ်ရမည်။", False, {"bidi": "my"}),
        (HINDI, "राज्य पीड़ितों की रक्षा करेंगे।", False, {"bidi": "hi"}),
        (CHINESE, "各国应当保护受害者。", False, {"eastAsia": "zh-CN"}),
        (JAPANESE, "各国は被害者を保護する。", False, {"eastAsia": "ja"}),
        (FRENCH, "Les États protègent les victimes.", False, {"val": "fr-FR"}),
        (UNKNOWN, "تلتزم الدول بالحماية", True, {}),
        (WRONG, "تلتزم الدول بالحماية", True, {}),
        (ARABIC, "States protect victims.", False, {}),
        (NOTE, "ملاحظة بكلماتنا", True, {"bidi": "ar"}),
    ],
)
@pytest.mark.parametrize("style", ["oscola", "apa"])
def test_the_runs_of_a_quotation_are_in_its_direction_and_language(
    document: Document, text: str, bidi: bool, languages: dict[str, str], style: str
) -> None:
    data = made(document, text, style)
    quoted = paragraph(data, "Quote")
    assert is_bidi(quoted) == bidi
    first = next(runs(quoted))
    assert first == (text, bidi, languages)
    assert text in "\n".join(each.text for each in docx.Document(io.BytesIO(data)).paragraphs)


def test_lines_of_a_quotation_stay_lines() -> None:
    quoted = paragraph(made(ARABIC, "تتعهد الدول:\n(أ) حماية الضحايا؛\n(ب) معاقبة المتاجرين."), "Quote")
    assert "".join(text for text, _, _ in runs(quoted)).count("\n") == 2
    assert is_bidi(quoted)


def test_a_footnote_stays_english_with_the_title_in_runs_of_its_own() -> None:
    (note,) = [
        each
        for each in part(made(ARABIC, WORDS), "footnotes").iter(f"{W}p")
        if "".join(each.itertext()).strip()
    ]
    assert not is_bidi(note)
    said = [each for each in runs(note) if each[0].strip()]
    assert said[0] == ("جامعة الدول", True, {"bidi": "ar"})
    assert ("إعلان بشأن الاتجار (2015)", True, {"bidi": "ar"}) in said
    assert [text for text, rtl, tags in said if tags and not rtl] == []
    assert "\u2068" not in "".join(text for text, _, _ in said)


def test_a_reference_in_the_text_has_a_line_from_left_to_right_below_such_a_quotation() -> None:
    data = made(ARABIC, WORDS, "apa")
    quoted, reference = paragraph(data, "Quote"), paragraph(data, "Referenceintext")
    assert is_bidi(quoted)
    assert not is_bidi(reference)
    assert [(text, rtl) for text, rtl, _ in runs(reference)] == [
        ("(", False),
        ("جامعة الدول", True),
        ("\u200e, n.d., para. 1)", False),
    ]


@table("style", STYLES)
def test_titles_in_notes_references_and_bibliographies_have_their_language(style: str) -> None:
    data = made(CHINESE, "各国应当保护受害者。", style)
    everything = [part(data, "document")]
    if not STYLES[style].in_text:
        everything.append(part(data, "footnotes"))
    titles = [each for tree in everything for each in runs(tree) if "联合公报" in each[0]]
    assert titles
    assert {tuple(tags.items()) for _, _, tags in titles} == {(("eastAsia", "zh-CN"),)}


def test_the_title_the_headings_and_the_readers_note_have_their_direction() -> None:
    data = made(ARABIC, WORDS, note="ملاحظتي على UN هنا", heading="حماية الضحايا")
    body = part(data, "document")
    assert is_bidi(paragraph(data, "Title"))
    heading = paragraph(data, "Heading1")
    assert is_bidi(heading)
    assert list(runs(heading)) == [("حماية الضحايا", True, {"bidi": "ar"})]
    note = next(each for each in body.iter(f"{W}p") if "ملاحظتي" in "".join(each.itertext()))
    assert is_bidi(note)
    assert [(text, rtl) for text, rtl, _ in runs(note)] == [
        ("ملاحظتي على ", True),
        ("UN", False),
        (" هنا", True),
    ]


def test_an_english_brief_has_nothing_of_all_this() -> None:
    plain = Document("en", "A report", "report", language="en")
    body = part(made(plain, "States protect victims."), "document")
    assert [*body.iter(f"{W}bidi", f"{W}rtl")] == []


def test_complex_scripts_have_a_font_and_the_size_and_slant_of_the_rest() -> None:
    quoted = paragraph(made(KHMER, "រដ្ឋនានា"), "Quote")
    (fonts,) = quoted.iter(f"{W}rFonts")
    assert dict(fonts.items()) == {f"{W}cs": "Leelawadee UI"}
    styles = part(made(ARABIC, WORDS), "styles")
    text = styles.find(f".//{W}style[@{W}styleId='{footnote_style(styles)}']/{W}rPr")
    assert text is not None
    assert [(each.tag.removeprefix(W), each.get(f"{W}val")) for each in text] == [
        ("sz", "18"),
        ("szCs", "18"),
    ]
    quote = styles.find(f".//{W}style[@{W}styleId='Quote']/{W}rPr")
    assert quote is not None
    assert [each.get(f"{W}val") for each in quote.iter(f"{W}i", f"{W}iCs")] == ["0", "0"]


def footnote_style(styles: etree._Element) -> str:
    (name,) = (each for each in styles.iter(f"{W}name") if each.get(f"{W}val") == "footnote text")
    parent = name.getparent()
    assert parent is not None
    return parent.get(f"{W}styleId", "")


PROPERTIES = [
    "pStyle",
    "keepNext",
    "keepLines",
    "pageBreakBefore",
    "numPr",
    "pBdr",
    "bidi",
    "spacing",
    "ind",
    "contextualSpacing",
    "jc",
    "outlineLvl",
    "rPr",
]
RUN_PROPERTIES = [
    "rStyle",
    "rFonts",
    "b",
    "bCs",
    "i",
    "iCs",
    "color",
    "sz",
    "szCs",
    "vertAlign",
    "rtl",
    "cs",
    "lang",
]


@table("document", [ARABIC, THAI, CHINESE, FRENCH, NOTE])
@table("style", ["chicago", "mla"])
def test_properties_are_in_the_order_of_the_schema(document: Document, style: str) -> None:
    """ECMA-376 part 1, annex A.1: to Word, CT_PPrBase and EG_RPrBase are sequences."""
    data = made(document, WORDS, style, note="ملاحظة", heading="عنوان")
    names = ["document", *(["footnotes"] if style == "chicago" else [])]
    for tree in (part(data, name) for name in names):
        for tag, order in (("pPr", PROPERTIES), ("rPr", RUN_PROPERTIES)):
            for element in tree.iter(f"{W}{tag}"):
                found = [each.tag.removeprefix(W) for each in element]
                assert found == sorted(found, key=order.index)
                assert len({*found}) == len(found)


@pytest.mark.slow
@given(st.text(alphabet="aZ ()٣5.,ابגשก人\u0650\u2067\u2069\n", max_size=30))
def test_no_run_from_right_to_left_has_a_letter_from_left_to_right(text: str) -> None:
    data = made(ARABIC, text)
    quoted = paragraph(data, "Quote")
    assert "".join(each for each, _, _ in runs(quoted)).rstrip("1") == text
    for piece, rtl, _ in runs(quoted):
        letters = {unicodedata.bidirectional(one) for one in piece if one.isalpha()}
        assert letters <= ({"R", "AL"} if rtl else {"L"})
