"""Actions on passages as an editor's browser sends them."""

from __future__ import annotations

from pathlib import Path

import pytest
from flask.testing import FlaskClient
from lxml.html import HtmlElement
from werkzeug.test import TestResponse

from kb.model import Document, Passage
from tests.kb.document_edits.sample_draft import SLUG
from tests.web.dom import one, page, said, select, texts, tree_of
from web.desk.presenters.asked_edit import asked_edit, shown_texts

ADDRESS = f"/drafts/{SLUG}"
OWN = {"Origin": "http://127.0.0.1:8123"}


def fields(tree: HtmlElement, action: str) -> dict[str, str]:
    """The hidden fields of the first form that leads there."""
    form = select(tree, f'form[action="{action}"]')[0]
    return {field.get("name", ""): field.get("value", "") for field in select(form, 'input[type="hidden"]')}


def sent(editor: FlaskClient, place: str, **values: str | list[str]) -> TestResponse:
    """A form of the document's page, filled in and sent."""
    action = f"{ADDRESS}/{place}"
    hidden = fields(page(editor, f"{ADDRESS}?at=p2"), action)
    return editor.post(action, headers=OWN, data={**hidden, **values})


def cards(editor: FlaskClient) -> list[str | None]:
    return [card.get("id") for card in select(page(editor, ADDRESS), ".card")]


def test_an_action_leads_back_to_its_passage_and_can_be_undone(editor: FlaskClient, folder: Path) -> None:
    path = folder / f"drafts/{SLUG}.md"
    before = path.read_bytes()
    merged = sent(editor, "passages/p1", do="merge")
    assert (merged.status_code, merged.headers["Location"]) == (303, f"{ADDRESS}?at=p1#p1")
    tree = page(editor, ADDRESS)
    assert cards(editor) == ["p1", "p3", "p4"]
    assert said(select(tree, ".history button")[0]) == "Undo: Merged p1 with the passage after it"
    assert sent(editor, "undo", at="p1").status_code == 303
    assert path.read_bytes() == before
    assert sent(editor, "redo", at="").headers["Location"] == ADDRESS
    assert cards(editor) == ["p1", "p3", "p4"]


def test_a_passage_is_split_at_the_word_that_is_chosen(editor: FlaskClient) -> None:
    tree = page(editor, f"{ADDRESS}/passages/p2/split")
    words = select(tree, ".splitting button")
    (nobody,) = (word for word in words if said(word) == "Nobody")
    hidden = fields(tree, f"{ADDRESS}/passages/p2")
    form = {**hidden, "offset": nobody.get("value", ""), "locator": "para 2 bis"}
    assert editor.post(f"{ADDRESS}/passages/p2", headers=OWN, data=form).status_code == 303
    assert cards(editor) == ["p1", "p2", "p2-2", "p3", "p4"]


def test_details_are_saved_and_themes_can_be_taken_away(editor: FlaskClient, folder: Path) -> None:
    path = folder / f"drafts/{SLUG}.md"
    sent(
        editor, "passages/p2", do="save", locator="para 2(a)", unit="article", themes="1", theme=["work/fees"]
    )
    line = '{: #p2 locator="para 2(a)" unit="article" subpoints="work/fees" }'
    assert line in path.read_text(encoding="utf-8")
    tree = page(editor, f"{ADDRESS}?at=p2")
    assert texts(one(tree, "#p2"), ".tags li") == ["Work", "Fees"]
    sent(editor, "passages/p2", do="save", locator="para 2(a)", unit="article", themes="1")
    assert "work/fees" not in path.read_text(encoding="utf-8")


def test_a_dropped_passage_comes_back_with_its_locator_and_themes(editor: FlaskClient, folder: Path) -> None:
    sent(editor, "passages/p2", do="save", locator="para 2(a)", themes="1", theme="work/wages")
    before = (folder / f"drafts/{SLUG}.md").read_bytes()
    sent(editor, "passages/p2", do="drop")
    assert cards(editor) == ["p1", "p3", "p4"]
    assert texts(page(editor, ADDRESS), ".dropped h2") == ["Dropped (1)"]
    sent(editor, "bring-back/p2")
    assert (folder / f"drafts/{SLUG}.md").read_bytes() == before


def test_a_change_by_hand_is_shown_and_never_overwritten(editor: FlaskClient, folder: Path) -> None:
    path = folder / f"drafts/{SLUG}.md"
    action = f"{ADDRESS}/passages/p1"
    form = {**fields(page(editor, ADDRESS), action), "do": "merge"}
    by_hand = path.read_text(encoding="utf-8").replace("para 4", "para 4 <bis>")
    path.write_text(by_hand, encoding="utf-8")
    conflict = editor.post(action, headers=OWN, data=form)
    tree = tree_of(conflict)
    assert conflict.status_code == 409
    assert path.read_text(encoding="utf-8") == by_hand
    assert "para 4 <bis>" in said(one(tree, ".changed-lines"))
    again = editor.post(action, headers=OWN, data=fields(tree, action))
    assert again.status_code == 303
    text = path.read_text(encoding="utf-8")
    assert "para 4 <bis>" in text
    assert "#p2" not in text


@pytest.mark.parametrize("do", ["merge", "drop", "save", "split", "heading", ""])
def test_an_action_on_what_is_not_there_is_refused(editor: FlaskClient, folder: Path, do: str) -> None:
    before = (folder / f"drafts/{SLUG}.md").read_bytes()
    hidden = fields(page(editor, ADDRESS), f"{ADDRESS}/passages/p1")
    for place in (f"{ADDRESS}/passages/p99", f"{ADDRESS}/passages/..", "/drafts/none/passages/p1"):
        answer = editor.post(place, headers=OWN, data={**hidden, "do": do, "offset": "x"})
        assert answer.status_code in (400, 404, 422)
    assert (folder / f"drafts/{SLUG}.md").read_bytes() == before


def test_why_an_action_is_refused_is_said(editor: FlaskClient) -> None:
    sent(editor, "passages/p3", do="heading")
    refused = sent(editor, "passages/p2", do="merge")
    assert refused.status_code == 422
    assert "a heading and a passage cannot be merged" in said(tree_of(refused))


def test_a_folder_that_cannot_be_written_to_loses_nothing(
    editor: FlaskClient, folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = folder / f"drafts/{SLUG}.md"
    before = path.read_bytes()
    hidden = fields(page(editor, ADDRESS), f"{ADDRESS}/passages/p1")

    def full(*_: object) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr("kb.document_edits.document_state.write_synced", full)
    answer = editor.post(f"{ADDRESS}/passages/p1", headers=OWN, data={**hidden, "do": "merge"})
    assert answer.status_code >= 400
    assert "No space left" in said(tree_of(answer))
    assert path.read_bytes() == before


def test_what_a_form_did_not_change_stays_as_it_was_changed_by_hand(
    editor: FlaskClient, folder: Path
) -> None:
    path = folder / f"drafts/{SLUG}.md"
    action = f"{ADDRESS}/passages/p2"
    form = {**fields(page(editor, f"{ADDRESS}?at=p2"), action), "do": "save"}
    details = select(page(editor, f"{ADDRESS}?at=p2"), "form.details")[0]
    form |= {one.get("name", ""): one.get("value", "") for one in select(details, 'input[type="hidden"]')}
    form |= {"locator": "para 2", "unit": "article"}
    by_hand = path.read_text(encoding="utf-8").replace('"para 2"', '"para 2 bis"')
    path.write_text(by_hand, encoding="utf-8")
    conflict = tree_of(editor.post(action, headers=OWN, data=form))
    assert texts(conflict, ".facts dt") == ["Action", "Unit"]
    assert texts(conflict, ".facts dd") == ["Save the details of the passage", "article"]
    assert editor.post(action, headers=OWN, data=fields(conflict, action)).status_code == 303
    assert '#p2 locator="para 2 bis" unit="article"' in path.read_text(encoding="utf-8")


@pytest.mark.parametrize(
    ("where", "given", "asked"),
    [
        ("undo", {"at": "p2"}, [("Action", "Undo")]),
        ("passages/p2", {"do": "heading", "then": "p1"}, [("Action", "Mark as heading")]),
        ("passages/p2", {"do": "suggestions", "accept": "work/fees"},
         [("Accept the suggested theme", "Fees")]),
        ("passages/p2", {"do": "save", "locator": "", "themes": "1", "theme": ["work", "work/fees"]},
         [("Action", "Save the details of the passage"), ("Locator", "(empty)"), ("Themes", "Work Fees")]),
        ("pairs", {"old": "p1", "new": "p2", "answer": "no"},
         [("Action", "Different passages"), ("Earlier passage", "p1"), ("New passage", "p2")]),
        ("details", {"title": "Other", "kind": "report", "guesses": "1", "supplied": ["date"]},
         [("Action", "Save the details of the document"), ("Title", "Other"),
          ("Not stated in the source", "Date")]),
        ("details", {"guesses": "1"},
         [("Action", "Save the details of the document"), ("Not stated in the source", "(empty)")]),
        ("passages/p2", {"do": "split", "offset": "3", "locator": "para 2"},
         [("Action", "Split"), ("Locator", "para 2")]),
    ],
)  # fmt: skip
def test_a_conflict_says_what_was_asked_for_as_its_page_said_it(
    editor: FlaskClient,
    folder: Path,
    where: str,
    given: dict[str, str | list[str]],
    asked: list[tuple[str, str]],
) -> None:
    hidden = fields(page(editor, f"{ADDRESS}?at=p2"), f"{ADDRESS}/passages/p2")
    hidden = {name: hidden[name] for name in ("form_code", "state")}
    path = folder / f"drafts/{SLUG}.md"
    path.write_text(path.read_text(encoding="utf-8").replace("para 4", "para 4 bis"), encoding="utf-8")
    answer = editor.post(f"{ADDRESS}/{where}", headers=OWN, data={**hidden, **given})
    assert answer.status_code == 409
    facts = one(tree_of(answer), ".facts")
    rows: list[tuple[str, list[str]]] = []
    for cell in facts:
        rows += [(said(cell), [])] if cell.tag == "dt" else []
        rows[-1][1].extend([said(cell)] if cell.tag == "dd" else [])
    assert [(label, " ".join(values)) for label, values in rows] == asked


def test_boxes_in_another_order_were_not_changed() -> None:
    document = Document("x", "X", "report", supplied=("place", "date", "footnotes"))
    shown = shown_texts(document, Passage("x", "p1", "Words.", themes=("b", "a")))
    form = {"guesses": ["1"], "supplied": ["date", "place"], "themes": ["1"], "theme": ["a", "b"]}
    assert asked_edit("", form, shown, ()) == []
    cleared = asked_edit("", {"guesses": ["1"], "themes": ["1"]}, shown, ())
    assert cleared == [("Themes", [""]), ("Not stated in the source", [""])]


@pytest.mark.parametrize(
    "content",
    [
        b"",
        b"\xff\xfe\x00",
        b"---\n",
        b"---\nslug: [a]\n---\n",
        b"---\nslug: fees-report\ntitle: x\nkind: report\n---\n{: #p1 }\n",
        b"---\nslug: ../../x\ntitle: x\nkind: report\n---\nWords\n{: #p1 }\n",
        b"---\nslug: x\ntitle: '<script>1</script>'\nkind: report\n---\n<script>\n{: #p1 locator=\"<b>\" }\n",
        b"\x00" * 100,
    ],
)
def test_any_file_among_the_drafts_is_shown_or_said_to_be_wrong(
    editor: FlaskClient, folder: Path, content: bytes
) -> None:
    (folder / f"drafts/{SLUG}.md").write_bytes(content)
    (folder / "drafts/folder.md").mkdir()
    for address in ("/", ADDRESS, f"{ADDRESS}/details", "/check", f"{ADDRESS}/passages/p1/split"):
        answer = editor.get(address)
        assert answer.status_code in (200, 404, 409), address
        assert "<script>" not in answer.text
    assert (folder / f"drafts/{SLUG}.md").read_bytes() == content
