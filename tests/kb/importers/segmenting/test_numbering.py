"""Which list an item belongs to, where that is asked at many items."""

from __future__ import annotations

from collections import Counter

from kb.importers.segmenting.numbering import ItemList, Numbering
from kb.numbering.labels import label_of


def placed(numbering: Numbering, text: str, item: int) -> ItemList:
    label = label_of(text)
    assert label is not None
    return numbering.place(label, item, 0, introduced=False)


def test_the_words_of_an_item_are_read_once_however_many_lists_begin_late_behind_it() -> None:
    read: Counter[int] = Counter()

    def words(item: int) -> str:
        read[item] += 1
        return "Parties shall: 8. Assist victims." if item == 0 else "Words."

    numbering = Numbering(words)
    placed(numbering, "(1) Parties", 0)
    for item in range(1, 50):
        numbering.heading()
        assert placed(numbering, "9. Words", item).form == "#."
    assert read == {0: 1}
