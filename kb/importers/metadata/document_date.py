"""The date of a document itself, where its first page leaves no doubt.

Documents name many dates. One is its own if the masthead gives it, if a word such as Date or Decided is
before it, or if it has a line to itself at the top and no other date has one. A law has its title's year.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from kb.importers.metadata.front_page import FrontPage
from kb.importers.metadata.written_dates import WrittenDate, gregorian_year, with_ascii_digits, written_dates

__all__ = ["date_in_title", "document_date"]

MASTHEAD_LINES, TOP_LINES = 16, 40
ALONE_LINES, ALONE_LINES_WITHOUT_PAGES = 25, 16
MAX_LINE_CHARS = 120
MAX_AFTER_LABEL_CHARS = 12

_DISTRIBUTION = re.compile(r"\bdistr\b|distribución|распространение|التوزيع|общая", re.I)
_LABEL = re.compile(
    r"(?:\b(?:date(?: of (?:judge?ment|decision|issue|publication|adoption))?|dated|decided|issued"
    r"|published|promulgated"
    r"|delivered|handed down|filed|released|given|adopted|made|signed|(?:judgment|decision) (?:given"
    r"|delivered|of|dated)"
    r"|(?:last )?updated|entscheidungsdatum|datum|verkündet|beschluss vom|urteil vom|fecha|sentencia de"
    r"|resolución(?: de la"
    r" corte)? de|fait à \w+|arrêt du|jugement du|décision du|data|acórdão de|données?|дата|от)"
    r"|발행일|วันที่ออกรายงาน|ณ วันที่|صدر في|بتاريخ)(?:\s+(?:on|the|am|le|el|on the|в))?\s*[:\-–—]*\s*\Z",
    re.I,
)
_NOT_ITS_OWN = re.compile(
    r"\b(?:heard|argued|hearings?|hearing dates?|embargo\w*|effective|coming into force|in force"
    r"|expires?|deadline"
    r"|retrieved|accessed|as amended|agenda|session|received|registered|laid)\b",
    re.I,
)
_PLACE_BEFORE = re.compile(
    r"(?:(?i:on|the|le|del?|du|am|den|em|dated?|vom|as of)"
    r"|[A-ZÀ-Þ][\w’'.-]+(?: [A-ZÀ-Þ][\w’'.-]+){0,2},?(?: (?:le|den|el))?)?\s*"
)
_LAW = re.compile(
    r"\b(?:act|law|code|regulations?|order|rules|ordinance|decree|statute|loi|décret|ordonnance|ley"
    r"|decreto|lei|gesetz"
    r"|verordnung|constitution|b\.e\.)\b|قانون|نظام|مرسوم|دستور|พระราชบัญญัติ|พ\.ร\.บ",
    re.I,
)
_LAW_YEAR = re.compile(
    r"(?:\b(?:of|du|de|vom|von|لسنة|لعام|سنة|พ\.ศ\.)\s+|\((?=\d{4}\)\s*\Z)"
    r"|(?<=\w)\s)(?P<year>1[6-9]\d\d|2[045]\d\d)\)?\s*\Z"
)


_OF = re.compile(
    r"\b(?:act|law|constitution|resolution|resolución|resolução|résolution|loi|décret|ley|decreto|lei"
    r"|gesetz|directive|judgment"
    r"|arrêt|sentencia|urteil|beschluss|закон)\b.{0,120}\b(?:of|du|del?|vom|от)\s*\Z",
    re.I,
)


def document_date(page: FrontPage) -> str:
    """The date in EDTF; "" if the page leaves any doubt."""
    for dates in (set(_masthead(page.lines)), set(_labelled(page.lines)), set(_alone(page))):
        if len(dates) == 1:
            return dates.pop()
        if dates:
            return _most_exact(dates)
    return ""


def _most_exact(dates: set[str]) -> str:
    """The date that agrees with all others and is more exact (`2018-01-25` and `2018-01`); else none."""
    longest = max(dates, key=len)
    return longest if all(longest.startswith(one) for one in dates) else ""


def _masthead(lines: Sequence[str]) -> Iterator[str]:
    """In documents of the United Nations, the first date after the word Distribution."""
    for place, line in enumerate(lines[:MASTHEAD_LINES]):
        if found := _DISTRIBUTION.search(line):
            below = " \n ".join((line[found.end() :], *lines[place + 1 : place + 6]))
            dates = written_dates(below)
            if dates:
                yield dates[0].edtf
            return


def _labelled(lines: Sequence[str]) -> Iterator[str]:
    """A date after a word that says what it is the date of, on the same line or the line above."""
    before = ""
    for line in lines[:TOP_LINES]:
        text = f"{before} {line}" if before and len(before) <= MAX_LINE_CHARS else line
        after_last = 0
        for one in written_dates(text) if len(line) <= 2 * MAX_LINE_CHARS else ():
            lead, after_last = text[after_last : one.start], one.end
            if one.end > len(text) - len(line) and _LABEL.search(lead) and not _is_of_another(lead):
                yield one.edtf
        before = line


def _is_of_another(lead: str) -> bool:
    return bool(_NOT_ITS_OWN.search(lead[-40:]))


def _alone(page: FrontPage) -> Iterator[str]:
    """Dates that have a line to themselves, a place or a weekday before them aside."""
    for line in page.top(ALONE_LINES if page.number else ALONE_LINES_WITHOUT_PAGES):
        dates = written_dates(line) if len(line) <= MAX_LINE_CHARS else []
        if len(dates) == 1 and _is_alone(line, dates[0]):
            yield dates[0].edtf


def _is_alone(line: str, one: WrittenDate) -> bool:
    before, after = line[: one.start].strip(" ,-–—()[]"), line[one.end :].strip(" .,;-–—()[]*")
    if _NOT_ITS_OWN.search(line) or len(after) > MAX_AFTER_LABEL_CHARS:
        return False
    return bool(_PLACE_BEFORE.fullmatch(before)) and (not after or after.lower() in ("года", "г", "год"))


def date_in_title(title: str) -> str:
    """The date that ends a title (`Loi du 8 août 2016`), or the year of a law (`Modern Slavery Act 2015`)."""
    plain = with_ascii_digits(title).strip(" .”\"'’")
    dates = written_dates(plain)
    if len(dates) == 1 and _OF.search(plain[: dates[0].start]):
        return dates[0].edtf
    found = _LAW_YEAR.search(plain)
    return str(gregorian_year(int(found["year"]))) if found and _LAW.search(title) else ""
