"""Records for reference managers: one a work, with the passages that a text quotes from it."""

from __future__ import annotations

from collections.abc import Iterable

from kb.citing.csl_item import CslItem
from kb.citing.elements.quoted_words import quoted_text
from kb.citing.pinpoint import Pinpoint, label_of
from kb.citing.works.work import work_item, work_key
from kb.ids import shortened

__all__ = ["work_records"]


def work_records(quoted: Iterable[tuple[CslItem, str]]) -> list[CslItem]:
    """The works of these passages, each with the reader's note on it, in the order of first citation."""
    by_work: dict[str, list[tuple[CslItem, str]]] = {}
    for item, note in quoted:
        by_work.setdefault(work_key(item), []).append((item, note))
    return [_record(passages) for passages in by_work.values()]


def _record(passages: list[tuple[CslItem, str]]) -> CslItem:
    whole = work_item(passages[0][0])
    if quotations := [_quotation(item) for item, _ in passages if item.get("abstract")]:
        whole["custom"] = {**whole["custom"], "quotations": quotations}
    several = len(passages) > 1
    notes = (f"{_place(item)}{note}" if several else note for item, note in passages if note)
    if annotation := "\n\n".join(notes):
        whole["annote"] = annotation
    return whole


def _quotation(item: CslItem) -> str:
    """The words with their place, address and fingerprint."""
    fingerprint = f"sha256:{shortened(item['custom']['fingerprint'])}"
    found = ", ".join(filter(None, (item["custom"].get("address", ""), fingerprint)))
    return f"{_place(item)}{quoted_text(item)} ({found})"


def _place(item: CslItem) -> str:
    """Where in the work it is, in words: `paragraphs 4–6: `."""
    place = Pinpoint(label_of(item["custom"].get("label", "")), item.get("locator", ""))
    label = f"{place.label}s" if place.label and place.several else place.label
    words = " ".join(filter(None, (label, place.value)))
    return f"{words}: " if words else ""
