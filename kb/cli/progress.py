"""Shows how far a command has got, on standard error if that is a terminal."""

from __future__ import annotations

import sys
from types import TracebackType

from rich.console import Console
from rich.progress import (
    BarColumn,
    DownloadColumn,
    MofNCompleteColumn,
    Progress,
    ProgressColumn,
    Task,
    TaskID,
    TextColumn,
    TimeRemainingColumn,
)
from rich.text import Text

from kb.english import ENGLISH
from kb.messages import Message, words

__all__ = ["RunProgress"]


class _Amount(ProgressColumn):
    """The bytes of a download, otherwise a count."""

    def __init__(self) -> None:
        super().__init__()
        self._bytes, self._count = DownloadColumn(), MofNCompleteColumn()

    def render(self, task: Task) -> Text:
        return self._bytes.render(task) if task.fields.get("bytes") else self._count.render(task)


class RunProgress:
    """A bar for the files of a run, with the time left, and one for a download."""

    def __init__(self, files: int) -> None:
        columns = (
            TextColumn("{task.description}", markup=False),
            BarColumn(),
            _Amount(),
            TimeRemainingColumn(),
        )
        console = Console(stderr=True)
        self._bars = Progress(*columns, console=console, transient=True, disable=not sys.stderr.isatty())
        self._files = self._bars.add_task(words(Message("adding"), ENGLISH), total=files)
        self._download: TaskID | None = None

    def __enter__(self) -> RunProgress:
        self._bars.start()
        return self

    def __exit__(
        self, kind: type[BaseException] | None, exc: BaseException | None, where: TracebackType | None
    ) -> None:
        self._bars.stop()

    def files(self, done: int) -> None:
        self._bars.update(self._files, completed=done)

    def download(self, received: int, announced: int | None) -> None:
        """Shows how many bytes of the current download have arrived, and of how many."""
        if self._download is None:
            self._download = self._bars.add_task(words(Message("fetching"), ENGLISH), bytes=True)
        self._bars.update(self._download, completed=received, total=announced)

    def downloaded(self) -> None:
        """Hides the download bar when a download has ended."""
        if self._download is not None:
            self._bars.remove_task(self._download)
            self._download = None
