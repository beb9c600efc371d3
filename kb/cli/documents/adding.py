"""One run of `kb add`: what becomes of each file and address, as a line for the report."""

from __future__ import annotations

import datetime
from collections.abc import Iterator, Mapping, Sequence
from contextlib import closing
from dataclasses import dataclass, field
from pathlib import Path

from kb.cli.content_words import counted_passages
from kb.cli.group import format_faults
from kb.cli.progress import RunProgress
from kb.collection.file_scan import DOCUMENTS_FOLDER
from kb.editing.acceptance import DRAFTS_FOLDER, accept_drafts
from kb.editing.draft_files import DraftFolder, sha256_of
from kb.editing.new_slugs import is_named_after
from kb.editing.suggested_commands import content_flag, quoted
from kb.english import ENGLISH
from kb.errors import FileUnwritable, KbError, SourceUnreadable
from kb.fetching.downloads import Downloads
from kb.files.listing import is_there
from kb.files.reading import why_not_added, why_unreadable
from kb.importers.draft import ImportDraft
from kb.importers.reading.pool import Outcome, read_drafts
from kb.messages import Message, words

__all__ = ["Adding"]


@dataclass(slots=True)
class Adding:
    """What became of the files so far; each is named as the editor named it."""

    drafts: DraftFolder
    downloads: Downloads
    at_once: bool
    supplied: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    slug: str = ""
    added: list[str] = field(default_factory=list)
    unchanged: list[str] = field(default_factory=list)
    failed: list[str] = field(default_factory=list)
    sums: dict[Path, str] = field(default_factory=dict)
    earlier: dict[str, str] = field(init=False)
    """The documents from before this run by the names of their sources."""
    waiting: dict[str, str] = field(default_factory=dict)
    """Drafts of this run or an earlier one, by slug, to be accepted together at its end."""

    def __post_init__(self) -> None:
        self.earlier = dict(self.drafts.sources)

    @property
    def done(self) -> int:
        return len(self.added) + len(self.unchanged) + len(self.failed)

    def run(self, sources: Sequence[Path | str]) -> None:
        """Adds files and what is at addresses; one that fails leaves the others."""
        progress = RunProgress(len(sources))
        with progress, closing(read_drafts(self._new(sources, progress))) as drafts:
            for path, outcome in drafts:
                self._take(path, outcome, self.sums.pop(path))
                self.downloads.forget(path)
                progress.files(self.done)

    def accept(self) -> None:
        """Accepts the drafts; those with faults stay drafts, and count as failed."""
        for slug, faults in accept_drafts(self.drafts.folder, self.waiting).items():
            if faults:
                reason = format_faults(faults)
                message = Message("draft-refused", file=self.waiting[slug], place=_place(slug), reason=reason)
                self.failed.append(words(message, ENGLISH))

    def tally(self) -> str:
        counts = (
            Message("count-added", count=len(self.added)),
            Message("count-unchanged", count=len(self.unchanged)),
            Message("count-failed", count=len(self.failed)),
        )
        return ", ".join(words(one, ENGLISH) for one in counts) + "."

    def _new(self, sources: Sequence[Path | str], progress: RunProgress) -> Iterator[Path]:
        """The files that are not in the collection yet."""
        for source in sources:
            progress.files(self.done)
            try:
                path = source if isinstance(source, Path) else self._fetched(source, progress)
                sha256 = sha256_of(path)
            except (SourceUnreadable, FileUnwritable) as exc:
                self._fail(str(source), str(exc))
            except OSError as exc:
                self._fail(str(source), words(why_not_added(source, exc), ENGLISH))
            else:
                if self._is_there(path, sha256) or self._is_other_text(path):
                    self.downloads.forget(path)
                else:
                    self.sums[path] = sha256
                    yield path

    def _fetched(self, address: str, progress: RunProgress) -> Path:
        try:
            return self.downloads.fetch(address, progress.download)
        finally:
            progress.downloaded()

    def _is_there(self, path: Path, sha256: str) -> bool:
        slug, name = self.drafts.slugs.get(sha256), self.downloads.name(path)
        if slug is not None:
            if is_there(self.drafts.folder / _place(slug)):
                self.waiting[slug] = name
            self.unchanged.append(words(Message("already-added", file=name, slug=slug), ENGLISH))
        return slug is not None

    def _is_other_text(self, path: Path) -> bool:
        """Whether another text was added from this address before."""
        name = self.downloads.name(path)
        slug = self.drafts.addresses.get(name)
        if slug is not None:
            changed = Message("address-changed", file=quoted(name), slug=slug, content=self._flag)
            self._fail(name, words(changed, ENGLISH))
        return slug is not None

    def _take(self, path: Path, outcome: Outcome, sha256: str) -> None:
        if self._is_there(path, sha256):  # the same bytes under two names
            return
        match outcome:
            case ImportDraft():
                draft = self.downloads.with_origin(path, outcome, datetime.date.today())
                self._write(path, draft.with_fields(self.supplied), sha256)
            case _:
                self._fail(self.downloads.name(path), str(outcome))

    def _write(self, path: Path, draft: ImportDraft, sha256: str) -> None:
        name = self.downloads.name(path)
        try:
            slug = self.drafts.write(path, draft, sha256, self.slug)
        except OSError as exc:
            self._fail(name, words(why_unreadable(exc), ENGLISH))
        except KbError as exc:
            self._fail(name, str(exc))
        else:
            self.waiting[slug] = name
            self.added.append(self._said(path, draft, slug))

    def _said(self, path: Path, draft: ImportDraft, slug: str) -> str:
        name = self.downloads.name(path)
        place = f"{DOCUMENTS_FOLDER}/{slug}.md" if self.at_once else _place(slug)
        line = words(
            Message("draft-added", file=name, place=place, passages=counted_passages(draft.passages)), ENGLISH
        )
        suggested = self.drafts.suggested[slug]
        counted = [Message("themes-suggested", count=suggested)] if suggested else []
        named = self.slug or is_named_after(path.name)
        unnamed = () if named else (Message("slug-not-of-name", slug=slug, content=self._flag),)
        unknown = () if draft.document.language else (Message("language-not-found", place=place),)
        remarks = [*counted, *draft.remarks, *unknown, *unnamed, *self._namesakes(name, slug)]
        return "\n  ".join([line, *(words(remark, ENGLISH) for remark in remarks)])

    def _namesakes(self, name: str, slug: str) -> Iterator[Message]:
        """Whether a document was there before whose source has this name: an older version, perhaps."""
        if (other := self.earlier.get(Path(name).name.casefold())) and not self.at_once:
            yield Message(
                "name-of-other-source", file=quoted(name), slug=slug, other=other, content=self._flag
            )

    @property
    def _flag(self) -> str:
        return content_flag([self.drafts.folder])

    def _fail(self, name: str, reason: str) -> None:
        self.failed.append(words(Message("file-not-added", file=name, reason=reason), ENGLISH))


def _place(slug: str) -> str:
    return f"{DRAFTS_FOLDER}/{slug}.md"
