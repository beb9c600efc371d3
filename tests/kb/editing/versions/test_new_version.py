"""A new version of a document: from its file to the addresses that readers cited."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from kb.cli.main import main
from kb.collection.extract_file import read_extract
from kb.collection.folder import read_folder
from kb.collection.loader import read_collection
from kb.curated.document_file import read_document_file
from kb.editing.acceptance import accept_drafts, draft_faults
from kb.editing.draft_files import DraftFolder, sha256_of
from kb.editing.named_document import named_document
from kb.editing.versions.replacing import has_source
from kb.importers.draft import draft_of
from kb.permanence.location import Here, Location, Moved, Unknown, Withdrawn
from tests.kb.editing.versions.editor import Editor

FEES = "Workers who paid recruitment fees were asked to show receipts, which almost none of them had kept."
FARMS = (
    "The inspectors visited forty farms in the north and found that contracts were missing in most of them."
)
COSTS = (
    "States should require that employers bear the costs of recruitment and never pass them on to workers."
)
AGENCIES = "Agencies that operate without a licence are closed."
HOTLINE = "A hotline in nine languages answers questions of migrants and their families by day and by night."
ROW = "Accede to the Optional Protocol to the Convention on the Rights of the Child in time ({})."


def run(*arguments: str | Path, answer: str = "") -> Result:
    return CliRunner().invoke(main, [str(one) for one in arguments], input=answer)


@pytest.fixture
def editor(tmp_path: Path) -> Editor:
    return Editor(tmp_path)


def words_at(location: Location) -> str:
    assert isinstance(location, Here), location
    return location.passage.text


def test_themes_are_suggested_for_the_passages_that_are_new(editor: Editor) -> None:
    (editor.content / "themes").mkdir()
    theme = "---\nslug: hotlines\ntitle: Hotline in nine languages\norder: 1\n---\nWhom to call.\n"
    (editor.content / "themes/01-hotlines.md").write_text(theme, encoding="utf-8")
    editor.add(FEES, HOTLINE)
    suggested = 'suggested="hotlines"'
    document = editor.content / "documents/report.md"
    assert document.read_text(encoding="utf-8").count(suggested) == 1
    struck = re.sub(r' suggested="[^"]*" because="[^"]*"', "", document.read_text(encoding="utf-8"))
    document.write_text(struck, encoding="utf-8")
    again = HOTLINE.replace("migrants and their families", "seafarers, who are seldom near a telephone,")
    editor.replace(FEES, HOTLINE, f"In port, too: {again}")
    _, passages, _ = read_document_file(editor.content / "drafts/report.md")
    assert [bool(one.suggested) for one in passages] == [False, False, True]


def test_every_address_that_was_cited_leads_to_its_words_or_says_that_they_are_gone(editor: Editor) -> None:
    editor.add(FEES, FARMS, AGENCIES, COSTS, HOTLINE)
    editor.publish()
    amended = COSTS.replace("never", "under no circumstances")
    editor.replace(
        "Entirely new words at the beginning of this report.", FEES, amended, f"{FARMS} {AGENCIES}"
    )
    assert words_at(editor.at("para-5")) == HOTLINE, "the older version serves until the draft is accepted"
    editor.accept()
    editor.publish()

    assert words_at(editor.at("para-1")) == FEES
    assert words_at(editor.at("para-2")) == f"{FARMS} {AGENCIES}"
    assert words_at(editor.at("para-4")) == amended
    assert {id: one.locator for id, one in editor.passages.items()} == {
        "para-1-2": "para 1",
        "para-1": "para 2",
        "para-4": "para 3",
        "para-2": "para 4",
    }
    moved = editor.at("para-3")
    assert isinstance(moved, Moved)
    assert moved.to == ("report", "para-2")
    assert isinstance(editor.at("para-5"), Withdrawn)
    assert isinstance(editor.at("para-6"), Unknown)
    assert read_collection([editor.content])[1] == ()


def test_what_was_never_published_leaves_no_trace_but_its_id_is_not_given_again(editor: Editor) -> None:
    editor.add(FEES, FARMS)
    editor.replace(FEES)
    editor.accept()
    assert isinstance(editor.at("para-2"), Unknown)
    editor.replace(FEES, COSTS)
    editor.accept()
    assert list(editor.passages) == ["para-1", "para-2-2"]


def test_withdrawn_words_that_come_back_have_their_id_again(editor: Editor) -> None:
    editor.add(FEES, FARMS)
    editor.publish()
    for paragraphs in ([FEES], [FEES, COSTS, FARMS]):
        editor.replace(*paragraphs)
        editor.accept()
        editor.publish()
    assert {id: one.text for id, one in editor.passages.items()} == {
        "para-1": FEES,
        "para-2-2": COSTS,
        "para-2": FARMS,
    }


def test_what_an_editor_wrote_by_hand_goes_over_to_the_new_version(editor: Editor) -> None:
    editor.add(FEES, FARMS, COSTS)
    editor.edit(
        "documents/report.md", "kind: report", "kind: UN document\nissuers: [The Office]\nseries: Blue"
    )
    editor.edit("documents/report.md", "title: report", "title: The blue report")
    editor.edit("documents/report.md", "issuers:", "place: Bangkok  # on the cover\nissuers:")
    editor.edit("documents/report.md", 'locator="para 2"', 'locator="annex, para 2" heading="Farms"')
    editor.replace(FEES, FARMS, COSTS + " This holds for agencies, too.")
    editor.accept()
    document = read_document_file(editor.content / "documents/report.md")[0]
    assert (document.title, document.kind, document.issuers) == (
        "The blue report",
        "UN document",
        ("The Office",),
    )
    assert document.further == (("series", "Blue"),)
    assert "place: Bangkok  # on the cover\n" in (editor.content / "documents/report.md").read_text(
        encoding="utf-8"
    )
    assert (editor.passages["para-2"].locator, editor.passages["para-2"].heading) == (
        "annex, para 2",
        "Farms",
    )
    assert editor.passages["para-3"].text.endswith("too.")


def test_a_number_that_changed_wins_over_a_locator_corrected_by_hand_and_is_named(editor: Editor) -> None:
    editor.add(FEES, FARMS)
    editor.edit("documents/report.md", 'locator="para 2"', 'locator="annex, para 2"')
    planned = editor.plan(FEES, HOTLINE, FARMS)
    assert [one.locator for one in planned.new.draft.passages] == ["para 1", "para 2", "para 3"]
    assert [one.code for one in planned.new.remarks] == ["locator-of-new-version"]


def test_an_unsettled_pair_is_one_line_that_an_editor_settles(editor: Editor) -> None:
    editor.add(FEES, ROW.format("Chile"))
    editor.publish()
    editor.replace(FEES, ROW.format("Peru"))
    (fault,) = accept_drafts(editor.content, ["report"])["report"]
    assert "“para-2-2” may be “para-2” of the version before" in fault.problem
    assert words_at(editor.at("para-2")) == ROW.format("Chile")
    editor.edit("drafts/report.md", "para-2 = para-2-2 ?", "para-2 = para-2-2 yes")
    editor.accept()
    assert {id: one.text for id, one in editor.passages.items()} == {
        "para-1": FEES,
        "para-2": ROW.format("Peru"),
    }
    assert "unsettled" not in (editor.content / "documents/report.md").read_text(encoding="utf-8")
    assert read_collection([editor.content])[1] == ()


@pytest.mark.parametrize(("answer", "open_pairs_differ"), [("no", False), ("?", True)])
def test_a_pair_that_is_denied_or_left_open_with_yes_stays_apart(
    editor: Editor, answer: str, open_pairs_differ: bool
) -> None:
    editor.add(FEES, ROW.format("Chile"))
    editor.publish()
    editor.replace(FEES, ROW.format("Peru"))
    editor.edit("drafts/report.md", "para-2 = para-2-2 ?", f"para-2 = para-2-2 {answer}")
    editor.accept(open_pairs_differ)
    editor.publish()
    assert isinstance(editor.at("para-2"), Withdrawn)
    assert words_at(editor.at("para-2-2")) == ROW.format("Peru")


def test_a_line_that_is_no_pair_is_refused_with_its_form(editor: Editor) -> None:
    editor.add(FEES, ROW.format("Chile"))
    editor.replace(FEES, ROW.format("Peru"))
    editor.edit("drafts/report.md", "para-2 = para-2-2 ?", "para-2 = maybe")
    faults = draft_faults(editor.content, [editor.content / "drafts/report.md"])
    (fault,) = faults[editor.content / "drafts/report.md"]
    assert (fault.message.code, fault.line > 1) == ("bad-passage-pair", True)


def test_edits_of_the_document_since_the_draft_was_made_are_not_lost(editor: Editor) -> None:
    editor.add(FEES, FARMS)
    editor.replace(FEES, COSTS)
    editor.edit("documents/report.md", "title: report", "title: The blue report")
    (fault,) = accept_drafts(editor.content, ["report"])["report"]
    assert fault.message.code == "replaced-was-edited"


def test_the_version_before_is_kept_with_its_source(editor: Editor) -> None:
    editor.add(FEES, FARMS)
    before = {one.name: one.read_bytes() for one in (editor.content / "sources").iterdir()}
    document = (editor.content / "documents/report.md").read_bytes()
    editor.replace(FEES, COSTS)
    assert {one.name for one in (editor.content / "sources").iterdir()} > set(before)
    editor.accept()
    assert {one.name for one in (editor.content / "sources").iterdir()} == {
        "report v2.txt",
        "report.text.jsonl",
    }
    (place,) = (editor.content / "removed").iterdir()
    assert (place / "documents/report.md").read_bytes() == document
    assert {one.name: one.read_bytes() for one in (place / "sources").iterdir()} == before
    assert not list((editor.content / "drafts").iterdir())


def test_a_new_version_of_a_draft_takes_its_place(editor: Editor) -> None:
    path = editor.file("report.txt", FEES, FARMS)
    DraftFolder.read(editor.content).write(path, draft_of(path), sha256_of(path))
    editor.edit("drafts/report.md", "kind: report", "kind: report\nissuers: [The Office]")
    editor.replace(FEES, COSTS)
    editor.accept()
    document, passages, _ = read_document_file(editor.content / "documents/report.md")
    assert document.issuers == ("The Office",)
    assert [one.text for one in passages] == [FEES, COSTS]
    assert read_collection([editor.content])[1] == ()


def test_a_document_written_by_hand_is_replaced_too(editor: Editor) -> None:
    (editor.content / "documents/report.md").write_text(
        f"---\nslug: report\ntitle: By hand\nkind: report\n---\n{FARMS}\n{{: #b }}\n\n{FEES}\n{{: #a }}\n",
        encoding="utf-8",
    )
    editor.publish()
    editor.replace(FEES, COSTS, FARMS)
    editor.accept()
    assert {id: one.text for id, one in editor.passages.items()} == {"a": FEES, "para-2": COSTS, "b": FARMS}


@pytest.mark.parametrize("stopped_before", range(1, 7))
def test_stopped_anywhere_one_version_is_whole_and_accepting_goes_on(
    editor: Editor, stopped_before: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    editor.add(FEES, ROW.format("Chile"))
    editor.publish()
    editor.replace(FEES, ROW.format("Peru"))
    editor.edit("drafts/report.md", "para-2 = para-2-2 ?", "para-2 = para-2-2 yes")
    calls = 0

    def stopping(method: str) -> None:
        real = getattr(Path, method)

        def call(*arguments: Path, **options: bool) -> Path:
            nonlocal calls
            calls += 1
            if calls == stopped_before:
                raise KeyboardInterrupt
            return real(*arguments, **options)  # type: ignore[no-any-return]

        monkeypatch.setattr(Path, method, call)

    for method in ("rename", "replace", "unlink"):
        stopping(method)
    try:
        editor.accept()
    except KeyboardInterrupt:
        monkeypatch.undo()
        assert read_collection([editor.content])[1] == ()
        if (editor.content / "drafts/report.md").exists():
            editor.accept()
    monkeypatch.undo()
    assert {id: one.text for id, one in editor.passages.items()} == {
        "para-1": FEES,
        "para-2": ROW.format("Peru"),
    }
    assert read_collection([editor.content])[1] == ()


def test_on_the_command_line_changes_are_shown_and_the_same_bytes_are_known(editor: Editor) -> None:
    editor.add(FEES, FARMS, ROW.format("Chile"))
    editor.publish()
    new = editor.file("newer.txt", FEES, HOTLINE, ROW.format("Peru"), FARMS)
    same = run("add", editor.folder / "report.txt", "--replace", "report", "--content", editor.content)
    assert (same.exit_code, "unchanged, it is the source of report" in same.stdout) == (0, True)
    shown = run("add", new, "--replace", "report", "--content", editor.content, "--accept")
    assert shown.exit_code == 1
    assert "1 kept, 1 renumbered, 1 new, 1 unsettled.\n" in shown.stdout
    assert "“para-3-2” may be “para-3” of the version before" in shown.stderr
    again = run("add", new, "--replace", "report", "--content", editor.content)
    assert (again.exit_code, "unchanged" in again.stdout) == (0, True)
    accepted = run("accept", "report", "--yes", "--content", editor.content)
    assert accepted.stdout.startswith(
        "documents/report.md is the new version now; the one before is in removed/"
    )
    wrong = run("add", new, "--replace", "reprot", "--content", editor.content)
    assert (wrong.exit_code, "did you mean report?" in wrong.stderr) == (2, True)


def test_notes_that_quote_what_is_gone_are_named_before(editor: Editor) -> None:
    editor.add(FEES, FARMS)
    (editor.content / "themes").mkdir()
    (editor.content / "themes/01-farms.md").write_text(
        "---\nslug: farms\ntitle: Farms\nlabel: Farms\norder: 1\n---\nFarms.\n\n"
        '## North {: #north passage="report/para-2" words="forty farms" }\n\nWords.\n',
        encoding="utf-8",
    )
    assert editor.plan(FEES, FARMS, COSTS).faults == ()
    (fault,) = editor.plan(FEES, COSTS).faults
    assert fault.path.name == "01-farms.md"


def test_a_draft_is_made_again_if_the_document_was_edited_since(editor: Editor) -> None:
    editor.add(FEES, FARMS)
    editor.replace(FEES, COSTS)
    editor.edit("documents/report.md", "title: report", "title: The blue report")
    content = read_folder(editor.content)
    assert not has_source(named_document(content, "report"), sha256_of(editor.folder / "report v2.txt"))
    editor.replace(FEES, COSTS)
    assert has_source(
        named_document(read_folder(editor.content), "report"), sha256_of(editor.folder / "report v2.txt")
    )
    editor.accept()
    document = read_document_file(editor.content / "documents/report.md")[0]
    assert document.title == "The blue report"
    assert read_collection([editor.content])[1] == ()


def test_passages_that_an_editor_joined_split_shortened_or_left_out_are_so_again(editor: Editor) -> None:
    both = f"{COSTS} {AGENCIES}"
    editor.add(FEES, FARMS, both, HOTLINE, "Page two of the report.")
    front, _, _ = (editor.content / "documents/report.md").read_text(encoding="utf-8").partition(FEES)
    (editor.content / "documents/report.md").write_text(
        f"{front}{FEES} {FARMS}\n{{: #p1 }}\n\n{COSTS}\n{{: #p2 }}\n\n{AGENCIES}\n{{: #p3 }}\n\n"
        f"{HOTLINE.removeprefix('A hotline in ')}\n{{: #p4 }}\n",
        encoding="utf-8",
    )
    assert read_collection([editor.content])[1] == ()
    new = "Something that was not in the report before this version of it was written."
    planned = editor.replace(new, FEES, FARMS, both, HOTLINE, "Page two of the report.")
    assert [one.code for one in planned.new.remarks] == ["structure-kept", "left-out-again"]
    editor.accept()
    assert {id: one.text for id, one in editor.passages.items()} == {
        "para-1": new,
        "p1": f"{FEES} {FARMS}",
        "p2": COSTS,
        "p3": AGENCIES,
        "p4": HOTLINE.removeprefix("A hotline in "),
    }
    assert read_collection([editor.content])[1] == ()
    extract, _ = read_extract(editor.content / "sources/report.text.jsonl")
    assert {id: extract.replayed(id) for id in extract.passages} == {
        id: one.text for id, one in editor.passages.items()
    }


def test_a_former_id_is_no_longer_claimed_when_its_words_were_amended_away(editor: Editor) -> None:
    editor.add(FEES, AGENCIES)
    editor.publish()
    for text in (f"{FEES} {AGENCIES}", f"{FEES} Unlicensed offices shut."):
        editor.replace(text)
        editor.accept()
        editor.publish()
    moved = editor.at("para-2")
    assert isinstance(moved, Moved)
    assert moved.to == ("report", "para-1")
    assert editor.passages["para-1"].formerly == ()
    assert read_collection([editor.content])[1] == ()


def test_that_an_editor_checked_the_ocr_of_one_file_says_nothing_of_the_next(editor: Editor) -> None:
    editor.add(FEES)
    editor.edit("documents/report.md", "sha256:", "ocr: checked\nsha256:")
    assert editor.plan(FEES, FARMS).new.draft.document.ocr == ""
