"""Citations, style by style: those of golden_citations.md, and what is true of every style."""

from __future__ import annotations

import datetime
import json
import re
from collections import Counter
from dataclasses import dataclass, replace
from pathlib import Path

import pytest

from kb.citing.csl_item import document_item, kind_of, passage_item
from kb.citing.records import RecordMaker
from kb.citing.styles.registry import STYLES, cite, style_named
from kb.errors import BadRequest
from kb.model import Collection, Document, Passage
from tests.kb.citing.styles.golden_sources import AT, CASES, FURTHER, REPORT
from tests.tables import table

DAY = datetime.date(2026, 11, 23)
FORMS = [case for case in CASES if case not in ("undated", "no address")]


@dataclass(frozen=True)
class Golden:
    style: str
    case: str
    section: str
    read: str
    unverified: bool
    parts: tuple[str, ...]


def golden(entry: str) -> Golden:
    heading, *lines = entry.splitlines()
    style, _, case = heading.partition(": ")
    section, read = (
        next(line for line in lines if line.startswith(f"- {key}: ")) for key in ("section", "read")
    )
    parts = tuple(line.removeprefix("> ") for line in lines if line.startswith("> "))
    return Golden(style, case, section, read, "- unverified" in lines, parts)


GOLDEN = Path(__file__).with_name("golden_citations.md").read_text(encoding="utf-8")
KIND_BY_KIND, MORE = GOLDEN.split("\n# Further sources\n")
ALL = [golden(entry) for entry in KIND_BY_KIND.split("\n## ")[1:]]
FINGERPRINT = " [Fingerprint sha256:ba7816bf8f01]"


def parts(document: Document, passage: Passage, address: str, style: str) -> tuple[str, ...]:
    made = cite(passage_item(document, passage, address, DAY), STYLES[style])
    return tuple(
        "".join(f"*{text}*" if slanted else text for text, slanted in part.runs) for part in made.parts
    )


def shown(document: Document, passage: Passage, address: str, style: str) -> str:
    return " | ".join(parts(document, passage, address, style))


@table("golden", ALL)
def test_a_citation_is_written_as_the_guide_has_it(golden: Golden) -> None:
    document, locator, address = CASES[golden.case]
    passage = Passage(document.id, "p", "abc", locator)
    assert parts(document, passage, address, golden.style) == golden.parts


def further() -> dict[str, list[tuple[str, str]]]:
    """The citations of further sources: style and text, by source."""
    entries = (entry.split("\n") for entry in MORE.split("\n## ")[1:])
    return {
        heading: [
            (line[2:].partition(": ")[0], line.partition(": ")[2]) for line in lines if line[:2] == "- "
        ]
        for heading, *lines in entries
    }


@table("name", FURTHER)
def test_a_further_source_is_cited_as_its_kind_is_in_every_style_that_was_checked(name: str) -> None:
    document, locator, address = FURTHER[name]
    passage, item = Passage(document.id, "p", "abc", locator), document_item(document, "", DAY)
    assert further()[name] == [
        (style, part.removesuffix(FINGERPRINT))
        for style in STYLES
        if STYLES[style].is_verified_for(item)
        for part in parts(document, passage, address, style)
    ]


def test_each_common_kind_has_five_sources_of_which_the_facts_were_read() -> None:
    cited = [case[0] for case in (*CASES.values(), *FURTHER.values()) if case[0].title != "A Stocktake"]
    kinds = Counter(kind_of(document_item(document, "", DAY)).name for document in cited)
    few = {kind for kind in COMMON if kinds[kind] < 5}
    assert not few
    assert all(f"| {name} |" in GOLDEN for name in (*(one for one in CASES if one in FACTS), *FURTHER))


COMMON = ("treaty", "case", "legislation", "resolution", "EU instrument", "book", "journal article")
FACTS = ("case", "legislation", "EU instrument", "resolution", "working paper", "book", "journal article")


def test_every_style_has_a_golden_citation_of_every_case() -> None:
    assert {(each.style, each.case) for each in ALL} == {(style, case) for style in STYLES for case in CASES}


@table("golden", [each for each in ALL if each.case in FORMS])
def test_a_form_that_was_held_against_no_guide_is_offered_as_unverified(golden: Golden) -> None:
    document, locator, address = CASES[golden.case]
    record = passage_item(document, Passage("d", "p", "abc", locator), address, DAY)
    style = STYLES[golden.style]
    assert (
        style.label(record).endswith(", unverified")
        == (not style.is_verified_for(record))
        == golden.unverified
    )
    assert golden.unverified or "in no guide" not in golden.read


COMMUNIQUE = (
    "Communique of the Bali Process Regional Symposium on Trafficking for the Purposes of Labour Exploitation"
)
BODIES = "Thai Ministry of Foreign Affairs and Australian Attorney-General’s Department"
AMPERSAND = BODIES.replace(" and ", " & ")
HERE = "https://kb.example/passages/bali-process-symposium-2015/p7"


@table(
    ("style", "beginning"),
    [
        (
            "oscola",
            f"[{BODIES}], ‘[{COMMUNIQUE}]’ ([2015]) para 7 (numbering added by this site) <{HERE}> acc",
        ),
        ("aglc", f"[{BODIES}], *[{COMMUNIQUE}]* ([Communique], [2015]) [7] (numbering added by this site) <"),
        ("bluebook", f"[{AMPERSAND}], *[{COMMUNIQUE}]* ¶ 7 (numbering added by this site) ([2015]), {HERE}."),
        (
            "chicago",
            f"[{BODIES}], *[{COMMUNIQUE}]* ([2015]), para. 7 (numbering added by this site), accessed",
        ),
        (
            "apa",
            f"([{AMPERSAND}], [2015], para. 7 [numbering added by this site]) | [{AMPERSAND}]. ([2015]).",
        ),
        (
            "mla",
            f"([{BODIES}], par. 7 [numbering added by this site]) | [{BODIES}]. *[{COMMUNIQUE}]*. [2015],",
        ),
        ("harvard", f"([{BODIES}], [2015], para. 7 [numbering added by this site]) | [{BODIES}] ([2015]) *["),
        ("un", f"[{BODIES}], “[{COMMUNIQUE}]”, [2015], para. 7 (numbering added by this site). Available at"),
    ],
)
def test_the_communique_shows_in_brackets_what_it_does_not_state_itself(
    shipped_collection: Collection, style: str, beginning: str
) -> None:
    document = shipped_collection.documents[0]
    passage = shipped_collection.passages[document.id][6]
    assert shown(document, passage, HERE, style).startswith(beginning)


@table("style", STYLES)
@table(
    ("status", "words"),
    [("superseded", "[Superseded by a newer document; "), ("withdrawn", "[Withdrawn by its issuer; ")],
)
def test_the_status_warns_before_anything_else_in_brackets(style: str, status: str, words: str) -> None:
    document = replace(REPORT, status=status, superseded_by="e" if status == "superseded" else "")  # type: ignore[arg-type]
    for part in cite(passage_item(document, Passage("r", "p", "abc"), AT, DAY), STYLES[style]).pasted[-1:]:
        assert words in "".join(text for text, _ in part.runs)


def test_a_newer_document_is_named_by_its_title_never_by_its_slug() -> None:
    document = replace(REPORT, status="superseded", superseded_by="a-newer-slug")
    passage, newer = Passage("r", "p", "abc"), Document("a-newer-slug", "A Second Stocktake")
    named = RecordMaker("", DAY, documents={newer.id: newer})(document, passage)
    unnamed = RecordMaker("", DAY)(document, passage)
    for style in STYLES.values():
        assert "[Superseded by A Second Stocktake; " in cite(named, style).plain
        assert "newer-slug" not in cite(unnamed, style).plain
    assert "a-newer-slug" not in json.dumps({**named, "custom": ""})


@table("style", STYLES)
def test_no_slug_and_no_id_are_in_a_citation(style: str) -> None:
    for name, (document, _, _) in CASES.items():
        cited = shown(replace(document, id="a-slug"), Passage("a-slug", "p1-2", "abc"), "", style)
        assert "a-slug" not in cited, name
        assert "p1-2" not in cited, name


@table("style", STYLES)
def test_a_note_has_the_day_on_which_its_words_were_published(style: str) -> None:
    dated = replace(CASES["note"][0], note_dates=(("extradition", "2026-11-20"),))
    other = Passage("crime", "other", "abc", "Extradition")
    assert "2026" in shown(dated, replace(other, id="extradition"), "", style)
    assert "2026" not in shown(dated, other, "", style)


def test_a_translated_title_and_an_archived_copy_are_given() -> None:
    further = (
        ("translated_title", "On work"),
        ("archived_url", "https://a.example/1"),
        ("archived_date", "2020-05-04"),
    )
    document = replace(REPORT, title="Über Arbeit", language="de", further=further)
    item = passage_item(document, Passage("r", "p", "abc"), "", DAY)
    for style in STYLES.values():
        cited = cite(item, style).plain
        assert "Über Arbeit" in cited
        assert "[On work]" in cited
        assert "[In German; archived at https://a.example/1 on " in cited
        assert not style.is_verified_for(item)


def test_words_of_ours_after_a_full_stop_begin_with_a_capital() -> None:
    numbered = replace(REPORT, further=(("number", "5"), ("edition", "revised")))
    thesis = replace(CASES["thesis"][0], further=(("thesis_type", "doctoral thesis"),))
    for document in (numbered, thesis):
        for style in ("chicago", "apa", "mla", "harvard"):
            *_, entry = parts(document, Passage("r", "p", "abc"), "", style)
            assert not re.search(r"[^.A-Z]\. [a-z]", entry), entry


@table("style", STYLES)
def test_every_part_that_stands_alone_carries_the_fingerprint(style: str) -> None:
    for name, (document, locator, address) in CASES.items():
        made = cite(passage_item(document, Passage("d", "p", "abc", locator), address, DAY), STYLES[style])
        assert "ingerprint sha256:ba7816bf8f01]" in made.plain, name
        assert all("sha256:" in "".join(text for text, _ in part.runs) for part in made.further)


@table("style", STYLES)
def test_absent_issuers_date_and_locator_leave_no_gap(style: str) -> None:
    bare = Document("d", "Title", "law", supplied=("issuers", "date"))
    cited = shown(bare, Passage("d", "p7", "abc"), "", style)
    assert "[]" not in cited
    assert "()" not in cited
    assert ", ," not in cited
    assert "  " not in cited


@table("style", STYLES)
def test_a_title_in_any_script_with_any_sign_is_kept(style: str) -> None:
    title = "R&D {50%} in the “Mekong” — 人身取引 الاتجار"
    cited = shown(replace(REPORT, title=title), Passage("d", "p", "abc"), AT, style)
    assert title.replace("“", "‘").replace("”", "’") in cited.replace("“", "‘").replace("”", "’")


def test_quotation_marks_within_quotation_marks_are_of_the_other_kind() -> None:
    document = replace(REPORT, title='The “first” and "second" draft')
    cited = shown(document, Passage("d", "p", "abc"), "", "un")
    assert "“The ‘first’ and ‘second’ draft”" in cited
    assert "‘The “first” and" in shown(document, Passage("d", "p", "abc"), "", "oscola")


def test_a_question_needs_no_full_stop_after_it() -> None:
    question = replace(REPORT, title="Who pays?", issuers=())
    assert "*Who pays?* 6 July 2016." in shown(question, Passage("d", "p", "abc", "p 1"), "", "mla")
    note = replace(CASES["note"][0])
    assert "“Who pays?” editorial" in shown(note, Passage("d", "p", "abc", "Who pays?"), "", "chicago")


@pytest.mark.parametrize("host", ["localhost", "localhost:8000", "kb/base", "kb.example.org"])
def test_an_address_has_no_capital_after_a_full_stop(host: str) -> None:
    undated = replace(REPORT, issuers=(), date="")
    assert f"*. {host}/passages/d/p" in shown(
        undated, Passage("d", "p", "abc"), f"http://{host}/passages/d/p", "mla"
    )


def test_a_page_after_a_title_that_ends_with_a_figure_is_parted_from_it() -> None:
    document = replace(REPORT, title="Report 2016")
    assert "*Report 2016* at 12 (" in shown(document, Passage("d", "p", "abc", "p 12"), AT, "bluebook")


def test_the_aglc_counts_a_resolution_in_words() -> None:
    document = replace(CASES["UN document"][0], further=(("symbol", "A/RES/55/25"),))
    cited = shown(document, Passage("d", "p", "abc", "para 3"), "", "aglc")
    assert "UN Doc A/RES/55/25 (6 July 2006) para 3." in cited


def test_a_symbol_of_another_organization_is_not_called_one_of_the_united_nations() -> None:
    document = replace(CASES["UN document"][0], further=(("symbol", "WHA55.19"),))
    for style in ("oscola", "aglc", "bluebook"):
        cited = shown(document, Passage("d", "p", "abc", "p 3"), "", style)
        assert "WHA55.19" in cited
        assert "Doc" not in cited


def test_a_treaty_of_which_little_is_known_is_cited_with_that() -> None:
    bare = Document("d", "A treaty", "treaty")
    passage = Passage("d", "p", "abc", "art 5 Entry into force")
    assert shown(bare, passage, "", "oscola").startswith("A treaty art 5. [")
    assert shown(bare, passage, "", "aglc").startswith("*A treaty* art 5. [")
    assert shown(bare, passage, "", "un").startswith("A treaty, art. 5. [")
    assert shown(bare, passage, "", "apa").startswith("(A treaty, n.d., art. 5) | A treaty. [")
    other = replace(bare, date="2004-11-29", further=(("treaty_series", "CETS No 197"),))
    assert "A treaty, adopted" not in shown(other, passage, "", "oscola")
    assert "*A treaty*, adopted 29 November 2004, CETS No 197 art 5" in shown(other, passage, "", "aglc")
    assert shown(other, passage, "", "un").startswith("A treaty, art. 5, CETS No 197.")


def test_styles_that_cite_in_the_text_paste_both_parts_others_one() -> None:
    made = {
        name: cite(passage_item(REPORT, Passage("d", "p", "abc"), AT, DAY), style)
        for name, style in STYLES.items()
    }
    assert {name for name, one in made.items() if len(one.pasted) == 2} == {"apa", "mla", "harvard"}
    assert [part.label for part in made["chicago"].further] == ["Bibliography"]
    assert made["apa"].plain.count("\n\n") == 1


def test_an_unknown_style_is_refused_with_those_there_are() -> None:
    assert style_named("apa") is STYLES["apa"]
    with pytest.raises(BadRequest, match="oscola, aglc, bluebook, chicago, apa, mla, harvard, un"):
        style_named("<b>")
