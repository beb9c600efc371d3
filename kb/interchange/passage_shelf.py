"""The passages of a large collection while it is read: up to a limit in memory, the rest in a file."""

from __future__ import annotations

import errno
import os
import pickle
import sys
import tempfile
import threading
import weakref
from collections.abc import Callable, Iterable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import fields
from operator import attrgetter
from typing import IO

from kb.english import ENGLISH
from kb.errors import KbError
from kb.interchange.read_listener import ReadListener
from kb.messages import Message
from kb.model import Passage

__all__ = ["PassageShelf", "arranged", "count"]

_HELD_CHARS = 128 << 20
"""Characters in memory; passages take about twice as many bytes. Most collections have fewer."""

_values = attrgetter(*(field.name for field in fields(Passage)))

_Place = tuple[int, int]
"""Where some passages begin in the file, and how many bytes they take."""


class PassageShelf(Mapping[str, tuple[Passage, ...]]):
    """The passages of each document, in the order in which they came.

    Where there are too many, they are written to a temporary file, and a document's are read from it
    whenever they are asked for. The file is deleted with this object. A listener is told of them meanwhile.
    """

    def __init__(self) -> None:
        self._told: _Telling | None = None
        self._held: dict[str, list[Passage]] = {}
        self._ids: dict[str, dict[str, None]] = {}
        self._places: dict[str, list[_Place]] = {}
        self._counts: dict[str, int] = {}
        self._chars = 0
        self._file: IO[bytes] | None = None
        self._lock = threading.Lock()

    def begin(self, document: str) -> None:
        """Begins a document, which has no passages yet."""
        self._held[document], self._ids[document], self._counts[document] = [], {}, 0

    def leave_out(self, documents: Iterable[str]) -> None:
        """Takes out documents that have no passages yet."""
        for document in documents:
            del self._held[document], self._ids[document]

    def ids(self, document: str) -> Mapping[str, None]:
        """The ids of a document's passages so far."""
        return self._ids[document]

    def tell(self, listener: ReadListener) -> None:
        """Tells a listener of the documents whose passages are added from now on."""
        self._told = _Telling(listener, self._held)

    def add(self, passage: Passage) -> None:
        """Takes the next passage of a document. Raises KbError if it cannot be written to the file."""
        if self._told:
            self._told.take(passage)
        self._held[passage.document].append(passage)
        self._counts[passage.document] += 1
        self._ids[passage.document][sys.intern(passage.id)] = None  # most documents use the same ids
        self._chars += _chars(passage)
        if self._chars > _HELD_CHARS:
            with _told():
                self._put_away()

    def _put_away(self) -> None:
        file = self._file = self._file or self._opened()
        for document, passages in self._held.items():
            if passages:
                data = pickle.dumps(list(map(_values, passages)), pickle.HIGHEST_PROTOCOL)
                self._places.setdefault(document, []).append((file.seek(0, os.SEEK_END), len(data)))
                _write(file, data)
                passages.clear()  # a listener may still hold it
        self._chars = 0
        if self._told:
            self._told.put_away()

    def _opened(self) -> IO[bytes]:
        file = tempfile.TemporaryFile(buffering=0)  # noqa: SIM115  # it is closed with this object
        weakref.finalize(self, file.close)
        return file

    def count(self, document: str) -> int:
        """How many passages a document has, without reading them."""
        return self._counts[document]

    def finished(self) -> Mapping[str, tuple[Passage, ...]]:
        """The shelf itself, or a dictionary if all passages are in memory; no more can be added."""
        if self._told:
            self._told.finish()
            self._told = None
        self._ids.clear()
        return self if self._file else {id: tuple(passages) for id, passages in self._held.items()}

    def __getitem__(self, document: str) -> tuple[Passage, ...]:
        held = self._held[document]
        if not self._file:
            return tuple(held)
        places = self._places.get(document, ())
        return (*(one for place in places for one in self._read(self._file, *place)), *held)

    def _read(self, file: IO[bytes], begin: int, size: int) -> Iterator[Passage]:
        with self._lock, _told():
            file.seek(begin)
            data = _read(file, size)
        return (Passage(*values) for values in pickle.loads(data))  # noqa: S301  # our own, without a name

    def __contains__(self, document: object) -> bool:
        return document in self._held

    def __iter__(self) -> Iterator[str]:
        return iter(self._held)

    def __len__(self) -> int:
        return len(self._held)


class _Telling:
    """Tells a listener of each document once another begins, until one comes again or is too long to hold."""

    def __init__(self, listener: ReadListener, held: Mapping[str, list[Passage]]) -> None:
        self._listener, self._held = listener, held
        self._documents: set[str] = set()
        self._current = ""
        self._passages: list[Passage] = []
        self._times_put_away = 0
        self._ended = False

    def take(self, passage: Passage) -> None:
        """Takes the next passage, before the shelf holds it."""
        if not self._ended and passage.document != self._current:
            self._tell()
            self._begin(passage.document)
        if not self._ended:
            self._passages.append(passage)

    def _begin(self, document: str) -> None:
        self._current, self._passages, self._times_put_away = document, [], 0
        if document in self._documents:
            self._listener.again(document)
            self._end()
        self._documents.add(document)

    def _tell(self) -> None:
        """Tells of the complete document, from the shelf unless that has put some of it away."""
        if self._times_put_away:
            self._listener.document(self._current, self._passages)
            self._passages.clear()
        elif self._current:
            self._listener.document(self._current, self._held[self._current])

    def put_away(self) -> None:
        """Notes that the shelf was emptied. A document to which that happens twice is too long to hold."""
        self._times_put_away += 1
        if self._times_put_away > 1 and not self._ended:
            self._end()

    def _end(self) -> None:
        self._ended = True
        self._passages = []
        self._listener.end()

    def finish(self) -> None:
        """Tells of the last document, and that there are no others."""
        if not self._ended:
            self._tell()
            self._end()


def _chars(passage: Passage) -> int:
    further = sum(len(value) for _, value in passage.further)
    return len(passage.text) + len(passage.html) + len(passage.heading) + further


def _write(file: IO[bytes], data: bytes) -> None:
    """Writes all the data, though an unbuffered file may take less at a time."""
    left = memoryview(data)
    while left:
        left = left[file.write(left) :]


def _read(file: IO[bytes], size: int) -> bytes:
    """Reads `size` bytes, though an unbuffered file may give fewer at a time."""
    data = bytearray()
    while len(data) < size:
        if not (more := file.read(size - len(data))):
            raise OSError(errno.EIO, os.strerror(errno.EIO))
        data += more
    return bytes(data)


@contextmanager
def _told() -> Iterator[None]:
    """Turns an OSError into a KbError that names the file's folder, if there is one."""
    try:
        yield
    except OSError as error:
        reason = error.strerror or str(error)
        folder = tempfile.tempdir or "a temporary file"
        raise KbError(Message("no-room-for-reading", folder=folder, reason=reason), ENGLISH) from error


def arranged(
    sources: Mapping[str, Mapping[str, tuple[Passage, ...]]], change: Callable[[Passage], Passage]
) -> Mapping[str, tuple[Passage, ...]]:
    """The passages of each document, from its source, with `change` applied to each."""
    if any(isinstance(one, PassageShelf) for one in sources.values()):
        return _Arranged(sources, change)
    return {id: tuple(map(change, source[id])) for id, source in sources.items()}


def count(passages: Mapping[str, tuple[Passage, ...]]) -> int:
    """How many passages there are, without reading those in a file."""
    return sum(_count(passages, document) for document in passages)


def _count(passages: Mapping[str, tuple[Passage, ...]], document: str) -> int:
    if isinstance(passages, (PassageShelf, _Arranged)):
        return passages.count(document)
    return len(passages[document])


class _Arranged(Mapping[str, tuple[Passage, ...]]):
    """Applies `change` whenever passages are asked for, so that none stays in memory."""

    def __init__(
        self,
        sources: Mapping[str, Mapping[str, tuple[Passage, ...]]],
        change: Callable[[Passage], Passage],
    ) -> None:
        self._sources, self._change = sources, change

    def __getitem__(self, document: str) -> tuple[Passage, ...]:
        return tuple(map(self._change, self._sources[document][document]))

    def count(self, document: str) -> int:
        """How many passages a document has, without reading those in a file."""
        return _count(self._sources[document], document)

    def __contains__(self, document: object) -> bool:
        return document in self._sources

    def __iter__(self) -> Iterator[str]:
        return iter(self._sources)

    def __len__(self) -> int:
        return len(self._sources)
