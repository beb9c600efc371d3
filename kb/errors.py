"""Every error that a user can meet.

KbError                    says what is wrong, where, and what to do
├── ContentError           the content was refused; carries every fault
├── BadRequest             a parameter or option has a value that cannot be used
├── SourceUnreadable       a file to be imported cannot be read
├── PageNotDrawn           a page of a source cannot be shown
├── FileUnwritable         a file cannot be written: a full disk, missing permissions
├── CollectionBusy         another command is changing the content folder
├── WorkCutShort           a request takes more work than it is allowed
└── IndexUnusable          there is no index that can be searched
    ├── IndexMissing       nothing has been built there yet
    ├── IndexBusy          another process is building it
    └── SearchUnavailable  it cannot be searched at present
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import Literal

from kb.english import ENGLISH
from kb.ids import is_id
from kb.messages import Message, MessageCatalogue, advice, words

__all__ = [
    "ANY_NAME",
    "MAX_FAULTS",
    "BadRequest",
    "CollectionBusy",
    "ContentError",
    "Fault",
    "FaultTally",
    "FaultyRecord",
    "FileUnwritable",
    "IndexBusy",
    "IndexMissing",
    "IndexUnusable",
    "KbError",
    "PageNotDrawn",
    "RecordPart",
    "SearchUnavailable",
    "SourceUnreadable",
    "WorkCutShort",
    "in_order",
    "tallied",
]


ANY_NAME = "*"
"""Stands for any name, where the name is not known."""

RecordPart = Literal["files", "themes", "subpoints", "documents", "passages", "instruments", "references"]


@dataclass(frozen=True, slots=True)
class FaultyRecord:
    """The record that a fault is in, named by its part of the content and its name there.

    The name is a slug, `theme/subpoint`, `document/id` or a file's name, as it is written; `*` stands for
    an unknown part of it. `read` tells whether the record was read nevertheless.
    """

    part: RecordPart
    name: str
    read: bool = True

    @property
    def meant(self) -> str:
        """The name, with `*` in place of an invalid id, as nobody knows which one was meant."""
        begin, _, end = self.name.partition("/")
        if not is_id(begin):
            return ANY_NAME
        return f"{begin}/{end if is_id(end) else ANY_NAME}" if "/" in self.name else begin


@dataclass(frozen=True, slots=True)
class Fault:
    """One thing that is wrong in the content, and where; line 0 means the whole file or folder.

    `record` is None where the fault concerns more than one record: published words and ids, words that
    must be verbatim, files that apply to the whole collection. `root` is the fault of another record
    that this one depends on.
    """

    path: Path
    line: int
    message: Message
    record: FaultyRecord | None = field(default=None, compare=False)
    root: Message | None = field(default=None, compare=False)
    catalogue: MessageCatalogue = field(default_factory=lambda: ENGLISH, compare=False, repr=False)

    @property
    def problem(self) -> str:
        return advice(self.message, self.catalogue)[0]

    @property
    def remedy(self) -> str:
        return advice(self.message, self.catalogue)[1]

    def __str__(self) -> str:
        place = f"{self.path}:{self.line}" if self.line else str(self.path)
        return f"{place}: {self.problem}; {self.remedy}"


MAX_FAULTS = 200
"""How many faults of a file are listed one by one."""


@dataclass(slots=True)
class FaultTally:
    """The faults of one file: the first 200 one by one, the rest counted by kind."""

    listed: list[Fault] = field(default_factory=list)
    beyond: dict[str, tuple[Fault, int]] = field(default_factory=dict)

    def add(self, fault: Fault) -> None:
        if len(self.listed) < MAX_FAULTS or fault.message.code == "more-faults":
            self.listed.append(fault)
        else:
            first, count = self.beyond.get(fault.message.code, (fault, 0))
            self.beyond[fault.message.code] = first, count + 1

    def faults(self) -> tuple[Fault, ...]:
        return (*self.listed, *(_counted(first, count) for first, count in self.beyond.values()))


def _counted(first: Fault, count: int) -> Fault:
    if count == 1:
        return first
    message = Message("more-faults", count=count, problem=first.problem, remedy=first.remedy)
    return replace(first, message=message)


def tallied(faults: Iterable[Fault]) -> tuple[Fault, ...]:
    """The faults by file and line; after the first 200 of a file, the rest are counted by kind."""
    files: dict[Path, FaultTally] = {}
    for fault in in_order(faults):
        files.setdefault(fault.path, FaultTally()).add(fault)
    return tuple(fault for file in files.values() for fault in file.faults())


def in_order(faults: Iterable[Fault]) -> tuple[Fault, ...]:
    """The faults by file and line, without repetitions."""
    return tuple(sorted(dict.fromkeys(faults), key=lambda one: (one.path, one.line, one.problem, one.remedy)))


class KbError(Exception):
    """An error whose text is meant for the user.

    `message` is None for an error made from plain text. Higher rooms pass their own catalogue.
    """

    exit_code = 1

    def __init__(self, message: Message | str, catalogue: MessageCatalogue = ENGLISH) -> None:
        self.message = message if isinstance(message, Message) else None
        super().__init__(_text(message, catalogue))


def _text(message: Message | str, catalogue: MessageCatalogue) -> str:
    return words(message, catalogue) if isinstance(message, Message) else message


class ContentError(KbError):
    """Content that was refused; `faults` gives every reason, `note` adds anything else worth saying."""

    def __init__(self, faults: Sequence[Fault], note: Message | None = None) -> None:
        self.faults, self.note = in_order(faults), note
        super().__init__("\n".join(map(str, self.faults)))


class BadRequest(KbError):
    """A value that cannot be used; `parameter` says where it was given."""

    exit_code = 2

    def __init__(self, parameter: str, message: Message | str, catalogue: MessageCatalogue = ENGLISH) -> None:
        super().__init__(f"{parameter}: {_text(message, catalogue)}")
        self.parameter = parameter
        self.message = message if isinstance(message, Message) else None


class SourceUnreadable(KbError):
    """A file to be imported that is damaged, locked, too large or in an unsupported format."""


class FileUnwritable(KbError):
    """A file that cannot be written, and why the system says so."""

    def __init__(self, path: Path, error: OSError) -> None:
        file = error.filename or path
        super().__init__(Message("file-unwritable", file=str(file), reason=error.strerror or str(error)))


class PageNotDrawn(KbError):
    """A page of a source that cannot be shown; `reason` says why."""

    def __init__(self, reason: Message) -> None:
        super().__init__(reason)
        self.reason = reason


class CollectionBusy(KbError):
    """Another command is changing the files of the content folder."""


class WorkCutShort(KbError):
    """A request takes more work than it is allowed (`kb.work.budget`)."""


class IndexUnusable(KbError):
    """There is no index that can be searched."""


class IndexMissing(IndexUnusable):
    """Nothing has been built there yet."""


class IndexBusy(IndexUnusable):
    """Another process is building the index."""


class SearchUnavailable(IndexUnusable):
    """The index cannot be searched at present; it is worth trying again in `seconds`."""

    def __init__(self, seconds: float, message: Message | str, catalogue: MessageCatalogue = ENGLISH) -> None:
        super().__init__(message, catalogue)
        self.seconds = seconds
