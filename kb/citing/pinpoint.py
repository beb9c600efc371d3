"""Pinpoints: the label and value of a locator, and how a style writes them."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Literal

from kb.model import Passage

__all__ = [
    "CSL_LABELS",
    "LABEL_WORDS",
    "CslLabel",
    "LocatorLabel",
    "Pinpoint",
    "PinpointForms",
    "find_pinpoints",
    "format_pinpoint",
    "is_several",
    "joined_pinpoints",
    "joined_values",
    "label_of",
    "page_pinpoint",
    "parse_locator",
    "span_pinpoint",
]

LocatorLabel = Literal["paragraph", "page", "article", "section", "chapter", "part", ""]
"""What a locator counts; empty if unknown."""

CslLabel = Literal["paragraph", "page", "article-locator", "section", "chapter", "part", ""]

CSL_LABELS: Mapping[LocatorLabel, CslLabel] = {
    "paragraph": "paragraph",
    "page": "page",
    "article": "article-locator",
    "section": "section",
    "chapter": "chapter",
    "part": "part",
    "": "",
}
"""Their names in CSL 1.0.2 (“Locators”), where `article` is a type of item."""

_OWN_LABELS: Mapping[CslLabel, LocatorLabel] = {name: label for label, name in CSL_LABELS.items()}

LABEL_WORDS: Mapping[LocatorLabel, tuple[str, ...]] = {
    "paragraph": ("paragraph", "para", "par", "¶"),
    "page": ("page", "p"),
    "article": ("article", "art"),
    "section": ("section", "sec", "s", "§"),
    "chapter": ("chapter", "chap", "ch"),
    "part": ("part", "pt"),
}
"""How each label is written; for several places, a word takes an s and a sign or single letter is doubled."""


def _of_one_or_several(word: str) -> str:
    return f"{word}{'s' if len(word) > 1 else word}?"


_PARTS = r"(?:\s?\(\w{1,6}\))"
_NUMBER = rf"(?:[0-9]+[A-Za-z]?(?:\.[0-9]+)*(?:{_PARTS}+(?:\s?[-–]{_PARTS}+)?)?|[IVXLC]+)"
_VALUE = rf"{_NUMBER}(?:\s?[-–,]\s?{_NUMBER})*"
_LABELLED = "|".join(
    f"(?P<{label}>{'|'.join(map(_of_one_or_several, words))})" for label, words in LABEL_WORDS.items()
)
# a lone letter is not a label if the number follows directly: P029 and p7 are names
_LOCATOR = re.compile(
    rf"(?:{_LABELLED})(?:[.\s]\s?|(?<=[¶§]))(?P<value>{_VALUE})(?P<rest>\s.*)?", re.IGNORECASE
)
_BARE = re.compile(rf"\[(?P<value>{_VALUE})\]")

# what an importer counted itself: readers find no such number in the source
_OUR_COUNT = re.compile(
    r"(?:.*, )?(?:(?:bullet|lead-in|quote|row|unnumbered para) \d+|heading “.*”|footnote [^\d,]+)"
    r"(?:, p \d+)?(?: \[\d+\])?",
    re.DOTALL,
)

_NUMBERS = (
    "one two three four five six seven eight nine ten eleven twelve thirteen fourteen fifteen sixteen "
    "seventeen eighteen nineteen twenty"
)
_NUMBER_WORDS = _NUMBERS.split()
_FOUND = re.compile(
    rf"(?<!\w)(?:{_LABELLED})(?:\.?\s?|(?<=[¶§]))(?<![A-Za-z])(?P<value>{_VALUE}|{'|'.join(_NUMBER_WORDS)})(?!\w)"
    rf"|\[(?P<bare>{_VALUE})\]",
    re.IGNORECASE,
)


@dataclass(frozen=True, slots=True)
class Pinpoint:
    """A place in a document; `value` is `4`, `4–6`, `16(2)` or `16(2)–(4)`, or words if there is no label:
    `Guideline 9`.
    """

    label: LocatorLabel
    value: str

    @property
    def several(self) -> bool:
        """Whether it covers several paragraphs or articles, not just several parts of one."""
        return is_several(self.value)


PinpointForms = Mapping[LocatorLabel, tuple[str, str]]
"""How a style writes a single place, and several: `{"paragraph": ("para {}", "paras {}")}`."""


def label_of(name: CslLabel) -> LocatorLabel:
    """Our label for CSL's name of a locator."""
    return _OWN_LABELS[name]


def parse_locator(locator: str) -> Pinpoint:
    """The place that a locator names, without the heading that may follow an article's number."""
    words = " ".join(locator.split())
    if bare := _BARE.fullmatch(words):
        return Pinpoint("paragraph", _value(bare["value"]))
    match = _LOCATOR.fullmatch(words)
    if not match:
        return Pinpoint("", words)
    label = next(label for label in LABEL_WORDS if match[label])
    is_heading = label == "article" and re.fullmatch(r"\s[A-Z]\D*", match["rest"] or "")
    return Pinpoint(label, _value(match["value"])) if is_heading or not match["rest"] else Pinpoint("", words)


def span_pinpoint(first: str, last: str) -> Pinpoint:
    """The place of several passages, from the locators of the first and last; empty if either has none.

    `para 4` and `para 6` are paragraphs 4–6. Locators of different kinds, or in words, stay as the
    source has them: `para 4 to Annex`.
    """
    if first == last or not (first and last):
        return parse_locator(first if first == last else "")
    begin, end = parse_locator(first), parse_locator(last)
    return joined_pinpoints(begin, end) or Pinpoint(
        "", f"{' '.join(first.split())} to {' '.join(last.split())}"
    )


def joined_pinpoints(first: Pinpoint, last: Pinpoint) -> Pinpoint | None:
    """From the beginning of one place to the end of another; None if their labels differ or are empty."""
    if not first.label or first.label != last.label:
        return None
    return Pinpoint(first.label, joined_values(_ends(first.value)[0], _ends(last.value)[1]))


def joined_values(low: str, high: str) -> str:
    """A range of values that does not repeat what they share: `16(2)` and `16(4)` are `16(2)–(4)`.

    If one is part of the other, the whole: `16` for `16` and `16(4)`.
    """
    begin, end = _split(low), _split(high)
    shared = next((at for at, (a, b) in enumerate(zip(begin, end, strict=False)) if a != b), -1)
    if shared < 0:
        return low if len(begin) <= len(end) else high
    return f"{low}–{''.join(end[shared:])}"


def _split(value: str) -> list[str]:
    """The steps of a value: `16`, `(2)`, `(a)`."""
    head = value.partition("(")[0]
    return [head, *re.findall(r"\s?\([^)]*\)", value[len(head) :])]


def _ends(value: str) -> tuple[str, str]:
    """The first and the last place of a value: `16(2)` and `16(4)` of `16(2)–(4)`."""
    pieces = re.split("[–,] ?", value)
    if len(pieces) == 1 or not pieces[-1].startswith("("):
        return pieces[0], pieces[-1]
    steps, last = _split(pieces[0]), _split(pieces[-1])[1:]
    return pieces[0], "".join([*steps[: max(1, len(steps) - len(last))], *last])


def is_several(value: str) -> bool:
    """Whether a value covers several numbers, like `4–6`; `16(2)–(4)` covers one."""
    return re.search(r"[–,]\s?[^\s(]", value) is not None


def page_pinpoint(first: Passage, last: Passage) -> Pinpoint | None:
    """The pages of passages whose locators are no use to a reader of the source; None if they are useful.

    `para 12, bullet 2` leads to paragraph 12; `table 1, row 3` leads nowhere if the tables have no numbers.
    """
    if first.page is None or last.page_end is None or not all(map(_is_unhelpful, (first, last))):
        return None
    pages = dict.fromkeys((first.page, last.page_end))
    return Pinpoint("page", "–".join(map(str, pages)))


def _is_unhelpful(passage: Passage) -> bool:
    """Whether a locator is empty, or only counts what has no number in the source."""
    words = " ".join(passage.locator.split())
    begins_labelled = _FOUND.match(words.partition(", ")[0])
    return not words or (begins_labelled is None and bool(_OUR_COUNT.fullmatch(words)))


def find_pinpoints(text: str) -> Iterator[tuple[Pinpoint, int, int]]:
    """Pinpoints in running text, with start and end: `para 5`, `¶ 5`, `[5]`, `article six`."""
    for match in _FOUND.finditer(text):
        label: LocatorLabel = next((label for label in LABEL_WORDS if match[label]), "paragraph")
        value = match["value"] or match["bare"]
        if value.lower() in _NUMBER_WORDS:
            value = str(_NUMBER_WORDS.index(value.lower()) + 1)
        yield Pinpoint(label, _value(value)), match.start(), match.end()


def _value(words: str) -> str:
    return re.sub(r",\s?", ", ", re.sub(r"\s?[-–]\s?", "–", words)).replace(" (", "(")


def format_pinpoint(pinpoint: Pinpoint, pins: PinpointForms) -> str:
    """A pinpoint as a style writes it; its bare value if the style has no form for its label."""
    one, several = pins.get(pinpoint.label, ("{}", "{}"))
    if not pinpoint.several:
        return one.format(pinpoint.value)
    if several:
        return several.format(pinpoint.value)
    # brackets around each number: [4]–[6]
    return re.sub("[^–, ]+", lambda number: one.format(number[0]), pinpoint.value)
