"""The current place in a document: headings, annex, article, and what names lists that restart."""

from __future__ import annotations

from dataclasses import dataclass, field

from kb.importers.segmenting.headings import Heading
from kb.importers.segmenting.locators import short_name
from kb.numbering.labels import Label, ordinal

__all__ = ["Section"]


@dataclass(slots=True)
class Section:
    """The place reached. `article_item` is the heading of the open article among the units.

    Headings before the first words of the document are its title: none of them is above these words but the
    last.
    """

    headings: list[Heading] = field(default_factory=list)
    division: str = ""
    article_item: int | None = None
    begun: bool = False
    _article: int = 0
    _articles: int = 0
    _article_scope: str = ""
    _listed: dict[str, tuple[Heading, ...]] = field(default_factory=dict)

    @property
    def path(self) -> tuple[str, ...]:
        return tuple(heading.text for heading in self.headings)

    @property
    def name(self) -> str:
        """The nearest heading, as a section is named in a locator."""
        return short_name(self.headings[-1].text) if self.headings else ""

    def enter(self, heading: Heading) -> None:
        while self.headings and self.headings[-1].rank >= heading.rank:
            self.headings.pop()
        if heading.division:
            self.headings.clear()
            self.division = heading.division
            self._article = 0
        self.headings.append(heading)

    def leave_article(self) -> None:
        """Leaves the open article, whose heading does not cover the document's own paragraphs that follow."""
        if self.article_item is not None:
            self.article_item = None
            self.headings = [heading for heading in self.headings if not heading.article]

    def begin(self) -> None:
        """Marks the first words of the document; of the headings before them, only the last stays."""
        if not self.begun:
            self.begun = True
            del self.headings[:-1]

    def in_division(self, locator: str) -> str:
        return f"{self.division}, {locator}" if self.division else locator

    def list_scope(self, form: str) -> str:
        """The heading that tells a new list apart from the one before: the first that is not above both."""
        before = self._listed.get(form, ())
        self._listed[form] = tuple(self.headings)
        changed = (heading for heading in self.headings if all(heading is not one for one in before))
        return short_name(next(changed, self.headings[-1]).text) if self.headings else ""

    def article(self, label: Label) -> tuple[str, int]:
        """The scope and group of an article; where articles restart, all series but the first get a scope."""
        number = ordinal(label.value)
        if number <= self._article and label.value.isdecimal() and not self.division:
            self._articles += 1
            self._article_scope = self.list_scope("article")
        elif not self._article:
            self.list_scope("article")
        self._article = number
        return self._article_scope, 1_000_000 + self._articles
