"""The elements of a record that styles put together, each as the style writes it."""

from __future__ import annotations

import datetime
import re
from dataclasses import dataclass, replace

from kb.citing.csl_item import CslItem, kind_of
from kb.citing.date_format import calendar_day, full_date, lettered, year_only
from kb.citing.elements.author_names import NameRules, written_names
from kb.citing.elements.style_rules import StyleRules
from kb.citing.elements.title_quotation import nested_quotation
from kb.citing.labels import UNCHECKED_OCR
from kb.citing.pinpoint import LocatorLabel, Pinpoint, format_pinpoint, label_of
from kb.citing.rich_text import RichText, italic, joined, plain_text, roman, stopped, wrapped
from kb.languages.direction import has_rtl, isolated
from kb.languages.writing_systems import language_of
from kb.sources.kinds import is_un_symbol

__all__ = ["CitationElements", "CitationTexts", "bracketed", "phrase"]

CitationTexts = tuple[RichText, ...]
"""The parts of one citation, as many as its style has."""

_ENGLISH = re.compile("en(?:-|$)", re.IGNORECASE)


def phrase(separator: str, *parts: RichText | str) -> RichText:
    """The parts that are not empty, with a separator; plain strings are upright."""
    return joined(separator, *(roman(part) if isinstance(part, str) else part for part in parts))


def bracketed(*parts: RichText | str) -> RichText:
    """The parts that are not empty, with commas, in round brackets."""
    return wrapped("(", phrase(", ", *parts), ")")


@dataclass(frozen=True, slots=True)
class CitationElements:
    """The elements of a record in a style; one that the record lacks is empty.

    What this site supplied stands in square brackets, as most guides ask for what is not in the source.
    """

    item: CslItem
    rules: StyleRules

    def with_rules(self, **changed: object) -> CitationElements:
        """The same record where the style itself has other rules for one kind of source."""
        return replace(self, rules=replace(self.rules, **changed))  # type: ignore[arg-type]

    def with_title(self, title: str) -> CitationElements:
        """The same record under another title, such as a short one."""
        return replace(self, item={**self.item, "title": title})

    def ended(self, runs: RichText) -> RichText:
        """The citation with the full stop that a note ends in and an entry of a list may lack."""
        return stopped(runs) if self.rules.has_full_stop else runs

    def _is_supplied(self, name: str) -> bool:
        return name in self.item["custom"].get("supplied", ())

    def _supplied(self, name: str, words: str) -> str:
        return f"[{words}]" if words and self._is_supplied(name) else words

    def source_words(self, words: str, is_certain: bool = False) -> str:
        """The source's words, isolated if they are not in English, as the citation is.

        That is known where they are in its language, or run from right to left.
        """
        known = language_of(self.item.get("language", ""), words, is_certain)
        foreign = known and not _ENGLISH.match(known)
        return isolated(words) if words and (foreign or has_rtl(words)) else words

    def get(self, name: str) -> str:
        """A field of `kb.sources.kinds`, such as `court`."""
        return self._supplied(name, self.source_words(self.item["custom"].get("fields", {}).get(name, "")))

    # names

    @property
    def authors(self) -> RichText:
        """Who wrote the source, persons or bodies."""
        return self._names(self.rules.names)

    @property
    def short_authors(self) -> RichText:
        """The same as a reference in the text names them."""
        return self._names(self.rules.short_names)

    def _names(self, rules: NameRules) -> RichText:
        given = self.item.get("author", ())
        written = written_names(given, rules, self.source_words)
        field_name = "issuers" if all("literal" in name for name in given) else "authors"
        return wrapped("[", written, "]") if self._is_supplied(field_name) else written

    @property
    def editors(self) -> RichText:
        """Who edited the book that a chapter is in, or the book itself, without a label."""
        return written_names(self.item.get("editor", ()), self.rules.editors, self.source_words)

    @property
    def leading_editors(self) -> RichText:
        """Who edited a book that has no author, written as authors are."""
        return written_names(self.item.get("editor", ()), self.rules.names, self.source_words)

    @property
    def short_editors(self) -> RichText:
        return written_names(self.item.get("editor", ()), self.rules.short_names, self.source_words)

    def several_editors(self) -> bool:
        return len(self.item.get("editor", ())) > 1

    # titles

    @property
    def _title(self) -> str:
        words = self.source_words(self.item["title"], not self._is_supplied("title"))
        return self._supplied("title", words)

    def _translated(self, title: RichText) -> RichText:
        meaning = self.get("translated_title")
        return phrase(" ", title, f"[{meaning}]" if meaning else "")

    @property
    def title(self) -> RichText:
        return self._translated(roman(self._title))

    @property
    def slanted_title(self) -> RichText:
        return self._translated(italic(self._title))

    @property
    def quoted_title(self) -> RichText:
        """The title in the style's quotation marks, those within it of the other kind."""
        return self._translated(self._quoted(""))

    def quoted_with(self, mark: str) -> RichText:
        """The same with the mark that follows inside the quotation marks, as in American usage."""
        if self.get("translated_title"):
            return phrase("", self.quoted_title, mark)
        return self._quoted("" if self._title.endswith(("?", "!")) and mark == "." else mark)

    def _quoted(self, mark: str) -> RichText:
        opening, closing = self.rules.quotes
        words = nested_quotation(self._title, opening)
        if mark and plain_text(roman(words)).endswith(("?", "!")):
            mark = ""
        return wrapped(opening, roman(f"{words}{mark}"), closing)

    @property
    def container(self) -> str:
        """The journal, book or site that a source is in; of a note the title of its theme."""
        return self.source_words(self.item.get("container-title", ""), is_certain=True)

    # dates

    @property
    def date(self) -> str:
        return self._supplied("date", self._lettered(full_date(self._edtf, self.rules.dates)))

    @property
    def year(self) -> str:
        return self._supplied("date", self._lettered(year_only(self._edtf, self.rules.dates)))

    def _lettered(self, written: str) -> str:
        return lettered(written, self.item["custom"].get("year_letter", ""), self.rules.dates)

    @property
    def _edtf(self) -> str:
        return self.item["custom"].get("edtf", "")

    def date_of(self, name: str) -> str:
        """A date among the fields of a kind: `signed`, `opened_for_signature`, `entry_into_force`."""
        return full_date(self.item["custom"].get("fields", {}).get(name, ""), self.rules.dates)

    # where it is published

    @property
    def publisher(self) -> str:
        """Who published the source, unless they are its authors already."""
        return self.source_words(self.item.get("publisher", ""))

    @property
    def place(self) -> str:
        return self._supplied("place", self.source_words(self.item.get("publisher-place", "")))

    @property
    def series(self) -> str:
        """Where a treaty is published: `1577 UNTS 3`."""
        return self.get("treaty_series")

    @property
    def dotted_series(self) -> str:
        """The same in American usage: `1577 U.N.T.S. 3`."""
        return re.sub(r"\b[A-Z]{2,}\b", lambda match: ".".join(match[0]) + ".", self.series)

    @property
    def symbol(self) -> str:
        return self.source_words(self.item.get("number", ""))

    @property
    def un_symbol(self) -> bool:
        """Whether the symbol is a United Nations document symbol, such as A/61/122."""
        return is_un_symbol(self.symbol)

    @property
    def kind(self) -> str:
        return self._supplied("kind", self.source_words(self.item.get("genre", "")))

    @property
    def kind_name(self) -> str:
        """The name of its kind in the table, to be written out: `press release`."""
        return kind_of(self.item).name

    # the pinpoint and the address

    @property
    def pin_label(self) -> LocatorLabel:
        return label_of(self.item["custom"].get("label", ""))

    @property
    def has_page_pin(self) -> bool:
        return self.pin_label == "page"

    def pin(self, opening: str = " (", closing: str = ")") -> str:
        """The pinpoint; between `opening` and `closing`, who numbered it and that OCR read it, if so."""
        place = self.source_words(
            format_pinpoint(Pinpoint(self.pin_label, self.item.get("locator", "")), self.rules.pins)
        )
        numbering = self.source_words(self.item["custom"].get("numbering", ""))
        ocr = UNCHECKED_OCR if self.item["custom"].get("ocr") == "unchecked" else ""
        remarks = "; ".join(filter(None, (f"numbering {numbering}" if numbering else "", ocr)))
        return f"{place}{opening}{remarks}{closing}" if place and remarks else place

    @property
    def url(self) -> str:
        return self.item.get("URL", "")

    @property
    def doi(self) -> str:
        """The address of its DOI, empty where there is none."""
        doi = self.item.get("DOI", "")
        return f"https://doi.org/{doi.removeprefix('https://doi.org/').removeprefix('doi:')}" if doi else ""

    @property
    def accessed(self) -> str:
        """The day of access as the style writes it; empty where there is no address."""
        if "accessed" not in self.item:
            return ""
        year, month, day = self.item["accessed"]["date-parts"][0]
        return calendar_day(datetime.date(year, month, day), self.rules.dates)
