"""The tags of an HTML text, and which elements are not part of its words.

Read with regular expressions, as neither parser at hand keeps all words and their lines: libxml2's
drops what is nested more than 256 deep and counts no line beyond 65,535, and the time of the
standard library's grows with the square of what is left open. What is not understood is read as words.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from html import unescape

__all__ = [
    "BLOCK_ELEMENTS",
    "Markup",
    "attributes_of",
    "count_unread",
    "element_ends",
    "find_markup",
    "is_note_label",
    "is_note_number",
    "quoted_depths",
    "unescape_html",
    "unread_elements",
    "without_long_references",
]

Markup = re.Match[str]
"""A tag, with the groups `name`, `close` and `attributes`; or a comment or the like, without a `name`."""

# a tag's contents stop at the next tag, so that time stays linear whatever is left open
_TAG = r"""<(?P<close>/?)(?P<name>[a-z][^\s/<>]*+)(?P<attributes>(?>(?:"[^"]*+"|'[^']*+'|[^'"<>]++)*))>"""
_SKIPPED = (
    r"<(?P<skipped>script|style|template|title|textarea|code|kbd|samp)\b[^<>]*+>"
    r".*?(?:</(?P=skipped)\b[^<>]*+>|\Z)"
)
_MARKUP = re.compile(rf"<!--.*?(?:-->|\Z)|{_SKIPPED}|{_TAG}|<[!?][^<>]*+>", re.DOTALL | re.IGNORECASE)
_SKIPPED_KINDS = {"code": "code", "kbd": "code", "samp": "code", "template": "hidden", "textarea": "hidden"}
_ATTRIBUTE = re.compile(r"""([^\s"'<>/=]+)(?:\s*=\s*(?:"([^"]*)"|'([^']*)'|([^\s"'=<>`]+)))?""")

_BLOCK_NAMES = (
    "address article aside blockquote body caption center dd details div dl dt fieldset figcaption figure "
    "footer form h1 h2 h3 h4 h5 h6 header hr legend li main nav ol p pre section summary table td th tr ul"
)
BLOCK_ELEMENTS = frozenset(_BLOCK_NAMES.split())
"""Elements that begin and end a paragraph."""

_VOID_NAMES = "area base br col embed hr img input link meta source track wbr"
_VOID = frozenset(_VOID_NAMES.split())
_UNREAD = frozenset(("del", "s", "strike", "rt", "rp"))
"""Deleted words, and pronunciations."""

_UNDISPLAYED = re.compile(
    r"\bdisplay\s*:\s*none|\bvisibility\s*:\s*hidden|\bmso-hide\s*:\s*all|"
    r"\btext-decoration(?:-line)?\s*:[^;]{0,100}\bline-through",
    re.IGNORECASE,
)
"""Hidden or struck through."""

_QUOTATION_CLASS = re.compile(
    r"(?<!\S)(?:mso)?-?(?:(?:intense|block|pull)-?_?)?(?:quot(?:e|es|ation|ations)|blocktext)(?!\S)",
    re.IGNORECASE,
)
"""Classes that programs give block quotations; Word's are MsoQuote, MsoIntenseQuote and MsoBlockText."""

_MAX_NOTE_CHARS = 200
# possessive, for a row of digits or spaces can be split in exponentially many ways
_NUMBER_LABEL = r"[\[(]?+\s?+(?:\d{1,4}+(?!\d)|[*∗†‡§¶‖#]++)\s?+[\])]?+"
_LETTER_LABEL = r"[\[(]?\s?(?:[a-z]|[ivxlc]{1,7}|↩\ufe0e?)\s?[\])]?"
_NUMBERS = re.compile(rf"\s*+{_NUMBER_LABEL}(?:[\s,;–-]*+{_NUMBER_LABEL}){{0,20}}\s*", re.IGNORECASE)
_LABEL = re.compile(rf"\s*+(?:{_NUMBER_LABEL}|{_LETTER_LABEL})\s*", re.IGNORECASE)
_NUMERIC_REFERENCE = re.compile(r"&#(?:(?=\d)0*+(\d*+)|([xX])(?=[0-9a-fA-F])0*+([0-9a-fA-F]*+));?", re.ASCII)
_MAX_REFERENCE_DIGITS = 7
"""The decimal digits of the last code point, 0x10FFFF."""
_NOTE_TARGET = re.compile(
    r"#_?(?:foot|end|side)?(?:note|ref|fn|ftn|edn|en|sdfootnote|sdendnote|cite[_-]note)", re.IGNORECASE
)
_NOTE_CLASS = re.compile(r"(?:foot|end)note|note-?ref|fn-?ref|\bfn\b", re.IGNORECASE)
_NOTE_ROLES = frozenset(("doc-noteref", "doc-backlink", "noteref"))


def without_long_references(html: str) -> str:
    """The HTML with U+FFFD for character references with too many digits, which `html` cannot convert."""
    return _NUMERIC_REFERENCE.sub(_possible, html) if "&#" in html else html


def _possible(reference: re.Match[str]) -> str:
    digits = reference[1] or reference[3] or "0"
    return "\ufffd" if len(digits) > _MAX_REFERENCE_DIGITS else f"&#{reference[2] or ''}{digits};"


def unescape_html(html: str) -> str:
    """The text that HTML without tags stands for."""
    return unescape(without_long_references(html))


def find_markup(html: str) -> list[Markup]:
    """All tags and comments, in order."""
    return list(_MARKUP.finditer(html))


def unread_elements(html: str, markup: Sequence[Markup]) -> dict[int, int]:
    """The elements that are not part of the words: the number of each closing tag by that of its opening tag.

    Left out are deleted and hidden words, pronunciations, and the marks of notes. An element that is
    never closed is read.
    """
    ends = element_ends(markup)
    return {
        number: end
        for number, end in ends.items()
        if _is_unread(markup[number]) or _is_note_mark(markup[number], html, markup[end].start())
    }


def quoted_depths(markup: Sequence[Markup], ends: Mapping[int, int]) -> dict[int, int]:
    """Where block quotations begin (1) and end (-1), by the number of the tag."""
    depths: dict[int, int] = {}
    for number, tag in enumerate(markup):
        if (tag["name"] or "").lower() == "blockquote":
            depths[number] = -1 if tag["close"] else 1
        elif number in ends and _is_quotation(tag):
            depths[number], depths[ends[number]] = 1, -1
    return depths


def _is_quotation(tag: Markup) -> bool:
    """Whether an element is a block that its class calls a quotation."""
    if tag["name"].lower() not in BLOCK_ELEMENTS or "class" not in tag["attributes"].lower():
        return False
    return bool(_QUOTATION_CLASS.search(attributes_of(tag).get("class", "")))


def count_unread(markup: Sequence[Markup], unread: Mapping[int, int]) -> Mapping[str, int]:
    """How many pieces of code, comments, and hidden or deleted elements these tags leave out."""
    kinds = (_kind(number, one, unread) for number, one in enumerate(markup))
    return Counter(kind for kind in kinds if kind)


def _kind(number: int, one: Markup, unread: Mapping[int, int]) -> str:
    if one[0].startswith("<!--"):
        return "comment"
    if one["skipped"]:
        return _SKIPPED_KINDS.get(one["skipped"].lower(), "")
    return "hidden" if number in unread and one["name"].lower() not in ("sup", "a", "rt", "rp") else ""


def element_ends(markup: Sequence[Markup]) -> dict[int, int]:
    """The number of the tag that closes each element, by the number of the tag that opens it."""
    return dict(_ends(markup))


def _ends(markup: Sequence[Markup]) -> Iterator[tuple[int, int]]:
    open_tags: dict[str, list[int]] = {}
    for number, one in enumerate(markup):
        name, closes = (one["name"] or "").lower(), bool(one["close"])
        for closed in _closed_names(name, closes):
            if open_tags.get(closed):
                yield open_tags[closed].pop(), number
        if name and not closes and name not in _VOID:
            open_tags.setdefault(name, []).append(number)


def _closed_names(name: str, closes: bool) -> tuple[str, ...]:
    """The elements that a tag ends; those of a pronunciation end where the next begins."""
    if name in ("rt", "rp") or (name == "ruby" and closes):
        return "rt", "rp", name
    return (name,) if closes else ()


def attributes_of(tag: Markup) -> dict[str, str]:
    """The attributes of a tag, by their names in lower case."""
    return {
        name.lower(): unescape_html(double or single or bare)
        for name, double, single, bare in _ATTRIBUTE.findall(tag["attributes"])
    }


def _is_unread(tag: Markup) -> bool:
    if tag["name"].lower() in _UNREAD:
        return True
    attributes = attributes_of(tag) if tag["attributes"] else {}
    return "hidden" in attributes or bool(_UNDISPLAYED.search(attributes.get("style", "")))


def _is_note_mark(tag: Markup, html: str, end: int) -> bool:
    """Whether an element is the number, letter or sign of a note."""
    name = tag["name"].lower()
    if name not in ("sup", "a") or end - tag.end() > _MAX_NOTE_CHARS:
        return False
    inner = html[tag.end() : end]
    linked = _leads_to_note(tag) if name == "a" else "<a" in inner.lower()
    return (linked and is_note_label(inner)) or (name == "sup" and is_note_number(_bare(inner)))


def is_note_number(words: str) -> bool:
    """Whether raised words are the number or sign of a note, or several."""
    return len(words) <= _MAX_NOTE_CHARS and bool(_NUMBERS.fullmatch(words))


def is_note_label(html: str) -> bool:
    """Whether the HTML is the number, letter or sign of a note, whatever tags surround it."""
    return len(html) <= _MAX_NOTE_CHARS and bool(_LABEL.fullmatch(_bare(html)))


def _bare(html: str) -> str:
    return unescape_html(re.sub(r"<[^<>]*+>", "", html))


def _leads_to_note(link: Markup) -> bool:
    attributes = attributes_of(link)
    roles = {attributes.get("role", ""), attributes.get("epub:type", "")}
    return (
        not roles.isdisjoint(_NOTE_ROLES)
        or bool(_NOTE_CLASS.search(attributes.get("class", "")))
        or bool(_NOTE_TARGET.search(attributes.get("href", "")))
    )
