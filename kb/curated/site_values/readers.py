"""Readers of values: each gives the value of a key, and what is wrong with it, by line."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Mapping, Sequence
from difflib import get_close_matches
from typing import Any
from urllib.parse import urlsplit

from kb.curated.site_values.secrets import holds_secret, names_secret
from kb.formats.yaml_nodes import YamlNode
from kb.languages.language_tag import check_language
from kb.messages import Message
from kb.site import parse_base_url

__all__ = [
    "Reader",
    "Remark",
    "base_url",
    "contact",
    "example",
    "language",
    "list_of",
    "mail",
    "one_of",
    "read_values",
    "text_up_to",
    "title",
    "web_page",
    "yes_or_no",
]

MAX_TITLE_CHARS = 200
MAX_CONTACT_CHARS = 300
MAX_EXAMPLE_CHARS = 80

_ANSWERS = {"yes": True, "no": False}
_MAIL = re.compile(r"[^@\s/:?<>]{1,64}@[A-Za-z0-9-]+(?:\.[A-Za-z0-9-]+)+")
_MEANT = {
    "name": "title",
    "url": "base_url",
    "address": "base_url",
    "description": "lead",
    "email": "contact",
}
"""Keys that resemble a valid one only in meaning."""

Remark = tuple[int, Message]
Reader = Callable[[str, YamlNode], tuple[object, Sequence[Remark]]]
_Read = tuple[object, Message | None]


def read_values(
    entries: Mapping[str, YamlNode], readers: Mapping[str, Reader]
) -> tuple[dict[str, Any], list[Remark]]:
    """The values of a mapping, each read by the reader of its key; and what is wrong, by line."""
    wrong = [(node.line, each) for key, node in entries.items() for each in _misplaced(key, node, readers)]
    if wrong:
        return {}, wrong
    read = {key: readers[key](key, node) for key, node in entries.items()}
    found = [remark for _, remarks in read.values() for remark in remarks]
    return {key: value for key, (value, _) in read.items()}, found


def _misplaced(key: str, node: YamlNode, readers: Mapping[str, Reader]) -> Iterator[Message]:
    """What is wrong with any value: an unknown key, or a secret, which the message does not repeat."""
    if names_secret(key) or any(map(holds_secret, _texts(node))):
        yield Message("site-secret", key=key[:80])
    elif key not in readers:
        known, shown = ", ".join(readers), key[:80]
        near = get_close_matches(shown.casefold(), readers, 1) or [_MEANT.get(shown.casefold(), "")]
        if near[0] in readers:
            yield Message("unknown-key-near", key=shown, near=near[0], known=known)
        else:
            yield Message("unknown-key", key=shown, known=known)


def _texts(node: YamlNode) -> Iterator[str]:
    if node.text is not None:
        yield node.text
    for each in (*(node.items or ()), *(node.entries or {}).values()):
        yield from _texts(each)


def _folded(node: YamlNode) -> str:
    return " ".join((node.text or "").split())


def _single(read: Callable[[str, str], _Read]) -> Reader:
    """A reader of single values, with their white space folded."""

    def reader(key: str, node: YamlNode) -> tuple[object, Sequence[Remark]]:
        value, wrong = read(key, _folded(node))
        wrong = wrong if node.text is not None else Message("not-single-value", key=key)
        return value, [(node.line, wrong)] if wrong else []

    return reader


def text_up_to(limit: int) -> Reader:
    """Reads a text of at most `limit` characters."""

    def read(key: str, value: str) -> _Read:
        too_long = Message("site-text-too-long", key=key, length=len(value), limit=limit)
        return value, too_long if len(value) > limit else None

    return _single(read)


@_single
def title(_: str, value: str) -> _Read:
    too_long = Message("site-title-too-long", length=len(value), limit=MAX_TITLE_CHARS)
    return value, too_long if len(value) > MAX_TITLE_CHARS else None


@_single
def base_url(_: str, value: str) -> _Read:
    parsed = parse_base_url(value)
    return parsed or "", Message("bad-base-url", value=value[:80]) if value and not parsed else None


@_single
def yes_or_no(key: str, value: str) -> _Read:
    wrong = None if value in _ANSWERS else Message("not-yes-or-no", key=key, value=value[:80])
    return _ANSWERS.get(value), wrong


def one_of(choices: Sequence[str], unknown: Callable[[str, str], Message]) -> Reader:
    """Reads one of the choices; `unknown` makes the message from any other value and the choices in words."""

    def read(_: str, value: str) -> _Read:
        return value, None if value in choices else unknown(value[:80], " or ".join(choices))

    return _single(read)


@_single
def mail(_: str, value: str) -> _Read:
    return value, None if not value or _MAIL.fullmatch(value) else Message("bad-mail", value=value[:80])


@_single
def contact(_: str, value: str) -> _Read:
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


@_single
def web_page(_: str, value: str) -> _Read:
    return value, None if not value or _is_web_address(value) else Message("bad-web-page", value=value[:80])


def list_of(limit: int, check: Callable[[str, str], Message | None]) -> Reader:
    """Reads the texts of a list, each once; a single text counts as a list of one."""

    def reader(key: str, node: YamlNode) -> tuple[object, Sequence[Remark]]:
        nodes = [node] if node.text is not None else node.items
        if nodes is None or any(each.text is None for each in nodes):
            return (), [(node.line, Message("expected-list"))]
        values = tuple(dict.fromkeys(filter(None, map(_folded, nodes))))
        if len(values) > limit:
            return values, [(node.line, Message("site-list-too-long", key=key, limit=limit))]
        checked = ((each.line, check(key, _folded(each))) for each in nodes)
        return values, [(line, message) for line, message in checked if message]

    return reader


def example(key: str, value: str) -> Message | None:
    """What is wrong with a search offered to readers."""
    too_long = Message("site-text-too-long", key=key, length=len(value), limit=MAX_EXAMPLE_CHARS)
    return too_long if len(value) > MAX_EXAMPLE_CHARS else None


def language(_: str, value: str) -> Message | None:
    """What is wrong with a language tag."""
    return check_language(value)
