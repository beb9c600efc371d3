"""The record of an instrument of the registry: as a whole, or with an article as its pinpoint."""

from __future__ import annotations

import datetime
import re

from kb.citing.csl_item import CslCustomFields, CslItem, document_item
from kb.citing.labels import DEFAULT_SITE, CitedSite
from kb.citing.pinpoint import CSL_LABELS, parse_locator
from kb.messages import Message
from kb.model import Document
from kb.permalinks import article_anchor
from kb.sources.instrument import Instrument, article_name, plain_number

__all__ = ["article_to_cite", "instrument_item"]

MAX_ARTICLE_CHARS = 40

_ARTICLE = re.compile(
    r"(?:[A-Z][a-z]{1,19} )?(?:[0-9]{1,4}(?:[A-Za-z]|bis|ter)?|[IVXLC]{1,8})"
    r"(?:\([0-9A-Za-z]{1,5}\)){0,4}(?:-[0-9]{1,4})?"
)
_SMALL_NUMERAL = re.compile(
    r"(?<![\w(.-])(?![xlc]\b)(?=[ivxlc])c{0,3}(?:xc|xl|l?x{0,3})(?:ix|iv|v?i{0,3})(?=\s?\(|\s*\Z)"
)
"""A Roman numeral in small letters; of single letters only `i` and `v`, as any other is just a letter."""

_UNNUMBERED = frozenset(("Annex", "Appendix", "Preamble", "Protocol", "Schedule"))
"""Parts that a treaty may have only one of."""

_YEAR = re.compile(r"\s*\([0-9]{4}\)$")


def article_to_cite(words: str) -> str | Message:
    """An article's number as a reader gives it, `6 (3)` written `6(3)`; or a message why it is not one."""
    words = _SMALL_NUMERAL.sub(lambda found: found[0].upper(), words[: MAX_ARTICLE_CHARS + 1])
    number = plain_number(words)
    number = re.sub(r"^Art(?:icles?|s?\.?) ?(?=[0-9IVXLC])", "", number.replace("–", "-"))
    if number in _UNNUMBERED:
        return number
    has_digit = any(map(str.isdigit, number))
    if _ARTICLE.fullmatch(number) and (has_digit or number in words):  # Roman numerals only in capitals
        return number
    return Message("not-an-article", value=words[:MAX_ARTICLE_CHARS])


def instrument_item(
    instrument: Instrument,
    number: str,
    address: str,
    accessed: datetime.date,
    site: CitedSite = DEFAULT_SITE,
) -> CslItem:
    """The record of an instrument, like that of a document of its kind; with a number, that of the article.

    `address` is that of its page here, empty if unknown. The record has no words.
    """
    item = document_item(_document(instrument), address, accessed, site)
    if not number:
        return item
    place = parse_locator(article_name(number))
    label, anchor = CSL_LABELS[place.label], article_anchor(number)
    custom: CslCustomFields = {**item["custom"], "passage": anchor, "label": label}
    pinned: CslItem = {**item, "id": f"{instrument.id}/{number}", "locator": place.value, "custom": custom}
    return pinned


def _document(instrument: Instrument) -> Document:
    facts = dict(instrument.facts)
    if (short := _YEAR.sub("", instrument.name)) != instrument.title:
        facts.setdefault("short_title", short)
    return Document(
        id=instrument.id,
        title=instrument.title,
        kind=instrument.kind,
        date=facts.pop("date", ""),
        place=facts.pop("place", ""),
        language=facts.pop("language", ""),
        issuers=instrument.issuers,
        url=instrument.url,
        further=tuple(facts.items()),
    )
