"""The kinds of sources and the symbols of United Nations documents."""

from __future__ import annotations

from kb.sources.kinds import DOCUMENT, KIND_NAMES, KINDS, is_resolution_symbol, is_un_symbol, source_kind
from tests.tables import table


@table(
    ("kind", "symbol", "name"),
    [
        ("journal article", "", "journal article"),
        ("Journal-Article", "", "journal article"),
        ("judgment", "", "case"),
        ("protocol", "A/RES/55/25", "treaty"),
        ("report", "A/61/122", "UN document"),
        ("report", "A/RES/55/25", "resolution"),
        ("", "S/RES/2331 (2016)", "resolution"),
        ("report", "WHA55.19", "report"),
        ("pamphlet", "", "document"),
        ("", "", "document"),
    ],
)
def test_a_document_is_cited_as_what_it_is_called_or_as_its_symbol_says(
    kind: str, symbol: str, name: str
) -> None:
    assert source_kind(kind, symbol) is KINDS[name]


@table(
    "symbol",
    [
        "A/61/122",
        "A/RES/55/25",
        "S/RES/2331 (2016)",
        "S/RES/2331(2016)",
        "A/HRC/35/37/Add.1",
        "E/2002/68/Add.1",
        "CTOC/COP/WG.4/2011/3",
        "A/RES/217 (III)",
        "CEDAW/C/GC/38",
        "S/PRST/2015/25",
        "A/61/L.3/Rev.1",
    ],
)
def test_a_un_symbol_is_known_with_or_without_its_space(symbol: str) -> None:
    assert is_un_symbol(symbol)
    assert is_resolution_symbol(symbol) == ("/RES/" in symbol)


@table("symbol", ["", "WHA55.19", "COM(2021) 171", "2011/36/EU", "a/61/122", "A", "A/", "A/61 122"])
def test_other_symbols_are_not_of_the_united_nations(symbol: str) -> None:
    assert not is_un_symbol(symbol)


def test_no_two_kinds_share_a_name_and_the_rest_is_a_document() -> None:
    names = [name.casefold() for kind in KINDS.values() for name in (kind.name, *kind.also)]
    assert len(names) == len({*names})
    assert DOCUMENT.name not in KIND_NAMES
