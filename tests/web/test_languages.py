"""Pages of a collection in many languages: all content is marked with its direction and language."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator

import pytest
from flask.testing import FlaskClient
from lxml.html import HtmlElement

from kb.languages.language_tag import is_language_tag
from kb.text.fingerprint import fingerprint
from tests.tables import table
from tests.web.dom import attributes, one, page, said, select, texts, tree_of
from tests.web.language_samples import (
    AMENDED,
    ARABIC,
    ARABIC_TITLE,
    DOCUMENTS,
    ENGLISH,
    GONE,
    PASSAGES,
    THAI,
    UNKNOWN,
    WRONG,
)

BRIEF = "p=ar/p1~ملاحظتي&p=ar/p2&p=he/p1~my+note&p=th/p1&p=zh/p1&p=protection/shelter&p=id/p1"
PAGES = (
    "/",
    "/search",
    "/search?q=الضحايا",
    "/search?q=الضحايا&document=ar&theme=protection&kind=إعلان",
    "/search?q=zzzz+الضحايا&group=document",
    "/search?q=سسسس&document=ar",
    "/search?q=การค้ามนุษย์",
    "/search?q=引渡&status=all",
    "/search/why?q=الضحايا&passage=ar/p1",
    "/documents",
    *(f"/documents/{slug}" for slug in ("ar", "ur", "he", "th", "zh", "ja", "km", "my", "hi", "id")),
    *(f"/documents/{slug}?q=الضحايا" for slug in ("ar", "translated", "unknown", "wrong", "old")),
    "/passages/ar/p1?q=الضحايا",
    "/passages/ar/p2?style=chicago",
    "/passages/ar/p4?style=apa",
    f"/passages/ar/p1?v={fingerprint(AMENDED)}",
    "/passages/ur/p1?style=mla",
    "/passages/he/p1?style=harvard",
    "/passages/th/p1?style=un",
    "/passages/zh/p1?style=aglc",
    "/passages/translated/p1",
    "/passages/unknown/p1",
    "/passages/wrong/p1",
    "/passages/old/p1",
    "/passages/protection/shelter",
    "/themes/protection",
    "/themes/cooperation?q=มนุษย์",
    "/compare?a=ar/p1&b=he/p1",
    "/matrix",
    "/matrix?theme=protection&q=الضحايا",
    "/about",
    "/check",
    f"/brief?title=موجز&group=document&{BRIEF}",
    f"/brief?group=theme&{BRIEF}",
    f"/brief.html?title=موجز&group=theme&{BRIEF}",
    f"/brief.html?style=apa&group=document&{BRIEF}",
)
WITHDRAWN = (
    "/passages/ar/p9",
    f"/passages/ar/p9?v={GONE.fingerprint}",
    "/compare?a=ar/p9&b=الإعلان",
)

FOREIGN = re.compile("[\u0590-\u06ff\u0900-\u097f\u0e00-\u0e7f\u1000-\u109f\u1780-\u17ff\u3040-\u9fff]")
QUOTED = "“”‘’… "


def _expected() -> dict[str, str | None]:
    """The language that each text of the collection has to be said to be in; None for no language."""
    found: dict[str, str | None] = {}
    for document in DOCUMENTS:
        for passage in PASSAGES[document.id]:
            for text in (passage.text, passage.heading):
                found[text] = document.language
        found[document.title] = document.language
    found |= dict.fromkeys(("حماية الضحايا", "المأوى", "العودة", "تسليم المجرمين"), "ar")
    found |= dict.fromkeys((UNKNOWN, WRONG, "بيان بلا لغة", "بيان آخر"))  # unknown, and no valid tag
    found |= dict.fromkeys(
        ("Joint statement", "A Plan in Translation", ENGLISH, "Annex")
    )  # not the document's
    found |= dict.fromkeys(("ความร่วมมือระหว่างรัฐ",))  # a theme without notes, whose language none says
    del found[""]
    return {" ".join(text.split()): language for text, language in found.items()}


EXPECTED = _expected()


def texts_of(tree: HtmlElement) -> Iterator[tuple[str, HtmlElement]]:
    """Each text of a page's body with the element that holds it."""
    for element in one(tree, "body").iter():
        if element.tag in ("script", "style") or not isinstance(element.tag, str):
            continue
        held = [element.text, *(child.tail for child in element)]
        yield from ((text, element) for text in held if text and text.strip())


def inherited(element: HtmlElement, name: str) -> str | None:
    """An attribute of the element, or of the nearest around it that has one, the page itself aside."""
    around = (each for each in (element, *element.iterancestors()) if each.tag != "html")
    return next((each.get(name) for each in around if each.get(name) is not None), None)


def answered(languages: FlaskClient, address: str) -> HtmlElement:
    return page(languages, address, 410 if address in WITHDRAWN else 200)


@pytest.mark.slow
@table("address", [*PAGES, *WITHDRAWN])
def test_content_says_its_direction_and_language(languages: FlaskClient, address: str) -> None:
    tree = answered(languages, address)
    lacking = [text for text, at in texts_of(tree) if FOREIGN.search(text) and not inherited(at, "dir")]
    assert lacking == []
    said_of = {
        said(each).strip(QUOTED): inherited(each, "lang") for each in select(one(tree, "body"), "*[dir]")
    }
    known = EXPECTED.keys() & said_of
    assert {text: said_of[text] for text in known} == {text: EXPECTED[text] for text in known}


@pytest.mark.slow
@table("address", [*PAGES, *WITHDRAWN])
def test_no_page_has_an_invalid_language_and_the_interface_is_in_english(
    languages: FlaskClient, address: str
) -> None:
    tree = answered(languages, address)
    assert tree.get("lang") == "en"
    assert [
        each for each in attributes(tree, "body *[lang]", "lang") if not is_language_tag(each or "")
    ] == []
    assert {*attributes(tree, "*[dir]", "dir")} <= {"auto", "ltr", "rtl"}


@pytest.mark.slow
@table("slug", [each.id for each in DOCUMENTS if each.kind != "note"])
def test_a_document_its_passage_and_its_hit_say_the_same(languages: FlaskClient, slug: str) -> None:
    document = next(each for each in DOCUMENTS if each.id == slug)
    text = PASSAGES[slug][0].text
    where = f"/search?document={slug}&status=all"
    for address, css in (
        (f"/documents/{slug}", "blockquote.source"),
        (f"/passages/{slug}/p1", "article blockquote.source"),
        (where, "p.snippet"),
        (f"/brief.html?p={slug}/p1", "blockquote.source"),
    ):
        words = select(page(languages, address), css)[0]
        assert words.get("dir") == "auto", address
        assert words.get("lang") == EXPECTED[" ".join(text.split())], address
    title = select(page(languages, f"/documents/{slug}"), "h1[dir], h1 *[dir]")[0]
    assert (said(title), title.get("dir")) == (document.title, "auto")
    assert title.get("lang") == EXPECTED[document.title]


def test_arabic_that_begins_with_a_latin_name_is_still_written_from_right_to_left(
    languages: FlaskClient,
) -> None:
    tree = page(languages, "/passages/ar/p2")
    assert attributes(tree, "article blockquote", "dir") == ["rtl"]
    assert attributes(tree, "article", "dir") == ["rtl"]
    assert attributes(page(languages, "/passages/ar/p4"), "article", "dir") == [None]


def test_an_english_citation_isolates_the_words_of_the_source(languages: FlaskClient) -> None:
    citation = select(page(languages, "/passages/ar/p1"), "p.citation")[0]
    assert citation.get("dir") == "auto"
    assert [(said(each), each.get("dir"), each.get("lang")) for each in select(citation, "bdi")] == [
        ("جامعة الدول", "auto", "ar"),
        (ARABIC_TITLE, "auto", "ar"),
        ("الفقرة 1", "auto", "ar"),
    ]
    assert said(citation).startswith(f"جامعة الدول and Office of the Coordinator, ‘{ARABIC_TITLE}’ (2015)")
    assert re.search("[\u2066-\u2069]", said(citation)) is None


@pytest.mark.parametrize("suffix", ["txt", "md", "ris", "bib", "json", "jsonld"])
def test_files_have_no_invisible_controls_of_direction(languages: FlaskClient, suffix: str) -> None:
    answer = languages.get(f"/passages/ar/p1.{suffix}").get_data(as_text=True)
    assert "تلتزم الدول" in answer
    assert re.search("[\u200e\u200f\u202a-\u202e\u2066-\u2069]", answer) is None


def test_the_language_of_a_source_is_in_the_files_for_reference_managers(languages: FlaskClient) -> None:
    assert "\r\nLA  - ar\r\n" in languages.get("/passages/ar/p1.ris").get_data(as_text=True)
    assert "language = {ar}," in languages.get("/passages/ar/p1.bib").get_data(as_text=True)
    (item,) = json.loads(languages.get("/passages/ar/p1.json").get_data(as_text=True))
    assert item["language"] == "ar"


def test_a_checked_quotation_shows_the_source_in_its_direction_and_language(languages: FlaskClient) -> None:
    pasted = f"“{ARABIC}” “{THAI}” “بحماية ضحايا الاتجار بالبشر”"
    tree = tree_of(languages.post("/check", data={"text": pasted}))
    found = [(each.get("dir"), each.get("lang")) for each in select(tree, ".spot blockquote")]
    assert ("auto", "ar") in found
    assert ("auto", "th") in found
    lacking = [text for text, at in texts_of(tree) if FOREIGN.search(text) and not inherited(at, "dir")]
    assert lacking == []


def test_a_completion_says_the_language_of_its_title(languages: FlaskClient) -> None:
    answer = languages.get("/api/suggest?q=إعلان").get_json()
    found = {each["text"]: each["language"] for each in answer["completions"] if each["kind"] == "document"}
    assert found[ARABIC_TITLE] == "ar"
    assert all(each["language"] is None for each in answer["completions"] if each["kind"] == "phrase")


@pytest.mark.parametrize(
    ("typed", "meant"), [("การค้ามุนษย์", "การค้ามนุษย์"), ("保护人口贩远受害者", "保护人口贩运受害者")]
)
def test_a_slip_in_a_script_without_spaces_is_corrected_on_the_page_and_in_json(
    languages: FlaskClient, typed: str, meant: str
) -> None:
    assert f"Showing results for {meant}. Search instead for {typed}" in said(
        page(languages, f"/search?q={typed}")
    )
    found = languages.get(f"/api/search?q={typed}").get_json()
    assert (found["total"], found["suggestions"], found["corrected"]) == (1, [meant], meant)
    (notice,) = found["notices"]
    assert notice["text"] == f"No results for “{typed}”; showing results for “{meant}” instead."
    assert "Showing results for" not in said(page(languages, f"/search?q={meant}"))


def test_what_a_reader_types_takes_the_direction_of_its_words(languages: FlaskClient) -> None:
    for address in ("/", "/search?q=الضحايا", "/check", f"/brief?{BRIEF}", "/compare", "/matrix"):
        tree = page(languages, address)
        typed = select(tree, "input[name='q'], input[name='title'], input[name='a'], textarea")
        assert typed
        assert {each.get("dir") for each in typed} == {"auto"}, address


def test_filters_say_the_direction_of_their_values(languages: FlaskClient) -> None:
    tree = page(languages, "/search?q=الضحايا&document=ar")
    assert ARABIC_TITLE in texts(tree, ".filters bdi[dir='auto'][lang='ar']")
    assert texts(tree, ".chips bdi[dir='auto']") == [ARABIC_TITLE]
