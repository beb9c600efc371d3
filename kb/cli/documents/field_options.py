"""Options of `kb add` that supply fields: what the editor knows and the file does not say."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from pathlib import Path
from typing import Any, TypeVar

import click

from kb.curated.document_file import check_document
from kb.editing.new_slugs import may_be_chosen
from kb.errors import BadRequest
from kb.files.device_names import is_device_name
from kb.files.listing import is_folder
from kb.messages import Message
from kb.model import Document

__all__ = ["chosen_slug", "field_options", "supplied_fields"]

Command = TypeVar("Command", bound=Callable[..., Any])

_OPTIONS: Mapping[str, tuple[str, str]] = {
    "title": ("TITLE", "The title of the document; only with a single FILE."),
    "date": ("DATE", "Its date: 2015, 2015-03, 2015-03-25."),
    "issuer": ("BODY", "A body that issued it; may be given several times."),
    "symbol": ("SYMBOL", "Its United Nations document symbol; only with a single FILE."),
    "language": ("TAG", "Its language: en, fr, th, zh-Hant."),
    "kind": ("KIND", "Its kind: report, case, treaty or another."),
}
_FIELDS = {"issuer": "issuers"}
_OF_ONE_FILE = ("title", "symbol")


def field_options(command: Command) -> Command:
    """Adds the options; the command receives each as a tuple of texts."""
    for name, (metavar, text) in reversed([*_OPTIONS.items()]):
        command = click.option(f"--{name}", multiple=name == "issuer", metavar=metavar, help=text)(command)
    return command


def supplied_fields(given: Mapping[str, Any], files: Sequence[str]) -> dict[str, tuple[str, ...]]:
    """The fields that options supply, by name. Raises BadRequest for a value that no document may have."""
    found: dict[str, tuple[str, ...]] = {}
    for option in _OPTIONS:
        value = given.get(option)
        texts = tuple(
            filter(None, (one.strip() for one in ((value,) if isinstance(value, str) else value or ())))
        )
        if texts:
            found[_FIELDS.get(option, option)] = texts
    for option in _OF_ONE_FILE:
        if option in found:
            _require_one_file(option, files)
    _check(found)
    return found


def chosen_slug(slug: str | None, files: Sequence[str]) -> str:
    """The slug for a single file; empty if none is given. Raises BadRequest for one that cannot be chosen."""
    if slug is None:
        return ""
    _require_one_file("slug", files)
    if is_device_name(slug):
        raise BadRequest("--slug", Message("slug-of-device", slug=slug[:80]))
    if not may_be_chosen(slug):
        raise BadRequest("--slug", Message("slug-form", slug=slug[:80]))
    return slug


def _require_one_file(option: str, files: Sequence[str]) -> None:
    if len(files) > 1 or is_folder(Path(files[0])):
        raise BadRequest(f"--{option}", Message("field-of-several-files", field=option))


def _check(found: Mapping[str, tuple[str, ...]]) -> None:
    first = {name: texts[0] for name, texts in found.items()}
    tried = Document("", "", date=first.get("date", ""), language=first.get("language", ""))
    for name, message in check_document(tried):
        raise BadRequest(f"--{name}", message)
