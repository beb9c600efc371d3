"""Comments after fields of front matter are read as YAML defines them."""

from __future__ import annotations

from kb.curated.document_file import dump_document
from kb.formats.front_matter import field_comments
from kb.model import Document


def test_comments_are_read_back_by_the_field_they_are_behind() -> None:
    document = Document(
        "a", "Fees # guessed", kind="report", issuers=("Aid # 1", "B"), further=(("symbol", "A/1/2"),)
    )
    comments = {"title": "found on page 1", "issuers": "guessed", "symbol": "found # twice"}
    assert field_comments(dump_document(document, (), comments)) == comments


def test_a_comment_sign_within_a_value_begins_no_comment() -> None:
    text = "---\ntitle: 'a # guessed'\nkind: C#  #\nplace: x#y\n# guessed\nlist: [a, b] # guessed it\n---\n"
    assert field_comments(text) == {"list": "guessed it"}


def test_a_file_without_front_matter_has_none() -> None:
    assert field_comments("words: 1 # guessed") == {}
