"""What was removed or replaced comes back, in any order, and nothing is lost on the way."""

from __future__ import annotations

import datetime
from collections.abc import Sequence
from contextlib import suppress
from itertools import permutations
from pathlib import Path

import pytest
from click.testing import CliRunner, Result
from hypothesis import given, settings
from hypothesis import strategies as st

from kb.cli.main import main
from kb.collection.folder import read_folder
from kb.collection.loader import read_collection
from kb.collection.source_files import SOURCES_FOLDER
from kb.curated.document_file import read_document_file
from kb.editing.acceptance import accept_drafts
from kb.editing.draft_files import DraftFolder, sha256_of
from kb.editing.named_document import named_document
from kb.editing.removal import planned_removal, removals_of
from kb.editing.restoring import restore, set_aside
from kb.editing.versions.replacing import planned_version
from kb.errors import BadRequest, ContentError
from kb.importers.draft import draft_of
from tests.kb.editing.versions.editor import Editor, text_of

DAY = datetime.date(2026, 11, 27)
FEES = "Workers who paid recruitment fees were asked to show receipts, which almost none of them had kept."
FARMS = (
    "The inspectors visited forty farms in the north and found that contracts were missing in most of them."
)
HOTLINE = "A hotline in nine languages answers questions of migrants and their families by day and by night."
WORDS = ("workers", "fees", "farms", "north", "lists", "names", "dates", "ships", "ports", "roads", "wages")
OTHER = "---\nslug: other\ntitle: O\nkind: report\n---\nWords of another.\n{: #p1 }\n"


def run(*arguments: str | Path) -> Result:
    return CliRunner().invoke(main, [str(one) for one in arguments])


def state(folder: Path) -> dict[str, bytes]:
    """All files but those set aside."""
    names = ((path.relative_to(folder).as_posix(), path) for path in folder.rglob("*") if path.is_file())
    return {name: path.read_bytes() for name, path in names if not name.startswith((".", "removed/"))}


@pytest.fixture
def editor(tmp_path: Path) -> Editor:
    return Editor(tmp_path)


def replace(editor: Editor, *paragraphs: str) -> dict[str, bytes]:
    editor.replace(*paragraphs)
    editor.accept(open_pairs_differ=True)
    return state(editor.content)


def test_a_new_version_and_the_one_before_are_swapped_by_undo(editor: Editor) -> None:
    editor.add(FEES, FARMS)
    old = state(editor.content)
    file = editor.file("new.txt", FEES, HOTLINE)
    assert run("add", file, "--replace", "report", "--content", editor.content, "--yes").exit_code == 0
    accepted = run("accept", "report", "--content", editor.content, "--yes")
    assert f"To swap them: kb remove report --undo --content {editor.content}\n" in accepted.stdout
    new = state(editor.content)
    for expected in (old, new, old):
        swapped = run("remove", "report", "--undo", "--content", editor.content)
        assert "documents/report.md is back\nThe version it replaced is in removed/report@" in swapped.stdout
        assert state(editor.content) == expected
        assert read_collection([editor.content])[1] == ()
        assert len(removals_of(editor.content, "report")) == 1


def test_any_of_several_versions_comes_back_as_listed(editor: Editor) -> None:
    editor.add(FEES)
    states = [state(editor.content)]
    states += [replace(editor, *one) for one in ([FEES, FARMS], [FEES, HOTLINE], [HOTLINE])]
    listed = run("remove", "report", "--list", "--content", editor.content).stdout.splitlines()
    names = [line.partition(":")[0] for line in listed[:3]]
    assert "“report”, 1 passage (documents/report.md, sources/" in listed[0]
    assert listed[3] == (
        f"To bring one of them back: kb remove report --undo --from {names[2]} --content {editor.content}"
    )
    first, second, third = names
    for name, expected in (
        (first, states[0]),
        (third.partition("@")[2], states[2]),
        (f"{second.partition('/')[2]}/", states[1]),
    ):
        made = run("remove", "report", "--from", name, "--content", editor.content)
        listing = f"kb remove report --list --content {editor.content}"
        assert f"2 more versions can be brought back: {listing}\n" in made.stdout
        assert state(editor.content) == expected
        assert read_collection([editor.content])[1] == ()
    wrong = run("remove", "report", "--undo", "--from", "report@2001-01-01", "--content", editor.content)
    shown = f"kb remove report --list --content {editor.content} shows"
    assert (wrong.exit_code, shown in wrong.stderr) == (2, True)


def test_a_version_that_was_replaced_before_the_document_was_removed_comes_back(editor: Editor) -> None:
    editor.add(FEES, FARMS)
    old = state(editor.content)
    new = replace(editor, FEES, HOTLINE)
    assert run("remove", "report", "--yes", "--content", editor.content).exit_code == 0
    for expected in (new, old, new):
        assert run("remove", "report", "--undo", "--content", editor.content).exit_code == 0
        assert state(editor.content) == expected


def test_addresses_published_of_either_version_live_through_a_swap(editor: Editor) -> None:
    long = "The recruiters of the north kept a list of all the workers they had sent abroad in that year"
    editor.add(FEES, FARMS, long)
    editor.publish()
    replace(editor, f"{FEES} {FARMS}", f"{long} and the next", HOTLINE)
    editor.publish()
    for _ in range(2):
        restore(editor.content, "report", DAY)
        assert read_collection([editor.content])[1] == ()
        editor.publish()
        assert read_collection([editor.content])[1] == ()
    assert {one.text for one in editor.passages.values()} >= {HOTLINE}


@pytest.mark.parametrize("gone", list(permutations(["report", "copy"])))
@pytest.mark.parametrize("back", list(permutations(["report", "copy"])))
def test_a_source_of_two_documents_comes_back_with_the_first(
    editor: Editor, gone: Sequence[str], back: Sequence[str]
) -> None:
    editor.add(FEES, FARMS)
    text = (editor.content / "documents/report.md").read_text(encoding="utf-8")
    copy = text.replace("slug: report", "slug: copy")
    (editor.content / "documents/copy.md").write_text(copy, encoding="utf-8")
    extract = (editor.content / "sources/report.text.jsonl").read_bytes()
    (editor.content / "sources/copy.text.jsonl").write_bytes(extract)
    before = state(editor.content)
    for slug in gone:
        content = read_folder(editor.content)
        planned_removal(content, named_document(content, slug)).carry_out(DAY)
    for slug in back:
        restore(editor.content, slug, DAY)
        assert read_collection([editor.content])[1] == ()
    assert state(editor.content) == before


def test_a_source_of_another_document_is_not_written_over(editor: Editor) -> None:
    editor.add(FEES)
    content = read_folder(editor.content)
    planned_removal(content, named_document(content, "report")).carry_out(DAY)
    other = "---\nslug: other\ntitle: O\nkind: report\nsource: report.txt\n---\nWords.\n{: #p1 }\n"
    (editor.content / "documents/other.md").write_text(other, encoding="utf-8")
    (editor.content / "sources/report.txt").write_text("Words.", encoding="utf-8")
    before = state(editor.content)
    with pytest.raises(ContentError, match="another file has this name now; rename it, change “source”"):
        restore(editor.content, "report", DAY)
    assert state(editor.content) == before
    (editor.content / "sources/report.txt").rename(editor.content / "sources/other.txt")
    editor.edit("documents/other.md", "source: report.txt", "source: other.txt")
    restore(editor.content, "report", DAY)
    assert set(state(editor.content)) > {"documents/other.md", "documents/report.md", "sources/report.txt"}


@pytest.mark.parametrize("stop_at", range(1, 12))
def test_a_swap_that_is_stopped_loses_nothing(
    editor: Editor, monkeypatch: pytest.MonkeyPatch, stop_at: int
) -> None:
    editor.add(FEES)
    replace(editor, FEES, FARMS)
    names, every = _versions(editor.content), ["replace", "rename", "unlink", "rmdir"]
    calls = 0

    def stopping(name: str) -> None:
        real = getattr(Path, name)

        def call(*arguments: Path) -> object:
            nonlocal calls
            calls += 1
            if calls == stop_at:
                raise KeyboardInterrupt
            return real(*arguments)

        monkeypatch.setattr(Path, name, call)

    for name in every:
        stopping(name)
    with pytest.raises(KeyboardInterrupt):
        restore(editor.content, "report", DAY)
    monkeypatch.undo()
    found: set[str] = set()
    for _ in range(3):
        restore(editor.content, "report", DAY)
        assert read_collection([editor.content])[1] == ()
        found |= {read_document_file(editor.content / "documents/report.md")[0].sha256}
    assert found == set(names)


class Steps:
    """What an editor may do, with the checksums of all that was ever added."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self.content = folder / "content"
        (self.content / "documents").mkdir(parents=True)
        (self.content / "documents/other.md").write_text(OTHER, encoding="utf-8")
        self.added: list[str] = []

    def file(self) -> Path:
        at = len(self.added)
        path = self.folder / ("report.txt" if at % 2 else "v2.txt")
        path.write_text(text_of(FEES, " ".join(f"{word} {at}" for word in WORDS), HOTLINE), encoding="utf-8")
        self.added.append(sha256_of(path))
        return path

    def add(self, _: int) -> None:
        """A new document, or a draft of a new version."""
        path, content = self.file(), read_folder(self.content)
        if any((self.content / name / "report.md").exists() for name in ("documents", "drafts")):
            planned_version(content, named_document(content, "report"), path, draft_of).write(content, DAY)
        else:
            path = path.rename(self.folder / "report.txt")
            assert DraftFolder.of(content).write(path, draft_of(path), sha256_of(path)) == "report"

    def accept(self, _: int) -> None:
        accept_drafts(self.content, ["report"], open_pairs_differ=True)

    def remove(self, which: int) -> None:
        content = read_folder(self.content)
        with suppress(BadRequest):  # there is nothing to remove
            planned_removal(content, named_document(content, "report"), which % 3 == 1).carry_out(DAY)

    def undo(self, which: int) -> None:
        if removals_of(self.content, "report"):
            every = set_aside(self.content, "report")
            chosen = every[which % len(every)]
            restore(self.content, "report", DAY, chosen.name if which else "")
            back = chosen if which else every[-1]
            assert {one.sha256 for one in back.documents} <= set(_held(self.content))


def _held(root: Path) -> list[str]:
    """The checksums of the documents and drafts in a folder, whose sources must be beside them."""
    paths = [path for name in ("documents", "drafts") for path in (root / name).glob("report.md")]
    documents = [read_document_file(path)[0] for path in paths]
    for one in documents:
        assert sha256_of(root / SOURCES_FOLDER / one.source) == one.sha256
    return [one.sha256 for one in documents]


def _versions(content: Path) -> list[str]:
    return [print_ for root in (content, *removals_of(content, "report")) for print_ in _held(root)]


@given(
    st.lists(st.tuples(st.sampled_from(["add", "accept", "remove", "undo"]), st.integers(0, 6)), max_size=12)
)
@settings(deadline=None, max_examples=60)
def test_whatever_an_editor_does_every_version_is_kept_once_with_its_source(
    tmp_path_factory: pytest.TempPathFactory, steps: list[tuple[str, int]]
) -> None:
    editor = Steps(tmp_path_factory.mktemp("steps"))
    for name, which in [("add", 0), ("accept", 0), ("add", 0), ("accept", 0), *steps]:
        getattr(editor, name)(which)
        assert sorted(_versions(editor.content)) == sorted(editor.added)
        assert read_collection([editor.content])[1] == ()
