"""Which numbered item belongs to which: lists within paragraphs, lists that go on, and lists that restart."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field

from kb.numbering.labels import Label, Reading
from kb.numbering.list_labels import list_labels

__all__ = ["ItemList", "Numbering"]

MAX_STEP = 6
"""The largest step from one number of a list to the next: items may be missing."""

MAX_MISCOUNT, MAX_MISCOUNT_BACK = 20, 3
"""How far ahead or back a wrong number of the document's own list may be if the right ones follow it."""

POINTS = ("lower", "roman", "letter", "bullet")
"""Labels of points; a paragraph whose number has a full stop is never below one."""


@dataclass(slots=True)
class ItemList:
    """A list that is open: the form and kind of its labels, its last number, and its last item.

    `owner` is the item that the list is within, None for the list of the document's own paragraphs.
    """

    form: str
    kind: str
    last: int
    item: int
    indent: float
    owner: int | None
    serial: int


@dataclass(slots=True)
class Numbering:
    """The lists that are open, from the outermost to the innermost.

    `words` gives those of an item. `own` is the document's own list where an article has closed it. `within`
    keeps the labels in an item's words, which may be long and asked for at many lists.
    """

    words: Callable[[int], str]
    lists: list[ItemList] = field(default_factory=list)
    headed: bool = False
    serials: int = 0
    in_article: bool = False
    own: ItemList | None = None
    within: dict[int, frozenset[tuple[str, str, int]]] = field(default_factory=dict)

    def heading(self, *, closes: bool = False) -> None:
        """Closes lists at a heading: only the outermost can go on, and none after a part such as an annex."""
        self.headed = True
        del self.lists[0 if closes else 1 :]
        if closes:
            self.own, self.in_article = None, False

    def article(self) -> None:
        """Closes all lists at an article's label; the document's own may go on after the article."""
        own = self.own if self.in_article else next(iter(self.lists), None)
        self.heading(closes=True)
        self.own = own if own is not None and own.kind == "number" else None
        self.in_article = True

    @property
    def innermost(self) -> int | None:
        return self.lists[-1].item if self.lists else None

    @property
    def outermost(self) -> int | None:
        """The paragraph that is open, unless a heading has come since."""
        own = [one for one in self.lists if one.owner is None]
        return None if self.headed or not own or own[-1].kind == "bullet" else own[-1].item

    def place(self, label: Label, item: int, indent: float, *, introduced: bool) -> ItemList:
        """Takes an item into the list that it belongs to, which may be a new one.

        `introduced` says that the words before it announce a list.
        """
        found = (
            self._continued(label)
            or self._misnumbered(label, indent, introduced=introduced)
            or self._resumed(label, indent, introduced=introduced)
        )
        if found is None:
            made = self._begun(label, item, indent, introduced=introduced)
            self.headed = False
            return made
        depth, reading = found
        del self.lists[depth + 1 :]
        one = self.lists[depth]
        if abs(reading.ordinal - one.last) <= MAX_STEP:
            one.last = max(one.last, reading.ordinal)
        one.item, one.indent = item, indent
        self.headed = self.headed and depth > 0
        return one

    def _continued(self, label: Label) -> tuple[int, Reading] | None:
        """The list whose next item this is: the innermost that it continues, else one with items missing."""
        alike = [
            (depth, reading)
            for depth in range(len(self.lists) - 1, -1, -1)
            for reading in label.readings
            if (self.lists[depth].form, self.lists[depth].kind) == (label.form, reading.kind)
        ]
        for depth, reading in alike:
            one = self.lists[depth]
            if reading.kind == "bullet" or reading.ordinal == one.last + 1:
                return depth, reading
        for depth, reading in alike:
            one = self.lists[depth]
            if reading.kind != "bullet" and one.last < reading.ordinal <= one.last + MAX_STEP:
                return depth, reading
        return None

    def _misnumbered(self, label: Label, indent: float, *, introduced: bool) -> tuple[int, Reading] | None:
        """The document's own list, if the item is one that its author misnumbered."""
        if self._is_within(indent, introduced=introduced):
            return None
        for depth, one in enumerate(self.lists):
            for reading in label.readings if one.owner is None and one.kind == "number" else ():
                ahead = reading.ordinal - one.last
                alike = (one.form, one.kind) == (label.form, reading.kind)
                if alike and reading.ordinal > 1 and -MAX_MISCOUNT_BACK <= ahead <= MAX_MISCOUNT:
                    return depth, reading
        return None

    def _resumed(self, label: Label, indent: float, *, introduced: bool) -> tuple[int, Reading] | None:
        """The document's own list, if it goes on after an article; 2 may be in an article without a 1."""
        own = self.own
        if own is None or self._is_within(indent, introduced=introduced):
            return None
        is_counted = any(one.kind == "number" and "#" in one.form for one in self.lists)
        for reading in label.readings:
            alike = (own.form, own.kind) == (label.form, reading.kind)
            if (
                alike
                and (is_counted or reading.ordinal > 2)
                and own.last < reading.ordinal <= own.last + MAX_STEP
            ):
                self.lists[:], self.own, self.in_article = [own], None, False
                return 0, reading
        return None

    def _begun(self, label: Label, item: int, indent: float, *, introduced: bool) -> ItemList:
        """A new list: within the item before it, or the document's own list where that restarts."""
        reading = next((one for one in label.readings if one.ordinal == 1), label.readings[0])
        forms = [(one.form, one.kind) for one in self.lists]
        form = label.form, reading.kind
        if form in forms and not label.is_bullet and not self._is_within(indent, introduced=introduced):
            del self.lists[forms.index(form) :]
        elif label.is_bullet:
            self._leave_for_bullets(indent)
        elif _is_late(label, reading) and not self._is_within(indent, introduced=introduced):
            self._leave_for_late(label, reading)
        owner = self.lists[-1].item if self.lists and not (self.headed and len(self.lists) == 1) else None
        if owner is None and form in forms:
            self.lists.clear()
        self.serials += 1
        made = ItemList(label.form, reading.kind, reading.ordinal, item, indent, owner, self.serials)
        self.lists.append(made)
        return made

    def _is_within(self, indent: float, *, introduced: bool) -> bool:
        """Whether a list with labels like those of an open one is within its last item."""
        if self.headed or not self.lists:
            return False
        return introduced or indent > self.lists[-1].indent + 12

    def _leave_for_late(self, label: Label, reading: Reading) -> None:
        """A list of numbers that begins late: within the item whose words have the number before, if any has.

        Else it is below no small letter and no bullet: a pinpoint may be too wide, never too narrow.
        """
        before = label.form, reading.kind, reading.ordinal - 1
        for depth in range(len(self.lists) - 1, -1, -1):
            if before in self._labels_within(self.lists[depth].item):
                del self.lists[depth + 1 :]
                return
        while self.lists and self.lists[-1].kind in POINTS:
            self.lists.pop()

    def _labels_within(self, item: int) -> frozenset[tuple[str, str, int]]:
        if item not in self.within:
            self.within[item] = frozenset(
                (one.label.form, each.kind, each.ordinal)
                for one in list_labels(self.words(item))
                for each in one.readings
            )
        return self.within[item]

    def _leave_for_bullets(self, indent: float) -> None:
        """Bullets further out than the innermost ones end those."""
        while len(self.lists) > 1 and self.lists[-1].kind == "bullet" and indent < self.lists[-1].indent - 9:
            self.lists.pop()


def _is_late(label: Label, reading: Reading) -> bool:
    """Whether a list is unlikely to begin with a label: from 3 on, two numbers would have been missed."""
    return (label.form, reading.kind) == ("#.", "number") and reading.ordinal > 2
