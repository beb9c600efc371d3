"""The symbols and numbers of a document itself: of the United Nations, of a case, neutral, ECLI.

Documents are full of those of others. So they are taken only from running heads and the top of the first
page, where they are alone on their line or follow a label.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Iterator

from kb.importers.metadata.front_page import FrontPage
from kb.sources.kinds import is_un_symbol

__all__ = ["case_fields", "un_symbol"]

TOP_LINES, MAX_SYMBOL_LINE_CHARS = 15, 60
CASE_LINES = 30
MAX_DOCKET_LINE_CHARS = 160
MIN_HEADS_SHARE = 0.3
"""The share of pages whose running heads must have the symbol, often only on every second page."""

_ORGANS = "A|S|E|T|ST|HRI|CCPR|CEDAW|CAT|CRC|CERD|CMW|CED|CRPD|OPCAT|CTOC|CAC|LC|TD|DP|UNEP|HSP|FCCC|NPT|CD"
_SYMBOL = re.compile(rf"(?<![\w/-])(?:{_ORGANS})(?:/[A-Za-z0-9.\-]+){{1,7}}(?: \(\d{{4}}\))?")
_NEUTRAL = re.compile(
    r"(?P<cited>\[\d{4}\] (?:UK[A-Z]{2,4}|EW[A-Z]{2,3}|[A-Z]{2,6})(?: (?:Civ|Crim|Fam"
    r"|Admin))? \d{1,5}(?: \([A-Za-z]{2,8}\))?"
    r"|\d{4} (?:SCC|CSC|ONCA|BCCA|ABCA|FCA|FC) \d{1,4})(?![\w])"
)
_NOT_ITS_OWN = re.compile(r"(?:on appeal from|appeal from|affirming|see|cited|en appel de)\b", re.I)
_ECLI = re.compile(r"\bECLI:[A-Z]{2}:[A-Z0-9]{1,7}:\d{4}:[A-Z0-9.]{1,25}\b")
_DOCKET = re.compile(
    r"(?:\b(?:(?:case|application|appeal|petition|claim|docket|cause|civil action|criminal case|suit"
    r"|file)\s*(?:nos?\b|number|ref\b)"
    r"|affaires?\s+n|requêtes?\s+n|pourvoi\s+n|expediente\s*(?:n\w{0,2})?|caso\s+n\w{0,2}"
    r"|processo\s+n\w{0,2}|geschäftszahl"
    r"|aktenzeichen|az|rechtssache)[.:º°oˢ]*\s*|\A(?:nos?\.)\s?)"
    r"(?P<number>(?:[A-Z]{1,4}\d{0,4}[ -])?[\w/.\u2010-\u2013-]*\d[\w/.\u2010-\u2013-]*)",
    re.I,
)

_DOCKET_LABEL = re.compile(r"\s*(?:geschäftszahl|aktenzeichen|expediente|docket)\s*:?\s*", re.I)
"""A label with a line to itself; the number is on the next."""


def un_symbol(page: FrontPage) -> str:
    """The symbol in the running heads, else at the top, where it begins or ends its line."""
    heads = Counter(symbol for text in page.running for symbol in _symbols_alone([text]))
    for symbol, count in heads.most_common(1):
        if count >= MIN_HEADS_SHARE * page.of_pages:
            return symbol
    return next(_symbols_alone(page.top(TOP_LINES)), "")


def _symbols_alone(texts: Iterable[str]) -> Iterator[str]:
    for line in texts:
        text = line.strip() if len(line) <= MAX_SYMBOL_LINE_CHARS else ""
        for found in _SYMBOL.finditer(text):
            alone = not found.start() or found.end() == len(text)
            if alone and any(map(str.isdigit, found[0])) and is_un_symbol(found[0]):
                yield found[0]


def case_fields(page: FrontPage) -> dict[str, str]:
    """The neutral citation, ECLI and docket number of a judgment, as its front page prints them."""
    top = page.top(CASE_LINES)
    found = {
        "neutral_citation": next(_neutral_citations(top), ""),
        "ecli": next((one[0] for text in top for one in _ECLI.finditer(text)), ""),
        "docket": next(_dockets(top), ""),
    }
    return {name: value for name, value in found.items() if value}


def _neutral_citations(texts: Iterable[str]) -> Iterator[str]:
    for text in texts:
        for found in _NEUTRAL.finditer(text):
            if len(text) <= 200 and not _NOT_ITS_OWN.search(text[: found.start()]):
                yield found["cited"]


def _dockets(texts: Iterable[str]) -> Iterator[str]:
    before = ""
    for text in (one for one in texts if len(one) <= MAX_DOCKET_LINE_CHARS):
        found = _DOCKET.search(f"{before} {text}" if before else text)
        if found and not _NOT_ITS_OWN.search(text[: found.start()]):
            yield found["number"].strip(" .-–")
        before = text if _DOCKET_LABEL.fullmatch(text) else ""
