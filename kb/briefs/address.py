"""A brief in an address, which holds all of it.

The address is `title=...&group=theme&style=oscola&fingerprints=none&p=DOCUMENT/ID&p=DOCUMENT/ID~note`. In
place of an id there may be a span, `p4..p6`, or an excerpt, `p4:3-12@FINGERPRINT` (`kb.ids.passage_ref`).
None of them has a `~` in it, so the first `~` begins the note, which stays with its passage in any order.
A heading of the reader's own, `h=Findings`, is in its place among them. A form cannot join two fields, so it
may send the note on the third `p` as `n3` instead, and the words of the second `h` as `h2`.
"""

from __future__ import annotations

import re
import zlib
from base64 import urlsafe_b64decode, urlsafe_b64encode
from collections.abc import Iterable, Sequence
from dataclasses import replace
from itertools import chain
from urllib.parse import parse_qsl, quote_plus

from kb.briefs.brief import (
    FINGERPRINTS,
    GROUPINGS,
    MAX_PASSAGES,
    Brief,
    BriefItem,
    ChosenPassage,
    PlacedHeading,
)
from kb.errors import BadRequest
from kb.ids import PassageRef, parse_passage_ref
from kb.messages import Message

__all__ = [
    "BRIEF_PATH",
    "MAX_ADDRESS_CHARS",
    "brief_query",
    "pack_brief",
    "parse_brief",
    "parse_chosen",
    "too_large",
    "unpack_brief",
]

BRIEF_PATH = "/brief"

MAX_ADDRESS_CHARS = 8_000
"""The longest address, with its path, that browsers, servers and mail programs reliably accept."""

MAX_TITLE_CHARS = 200
"""The limit for the title and for each heading."""

_MAX_PARAMETERS = 1_000
_NOTE = re.compile(r"n([1-9][0-9]{0,3})")
_HEADING = re.compile(r"h([1-9][0-9]{0,3})")
_CONTROL = re.compile("[\x00-\x08\x0b-\x1f\x7f-\x9f\ud800-\udfff]")
_CODE = re.compile(r"[A-Za-z0-9_-]+={0,2}")


def parse_brief(query: str) -> Brief:
    """The brief in a query string; other parameters are ignored.

    Raises BadRequest, which names the parameter whose value cannot be read.
    """
    fields = _fields(query)
    passages = [parse_chosen(value) for name, value in fields if name == "p"]
    for name, value in fields:
        if number := _NOTE.fullmatch(name):
            at = int(number[1]) - 1
            if at >= len(passages):
                message = Message("note-without-passage", number=at + 1, last=len(passages))
                raise BadRequest(name, message)
            passages[at] = _noted(passages[at], _words(name, value))
    given = dict(fields)
    title, style = _one_line("title", given.get("title", "")), given.get("style", "")
    headings = _headings(fields, passages)
    return Brief(_each_once(passages), title, _group(given), style, _fingerprints(given), headings)


def _headings(
    fields: Sequence[tuple[str, str]], passages: Iterable[ChosenPassage]
) -> tuple[PlacedHeading, ...]:
    """The headings that have words, each with the number of passages before it."""
    placed: list[PlacedHeading] = []
    before, chosen = set(), iter(passages)
    for name, value in fields:
        if name == "p":
            before.add(next(chosen).address)
        elif name == "h":
            placed.append(PlacedHeading(len(before), value))
    for name, value in fields:
        if number := _HEADING.fullmatch(name):
            at = int(number[1]) - 1
            if at >= len(placed):
                raise BadRequest(name, Message("no-such-heading", number=at + 1))
            placed[at] = placed[at]._replace(words=value)
    read = (each._replace(words=_one_line("h", each.words)) for each in placed)
    return tuple(each for each in read if each.words)


def _fields(query: str) -> list[tuple[str, str]]:
    try:
        fields = parse_qsl(query, keep_blank_values=True, max_num_fields=_MAX_PARAMETERS)
    except ValueError as exc:
        raise BadRequest("p", Message("too-many-parameters", limit=_MAX_PARAMETERS)) from exc
    # empty headings count: the reader deleted their words
    return [(name, value) for name, value in fields if value or _HEADING.fullmatch(name)]


def parse_chosen(value: str, name: str = "p") -> ChosenPassage:
    """A passage, a span or an excerpt, with or without a note: `DOCUMENT/ID~note`. Raises BadRequest."""
    place, _, note = value.partition("~")
    match parse_passage_ref(place):
        case PassageRef(document, passage, words, fingerprint) if passage:
            return ChosenPassage(document, passage, _words(name, note), words, fingerprint)
        case Message("span-over-documents" | "excerpt-reversed") as message:
            raise BadRequest(name, message)
        case _:
            raise BadRequest(name, Message("not-a-passage", address=place[:40]))


def _words(name: str, note: str) -> str:
    """The note, with line feeds as line endings. Raises BadRequest for control characters."""
    words = note.replace("\r\n", "\n").replace("\r", "\n").strip()
    if bad := _CONTROL.search(words):
        raise BadRequest(name, Message("bad-character", character=f"U+{ord(bad[0]):04X}"))
    return words


def _one_line(name: str, words: str) -> str:
    line = " ".join(_words(name, words).split())
    if len(line) > MAX_TITLE_CHARS:
        raise BadRequest(name, Message("title-too-long", length=len(line), limit=MAX_TITLE_CHARS))
    return line


def _fingerprints(given: dict[str, str]) -> str:
    place = given.get("fingerprints", "annex")
    if place not in FINGERPRINTS:
        message = Message("unknown-fingerprints", name=place[:40], known=", ".join(FINGERPRINTS))
        raise BadRequest("fingerprints", message)
    return place


def _group(given: dict[str, str]) -> str:
    group = given.get("group", "none")
    if group not in GROUPINGS:
        message = Message("unknown-grouping", name=group[:40], known=", ".join(GROUPINGS))
        raise BadRequest("group", message)
    return group


def _each_once(passages: Iterable[ChosenPassage]) -> tuple[ChosenPassage, ...]:
    """Each passage once, at its first position, with the notes of all its positions."""
    by_address: dict[str, ChosenPassage] = {}
    for each in passages:
        first = by_address.setdefault(each.address, each)
        if each.note not in first.note.split("\n\n"):
            by_address[each.address] = _noted(first, each.note)
    return tuple(by_address.values())


def _noted(passage: ChosenPassage, note: str) -> ChosenPassage:
    return replace(passage, note="\n\n".join(filter(None, (passage.note, note))))


def brief_query(brief: Brief) -> str:
    """The query string of a brief; passages come last, so that one more can be appended."""
    head = (
        ("title", brief.title),
        ("group", brief.group.removeprefix("none")),
        ("style", brief.style),
        ("fingerprints", brief.fingerprints.removeprefix("annex")),
    )
    pairs = chain(((name, value) for name, value in head if value), map(_field, brief.items))
    return "&".join(f"{name}={quote_plus(value, safe='/~')}" for name, value in pairs)


def _field(item: BriefItem) -> tuple[str, str]:
    match item:
        case PlacedHeading(words=words):
            return "h", words
        case passage:
            return "p", f"{passage.address}~{passage.note}" if passage.note else passage.address


def too_large(brief: Brief) -> Message | None:
    """Why the brief does not fit into an address; None if it does."""
    if len(brief.passages) > MAX_PASSAGES:
        return Message("brief-full", limit=MAX_PASSAGES)
    length = len(BRIEF_PATH) + 1 + len(brief_query(brief))
    if length > MAX_ADDRESS_CHARS:
        return Message("brief-too-long", length=length, limit=MAX_ADDRESS_CHARS)
    return None


def pack_brief(brief: Brief) -> str:
    """The brief as a short code, which links carry from page to page if no script remembers it."""
    return urlsafe_b64encode(zlib.compress(brief_query(brief).encode(), 9)).decode().rstrip("=")


def unpack_brief(code: str) -> Brief:
    """The brief in a code. Raises BadRequest for anything that `pack_brief` cannot have made."""
    try:
        if len(code) > 2 * MAX_ADDRESS_CHARS or not _CODE.fullmatch(code):
            raise ValueError
        unpacker = zlib.decompressobj()
        query = unpacker.decompress(urlsafe_b64decode(code + "=" * (-len(code) % 4)), MAX_ADDRESS_CHARS + 1)
        if not unpacker.eof or len(query) > MAX_ADDRESS_CHARS:
            raise ValueError
        return parse_brief(query.decode("ascii"))
    except (ValueError, zlib.error) as exc:
        raise BadRequest("brief", Message("broken-brief")) from exc
