"""What the ledger holds content to."""

from __future__ import annotations

import datetime
import json
from collections.abc import Callable
from pathlib import Path

import pytest

from kb.collection import loader
from kb.collection.loader import read_collection
from kb.collection.publication import pending_entries
from kb.permanence.ledger import LEDGER_FILE, read_ledger
from kb.text.fingerprint import fingerprint

Edit = Callable[[str, str, str], None]
DAY = "2015-11-23"
LONG = (
    "Each State Party shall consider implementing measures to provide for the physical, psychological and "
    "social recovery of victims of trafficking in persons."
)


def publish(*folders: Path, day: str = DAY) -> None:
    survey = loader.survey(folders)
    assert survey.faults == ()
    for one in pending_entries(survey, datetime.date.fromisoformat(day)):
        one.write()


def problems(*folders: Path) -> list[str]:
    return [
        f"{fault.path.name}:{fault.line}: {fault.problem}; {fault.remedy}"
        for fault in read_collection(folders)[1]
    ]


TREATY = "documents/treaty.md"
A2 = 'They shall protect victims.\n{: #a2 locator="art 2" themes="cooperation" }\n'


def test_an_unpublished_change_is_no_fault(folder: Path, edit: Edit) -> None:
    publish(folder)
    edit(TREATY, "source: treaty.txt\n", "")
    edit(TREATY, "They shall protect victims", "They shall protect all victims")
    assert problems(folder) == []


def test_words_put_in_place_of_others_are_a_reused_id(folder: Path, edit: Edit) -> None:
    publish(folder)
    edit(TREATY, "Recalling the Protocol,", "They shall protect victims.")
    (problem,) = problems(folder)
    assert "treaty.md:10: the id “preamble” was published with different words" in problem
    assert "keep “preamble” for those words, and give these a new id" in problem


def test_words_under_a_new_id_are_renumbered(folder: Path, edit: Edit) -> None:
    publish(folder)
    edit(TREATY, "#a2", "#a3")
    (problem,) = problems(folder)
    assert "these words were published as “a2” and are now “a3”; keep the id “a2” for them" in problem


def test_words_that_changed_places_are_renumbered(folder: Path, edit: Edit) -> None:
    publish(folder)
    edit(TREATY, "#preamble", "#x")
    edit(TREATY, "#a2", "#preamble")
    edit(TREATY, "#x", "#a2")
    assert len([problem for problem in problems(folder) if "these words were published as" in problem]) == 2


def test_a_withdrawn_id_may_come_back_with_its_words(folder: Path, edit: Edit) -> None:
    publish(folder)
    edit(TREATY, A2, "")
    assert problems(folder) == []
    publish(folder)
    assert [one.passage for one in loader.load([folder]).withdrawn] == ["a2"]
    path = folder / TREATY
    path.write_text(path.read_text(encoding="utf-8") + "\n" + A2, encoding="utf-8")
    assert problems(folder) == []
    assert loader.load([folder]).withdrawn == ()
    publish(folder)
    assert read_ledger(folder / LEDGER_FILE)[0][-1].status == "published"


def test_a_withdrawn_id_may_not_come_back_with_other_words(folder: Path, edit: Edit) -> None:
    publish(folder)
    edit(TREATY, A2, "")
    publish(folder)
    path = folder / TREATY
    changed = A2.replace("They shall protect", "shall protect")
    path.write_text(path.read_text(encoding="utf-8") + "\n" + changed, encoding="utf-8")
    (problem,) = problems(folder)
    assert "the id “a2” was published with different words" in problem


def test_a_note_may_be_rewritten_under_its_id(folder: Path, edit: Edit) -> None:
    publish(folder)
    edit("themes/01-cooperation.md", "What States do together.", "Quite another introduction to it.")
    assert problems(folder) == []


def test_equal_words_under_two_published_ids_are_no_renumbering(folder: Path, edit: Edit) -> None:
    edit(TREATY, A2, A2 + "\n" + A2.replace("#a2", "#a3"))
    publish(folder)
    edit(TREATY, "\n" + A2.replace("#a2", "#a3"), "")
    assert problems(folder) == []


THEME = "themes/01-cooperation.md"
SECTION = """## Extradition {: #extradition passage="treaty/a1" words="co-operate in extradition" }

How a person is *handed over* to another State.
"""


def append(path: Path, text: str) -> None:
    path.write_text(path.read_text(encoding="utf-8") + text, encoding="utf-8")


def interchange(folder: Path, document: str, *passages: tuple[str, str], **withdrawn: str) -> Path:
    folder.mkdir(exist_ok=True)
    lines = [{"document": document, "id": id, "text": text} for id, text in passages]
    for name, objects in (("documents", [{"id": document, "title": "D"}]), ("passages", lines)):
        text = "".join(json.dumps(one) + "\n" for one in objects)
        (folder / f"{name}.jsonl").write_text(text, encoding="utf-8")
    if withdrawn:
        line = {"document": document, "fingerprint": "0" * 64, "date": DAY} | withdrawn
        (folder / "withdrawn.jsonl").write_text(json.dumps(line) + "\n", encoding="utf-8")
    return folder


def test_words_withdrawn_once_do_not_return_under_a_new_id(folder: Path, edit: Edit) -> None:
    publish(folder)
    edit(TREATY, A2, "")
    publish(folder)
    append(folder / TREATY, "\n" + A2.replace("#a2", "#a3"))
    (problem,) = problems(folder)
    assert "these words were published as “a2” and are now “a3”" in problem


def test_a_word_or_two_may_stand_under_several_ids(tmp_path: Path) -> None:
    folder = interchange(tmp_path / "c", "d", ("p1", "[Reserved]"), ("p2", "Something."))
    publish(folder)
    interchange(folder, "d", ("p2", "Something."), ("p3", "[Reserved]"))
    assert problems(folder) == []


def test_a_renamed_document_is_named_by_its_old_address(tmp_path: Path) -> None:
    folder = interchange(tmp_path / "c", "old-name", ("p1", LONG), ("p2", "A short one."))
    publish(folder)
    interchange(folder, "new-name", ("p1", LONG), ("p2", "A short one."))
    assert problems(folder) == [
        "passages.jsonl:1: these words were published as “old-name/p1” and are now “new-name/p1”; "
        "keep the slug “old-name” and the id “p1”, or add “formerly: [old-name]” to the document, so that "
        "old links keep working"
    ]


def test_notes_that_quote_a_renumbered_passage_are_not_blamed_for_it(folder: Path, edit: Edit) -> None:
    publish(folder)
    edit(TREATY, "#a1", "#a7")
    (problem,) = problems(folder)
    assert "these words were published as “a1” and are now “a7”" in problem


def test_notes_that_quote_a_renamed_document_are_not_blamed_for_it(shipped: Path) -> None:
    (shipped / LEDGER_FILE).unlink(missing_ok=True)
    publish(shipped)
    (path,) = (shipped / "documents").glob("*.md")
    text = path.read_text(encoding="utf-8")
    path.write_text(text.replace(f"slug: {path.stem}", "slug: renamed", 1), encoding="utf-8")
    found = problems(shipped)
    assert found
    assert all("these words were published as “bali-process-symposium-2015/" in one for one in found)


def test_words_that_still_stand_where_they_were_published_may_be_repeated(tmp_path: Path) -> None:
    one = interchange(tmp_path / "one", "a", ("p1", LONG), ("p2", LONG))
    publish(one)
    interchange(one, "a", ("p1", LONG))
    assert problems(one, interchange(tmp_path / "two", "b", ("p1", LONG))) == []


def test_an_id_withdrawn_in_one_folder_is_not_reused_in_another(tmp_path: Path) -> None:
    one = interchange(tmp_path / "one", "d", ("p1", LONG), ("p2", "Other words stand here."))
    publish(one)
    interchange(one, "d", ("p2", "Other words stand here."))
    publish(one)
    interchange(one, "e", ("p1", "Something else."))
    two = interchange(tmp_path / "two", "d", ("p1", "Quite new."), ("p2", "Other words stand here."))
    assert [problem for problem in problems(one, two) if "“p1” was published with different words" in problem]


def test_a_folder_inside_another_keeps_its_own_ledger(folder: Path) -> None:
    inner = interchange(folder / "extra", "d", ("p1", "Words."))
    publish(folder, inner)
    assert {one.document for one in read_ledger(folder / LEDGER_FILE)[0]} == {"treaty", "cooperation"}
    assert {one.document for one in read_ledger(inner / LEDGER_FILE)[0]} == {"d"}
    assert problems(folder, inner) == problems(folder) == problems(inner) == []


def test_a_list_of_withdrawals_holds_content_to_the_words(tmp_path: Path) -> None:
    passages = (("p1", "Quite new."),)
    folder = interchange(tmp_path / "c", "d", *passages, passage="p1")
    (problem,) = problems(folder)
    assert "passages.jsonl:1: the id “p1” was published with different words" in problem
    interchange(folder, "d", *passages, passage="p1", fingerprint=fingerprint("Quite new."))
    assert problems(folder) == []


def test_a_withdrawn_note_may_come_back_reworded(folder: Path, edit: Edit) -> None:
    whole = (folder / THEME).read_text(encoding="utf-8")
    edit(TREATY, ' subpoints="cooperation/extradition"', "")
    publish(folder)
    (folder / THEME).write_text(whole[: whole.index(SECTION)], encoding="utf-8")
    publish(folder)
    reworded = whole.replace("How a person is *handed over* to another State.", "Said in other words now.")
    (folder / THEME).write_text(reworded, encoding="utf-8")
    assert problems(folder) == []
    publish(folder)
    last = read_ledger(folder / LEDGER_FILE)[0][-1]
    assert (last.id, last.status) == ("extradition", "published")


@pytest.mark.parametrize(
    ("old", "new"), [("victims.", "victms."), ("They shall protect", "They must protect all")]
)
def test_a_plain_correction_of_a_short_text_is_no_reuse(folder: Path, edit: Edit, old: str, new: str) -> None:
    edit(TREATY, "source: treaty.txt\n", "")
    publish(folder)
    edit(TREATY, old, new)
    assert problems(folder) == []


def test_a_ledger_with_faults_gives_no_faults_of_content(folder: Path, edit: Edit) -> None:
    publish(folder)
    append(folder / LEDGER_FILE, "{\n")
    edit(TREATY, "Recalling the Protocol,", "They shall protect victims.")
    (problem,) = problems(folder)
    assert problem.startswith("ledger.jsonl:6: invalid JSON: ")
