"""Language tags as BCP 47 (RFC 5646) has them: checked, corrected, named."""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import cache

from kb.languages.subtags import SubtagType, find_subtag, is_registered, subtag_by_name
from kb.messages import Message

__all__ = [
    "UNKNOWN_LANGUAGE",
    "check_language",
    "deprecated_language",
    "is_language_tag",
    "language_name",
    "language_range",
    "language_ranges",
    "primary_language",
]

UNKNOWN_LANGUAGE = "und"
"""The language of a document that does not say: BCP 47's subtag for an undetermined one."""

_TAG = re.compile(
    r"(?P<language>[a-z]{2,8})(?P<extlang>-[a-z]{3})?(?P<script>-[a-z]{4})?(?P<region>-(?:[a-z]{2}|[0-9]{3}))?"
    r"(?P<variants>(?:-(?:[a-z0-9]{5,8}|[0-9][a-z0-9]{3}))*)"
    r"(?:-[a-wyz0-9](?:-[a-z0-9]{2,8})+)*(?:-x(?:-[a-z0-9]{1,8})+)?"
)
_PRIVATE = re.compile(r"x(?:-[a-z0-9]{1,8})+")
_PARTS: tuple[SubtagType, ...] = ("language", "extlang", "script", "region")
_MEANT = {"uk": "gb", "simplified": "hans", "traditional": "hant"}
"""What people write for a subtag."""

_BETWEEN = re.compile(r"\s*[,;/|&+]\s*|\s+(?:and|or)\s+|\s+")
_IN_PLACE = re.compile(r"(.+?) ?\(([^()]+)\)")
_LOCALE = re.compile(r"[.@].*")
"""What follows the language in a POSIX locale: `th_TH.UTF-8`."""

MAX_TAG_CHARS = 100


@cache
def is_language_tag(tag: str) -> bool:
    """Whether a text is a valid language tag; the case of letters does not matter."""
    lower = tag.lower()
    if not tag.isascii() or len(tag) > MAX_TAG_CHARS:
        return False
    if find_subtag("grandfathered", lower) or _PRIVATE.fullmatch(lower):
        return True
    match = _TAG.fullmatch(lower)
    if not match:
        return False
    variants = match["variants"].split("-")[1:]
    known = all(is_registered(part, match[part].strip("-")) for part in _PARTS if match[part])
    return (
        known and len({*variants}) == len(variants) and all(is_registered("variant", one) for one in variants)
    )


def check_language(tag: str) -> Message | None:
    """What is wrong with a document's language, with the right form where it can be guessed."""
    if not tag or is_language_tag(tag):
        return None
    shown = tag[:80]
    parts = [part for part in _BETWEEN.split(tag[:MAX_TAG_CHARS]) if part]
    whole = "" if len(parts) > 1 and all(map(is_language_tag, parts)) else _meant(tag[:MAX_TAG_CHARS])
    several = [] if whole else [_meant(part) for part in parts]
    if whole or (len(several) == 1 and several[0]):
        return Message("bad-language", language=shown, tag=whole or several[0])
    if several and all(several):
        return Message("several-languages", language=shown, tag=several[0])
    return Message("unknown-language", language=shown)


def _meant(text: str) -> str:
    """The valid tag that a text seems to mean; empty if none does."""
    name = " ".join(text.split())
    if is_language_tag(name):
        return _in_usual_case(name)
    tags = (subtag_by_name("language", name), _of_place(name), *_of_words(name))
    return next((_in_usual_case(tag) for tag in tags if is_language_tag(tag)), "")


def _of_place(name: str) -> str:
    """The tag of a language with a place in parentheses: `Portuguese (Brazil)`."""
    match = _IN_PLACE.fullmatch(name)
    return "-".join([_language(match[1]), subtag_by_name("region", match[2])]) if match else ""


def _of_words(name: str) -> Iterator[str]:
    """Tags for a locale, or for a language with an adjective before or after it: `Simplified Chinese`."""
    words = re.findall(r"[^-_\s()]+", _LOCALE.sub("", name).lower())
    others = [_MEANT.get(word, word) for word in words]
    if words:
        yield "-".join([_language(words[0]), *others[1:]])
    if len(words) == 2 and len(words[1]) > 2:
        yield "-".join([_language(words[1]), others[0]])


def _language(word: str) -> str:
    return word if len(word) == 2 else subtag_by_name("language", word) or word


def _in_usual_case(tag: str) -> str:
    """The tag in the case that RFC 5646 recommends (section 2.1.1): th-TH, zh-Hant."""
    first, *others = tag.lower().split("-")
    usual = {2: str.upper, 4: str.title}
    return "-".join([first, *(usual.get(len(one), str)(one) for one in others)])


def deprecated_language(tag: str) -> str:
    """The tag that replaced one whose language is deprecated; empty for any other."""
    lower = tag.lower()
    if whole := find_subtag("grandfathered", lower):
        return whole.preferred
    first, *others = lower.split("-")
    row = find_subtag("language", first)
    return _in_usual_case("-".join([row.preferred, *others])) if row and row.preferred else ""


@cache
def language_name(tag: str) -> str:
    """The English name of a tag's language, `Chinese (Traditional, Taiwan)`; else the tag itself."""
    lower = tag.lower()
    if whole := find_subtag("grandfathered", lower):
        return whole.name
    match = _TAG.fullmatch(lower) if is_language_tag(tag) else None
    if match is None:
        return tag
    parts = {part: (match[part] or "").strip("-") for part in _PARTS}
    row = find_subtag("language", parts["extlang"] or parts["language"])
    if row is None:
        return tag
    others: list[tuple[SubtagType, str]] = [("script", parts["script"]), ("region", parts["region"])]
    others += [("variant", one) for one in match["variants"].split("-")[1:]]
    known = (find_subtag(*one) for one in others if one[1])
    named = [subtag.name for subtag in known if subtag]
    return f"{row.name} ({', '.join(named)})" if named else row.name


@cache
def primary_language(tag: str) -> str:
    """The subtag of a tag's language as it is written today: `zh` of `zh-Hant`, `he` of `iw-IL`.

    UNKNOWN_LANGUAGE for an empty tag and for one that names no language.
    """
    lower = tag.lower()
    whole = find_subtag("grandfathered", lower)
    first = (whole.preferred if whole and whole.preferred else lower).partition("-")[0]
    row = find_subtag("language", first)
    known = (row.preferred if row else "") or first
    return known if is_registered("language", first) else UNKNOWN_LANGUAGE


@cache
def language_ranges(tag: str) -> tuple[str, ...]:
    """The language ranges that a tag matches, the widest first: `zh`, `zh-hant`, `zh-hant-tw`.

    A range is the beginning of a tag (basic filtering, RFC 4647, section 3.3.1), in lower case; the
    widest is the tag's primary language.
    """
    parts = tag.lower().split("-")
    narrower = ("-".join(parts[:size]) for size in range(2, len(parts) + 1) if len(parts[size - 1]) > 1)
    return primary_language(tag), *narrower


def language_range(value: str) -> str:
    """A language range as it is compared: `zh-hant` for `zh-Hant`, `he` for `iw`."""
    return value.lower() if "-" in value else primary_language(value)
