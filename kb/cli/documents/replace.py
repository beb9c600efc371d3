"""`kb add FILE --replace SLUG`: a new version of a document, shown beside the old one."""

from __future__ import annotations

import datetime
from collections import Counter
from collections.abc import Container, Iterator, Mapping, Sequence
from functools import partial
from pathlib import Path

import click
from rich.console import Console
from rich.table import Column, Table
from rich.text import Text

from kb.cli.documents.accepting import accept_and_say
from kb.cli.group import format_faults
from kb.cli.progress import RunProgress
from kb.collection.folder import ContentFolder, read_folder
from kb.editing.draft_files import sha256_of
from kb.editing.named_document import NamedDocument, named_document
from kb.editing.versions.replacing import PlannedVersion, has_source, planned_version
from kb.editing.versions.version_changes import CHANGE_KINDS, ChangeKind, PassageChange
from kb.english import ENGLISH
from kb.errors import BadRequest, KbError, SourceUnreadable
from kb.fetching.address import is_address
from kb.fetching.downloads import RETRIEVED, Downloads, fetched_on
from kb.files.listing import is_folder
from kb.files.reading import why_not_added
from kb.importers.draft import ImportDraft
from kb.importers.reading.pool import read_draft
from kb.messages import Message, words
from kb.model import Passage
from kb.permanence.ledger import STANDING_STATES, last_entries
from kb.text.phrasing import describe_changes, shorten

__all__ = ["replace_document"]

MAX_ROWS, MAX_RENUMBERED_ROWS = 12, 3
"""Listed of each kind of change; renumbered passages are many and alike."""


def replace_document(
    folder: Path, files: Sequence[str], slug: str, downloads: Downloads, *, at_once: bool, yes: bool
) -> None:
    """Shows what a new version changes and makes its draft; accepts it `at_once` if nothing is unsettled."""
    if len(files) != 1 or is_folder(Path(files[0])):
        raise BadRequest("--replace", Message("one-file-replaces"))
    (name,) = files
    content = read_folder(folder)
    named = named_document(content, slug)
    try:
        path = _fetched(name, downloads) if is_address(name) else Path(name)
        if _is_known(content, named, path, name):
            return
        planned = planned_version(content, named, path, partial(_read, downloads, named))
    except OSError as exc:
        reason = words(why_not_added(name, exc), ENGLISH)
        raise KbError(Message("file-not-added", file=name, reason=reason)) from exc
    except SourceUnreadable as exc:
        raise KbError(Message("file-not-added", file=name, reason=str(exc))) from exc
    _show(planned, content)
    place = planned.write(content, datetime.date.today())
    _say(Message("version-drafted", file=name, place=place, slug=slug))
    for remark in planned.new.remarks:
        click.echo(f"  {words(remark, ENGLISH)}")
    if planned.faults:
        _say(Message("faults-after-replacement", count=len(planned.faults)))
        click.echo(format_faults(planned.faults))
    if at_once:
        accept_and_say(folder, [slug], open_pairs_differ=yes)
    elif planned.new.pairs:
        _say(Message("pairs-to-settle", count=len(planned.new.pairs), place=place, slug=slug))


def _fetched(address: str, downloads: Downloads) -> Path:
    with RunProgress(1) as progress:
        return downloads.fetch(address, progress.download)


def _read(downloads: Downloads, named: NamedDocument, path: Path) -> ImportDraft:
    """The draft of a file. Of the version before, address and day are not what an editor wrote by hand."""
    draft = read_draft(path)
    earlier = named.accepted or named.draft
    day = dict(earlier.document.further).get(RETRIEVED) if earlier else None
    if earlier and day and path not in downloads.fetched:
        return fetched_on(draft, earlier.document.url, day)
    return downloads.with_origin(path, draft, datetime.date.today())


def _is_known(content: ContentFolder, named: NamedDocument, path: Path, name: str) -> bool:
    """Whether the document has these very bytes already. Raises BadRequest if another document has them."""
    sha256 = sha256_of(path)
    if has_source(named, sha256):
        is_draft = named.draft and named.draft.document.sha256 == sha256
        said = Message("already-drafted", file=name, slug=named.slug)
        _say(said if is_draft else Message("already-added", file=name, slug=named.slug))
        return True
    others = (one.id for draft in content.drafts for one in draft.documents if one.sha256 == sha256)
    if other := next(others, ""):
        raise BadRequest("--replace", Message("source-of-other", file=path.name, slug=other))
    return False


def _say(message: Message) -> None:
    click.echo(words(message, ENGLISH))


def _show(planned: PlannedVersion, content: ContentFolder) -> None:
    """What became of the passages: what an editor should look at, and counts of all."""
    published = {id for document, id in _published(content) if document == planned.named.slug}
    title = words(Message("version-title", slug=planned.named.slug), ENGLISH)
    table = Table("", Column("was", overflow="fold"), Column("is", overflow="fold"), "words", title=title)
    counts = Counter(one.kind for one in planned.changes)
    for kind in CHANGE_KINDS:
        own = [one for one in planned.changes if one.kind == kind] if kind != "kept" else []
        most = MAX_RENUMBERED_ROWS if kind == "renumbered" else MAX_ROWS
        for change in own[:most]:
            table.add_row(_label(kind), _name(change.old), _name(change.new), Text(_words(change, published)))
        if len(own) > most:
            rest = Message("more-rows", count=len(own) - most)
            table.add_row(_label(kind), "", "", words(rest, ENGLISH))
    if table.row_count:
        Console().print(table)
    click.echo(f"{_tally(counts)}.")


def _published(content: ContentFolder) -> Iterator[tuple[str, str]]:
    last = last_entries(content.entries)
    return (key for key, entry in last.items() if entry.status in STANDING_STATES)


def _name(passage: Passage | None) -> str:
    if passage is None:
        return ""
    return f"{passage.id} ({passage.locator})" if passage.locator else passage.id


def _words(change: PassageChange, published: Container[str]) -> str:
    match change:
        case PassageChange("changed", Passage() as old, Passage() as new):
            return describe_changes(old.text, new.text)
        case PassageChange("unsettled", Passage() as old, Passage() as new):
            return f"{shorten(old.text)}\n{describe_changes(old.text, new.text)}"
        case PassageChange("gone", Passage() as old):
            fate = Message("gone-published") if old.id in published else Message("gone-unpublished")
            return f"{shorten(old.text)}\n{words(fate, ENGLISH)}"
        case PassageChange(old=old, new=new):
            shown = new or old
            return shorten(shown.text) if shown else ""


def _label(kind: ChangeKind) -> str:
    return words(_LABELS[kind], ENGLISH)


_LABELS: dict[ChangeKind, Message] = {
    "unsettled": Message("change-unsettled"),
    "changed": Message("change-changed"),
    "led on": Message("change-led-on"),
    "gone": Message("change-gone"),
    "new": Message("change-new"),
    "renumbered": Message("change-renumbered"),
    "kept": Message("change-kept"),
}


def _tally(counts: Mapping[ChangeKind, int]) -> str:
    shown = (f"{counts[kind]:,} {_label(kind)}" for kind in reversed(CHANGE_KINDS) if counts.get(kind))
    return ", ".join(shown)
