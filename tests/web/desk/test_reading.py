"""Drafts and documents as the desk shows them."""

from __future__ import annotations

import threading
from pathlib import Path
from urllib.request import urlopen

import pytest
from flask.testing import FlaskClient

from kb.errors import KbError
from kb.sources.lines import Span
from tests.kb.document_edits.sample_draft import SLUG, write_draft
from tests.web.dom import page, said, select
from web.desk.cli import desk_server

ADDRESS = f"/drafts/{SLUG}"


def test_the_first_page_lists_drafts_with_what_to_look_at(editor: FlaskClient) -> None:
    tree = page(editor, "/")
    (item,) = select(tree, ".shelf > li")
    assert said(select(item, "h3")[0]) == "Report on fees"
    assert [said(one) for one in select(item, ".look-at li")] == [
        "Guessed or supplied: kind",
        "4 without a theme",
    ]
    assert "No documents have been accepted yet" in said(tree)


def test_an_empty_folder_says_how_drafts_are_made(editor: FlaskClient, folder: Path) -> None:
    (folder / f"drafts/{SLUG}.md").unlink()
    assert "kb add report.pdf --content" in said(page(editor, "/"))


def test_a_document_shows_its_passages_beside_the_lines_that_they_are_made_of(editor: FlaskClient) -> None:
    tree = page(editor, ADDRESS)
    assert [said(select(one, "h2")[0]) for one in select(tree, ".card")] == [
        "para 1 page 1",
        "para 2 page 1",
        "para 3 page 2",
        "para 4 page 2",
    ]
    assert said(select(tree, ".source-pane h2")[0]) == "Page 1 of the source"
    assert [said(one) for one in select(tree, ".source-pane mark")] == [
        "Most workers said that they had paid fees, and that",
        "recruiters never gave them a receipt.",
    ]


def test_the_source_beside_a_passage_is_its_own_even_where_another_has_the_same_words(
    editor: FlaskClient,
) -> None:
    tree = page(editor, f"{ADDRESS}?at=p4")
    (line,) = select(tree, ".source-pane .of-passage")
    assert said(line).startswith("4. States")


def test_words_that_are_not_in_the_source_are_marked(editor: FlaskClient, folder: Path) -> None:
    path = folder / f"drafts/{SLUG}.md"
    path.write_text(
        path.read_text(encoding="utf-8").replace("Nobody knew", "Somebody knew"), encoding="utf-8"
    )
    tree = page(editor, f"{ADDRESS}?at=p2")
    assert [one.get("id") for one in select(tree, ".card") if "Not word for word" in said(one)] == ["p2"]
    assert "not in the source" in said(select(tree, ".source-pane")[0])


def test_mistakes_of_a_file_are_told_with_their_lines(editor: FlaskClient, folder: Path) -> None:
    with (folder / f"drafts/{SLUG}.md").open("a", encoding="utf-8") as file:
        file.write("\nNo id\n")
    said_so = said(select(page(editor, ADDRESS), ".reason")[0])
    assert "Line 23: this passage has no id" in said_so


def test_long_documents_are_shown_in_pages(editor: FlaskClient, folder: Path) -> None:
    lines = [(f"Line {number} of many", 1) for number in range(70)]
    write_draft(folder, "long", [(f"p{n}", "", (Span(n, 0, 12),)) for n in range(70)], lines)
    tree = page(editor, "/drafts/long?at=p65")
    assert [one.get("id") for one in select(tree, ".card")] == [f"p{n}" for n in range(60, 70)]
    assert "Page 3 of 3" in said(tree)
    for number in ("0", "-1", "99", "x"):
        assert editor.get(f"/drafts/long?page={number}").status_code == 200


@pytest.mark.parametrize(
    "address", ["/drafts/none", "/documents/fees-report", "/drafts/..", "/drafts/%2e%2e%2fx", "/sources/x"]
)
def test_what_is_not_there_is_not_found(editor: FlaskClient, address: str) -> None:
    assert editor.get(address).status_code == 404


def test_a_link_out_of_the_folder_is_not_followed(editor: FlaskClient, folder: Path, tmp_path: Path) -> None:
    (tmp_path / "elsewhere.md").write_text("---\nslug: x\n---\nSecret words.\n{: #p1 }\n", encoding="utf-8")
    (folder / "drafts/linked.md").symlink_to(tmp_path / "elsewhere.md")
    assert "Secret" not in editor.get("/drafts/linked").text
    assert editor.get("/").status_code == 200


def test_the_server_listens_at_this_computer_alone(folder: Path) -> None:
    server, access = desk_server(folder, 0)
    with server:
        thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.01})
        thread.start()
        try:
            assert server.server_address == ("127.0.0.1", access.port)
            with urlopen(access.address) as answer:  # noqa: S310
                assert answer.status == 200
            with pytest.raises(KbError, match="port"):
                desk_server(folder, access.port)
        finally:
            server.shutdown()
            thread.join()
