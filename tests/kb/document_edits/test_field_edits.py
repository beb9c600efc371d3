"""Fields of a document changed as an editor would by hand: one line each, and no other."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kb.document_edits.document_state import DocumentState, EditRefused
from kb.document_edits.field_edits import edit_fields, field_value, texts_of
from kb.document_edits.open_document import OpenDocument, open_document

WRITTEN = """---
slug: report
# a remark on the title
title: "A report: on fees"   # a remark on its line
kind: report
issuers:
  - First body
  - Second body
# a remark on the authors
authors: [{family: Gallagher, given: Anne T.}, "King, Martin Luther, Jr."]
date: "2015"
symbol: A/61/122
supplied: [kind, date]
remarks: kept
---
Words.
{: #p1 }
"""


SHOWN = ("title", "kind", "issuers", "authors", "date", "symbol", "language", "place", "supplied")


def opened(text: str = WRITTEN) -> OpenDocument:
    path = Path("report.md")
    return open_document(DocumentState(text.encode()), path, path)


def edited(text: str = WRITTEN, **values: str | Sequence[str]) -> str:
    return edit_fields(opened(text), values).markdown.decode()


def test_only_the_lines_of_the_fields_that_change_are_written() -> None:
    assert edited(kind="UN document") == WRITTEN.replace("kind: report", "kind: UN document")
    assert edited(issuers=["Third: body"]) == WRITTEN.replace(
        "issuers:\n  - First body\n  - Second body\n", 'issuers: ["Third: body"]\n'
    )
    assert edited(place="Bangkok") == WRITTEN.replace("remarks: kept\n", "remarks: kept\nplace: Bangkok\n")
    assert edited(symbol="") == WRITTEN.replace("symbol: A/61/122\n", "")
    assert edited(date="2016-03", supplied=[]) == WRITTEN.replace('"2015"', '"2016-03"').replace(
        "supplied: [kind, date]\n", ""
    )


def test_what_a_form_gives_back_as_it_showed_it_changes_nothing() -> None:
    document = opened().document
    shown = {name: texts_of(field_value(document, name)) for name in SHOWN}
    lists = {"issuers", "authors", "supplied"}
    given = {name: texts if name in lists else " ".join(texts) for name, texts in shown.items()}
    assert edited(**given) == WRITTEN


def test_lines_of_windows_stay_so() -> None:
    text = WRITTEN.replace("\n", "\r\n")
    assert edited(text, kind="treaty") == text.replace("kind: report", "kind: treaty")


@pytest.mark.parametrize(
    ("values", "reason"),
    [
        ({"date": "in spring"}, "in spring"),
        ({"title": " "}, "title"),
        ({"kind": "note"}, "note"),
        ({"language": "english"}, "english"),
        ({"supplied": ["colour"]}, "colour"),
    ],
)
def test_a_value_that_a_build_would_refuse_is_refused_with_the_reason(
    values: dict[str, str | list[str]], reason: str
) -> None:
    with pytest.raises(EditRefused, match=reason):
        edited(**values)


@given(st.dictionaries(st.sampled_from(["title", "place", "licence", "symbol"]), st.text(max_size=40)))
def test_any_text_is_read_back_as_it_was_given(values: dict[str, str]) -> None:
    try:
        text = edited(**values)
    except EditRefused:
        return
    document = opened(text).document
    for name, value in values.items():
        assert field_value(document, name) == " ".join(value.split())
