"""Ids that were given up for others: said in the content, entered in the ledger, never lost."""

from __future__ import annotations

import datetime
import json
from collections.abc import Callable
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kb.collection import loader
from kb.collection.publication import pending_entries
from kb.permanence.ledger import LEDGER_FILE, LedgerEntry, read_ledger
from kb.permanence.moves import Moves
from kb.published import Move
from tests.kb.folders import interchange, problems

Edit = Callable[[str, str, str], None]
DAY = "2015-11-23"
TREATY = "documents/treaty.md"
THEME = "themes/01-cooperation.md"
LONG = (
    "Each State Party shall consider implementing measures to provide for the physical, psychological and "
    "social recovery of victims of trafficking in persons."
)


def publish(*folders: Path, day: str = DAY) -> list[LedgerEntry]:
    survey = loader.survey(folders)
    assert survey.faults == ()
    found = pending_entries(survey, datetime.date.fromisoformat(day))
    for one in found:
        one.write()
    return [entry for one in found for entry in one.entries]


def states(entries: list[LedgerEntry]) -> list[tuple[str, str, str]]:
    return [(f"{one.document}/{one.id}", one.status, one.to) for one in entries]


def moves(*folders: Path) -> list[tuple[str, str, str]]:
    return [(one.document, one.passage, one.to) for one in loader.load(folders).moves]


def test_an_id_given_up_for_another_is_entered_as_moved(folder: Path, edit: Edit) -> None:
    publish(folder)
    edit(TREATY, "#a2 ", '#a3 formerly="a2" ')
    assert problems(folder) == []
    assert moves(folder) == [("treaty", "a2", "treaty/a3")]
    assert loader.load([folder]).withdrawn == ()
    entries = publish(folder, day="2015-11-24")
    assert states(entries) == [("treaty/a3", "published", ""), ("treaty/a2", "moved", "treaty/a3")]
    assert entries[1].text == "They shall protect victims."
    assert read_ledger(folder / LEDGER_FILE)[1] == ()
    assert publish(folder) == []


def test_a_move_once_published_lasts_without_being_said_again(folder: Path, edit: Edit) -> None:
    publish(folder)
    edit(TREATY, "#a2 ", '#a3 formerly="a2" ')
    publish(folder)
    edit(TREATY, ' formerly="a2"', "")
    assert problems(folder) == []
    assert moves(folder) == [("treaty", "a2", "treaty/a3")]
    assert publish(folder) == []


def test_an_id_moved_twice_leads_to_its_last_place(folder: Path, edit: Edit) -> None:
    publish(folder)
    edit(TREATY, "#a2 ", '#a3 formerly="a2" ')
    publish(folder)
    edit(TREATY, '#a3 formerly="a2"', '#a4 formerly="a3"')
    assert problems(folder) == []
    publish(folder)
    found = loader.load([folder])
    onward = Moves(found.moves, lambda key: key == ("treaty", "a4"))
    assert onward.target(("treaty", "a2")) == ("treaty", "a4")
    assert onward.from_document("treaty") == [("a2", ("treaty", "a4")), ("a3", ("treaty", "a4"))]


def test_a_moved_id_leads_on_to_words_that_were_withdrawn_since(folder: Path, edit: Edit) -> None:
    publish(folder)
    edit(TREATY, "#a2 ", '#a3 formerly="a2" ')
    publish(folder)
    edit(
        TREATY,
        'They shall protect victims.\n{: #a3 formerly="a2" locator="art 2" themes="cooperation" }\n',
        "",
    )
    assert states(publish(folder)) == [("treaty/a3", "withdrawn", "")]
    found = loader.load([folder])
    assert [one.passage for one in found.withdrawn] == ["a3"]
    assert Moves(found.moves, lambda key: False).target(("treaty", "a2")) == ("treaty", "a3")


def test_a_withdrawn_id_can_still_be_said_to_have_moved(folder: Path, edit: Edit) -> None:
    words = 'They shall protect victims.\n{: #a2 locator="art 2" themes="cooperation" }\n'
    publish(folder)
    edit(TREATY, words, "")
    publish(folder)
    path = folder / TREATY
    path.write_text(path.read_text("utf-8") + words.replace("#a2", '#a9 formerly="a2"'), "utf-8")
    assert states(publish(folder)) == [("treaty/a9", "published", ""), ("treaty/a2", "moved", "treaty/a9")]
    assert loader.load([folder]).withdrawn == ()


def test_a_moved_id_may_return_with_its_words_and_not_with_others(folder: Path, edit: Edit) -> None:
    publish(folder)
    edit(TREATY, "#a2 ", '#a3 formerly="a2" ')
    publish(folder)
    edit(TREATY, '#a3 formerly="a2"', "#a2")
    (problem,) = problems(folder)
    assert "these words were published as “a3” and are now “a2”" in problem
    edit(TREATY, "#a2 ", '#a2 formerly="a3" ')
    assert problems(folder) == []
    assert states(publish(folder)) == [("treaty/a2", "published", ""), ("treaty/a3", "moved", "treaty/a2")]
    assert moves(folder) == [("treaty", "a3", "treaty/a2")]
    edit(TREATY, "They shall protect victims.\n{: #a2", "States Parties shall co-operate.\n{: #a3")
    assert any("“a3” was published with different words" in one for one in problems(folder))


def test_words_that_moved_may_stand_in_a_further_place(folder: Path, edit: Edit) -> None:
    publish(folder)
    edit(TREATY, "#a2 ", '#a3 formerly="a2" ')
    path = folder / TREATY
    path.write_text(path.read_text("utf-8") + "\nThey shall protect victims.\n{: #a4 }\n", "utf-8")
    assert problems(folder) == []


def test_a_renamed_document_takes_its_ids_along(tmp_path: Path) -> None:
    def content(id: str, *passages: str, **more: object) -> Path:
        lines = [{"document": id, "id": f"p{n}", "text": text} for n, text in enumerate(passages, 1)]
        return interchange(tmp_path / "c", [{"id": id, "title": "T", **more}], lines)

    folder = content("old", LONG, "A short one.", "To be withdrawn.")
    publish(folder)
    content("new", LONG, "A short one.")
    assert any(
        "are now “new/p1”; keep the slug “old” and the id “p1”, or add “formerly: [old]”" in one
        for one in problems(folder)
    )
    content("new", LONG, "A short one.", formerly=["old"])
    assert problems(folder) == []
    found = loader.load([folder])
    assert found.moves == (Move("old", "", "new"),)
    assert [(one.passage, one.date) for one in found.withdrawn] == [("p3", "")]
    assert states(publish(folder)) == [
        ("new/p1", "published", ""),
        ("new/p2", "published", ""),
        ("old/p1", "moved", "new/p1"),
        ("old/p2", "moved", "new/p2"),
        ("old/p3", "withdrawn", ""),
    ]
    assert publish(folder) == []


def test_words_that_no_longer_match_their_id_in_a_renamed_document_are_refused(tmp_path: Path) -> None:
    def content(id: str, passages: list[dict[str, object]], **more: object) -> Path:
        lines = [{"document": id} | one for one in passages]
        return interchange(tmp_path / "c", [{"id": id, "title": "T", **more}], lines)

    first, second = {"id": "p1", "text": LONG}, {"id": "p2", "text": "Signed in two languages."}
    folder = content("old", [first, second])
    publish(folder)
    content("new", [second | {"id": "p1"}, first | {"id": "p2"}], formerly=["old"])
    assert [one.partition(": ")[2] for one in problems(folder)] == [
        "“old/p1” was published with words that differ from those of “p1”; give these a new id, and add "
        'formerly="old/p1" where the published words are',
        "“old/p2” was published with words that differ from those of “p2”; give these a new id, and add "
        'formerly="old/p2" where the published words are',
    ]
    swapped = [second | {"id": "p1", "formerly": ["old/p2"]}, first | {"id": "p2", "formerly": ["old/p1"]}]
    content("new", swapped, formerly=["old"])
    assert problems(folder) == []
    assert {(at, to) for at, state, to in states(publish(folder)) if state == "moved"} == {
        ("old/p1", "new/p2"),
        ("old/p2", "new/p1"),
    }


@pytest.mark.parametrize(
    ("former", "finding"),
    [
        ("a1", "“treaty/a1” is still in use; remove it from “formerly”"),
        ("a7", "nothing was ever published as “treaty/a7”; correct “formerly”, or remove it"),
        ("other/p1", "nothing was ever published as “other/p1”; correct “formerly”, or remove it"),
        ("a/b/c", "“a/b/c” is not a valid former id; write id or document/id"),
        (
            "a2 a2",
            "“treaty/a2” is also given as the former id of “treaty/a3”; "
            "keep it only where the published text begins",
        ),
    ],
)
def test_a_former_id_that_cannot_be_one_is_refused(
    folder: Path, edit: Edit, former: str, finding: str
) -> None:
    publish(folder)
    edit(TREATY, "#a2 ", f'#a3 formerly="a2 {former}" ')
    (problem,) = problems(folder)
    assert problem.startswith("treaty.md:")
    assert finding in problem


def test_of_two_passages_one_has_the_former_id(folder: Path, edit: Edit) -> None:
    publish(folder)
    edit(
        TREATY,
        "They shall protect victims.\n{: #a2 ",
        'They shall\n{: #a3 formerly="a2" }\n\nprotect victims.\n{: #a4 formerly="a2" ',
    )
    (problem,) = problems(folder)
    assert "treaty.md:22: “treaty/a2” is also given as the former id of “treaty/a3”" in problem


def test_a_former_id_leads_to_its_words_and_no_others(folder: Path, edit: Edit) -> None:
    publish(folder)
    edit(TREATY, 'They shall protect victims.\n{: #a2 locator="art 2" themes="cooperation" }\n', "")
    edit(TREATY, "#preamble ", '#preamble formerly="a2" ')
    (problem,) = problems(folder)
    assert (
        "treaty.md:10: “treaty/a2” was published with different words; remove it from “formerly”" in problem
    )


def test_a_passage_split_or_merged_keeps_its_former_ids(folder: Path, edit: Edit) -> None:
    publish(folder)
    edit(TREATY, "in extradition.\n", "in extradition.\nThey shall protect victims.\n")
    edit(TREATY, "{: #a1 ", '{: #a1 formerly="a2" ')
    edit(TREATY, 'They shall protect victims.\n{: #a2 locator="art 2" themes="cooperation" }\n', "")
    assert problems(folder) == []
    assert states(publish(folder)) == [("treaty/a1", "amended", ""), ("treaty/a2", "moved", "treaty/a1")]


@pytest.mark.parametrize(
    ("former", "fault"),
    [
        ("treaty", "is still in use"),
        ("gone", "nothing was ever published"),
        ("a b", "is not a valid former slug"),
    ],
)
def test_a_former_slug_that_cannot_be_one_is_refused(
    folder: Path, edit: Edit, former: str, fault: str
) -> None:
    publish(folder)
    edit(TREATY, "kind: treaty\n", f"kind: treaty\nformerly: [{former}]\n")
    found = problems(folder)
    assert all(one.startswith("treaty.md:5: ") for one in found)
    assert any(fault in one for one in found)


def test_where_nothing_was_published_a_former_id_need_not_be_known(folder: Path, edit: Edit) -> None:
    edit(TREATY, "#a2 ", '#a3 formerly="a2 older/a2" ')
    edit(TREATY, "kind: treaty\n", "kind: treaty\nformerly: [older]\n")
    assert problems(folder) == []
    assert moves(folder) == [
        ("older", "", "treaty"),
        ("older", "a2", "treaty/a3"),
        ("treaty", "a2", "treaty/a3"),
    ]


def test_a_ledger_with_faults_gives_no_faults_of_former_ids(folder: Path, edit: Edit) -> None:
    publish(folder)
    path = folder / LEDGER_FILE
    path.write_text(path.read_text("utf-8") + "{\n", "utf-8")
    edit(TREATY, "#a2 ", '#a3 formerly="a7" ')
    (problem,) = problems(folder)
    assert problem.startswith("ledger.jsonl:6: ")


def test_a_sub_point_and_its_theme_may_be_renamed(folder: Path, edit: Edit) -> None:
    publish(folder)
    edit(THEME, "slug: cooperation\n", "slug: working-together\nformerly: cooperation\n")
    edit(THEME, "{: #extradition ", '{: #handing-over formerly="cooperation/extradition" ')
    edit(TREATY, 'subpoints="cooperation/extradition"', 'subpoints="working-together/handing-over"')
    edit(TREATY, 'themes="cooperation"', 'themes="working-together"')
    assert problems(folder) == []
    moved = [(at, to) for at, status, to in states(publish(folder)) if status == "moved"]
    assert moved == [
        ("cooperation/introduction", "working-together/introduction"),
        ("cooperation/extradition", "working-together/handing-over"),
    ]


@pytest.mark.parametrize(
    ("old", "new", "finding"),
    [
        (
            "order: 1\n",
            "order: 1\nformerly: [a b]\n",
            "01-cooperation.md:6: “a b” is not a valid former slug",
        ),
        (
            "{: #extradition ",
            '{: #extradition formerly="a/b/c" ',
            "01-cooperation.md:10: “a/b/c” is not a valid former id",
        ),
    ],
)
def test_a_former_id_of_a_note_is_checked_too(
    folder: Path, edit: Edit, old: str, new: str, finding: str
) -> None:
    edit(THEME, old, new)
    (problem,) = problems(folder)
    assert problem.startswith(finding)


def test_former_ids_of_the_interchange_form_are_checked(tmp_path: Path) -> None:
    lines = [{"document": "d", "id": "p1", "text": "x", "formerly": ["p0", "c/p1"]}]
    folder = interchange(tmp_path / "c", [{"id": "d", "title": "T", "formerly": ["c"]}], lines)
    found = loader.load([folder])
    assert found.documents[0].formerly == ("c",)
    assert found.passages["d"][0].formerly == ("d/p0", "c/p1")
    assert (found.documents[0].further, found.passages["d"][0].further) == ((), ())
    (folder / "passages.jsonl").write_text(json.dumps(lines[0] | {"formerly": ["a b"]}) + "\n", "utf-8")
    (problem,) = problems(folder)
    assert problem.startswith("passages.jsonl:1: “d/a b” is not a valid former id")


KEYS = st.tuples(st.sampled_from("abc"), st.sampled_from("xyz"))
ANY = st.dictionaries(st.tuples(st.sampled_from("abc"), st.sampled_from(["", *"xyz"])), KEYS, max_size=8).map(
    lambda to: [Move(d, p, f"{e}/{q}" if p else e) for (d, p), (e, q) in to.items()]
)


@given(found=ANY, standing=st.sets(KEYS), key=KEYS)
def test_any_moves_end_and_end_where_nothing_leads_on(
    found: list[Move], standing: set[tuple[str, str]], key: tuple[str, str]
) -> None:
    onward = Moves(found, standing.__contains__)
    last = onward.target(key)
    if key in standing:
        assert last is None
    if last is not None:
        assert last != key
        assert onward.step(last) is None
        trail = [key]
        while trail[-1] != last:
            step = onward.step(trail[-1])
            assert step is not None
            trail.append(step)


def test_a_circle_of_moves_leads_nowhere() -> None:
    onward = Moves([Move("d", "a", "d/b"), Move("d", "b", "d/a")], lambda key: False)
    assert onward.target(("d", "a")) is None
    assert onward.from_document("d") == []
