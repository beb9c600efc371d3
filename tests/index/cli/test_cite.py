"""`kb cite`."""

from __future__ import annotations

import json
import tomllib
from dataclasses import replace
from pathlib import Path

import pytest
import rispy
from click.testing import CliRunner, Result

from index.cli.cite import cite
from kb.citing.exports.registry import FORMATS
from kb.citing.styles.registry import STYLES
from kb.cli.group import KbGroup
from kb.model import Collection, Document, Passage
from kb.published import Move, Withdrawal
from kb.site import Site
from kb.sources.instrument import Article, Instrument
from kb.text.fingerprint import fingerprint
from tests.engines import build
from tests.tables import table

SITE = ("--site", "https://kb.example/")


@pytest.fixture(scope="module")
def index(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("cited") / "index"
    report = Document(
        "report", "A report", "report", date="2016", issuers=("Office",), url="https://o.example/r"
    )
    passages = {
        "report": (
            Passage("report", "p4", "Victims’ words", "para 4"),
            Passage("report", "p5", "More words", "para 5"),
            Passage("report", "p6", "Last words", "para 6"),
        )
    }
    gone = Withdrawal("report", "p9", fingerprint("lost"), "2026-01-02")
    moved = Move("report", "p0", "report/p4")
    pact = Instrument(
        "pact",
        "Pact on Trafficking",
        ("The Pact",),
        "treaty",
        facts=(("date", "2000"),),
        articles=(Article("6"),),
    )
    instruments = {"pact": pact, "report": replace(pact, id="report", names=())}
    collection = Collection(
        documents=(report,), passages=passages, withdrawn=(gone,), moves=(moved,), instruments=instruments
    )
    build(collection, folder)
    return folder


def kb(index: Path, *arguments: str) -> Result:
    group = KbGroup(commands={"cite": cite})
    return CliRunner().invoke(group, ["cite", *arguments, "--index", str(index)])


def test_the_entry_point_names_the_command() -> None:
    project = tomllib.loads((Path(__file__).parents[3] / "pyproject.toml").read_text(encoding="utf-8"))
    assert project["project"]["entry-points"]["kb.commands"]["cite"] == "index.cli.cite:cite"


def test_a_passage_is_cited_with_its_permanent_address_where_the_site_is_named(index: Path) -> None:
    answer = kb(index, "report/p4", *SITE)
    assert answer.exit_code == 0
    assert answer.stdout.startswith(
        "Office, ‘A report’ (2016) para 4 <https://kb.example/passages/report/p4> accessed "
    )
    assert f"fingerprint sha256:{fingerprint('Victims’ words')[:12]}]" in answer.stdout.lower()
    assert answer.stderr == ""


def test_the_setting_goes_before_the_collection_and_the_option_before_both(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    report = Document("report", "A report", "report")
    passages = {"report": (Passage("report", "p4", "Words"),)}
    site = Site("Ours", "https://collection.example/kb")
    build(Collection(documents=(report,), passages=passages, site=site), tmp_path)
    assert "<https://collection.example/kb/passages/report/p4>" in kb(tmp_path, "report/p4").stdout
    monkeypatch.setenv("KB_SITE", "https://setting.example")
    assert "<https://setting.example/passages/report/p4>" in kb(tmp_path, "report/p4").stdout
    assert "<https://kb.example/passages/report/p4>" in kb(tmp_path, "report/p4", *SITE).stdout
    assert "local" not in kb(tmp_path, "report/p4").stdout


def test_without_the_site_it_has_the_address_of_the_document(index: Path) -> None:
    assert "<https://o.example/r> accessed" in kb(index, "report/p4").stdout


@table("style", STYLES)
def test_every_style_is_offered(index: Path, style: str) -> None:
    answer = kb(index, "report/p4", "--style", style, *SITE)
    assert answer.exit_code == 0
    assert "A report" in answer.stdout
    assert ("unverified" in answer.stderr) == (style == "bluebook")


@table("name", FORMATS)
def test_every_format_is_offered(index: Path, name: str) -> None:
    answer = kb(index, "report/p4", "--format", name, *SITE)
    assert answer.exit_code == 0
    assert "https://kb.example/passages/report/p4" in answer.stdout
    assert answer.stderr == ""


def test_files_are_what_their_readers_expect(index: Path) -> None:
    ris = kb(index, "report/p4", "--format", "ris", *SITE).stdout_bytes
    assert ris.count(b"\r\n") == ris.count(b"\n")
    assert rispy.loads(ris.decode().replace("\r\n", "\n"))[0]["title"] == "A report"
    assert json.loads(kb(index, "report/p4", "--format", "csl-json").stdout)[0]["id"] == "report/p4"
    assert kb(index, "report/p4", "--format", "text", "--style", "apa", *SITE).stdout.startswith(
        "“Victims’ words”\n\n(Office, 2016, para. 4)\n\nOffice. (2016)."
    )


def test_a_passage_that_moved_is_named_with_its_new_address(index: Path) -> None:
    answer = kb(index, "report/p0")
    assert answer.exit_code == 1
    assert "report/p0 has moved; run kb cite report/p4" in answer.stderr


@pytest.mark.parametrize(
    ("asked", "now"),
    [("report/p0:1-2", "report/p4:1-2"), ("report/p0..p6", "report/p4..p6"), ("report/p0..p4", "report/p4")],
)
def test_words_and_spans_that_moved_keep_what_was_asked_for(index: Path, asked: str, now: str) -> None:
    assert f"{asked} has moved; run kb cite {now}\n" in kb(index, asked).stderr


@pytest.mark.parametrize("asked", ["report/p9", "report/p9:1-2", "report/p4..p9", "report/p9..p6"])
def test_what_is_withdrawn_is_named_with_its_own_fingerprint(index: Path, asked: str) -> None:
    said = kb(index, asked).stderr
    assert "report/p9 was withdrawn on 2 January 2026; the fingerprint of its words" in said
    assert fingerprint("lost") in said


def test_a_withdrawn_passage_is_told_from_one_that_never_was(index: Path) -> None:
    gone, never = kb(index, "report/p9"), kb(index, "report/p8")
    assert (gone.exit_code, never.exit_code) == (1, 1)
    assert "withdrawn on 2 January 2026" in gone.stderr
    assert fingerprint("lost") in gone.stderr
    assert "there is no passage report/p8" in never.stderr
    assert "there is no document reports" in kb(index, "reports").stderr


@table("style", STYLES)
def test_a_document_and_a_span_are_cited_in_every_style(index: Path, style: str) -> None:
    whole = kb(index, "report", "--style", style, *SITE)
    span = kb(index, "report/p4..p6", "--style", style, *SITE)
    assert (whole.exit_code, span.exit_code) == (0, 0)
    assert "kb.example/documents/report" in whole.stdout
    assert "ingerprint" not in whole.stdout
    assert "kb.example/passages/report/p4..p6" in span.stdout
    assert "4–6" in span.stdout or "[4]–[6]" in span.stdout


@table("name", FORMATS)
def test_a_document_and_a_span_are_written_in_every_format(index: Path, name: str) -> None:
    whole, span = (kb(index, each, "--format", name, *SITE) for each in ("report", "report/p4..p6"))
    assert (whole.exit_code, span.exit_code) == (0, 0)
    assert "https://kb.example/documents/report" in whole.stdout
    assert "https://kb.example/passages/report/p4..p6" in span.stdout
    assert "More words" in span.stdout


def test_some_words_of_a_passage_are_quoted_as_long_as_they_are_the_same(index: Path) -> None:
    print_ = fingerprint("Victims’ words")[:12]
    quoted = kb(index, f"report/p4:2-2@{print_}", "--format", "text", *SITE)
    assert quoted.stdout.startswith("“words”\n\nOffice, ‘A report’ (2016) para 4 ")
    selectors = kb(index, "report/p4:2-2", "--format", "annotation", *SITE).stdout
    assert '"exact": "words"' in selectors
    assert "TextPositionSelector" not in selectors
    for wrong, why in {
        "report/p4:2-3": "asks for word 3, but there are only 2",
        "report/p4:1-2@00000000": "have changed since they were cited",
        "report/p4@00000000": "have changed since they were cited",
        "report/p4..p6@00000000": "have changed since they were cited",
        "report/p4..p6:1-99": "asks for word 99, but there are only",
        "report/p6..p4": "runs backwards; write report/p4..p6",
        "report/p4..other/p6": "from one document into another",
        "report/": "does not name a document",
    }.items():
        answer = kb(index, wrong)
        assert answer.exit_code == 2, wrong
        assert why in answer.stderr


def test_a_span_becomes_what_became_of_its_ends(index: Path) -> None:
    for address, why in {
        "report/p0..p6": "run kb cite report/p4..p6",
        "report/p4..p4": "run kb cite report/p4",
        "report/p4..p9": "withdrawn on 2 January 2026",
        "report/p4..p8": "there is no passage report/p4..p8",
    }.items():
        answer = kb(index, address)
        assert answer.exit_code == 1
        assert why in answer.stderr


def test_what_cannot_be_used_is_refused_with_what_can(index: Path) -> None:
    for wrong in (("--style", "vancouver"), ("--format", "pdf"), ("--site", "kb.example")):
        answer = kb(index, "report/p4", *wrong)
        assert answer.exit_code == 2
        assert any(word in answer.stderr for word in ("oscola", "csl-json", "https://kb.example"))


def test_an_instrument_and_an_article_are_cited_by_id_or_short_form(index: Path) -> None:
    for address in ("pact", "The Pact/6", "pact/art 6"):
        answer = kb(index, address, *SITE)
        assert answer.stdout.startswith("Pact on Trafficking (adopted 2000)"), answer.output
    assert " art 6 <https://kb.example/instruments/pact#article-6>" in answer.stdout
    wrong = kb(index, "pact/x")
    assert (wrong.exit_code, "is not an article" in wrong.stderr) == (2, True)
    # a document of the same id goes first
    assert kb(index, "report").stdout.startswith("Office, ‘A report’")
