"""Texts that cite works more than once: golden_brief.md, and what is true of any sequence in any style."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kb.citing.csl_item import CslItem, kind_of
from kb.citing.records import RecordMaker
from kb.citing.rich_text import plain_text
from kb.citing.styles.registry import STYLES
from kb.citing.subsequent.registry import SUBSEQUENT
from kb.citing.works.cited_text import CitedText, cite_in_order
from kb.citing.works.work import work_key
from kb.ids import WordRange
from kb.model import NOTE, Document, Passage
from kb.sources.kinds import KINDS
from kb.sources.person_name import parse_name
from tests.kb.citing.styles.golden_sources import CASES
from tests.kb.citing.works.mixed_brief import DAY, MIXED, cited, of_source, written
from tests.tables import table

GOLDEN = Path(__file__).with_name("golden_brief.md").read_text(encoding="utf-8")
BY_STYLE = {section.partition("\n")[0]: section for section in GOLDEN.split("\n## ")[1:]}
IN_TEXT = [name for name, style in STYLES.items() if style.in_text]
IN_NOTES = [name for name in STYLES if name not in IN_TEXT]

ALIKE = tuple(
    Document(name, title, "report", date, issuers=("Office A",))
    for name, title, date in (
        ("b", "The Zone", "2015-03"),
        ("a", "A Beginning", "2015-11-02"),
        ("c", "Undated", ""),
        ("d", "Also undated", ""),
        ("e", "Later", "2016"),
    )
)
"""Works of the same body, of which two and two have the same year or none."""


def said(runs: tuple[tuple[str, bool], ...]) -> str:
    return plain_text(runs)


def entries(text: CitedText) -> list[str]:
    return [said(entry.runs) for group in text.works.groups for entry in group.entries]


def references(items: list[CslItem], style: str) -> list[str]:
    return [said(each.runs) for each in cite_in_order(items, STYLES[style]).passages]


@table("style", STYLES)
def test_a_brief_with_many_kinds_of_sources_is_written_as_the_style_has_it(style: str) -> None:
    text = cite_in_order([of_source(*place) for place in MIXED], STYLES[style])
    lines = [line for line in BY_STYLE[style].splitlines() if line.startswith(("> ", "###"))]
    assert lines == list(written(text))
    assert f"- unverified here: {', '.join(text.unverified_kinds) or 'nothing'}" in BY_STYLE[style]


def test_forms_that_were_read_in_no_guide_are_offered_as_verified_in_no_style() -> None:
    for style, rules in SUBSEQUENT.items():
        read = [line for line in BY_STYLE[style].splitlines() if line.startswith("  - read: http")]
        named = re.findall("  - read: (?!in no guide|resolutions alone)", BY_STYLE[style])
        assert bool(rules.verified) == bool(named or read), style
        assert rules.verified <= STYLES[style].verified, style
        assert set(rules.forms) == set(KINDS), style


def test_works_of_one_author_and_year_have_letters_in_the_order_of_the_list() -> None:
    items = [cited(document, "para 4") for document in ALIKE]
    apa, harvard = references(items, "apa"), references(items, "harvard")
    assert apa == [
        "(Office A, 2015b, para. 4)",
        "(Office A, 2015a, para. 4)",
        "(Office A, n.d.-b, para. 4)",
        "(Office A, n.d.-a, para. 4)",
        "(Office A, 2016, para. 4)",
    ]
    assert harvard[:3] == [
        "(Office A, 2015b, para. 4)",
        "(Office A, 2015a, para. 4)",
        "(Office A, no date b, para. 4)",
    ]
    assert entries(cite_in_order(items, STYLES["apa"])) == [
        "Office A. (n.d.-a). Also undated.",
        "Office A. (n.d.-b). Undated.",
        "Office A. (2015a, November 2). A Beginning.",
        "Office A. (2015b, March). The Zone.",
        "Office A. (2016). Later.",
    ]


def test_the_mla_adds_a_title_where_an_author_has_several_works() -> None:
    assert references([cited(document, "p 4") for document in ALIKE[:2]], "mla") == [
        "(Office A, The Zone 4)",
        "(Office A, A Beginning 4)",
    ]
    cases = [
        Document(name, name, "case", "2005", further=(("court", "ECtHR"),)) for name in ("A v B", "C v D")
    ]
    assert references([cited(case, "para 4") for case in cases], "mla")[1] == "(ECtHR, C v D, par. 4)"
    told_apart = cite_in_order([cited(document, "p 4") for document in ALIKE[:2]], STYLES["mla"])
    assert told_apart.unverified_kinds == ("report",)


def test_persons_are_named_by_surname_and_told_apart_by_title() -> None:
    by = (parse_name("Ashworth, Andrew"),)
    first = Document("a", "Testing Fidelity: An Essay", "journal article", "2000", authors=by)
    second = Document("b", "Principles of Criminal Law", "book", "2009", authors=by)
    order = [(first, "p 5"), (second, "p 6"), (first, "p 7")]
    last = {style: references([cited(*each) for each in order], style)[2] for style in IN_NOTES}
    assert last["oscola"] == "Ashworth, ‘Testing Fidelity: An Essay’ (n 1) 7."
    assert last["aglc"] == "Ashworth (n 1) 7."
    assert last["bluebook"] == "Ashworth, Testing Fidelity: An Essay, supra note 1, at 7."
    assert last["chicago"] == "Ashworth, “Testing Fidelity,” 7."


@pytest.mark.parametrize(
    ("title", "kind", "short"),
    [
        ("A third report", "report", "Third report, 7."),
        ("The price of work: an essay", "book", "Price of work, 7."),
        ("An article?", "journal article", "“Article?” 7."),
        ("the lower case", "thesis", "“The lower case,” 7."),
    ],
)
def test_short_titles_begin_with_a_capital_in_chicago(title: str, kind: str, short: str) -> None:
    first, second = Document("a", title, kind, "2000"), Document("b", "Between", "book", "2001")
    order = [(first, "p 5"), (second, "p 6"), (first, "p 7")]
    assert references([cited(*each) for each in order], "chicago")[2] == short


def test_the_oscola_bibliography_has_initials_and_dashes() -> None:
    hart, nobody = (parse_name("Hart, Herbert Lionel Adolphus"),), ()
    works = [
        Document("a", "Varieties", "journal article", "1967", authors=hart),
        Document("b", "Law, Liberty and Morality", "book", "1963", authors=hart),
        Document("c", "Unattributed", "web page", "1999", authors=nobody),
    ]
    assert entries(cite_in_order([cited(each, "p 1") for each in works], STYLES["oscola"])) == [
        "—— ‘Unattributed’ (1999)",
        "Hart HLA, Law, Liberty and Morality (1963)",
        "—— ‘Varieties’ [1967]",
    ]


def test_a_case_is_called_by_the_party_that_tells_it_apart() -> None:
    other = cited(ALIKE[0], "para 1")
    for title, name in (
        ("Siliadin v France", "Siliadin"),
        ("R v Tang", "Tang"),
        ("Prosecutor v Kunarac", "Kunarac"),
        ("Re Farquar’s Estate", "Re Farquar’s Estate"),
        ("Rantsev v. Cyprus and Russia", "Rantsev"),
    ):
        case = Document("case", title, "case", "2005")
        items = [cited(case, "para 2"), other, cited(case, "para 3")]
        assert references(items, "oscola")[2] == f"{name} (n 1) para 3."


def test_ibid_alone_stands_for_the_same_place_only() -> None:
    treaty = Document("t", "A Treaty", "treaty", "2000")
    items = [cited(treaty, place) for place in ("art 3", "art 3", "", "art 4")]
    assert references(items, "oscola")[1:] == ["ibid.", "A Treaty (n 1).", "ibid art 4."]


def test_a_case_farther_back_than_five_notes_is_cited_in_full_in_the_bluebook() -> None:
    case = Document("case", "A v B", "case", "2005", further=(("court", "ECtHR"), ("docket", "1234/05")))
    between = [cited(document, "para 1") for document in ALIKE]
    near = references([cited(case, "para 2"), *between[:4], cited(case, "para 3")], "bluebook")[-1]
    far = references([cited(case, "para 2"), *between, cited(case, "para 3")], "bluebook")[-1]
    assert near == "A, App. No. 1234/05, ¶ 3."
    assert far == "A v B, App. No. 1234/05, ¶ 3 (ECtHR 2005)."


def test_a_short_title_is_introduced_where_a_later_note_uses_it() -> None:
    directive = Document(
        "eu",
        "Council Directive (EC) 93/104",
        "EU instrument",
        further=(("official_journal", "[1993] OJ L307/18"), ("short_title", "Working Time Directive")),
    )
    between, places = cited(ALIKE[0], "para 1"), ("art 1", "art 2")
    first, second = (cited(directive, place) for place in places)
    oscola = references([first, between, second], "oscola")
    assert oscola[0].startswith(
        "Council Directive (EC) 93/104 [1993] OJ L307/18 (Working Time Directive), art 1."
    )
    assert oscola[2] == "Working Time Directive, art 2."
    aglc = references([first, between, second], "aglc")
    assert "OJ L 307/18, art 1 (‘Working Time Directive’)." in aglc[0]
    assert aglc[2] == "Working Time Directive (n 1) art 2."
    bluebook = references([first, between, second], "bluebook")
    assert "1993 O.J. (L 307) 18 [hereinafter Working Time Directive]." in bluebook[0]
    assert bluebook[2] == "Working Time Directive, supra note 1, art. 2."
    for style in ("oscola", "aglc", "bluebook"):
        assert "Working Time" not in "".join(references([first, second, between], style))


@table("style", STYLES)
def test_every_kind_of_source_is_cited_again_and_listed(style: str) -> None:
    for name in CASES:
        first, second, last = (of_source(name, place) for place in ("p 2", "p 3", "p 4"))
        text = cite_in_order([first, second, cited(ALIKE[0], "p 1"), last], STYLES[style])
        again = [said(text.passages[at].runs) for at in (1, 3)]
        assert name == "note" or all(number in words for number, words in zip("34", again, strict=True))
        for words in (*again, *entries(text)):
            assert not re.search(r"  |, ,|\(\)|\[\]|,\.|\.\.|“”|‘’", words), words


def test_what_a_full_citation_says_once_is_not_said_again() -> None:
    document = Document("d", "T", "report", "2005", issuers=("O",), numbering="added by this site")
    again = references([cited(document, "para 2"), cited(document, "para 3")], "un")[1]
    assert again == "Ibid., para. 3."


def test_spans_and_excerpts_have_the_pinpoints_of_their_passages() -> None:
    report = Document("r", "A Stocktake", "report", "2016", issuers=("Office A",))
    four, five = (Passage("r", f"p{n}", "some words of it", f"para {n}") for n in (4, 5))
    records = RecordMaker("https://kb.example", DAY)
    items = [
        records(report, four),
        records.of_span(report, (four, five)),
        records.of_excerpt(report, [five], WordRange(2, 3)),
        records.of_excerpt(report, [five], WordRange(4, 4)),
        records.of_document(report),
    ]
    assert references(items, "oscola")[1:] == ["ibid paras 4–5.", "ibid para 5.", "ibid.", "Office A (n 1)."]
    assert references(items, "bluebook")[1:4] == ["Id. ¶¶ 4–5.", "Id. ¶ 5.", "Id."]
    assert references(items, "apa")[1:3] == ["(Office A, 2016, paras. 4–5)", "(Office A, 2016, para. 5)"]
    for style in STYLES:
        listed = entries(cite_in_order(items, STYLES[style]))
        assert len(listed) == (style != "un")
        assert not any("p4" in entry or "p5" in entry for entry in listed)


def test_each_of_our_notes_is_a_work_of_its_own() -> None:
    theme = Document("crime", "Crime cooperation", NOTE)
    items = [cited(theme, "Extradition"), cited(theme, "Joint investigations")]
    assert len(entries(cite_in_order(items, STYLES["oscola"]))) == 2
    assert references(items, "apa")[0] == "(Knowledge Base, n.d.-a, “Extradition”)"


ITEMS = (
    *(of_source(*place) for place in MIXED),
    *(cited(document, place) for document in ALIKE for place in ("para 4", "para 5", "")),
)
PLACES = st.lists(st.sampled_from(ITEMS), min_size=1, max_size=12)


@given(PLACES, st.sampled_from(IN_NOTES))
def test_a_note_refers_back_to_the_full_citation_of_its_own_work(items: list[CslItem], style: str) -> None:
    text = cite_in_order(items, STYLES[style])
    keys = [work_key(item) for item in items]
    assert [each.number for each in text.passages] == list(range(1, len(items) + 1))
    for at, each in enumerate(text.passages):
        words = said(each.runs)
        if re.match(r"(?i)ibid|Id\.", words):
            assert keys[at - 1] == keys[at]
        for number in re.findall(r"\(n ([0-9]+)\)|note ([0-9]+)", words):
            assert keys.index(keys[at]) == int("".join(number)) - 1


@given(PLACES, st.sampled_from(list(STYLES)))
def test_each_work_has_one_entry_without_pinpoint(items: list[CslItem], style: str) -> None:
    text = cite_in_order(items, STYLES[style])
    works = {work_key(item): kind_of(item).name for item in items}
    unlisted = ("report", "book") if style == "un" else ()
    listed = entries(text)
    assert len(listed) == len([kind for kind in works.values() if kind not in unlisted])
    assert len(set(listed)) == len(listed)
    assert not any(re.search(r"\bparas?\b|¶|ingerprint", entry) for entry in listed)


@given(PLACES, st.sampled_from(IN_TEXT))
def test_a_reference_in_the_text_stands_for_one_work(items: list[CslItem], style: str) -> None:
    bare = [{**item, "locator": ""} for item in items]
    meant: dict[str, set[str]] = {}
    for item, words in zip(items, references(bare, style), strict=True):  # type: ignore[arg-type]
        meant.setdefault(words, set()).add(work_key(item))
    assert all(len(works) == 1 for works in meant.values())


@given(PLACES, st.sampled_from(IN_TEXT))
def test_a_reference_in_the_text_leads_to_an_entry(items: list[CslItem], style: str) -> None:
    text = cite_in_order(items, STYLES[style])
    for each in text.passages:
        first, year = re.match(r"\W*(\w+)", said(each.runs)), re.search(r", (\d{4}\w?)\b", said(each.runs))
        begun = [entry for entry in entries(text) if first and re.match(rf"\W*{first[1]}\b", entry)]
        assert any(not year or year[1] in entry for entry in begun), said(each.runs)
