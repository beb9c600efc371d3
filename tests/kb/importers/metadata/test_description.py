"""What a document says of itself is found where documents of its kind say it; a guess is told from that."""

from __future__ import annotations

import pytest

from kb.importers.blocks import Block
from kb.importers.metadata.description import Description, described
from kb.importers.metadata.main_language import document_language
from kb.importers.spanned_text import line_text
from tests.kb.importers.metadata.pages import BODY, read_page
from tests.tables import table

UN_REPORT = (
    ("United Nations A/HRC/41/46", 14.0),
    ("General Assembly", 20.0),
    "Distr.: General 23 April 2019",
    "Original: English",
    ("Human Rights Council", 12.0),
    "Forty-first session",
    "24 June–12 July 2019",
    "Agenda item 3",
    ("Trafficking in persons, especially women and children*", 14.0),
    ("Report of the Special Rapporteur", 12.0),
)
JUDGMENT = (
    "Neutral Citation Number: [2019] EWCA Civ 23",
    "Case No: C4/2018/0101",
    "IN THE COURT OF APPEAL (CIVIL DIVISION)",
    "ON APPEAL FROM THE HIGH COURT OF JUSTICE",
    "Royal Courts of Justice",
    "Strand, London, WC2A 2LL",
    "Date: 22/01/2019",
    "Before:",
    "LORD JUSTICE BROWN",
    "Between:",
    "MARIA EXAMPLE Appellant",
    "- and -",
    "SECRETARY OF STATE FOR THE HOME DEPARTMENT Respondent",
    "Hearing date: 5 December 2018",
)


def fields_of(found: Description, *names: str) -> tuple[str, ...]:
    return tuple(found.fields.get(name, "") for name in names)


def how(found: Description, field: str) -> str:
    return next(one.how.code for one in found.origins if one.field == field)


def test_a_report_of_the_united_nations_is_described_by_its_masthead() -> None:
    found = described(read_page(*UN_REPORT, title="Microsoft Word - G19_110.docx"), "g19110.pdf")
    assert fields_of(found, "title", "symbol", "date", "issuers", "kind", "language", "page_count") == (
        *("Trafficking in persons, especially women and children", "A/HRC/41/46", "2019-04-23"),
        *("Human Rights Council", "UN document", "en", "1"),
    )
    assert (how(found, "title"), how(found, "kind")) == ("found-on-page", "guessed-from-symbol")


def test_a_resolution_has_the_title_behind_its_number() -> None:
    found = described(
        read_page(
            "United Nations A/RES/68/192",
            ("General Assembly", 20),
            "Distr.: General",
            "14 February 2014",
            ("Resolution adopted by the General Assembly on 18 December 2013", 12),
            "[on the report of the Third Committee (A/68/457)]",
            "68/192. Improving the coordination of efforts against trafficking in persons",
            "The General Assembly,",
        ),
        "n13.pdf",
    )
    assert fields_of(found, "title", "kind", "date") == (
        "Improving the coordination of efforts against trafficking in persons",
        "resolution",
        "2014-02-14",
    )


def test_a_judgment_is_named_by_its_parties_and_dated_by_its_own_date() -> None:
    found = described(read_page(*JUDGMENT), "approved.docx")
    assert fields_of(found, "title", "kind", "date", "neutral_citation", "docket", "court", "issuers") == (
        *("MARIA EXAMPLE v SECRETARY OF STATE FOR THE HOME DEPARTMENT", "case", "2019-01-22"),
        *("[2019] EWCA Civ 23", "C4/2018/0101", "COURT OF APPEAL (CIVIL DIVISION)", ""),
    )


@pytest.mark.parametrize("leaders", [" … ", " ..... ", " — ", "……", " ____ ", "  "])
def test_leaders_before_a_role_are_no_part_of_the_name(leaders: str) -> None:
    texts = [text.replace(" Appellant", leaders + "Appellant") for text in JUDGMENT]
    found = described(read_page(*texts), "approved.docx")
    assert fields_of(found, "title") == ("MARIA EXAMPLE v SECRETARY OF STATE FOR THE HOME DEPARTMENT",)


@pytest.mark.parametrize(
    ("texts", "title", "date"),
    [
        (
            [("MIGRATION ACT", 16), "Section 1. This Act may be cited as the “Migration Act 2011”."],
            "Migration Act 2011",
            "2011",
        ),
        (
            [("LOI n° 2016-444 du 13 avril 2016", 16), "Article 1er Le code pénal est ainsi modifié."],
            "LOI n° 2016-444 du 13 avril 2016",
            "2016-04-13",
        ),
        (
            [
                ("قانون منع الاتجار بالبشر", 16),
                "المادة 1 يسمى هذا القانون (قانون منع الاتجار بالبشر لسنة ٢٠٠٩).",
            ],
            "قانون منع الاتجار بالبشر لسنة ٢٠٠٩",
            "2009",
        ),
        (
            [("พระราชบัญญัติป้องกันและปราบปรามการค้ามนุษย์ พ.ศ. ๒๕๕๑", 16), "มาตรา ๑ พระราชบัญญัตินี้"],
            "พระราชบัญญัติป้องกันและปราบปรามการค้ามนุษย์ พ.ศ. ๒๕๕๑",
            "2008",
        ),
    ],
    ids=["en", "fr", "ar", "th"],
)
def test_a_law_has_the_title_and_the_year_that_it_gives_itself(
    texts: list[str | tuple[str, float]], title: str, date: str
) -> None:
    assert fields_of(described(read_page(*texts), "a.pdf"), "title", "date", "kind") == (
        title,
        date,
        "legislation",
    )


@pytest.mark.parametrize(
    ("given", "title", "code"),
    [
        ("Microsoft Word - Draft 3 FINAL.doc", "Hotline report", "found-on-page"),
        ("untitled", "Hotline report", "found-on-page"),
        ("Hotline report 2024", "Hotline report 2024", "found-in-properties"),
        ("A template from the web site", "Hotline report", "found-on-page"),
    ],
)
def test_a_title_in_the_properties_counts_if_the_page_agrees(given: str, title: str, code: str) -> None:
    found = described(read_page(("Hotline report", 18), title=given), "a.pdf")
    assert (found.fields["title"], how(found, "title")) == (title, code)


def test_without_a_title_on_the_page_any_other_is_a_guess() -> None:
    stated = described(read_page(title="Fees that workers pay"), "a.pdf")
    assert (stated.fields["title"], how(stated, "title")) == (
        "Fees that workers pay",
        "guessed-from-properties",
    )
    unnamed = described(read_page(title="Document1"), "fees_and-debts.pdf")
    assert (unnamed.fields["title"], how(unnamed, "title")) == ("fees and debts", "guessed-from-name")


@pytest.mark.parametrize(
    "texts",
    [
        ["Argued April 23, 2013", "Some rule of 3 May 2011 applies in all cases that were heard then."],
        ["3 May 2011", "4 June 2012"],
        ["Embargoed until 29 March 2007"],
        ["As amended on 30 December 2008"],
    ],
)
def test_a_date_that_may_be_that_of_something_else_is_left_out(texts: list[str]) -> None:
    assert "date" not in described(read_page(*texts), "a.pdf").fields


def test_an_author_counts_as_issuer_only_if_it_is_a_body() -> None:
    assert "issuers" not in described(read_page(authors="Armstrong"), "a.pdf").fields
    assert described(read_page(authors="Asia Foundation"), "a.pdf").fields["issuers"] == "Asia Foundation"


def test_the_words_tell_the_language_where_a_template_is_of_another() -> None:
    assert fields_of(described(read_page(language="fr-FR"), "a.docx"), "language") == ("en",)
    assert fields_of(described(read_page(language="en-GB"), "a.docx"), "language") == ("en-GB",)


LAW = (
    "(1) Perdagangan orang adalah tindakan perekrutan, pengangkutan, penampungan seseorang. "
    "(2) Setiap orang yang melakukan perekrutan dipidana dengan pidana penjara paling singkat 3 tahun. "
)
FRENCH = "Décision de la Cour. Les États protègent les victimes de la traite. Une aide juridique est fournie."
SHORT = {
    "id": [LAW],
    "fr": [FRENCH, "Elle est gratuite pour toutes."],
    "es": [
        "Resolución de la Corte. Los Estados protegen a las víctimas de la trata de personas.",
        "Se presta asistencia jurídica gratuita a las víctimas en su idioma.",
    ],
    "it": [
        "Sentenza della Corte. Gli Stati proteggono le vittime della tratta.",
        "Le vittime ricevono gratuitamente assistenza legale nella loro lingua.",
    ],
}


@table("language", SHORT)
def test_a_hundred_letters_tell_the_language(language: str) -> None:
    found = document_language([Block(line_text(text, 0)) for text in SHORT[language]])
    assert found is not None
    assert found.language == language


@pytest.mark.parametrize("text", ["Article 1. States protect victims.", "Ꮳꮃꭹ ꭶꮼꮒꭿꮝꮧ " * 20, "12 345 " * 100])
def test_what_is_too_little_or_in_an_unknown_language_tells_none(text: str) -> None:
    assert document_language([Block(line_text(text, 0))]) is None


def test_a_document_in_two_languages_says_so() -> None:
    french = (
        "Les participants ont examiné comment les travailleurs qui sont dans la servitude sont aidés. " * 6
    )
    found = described(read_page(BODY, french, french), "a.pdf")
    assert found.fields["language"] == "mul"
    assert [one.code for one in found.remarks] == ["text-in-languages"]


def test_the_parties_of_a_case_may_be_on_two_lines() -> None:
    found = described(
        read_page(
            "SUPREME COURT OF EXAMPLE LAND", "WATER DISTRICT v.", "HERRMANN ET AL.", "Decided June 13, 2013"
        ),
        "",
    )
    assert fields_of(found, "title", "kind", "date") == (
        "WATER DISTRICT v. HERRMANN ET AL.",
        "case",
        "2013-06-13",
    )
