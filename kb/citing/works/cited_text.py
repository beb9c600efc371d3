"""A sequence of passages cited in one text: each in full or in short, and the works that they are from."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from kb.citing.csl_item import CslItem, kind_of
from kb.citing.elements.citation_elements import CitationElements
from kb.citing.rich_text import RichText, plain_text, stopped
from kb.citing.styles.registry import Style, cite
from kb.citing.subsequent.registry import SUBSEQUENT
from kb.citing.subsequent.short_forms import EarlierCitation, repeated_item, short_names
from kb.citing.works.distinctions import distinctions, distinguished
from kb.citing.works.work import work_item, work_key
from kb.citing.works.work_list import WorkList, list_works

__all__ = ["CitedPassage", "CitedText", "cite_in_order"]


@dataclass(frozen=True, slots=True)
class CitedPassage:
    """A passage with its citation in its place: a note, or a reference in the text.

    `number` is the note's, from 1; 0 for a reference in the text. `first_note` is that of the full citation
    that a later note refers back to. `is_verified` says whether its form was checked against a guide.
    """

    item: CslItem
    runs: RichText
    number: int
    is_verified: bool
    first_note: int = 0


@dataclass(frozen=True, slots=True)
class CitedText:
    """Passages in their order, and the list of the works that they are from."""

    style: Style
    passages: tuple[CitedPassage, ...]
    works: WorkList

    @property
    def unverified_kinds(self) -> tuple[str, ...]:
        """The kinds of sources of which some citation has a form that was checked against no guide."""
        return tuple(sorted({kind_of(each.item).name for each in self.passages if not each.is_verified}))


def cite_in_order(items: Sequence[CslItem], style: Style) -> CitedText:
    """The records of passages cited in a style, in their order, each in a note or a reference of its own."""
    works = {work_key(item): work_item(item) for item in reversed(items)}
    apart = distinctions(works, style)
    if style.in_text:
        passages = [_referred(distinguished(item, apart.get(work_key(item))), style) for item in items]
    else:
        passages = _noted(items, works, style)
    listed = [distinguished(work, apart.get(key)) for key, work in works.items()]
    return CitedText(style, tuple(passages), list_works(listed, style))


def _referred(item: CslItem, style: Style) -> CitedPassage:
    is_verified = style.is_verified_for(item) and not item["custom"].get("needs_title")
    return CitedPassage(item, cite(item, style).parts[0].runs, 0, is_verified)


def _noted(items: Sequence[CslItem], works: Mapping[str, CslItem], style: Style) -> list[CitedPassage]:
    """Each passage in a note of its own: the first of a work in full, others as the style cites again."""
    namesakes, cited_again = _namesakes(works, style), _cited_again_later(items)
    first: dict[str, int] = {}
    last: dict[str, int] = {}
    passages = []
    for number, item in enumerate(items, 1):
        key = work_key(item)
        if key in first:
            earlier = EarlierCitation(first[key], number - last[key], key in namesakes)
            passages.append(_cited_again(item, items[last[key] - 1], earlier, number, style))
        else:
            runs = cite(distinguished(item, {"cited_again": key in cited_again}), style).parts[0].runs
            passages.append(CitedPassage(item, runs, number, style.is_verified_for(item)))
        first.setdefault(key, number)
        last[key] = number
    return passages


def _cited_again_later(items: Sequence[CslItem]) -> set[str]:
    """The works of which some later citation has the short form."""
    keys = [work_key(item) for item in items]
    return {
        key
        for at, key in enumerate(keys)
        if key in keys[:at] and not (key == keys[at - 1] and _is_ibid(items[at], items[at - 1]))
    }


def _cited_again(
    item: CslItem, before: CslItem, earlier: EarlierCitation, number: int, style: Style
) -> CitedPassage:
    """A later citation; `before` is the passage of the same work that was cited last."""
    again, kind = SUBSEQUENT[style.name], kind_of(item).name
    elements = CitationElements(repeated_item(item), style.rules)
    runs: RichText = ()
    if earlier.notes_back == 1 and _is_ibid(item, before):
        runs = again.repeated(elements, _place(item) == _place(before))
    runs = runs or again.forms[kind](elements, earlier)
    is_verified = style.is_verified_for(item) and kind in again.verified
    return CitedPassage(item, stopped(runs), number, is_verified, earlier.first_note)


def _is_ibid(item: CslItem, before: CslItem) -> bool:
    """Whether what stands for the note before can stand for this citation of the same work.

    It needs a place of its own or the same one: alone it would mean the place that is cited there.
    """
    return bool(item.get("locator")) or _place(item) == _place(before)


def _place(item: CslItem) -> tuple[str, str]:
    return item["custom"].get("label", ""), item.get("locator", "")


def _namesakes(works: Mapping[str, CslItem], style: Style) -> set[str]:
    """The works whose authors' short names stand for another work too."""
    named = {key: plain_text(short_names(CitationElements(item, style.rules))) for key, item in works.items()}
    often = Counter(filter(None, named.values()))
    return {key for key, names in named.items() if often[names] > 1}
