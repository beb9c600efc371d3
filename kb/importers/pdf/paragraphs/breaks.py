"""Whether a line begins a paragraph below the line above it in its column."""

from __future__ import annotations

import re

from kb.importers.pdf.lines import PageLine
from kb.importers.pdf.paragraphs.column_metrics import ColumnMetrics, fits_above
from kb.importers.pdf.paragraphs.line_group import (
    INDENT_EMS,
    LineGroup,
    changes_size,
    is_centred,
    is_title,
    line_label,
    may_be_last,
)
from kb.numbering.labels import Label, label_of
from kb.text.scripts import is_unspaced

__all__ = ["begins_paragraph"]

_RUN_IN = re.compile(r"[A-Z][A-Z'’-]+(?:[ ,][A-Z][A-Z'’-]+){0,6}[ ,]?:(?=\s|\Z)")


def begins_paragraph(group: LineGroup, above: PageLine, line: PageLine, metrics: ColumnMetrics) -> bool:
    """Whether a line begins a paragraph below the one above it in its column."""
    if line.row == above.row and line.page == above.page:
        return True
    step = line.baseline - above.baseline
    pitch = metrics.pitch * max(1, line.size / metrics.size)
    if step <= 0 or changes_size(above, line):
        return True
    if step > 1.35 * pitch:
        return True
    ended = may_be_last(above.text)
    fits = fits_above(above, line, metrics, words=1 if ended else 2)
    if group.label and len(group.lines) == 1 and not above.text[group.label.end :].strip():
        return True
    if _changes_weight(above, line, ended=ended, loose=step > 1.05 * pitch or fits):
        return True
    if step > 1.14 * pitch and (ended or fits):
        return True
    return _begins_by_words(group, above, line, ended=ended, fits=fits, loose=step > 1.1 * pitch) or (
        _begins_by_indent(group, above, line, ended=ended, fits=fits)
    )


def _changes_weight(above: PageLine, line: PageLine, *, ended: bool, loose: bool) -> bool:
    if above.bold and not line.bold:
        return not line.bold_start or ended
    return line.bold and not above.bold and (ended or loose)


def _begins_by_words(
    group: LineGroup, above: PageLine, line: PageLine, *, ended: bool, fits: bool, loose: bool
) -> bool:
    if line.bold_start and _RUN_IN.match(line.text):
        return ended or fits or loose
    label = line_label(line)
    if label is not None and not _is_inline(group, label):
        moved = abs(line.start - above.start) > INDENT_EMS * line.size and line.start <= group.first.start + 1
        titled = line.text.upper() == line.text != line.text.lower() and above.text.upper() != above.text
        return ended or fits or loose or (moved and len(group.lines) > 1) or titled
    if group.centred and is_centred(line, group.column):
        return False
    if (
        group.label is not None
        and len(group.lines) == 1
        and line.start - above.start > INDENT_EMS * line.size
    ):
        return False  # a hanging indent after the label
    afresh = line.text[:1].isupper() or is_unspaced(line.text[0])
    return fits and (ended or (afresh and not is_title(group)))


def _is_inline(group: LineGroup, label: Label) -> bool:
    """Whether the label continues a list within the words of the paragraph, such as (i) ... (ii)."""
    if label.is_bullet or not label.readings:
        return False
    before = label.readings[0].ordinal - 1
    if before < 1 or (group.label and group.label.form == label.form):
        return False
    inner = " ".join(one.text for one in group.lines)
    forms = re.findall(r"(?<=\s)(\(?[A-Za-z\d]{1,4}\))\s", inner)
    return any(
        (found := label_of(f"{form} x")) is not None
        and found.form == label.form
        and any(
            a.kind == b.kind and a.ordinal == b.ordinal - 1 for a in found.readings for b in label.readings
        )
        for form in forms
    )


def _begins_by_indent(group: LineGroup, above: PageLine, line: PageLine, *, ended: bool, fits: bool) -> bool:
    shift = line.start - above.start
    if abs(shift) <= INDENT_EMS * line.size or (group.centred and is_centred(line, group.column)):
        return False
    second = len(group.lines) == 1
    if shift > 0:
        return (ended or fits) and not (second and group.label is not None)
    return not second and (ended or fits)
