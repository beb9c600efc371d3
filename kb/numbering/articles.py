"""The labels of articles and sections in many languages: `Article 3`, `Pasal 3`, `第三条`, `มาตรา ๓`, `§ 12`.

A text that begins with one may only mention it: `Article 6 of the Convention`. Where punctuation, a capital
letter or the end of the line after the number rules out a mention, the label is certain; otherwise it is only
possible, and the other articles of the document decide (`run_in_articles.py`).
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from pathlib import Path

from kb.numbering.labels import Label, Reading, label_of, ordinal
from kb.numbering.numerals import CHINESE_NUMERALS, in_ascii_digits, number_of

__all__ = ["article_label", "locator_word", "named_articles", "paragraph_label", "possible_article_label"]


@dataclass(frozen=True, slots=True)
class _Unit:
    """A unit in the table: its word in locators, how its text follows the label, and one word for it."""

    locator: str
    layout: str
    word: str


def _rows(name: str) -> Iterator[Sequence[str]]:
    for line in Path(__file__).with_name(name).read_text(encoding="utf-8").splitlines():
        if line and not line.startswith("# ") and line != "#":
            yield line.split("\t")


_NAMES = [
    _Unit(locator, layout, word)
    for _, locator, layout, words in _rows("articles.tsv")
    for word in words.split("|")
]
_UNITS = [unit for unit in _NAMES if unit.layout != "mention"]
"""The units that labels name; all others are only mentioned."""


def _form(word: str) -> str:
    """The form shared by all labels of a list: their word, without the placeholder of the number."""
    return re.sub(r"[#.\s-]+", "", word).casefold() if "#" in word else word.casefold()


_BY_FORM: Mapping[str, _Unit] = {_form(unit.word): unit for unit in reversed(_NAMES)}


def _words(units: Iterator[str]) -> str:
    escaped = (re.escape(word).replace(r"\ ", r"\s") for word in sorted(units, key=len, reverse=True))
    return "|".join(word.replace("§", "§+") for word in escaped)


_INSERTED: Mapping[str, str] = {
    "مكررا": "bis",
    "مكرر": "bis",
    "مكرراً": "bis",
    "مكررًا": "bis",
    "ทวิ": "bis",
    "ตรี": "ter",
    "จัตวา": "quater",
    "เบญจ": "quinquies",
}
"""The marks of an article inserted later, and what English-speaking lawyers write for them."""

_CLOSES = ".:º)–—：．៖។।၊။።-"
_BEFORE_TEXT = r"(?=\s|\Z|(?<=[：．៖။]))"
_BEFORE = re.compile(
    rf"(?P<word>{_words(unit.word for unit in _UNITS if '#' not in unit.word)})\s?(?:no\.?\s?)?\(?\s?"
    r"(?P<number>\d{1,4}(?:[-./]\d{1,3})*[a-zđ]?|[IVXLC]{1,7}|premier|1er)"
    rf"(?P<bis>\s(?:bis|ter|quater)|\s?(?:{'|'.join(_INSERTED)}))?\s?\)?"
    rf"(?P<close>\s?[{_CLOSES}]{{0,2}}){_BEFORE_TEXT}",
    re.IGNORECASE,
)
_NUMBER_WITHIN = rf"(?P<number>\d{{1,4}}|[{CHINESE_NUMERALS}]{{1,9}})"


def _around(words: Sequence[str]) -> re.Pattern[str]:
    """A pattern of words that enclose the number or follow it."""
    before = {word.partition("#")[0] for word in words} - {""}
    behind = [word.partition("#")[2] for word in words]
    return re.compile(
        rf"(?P<prefix>{'|'.join(before)})?\s?{_NUMBER_WITHIN}(?P<word>{_words(iter(behind))})"
        rf"(?P<bis>[之의の]\s?(?:\d{{1,2}}|[{CHINESE_NUMERALS}]{{1,3}}))?"
        rf"(?P<close>\s?[{_CLOSES}]{{0,2}}){_BEFORE_TEXT[:-1]}|[(（])",
        re.IGNORECASE,
    )


_AROUND = _around([word for unit in _UNITS if "#" in (word := unit.word)] + ["제# 조", "第# 条"])
_UNSPACED = "\u0e00-\u0eff\u1000-\u109f\u1780-\u17ff"
_NAMED = re.compile(
    rf"(?!(?<=[{_UNSPACED}.])ม\.)(?:(?<!\w)|(?<=[{_UNSPACED}]))(?<!อนุ)"
    rf"(?P<word>{_words(unit.word for unit in _NAMES if '#' not in unit.word)})"
    r"\s?(?P<number>\d{1,4}(?:[-./]\d{1,3})*(?:\s?\(\w{1,6}\))*)(?!\w)",
    re.IGNORECASE,
)
"""The first lookahead skips the end of another abbreviation, such as `กทม. 2544`."""

_GOES_ON = r"(?=\W|\Z|第|规定|規定|的规定|的規定|の規定|に|所|及|和|与|至|或)"
_NAMED_AROUND = re.compile(
    rf"第\s?{_NUMBER_WITHIN}\s?[条條](?P<bis>[之の](?:\d{{1,2}}|[{CHINESE_NUMERALS}]{{1,3}}){_GOES_ON})?{_GOES_ON}"
)
"""Only what `_GOES_ON` lists may follow without a space: `第三条道路` is a third way, not Article 3."""

_NAMED_IN_KOREAN = re.compile(
    r"(?<!\w)제\s?(?P<number>\d{1,4})\s?조(?P<bis>의\d{1,2}(?!\d))?"
    r"(?=\W|\Z|제|에|의|은|는|을|를|와|과|및|로|부터|까지)"
)

_BEGINNINGS = frozenset(unit.word.partition("#")[0][:2].casefold() for unit in _UNITS) - {""}
"""First two letters of the words: most texts begin with none of them and need no matching."""

_TITLE_BEHIND = re.compile(r"[(（](?!\s?\d)[^()（）]{1,80}[)）](?=\s|\Z)")
"""A title in parentheses after the number: `제1조(목적) 이 법은`."""

_UP_TO = re.compile(r"\d+(?!\d|[.)º°]+\s)")
"""The last article of a range, not the number of a paragraph: `Article 6 – 1. The parties`."""

_MENTIONED = re.compile(rf"[,;،؛、，；)\]/&–—-]|[(（\[]?\s?\d|(?:第|제)\s?[\d{CHINESE_NUMERALS}]")


def _mention(how: str, word: str) -> str:
    word, _, unless = word.partition("!")
    end = r"(?=[\s.,;:،؛]|\Z)" if how == "word" else f"(?!{re.escape(unless)})" if unless else ""
    return re.escape(word) + end


_MENTION_WORDS = re.compile(
    "|".join(
        _mention(how, word) for _, how, words in _rows("article_mentions.tsv") for word in words.split("|")
    )
)


def named_articles(text: str) -> Iterator[tuple[str, str, int, int]]:
    """Every article or section that a text mentions, in order: its locator word, number, start and end.

    `ตามมาตรา ๓๒` gives `art` and `32`. Where the word encloses the number, only Chinese, Japanese and Korean
    articles are found: `第三条`, `제32조`.
    """
    around = (*_NAMED_AROUND.finditer(text), *_NAMED_IN_KOREAN.finditer(text))
    for found in sorted((*_NAMED.finditer(text), *around), key=re.Match.start):
        if found.re is not _NAMED:
            yield "art", _number(found["number"], found["bis"] or "")[0], found.start(), found.end()
        elif unit := _BY_FORM.get(_form(found["word"])):
            yield unit.locator, in_ascii_digits(found["number"]), found.start(), found.end()


def article_label(text: str) -> Label | None:
    """The label of an article or section that a text certainly begins with."""
    found = _label(text)
    if found is None:
        return None
    label, unit, close = found
    behind = text[label.end :]
    if close and not close.strip("-–—") and _UP_TO.match(behind):
        return None  # "Article 6 – 9" is a range of articles
    if not behind or close or (not text[label.end - 1].isspace() and _TITLE_BEHIND.match(behind)):
        return label
    if unit.layout == "space" or behind[0].islower() or _MENTION_WORDS.match(behind) or not _has_case(text):
        return None  # "Section 104 of the Act ..." is a sentence
    return label


def possible_article_label(text: str) -> Label | None:
    """The label of an article that only a space separates from its text, `มาตรา ๖ ผู้ใด`; no mention."""
    found = _label(text)
    if found is None:
        return None
    label, unit, close = found
    behind = text[label.end :]
    if unit.layout != "space" or close or not behind or not text[label.end - 1].isspace():
        return None
    is_mention = behind[0].islower() or _MENTIONED.match(behind) or _MENTION_WORDS.match(behind)
    return None if is_mention else label


def paragraph_label(text: str) -> Label | None:
    """The label of a paragraph or an article. A bullet before another label does not count."""
    label = label_of(text)
    if label is None:
        return article_label(text)
    if label.is_bullet and (inner := article_label(text[label.end :]) or label_of(text[label.end :])):
        return label if inner.is_bullet else replace(inner, end=label.end + inner.end)
    return (article_label(text) or label) if text[0].isdecimal() else label


def locator_word(form: str) -> str:
    """The word in locators for units whose labels have this form: `art`, `s`, `reg`."""
    unit = _BY_FORM.get("§" if form.startswith("§") else form)
    return unit.locator if unit else "art"


def _label(text: str) -> tuple[Label, _Unit, str] | None:
    """The label, its unit, and the punctuation after its number."""
    if not (text[:2].casefold() in _BEGINNINGS or text[:1] in _BEGINNINGS or text[:1].isdecimal()):
        return None
    if match := _BEFORE.match(text):
        form = _form(match["word"])
    elif match := _AROUND.match(text):
        form = _form(f"{match['prefix'] or ''}#{match['word']}")
    else:
        return None
    unit = _BY_FORM.get(form.replace("§§", "§"))
    if unit is None or ("/" in match["number"] and unit.layout != "space"):
        return None  # "Recommendation 2003/12" is a symbol
    value, number = _number(match["number"], match["bis"] or "")
    close = match["close"].strip()
    end = match.end()
    while end < len(text) and text[end].isspace():
        end += 1
    return Label(match[0].strip(), value, form, (Reading("number", number),), end), unit, close


def _number(number: str, bis: str) -> tuple[str, int]:
    """The number as locators write it, and its value: `12-1` and 12 for `第十二条之一`."""
    if number.casefold() in ("premier", "1er"):
        return "1", 1
    if number[0] in CHINESE_NUMERALS:
        number = str(number_of(number))
    number = in_ascii_digits(number)
    if bis[:1] in ("之", "の", "의"):
        behind = bis[1:].strip()
        bis = f"-{number_of(behind) if behind[0] in CHINESE_NUMERALS else in_ascii_digits(behind)}"
    elif bis.strip() in _INSERTED:
        bis = f" {_INSERTED[bis.strip()]}"
    return number + bis, ordinal(number)


def _has_case(text: str) -> bool:
    return text.lower() != text.upper()
