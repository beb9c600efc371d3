"""`kb quote` and `kb verify`, run as they are typed."""

from __future__ import annotations

import json
import os
import sys
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from index.cli.quote import quote
from index.cli.verify import verify
from kb.errors import BadRequest
from kb.model import Collection
from kb.published import Withdrawal
from kb.text.fingerprint import fingerprint
from tests.engines import build
from tests.index.samples import collection, document
from tests.kb.formats.word_files import RELATIONSHIPS, W, written_docx
from tests.kb.formats.word_files import document as document_xml
from tests.pages import ROOT
from tests.web import site_samples
from tests.web.site_samples import EARLIER, LINES

FIRST = "The Parties shall, in accordance with their law, extradite offenders."
SAMPLE = collection(
    document("treaty", title="A treaty", kind="treaty", date="2001"),
    document("old", title="An old one", status="superseded", superseded_by="treaty"),
    treaty=[FIRST, *(f"Article {n} on the law of the sea." for n in range(8))],
    old=["It once was so."],
)
GONE = Withdrawal("treaty", "p99", fingerprint("gone"), "2026-01-02")


@pytest.fixture(scope="module")
def index(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("index")
    build(Collection(SAMPLE.themes, SAMPLE.documents, SAMPLE.passages, (GONE,)), folder)
    return folder


def ask(index: Path, *arguments: str, typed: str = "") -> Result:
    return CliRunner().invoke(quote, ["--index", str(index), *arguments], typed, catch_exceptions=False)


def verified(index: Path, path: Path, *arguments: str) -> Result:
    given = [str(path), "--index", str(index), *arguments]
    return CliRunner().invoke(verify, given, catch_exceptions=False)


def test_a_true_quotation_ends_well_with_its_passage_and_citation(index: Path) -> None:
    answer = ask(index, "in accordance with their law")
    assert answer.exit_code == 0
    assert answer.stdout.startswith("verbatim: “in accordance with their law”\n")
    assert "  treaty/p1  treaty · A treaty · para 1 · 2001\n" in answer.stdout
    assert f"Fingerprint sha256:{fingerprint(FIRST)[:12]}" in answer.stdout


def test_a_wrong_one_ends_with_1_and_shows_what_differs_and_the_true_text(index: Path) -> None:
    answer = ask(index, "The", "Parties", "must", "in accordance with all their law")
    assert answer.exit_code == 1
    assert answer.stdout.startswith("nearly: ")
    assert "differs: The Parties [-must-]{+shall,+} in accordance with [-all-] their law\n" in answer.stdout
    assert "source text: The Parties shall, in accordance with their law\n" in answer.stdout


def test_one_that_is_nowhere_names_the_nearest(index: Path) -> None:
    answer = ask(index, "a law that nobody ever made at sea")
    assert answer.exit_code == 1
    assert answer.stdout.startswith("not found: ")
    assert "nearest: treaty/p2  A treaty · para 2: Article 0 on the law of the sea." in answer.stdout


def test_a_text_with_several_quotations_has_a_verdict_for_each(index: Path) -> None:
    answer = ask(index, "“the Parties ... extradite” and “their [own] law”, “It once was so.”")
    assert answer.exit_code == 0
    assert [line.partition(":")[0] for line in answer.stdout.splitlines() if line[0] != " "] == [
        "verbatim"
    ] * 3
    assert answer.stderr == "Only what is in quotation marks, or in lines that start with >, was checked.\n"
    assert "left out at ...: shall, in accordance with their law," in answer.stdout
    assert "in brackets: [own]\n" in answer.stdout
    assert "An old one · para 1 [superseded]" in answer.stdout


def test_words_that_stand_in_many_passages_name_them_all(index: Path) -> None:
    answer = ask(index, "the law of the sea")
    assert answer.stdout.count("    cite: ") == 5
    assert "  also in: treaty/p7, treaty/p8, treaty/p9\n" in answer.stdout


def test_more_than_are_listed_are_counted(tmp_path: Path) -> None:
    build(collection(a=["the law"] * 250), tmp_path)
    assert "and 50 more passages have these words" in ask(tmp_path, "the law").stdout


def test_a_dash_reads_standard_input_and_a_text_may_begin_with_one(index: Path) -> None:
    assert ask(index, "-", typed="their law\n").exit_code == 0
    assert ask(index, "-their law of the sea").stdout.startswith("nearly: “-their law of the sea”")
    assert ask(index, "-", typed=" ").stdout == "not found: there are no words to check\n"


def test_json_is_all_there_is_on_standard_output(index: Path) -> None:
    answer = ask(index, "--json", "“the Parties ... extradites” and “nobody makes law”")
    data = json.loads(answer.stdout)
    assert set(data) == {"verdict", "generation", "quotations", "notices"}
    assert data["verdict"] == "not found"
    first, second = data["quotations"]
    assert (first["quotation"], first["verdict"], first["line"], first["start"]) == (
        "the Parties ... extradites", "nearly", 1, 1,
    )  # fmt: skip
    (place,) = first["places"]
    assert (place["document"], place["passages"], place["locator"]) == ("treaty", ["p1"], "para 1")
    assert FIRST[slice(*place["range"])] == place["text"]
    assert place["differences"] == [{"kind": "replaced", "quoted": "extradites", "true": "extradite"}]
    assert place["liberties"][0]["kind"] == "skipped"
    assert place["fingerprints"] == [fingerprint(FIRST)]
    assert second["places"] == []
    assert second["nearest"]


def test_bytes_that_are_no_text_are_checked_all_the_same(index: Path) -> None:
    assert ask(index, "their law \udcff").exit_code == 1


MANUSCRIPT = """# A paper

It says “in accordance with their law” (/passages/treaty/p1?v={now}), and “in accordance with our
law” [@treaty/p2; @nowhere/p1], </passages/treaty/p1>, fingerprint sha256:0123456789ab.

> Article 3 on the law of the sea. Article 4

“nothing of the kind at all” http://kb.example/passages/treaty/p99 old/p1 treaty:p77
"""


def test_a_manuscript_is_reported_line_by_line(index: Path, tmp_path: Path) -> None:
    path = tmp_path / "paper.md"
    path.write_text(MANUSCRIPT.replace("{now}", fingerprint(FIRST)[:12]), encoding="utf-8")
    answer = verified(index, path)
    assert answer.exit_code == 1
    assert answer.stdout.splitlines() == [
        f"{path}:3: verbatim: “in accordance with their law” in treaty/p1",
        f"{path}:3: nearly: “in accordance with our law” in treaty/p1: “our” -> “their”",
        f"{path}:3: found: /passages/treaty/p1?v={fingerprint(FIRST)[:12]}",
        f"{path}:4: found: @treaty/p2",
        f"{path}:4: unknown: @nowhere/p1; there is no such document",
        f"{path}:4: changed since: /passages/treaty/p1; "
        f"cited as sha256:0123456789ab, never published here, now sha256:{fingerprint(FIRST)[:12]}",
        f"{path}:6: verbatim: “Article 3 on the law of the sea. Article 4” in treaty/p5 and treaty/p6",
        f"{path}:8: not found: “nothing of the kind at all”",
        f"{path}:8: withdrawn: http://kb.example/passages/treaty/p99; "
        "on 2026-01-02, no longer part of the collection",
        f"{path}:8: found: old/p1; its document is superseded",
        f"{path}:8: unknown: treaty:p77; the document has no such passage",
    ]
    assert answer.stderr.splitlines() == [
        "Read: 8 lines",
        "4 quotations, 7 references: 2 verbatim, 1 nearly, 1 not found, 3 found, 2 unknown, "
        "1 changed since, 1 withdrawn",
    ]


MOVED = """Under /passages/plan/p0, once /passages/former-plan/p1?v={lines}, and as [@taken-apart/p10]:
{earlier} was said of /passages/plan/p1?v={earlier}, and /passages/vanished/p1 is gone.
"""


def test_a_reference_is_followed_to_where_its_words_are_now_and_what_changed_there_is_said(
    tmp_path: Path,
) -> None:
    index, path = tmp_path / "index", tmp_path / "paper.md"
    build(site_samples.collection(), index)
    lines, earlier = (fingerprint(words)[:12] for words in (LINES, EARLIER[1]))
    path.write_text(MOVED.replace("{lines}", lines).replace("{earlier}", earlier), encoding="utf-8")
    answer = verified(index, path)
    assert answer.exit_code == 1
    assert answer.stdout.splitlines() == [
        f"{path}:1: moved: /passages/plan/p0; these words are now at plan/p1",
        f"{path}:1: moved: /passages/former-plan/p1?v={lines}; these words are now at plan/p1",
        f"{path}:1: moved: @taken-apart/p10; these words are now at plan/p1",
        f"{path}:2: changed since: /passages/plan/p1?v={earlier}; cited as sha256:{earlier}, "
        f"published on 2025-03-04, changed on 2025-05-06, now sha256:{lines}: “surrender:” -> “extradition:”",
        f"{path}:2: withdrawn: /passages/vanished/p1; on 2026-02-03, no longer part of the collection",
    ]


def test_a_reference_to_a_span_is_followed_as_one_to_a_passage(index: Path, tmp_path: Path) -> None:
    path, spans = tmp_path / "paper.md", ("p1..p2", "p2..p1", "p8..p99", "p1..p77")
    path.write_text(
        "".join(f"/passages/treaty/{span}\n" for span in spans) + f"/passages/treaty/p1..p2?v={'0' * 12}\n",
        encoding="utf-8",
    )
    one, two, three, four, five = verified(index, path).stdout.splitlines()
    assert one == f"{path}:1: found: /passages/treaty/p1..p2"
    assert two.startswith(
        f"{path}:2: unknown: /passages/treaty/p2..p1; the span “treaty/p2..p1” runs backwards"
    )
    assert three.startswith(f"{path}:3: withdrawn: /passages/treaty/p8..p99; on 2026-01-02")
    assert four.startswith(f"{path}:4: unknown: /passages/treaty/p1..p77; the document has no such passage")
    assert "changed since" in five
    assert "never published here" in five


def test_a_manuscript_in_which_all_is_well_ends_with_0(index: Path, tmp_path: Path) -> None:
    path = tmp_path / "paper.txt"
    path.write_text('It says "the law of the sea" (treaty/p3).', encoding="utf-8")
    answer = verified(index, path)
    assert answer.exit_code == 0
    assert answer.stderr == "Read: 1 line\n1 quotation, 1 reference: 1 verbatim, 1 found\n"
    assert f"{path}:1: verbatim: “the law of the sea” in treaty/p2 and 7 more\n" in answer.stdout


@pytest.mark.parametrize("text", ["", "Nothing.", "```\n“the law of the sea”\n```\n"])
def test_a_manuscript_in_which_nothing_was_found_to_check_does_not_end_with_0(
    index: Path, tmp_path: Path, text: str
) -> None:
    path = tmp_path / "paper.md"
    path.write_text(text, encoding="utf-8")
    answer = verified(index, path)
    assert (answer.exit_code, answer.stdout) == (1, "")
    assert answer.stderr.endswith(
        "found no quotation and no reference; make sure that this is the right file and that its quotations "
        "are in quotation marks\n"
    )
    assert verified(index, path, "--json").exit_code == 1


def test_what_was_not_read_of_a_manuscript_is_said(index: Path, tmp_path: Path) -> None:
    path = tmp_path / "paper.md"
    path.write_text("---\na: b\n---\n“their law” `x` <del>y</del> ~~z~~ <!-- c -->\n", encoding="utf-8")
    answer = verified(index, path)
    assert answer.exit_code == 0
    assert answer.stderr.splitlines()[:2] == [
        "Read: 4 lines",
        "Not read: front matter, 1 piece of code, 1 comment, 2 hidden or deleted stretches",
    ]
    data = json.loads(verified(index, path, "--json").stdout)
    assert data["read"] == [{"code": "read-lines", "text": "4 lines"}]
    assert [one["code"] for one in data["unread"]][:2] == ["unread-front-matter", "unread-code"]


def test_a_part_that_may_hold_a_quotation_and_is_not_read_is_named_and_does_not_end_with_0(
    index: Path, tmp_path: Path
) -> None:
    chunk = '<Relationship Id="r1" Type="x/aFChunk" Target="chunk.html"/>'
    body = document_xml("<w:p><w:r><w:t>“their law”</w:t></w:r><w:del/></w:p><w:p/>")
    parts = {
        "word/document.xml": body,
        "word/_rels/document.xml.rels": f'<Relationships xmlns="{RELATIONSHIPS}">{chunk}</Relationships>',
    }
    path = written_docx(tmp_path / "paper.docx", parts)
    answer = verified(index, path)
    assert answer.exit_code == 1
    assert answer.stderr.splitlines() == [
        "Read: 2 paragraphs",
        "Not read: 1 hidden or deleted stretch",
        "word/chunk.html was not read and may hold quotations; check it as a file of its own",
        "1 quotation, 0 references: 1 verbatim",
    ]
    del parts["word/_rels/document.xml.rels"]
    assert verified(index, written_docx(tmp_path / "whole.docx", parts)).exit_code == 0


def test_a_missing_and_an_added_word_are_said_and_paragraphs_named(index: Path, tmp_path: Path) -> None:
    path = tmp_path / "paper.html"
    path.write_text("<p>\n<q>shall, in accordance their own law, extradite offenders</q>", encoding="utf-8")
    (line,) = verified(index, path).stdout.splitlines()
    assert line.startswith(f"{path}:2: nearly: ")
    assert line.endswith(" in treaty/p1: missing “with”; added “own”")


def test_the_report_on_a_manuscript_can_be_had_as_json(index: Path, tmp_path: Path) -> None:
    path = tmp_path / "paper.md"
    path.write_text("\n“their law” /passages/treaty/p1", encoding="utf-8")
    data = json.loads(verified(index, path, "--json").stdout)
    assert [(one["where"], one["verdict"]) for one in data["quotations"]] == [("2", "verbatim")]
    assert data["references"] == [
        {
            "where": "2",
            "words": "/passages/treaty/p1",
            "document": "treaty",
            "passage": "p1",
            "fingerprint": "",
            "verdict": "found",
            "remark": "",
        }
    ]


def test_a_file_that_is_no_manuscript_is_a_usage_error(index: Path, tmp_path: Path) -> None:
    path = tmp_path / "paper.docx"
    path.write_bytes(b"no archive")
    with pytest.raises(BadRequest, match="as a Word document"):
        verified(index, path)
    assert BadRequest.exit_code == 2
    assert CliRunner().invoke(verify, [str(tmp_path / "none.md")]).exit_code == 2


def test_a_lost_negation_is_warned_of_though_all_else_is_verbatim(tmp_path: Path) -> None:
    build(collection(law=["States shall not prosecute victims of trafficking."]), tmp_path / "index")
    warning = "WARNING: “not” is left out, which can reverse the meaning"
    answer = ask(tmp_path / "index", "States shall ... prosecute victims")
    assert answer.stdout.startswith("verbatim: ")
    assert f"    {warning}\n" in answer.stdout
    data = json.loads(ask(tmp_path / "index", "--json", "States shall ... prosecute victims").stdout)
    assert data["quotations"][0]["places"][0]["warnings"] == [{"code": "negation-left-out", "text": warning}]
    path = tmp_path / "paper.txt"
    path.write_text("“States shall [must] prosecute victims”", encoding="utf-8")
    answer = verified(tmp_path / "index", path)
    assert answer.stdout.endswith(f" in law/p1: {warning}\n")
    assert answer.stderr.endswith("1 quotation, 0 references: 1 verbatim; 1 WARNING\n")


@pytest.mark.parametrize(
    ("text", "wrong"),
    [
        ("“their law” [@treaty/p2]", [("their law", "treaty/p1", "@treaty/p2")]),
        ("“their law” (treaty/p2; [@old/p1])", [("their law", "treaty/p1", "treaty/p2, @old/p1")]),
        ("“their law” [@treaty/p1] and “It once was” [@treaty/p1]",
         [("It once was", "old/p1", "@treaty/p1")]),
        ("[@old/p1] says: “their law”", [("their law", "treaty/p1", "@old/p1")]),
        ("> their\n> law\n> — [@treaty/p3]", [("their law", "treaty/p1", "@treaty/p3")]),
        ("“their *law*” [words](http://h/passages/treaty/p4)", [("their law", "treaty/p1", "http://h/passages/treaty/p4")]),
        ("“their law” [@treaty/p2; @treaty/p1]", []),
        ("“their law” and “It once was”: treaty/p1, old/p1", []),
        ("“their law”\n\n[@treaty/p2]", []),
        ("[@treaty/p2]\n\n“their law”", []),
        ("“the law of the sea” [@treaty/p9]", []),
        ("“their law”[^1] is.\n\n[^1]: See [@treaty/p2].", [("their law", "treaty/p1", "@treaty/p2")]),
        ("“their law”.[^1]\n\n[^1]: See [@treaty/p1].", []),
        ("“their law”.[^a][^b]\n\n[^a]: [@treaty/p2]\n\n[^b]: [@treaty/p1]", []),
        ("“their law”[^1] and “It once was”[^2]\n\n[^1]: treaty/p1\n[^2]: Idem,\n    treaty/p1",
         [("It once was", "old/p1", "treaty/p1")]),
        ("As they say,[^1] “their law”.\n\n[^1]: treaty/p2", [("their law", "treaty/p1", "treaty/p2")]),
        ("> their law[^1]\n\n[^1]: treaty/p2", [("their law", "treaty/p1", "treaty/p2")]),
        ("“their law”^[treaty/p2]", [("their law", "treaty/p1", "treaty/p2")]),
        ("“their law”<sup><a href='#n1'>1</a></sup>\n\n<p id='n1'>treaty/p2</p>",
         [("their law", "treaty/p1", "treaty/p2")]),
        ("As [@treaty/p2] says:\n\n> their law", [("their law", "treaty/p1", "@treaty/p2")]),
        ("As [@treaty/p1] says:\n\n> their law", []),
        ("“their law” (treaty/p1..p3)", []),
        ("“their law” (treaty/p2..p4)", [("their law", "treaty/p1", "treaty/p2..p4")]),
        ("As the Convention says:[^1]\n\n> their law\n\n[^1]: treaty/p2",
         [("their law", "treaty/p1", "treaty/p2")]),
        ("As [@treaty/p2] says.\n\n> their law", []),
        ("“It once was” [@old/p1]:\n\n> their law", []),
        ("<p>As treaty/p2 says:</p>\n<blockquote>\n<p>their law</p>\n</blockquote>",
         [("their law", "treaty/p1", "treaty/p2")]),
        ("“their law”\n\nMore.[^1]\n\n[^1]: treaty/p2", []),
    ],
)  # fmt: skip
def test_a_quotation_that_the_passage_cited_beside_it_does_not_have_is_cited_wrongly(
    index: Path, tmp_path: Path, text: str, wrong: list[tuple[str, str, str]]
) -> None:
    path = tmp_path / "paper.md"
    path.write_text(text, encoding="utf-8")
    answer = verified(index, path)
    lines = [line.partition(": cited wrongly: ")[2] for line in answer.stdout.splitlines()]
    expected = [f"“{words}” is in {address}, not in {cited}" for words, address, cited in wrong]
    assert list(filter(None, lines)) == expected
    assert answer.exit_code == bool(wrong)
    data = json.loads(verified(index, path, "--json").stdout)
    assert [one["passages"] for one in data["misattributions"]] == [[address] for _, address, _ in wrong]


def test_a_citation_beside_a_quotation_is_checked_in_html_and_word_too(index: Path, tmp_path: Path) -> None:
    path = tmp_path / "paper.html"
    link = '<a href="/passages/treaty/p2">2</a>'
    path.write_text(f"<p>“their law” {link}</p><p>“It once was”</p><p>{link}</p>", encoding="utf-8")
    assert "“their law” is in treaty/p1, not in /passages/treaty/p2" in verified(index, path).stdout
    assert verified(index, path).stdout.count("cited wrongly") == 1
    texts = ("“their law” (treaty/p2)", "“It once was”")
    body = "".join(f"<w:p><w:r><w:t>{text}</w:t></w:r></w:p>" for text in texts)
    written = written_docx(tmp_path / "paper.docx", {"word/document.xml": document_xml(body)})
    answer = verified(index, written)
    assert (
        f"{written}: paragraph 1: cited wrongly: “their law” is in treaty/p1, not in treaty/p2\n"
        in answer.stdout
    )
    assert answer.stderr.endswith("2 quotations, 1 reference: 2 verbatim, 1 found, 1 cited wrongly\n")


@pytest.mark.parametrize("kind", ["footnote", "endnote"])
@pytest.mark.parametrize(("cited", "wrong"), [("treaty/p2", True), ("treaty/p1", False)])
def test_a_citation_in_a_note_of_a_word_document_is_checked_too(
    index: Path, tmp_path: Path, kind: str, cited: str, wrong: bool
) -> None:
    words = "<w:r><w:t>It says “their law”</w:t></w:r>"
    mark = f'<w:r><w:{kind}Reference w:id="4"/></w:r><w:r><w:t>, and goes on.</w:t></w:r>'
    link = f'<w:fldSimple w:instr=" HYPERLINK &quot;http://h/passages/{cited}&quot; "/>'
    note = f'<w:{kind} w:id="4"><w:p><w:r><w:t>See</w:t></w:r></w:p><w:p>{link}</w:p></w:{kind}>'
    parts = {
        "word/document.xml": document_xml(f"<w:p>{words}{mark}</w:p>"),
        f"word/{kind}s.xml": f"<w:{kind}s {W}>{note}</w:{kind}s>",
    }
    answer = verified(index, written_docx(tmp_path / "paper.docx", parts))
    said = f"paragraph 1: cited wrongly: “their law” is in treaty/p1, not in http://h/passages/{cited}\n"
    assert (said in answer.stdout) == wrong
    assert answer.exit_code == wrong


def test_a_note_at_the_end_of_a_paragraph_is_not_taken_for_one_on_the_next(
    index: Path, tmp_path: Path
) -> None:
    words = ("“their law”", "“It once was”")
    body = "".join(
        f'<w:p><w:r><w:t>{said}</w:t></w:r><w:r><w:footnoteReference w:id="{at}"/></w:r></w:p>'
        for at, said in enumerate(words, 4)
    )
    notes = '<w:footnote w:id="4"><w:p><w:r><w:t>treaty/p1</w:t></w:r></w:p></w:footnote>'
    notes += '<w:footnote w:id="5"><w:p><w:r><w:t>ibid.</w:t></w:r></w:p></w:footnote>'
    parts = {
        "word/document.xml": document_xml(body),
        "word/footnotes.xml": f"<w:footnotes {W}>{notes}</w:footnotes>",
    }
    answer = verified(index, written_docx(tmp_path / "paper.docx", parts))
    assert "cited wrongly" not in answer.stdout


def test_a_citation_in_a_note_of_a_page_is_checked_too(index: Path, tmp_path: Path) -> None:
    path = tmp_path / "paper.html"
    note = '<li id="fn1"><p>See treaty/p2. <a href="#r1">↩</a></p></li>'
    path.write_text(
        f'<p>“their law”<sup id="r1"><a href="#fn1">1</a></sup> of “It once was”</p><ol>{note}</ol>',
        encoding="utf-8",
    )
    wrong = [line for line in verified(index, path).stdout.splitlines() if "cited wrongly" in line]
    assert wrong == [f"{path}:1: cited wrongly: “their law” is in treaty/p1, not in treaty/p2"]


def test_single_words_in_quotation_marks_are_listed_apart_and_fail_nothing(
    index: Path, tmp_path: Path
) -> None:
    path = tmp_path / "paper.md"
    path.write_text(
        "The “so-called” «soft» 「软实力」 power of “their law”, “sea” and “soft”.", encoding="utf-8"
    )
    answer = verified(index, path)
    assert answer.exit_code == 0
    assert answer.stderr.splitlines()[1:] == [
        "Single words in quotation marks, not found and not counted: “so-called”, “soft”, “软实力”",
        "2 quotations, 0 references: 2 verbatim",
    ]
    data = json.loads(verified(index, path, "--json").stdout)
    assert [one["quotation"] for one in data["single_words"]] == ["so-called", "soft", "软实力", "soft"]
    assert [one["quotation"] for one in data["quotations"]] == ["their law", "sea"]


def test_titles_of_documents_referred_to_are_listed_apart_and_fail_nothing(
    index: Path, tmp_path: Path
) -> None:
    path = tmp_path / "paper.md"
    path.write_text("“their law” (‘[A Treaty]’ (2000) treaty/p1)", encoding="utf-8")
    answer = verified(index, path)
    assert answer.exit_code == 0
    assert "Titles of documents referred to, not counted as quotations: “[A Treaty]”" in answer.stderr
    assert [one["quotation"] for one in json.loads(verified(index, path, "--json").stdout)["titles"]] == [
        "[A Treaty]"
    ]
    path.write_text("“their law” of ‘A Treaty’", encoding="utf-8")
    assert "not found: “A Treaty”" in verified(index, path).stdout


def test_an_indented_paragraph_counts_as_a_quotation_if_its_words_are_found(
    index: Path, tmp_path: Path
) -> None:
    def indented(words: str) -> str:
        indent = '<w:pPr><w:ind w:left="720" w:right="720"/></w:pPr>'
        return f"<w:p>{indent}<w:r><w:t>{words}</w:t></w:r></w:p>"

    texts = ("We ask what the sea is like.", "Article 3 on the law of this sea", "with “their law”")
    body = "".join(map(indented, texts))
    path = written_docx(tmp_path / "paper.docx", {"word/document.xml": document_xml(body)})
    answer = verified(index, path)
    assert [line.partition(": ")[2].partition(" in ")[0] for line in answer.stdout.splitlines()] == [
        "paragraph 2: nearly: “Article 3 on the law of this sea”",
        "paragraph 3: verbatim: “their law”",
    ]
    said = "Indented like block quotations, not found and not counted: paragraph 1. "
    assert answer.stderr.splitlines()[1].startswith(said)
    data = json.loads(verified(index, path, "--json").stdout)
    assert data["indented"] == [{"where": "paragraph 1", "quotation": texts[0]}]


def test_note_marks_left_out_are_disclosed(tmp_path: Path) -> None:
    build(collection(law=["States adopt robust mechanisms¹ for cooperation."]), tmp_path / "index")
    answer = ask(tmp_path / "index", "robust mechanisms for cooperation")
    assert answer.stdout.startswith("verbatim: ")
    assert "    note marks, bullets or numbers left out: ¹\n" in answer.stdout
    path = tmp_path / "paper.txt"
    path.write_text("“robust mechanisms for cooperation”", encoding="utf-8")
    answer = verified(tmp_path / "index", path)
    assert (answer.exit_code, answer.stdout.endswith(": note marks, bullets or numbers left out: ¹\n")) == (
        0,
        True,
    )


def test_the_example_of_the_readme_is_what_the_program_says(
    shipped_index: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (example,) = [
        line
        for line in (ROOT / "kb/README.md").read_text(encoding="utf-8").splitlines()
        if "paper.md:" in line
    ]
    _, number, _, words = example.split(":")[:4]
    quoted = words.partition("“")[2].partition("”")[0]
    (tmp_path / "paper.md").write_text("\n" * (int(number) - 1) + f"“{quoted}”\n", encoding="utf-8")
    monkeypatch.chdir(tmp_path)
    assert verified(shipped_index, Path("paper.md")).stdout == f"{example}\n"


def test_words_in_another_order_are_said_to_be_so(index: Path, tmp_path: Path) -> None:
    quotation = "extradite offenders, in accordance with their law"
    answer = ask(index, quotation)
    assert answer.exit_code == 1
    assert answer.stdout.startswith(f"nearly: “{quotation}”\n")
    assert "differs: [-extradite offenders,-] in accordance with their law{+, extra" in answer.stdout
    assert "    the source has the same words in another order\n" in answer.stdout
    path = tmp_path / "paper.txt"
    path.write_text(f"“{quotation}”", encoding="utf-8")
    said = "the source has the same words in another order; moved “extradite offenders,”\n"
    assert verified(index, path).stdout.endswith(f" in treaty/p1: {said}")
    (place,) = json.loads(ask(index, "--json", quotation).stdout)["quotations"][0]["places"]
    assert {one["kind"] for one in place["differences"]} == {"moved"}
    assert place["reordered"] is True


@pytest.mark.parametrize("typed", [b"their law\r\n", b"\xef\xbb\xbftheir law"])
def test_what_is_piped_in_may_have_any_line_ends(index: Path, typed: bytes) -> None:
    assert CliRunner().invoke(quote, ["-", "--index", str(index)], input=typed).exit_code == 0


def test_what_is_piped_in_need_not_be_text_and_need_not_end(index: Path) -> None:
    answer = CliRunner().invoke(quote, ["-", "--index", str(index)], input=b"caf\xe9 \xff\0")
    assert answer.exit_code == 1
    assert answer.stdout.startswith("not found: ")
    with pytest.raises(BadRequest, match="at most 100,000 characters"):
        CliRunner().invoke(quote, ["-", "--index", str(index)], input=b"\0" * 200_000, catch_exceptions=False)


@pytest.mark.skipif(sys.platform == "win32", reason="needs named pipes")
def test_a_manuscript_that_is_a_pipe_or_a_device_is_refused_at_once(index: Path, tmp_path: Path) -> None:
    os.mkfifo(tmp_path / "a.md")
    for path, kind in ((tmp_path / "a.md", "a named pipe"), (Path("/dev/zero"), "a device")):
        with pytest.raises(BadRequest, match=f"{path}: this is {kind}, not a file"):
            CliRunner().invoke(verify, [str(path), "--index", str(index)], catch_exceptions=False)
