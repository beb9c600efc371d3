"""Details of a document, and the buttons that accept, check and publish."""

from __future__ import annotations

from pathlib import Path

from flask.testing import FlaskClient
from werkzeug.test import TestResponse

from tests.kb.document_edits.sample_draft import SLUG
from tests.web.desk.test_actions import ADDRESS, OWN, fields
from tests.web.dom import attributes, one, page, said, select, text_of, tree_of

DETAILS = f"{ADDRESS}/details"


def sent(editor: FlaskClient, shown: str, action: str, **values: str | list[str]) -> TestResponse:
    return editor.post(action, headers=OWN, data={**fields(page(editor, shown), action), **values})


def test_details_are_written_as_an_editor_would(editor: FlaskClient, folder: Path) -> None:
    path = folder / f"drafts/{SLUG}.md"
    before = path.read_text(encoding="utf-8")
    tree = page(editor, DETAILS)
    assert attributes(tree, '[name="title"]', "value") == ["Report on fees"]
    assert [
        box.get("value") for box in select(tree, '[name="supplied"]') if box.get("checked") is not None
    ] == ["kind"]
    given = {
        "title": "Report on fees",
        "kind": "UN document",
        "issuers": "One body\r\nAnother, of course\r\n",
    }
    saved = sent(editor, DETAILS, DETAILS, **given, supplied=["kind", "issuers"])
    assert saved.headers["Location"] == ADDRESS
    assert path.read_text(encoding="utf-8") == before.replace("kind: report", "kind: UN document").replace(
        "supplied: [kind]\n", 'supplied: [kind, issuers]\nissuers: [One body, "Another, of course"]\n'
    )
    assert "Undo: Changed the details of the document" in text_of(editor, ADDRESS)


def test_details_that_a_build_would_refuse_are_refused_with_the_reason(
    editor: FlaskClient, folder: Path
) -> None:
    before = (folder / f"drafts/{SLUG}.md").read_bytes()
    refused = sent(editor, DETAILS, DETAILS, title="Report", kind="report", date="last spring")
    assert refused.status_code == 422
    assert "last spring" in said(tree_of(refused))
    assert (folder / f"drafts/{SLUG}.md").read_bytes() == before


def test_a_draft_is_accepted_published_and_its_history_goes_with_it(
    editor: FlaskClient, folder: Path
) -> None:
    sent(editor, ADDRESS, f"{ADDRESS}/passages/p1", do="merge")
    accepted = sent(editor, ADDRESS, "/accept", slug=SLUG)
    assert (accepted.status_code, accepted.headers["Location"]) == (303, f"/documents/{SLUG}")
    document = page(editor, f"/documents/{SLUG}")
    assert "Undo: Merged p1" in said(document)
    assert select(document, f'form[action="/documents/{SLUG}/take-back"]')
    publication = page(editor, "/publish")
    assert len(select(publication, "tbody tr")) == 6  # three passages, and three of the theme
    done = sent(editor, "/publish", "/publish")
    assert "6" in said(one(tree_of(done), "main"))
    assert "Nothing to publish" in text_of(editor, "/publish")
    assert not select(page(editor, f"/documents/{SLUG}"), f'form[action="/documents/{SLUG}/take-back"]')
    assert editor.post(f"/documents/{SLUG}/take-back", headers=OWN, data={}).status_code == 403


def test_an_accepted_document_goes_back_to_the_drafts_until_it_is_published(
    editor: FlaskClient, folder: Path
) -> None:
    before = (folder / f"drafts/{SLUG}.md").read_bytes()
    sent(editor, ADDRESS, "/accept", slug=SLUG)
    back = sent(editor, f"/documents/{SLUG}", f"/documents/{SLUG}/take-back")
    assert back.headers["Location"] == ADDRESS
    assert (folder / f"drafts/{SLUG}.md").read_bytes() == before


def test_what_hinders_a_draft_is_said_with_the_passage(editor: FlaskClient, folder: Path) -> None:
    path = folder / f"drafts/{SLUG}.md"
    path.write_text(path.read_text(encoding="utf-8").replace("Nobody knew", "All knew"), encoding="utf-8")
    refused = tree_of(sent(editor, ADDRESS, "/accept", slug=SLUG))
    assert path.exists()
    assert attributes(one(refused, ".faulty li"), "a", "href") == [f"{ADDRESS}?at=p2#p2"]
    assert "All" in said(one(refused, ".faulty li"))
    assert attributes(page(editor, "/check"), ".faulty li a", "href") == [f"{ADDRESS}?at=p2#p2"]


def test_nothing_is_published_but_what_was_shown(editor: FlaskClient, folder: Path) -> None:
    sent(editor, ADDRESS, "/accept", slug=SLUG)
    form = fields(page(editor, "/publish"), "/publish")
    path = folder / f"documents/{SLUG}.md"
    path.write_text(path.read_text(encoding="utf-8").replace("#p4", "#p44"), encoding="utf-8")
    refused = editor.post("/publish", headers=OWN, data=form)
    assert refused.status_code == 409
    assert "changed since this page was opened" in said(tree_of(refused))
    assert not (folder / "ledger.jsonl").exists()


def test_check_says_that_all_is_well(editor: FlaskClient) -> None:
    words = text_of(editor, "/check")
    assert "The drafts have none either" in words
    assert "1 theme" in words


def test_a_guess_is_shown_until_it_is_confirmed_or_changed(editor: FlaskClient, folder: Path) -> None:
    path = folder / f"drafts/{SLUG}.md"
    before = path.read_text(encoding="utf-8")
    guess = "title: Report on fees  # guessed from the file's name\n"
    path.write_text(before.replace("title: Report on fees\n", guess), encoding="utf-8")
    assert "Guessed or supplied: kind, title" in text_of(editor, "/")
    assert "Guessed from the file's name" in text_of(editor, DETAILS)
    sent(editor, DETAILS, DETAILS, title="Report on fees", supplied="kind", confirmed="title")
    assert path.read_text(encoding="utf-8") == before
    assert "Guessed or supplied: kind, title" not in text_of(editor, "/")


def test_somebody_says_that_words_read_by_ocr_were_checked(editor: FlaskClient, folder: Path) -> None:
    path = folder / f"drafts/{SLUG}.md"
    before = path.read_text(encoding="utf-8")
    path.write_text(before.replace("supplied:", "ocr: unchecked\nsupplied:"), encoding="utf-8")
    assert "read by OCR and nobody has checked them" in text_of(editor, ADDRESS)
    sent(editor, ADDRESS, f"{ADDRESS}/ocr-checked")
    assert "ocr: checked\n" in path.read_text(encoding="utf-8")
    assert "read by OCR and nobody" not in text_of(editor, ADDRESS)
