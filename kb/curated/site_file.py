"""The site file: how a collection is published, key by key."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from pathlib import Path

from kb.curated.site_values.readers import (
    MAX_TITLE_CHARS,
    Reader,
    Remark,
    base_url,
    contact,
    example,
    language,
    list_of,
    mail,
    one_of,
    read_values,
    text_up_to,
    title,
    web_page,
    yes_or_no,
)
from kb.errors import Fault
from kb.files.durable import create
from kb.files.listing import is_there
from kb.formats.text_file import read_text_file
from kb.formats.yaml_nodes import YamlNode, parse_yaml, quote_yaml
from kb.messages import Message
from kb.site import ENGINES, NOTES_ORDERS, HelpPanel, Site

__all__ = ["HELP_KEYS", "KEYS", "MAX_TITLE_CHARS", "SITE_FILE", "read_site", "site_files", "write_site"]

SITE_FILE = "site.yaml"
MAX_SHORT_NAME_CHARS = 40
MAX_HEADLINE_CHARS = 100
MAX_LEAD_CHARS = 300
MAX_SELECTION_CHARS = 1_000
MAX_EXAMPLES = 6
MAX_LANGUAGES = 50


def read_site(path: Path) -> tuple[Site, tuple[Fault, ...]]:
    """The site in a file, and its faults."""
    text, unreadable = read_text_file(path)
    if unreadable:
        return Site(), unreadable
    root, faults = parse_yaml(text, path)
    values, wrong = read_values(root.entries or {}, _READERS)
    if faults or wrong:
        return Site(), (*faults, *(Fault(path, line, message) for line, message in wrong))
    return Site(**values), ()


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


def _written(value: str | bool | tuple[str, ...] | HelpPanel) -> str:
    match value:
        case bool():
            return "yes" if value else "no"
        case HelpPanel():
            given = ((key, getattr(value, key)) for key in HELP_KEYS)
            return "".join(f"\n  {key}: {quote_yaml(text)}" for key, text in given if text)
        case tuple():
            return "".join(f"\n  - {quote_yaml(each)}" for each in value)
        case _:
            return quote_yaml(value)


def _help(key: str, node: YamlNode) -> tuple[object, Sequence[Remark]]:
    if node.entries is None:
        return None, [(node.line, Message("expected-entries"))]
    values, wrong = read_values(node.entries, _HELP_READERS)
    if not wrong and not values.get("text"):
        wrong = [(node.line, Message("help-without-text"))]
    return None if wrong else HelpPanel(**values), wrong


def _unknown_notes_order(value: str, choices: str) -> Message:
    return Message("unknown-notes-order", value=value, choices=choices)


def _unknown_engine(value: str, choices: str) -> Message:
    return Message("unknown-engine", value=value, choices=choices)


_HELP_READERS: Mapping[str, Reader] = {
    "text": text_up_to(MAX_SELECTION_CHARS),
    "hotline": text_up_to(MAX_TITLE_CHARS),
    "email": mail,
    "address": text_up_to(MAX_LEAD_CHARS),
    "leave": web_page,
}
HELP_KEYS = tuple(_HELP_READERS)
"""The keys of the help panel."""

_READERS: Mapping[str, Reader] = {
    "title": title,
    "short_name": text_up_to(MAX_SHORT_NAME_CHARS),
    "base_url": base_url,
    "headline": text_up_to(MAX_HEADLINE_CHARS),
    "lead": text_up_to(MAX_LEAD_CHARS),
    "examples": list_of(MAX_EXAMPLES, example),
    "contact": contact,
    "languages": list_of(MAX_LANGUAGES, language),
    "interface_languages": list_of(MAX_LANGUAGES, language),
    "sensitive_searches": yes_or_no,
    "selection": text_up_to(MAX_SELECTION_CHARS),
    "source_pages": yes_or_no,
    "source_downloads": yes_or_no,
    "notes": one_of(NOTES_ORDERS, _unknown_notes_order),
    "engine": one_of(ENGINES, _unknown_engine),
    "help": _help,
}
KEYS = tuple(_READERS)
"""The keys that a site file may have, in the order in which they are written."""
