"""A brief: passages that a reader collects, with notes, in an order; all of it fits in an address.

The address is `title=...&group=theme&style=oscola&p=DOCUMENT/ID&p=DOCUMENT/ID~note`. An id holds no
`~`, so the first one ends it, and a note stays with its passage whatever becomes of the order. A
form cannot join two fields, so that it may send the note on the third `p` as `n3` instead.
"""

from __future__ import annotations

import re
import zlib
from base64 import urlsafe_b64decode, urlsafe_b64encode
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from itertools import chain
from urllib.parse import parse_qsl, quote_plus

from kb.errors import BadRequest
from kb.ids import address, parse_address
from kb.messages import Message

__all__ = [
    "GROUPINGS",
    "LONGEST",
    "MOST",
    "PATH",
    "Brief",
    "Chosen",
    "chosen",
    "excess",
    "group_moved",
    "groups",
    "moved",
    "pack",
    "read",
    "unpack",
    "write",
]

PATH = "/brief"

MOST = 100
"""Passages in a brief."""

LONGEST = 8_000
"""Characters of its address, path included: what browsers, servers and mail programs still take."""

LONGEST_TITLE = 200

GROUPINGS = ("none", "theme", "document")

_MOST_FIELDS = 1_000
_NOTE = re.compile(r"n([1-9][0-9]{0,3})")
_CONTROL = re.compile("[\x00-\x08\x0b-\x1f\x7f-\x9f\ud800-\udfff]")
_CODE = re.compile(r"[A-Za-z0-9_-]+={0,2}")


@dataclass(frozen=True, slots=True)
class Chosen:
    """A passage chosen, by document and id, and what the reader notes on it."""

    document: str
    passage: str
    note: str = ""

    @property
    def address(self) -> str:
        return address(self.document, self.passage)


@dataclass(frozen=True, slots=True)
class Brief:
    """Passages in the reader's order, each once; `style` is empty where none was chosen."""

    passages: tuple[Chosen, ...] = ()
    title: str = ""
    group: str = "none"
    style: str = ""

    def place(self, wanted: Chosen) -> int:
        """Where the passage stands, from 0; -1 where it does not."""
        return next((at for at, each in enumerate(self.passages) if each.address == wanted.address), -1)

    def without(self, at: int) -> Brief:
        return replace(self, passages=self.passages[:at] + self.passages[at + 1 :])

    def holding(self, added: Chosen, at: int = MOST) -> Brief:
        """With one passage more, before the one at `at`, else at the end; unchanged where it has it."""
        if self.place(added) >= 0:
            return self
        return replace(self, passages=(*self.passages[:at], added, *self.passages[at:]))


def read(query: str) -> Brief:
    """The brief of a query string; what has another name is ignored.

    Raises BadRequest naming the parameter whose value cannot be read.
    """
    fields = _fields(query)
    passages = [chosen(value) for name, value in fields if name == "p"]
    for name, value in fields:
        if number := _NOTE.fullmatch(name):
            at = int(number[1]) - 1
            if at >= len(passages):
                message = Message("note-without-passage", number=at + 1, last=len(passages))
                raise BadRequest(name, message)
            passages[at] = _noted(passages[at], _words(name, value))
    given = dict(fields)
    return Brief(_each_once(passages), _title(given), _group(given), given.get("style", ""))


def _fields(query: str) -> list[tuple[str, str]]:
    try:
        return parse_qsl(query, max_num_fields=_MOST_FIELDS)
    except ValueError as exc:
        raise BadRequest("p", Message("too-many-parameters", limit=_MOST_FIELDS)) from exc


def chosen(value: str, name: str = "p") -> Chosen:
    """A passage as an address writes it, `DOCUMENT/ID` or `DOCUMENT/ID~note`. Raises BadRequest."""
    place, _, note = value.partition("~")
    ids = parse_address(place)
    if ids is None:
        raise BadRequest(name, Message("not-a-passage", address=place[:40]))
    return Chosen(*ids, _words(name, note))


def _words(name: str, note: str) -> str:
    """The note with plain line ends. Raises BadRequest for characters that no text has."""
    words = note.replace("\r\n", "\n").replace("\r", "\n").strip()
    if bad := _CONTROL.search(words):
        raise BadRequest(name, Message("bad-character", character=f"U+{ord(bad[0]):04X}"))
    return words


def _title(given: dict[str, str]) -> str:
    title = " ".join(_words("title", given.get("title", "")).split())
    if len(title) > LONGEST_TITLE:
        raise BadRequest("title", Message("title-too-long", length=len(title), limit=LONGEST_TITLE))
    return title


def _group(given: dict[str, str]) -> str:
    group = given.get("group", "none")
    if group not in GROUPINGS:
        message = Message("unknown-grouping", name=group[:40], known=", ".join(GROUPINGS))
        raise BadRequest("group", message)
    return group


def _each_once(passages: Iterable[Chosen]) -> tuple[Chosen, ...]:
    """Each passage once, where it stands first; the notes of all its places are kept."""
    found: dict[str, Chosen] = {}
    for each in passages:
        first = found.setdefault(each.address, each)
        if each.note not in first.note.split("\n\n"):
            found[each.address] = _noted(first, each.note)
    return tuple(found.values())


def _noted(passage: Chosen, note: str) -> Chosen:
    return replace(passage, note="\n\n".join(filter(None, (passage.note, note))))


def write(brief: Brief) -> str:
    """The query string of a brief, which `read` gives back; passages last, so that one more is appended."""
    head = (("title", brief.title), ("group", brief.group.removeprefix("none")), ("style", brief.style))
    pairs = chain(
        ((name, value) for name, value in head if value),
        (("p", f"{each.address}~{each.note}" if each.note else each.address) for each in brief.passages),
    )
    return "&".join(f"{name}={quote_plus(value, safe='/~')}" for name, value in pairs)


def excess(brief: Brief) -> Message | None:
    """Why the brief does not fit into an address, and what to do about it; None where it does."""
    if len(brief.passages) > MOST:
        return Message("brief-full", limit=MOST)
    length = len(PATH) + 1 + len(write(brief))
    if length > LONGEST:
        return Message("brief-too-long", length=length, limit=LONGEST)
    return None


def groups(keys: Sequence[str]) -> dict[str, list[int]]:
    """The places of each key, keys in the order of their first place; without the empty key."""
    found: dict[str, list[int]] = {}
    for at, key in enumerate(keys):
        if key:
            found.setdefault(key, []).append(at)
    return found


def moved(brief: Brief, keys: Sequence[str], at: int, step: int) -> Brief:
    """The passage at `at` one place up (-1) or down (1) among those of its key; at an end it stays."""
    places = groups(keys).get(keys[at], [at])
    other = places.index(at) + step
    if not 0 <= other < len(places):
        return brief
    order = list(brief.passages)
    order[at], order[places[other]] = order[places[other]], order[at]
    return replace(brief, passages=tuple(order))


def group_moved(brief: Brief, keys: Sequence[str], at: int, step: int) -> Brief:
    """The group of the passage at `at` one group up or down; the passages then stand group by group."""
    found = groups(keys)
    names = list(found)
    here = names.index(keys[at]) if keys[at] in names else 0
    if not 0 <= here + step < len(names):
        return brief
    names[here], names[here + step] = names[here + step], names[here]
    order = [
        *chain.from_iterable(found[name] for name in names),
        *(n for n, key in enumerate(keys) if not key),
    ]
    return replace(brief, passages=tuple(brief.passages[each] for each in order))


def pack(brief: Brief) -> str:
    """The brief as a short code, to be carried from page to page where no script remembers it."""
    return urlsafe_b64encode(zlib.compress(write(brief).encode(), 9)).decode().rstrip("=")


def unpack(code: str) -> Brief:
    """The brief of a code. Raises BadRequest for what `pack` did not make, or could not."""
    try:
        if len(code) > 2 * LONGEST or not _CODE.fullmatch(code):
            raise ValueError
        unpacker = zlib.decompressobj()
        query = unpacker.decompress(urlsafe_b64decode(code + "=" * (-len(code) % 4)), LONGEST + 1)
        if not unpacker.eof or len(query) > LONGEST:
            raise ValueError
        return read(query.decode("ascii"))
    except (ValueError, zlib.error) as exc:
        raise BadRequest("brief", Message("broken-brief")) from exc
