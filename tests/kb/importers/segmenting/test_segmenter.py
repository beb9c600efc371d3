"""What becomes of blocks, in whatever format they came."""

from __future__ import annotations

from dataclasses import replace

import pytest

from kb.english import ENGLISH
from kb.importers.blocks import Block, BlockPlace, BlockStyle, Dropped, ListItem, SourceDocument, TableRow
from kb.importers.segmenting.dropped_words import dropped_remarks
from kb.importers.segmenting.segmenter import segmented
from kb.importers.spanned_text import joined, line_text
from kb.messages import words
from kb.sources.lines import SourceLine
from tests.tables import table

BOLD = BlockStyle(bold=True, size=10)


def document(*texts: str | Block) -> SourceDocument:
    """Each text a block; a text within asterisks is bold."""
    lines, blocks = [], []
    for number, text in enumerate(texts):
        match text:
            case Block():
                lines.append(SourceLine(text.text))
                blocks.append(text)
            case str():
                bare = text.strip("*")
                style = BOLD if text.startswith("*") else BlockStyle(size=10)
                lines.append(SourceLine(bare))
                blocks.append(Block(line_text(bare, number), style))
    return SourceDocument("test", tuple(lines), tuple(blocks))


def located(*texts: str | Block) -> list[tuple[str, str]]:
    return [(unit.locator, unit.kind) for unit in segmented(document(*texts)).units]


LONG = "words that fill a paragraph of the ordinary kind, so that it is one, with a full stop at its end."


def test_sub_paragraphs_belong_to_their_paragraph() -> None:
    assert located(
        f"12. {LONG}", "(a) first;", "(b) second:", "(i) inner one;", "(ii) inner two.", "13. Next words."
    ) == [
        ("para 12", "paragraph"),
        ("para 12(a)", "subparagraph"),
        ("para 12(b)", "subparagraph"),
        ("para 12(b)(i)", "subparagraph"),
        ("para 12(b)(ii)", "subparagraph"),
        ("para 13", "paragraph"),
    ]


@table(
    ("texts", "locators"),
    [
        (("၁။ ဥပဒေ", "၂။ အဖွဲ့သည်", "(က) မူဝါဒများ", "(ခ) ညှိနှိုင်း"), "1 2 2(က) 2(ခ)"),
        (("๑. นายจ้าง", "๒. ศาล ดังนี้", "(ก) ค่าจ้าง", "(ข) ค่ารักษา"), "1 2 2(ก) 2(ข)"),
        (("一、工资", "二、赔偿：", "（一）医疗费", "1．药费", "（二）其他"), "1 2 2(1) 2(1)(1) 2(2)"),
        (("１ 旅券", "２ 次の費用", "（１）賃金", "（２）治療費"), "1 2 2(1) 2(2)"),
        (
            ("1. Hộ chiếu", "a) một;", "d) bốn;", "đ) năm;", "e) sáu;", "g) bảy."),
            "1 1(a) 1(d) 1(đ) 1(e) 1(g)",
        ),
        (("1. Start:", "(d) four;", "(e) five;", "(f) six."), "1 1(d) 1(e) 1(f)"),
        (("۱- متهم", "الف) دستمزد", "ب) درمان", "۲- دادگاه"), "1 1(الف) 1(ب) 2"),
    ],
)
def test_lists_count_in_the_letters_and_numerals_of_their_script(
    texts: tuple[str, ...], locators: str
) -> None:
    assert [one for one, _ in located(*texts)] == [f"para {one}" for one in locators.split()]


def test_a_letter_i_that_follows_h_is_a_letter() -> None:
    texts = [f"({letter}) words;" for letter in "abcdefghij"]
    assert located("1. Start:", *texts)[-2:] == [("para 1(i)", "subparagraph"), ("para 1(j)", "subparagraph")]


def test_numbers_within_a_numbered_paragraph_do_not_restart_the_document() -> None:
    assert [locator for locator, _ in located("7. As follows:", "1. one;", "2. two.", "8. Next.")] == [
        "para 7",
        "para 7(1)",
        "para 7(2)",
        "para 8",
    ]


def test_paragraphs_count_on_across_headings() -> None:
    assert [
        one for one, _ in located("*I. First part*", f"1. {LONG}", "*II. Second part*", f"2. {LONG}")
    ] == [
        "heading I",
        "para 1",
        "heading II",
        "para 2",
    ]


def test_a_restart_is_named_by_its_section_and_an_annex_by_itself() -> None:
    found = [
        one
        for one, _ in located(
            *("*VISTO*", f"1. {LONG}", f"2. {LONG}", "*RESUELVE*", f"1. {LONG}", "*Annex I*", f"1. {LONG}"),
            *("*Annex II*", f"1. {LONG}"),
        )
    ]
    assert found == [
        "heading “VISTO”",
        "VISTO, para 1",
        "VISTO, para 2",
        "heading “RESUELVE”",
        "RESUELVE, para 1",
        "annex I",
        "annex I, para 1",
        "annex II",
        "annex II, para 1",
    ]


def test_articles_have_their_paragraphs_and_points() -> None:
    assert located("Article 16", f"1. {LONG}", "2. Points:", "(a) one;", "(b) two.", "Article 17", LONG) == [
        ("art 16", "heading"),
        ("art 16(1)", "paragraph"),
        ("art 16(2)", "paragraph"),
        ("art 16(2)(a)", "subparagraph"),
        ("art 16(2)(b)", "subparagraph"),
        ("art 17", "heading"),
        ("art 17, unnumbered para 1", "paragraph"),
    ]


@table("article", ["Article 3. Definitions", "Article 3", "*Article 3*"])
def test_the_paragraphs_of_the_document_go_on_behind_an_article(article: str) -> None:
    points = ("(a) “Child” means any person;", "(b) “Victim” means a person harmed.")
    found = segmented(
        document(f"1. {LONG}", f"3. {LONG}", article, *points, f"6. {LONG}", f"7. {LONG}")
    ).units
    assert [unit.locator for unit in found] == [
        *("para 1", "para 3", "art 3", "art 3(a)", "art 3(b)", "para 6", "para 7")
    ]
    assert [(unit.parent, unit.path) for unit in found[-2:]] == [(None, ()), (None, ())]


@table(
    ("texts", "locator"),
    [
        (("Article 3", "(a) one;", "(b) two.", f"6. {LONG}"), "art 3(6)"),
        (("Article 3. Aid", "(a) one;", "(i) inner;", f"6. {LONG}"), "art 3(6)"),
        ((f"1. {LONG}", "Article 3", "(a) one;", f"40. {LONG}"), "art 3(40)"),
        ((f"1. {LONG}", "*Annex I*", "Article 3", "(a) one;", f"5. {LONG}"), "annex I, art 3(5)"),
        ((f"1. {LONG}", "Article 3", "(1) one;", f"2. {LONG}"), "para 2"),
        ((f"1. {LONG}", "Article 3. Aid", "(1) one;", "(a) a point;", f"2. {LONG}"), "para 2"),
        ((f"1. {LONG}", "Article 3", "Words of it.", f"2. {LONG}"), "art 3(2)"),
        ((f"1. {LONG}", "Article 3", f"1. {LONG}", f"2. {LONG}"), "art 3(2)"),
        (("5) Paragraph:", "(a) one;", "• bullet;", f"9. {LONG}"), "para 5(9)"),
        (("(a) one;", "(b) two.", f"9. {LONG}"), "para 9"),
        (("Article 3", "(a) one: 1. first; 2. second;", "3. third."), "art 3(a)(3)"),
        (("1. Points:", "(a) one;", "as follows:", "40. quoted."), "para 1(a)(40)"),
        (("I. Facts", "A. Claims", f"4. {LONG}"), "para (I)(A)(4)"),
    ],
)
def test_a_number_that_continues_no_list_is_within_no_point(texts: tuple[str, ...], locator: str) -> None:
    assert located(*texts)[-1][0] == locator


def test_recommendations_are_told_by_the_paragraph_that_lists_them() -> None:
    assert located(
        "88. The recommendations listed below:", "88.1. Ratify it;", "88.2. Accede to it;", "89. More."
    ) == [
        ("para 88", "paragraph"),
        ("rec 88.1", "recommendation"),
        ("rec 88.2", "recommendation"),
        ("para 89", "paragraph"),
    ]
    assert [one for one, _ in located("*6. Context*", "6.1 Words.", "6.2 More words.")] == [
        "heading 6",
        "para 6.1",
        "para 6.2",
    ]


def test_bullets_count_within_their_paragraph() -> None:
    assert located(f"4. {LONG}", "Such as:", "• one", "• two", f"5. {LONG}", "• three") == [
        ("para 4", "paragraph"),
        ("para 4, lead-in 1", "lead-in"),
        ("para 4, bullet 1", "bullet"),
        ("para 4, bullet 2", "bullet"),
        ("para 5", "paragraph"),
        ("para 5, bullet 1", "bullet"),
    ]


def test_the_preamble_of_a_resolution_is_counted() -> None:
    assert located(
        "The General Assembly,", "Recalling its resolutions,", "Aware of the needs,", f"1. {LONG}"
    ) == [
        ("preamble, lead-in", "lead-in"),
        ("preambular para 1", "preambular"),
        ("preambular para 2", "preambular"),
        ("para 1", "paragraph"),
    ]


def test_a_table_of_contents_is_dropped_and_listed() -> None:
    found = segmented(
        document(
            "Contents",
            "I. Introduction ........ 3",
            "II. Findings ........ 12",
            "*I. Introduction*",
            f"1. {LONG}",
        )
    )
    assert [unit.locator for unit in found.units] == ["heading I", "para 1"]
    assert [one.reason for one in found.dropped] == ["contents"] * 3


@pytest.mark.parametrize(
    "entries",
    [
        ["Contents", "I. Introduction", "II. Findings", "III. Remedies", "IV. Conclusions"],
        ["Introduction", "Findings", "Remedies", "Conclusions"],
        ["Sec. 1. Introduction.", "Sec. 2. Findings.", "Sec. 3. Remedies.", "Sec. 4. Conclusions."],
    ],
)
def test_a_list_of_headings_without_page_numbers_is_dropped(entries: list[str]) -> None:
    headings = [entry for entry in entries if entry != "Contents"]
    parts = [one for heading in headings for one in (f"*{heading.upper()}*", LONG)]
    found = segmented(document("Report", *entries, *parts))
    assert [one.text for one in found.dropped] == entries
    assert sum(unit.kind == "heading" for unit in found.units) == 4
    assert sum(unit.text == LONG for unit in found.units) == 4


def test_lists_that_come_again_and_lines_with_leaders_are_no_contents() -> None:
    states = ["Armenia", "Belarus", "Croatia", "Denmark"]
    assert segmented(document(f"1. {LONG}", *states, f"2. {LONG}", *states)).dropped == ()
    prices = [f"Item {number} ........ {number}00" for number in range(5)]
    assert segmented(document(f"1. {LONG}", *prices, f"2. {LONG}")).dropped == ()


MASTHEADS = {
    "1994": [
        "UNITED",
        "A",
        "NATIONS",
        "General Assembly",
        "Distr.",
        "GENERAL",
        "A/RES/48/161 21 January 1994",
    ],
    "2011": [
        "United Nations A/HRC/19/8",
        "General Assembly",
        "Distr.: General 8 December 2011",
        "GE.11-17250 (E)",
    ],
    "2009": ["UNITED NATIONS", "A", "Distr.", "GENERAL A/HRC/10/75 12 January 2009", "Agenda item 6"],
    "fr": [
        "NATIONS",
        "A",
        "UNIES",
        "Assemblée générale",
        "Distr.",
        "GENERALE",
        "Point 40 de l’ordre du jour",
    ],
    "es": [
        "Naciones Unidas",
        "Asamblea General",
        "Distr. limitada",
        "Cuadragésimo octavo período de sesiones",
    ],
    "ru": ["Организация Объединенных Наций A/76/1", "Генеральная Ассамблея", "Тридцать четвертая сессия"],
}


@pytest.mark.parametrize("masthead", MASTHEADS.values(), ids=MASTHEADS)
def test_a_masthead_of_the_united_nations_is_dropped(masthead: list[str]) -> None:
    found = segmented(document(*masthead, "*Report of the committee on its tenth session*", f"1. {LONG}"))
    assert [(one.reason, one.text) for one in found.dropped] == [("masthead", text) for text in masthead]
    assert [unit.kind for unit in found.units] == ["heading", "paragraph"]


def test_an_editor_is_told_what_was_dropped() -> None:
    texts = [*MASTHEADS["2011"], "Contents", "I. Scope ... 2", "II. Remedies ........ 3", f"1. {LONG}"]
    (remark,) = dropped_remarks([*segmented(document(*texts)).dropped, Dropped("page-number", "4", 4)])
    said = "left out of the passages: 4 lines of the masthead, 3 lines of contents, 1 page number"
    assert words(remark, ENGLISH) == said
    assert dropped_remarks([]) == ()


def test_what_looks_like_a_masthead_stays_in_other_documents_and_in_the_text() -> None:
    report = ["Example Aid", "General", "21 January 1994", "Tenth session"]
    assert segmented(document(*report, f"1. {LONG}")).dropped == ()
    letter = ["United Nations", f"1. {LONG}", "General Assembly", "3 May 2001"]
    assert [one.text for one in segmented(document(*letter)).dropped] == ["United Nations"]


def test_short_lines_of_a_title_page_are_headings_above_nothing() -> None:
    texts = [
        "Statement by",
        "The head of the delegation",
        "He said:",
        "Good morning",
        "everyone.",
        f"1. {LONG}",
    ]
    read = document(*texts)
    paged = replace(read, blocks=tuple(replace(one, place=BlockPlace(page=1)) for one in read.blocks))
    assert [(unit.kind, unit.path) for unit in segmented(paged).units] == [
        *[("heading", ())] * 2,
        *[("paragraph", ())] * 4,
    ]
    assert all(unit.kind == "paragraph" for unit in segmented(read).units)


@table(
    ("text", "kind"),
    [
        ("The Committee recommends that the State party:", "lead-in"),
        ("La loi détermine les principes fondamentaux :", "lead-in"),
        ("委员会建议缔约国：", "lead-in"),
        ("Proposed by the State", "lead-in"),
        ("There are variations in the systems across the region.", "paragraph"),
        ("Was he quite wrong?", "paragraph"),
        ("The allocation of funds is based on the index, which", "paragraph"),
        ("10", "paragraph"),
    ],
)
def test_only_what_announces_a_list_is_its_lead_in(text: str, kind: str) -> None:
    assert [one for _, one in located(text, "• first", "• second")] == [kind, "bullet", "bullet"]


def test_headings_before_the_first_words_are_above_nothing_but_the_last() -> None:
    units = segmented(document("*TITLE*", "*Subtitle*", "*Introduction*", f"1. {LONG}")).units
    assert [unit.path for unit in units] == [(), (), (), ("Introduction",)]


def test_a_label_that_a_program_computes_is_not_cut_from_the_words() -> None:
    items = [
        Block(line_text(text, at), item=ListItem(label))
        for at, (label, text) in enumerate([("1.", "One"), ("(a)", "Two")])
    ]
    units = segmented(document(*items)).units
    assert [(unit.locator, unit.label, unit.text) for unit in units] == [
        ("para 1", "1.", "One"),
        ("para 1(a)", "(a)", "Two"),
    ]


def test_rows_of_a_table_are_counted() -> None:
    cells = line_text("Term", 0), line_text("Meaning", 0)
    row = Block(joined(cells), row=TableRow(cells, ("Word", "Definition"), 2))
    assert located(row, row) == [("table 2, row 1", "row"), ("table 2, row 2", "row")]


@pytest.mark.parametrize("times", [2, 3])
def test_locators_and_ids_are_unique_whatever_the_numbers(times: int) -> None:
    units = segmented(document(*[f"1. {LONG}", "(a) one", "(a) one again", "Article 1", "• x"] * times)).units
    assert len({unit.locator for unit in units}) == len({unit.id for unit in units}) == len(units)


def test_annexes_listed_at_the_beginning_open_no_annex() -> None:
    texts = (
        "ANNEXES",
        "Annex A Searching a child",
        "Annex B Searching an adult",
        f"1.1 {LONG}",
        f"1.2 {LONG}",
    )
    units = located(*texts, "*Annex A*", f"1. {LONG}", "*Annex B*", f"1. {LONG}")
    assert [locator for locator, kind in units if kind == "paragraph"] == [
        "para 1.1",
        "para 1.2",
        "annex A, para 1",
        "annex B, para 1",
    ]


@pytest.mark.parametrize(
    "text",
    [
        "(a) Annex A, if searching a child; or",
        "Schedule 2, where it applies; and",
        "Section 289 of the Act allows a constable to search for cash which is:",
        "Part II of the Act does not apply to",
        "OR",
        "et",
    ],
)
def test_words_that_refer_to_a_part_and_words_between_items_are_no_headings(text: str) -> None:
    units = located(f"12. {LONG[:-1]}:", f"*{text}*" if len(text) < 3 else text, f"13. {LONG}")
    assert "heading" not in {kind for _, kind in units}
    assert units[-1] == ("para 13", "paragraph")


def test_decimal_numbers_are_within_no_paragraph_of_their_own_list() -> None:
    units = segmented(document(f"1.1 {LONG}", f"1.2 {LONG}", "Words without a number go on with it.")).units
    assert [unit.parent for unit in units] == [None, None, 1]
    assert units[-1].locator == "para 1.2, unnumbered para 1"


@pytest.mark.parametrize(("numbers", "odd"), [((47, 48, 47, 50, 51), 2), ((19, 20, 35, 22, 23), 2)])
def test_a_number_that_its_author_miscounted_begins_no_other_list(numbers: tuple[int, ...], odd: int) -> None:
    units = located(*(f"{number}. {LONG}" for number in (*range(numbers[0] - 3, numbers[0]), *numbers)))
    assert {kind for _, kind in units} == {"paragraph"}
    found = [locator for locator, _ in units[3:]]
    assert [one for at, one in enumerate(found) if at != odd] == [
        f"para {number}" for at, number in enumerate(numbers) if at != odd
    ]


def test_a_lettered_line_in_italics_above_a_numbered_paragraph_is_a_heading() -> None:
    style = BlockStyle(italic=True, size=10)
    line = Block(line_text("b. Pleas in law:", 1), style)
    assert located(f"19. {LONG}", line, f"20. {LONG}")[1:] == [
        ("heading b", "heading"),
        ("para 20", "paragraph"),
    ]


def test_a_number_that_a_program_computed_with_a_letter_has_no_brackets_in_the_locator() -> None:
    item = Block(line_text(LONG, 0), item=ListItem("(A.3)"))
    assert located(item)[0][0] == "para A.3"


def test_headings_with_roman_numbers_are_side_by_side() -> None:
    texts = [f"*{number}. {name}*" for number, name in (("I", "FACTS"), ("II", "LAW"), ("III", "COSTS"))]
    units = segmented(document(*(one for text in texts for one in (text, LONG)))).units
    assert [unit.path for unit in units if unit.kind == "paragraph"] == [("FACTS",), ("LAW",), ("COSTS",)]


def test_the_paragraphs_of_a_judgment_have_bare_numbers_beside_those_of_its_headnote() -> None:
    headnote = ["*HEADNOTE*", *(f"{number}. {LONG}" for number in range(1, 5))]
    judgment = ["*INTRODUCTION*", *(f"{number}. {LONG}" for number in range(1, 31))]
    found = [locator for locator, kind in located(*headnote, *judgment) if kind == "paragraph"]
    assert found == [
        *(f"HEADNOTE, para {number}" for number in range(1, 5)),
        *(f"para {number}" for number in range(1, 31)),
    ]


def test_a_numbered_heading_below_a_colon_goes_on_with_the_headings_before_it() -> None:
    found = located("*VI. FACTS*", f"1. {LONG[:-1]}:", "*VII. LAW*", f"2. {LONG}")
    assert [locator for locator, kind in found if kind == "heading"] == ["heading VI", "heading VII"]


def test_a_paragraph_in_quotation_marks_that_is_set_in_is_a_quotation() -> None:
    quote = Block(line_text(f"“14. {LONG}”", 1), BlockStyle(size=10), BlockPlace(inset=36))
    assert located(f"1. {LONG[:-1]}:", quote)[1] == ("para 1, quote 1", "quote")


@pytest.mark.parametrize(("label", "locator"), [("12.", "para 12"), ("(b)", "para (b)"), ("A)", "para (A)")])
def test_a_number_alone_in_its_paragraph_is_that_of_the_next(label: str, locator: str) -> None:
    (unit,) = segmented(document(label, LONG)).units
    assert (unit.locator, unit.label, unit.text) == (locator, label, LONG)
    assert [(span.line, span.start) for span in unit.spans] == [(1, 0)]


def test_a_number_above_a_heading_or_another_number_stays_alone() -> None:
    assert [unit.text for unit in segmented(document("12.", "13.", f"14. {LONG}")).units][:2] == [
        "12.",
        "13.",
    ]


@pytest.mark.parametrize("dash", "‒―–—")
def test_items_behind_dashes_of_any_length_are_bullets(dash: str) -> None:
    assert located(f"1. {LONG[:-1]}:", f"{dash} first;", f"{dash} second.")[1:] == [
        ("para 1, bullet 1", "bullet"),
        ("para 1, bullet 2", "bullet"),
    ]


def test_a_definition_that_is_set_in_is_no_quotation() -> None:
    term = Block(line_text("“Person” means a natural person;", 1), BlockStyle(size=10), BlockPlace(inset=36))
    assert located(f"1. {LONG[:-1]}:", term)[1] == ("para 1, unnumbered para 1", "paragraph")


@pytest.mark.parametrize(
    ("text", "below", "kind"),
    [
        ("Seeking judicial approval", False, "heading"),
        ("Прием жалоб", False, "heading"),
        ("Seeking judicial approval", True, "paragraph"),
        ("The application is refused.", False, "paragraph"),
        ("The Court considers:", False, "paragraph"),
        ("https://example.org/watch", False, "paragraph"),
        ("office@example.org", False, "paragraph"),
    ],
)
def test_a_short_line_that_alone_is_underlined_is_a_heading(text: str, below: bool, kind: str) -> None:
    line = Block(line_text(text, 1), BlockStyle(underlined=True))
    following = Block(line_text(LONG, 2), BlockStyle(underlined=below))
    assert located(LONG, line, following)[1][1] == kind
