"""Documents and drafts leave a collection whole, and come back whole."""

from __future__ import annotations

import datetime
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from kb.cli.main import main
from kb.collection.folder import read_folder
from kb.collection.loader import read_collection
from kb.editing.draft_files import DraftFolder, sha256_of
from kb.editing.named_document import named_document
from kb.editing.removal import Removal, planned_removal
from kb.editing.restoring import restore
from kb.errors import BadRequest
from kb.importers.draft import draft_of
from kb.permanence.ledger import read_ledger

DAY = datetime.date(2026, 11, 26)


def run(*arguments: str | Path, answer: str = "") -> Result:
    return CliRunner().invoke(main, [str(one) for one in arguments], input=answer)


def planned(folder: Path, slug: str, only_draft: bool = False) -> Removal:
    content = read_folder(folder)
    return planned_removal(content, named_document(content, slug), only_draft)


def state(folder: Path) -> dict[str, bytes]:
    return {
        path.relative_to(folder).as_posix(): path.read_bytes() for path in folder.rglob("*") if path.is_file()
    }


@pytest.fixture
def own(folder: Path) -> Path:
    """The folder without the theme, whose note quotes its document."""
    (folder / "themes/01-cooperation.md").unlink()
    text = (folder / "documents/treaty.md").read_text(encoding="utf-8")
    for tag in (' subpoints="cooperation/extradition"', ' themes="cooperation"'):
        text = text.replace(tag, "")
    (folder / "documents/treaty.md").write_text(text, encoding="utf-8")
    (folder / "documents/other.md").write_text(
        "---\nslug: other\ntitle: Other\nkind: report\n---\nOther words.\n{: #p1 }\n", encoding="utf-8"
    )
    return folder


def test_a_removed_document_is_withdrawn_by_the_next_publication_and_comes_back(own: Path) -> None:
    assert run("publish", "--content", own, "--yes").exit_code == 0
    before = state(own)
    removed = run("remove", "treaty", "--content", own, answer="y\n")
    assert removed.stdout.startswith("To be removed: documents/treaty.md, sources/treaty.txt (3 passages)\n")
    assert "3 passages are published. After the next kb publish" in removed.stdout
    assert f"To bring them back: kb remove treaty --undo --content {own}\n" in removed.stdout
    assert read_collection([own])[1] == ()
    assert run("publish", "--content", own, "--yes").exit_code == 0
    entries = read_ledger(own / "ledger.jsonl")[0]
    assert [one.status for one in entries if one.document == "treaty"] == ["published"] * 3 + [
        "withdrawn"
    ] * 3

    back = run("remove", "treaty", "--undo", "--content", own)
    assert back.stdout == "sources/treaty.txt is back\ndocuments/treaty.md is back\n"
    after = state(own)
    del before["ledger.jsonl"], after["ledger.jsonl"]
    assert after == before
    assert read_collection([own])[1] == ()


def test_nothing_is_removed_without_a_yes(own: Path) -> None:
    before = state(own)
    assert run("remove", "treaty", "--content", own, answer="n\n").exit_code == 1
    assert state(own) == before


def test_what_would_then_be_wrong_elsewhere_is_said_before(folder: Path) -> None:
    shown = run("remove", "treaty", "--content", folder, answer="n\n").stdout
    assert "After that, kb check will report 1 fault" in shown
    assert "themes/01-cooperation.md:10" in shown


def test_a_source_that_another_document_has_too_stays(own: Path) -> None:
    text = (own / "documents/treaty.md").read_text(encoding="utf-8")
    (own / "documents/copy.md").write_text(text.replace("slug: treaty", "slug: copy"), encoding="utf-8")
    removal = planned(own, "treaty")
    assert (removal.files, removal.shared) == (("documents/treaty.md",), ("sources/treaty.txt",))


def test_a_draft_is_removed_with_its_source_and_extract(own: Path, tmp_path: Path) -> None:
    file = tmp_path / "fees.txt"
    file.write_text(
        "Fees\n\n1. Workers paid fees to recruiters.\n\n2. They had no receipt.\n", encoding="utf-8"
    )
    before = state(own)
    slug = DraftFolder.read(own).write(file, draft_of(file), sha256_of(file))
    removal = planned(own, slug)
    assert removal.files == ("drafts/fees.md", "sources/fees.txt", "sources/fees.text.jsonl")
    assert removal.published == 0
    removal.carry_out(DAY)
    assert {name: data for name, data in state(own).items() if not name.startswith("removed/")} == before
    assert set(restore(own, slug, DAY).files) == set(removal.files)


def test_the_last_of_several_removals_comes_back_first(own: Path) -> None:
    for words in ("one", "two"):
        (own / "documents/other.md").write_text(
            f"---\nslug: other\ntitle: {words}\nkind: report\n---\n{words}\n{{: #p1 }}\n", encoding="utf-8"
        )
        planned(own, "other").carry_out(DAY)
    assert {one.name for one in (own / "removed").iterdir()} == {"other@2026-11-26", "other@2026-11-26.2"}
    restore(own, "other", DAY)
    assert "title: two" in (own / "documents/other.md").read_text(encoding="utf-8")
    assert restore(own, "other", DAY).swapped == "removed/other@2026-11-26.2"
    assert "title: one" in (own / "documents/other.md").read_text(encoding="utf-8")


@pytest.mark.parametrize(
    ("slug", "said"),
    [
        ("traety", "there is no document or draft “traety”; did you mean treaty?"),
        ("../site", "there is no document or draft “../site”; name a file in documents/ or drafts/"),
        ("cooperation", "“cooperation” is a theme; edit or delete themes/01-cooperation.md by hand"),
        ("listed", "“listed” is in documents.jsonl, which another program writes"),
    ],
)
def test_what_cannot_be_removed_is_refused_with_what_to_do(folder: Path, slug: str, said: str) -> None:
    (folder / "documents.jsonl").write_text('{"id": "listed", "title": "L"}\n', encoding="utf-8")
    (folder / "passages.jsonl").write_text(
        '{"document": "listed", "id": "p1", "text": "Words."}\n', encoding="utf-8"
    )
    refused = run("remove", slug, "--content", folder)
    assert (refused.exit_code, said in refused.stderr) == (2, True), refused.stderr


def test_undoing_what_was_never_removed_is_refused(own: Path) -> None:
    with pytest.raises(BadRequest, match="nothing was removed as “treaty”"):
        restore(own, "treaty", DAY)


def test_a_removal_that_was_stopped_leaves_no_fault_and_can_be_undone(
    own: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    before, rename = state(own), Path.rename

    def stop(path: Path, target: Path) -> Path:
        if path.parent.name == "sources":
            raise KeyboardInterrupt
        return rename(path, target)

    monkeypatch.setattr(Path, "rename", stop)
    with pytest.raises(KeyboardInterrupt):
        planned(own, "treaty").carry_out(DAY)
    monkeypatch.undo()
    assert not (own / "documents/treaty.md").exists()
    assert read_collection([own])[1] == ()
    restore(own, "treaty", DAY)
    assert state(own) == before
