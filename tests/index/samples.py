"""Small collections for the index tests."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Literal

from index.analysis.stemming import stem
from index.query import Node
from kb.model import Collection, Document, Passage, SubPoint, Theme
from kb.sources.unit_kinds import UnitKind

__all__ = ["THEMES", "FakeVocabulary", "collection", "document", "passage"]

THEMES = (
    Theme(
        "crime-cooperation",
        "International crime cooperation",
        "Crime cooperation",
        1,
        subpoints=(SubPoint("extradition", "Extradition"), SubPoint("mla", "Mutual legal assistance")),
    ),
    Theme(
        "protection",
        "Protection of victims",
        "Protection",
        2,
        subpoints=(SubPoint("aftercare", "Aftercare"),),
    ),
)


class FakeVocabulary:
    """A vocabulary with every word, and the same forms for every pattern; `rarity` weighs the words."""

    def __init__(self, *forms: str, rarity: Mapping[str, float] | None = None) -> None:
        self.forms, self.rarity = forms, rarity or {}

    def forms_of(self, pattern: Node) -> tuple[str, ...]:
        return self.forms

    def stems(self, form: str) -> tuple[str, ...]:
        return (stem(form),)

    related_stems = stems

    def forms_like(self, form: str) -> tuple[str, ...]:
        return (form, *self.forms)

    related_forms = forms_like

    def has_word(self, form: str) -> bool:
        return True

    def rarity_of(self, form: str) -> float:
        return self.rarity.get(form, 1.0)

    def in_titles(self, form: str) -> bool:
        return True


def document(name: str, **fields: object) -> Document:
    return Document(**({"id": name, "title": f"The {name}", "kind": "report"} | fields))  # type: ignore[arg-type]


def passage(
    document: str,
    name: str,
    text: str,
    *themes: str,
    heading: str = "",
    locator: str = "",
    unit: UnitKind | Literal[""] = "",
) -> Passage:
    return Passage(document, name, text, locator, heading, themes, unit=unit)


def collection(*documents: Document, **texts: list[str] | list[Passage]) -> Collection:
    """A collection of these documents; `texts` gives each document's passages, or their texts."""
    listed = documents or tuple(document(name) for name in texts)
    passages = {
        name: tuple(
            item if isinstance(item, Passage) else passage(name, f"p{place}", item, locator=f"para {place}")
            for place, item in enumerate(items, start=1)
        )
        for name, items in texts.items()
    }
    return Collection(THEMES, listed, passages)
