"""Changes the fields of a document: the lines of changed fields are rewritten, all others kept."""

from __future__ import annotations

import re
from collections.abc import Collection, Mapping, Sequence
from dataclasses import fields
from types import MappingProxyType

from kb.curated.document_file import NAME_FIELDS, field_line, parse_document
from kb.document_edits.document_state import DocumentState, EditRefused
from kb.document_edits.open_document import OpenDocument, bare
from kb.editing.versions.passage_pairs import PAIRS_KEY, Answer
from kb.errors import Fault
from kb.formats.front_matter import FENCE
from kb.formats.text_file import decode_text
from kb.messages import Message
from kb.model import Document
from kb.sources.person_name import PersonName, parse_name

__all__ = ["FieldValue", "edit_fields", "edit_pair", "field_value", "texts_of"]

FieldValue = str | tuple[str, ...] | tuple[PersonName, ...]
_KEY = re.compile(r"""(["']?)([^\s"'#:-][^"':]*)\1[ \t]*:(?=\s|$)""")


def field_value(document: Document, name: str) -> FieldValue:
    """The value of a field, empty where the document has none."""
    if name in {one.name for one in fields(Document)}:
        value: FieldValue = getattr(document, name)
        return value
    return dict(document.further).get(name, "")


def edit_fields(
    open_: OpenDocument, given: Mapping[str, str | Sequence[str]], confirmed: Collection[str] = ()
) -> DocumentState:
    """The files with new values for some fields: a text, or several texts if a field is a list.

    Fields that change or are `confirmed` lose the comment that says where `kb add` found them.
    Raises EditRefused for an invalid value, saying what is wrong with it.
    """
    if open_.faults:
        raise EditRefused(Message("edit-file-has-faults"))
    changed = {
        name: _value(name, value)
        for name, value in given.items()
        if _texts(value) != texts_of(field_value(open_.document, name))
    }
    changed |= {name: field_value(open_.document, name) for name in confirmed if name not in changed}
    lines = list(open_.lines)
    for name, value in changed.items():
        _put(lines, name, field_line(name, value) + open_.line_end if value else "")
    markdown = open_.with_lines(tuple(lines))
    _check(open_, markdown, changed)
    return DocumentState(markdown, open_.state.extract)


def edit_pair(open_: OpenDocument, old: str, new: str, answer: Answer) -> DocumentState:
    """The files with an answer to whether the new passage is the old one. Raises EditRefused."""
    asked = re.compile(rf"({re.escape(old)}\s*=\s*{re.escape(new)}\s+)(\?|yes|no)(?![\w-])", re.I)
    end = next((n for n, line in enumerate(open_.lines) if n and bare(line) == FENCE), 0)
    at = next((n for n in range(end) if asked.search(open_.lines[n])), None)
    if at is None or open_.faults:
        raise EditRefused(Message("edit-no-pair"))
    line = asked.sub(lambda found: found[1] + answer, open_.lines[at], count=1)
    markdown = open_.with_lines((*open_.lines[:at], line, *open_.lines[at + 1 :]))
    _check(open_, markdown, {})
    return DocumentState(markdown, open_.state.extract)


def _value(name: str, given: str | Sequence[str]) -> FieldValue:
    if isinstance(given, str):
        return " ".join(given.split())
    texts = tuple(_texts(given))
    return tuple(map(parse_name, texts)) if name in NAME_FIELDS else texts


def _texts(given: str | Sequence[str]) -> Sequence[str]:
    items = (given,) if isinstance(given, str) else given
    return [text for one in items if (text := " ".join(one.split()))]


def _put(lines: list[str], name: str, line: str) -> None:
    """Replaces the field's lines with this one; a new field goes last, and an empty line removes them."""
    closing = next(n for n, one in enumerate(lines) if n and bare(one) == FENCE)
    keys = {n: key[2] for n in range(1, closing) if (key := _KEY.match(lines[n]))}
    start = next((n for n, key in keys.items() if key.strip() == name), closing)
    end = next((n for n in (*keys, closing) if n > start), closing) if start < closing else closing
    while end > start + 1 and lines[end - 1].startswith("#"):  # a comment on the next field
        end -= 1
    lines[start:end] = [line] if line else []


def _check(open_: OpenDocument, markdown: bytes, changed: Mapping[str, FieldValue]) -> None:
    """Raises EditRefused if the file does not read as the document with these fields."""
    path = open_.document.path
    text, faults = decode_text(markdown, path)
    document, passages, wrong = parse_document(text, path)
    if found := (*faults, *wrong):
        raise EditRefused(_said(found[0]))
    others = [one.name for one in fields(Document) if one.name not in ("further", *changed)]
    kept = all(getattr(document, name) == getattr(open_.document, name) for name in others)
    kept &= _further(document) == _further(open_.document, changed)
    as_given = all(field_value(document, name) == value for name, value in changed.items())
    if not (kept and as_given and passages == open_.passages):
        raise EditRefused(Message("edit-not-readable"))


def _further(
    document: Document, changed: Mapping[str, FieldValue] = MappingProxyType({})
) -> Mapping[str, object]:
    """The fields that are not attributes of `Document` and have a value, except a new version's pairs."""
    known = {one.name for one in fields(Document)}
    values = {**dict(document.further), **{key: one for key, one in changed.items() if key not in known}}
    return {key: value for key, value in values.items() if value and key != PAIRS_KEY}


def _said(fault: Fault) -> Message:
    return Message("edit-bad-field", problem=fault.problem, remedy=fault.remedy)


def texts_of(value: FieldValue) -> Sequence[str]:
    """The items of a field as a form shows them, a name as `Family, Given`."""
    items = (value,) if isinstance(value, str) else value
    return [one if isinstance(one, str) else _name(one) for one in items if one]


def _name(name: PersonName) -> str:
    return name.literal or ", ".join(filter(None, (name.family, name.given, name.suffix)))
