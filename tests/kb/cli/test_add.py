"""`kb add` and `kb accept`: from a file to passages that are checked against its lines."""

from __future__ import annotations

import datetime
import re
from collections.abc import Iterator
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from kb.cli.documents import adding
from kb.cli.main import main
from kb.collection.loader import read_collection
from kb.editing import draft_files
from kb.editing.acceptance import accept_drafts
from kb.editing.draft_files import DraftFolder, sha256_of
from kb.importers.draft import ImportDraft, draft_of
from tests.kb.fetching.servers import Answer, answer, served
from tests.kb.files.small_disk import no_files_above
from tests.kb.importers.pdf.made_pdf import shown

REPORT = shown(
    ("Report on recruitment fees and debts", 72, 740, 16),
    ("1. Most workers said that they had paid fees, and that recruit-", 72, 700, 10),
    ("ers never gave them a receipt.", 72, 688, 10),
    ("2. The workers asked how unpaid wages could be recovered.", 72, 664, 10),
)
FIRST = "Most workers said that they had paid fees, and that recruiters never gave them a receipt."
SECOND = "The workers asked how unpaid wages could be recovered."
PLACE = 'locator="para 2" unit="paragraph" page="'


def run(*arguments: str | Path) -> Result:
    return CliRunner().invoke(main, [str(one) for one in arguments])


@pytest.fixture
def ours(tmp_path: Path) -> Path:
    """A new collection."""
    run("init", tmp_path / "ours")
    return tmp_path / "ours"


@pytest.fixture
def report(tmp_path: Path) -> Path:
    (tmp_path / "files").mkdir()
    path = tmp_path / "files/Fees & Debts (2024).pdf"
    path.write_bytes(REPORT)
    return path


def added(folder: Path, path: Path) -> str:
    """The slug of a file that was added, read in this process."""
    return DraftFolder.read(folder).write(path, draft_of(path), sha256_of(path))


def accept_draft(folder: Path, slug: str) -> None:
    assert accept_drafts(folder, [slug]) == {slug: ()}


def edited(folder: Path, old: str, new: str) -> None:
    """Another wording in the draft of the report, whose suggested themes are struck."""
    draft = folder / "drafts/fees-debts-2024.md"
    text = re.sub(r' suggested="[^"]*" because="[^"]*"', "", draft.read_text(encoding="utf-8"))
    assert old in text
    draft.write_text(text.replace(old, new), encoding="utf-8")


@pytest.mark.slow
def test_a_folder_of_files_becomes_a_collection_that_is_searched_and_cited(
    ours: Path, report: Path, tmp_path: Path
) -> None:
    (report.parent / "below").mkdir()
    (report.parent / "below/bad.pdf").write_bytes(b"%PDF-1.7\nnothing else")
    made = run("add", report.parent, "--content", ours)
    assert made.exit_code == 1
    added_line = "Fees & Debts (2024).pdf: added as drafts/fees-debts-2024.md, 2 passages and 1 heading\n"
    assert f"{added_line}  themes are suggested for one passage\n" in made.stdout
    assert "bad.pdf: not added: bad.pdf is damaged, or not a PDF; open it" in made.stdout
    assert made.stdout.endswith("1 added, 0 unchanged, 1 failed.\n")
    assert (ours / "sources" / report.name).read_bytes() == REPORT
    assert "1 document" not in run("check", "--content", ours, "--drafts").stdout

    assert run("accept", "--all", "--content", ours).stdout == (
        "drafts/fees-debts-2024.md is now documents/fees-debts-2024.md\n"
        "  guessed, so check them: kind, language\n"
    )
    assert run("build", "--content", ours, "--index", tmp_path / "index").exit_code == 0
    assert "fees-debts-2024/para-1" in run("search", "--index", tmp_path / "index", "recruiters").stdout
    cited = run("cite", "--index", tmp_path / "index", "fees-debts-2024/para-2")
    assert "Report on recruitment fees and debts" in cited.stdout
    assert "para 2" in cited.stdout

    again = run("add", report, "--content", ours)
    assert (again.exit_code, "unchanged, it is the source of fees-debts-2024" in again.stdout) == (0, True)

    extract = ours / "sources/fees-debts-2024.text.jsonl"
    extract.write_text(extract.read_text(encoding="utf-8").replace("Most", "Few"), encoding="utf-8")
    rebuilt = run("build", "--content", ours, "--index", tmp_path / "index")
    assert (rebuilt.exit_code, "is not verbatim" in rebuilt.stderr) == (1, True)


def test_a_draft_says_what_the_file_states_and_what_was_supplied(ours: Path, report: Path) -> None:
    draft = draft_of(report)
    assert [(one.unit, one.locator, one.text) for one in draft.passages] == [
        ("heading", "heading “Report on recruitment fees and debts”", "Report on recruitment fees and debts"),
        ("paragraph", "para 1", FIRST),
        ("paragraph", "para 2", SECOND),
    ]
    assert {(one.page, one.page_end) for one in draft.passages} == {(1, 1)}
    assert (draft.document.title, draft.document.supplied) == (
        "Report on recruitment fees and debts",
        ("kind",),
    )


def test_nothing_looks_at_a_draft_until_it_is_accepted(ours: Path, report: Path) -> None:
    before = run("check", "--content", ours).stdout
    slug = added(ours, report)
    edited(ours, "unpaid wages", "stolen wages")
    assert run("check", "--content", ours).stdout == before
    checked = run("check", "--drafts", "--content", ours)
    assert (checked.exit_code, "“para-2” is not verbatim: it has “stolen”" in checked.stdout) == (1, True)
    refused = run("accept", slug, "--content", ours)
    assert (refused.exit_code, "it has “stolen” where the source has “unpaid”" in refused.stderr) == (1, True)
    assert not (ours / "documents" / f"{slug}.md").exists()


def test_an_accepted_document_stays_held_to_its_source(ours: Path, report: Path) -> None:
    slug = added(ours, report)
    accept_draft(ours, slug)
    assert read_collection([ours])[1] == ()
    document = ours / f"documents/{slug}.md"
    document.write_text(document.read_text(encoding="utf-8").replace("never gave", "gave"), encoding="utf-8")
    (fault,) = read_collection([ours])[1]
    assert "“never” is missing" in fault.problem


@pytest.mark.parametrize(
    ("old", "new"),
    [
        (
            f'{FIRST}\n{{: #para-1 locator="para 1" unit="paragraph" page="1" }}\n\n{SECOND}',
            f"{FIRST}\n{SECOND}",
        ),
        ("Most workers said that they", "they"),
        (SECOND, f"2. {SECOND}"),
        ("{: #para-2 ", "{: #renamed "),
    ],
    ids=["merged", "cut", "with its label", "renamed"],
)
def test_passages_that_an_editor_merged_or_cut_pass(ours: Path, report: Path, old: str, new: str) -> None:
    slug = added(ours, report)
    edited(ours, old, new)
    accept_draft(ours, slug)
    assert read_collection([ours])[1] == ()


@pytest.mark.parametrize(
    ("changes", "problem"),
    [
        (((f"{PLACE}1", f"{PLACE}2"),), "“para-2” is on page 1 of the source"),
        (((PLACE, f'{PLACE}1" page_end="1'),), "“para-2” is on page 1 of the source"),
        (
            ((SECOND, SECOND[4:]), (PLACE, f"{PLACE}9")),
            "“para-2” is said to be on page 91 of the source, which has 1",
        ),
    ],
)
def test_a_passage_cannot_be_said_to_be_on_a_page_that_it_is_not_on(
    ours: Path, report: Path, changes: tuple[tuple[str, str], ...], problem: str
) -> None:
    slug = added(ours, report)
    accept_draft(ours, slug)
    document = ours / f"documents/{slug}.md"
    text = document.read_text(encoding="utf-8")
    for old, new in changes:
        assert old in text
        text = text.replace(old, new)
    document.write_text(text, encoding="utf-8")
    (fault,) = read_collection([ours])[1]
    assert problem in fault.problem


@pytest.mark.parametrize("stopped_before", [1, 2, 3])
def test_a_run_that_was_stopped_leaves_no_draft_and_goes_on(
    ours: Path, report: Path, stopped_before: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    write, calls = draft_files.write_synced, []

    def stop(path: Path, data: bytes) -> None:
        calls.append(path)
        if len(calls) == stopped_before:
            path.with_name(path.name + ".new").write_bytes(data[: len(data) // 2])
            raise KeyboardInterrupt
        write(path, data)

    monkeypatch.setattr(draft_files, "write_synced", stop)
    with pytest.raises(KeyboardInterrupt):
        added(ours, report)
    monkeypatch.undo()
    assert run("accept", "--all", "--content", ours).stdout == ""
    assert run("check", "--content", ours).exit_code == 0
    accept_draft(ours, added(ours, report))
    assert {one.name for one in (ours / "sources").iterdir()} == {
        report.name,
        "fees-debts-2024.text.jsonl",
    }


def test_a_run_that_ctrl_c_stops_says_what_was_added_and_how_to_go_on(
    ours: Path, report: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def drafts(paths: Iterator[Path]) -> Iterator[tuple[Path, ImportDraft]]:
        yield next(paths), draft_of(report)
        raise KeyboardInterrupt

    monkeypatch.setattr(adding, "read_drafts", drafts)
    stopped = run("add", report, "--accept", "--content", ours)
    assert stopped.exit_code == 130
    assert stopped.stdout.endswith("1 added, 0 unchanged, 0 failed.\n")
    assert stopped.stderr == "Stopped. What was added is kept; run the same command again to go on.\n"
    assert (ours / "drafts/fees-debts-2024.md").exists()


@pytest.mark.slow
def test_what_is_at_an_address_is_fetched_once(ours: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("no_proxy", "*")
    answers: dict[str, Answer] = {"/report?x=1": answer(REPORT), "/page": answer(b"<html>", "404 Not Found")}
    with served(answers) as base:
        made = run("add", f"{base}/report?x=1#p2", f"{base}/page", "ftp://x.example/a", "--content", ours)
        assert made.exit_code == 1
        assert f"{base}/report?x=1: added as drafts/report.md, 2 passages and 1 heading\n" in made.stdout
        assert f"{base}/page: not added: the server answered 404 Not Found; open the address" in made.stdout
        assert "ftp://x.example/a: not added: “ftp://x.example/a” is not an http or https" in made.stdout
        assert made.stdout.endswith("1 added, 0 unchanged, 2 failed.\n")
        draft = (ours / "drafts/report.md").read_text(encoding="utf-8")
        assert f'url: "{base}/report?x=1"\n' in draft
        assert f'retrieved: "{datetime.date.today()}"\n' in draft
        assert (ours / "sources/report.pdf").read_bytes() == REPORT
        accept_draft(ours, "report")
        again = run("add", f"{base}/report?x=1", "--content", ours)
        assert again.stdout.endswith("0 added, 1 unchanged, 0 failed.\n")
        answers["/report?x=1"] = answer(REPORT + b"\n")
        changed = run("add", f"{base}/report?x=1", "--content", ours)
        assert (
            "report was made from this address, where the text is different now; to add it" in changed.stdout
        )
        document = ours / "documents/report.md"
        dated = document.read_text(encoding="utf-8").replace(str(datetime.date.today()), "2020-01-01")
        document.write_text(dated, encoding="utf-8")
        assert run("add", f"{base}/report?x=1", "--replace", "report", "--content", ours).exit_code == 0
        draft = (ours / "drafts/report.md").read_text(encoding="utf-8")
        assert f'retrieved: "{datetime.date.today()}"\n' in draft


def test_files_of_one_name_are_told_apart_in_order(ours: Path, report: Path) -> None:
    drafts, draft = DraftFolder.read(ours), draft_of(report)
    slugs = []
    for number in range(20):
        report.write_bytes(REPORT + b"\n" * number)
        slugs.append(drafts.write(report, draft, sha256_of(report)))
    assert slugs == ["fees-debts-2024", *(f"fees-debts-2024-{number}" for number in range(2, 21))]
    assert (ours / "sources/Fees & Debts (2024)-20.pdf").read_bytes() == REPORT + b"\n" * 19


def test_names_that_are_taken_or_unsafe_get_others(ours: Path, report: Path) -> None:
    first = added(ours, report)
    accept_draft(ours, first)
    other = report.with_name("x") / report.name
    other.parent.mkdir()
    other.write_bytes(REPORT + b"\n")
    hidden = report.with_name(".text.jsonl")
    hidden.write_bytes(REPORT + b"\n\n")
    assert [added(ours, other), added(ours, hidden)] == ["fees-debts-2024-2", "text"]
    assert (ours / "sources/Fees & Debts (2024)-2.pdf").read_bytes() == REPORT + b"\n"
    assert (ours / "sources/text.jsonl").read_bytes() == REPORT + b"\n\n"


def test_a_name_that_windows_keeps_for_a_device_is_neither_a_slug_nor_a_source(
    ours: Path, report: Path
) -> None:
    device = report.rename(report.with_name("AUX.pdf"))
    refused = run("add", device, "--content", ours, "--slug", "nul")
    assert refused.exit_code != 0
    assert "Windows keeps that name for a device; choose a longer one, such as nul-report" in refused.stderr
    assert added(ours, device) == "aux-document"
    assert (ours / "sources/aux-document.pdf").read_bytes() == REPORT


def test_a_theme_and_what_was_published_keep_their_slugs(ours: Path, report: Path) -> None:
    theme = report.rename(report.with_name("protection.pdf"))
    assert added(ours, theme) == "protection-2"


def test_themes_are_suggested_in_a_draft_and_none_until_an_editor_accepts_them(
    ours: Path, report: Path
) -> None:
    slug = added(ours, report)
    draft = ours / f"drafts/{slug}.md"
    line = 'suggested="prevention/fair-recruitment" because="prevention/fair-recruitment '
    assert line in draft.read_text(encoding="utf-8")
    accept_draft(ours, slug)
    assert not any(one.themes for one in read_collection([ours])[0].passages[slug])
    remarked = run("check", "--content", ours)
    assert "one passage has suggested themes" in remarked.stderr

    document = ours / f"documents/{slug}.md"
    text = document.read_text(encoding="utf-8")
    document.write_text(text.replace("suggested=", "themes="), encoding="utf-8")
    themes = {one.id: one.themes for one in read_collection([ours])[0].passages[slug]}
    assert themes["para-1"] == ("prevention", "prevention/fair-recruitment")
    assert "suggested themes" not in run("check", "--content", ours).stderr


@pytest.mark.parametrize("slug", ["../site", "none", "a/b"])
def test_only_drafts_are_accepted(ours: Path, slug: str) -> None:
    (fault,) = accept_drafts(ours, [slug])[slug]
    assert fault.message.code == "no-such-draft"


def test_a_draft_does_not_take_the_place_of_a_document(ours: Path, report: Path) -> None:
    slug = added(ours, report)
    there = ours / f"documents/{slug}.md"
    there.write_text("mine", encoding="utf-8")
    (fault,) = accept_drafts(ours, [slug])[slug]
    assert fault.message.code == "draft-of-document"
    assert there.read_text(encoding="utf-8") == "mine"


@pytest.mark.parametrize(
    ("old", "new", "code"),
    [
        ("{: #para-2 ", "{: #a..b ", "span-like-id"),
        ("{: #para-2 ", '{: #para-2 themes="nowhere" ', "unknown-tag"),
        ("slug: fees-debts-2024", "slug: protection", "duplicate-document"),
    ],
)
def test_a_draft_is_refused_for_whatever_a_build_would_refuse(
    ours: Path, report: Path, old: str, new: str, code: str
) -> None:
    slug = added(ours, report)
    edited(ours, old, new)
    faults = accept_drafts(ours, [slug])[slug]
    assert code in [fault.message.code for fault in faults]
    assert (ours / f"drafts/{slug}.md").exists()


def test_what_is_added_and_accepted_at_once_takes_in_earlier_drafts(ours: Path, report: Path) -> None:
    slug = added(ours, report)
    made = run("add", report, "--accept", "--content", ours)
    assert (made.exit_code, made.stdout.count("unchanged")) == (0, 2)
    assert (ours / f"documents/{slug}.md").exists()


def test_several_content_folders_are_refused(ours: Path, report: Path, tmp_path: Path) -> None:
    refused = run("add", report, "--content", ours, "--content", tmp_path)
    assert (refused.exit_code, "this command writes to one content folder only" in refused.stderr) == (
        2,
        True,
    )


def test_a_file_with_the_name_of_an_earlier_source_may_be_its_new_version(ours: Path, report: Path) -> None:
    accept_draft(ours, added(ours, report))
    report.write_bytes(REPORT + b"\n")
    again = run("add", report, "--content", ours)
    assert "the source of fees-debts-2024 has the same name; if this is its new version" in again.stdout
    assert f"kb remove fees-debts-2024-2 --yes --content {ours}\n" in again.stdout
    assert f"kb add '{report}' --replace fees-debts-2024 --content {ours}\n" in again.stdout


def test_fields_that_the_file_does_not_state_can_be_supplied(ours: Path, report: Path) -> None:
    drafted = draft_of(report).with_fields(
        {
            "title": ("Report on recruitment fees",),
            "date": ("2019",),
            "issuers": ("Aid", "ILO"),
            "symbol": ("A/1/2",),
        }
    )
    document = drafted.document
    assert (document.title, document.date, document.issuers) == (
        "Report on recruitment fees",
        "2019",
        ("Aid", "ILO"),
    )
    assert dict(document.further)["symbol"] == "A/1/2"
    assert set(document.supplied) == {"kind", "date", "issuers", "symbol"}
    named = DraftFolder.read(ours)
    text = (ours / f"drafts/{named.write(report, drafted, sha256_of(report))}.md").read_text(encoding="utf-8")
    assert 'date: "2019"  # supplied with --date\n' in text
    assert "issuers: [Aid, ILO]  # supplied with --issuer\n" in text


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (("--date", "yesterday"), "--date: “yesterday” is not a date"),
        (("--language", "English"), "--language: “English” is not a language tag"),
        (("--title", "Both", "other.pdf"), "--title: there are several files"),
        (("--replace", "a", "--kind", "case"), "--replace: a new version keeps the slug and fields"),
    ],
)
def test_fields_that_no_document_may_have_are_refused_before_anything_is_read(
    ours: Path, report: Path, arguments: tuple[str, ...], said: str
) -> None:
    refused = run("add", report, *arguments, "--content", ours)
    assert (refused.exit_code, said in refused.stderr) == (2, True)


SHORT_TEXT = "Report of the panel\n\n1. First words here of the panel.\n\n2. Last words.\n"
NOT_FOUND = "the language could not be detected; without one the text is read as English; write it in"


def test_a_language_that_was_not_found_is_said_when_added_and_when_accepted(
    ours: Path, tmp_path: Path
) -> None:
    file = tmp_path / "panel.txt"
    file.write_text(SHORT_TEXT, encoding="utf-8")
    assert f"{NOT_FOUND} drafts/panel.md" in run("add", file, "--content", ours).stdout
    assert f"{NOT_FOUND} documents/panel.md" in run("accept", "panel", "--content", ours).stdout
    assert "panel.md:1: this document has no language" in run("check", "--content", ours).stderr


def test_a_language_that_is_supplied_is_not_missed(ours: Path, tmp_path: Path) -> None:
    file = tmp_path / "panel.txt"
    file.write_text(SHORT_TEXT, encoding="utf-8")
    said = run("add", file, "--content", ours, "--language", "id", "--accept").stdout
    assert "added as documents/panel.md" in said
    assert NOT_FOUND not in said
    assert "this document has no language" not in run("check", "--content", ours).stderr


THAI_NAME = "คำพิพากษา ๒๕๖๒.txt"
THAI_TEXT = "คำพิพากษา\n\n1. รัฐคุ้มครองผู้เสียหาย\n\n2. รัฐลงโทษผู้กระทำผิด\n"
NOT_OF_NAME = "the permanent address will end with"


@pytest.mark.parametrize(
    ("name", "fields", "slug"),
    [
        (THAI_NAME, ("--kind", "case", "--date", "2019-05-03"), "case-2019-05-03"),
        (
            THAI_NAME,
            ("--kind", "case", "--title", "Judgment of the Supreme Court"),
            "judgment-of-the-supreme-court",
        ),
        (THAI_NAME, ("--kind", "case", "--title", "คำพิพากษา EN", "--date", "2019"), "case-2019"),
        ("人口贩运 v2.txt", ("--kind", "report", "--date", "2020"), "report-2020"),
        ("Решение 12.txt", ("--kind", "case", "--date", "2020"), "case-2020"),
    ],
)
def test_a_name_in_another_script_gives_a_slug_that_says_something_and_is_remarked_on(
    ours: Path, tmp_path: Path, name: str, fields: tuple[str, ...], slug: str
) -> None:
    (tmp_path / name).write_text(THAI_TEXT, encoding="utf-8")
    said = run("add", tmp_path / name, "--content", ours, *fields).stdout
    assert (ours / f"drafts/{slug}.md").exists()
    assert f"{NOT_OF_NAME} “{slug}”" in said


@pytest.mark.parametrize("name", ["Décision 2019.txt", "2019.txt", "a.txt", "Report (ไทย).txt"])
def test_a_name_that_keeps_its_letters_gives_the_slug(ours: Path, tmp_path: Path, name: str) -> None:
    (tmp_path / name).write_text(SHORT_TEXT, encoding="utf-8")
    assert NOT_OF_NAME not in run("add", tmp_path / name, "--content", ours).stdout


def test_a_slug_is_chosen_for_a_single_file(ours: Path, tmp_path: Path) -> None:
    (tmp_path / THAI_NAME).write_text(SHORT_TEXT, encoding="utf-8")
    said = run("add", tmp_path / THAI_NAME, "--content", ours, "--slug", "supreme-court-2019").stdout
    assert "added as drafts/supreme-court-2019.md" in said
    assert NOT_OF_NAME not in said
    other = tmp_path / "b.txt"
    other.write_text(SHORT_TEXT + "3. More.\n", encoding="utf-8")
    taken = run("add", other, "--content", ours, "--slug", "supreme-court-2019")
    assert taken.exit_code == 1
    assert "the slug “supreme-court-2019” belongs to" in taken.stdout


@pytest.mark.parametrize("slug", ["", "Court", "a/b", "คำ", "-a", "a" * 81])
def test_a_slug_that_no_address_should_have_is_refused(ours: Path, report: Path, slug: str) -> None:
    refused = run("add", report, "--content", ours, "--slug", slug)
    assert refused.exit_code != 0
    assert not (ours / "drafts").exists()


def test_several_files_cannot_have_one_slug(ours: Path, report: Path) -> None:
    assert run("add", report.parent, "--content", ours, "--slug", "a").exit_code != 0


def test_every_command_counts_passages_and_headings_alike(ours: Path, tmp_path: Path) -> None:
    file = tmp_path / "panel.md"
    text = "# Report of the panel\n\n## Part one\n\n1. First words here.\n\n## Part two\n\n2. Last words.\n"
    file.write_text(text, encoding="utf-8")
    both = "2 passages and 3 headings"
    assert f"added as documents/panel.md, {both}" in run("add", file, "--content", ours, "--accept").stdout
    checked = run("check", "--content", ours)
    entries = re.search(r"Not published yet: (\d+) new, 3 of them headings; run", checked.stderr)
    assert entries
    notes = int(entries[1]) - 5
    assert f"{2 + notes} passages and 3 headings." in checked.stdout
    shown = run("publish", "--content", ours, "--yes").stdout
    assert f"{entries[1]} new, 3 of them headings." in shown
    assert (
        f"{2 + notes} passages and 3 headings written"
        in run("export", tmp_path / "out", "--content", ours).stdout
    )
    assert f"({both})" in run("remove", "panel", "--content", ours, "--yes").stdout


def test_on_a_full_disk_the_file_that_cannot_be_written_is_named_and_none_is_left_half_written(
    ours: Path, report: Path
) -> None:
    report.write_bytes(REPORT + b"%" * 5_000)
    with no_files_above(5_000):
        refused = run("add", report, "--content", ours)
    assert refused.exit_code == 1
    assert f"not added: cannot write {ours / 'sources' / report.name} (" in refused.stdout
    assert not list(ours.rglob("*.new"))
    assert run("add", report, "--content", ours).exit_code == 0


def test_a_document_that_is_fetched_is_named_where_the_disk_is_full(
    ours: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("no_proxy", "*")
    with served({"/report.pdf": answer(bytes(5_000))}) as base, no_files_above(1_000):
        refused = run("add", f"{base}/report.pdf", "--content", ours)
    assert "not added: cannot write " in refused.stdout


@pytest.mark.parametrize("name", ["www.example.org/report.pdf", "report.pfd", "htp:/example.org"])
@pytest.mark.parametrize("options", [(), ("--replace", "fees-debts-2024")])
def test_what_is_no_file_may_be_an_address(
    ours: Path, report: Path, name: str, options: tuple[str, ...]
) -> None:
    added(ours, report)
    refused = run("add", name, *options, "--content", ours)
    assert f"{name}: not added: there is no such file; check its name" in refused.output
    assert "an address begins with https://" in refused.output


@pytest.mark.parametrize(
    ("name", "data", "advice"),
    [
        ("a.txt", b" \n\n\t\n", "open it to see whether it is the file you mean"),
        ("a.html", b"<html><body><div id=root></div>", "print the page to a PDF"),
        ("a.rtf", rb"{\rtf1\ansi\par}", "open it to see"),
    ],
)
def test_a_file_without_text_is_refused_with_what_helps_in_its_format(
    ours: Path, tmp_path: Path, name: str, data: bytes, advice: str
) -> None:
    (tmp_path / name).write_bytes(data)
    refused = run("add", tmp_path / name, "--content", ours)
    assert f"{name} has no text that can be cited; " in refused.stdout
    assert advice in refused.stdout


@pytest.mark.parametrize("ending", [".pdf", ".PDF", ".docx", ".rtf"])
def test_a_web_page_with_the_name_of_a_document_is_remarked_on(
    ours: Path, tmp_path: Path, ending: str
) -> None:
    page = b"<!doctype html><html><body><p>Please log in to read this document.</p></body></html>"
    (tmp_path / f"report{ending}").write_bytes(page)
    (tmp_path / "report.htm").write_bytes(page + b"\n")
    said = run("add", tmp_path / f"report{ending}", "--content", ours).stdout
    assert f"report{ending} is a web page, though its name ends in {ending.lower()}" in said
    assert "is a web page" not in run("add", tmp_path / "report.htm", "--content", ours).stdout
