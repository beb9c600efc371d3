"""A brief as Markdown with numbered footnotes."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from kb.citing import rich_text
from kb.citing.exports.briefing import READERS_NOTE, Briefing, QuotedPassage
from kb.citing.exports.markdown_direction import block_quotation, broken, in_direction
from kb.citing.labels import NOTE_LABEL
from kb.citing.works.work_list import WorkList
from kb.text import markdown_escape

__all__ = ["markdown"]


def markdown(text: Briefing, remarks: Sequence[str] = ()) -> str:
    """The text as Markdown with footnotes; `remarks` follow at the end."""
    return "\n\n".join(_blocks(text, remarks)) + "\n"


def _blocks(text: Briefing, remarks: Sequence[str]) -> Iterator[str]:
    yield f"# {markdown_escape.escape(text.title)}"
    for section in text.sections:
        if section.heading:
            yield f"## {markdown_escape.escape(section.heading)}"
        for each in section.quoted:
            yield from _entry(each)
    yield from _works(text.works)
    if text.quoted:
        yield f"## {text.annex}"
        lines = (markdown_escape.escape(each.found_at) for each in text.quoted)
        yield "\n".join(f"{at}. {line}" for at, line in enumerate(lines, 1))
    yield from (f"*{markdown_escape.escape(remark)}*" for remark in remarks)
    yield from (f"[^{each.number}]: {rich_text.as_markdown(each.runs)}" for each in text.footnotes)


def _entry(quoted: QuotedPassage) -> Iterator[str]:
    if quoted.is_ours:
        yield f"*{NOTE_LABEL}*"
    mark = f"[^{quoted.number}]" if quoted.number else f" {rich_text.as_markdown(quoted.runs)}"
    if quoted.is_whole_work:
        yield f"{markdown_escape.escape(quoted.item['title'])}{mark}"
    else:
        quotation = block_quotation(quoted.parts, mark, in_marks=True)
        yield in_direction(quotation, quoted.words, quoted.item.get("language", ""))
    if quoted.note:
        yield f"**{READERS_NOTE}:** {broken(quoted.note)}"


def _works(works: WorkList) -> Iterator[str]:
    if works.title and works.groups:
        yield f"## {works.title}"
    for group in works.groups:
        if group.heading:
            yield f"{'###' if works.title else '##'} {group.heading}"
        yield from (rich_text.as_markdown(entry.runs) for entry in group.entries)
