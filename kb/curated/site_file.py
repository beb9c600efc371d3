"""The site file: under which title and base URL a collection is published."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from pathlib import Path

from kb.errors import Fault
from kb.files.durable import create
from kb.files.listing import is_there
from kb.formats.text_file import read_text_file
from kb.formats.yaml_nodes import YamlNode, parse_yaml, quote_yaml
from kb.messages import Message
from kb.site import NOTES_ORDERS, Site, parse_base_url

__all__ = ["SITE_FILE", "read_site", "site_files", "write_site"]

SITE_FILE = "site.yaml"
KEYS = ("title", "base_url", "sensitive_searches", "selection", "source_pages", "source_downloads", "notes")
_YES_OR_NO = ("sensitive_searches", "source_pages", "source_downloads")
_ANSWERS = {"yes": True, "no": False}
MAX_TITLE_CHARS = 200
MAX_SELECTION_CHARS = 1_000


def read_site(path: Path) -> tuple[Site, tuple[Fault, ...]]:
    """The site in a file, and its faults."""
    text, unreadable = read_text_file(path)
    if unreadable:
        return Site(), unreadable
    root, faults = parse_yaml(text, path)
    entries = root.entries or {}
    found = ((node.line, message) for key, node in entries.items() for message in _wrong(key, node))
    wrong = [Fault(path, line, message) for line, message in found]
    if faults or wrong:
        return Site(), (*faults, *wrong)
    values = {key: _folded(node) for key, node in entries.items()}
    answers = {key: _ANSWERS[values[key]] for key in _YES_OR_NO if key in values}
    notes = next((order for order in NOTES_ORDERS if order == values.get("notes")), Site().notes)
    base_url = parse_base_url(values.get("base_url", "")) or ""
    title, selection = values.get("title", ""), values.get("selection", "")
    return Site(title, base_url, selection=selection, notes=notes, **answers), ()


def site_files(folders: Sequence[Path]) -> list[Path]:
    """The site files of several folders; the first is the one that counts."""
    return [path for folder in folders if is_there(path := folder / SITE_FILE)]


def write_site(site: Site, path: Path) -> None:
    """Write a site that reads back the same."""
    usual = Site()
    given = [(key, getattr(site, key)) for key in KEYS if getattr(site, key) != getattr(usual, key)]
    lines = (f"{key}: {_written(value)}\n" for key, value in given)
    with create(path) as file:
        file.write("".join(lines).encode())


def _written(value: str | bool) -> str:
    match value:
        case bool():
            return "yes" if value else "no"
        case _:
            return quote_yaml(value)


def _folded(node: YamlNode) -> str:
    return " ".join((node.text or "").split())


def _wrong(key: str, node: YamlNode) -> Iterator[Message]:
    value = _folded(node)
    if key not in KEYS:
        yield Message("unknown-key", key=key[:80], known=", ".join(KEYS))
    elif node.text is None:
        yield Message("not-single-value", key=key)
    elif key == "title" and len(value) > MAX_TITLE_CHARS:
        yield Message("site-title-too-long", length=len(value), limit=MAX_TITLE_CHARS)
    elif key == "selection" and len(value) > MAX_SELECTION_CHARS:
        yield Message("site-text-too-long", key=key, length=len(value), limit=MAX_SELECTION_CHARS)
    elif key == "base_url" and value and not parse_base_url(value):
        yield Message("bad-base-url", value=value[:80])
    elif key in _YES_OR_NO and value not in _ANSWERS:
        yield Message("not-yes-or-no", key=key, value=value[:80])
    elif key == "notes" and value not in NOTES_ORDERS:
        yield Message("unknown-notes-order", value=value[:80], choices=" or ".join(NOTES_ORDERS))
