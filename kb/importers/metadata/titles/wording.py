"""What titles are made of, and what else first pages print."""

from __future__ import annotations

import re

from kb.sources.kinds import is_un_symbol
from kb.text.scripts import UNSPACED

__all__ = ["MAX_TITLE_CHARS", "bare_title", "has_title_words", "is_furniture", "is_usable_title", "one_line"]

MAX_TITLE_CHARS = 300
MIN_TITLE_LETTERS, MIN_TITLE_WORDS = 8, 2

_PROGRAM_TITLE = re.compile(
    r"\s*(?:microsoft (?:word|powerpoint|excel)\b|powerpoint presentation|.*\btemplate\b|untitled"
    r"|document\d*\b"
    r"|docuware|.*\.(?:docx?|odt|pdf|rtf|pptx?|indd|png|jpe?g|tiff?|xlsx?|qxd|fm)\s*\Z)",
    re.I,
)
"""Titles that a program wrote into the file and no reader sees."""

_MASTHEAD = (
    r"distr\b.*|general[e]?\b.{0,12}|limited|original\s*:.*|.*\bsession\b.*|.*période? de sesiones.*",
    r"agenda items?\b.*|point \d.*|tema \d.*|.*ordre du jour.*|.*\bterm, \d{4}.*|at the \w+ session",
    r"resolution adopted by\b.*|adopted by the\b.*|r[ée]solution adopt[ée]e par\b.*",
    r"resoluci[óo]n aprobada por\b.*|begun and held\b.*|.*statutory instruments?|\d{4} no\..*"
    r"|الجريدة الرسمية",
)
_SECTIONS = (
    r"contents|table of contents|sommaire|table des matières|índice|inhalt|introduction|preamble|préambule",
    r"preámbulo|präambel|summary|syllabus|annex|vistos?\b.*|considerando.*|press release|published",
    r"(?:table|figure|chart|box|tableau|cuadro|figura|tabelle|abbildung|graph) \d.*|page \d+.*|chapter \d.*",
)
_OF_COURTS = (
    r"judge?ment|order|before\b.{0,12}|between\s*:?|and|approved judgment|\(slip opinion\).*"
    r"|on appeal from.*",
    r"in the case( of)?|for the .{0,40}\b(?:circuit|district)\b.*|(?:lord|lady|mr|mrs|ms) justice.*",
    r"heard (?:at|on)\b.*|neutral citation.*|the immigration acts|im namen de[rs]\b.*|in the name of\b.*",
    r"(?:case|docket|application|appeal|claim|file|ll file)\s*(?:no|number|ref)\b.*|nos?\.? ?[\dA-Z].*",
)
_OF_PRINTING = (
    r"embargo\w*.*|laid (?:in|before)\b.*|unofficial translation|printed for\b.*|serial no\b.*|par|by",
    r"(?:as )?made\s*-.*|coming into force.*|rec(?:eived|u)\b.*|.*\b\d{1,2}:\d\d ?(?:am|pm)\b.*|www\.\S+",
    r"https?:.*|[\[({].*[\])}]|.*@.*|isbn\b.*|issn\b.*|title\s*:?|date\s*:.*|agency\s*:.*",
)
_FURNITURE = re.compile(
    "|".join(f"(?:{one})" for one in (*_MASTHEAD, *_SECTIONS, *_OF_COURTS, *_OF_PRINTING)), re.I | re.S
)
_NOTE_MARKS = re.compile(r"(?<=[^\W_])\s?[*∗†‡]{1,3}(?=\s|\Z)|\s\d?/\s*\Z")


def one_line(text: str) -> str:
    return " ".join("".join(one if one.isprintable() else " " for one in text).split())


def bare_title(text: str) -> str:
    """A text in one line, without note marks and what separates it from the next."""
    return _NOTE_MARKS.sub("", one_line(text)).strip(" ,;:*∗")


def is_furniture(text: str) -> bool:
    """Whether a text is one that many first pages have besides a title."""
    return _FURNITURE.fullmatch(text) is not None


def is_usable_title(title: str) -> bool:
    """Whether a title in a file's properties may be real: long enough, and not written by a program."""
    if is_un_symbol(title) or len(title) > MAX_TITLE_CHARS:
        return False
    return sum(map(str.isalpha, title)) >= MIN_TITLE_LETTERS and not _PROGRAM_TITLE.match(title)


def has_title_words(text: str) -> bool:
    """Whether a text has more than a word; one in capitals, or in a script without spaces, may be a title."""
    if sum(map(str.isalpha, text)) < MIN_TITLE_LETTERS:
        return False
    unspaced = re.search(f"[{UNSPACED}]", text)
    return len(text.split()) >= MIN_TITLE_WORDS or bool(unspaced) or text.isupper()
