"""The site file: how a collection is published, key by key."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Mapping, Sequence
from difflib import get_close_matches
from pathlib import Path
from urllib.parse import urlsplit

from kb.errors import Fault
from kb.files.durable import create
from kb.files.listing import is_there
from kb.formats.text_file import read_text_file
from kb.formats.yaml_nodes import YamlNode, parse_yaml, quote_yaml
from kb.languages.language_tag import check_language
from kb.messages import Message
from kb.site import NOTES_ORDERS, Site, parse_base_url

__all__ = ["KEYS", "SITE_FILE", "read_site", "site_files", "write_site"]

SITE_FILE = "site.yaml"
MAX_TITLE_CHARS = 200
MAX_SHORT_NAME_CHARS = 40
MAX_HEADLINE_CHARS = 100
MAX_LEAD_CHARS = 300
MAX_SELECTION_CHARS = 1_000
MAX_CONTACT_CHARS = 300
MAX_EXAMPLES = 6
MAX_EXAMPLE_CHARS = 80
MAX_LANGUAGES = 50

_ANSWERS = {"yes": True, "no": False}
_MAIL = re.compile(r"[^@\s/:?<>]{1,64}@[A-Za-z0-9-]+(?:\.[A-Za-z0-9-]+)+")
_MEANT = {
    "name": "title",
    "url": "base_url",
    "address": "base_url",
    "description": "lead",
    "email": "contact",
}
"""Keys that are like none but by their meaning."""

_SECRET_KEY = re.compile(
    r"(?i)pass(?:word|wd|phrase)|secret|token|credential|(?:api|private|access)[-_ ]?key"
)
_SECRET_VALUE = re.compile(
    r"-----BEGIN [A-Z ]*PRIVATE KEY|\b(?:gh[opsu]_|github_pat_|glpat-|xox[abp]-|sk-|AKIA)[A-Za-z0-9_-]{20}"
    r"|[A-Za-z][A-Za-z0-9+.-]*://[^/\s@]*:[^/\s@]*@"
)
"""Private keys, tokens of well-known services, addresses with a password."""

_Read = tuple[object, Message | None]
_Reader = Callable[[str, YamlNode], _Read]


def read_site(path: Path) -> tuple[Site, tuple[Fault, ...]]:
    """The site in a file, and its faults."""
    text, unreadable = read_text_file(path)
    if unreadable:
        return Site(), unreadable
    root, faults = parse_yaml(text, path)
    entries = root.entries or {}
    wrong = [
        Fault(path, node.line, message) for key, node in entries.items() for message in _misplaced(key, node)
    ]
    if faults or wrong:
        return Site(), (*faults, *wrong)
    read = {key: _READERS[key](key, node) for key, node in entries.items()}
    wrong = [Fault(path, entries[key].line, message) for key, (_, message) in read.items() if message]
    if wrong:
        return Site(), tuple(wrong)
    return Site(**{key: value for key, (value, _) in read.items()}), ()  # type: ignore[arg-type]


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


def _written(value: str | bool | tuple[str, ...]) -> str:
    match value:
        case bool():
            return "yes" if value else "no"
        case tuple():
            return "".join(f"\n  - {quote_yaml(each)}" for each in value)
        case _:
            return quote_yaml(value)


def _misplaced(key: str, node: YamlNode) -> Iterator[Message]:
    """What is wrong with a key whatever its value: unknown, or with a secret, which is not repeated."""
    if _SECRET_KEY.search(key) or any(map(_SECRET_VALUE.search, _texts(node))):
        yield Message("site-secret", key=key[:80])
    elif key not in _READERS:
        known = ", ".join(KEYS)
        near = _MEANT.get(key.casefold()) or next(iter(get_close_matches(key[:80].casefold(), KEYS, 1)), "")
        named = Message("unknown-key-near", key=key[:80], near=near, known=known)
        yield named if near else Message("unknown-key", key=key[:80], known=known)


def _texts(node: YamlNode) -> Iterator[str]:
    if node.text is not None:
        yield node.text
    for each in (*(node.items or ()), *(node.entries or {}).values()):
        yield from _texts(each)


def _folded(node: YamlNode) -> str:
    return " ".join((node.text or "").split())


def _single(read: Callable[[str, str], _Read]) -> _Reader:
    """Reads a single value, its white space folded."""

    def reader(key: str, node: YamlNode) -> _Read:
        return (
            read(key, _folded(node)) if node.text is not None else ("", Message("not-single-value", key=key))
        )

    return reader


def _text_up_to(limit: int) -> _Reader:
    def read(key: str, value: str) -> _Read:
        too_long = Message("site-text-too-long", key=key, length=len(value), limit=limit)
        return value, too_long if len(value) > limit else None

    return _single(read)


@_single
def _title(_: str, value: str) -> _Read:
    too_long = Message("site-title-too-long", length=len(value), limit=MAX_TITLE_CHARS)
    return value, too_long if len(value) > MAX_TITLE_CHARS else None


@_single
def _base_url(_: str, value: str) -> _Read:
    parsed = parse_base_url(value)
    return parsed or "", Message("bad-base-url", value=value[:80]) if value and not parsed else None


@_single
def _answer(key: str, value: str) -> _Read:
    wrong = None if value in _ANSWERS else Message("not-yes-or-no", key=key, value=value[:80])
    return _ANSWERS.get(value), wrong


@_single
def _notes_order(_: str, value: str) -> _Read:
    choices = " or ".join(NOTES_ORDERS)
    wrong = (
        None if value in NOTES_ORDERS else Message("unknown-notes-order", value=value[:80], choices=choices)
    )
    return value, wrong


@_single
def _contact(_: str, value: str) -> _Read:
    is_address = len(value) <= MAX_CONTACT_CHARS and (_MAIL.fullmatch(value) or _is_web_address(value))
    return value, None if is_address or not value else Message("bad-contact", value=value[:80])


def _is_web_address(text: str) -> bool:
    try:
        parts = urlsplit(text)
        return (
            parts.scheme in ("http", "https")
            and bool(parts.hostname)
            and text.isprintable()
            and " " not in text
        )
    except ValueError:
        return False


def _examples(key: str, node: YamlNode) -> _Read:
    values, wrong = _list(key, node, MAX_EXAMPLES)
    longest = max(map(len, values), default=0)
    if not wrong and longest > MAX_EXAMPLE_CHARS:
        wrong = Message("site-text-too-long", key=key, length=longest, limit=MAX_EXAMPLE_CHARS)
    return values, wrong


def _languages(key: str, node: YamlNode) -> _Read:
    values, wrong = _list(key, node, MAX_LANGUAGES)
    return values, wrong or next(filter(None, map(check_language, values)), None)


def _list(key: str, node: YamlNode, limit: int) -> tuple[tuple[str, ...], Message | None]:
    """The texts of a list, each once; one text alone is a list of it."""
    nodes = [node] if node.text is not None else node.items
    if nodes is None or any(each.text is None for each in nodes):
        return (), Message("expected-list")
    values = tuple(dict.fromkeys(filter(None, map(_folded, nodes))))
    return values, Message("site-list-too-long", key=key, limit=limit) if len(values) > limit else None


_READERS: Mapping[str, _Reader] = {
    "title": _title,
    "short_name": _text_up_to(MAX_SHORT_NAME_CHARS),
    "base_url": _base_url,
    "headline": _text_up_to(MAX_HEADLINE_CHARS),
    "lead": _text_up_to(MAX_LEAD_CHARS),
    "examples": _examples,
    "contact": _contact,
    "languages": _languages,
    "sensitive_searches": _answer,
    "selection": _text_up_to(MAX_SELECTION_CHARS),
    "source_pages": _answer,
    "source_downloads": _answer,
    "notes": _notes_order,
}
KEYS = tuple(_READERS)
"""The keys that a site file may have, in the order in which they are written."""
