"""What a form asked for, in the words of the page that it was on."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence

from kb.document_edits.field_edits import field_value, texts_of
from kb.model import Document, Passage, Theme
from web.desk.presenters.document_fields import FIELDS
from web.desk.presenters.theme_names import theme_title

__all__ = ["AskedField", "asked_edit", "shown_texts"]

AskedField = tuple[str, Sequence[str]]
"""A label, and what was chosen or written there; an empty text where a field was emptied."""

_ACTIONS = {
    "merge": "Merge with next",
    "split": "Split",
    "drop": "Drop",
    "save": "Save the details of the passage",
    "heading": "Mark as heading",
    "paragraph": "Not a heading",
    "yes": "Same passage, amended",
    "no": "Different passages",
    "actions.undo": "Undo",
    "actions.redo": "Redo",
    "actions.bring_back": "Bring back a dropped passage",
    "details.save": "Save the details of the document",
    "details.ocr_checked": "Confirm that the words were compared with the pages",
}
"""Values of buttons, and endpoints of forms that have only one."""

_THEMES = {"theme": "Themes", "accept": "Accept the suggested theme", "strike": "Reject the suggested theme"}
_FIELDS = {field.name: field.label for field in FIELDS}
_LABELS = {
    "do": "Action",
    "answer": "Action",
    "old": "Earlier passage",
    "new": "New passage",
    "locator": "Locator",
    "unit": "Unit",
    **_THEMES,
    **_FIELDS,
    "confirmed": "Checked",
    "supplied": "Not stated in the source",
}
"""Every form field that an editor sees; whatever else a form sends is for the desk itself."""


def asked_edit(
    endpoint: str, form: Mapping[str, Sequence[str]], shown: Mapping[str, str], themes: Sequence[Theme]
) -> Sequence[AskedField]:
    """The fields of a form with their labels, in the order of the page.

    Those whose values are `shown`, as one text each, were not changed and are left out.
    """
    acts = [one for one in form.get("do", [endpoint]) if one in _ACTIONS]  # other edits show by their fields
    given: dict[str, Sequence[str]] = {**form, "do": acts}
    for boxes, sent_along in (("theme", "themes"), ("supplied", "guesses")):
        if sent_along in form:
            given.setdefault(boxes, [""])  # no box is ticked
    before = {} if "split" in acts else shown  # the fields of a split are those of a new passage
    return [
        (label, [_words(name, value, themes) for value in given[name]])
        for name, label in _LABELS.items()
        if given.get(name) and _text(name, given[name]) != before.get(name)
    ]


def shown_texts(document: Document, passage: Passage | None) -> Mapping[str, str]:
    """What the forms showed of a document and one of its passages, one text for each field."""
    texts = {name: texts_of(field_value(document, name)) for name in _FIELDS}
    texts["supplied"] = [name for name in document.supplied if name in _FIELDS]
    if passage:
        texts |= {"locator": [passage.locator], "unit": [passage.unit], "theme": passage.themes}
    return {name: _text(name, values) for name, values in texts.items()}


def _text(name: str, values: Iterable[str]) -> str:
    return " ".join(" ".join(sorted(values) if name in ("theme", "supplied") else values).split())


def _words(name: str, value: str, themes: Sequence[Theme]) -> str:
    if name in _THEMES:
        return theme_title(themes, value)
    if name in ("confirmed", "supplied"):
        return _FIELDS.get(value, value)
    return _ACTIONS.get(value, value) if name in ("do", "answer") else value
