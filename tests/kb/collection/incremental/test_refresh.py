"""Reading only what changed gives the same content and faults as reading everything."""

from __future__ import annotations

import datetime
import os
import shutil
from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kb.collection import loader
from kb.collection.incremental.refresh import Refreshed, refresh
from kb.collection.loader import read_collection
from kb.collection.publication import pending_entries
from kb.curated.document_file import dump_document, read_document_file
from kb.curated.thesaurus_file import THESAURUS_FILE
from kb.errors import ContentError
from kb.model import Document, Passage
from kb.permanence.ledger import LEDGER_FILE
from kb.site import Site
from tests.kb.folders import interchange
from tests.kb.known import Known, faults_of, known, nothing
from tests.tables import table

Edit = Callable[[str, str, str], None]
TREATY = "documents/treaty.md"
THEME = "themes/01-cooperation.md"
HOUR = 3_600_000_000_000
LONG = (
    "Each State Party shall consider implementing measures to provide for the physical, psychological and "
    "social recovery of victims of trafficking in persons.",
    "In appropriate cases and to the extent possible under its domestic law, each State Party shall protect "
    "the privacy and identity of victims.",
)
WORDS = (*LONG, "They shall protect victims.", "[Reserved]", "Signed in two languages.")


def age(*folders: Path) -> None:
    """Make all files an hour older than they are, so that their size and time are trusted."""
    for path in (path for folder in folders for path in folder.rglob("*") if path.is_file()):
        at = path.stat().st_mtime_ns - HOUR
        os.utime(path, ns=(at, at))


def publish(*folders: Path) -> None:
    for one in pending_entries(loader.survey(folders), datetime.date(2015, 11, 23)):
        one.write()


def write(folder: Path, slug: str, *texts: str, **fields: str) -> Path:
    """A document of these passages, p1 to the last, in a file of its name."""
    found = [Passage(slug, f"p{number}", text) for number, text in enumerate(texts, 1)]
    document = Document(**{"id": slug, "title": slug, "kind": "report"} | fields)  # type: ignore[arg-type]
    path = folder / f"documents/{slug}.md"
    path.write_text(dump_document(document, found), encoding="utf-8")
    return path


def same(folders: Sequence[Path], before: Known) -> Refreshed | None:
    """Compares what is refreshed with what is read whole; None if both are refused, with the same faults."""
    whole, faults = read_collection(folders)
    if faults:
        assert faults_of(folders, before) == faults
        return None
    found = refresh(folders, before)
    assert found.collection == whole
    assert list(found.collection.passages) == [one.id for one in whole.documents]
    for id in found.unchanged:
        assert before.documents[id] == next(one for one in whole.documents if one.id == id)
        assert before.texts[id] == whole.passages[id]
    assert refresh(folders, known(found)).nothing_changed
    return found


@pytest.fixture
def before(folder: Path) -> Known:
    """A build of the folder, published, with two more documents."""
    write(folder, "a", *LONG, "[Reserved]")
    write(folder, "b", "Signed in two languages.", status="superseded", superseded_by="a")
    publish(folder)
    age(folder)
    return known(refresh([folder], nothing()))


def test_without_a_build_everything_is_read(folder: Path) -> None:
    found = refresh([folder], nothing())
    assert found.collection == loader.load([folder])
    assert (found.nothing_changed, found.unchanged) == (False, frozenset())


def test_where_nothing_changed_no_content_is_read(
    folder: Path, before: Known, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(Path, "open", _unreadable)
    found = refresh([folder], before)
    assert found.nothing_changed
    assert found.unchanged == {"treaty", "a", "b", "cooperation"}
    assert before.asked == []
    assert [one.id for one in found.collection.documents] == list(before.documents)
    assert dict(found.collection.passages) == before.texts


def _unreadable(path: Path, *_: object, **__: object) -> None:
    raise AssertionError(f"{path} was read")


def test_where_nothing_changed_the_interchange_form_is_not_read(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    passages = [{"document": "d", "id": "p", "text": "Words.", "themes": ["t"]}]
    folder = interchange(tmp_path / "c", [{"id": "d", "title": "D"}], passages)
    age(folder)
    before = known(refresh([folder], nothing()))
    path = folder / "passages.jsonl"
    with monkeypatch.context() as patch:
        patch.setattr(Path, "open", _unreadable)
        assert refresh([folder], before).nothing_changed
    path.write_bytes(b"?" * path.stat().st_size)
    assert faults_of([folder], before) == read_collection([folder])[1] != ()


def test_of_an_edit_only_that_document_is_read(folder: Path, before: Known, edit: Edit) -> None:
    edit("documents/b.md", "two languages", "three languages")
    found = same([folder], before)
    assert found
    assert found.unchanged == {"treaty", "a", "cooperation"}
    assert set(before.asked) == {"treaty", *found.collection.passages} - {"b", "cooperation"}


def test_to_check_an_edit_only_quoted_documents_are_looked_at(
    folder: Path, before: Known, edit: Edit
) -> None:
    edit("documents/b.md", "two languages", "three languages")
    refresh([folder], before)
    assert before.asked == ["treaty"]


def test_a_touched_file_did_not_change(folder: Path, before: Known) -> None:
    os.utime(folder / TREATY)
    assert refresh([folder], before).nothing_changed


def test_a_file_that_came_back_unread_by_size_and_time_is_no_change(folder: Path, before: Known) -> None:
    shutil.copytree(folder, folder.with_name("copy"), copy_function=shutil.copy)
    shutil.rmtree(folder)
    folder.with_name("copy").rename(folder)
    assert refresh([folder], before).nothing_changed


@pytest.mark.parametrize("name", [THEME, THESAURUS_FILE])
def test_another_change_has_everything_read(folder: Path, before: Known, name: str) -> None:
    path = folder / name
    path.write_text(path.read_text(encoding="utf-8").replace("extradition, ", "handing over, "), "utf-8")
    found = same([folder], before)
    assert found
    assert (found.unchanged, found.nothing_changed) == (frozenset(), False)


def test_a_site_that_is_given_changed_or_taken_back_is_read(folder: Path, before: Known) -> None:
    path = folder / "site.yaml"
    for text, site in (
        ("title: One\n", Site("One")),
        ("title: Two\n", Site("Two")),
        ("title: Two\n", Site("Two")),
        ("", Site()),
    ):
        path.write_text(text, encoding="utf-8")
        found = refresh([folder], before)
        assert found.collection.site == site
        before = known(found)


def test_other_folders_or_another_order_have_everything_read(folder: Path, tmp_path: Path) -> None:
    two, three = (
        interchange(tmp_path / id, [{"id": id, "title": "D"}], [], themes=[]) for id in ("two", "three")
    )
    before = known(refresh([folder, two], nothing()))
    for folders in ([two, folder], [folder], [folder, two, three]):
        found = same(folders, before)
        assert found
        assert (found.unchanged, found.nothing_changed) == (frozenset(), False)
    assert refresh([folder, two, folder], before).nothing_changed


def test_documents_beside_the_interchange_form_are_read_by_what_changed(folder: Path, edit: Edit) -> None:
    interchange(folder, [{"id": "d", "title": "D"}], [{"document": "d", "id": "p", "text": "Words."}])
    before = known(refresh([folder], nothing()))
    edit(TREATY, "title: A treaty", "title: The treaty")
    found = same([folder], before)
    assert found
    assert found.unchanged == {"d", "cooperation"}


def test_a_changed_source_has_its_documents_held_to_it(folder: Path, before: Known) -> None:
    (folder / "sources/treaty.txt").write_text("Other words.", encoding="utf-8")
    assert same([folder], before) is None


def test_a_source_that_no_document_has_changes_no_document(folder: Path, before: Known) -> None:
    (folder / "sources/other.txt").write_text("Other words.", encoding="utf-8")
    found = same([folder], before)
    assert found
    assert found.unchanged == {"treaty", "a", "b", "cooperation"}


def test_what_is_not_read_among_documents_is_refused(folder: Path, before: Known) -> None:
    (folder / "documents/notes.txt").write_text("x", encoding="utf-8")
    (folder / "themes/more").mkdir()
    assert same([folder], before) is None


def test_words_repeated_elsewhere_are_at_fault_once_they_leave_their_place(folder: Path, edit: Edit) -> None:
    write(folder, "a", *LONG)
    publish(folder)
    write(folder, "z", LONG[0])
    age(folder)
    before = known(refresh([folder], nothing()))
    edit("documents/a.md", LONG[0], LONG[0].replace("Each", "Every"))
    assert same([folder], before) is None
    (fault,) = faults_of([folder], before)
    assert "published as “a/p1” and are now “z/p1”" in fault.problem


def test_a_build_refused_is_read_again_when_mended(folder: Path, before: Known, edit: Edit) -> None:
    edit(TREATY, "#a2", "#a3")
    assert same([folder], before) is None
    edit(TREATY, "#a3", "#a2")
    assert refresh([folder], before).nothing_changed


def test_the_id_of_another_document_is_refused(folder: Path, before: Known) -> None:
    text = (folder / TREATY).read_text(encoding="utf-8").replace("shall protect", "must protect")
    for name in ("0-first.md", "z-last.md"):
        path = folder / "documents" / name
        path.write_text(text, encoding="utf-8")
        assert same([folder], before) is None
        path.unlink()


def test_the_id_of_a_document_of_another_folder_is_refused(folder: Path, tmp_path: Path) -> None:
    other = tmp_path / "other"
    (other / "sources").mkdir(parents=True)
    (other / "documents").mkdir()
    (other / "sources/treaty.txt").write_text("Other words.", encoding="utf-8")
    write(other, "x", "Words.")
    age(folder, other)
    before = known(refresh([folder, other], nothing()))
    write(other, "x", "Words.", id="treaty")
    assert same([folder, other], before) is None
    assert {one.line for one in faults_of([folder, other], before)} > {10, 15}


def test_what_was_withdrawn_stays_so_through_an_edit(folder: Path, before: Known, edit: Edit) -> None:
    write(folder, "a", *LONG)
    publish(folder)
    before = known(refresh([folder], before))
    assert [(one.document, one.passage) for one in before.withdrawn] == [("a", "p3")]
    edit("documents/b.md", "two languages", "three languages")
    found = same([folder], before)
    assert found
    assert found.unchanged >= {"a"}
    write(folder, "a", *LONG, "[Reserved]")
    found = same([folder], known(found))
    assert found
    assert found.collection.withdrawn == ()


@pytest.fixture
def read_before(shipped: Path) -> Known:
    """A build of the content that ships."""
    age(shipped)
    return known(refresh([shipped], nothing()))


@pytest.mark.slow
@table(
    ("old", "new"),
    [
        ("p1", "p99"),
        ("slug: bali-process-symposium-2015", "slug: renamed"),
        ("title: ", "title: [x"),
        ('themes="', 'themes="nowhere '),
        ('subpoints="', 'subpoints="regional-cooperation/nowhere '),
        ("need for robust", "need of robust"),
        ("sha256: ", "sha256: 0"),
        ("kind: communique", "kind: communique\nstatus: superseded\nsuperseded_by: nothing"),
        ("kind: communique", "kind: report"),
    ],
)
def test_an_edit_of_the_shipped_document_is_read_as_all_of_it(
    shipped: Path, read_before: Known, old: str, new: str
) -> None:
    (path,) = (shipped / "documents").glob("*.md")
    text = path.read_text(encoding="utf-8")
    path.write_text(text.replace(old, new, 1), encoding="utf-8")
    found = same([shipped], read_before)
    path.write_text(text, encoding="utf-8")
    assert (found is not None) == (new == "kind: report" or old not in text)


def test_documents_that_ids_moved_between_are_read_with_everything_else(folder: Path, before: Known) -> None:
    path = folder / "documents/a.md"
    first, *rest = texts(path)
    rewrite(path, [replace(first, id="p9", formerly=("a/p1",)), *rest])
    found = same([folder], before)
    assert found
    assert found.unchanged == frozenset()
    age(folder)
    before = known(found)
    rewrite(path, [first, *rest])
    found = same([folder], before)
    assert found
    assert found.collection.moves == ()


def test_what_moved_stays_so_through_an_edit(folder: Path, before: Known, edit: Edit) -> None:
    path = folder / "documents/a.md"
    first, *rest = texts(path)
    rewrite(path, [replace(first, id="p9", text=f"{first.text} Indeed.", formerly=("a/p1",)), *rest])
    publish(folder)
    age(folder)
    before = known(refresh([folder], before))
    edit("documents/b.md", "two languages", "three languages")
    found = same([folder], before)
    assert found
    assert found.unchanged >= {"a", "treaty"}
    assert [one.to for one in found.collection.moves] == ["a/p9"]
    assert list(found.collection.published) == ["a/p9", "b/p1"]


def test_a_document_that_is_gone_is_remembered(folder: Path, before: Known) -> None:
    (folder / "documents/b.md").unlink()
    found = same([folder], before)
    assert found
    assert [(one.document, one.date) for one in found.collection.withdrawn] == [("b", "")]
    assert list(found.collection.published) == ["b/p1"]
    write(folder, "b", "Signed in two languages.")
    found = same([folder], known(found))
    assert found
    assert found.collection.withdrawn == ()


@dataclass(frozen=True)
class Step:
    """One edit of the documents a to d: what is done, to which, with which of the words."""

    way: str
    slug: str
    words: int
    other: str


def texts(path: Path) -> list[Passage]:
    return list(read_document_file(path)[1])


def rewrite(path: Path, passages: Sequence[Passage], **fields: object) -> None:
    document = replace(read_document_file(path)[0], **fields)  # type: ignore[arg-type]
    path.write_text(dump_document(document, passages), encoding="utf-8")


def apply(step: Step, folder: Path) -> None:
    path = folder / f"documents/{step.slug}.md"
    if step.way == "add" or not path.exists():
        write(folder, step.slug, WORDS[step.words], WORDS[step.words - 1])
    else:
        WAYS[step.way](step, folder, path)


def _change(step: Step, folder: Path, path: Path) -> None:
    first, *rest = texts(path) or [Passage(step.slug, "p1", "x")]
    rewrite(path, [replace(first, text=WORDS[step.words]), *rest])


def _amend(step: Step, folder: Path, path: Path) -> None:
    rewrite(path, [replace(one, text=f"{one.text} Indeed.") for one in texts(path)])


def _renumber(step: Step, folder: Path, path: Path) -> None:
    rewrite(path, [replace(one, id=f"{one.id}{step.words}") for one in texts(path)])


def _move(step: Step, folder: Path, path: Path) -> None:
    first, *rest = texts(path) or [Passage(step.slug, "p1", "x")]
    former = f"{step.other}/p1" if step.words % 2 else first.address
    rewrite(path, [replace(first, id=f"{first.id}{step.words}", formerly=(former,)), *rest])


def _unsay(step: Step, folder: Path, path: Path) -> None:
    rewrite(path, [replace(one, formerly=()) for one in texts(path)], formerly=())


def _shorten(step: Step, folder: Path, path: Path) -> None:
    rewrite(path, texts(path)[1:])


def _tag(step: Step, folder: Path, path: Path) -> None:
    tag = ("cooperation", "cooperation/extradition", "nowhere")[step.words % 3]
    rewrite(path, [replace(one, themes=(tag,)) for one in texts(path)])


def _supersede(step: Step, folder: Path, path: Path) -> None:
    rewrite(path, texts(path), status="superseded", superseded_by=step.other)


def _source(step: Step, folder: Path, path: Path) -> None:
    checksum = read_document_file(folder / TREATY)[0].sha256
    rewrite(path, texts(path), source="treaty.txt", sha256=checksum)


WAYS: dict[str, Callable[[Step, Path, Path], None]] = {
    "change": _change,
    "amend": _amend,
    "renumber": _renumber,
    "shorten": _shorten,
    "tag": _tag,
    "supersede": _supersede,
    "source": _source,
    "remove": lambda step, folder, path: path.unlink(),
    "touch": lambda step, folder, path: os.utime(path),
    "give up an id": _move,
    "forget": _unsay,
    "give up a slug": lambda step, folder, path: rewrite(
        path, texts(path), id=step.other, formerly=(step.slug,)
    ),
    "rename": lambda step, folder, path: rewrite(path, texts(path), id=step.other),
    "move": lambda step, folder, path: path.rename(path.with_name(f"{step.other}-moved.md")) and None,
    "break": lambda step, folder, path: path.write_text("---\nslug", "utf-8") and None,
    "unquote": lambda step, folder, path: rewrite(folder / TREATY, texts(folder / TREATY)[: step.words]),
    "source words": lambda step, folder, path: _append(folder / "sources/treaty.txt", WORDS[step.words]),
    "publish": lambda step, folder, path: publish(folder) if not read_collection([folder])[1] else None,
}


def _append(path: Path, text: str) -> None:
    path.write_text(path.read_text(encoding="utf-8") + f"\n{text}\n", encoding="utf-8")


SLUGS = st.sampled_from("abcd")
STEPS = st.builds(Step, st.sampled_from(["add", *WAYS]), SLUGS, st.integers(0, len(WORDS) - 1), SLUGS)


@pytest.mark.slow
@given(published=st.booleans(), rounds=st.lists(st.lists(STEPS, min_size=1, max_size=3), max_size=5))
def test_any_edits_are_read_as_if_everything_were(
    folder: Path, published: bool, rounds: list[list[Step]]
) -> None:
    copy = folder.with_name("edited")
    shutil.rmtree(copy, ignore_errors=True)
    shutil.copytree(folder, copy)
    write(copy, "a", *LONG, "[Reserved]")
    write(copy, "b", WORDS[2], LONG[0], status="superseded", superseded_by="a")
    if published:
        publish(copy)
    age(copy)
    before = known(refresh([copy], nothing()))
    for steps in rounds:
        for step in steps:
            apply(step, copy)
        if found := same([copy], before):
            age(copy)
            before = known(refresh([copy], known(found)))


def test_a_ledger_written_otherwise_is_read_whole(folder: Path, before: Known, edit: Edit) -> None:
    path = folder / LEDGER_FILE
    path.write_text(path.read_text(encoding="utf-8").replace('", "', '" , "'), encoding="utf-8")
    before = known(refresh([folder], before))
    edit("documents/a.md", "#p1", "#p9")
    assert same([folder], before) is None


def test_faults_are_raised_as_load_raises_them(folder: Path, before: Known, edit: Edit) -> None:
    edit("documents/b.md", "superseded_by: a", "superseded_by: c")
    with pytest.raises(ContentError) as whole:
        loader.load([folder])
    with pytest.raises(ContentError) as found:
        refresh([folder], before)
    assert str(found.value) == str(whole.value)


def test_an_edit_with_a_fault_can_be_left_out_and_is_in_again_once_it_is_corrected(
    folder: Path, edit: Edit
) -> None:
    whole = refresh([folder], nothing())
    age(folder)
    edit(TREATY, 'themes="cooperation"', 'themes="nowhere"')
    left = refresh([folder], known(whole), leave_out_faulty=True)
    assert [one.message.code for one in left.collection.left_out] == ["unknown-tag"]
    assert [one.id for one in left.collection.passages["treaty"]] == ["preamble", "a1"]
    assert [fault.message.code for fault in faults_of([folder], known(left))] == ["unknown-tag"]
    again = refresh([folder], known(left), leave_out_faulty=True)
    assert again.collection == left.collection
    edit(TREATY, 'themes="nowhere"', 'themes="cooperation"')
    assert refresh([folder], known(left), leave_out_faulty=True).collection == whole.collection


def test_where_nothing_is_faulty_an_edit_is_read_as_ever(folder: Path, edit: Edit) -> None:
    whole = refresh([folder], nothing(), leave_out_faulty=True)
    age(folder)
    assert refresh([folder], known(whole), leave_out_faulty=True).nothing_changed
