"""The elements of a record that styles put together, each as the style writes it."""

from __future__ import annotations

import datetime
import re
from dataclasses import dataclass, field

from kb.citing.csl_item import CslItem
from kb.citing.date_format import DateFormat, calendar_day, full_date, year_only
from kb.citing.labels import join_names, name_words
from kb.citing.pinpoint import Pinpoint, PinpointForms, format_pinpoint
from kb.citing.rich_text import RichText, italic, roman, wrapped
from kb.ids import shortened
from kb.languages.direction import has_rtl, isolated
from kb.languages.writing_systems import language_of

__all__ = ["CitationElements", "StyleRules"]

_ENGLISH = re.compile("en(?:-|$)", re.IGNORECASE)
_UN_SYMBOL = re.compile(r"[A-Z]{1,6}(/[A-Za-z0-9().\-\[\]]+)+")


@dataclass(frozen=True, slots=True)
class StyleRules:
    """What a style decides for all sources: dates, pinpoints, how authors are joined, quotation marks."""

    dates: DateFormat = field(default_factory=DateFormat)
    pins: PinpointForms = field(default_factory=dict)
    conjunction: str = "and"
    serial_comma: str = ""
    quotes: tuple[str, str] = ("“", "”")


@dataclass(frozen=True, slots=True)
class CitationElements:
    """The elements of a record in a style; one that the record lacks is empty.

    What this site supplied stands in square brackets, as most guides ask for what is not in the source.
    """

    item: CslItem
    rules: StyleRules

    def _is_supplied(self, name: str) -> bool:
        return name in self.item["custom"].get("supplied", ())

    def _supplied(self, name: str, words: str) -> str:
        return f"[{words}]" if words and self._is_supplied(name) else words

    def _isolated(self, words: str, is_certain: bool = False) -> str:
        """The source's words, isolated if they are not in English, as the citation is.

        That is known where they are in its language, or run from right to left.
        """
        known = language_of(self.item.get("language", ""), words, is_certain)
        foreign = known and not _ENGLISH.match(known)
        return isolated(words) if words and (foreign or has_rtl(words)) else words

    @property
    def authors(self) -> RichText:
        names = [self._isolated(name_words(author)) for author in self.item.get("author", ())]
        words = join_names(names, self.rules.conjunction, self.rules.serial_comma)
        return roman(self._supplied("issuers", words))

    @property
    def _title(self) -> str:
        words = self._isolated(self.item["title"], not self._is_supplied("title"))
        return self._supplied("title", words)

    @property
    def title(self) -> RichText:
        return roman(self._title)

    @property
    def slanted_title(self) -> RichText:
        return italic(self._title)

    @property
    def quoted_title(self) -> RichText:
        """The title in the style's quotation marks, those within it of the other kind."""
        words = self._title
        opening, closing = self.rules.quotes
        if opening == "“":
            words = re.sub('"([^"]*)"', "‘\\1’", words).replace("“", "‘").replace("”", "’")
        return wrapped(opening, roman(words), closing)

    @property
    def container(self) -> str:
        """The title of the theme that a note belongs to."""
        return self._isolated(self.item.get("container-title", ""), is_certain=True)

    @property
    def date(self) -> str:
        return self._supplied("date", full_date(self._edtf, self.rules.dates))

    @property
    def year(self) -> str:
        return self._supplied("date", year_only(self._edtf, self.rules.dates))

    @property
    def _edtf(self) -> str:
        return self.item["custom"].get("edtf", "")

    @property
    def opened(self) -> str:
        return full_date(self.item["custom"].get("opened", ""), self.rules.dates)

    @property
    def in_force(self) -> str:
        return full_date(self.item["custom"].get("in_force", ""), self.rules.dates)

    @property
    def series(self) -> str:
        """Where a treaty is published: `1577 UNTS 3`."""
        parts = (self.item.get("volume"), self.item.get("container-title"), self.item.get("page"))
        return " ".join(filter(None, parts))

    @property
    def dotted_series(self) -> str:
        """The same in American usage: `1577 U.N.T.S. 3`."""
        return re.sub(r"\b[A-Z]{2,}\b", lambda match: ".".join(match[0]) + ".", self.series)

    @property
    def symbol(self) -> str:
        return self.item.get("number", "")

    @property
    def un_symbol(self) -> bool:
        """Whether the symbol is a United Nations document symbol, such as A/61/122."""
        return bool(_UN_SYMBOL.fullmatch(self.symbol))

    @property
    def kind(self) -> str:
        return self._supplied("kind", self._isolated(self.item.get("genre", "")))

    def pin(self, opening: str = " (", closing: str = ")") -> str:
        """The pinpoint; between `opening` and `closing`, who numbered it if the source did not."""
        label = self.item["custom"].get("label", "")
        place = self._isolated(
            format_pinpoint(Pinpoint(label, self.item.get("locator", "")), self.rules.pins)
        )
        numbering = self._isolated(self.item["custom"].get("numbering", ""))
        return f"{place}{opening}numbering {numbering}{closing}" if place and numbering else place

    @property
    def url(self) -> str:
        return self.item.get("URL", "")

    @property
    def accessed(self) -> str:
        """The day of access as the style writes it; empty where there is no address."""
        if "accessed" not in self.item:
            return ""
        year, month, day = self.item["accessed"]["date-parts"][0]
        return calendar_day(datetime.date(year, month, day), self.rules.dates)

    def remarks(self, accessed: bool = False) -> RichText:
        """In square brackets after the citation: what no style has a place for.

        The status first, for it warns; the day of access where the style itself does not give it; the
        fingerprint always; last, that the address is local.
        """
        custom = self.item["custom"]
        said = (
            f"superseded by {custom['superseded_by']}" if custom.get("superseded_by") else "",
            "withdrawn by its issuer" if custom.get("status") == "withdrawn" else "",
            f"accessed {self.accessed}" if accessed and self.accessed else "",
            f"fingerprint sha256:{shortened(custom.get('fingerprint', ''))}",
            "local address" if custom.get("local") else "",
        )
        words = "; ".join(filter(None, said))
        return roman(f"[{words[:1].upper()}{words[1:]}]")
