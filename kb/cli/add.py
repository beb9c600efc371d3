"""`kb add`: documents from files in any format that is read, as drafts to be looked over."""

from __future__ import annotations

import sys
from collections.abc import Iterable, Iterator, Sequence
from contextlib import closing
from dataclasses import dataclass, field
from pathlib import Path

import click
from rich.console import Console
from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn, TimeRemainingColumn

from kb.cli.documents.replace import replace_document
from kb.cli.group import format_faults
from kb.cli.options import content_option, single_folder
from kb.collection.file_scan import DOCUMENTS_FOLDER
from kb.editing.acceptance import DRAFTS_FOLDER, accept_drafts
from kb.editing.draft_files import DraftFolder, sha256_of
from kb.editing.lock import editing
from kb.english import ENGLISH
from kb.errors import KbError
from kb.files.listing import is_there, walk
from kb.files.reading import why_unreadable
from kb.importers.draft import ImportDraft
from kb.importers.reading.pool import Outcome, read_drafts
from kb.messages import Message, words

__all__ = ["add"]

STOPPED_CODE = 130
"""The exit code of what Ctrl-C stopped."""


@click.command()
@click.argument("files", nargs=-1, required=True, type=click.Path(path_type=Path), metavar="FILE|FOLDER...")
@content_option
@click.option("--accept", "at_once", is_flag=True, help="Accept each draft at once, as kb accept does.")
@click.option("--replace", "replaced", metavar="SLUG", help="FILE is a new version of this document.")
@click.option(
    "--yes", is_flag=True, help="With --replace and --accept: unsettled pairs are different passages."
)
@click.pass_context
def add(
    ctx: click.Context,
    files: tuple[Path, ...],
    content: tuple[Path, ...],
    at_once: bool,
    replaced: str | None,
    yes: bool,
) -> None:
    """Make drafts of documents from FILES: their passages, each with its place in the source.

    A FOLDER is looked through with all that is below it. What was added before is left as it is, so an
    interrupted run can be started again.
    """
    folder = single_folder(content)
    with editing(folder):
        if replaced is not None:
            replace_document(folder, files, replaced, at_once, yes)
            return
        adding = _Adding(DraftFolder.read(folder), at_once)
        stopped = _run(adding, list(_files(files)))
    for line in (*adding.unchanged, *adding.added, *adding.failed):
        click.echo(line)
    click.echo(adding.tally())
    if stopped:
        click.echo(words(Message("adding-stopped"), ENGLISH), err=True)
    ctx.exit(STOPPED_CODE if stopped else bool(adding.failed))


def _run(adding: _Adding, paths: Sequence[Path]) -> bool:
    """Adds the files, and accepts them if that is asked for; whether the user stopped it."""
    try:
        adding.run(paths)
        if adding.at_once:
            adding.accept()
    except KeyboardInterrupt:
        return True
    return False


def _files(given: Iterable[Path]) -> Iterator[Path]:
    """The files, and those in the folders by name, each once; hidden ones only if they are named."""
    seen = set()
    for path in given:
        for one in _within(path) if path.is_dir() else [path]:
            if (key := one.absolute()) not in seen:
                seen.add(key)
                yield one


def _within(folder: Path) -> Iterator[Path]:
    below = sorted(Path(entry.path) for entry in walk(folder))
    return (one for one in below if not any(part[0] in ".~" for part in one.relative_to(folder).parts))


def _progress() -> Progress:
    """Count and time left, on a terminal only."""
    columns = TextColumn("{task.description}"), BarColumn(), MofNCompleteColumn(), TimeRemainingColumn()
    return Progress(*columns, console=Console(stderr=True), transient=True, disable=not sys.stderr.isatty())


@dataclass(slots=True)
class _Adding:
    """One run: what became of each file, as a line for the report."""

    drafts: DraftFolder
    at_once: bool
    added: list[str] = field(default_factory=list)
    unchanged: list[str] = field(default_factory=list)
    failed: list[str] = field(default_factory=list)
    sums: dict[Path, str] = field(default_factory=dict)
    waiting: dict[str, Path] = field(default_factory=dict)
    """Drafts of this run or an earlier one, to be accepted at its end; of a large collection at once."""

    @property
    def done(self) -> int:
        return len(self.added) + len(self.unchanged) + len(self.failed)

    def run(self, paths: Sequence[Path]) -> None:
        """Adds the files; one that fails leaves the others."""
        with _progress() as progress, closing(read_drafts(self._new(paths, progress))) as drafts:
            progress.add_task(words(Message("adding"), ENGLISH), total=len(paths))
            for path, outcome in drafts:
                self._take(path, outcome, self.sums.pop(path))
                self._tell(progress)

    def accept(self) -> None:
        """Accepts the drafts; those with faults stay drafts, and count as failed."""
        for slug, faults in accept_drafts(self.drafts.folder, self.waiting).items():
            if faults:
                reason = format_faults(faults)
                message = Message(
                    "draft-refused", file=str(self.waiting[slug]), place=_place(slug), reason=reason
                )
                self.failed.append(words(message, ENGLISH))

    def tally(self) -> str:
        counts = (
            Message("count-added", count=len(self.added)),
            Message("count-unchanged", count=len(self.unchanged)),
            Message("count-failed", count=len(self.failed)),
        )
        return ", ".join(words(one, ENGLISH) for one in counts) + "."

    def _tell(self, progress: Progress) -> None:
        for task in progress.task_ids:
            progress.update(task, completed=self.done)

    def _new(self, paths: Iterable[Path], progress: Progress) -> Iterator[Path]:
        """The files that are not in the collection yet."""
        for path in paths:
            self._tell(progress)
            try:
                sha256 = sha256_of(path)
            except OSError as exc:
                self._fail(path, words(why_unreadable(exc), ENGLISH))
            else:
                if not self._is_there(path, sha256):
                    self.sums[path] = sha256
                    yield path

    def _is_there(self, path: Path, sha256: str) -> bool:
        slug = self.drafts.slugs.get(sha256)
        if slug is not None:
            if is_there(self.drafts.folder / _place(slug)):
                self.waiting[slug] = path
            self.unchanged.append(words(Message("already-added", file=str(path), slug=slug), ENGLISH))
        return slug is not None

    def _take(self, path: Path, outcome: Outcome, sha256: str) -> None:
        if self._is_there(path, sha256):  # the same bytes under two names
            return
        match outcome:
            case ImportDraft():
                self._write(path, outcome, sha256)
            case _:
                self._fail(path, str(outcome))

    def _write(self, path: Path, draft: ImportDraft, sha256: str) -> None:
        try:
            slug = self.drafts.write(path, draft, sha256)
        except OSError as exc:
            self._fail(path, words(why_unreadable(exc), ENGLISH))
        except KbError as exc:
            self._fail(path, str(exc))
        else:
            self.waiting[slug] = path
            self.added.append(self._said(path, draft, slug))

    def _said(self, path: Path, draft: ImportDraft, slug: str) -> str:
        place = f"{DOCUMENTS_FOLDER}/{slug}.md" if self.at_once else _place(slug)
        count = sum(one.retrievable for one in draft.passages)
        line = words(Message("draft-added", file=str(path), place=place, count=count), ENGLISH)
        return "\n  ".join([line, *(words(remark, ENGLISH) for remark in draft.remarks)])

    def _fail(self, path: Path, reason: str) -> None:
        self.failed.append(words(Message("file-not-added", file=str(path), reason=reason), ENGLISH))


def _place(slug: str) -> str:
    return f"{DRAFTS_FOLDER}/{slug}.md"
