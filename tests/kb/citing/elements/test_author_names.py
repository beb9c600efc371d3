"""Names of authors as citation styles write them."""

from __future__ import annotations

from kb.citing.elements.author_names import written_names
from kb.citing.rich_text import plain_text
from kb.citing.styles.apa import APA
from kb.citing.styles.bluebook import BLUEBOOK
from kb.citing.styles.chicago import CHICAGO
from kb.citing.styles.harvard import HARVARD
from kb.citing.styles.mla import MLA
from kb.citing.styles.oscola import OSCOLA
from kb.sources.person_name import name_fields, parse_name
from tests.tables import table


def written(names: str, rules: object) -> str:
    given = [name_fields(parse_name(name)) for name in names.split("; ")]
    return plain_text(written_names(given, rules, str))  # type: ignore[arg-type]


ONE, TWO = "King, Martin Luther, Jr.", "Doe, Jane; Roe, Richard"
THREE, FOUR = f"{TWO}; Poe, Edgar", f"{TWO}; Poe, Edgar; Moe, Ann"


@table(
    ("names", "oscola", "bluebook", "apa", "mla", "harvard"),
    [
        (
            ONE,
            "Martin Luther King Jr.",
            "Martin Luther King Jr.",
            "King, M. L., Jr.",
            "King, Martin Luther, Jr.",
            "King, M.L., Jr.",
        ),
        (
            TWO,
            "Jane Doe and Richard Roe",
            "Jane Doe & Richard Roe",
            "Doe, J., & Roe, R.",
            "Doe, Jane, and Richard Roe",
            "Doe, J. and Roe, R.",
        ),
        (
            THREE,
            "Jane Doe, Richard Roe and Edgar Poe",
            "Jane Doe et al.",
            "Doe, J., Roe, R., & Poe, E.",
            "Doe, Jane, et al.",
            "Doe, J., Roe, R. and Poe, E.",
        ),
        (
            FOUR,
            "Jane Doe and others",
            "Jane Doe et al.",
            "Doe, J., Roe, R., Poe, E., & Moe, A.",
            "Doe, Jane, et al.",
            "Doe, J. et al.",
        ),
        ("Aung San Suu Kyi", *["Aung San Suu Kyi"] * 5),
        (
            "Office A; Office B",
            "Office A and Office B",
            "Office A & Office B",
            "Office A & Office B",
            "Office A and Office B",
            "Office A and Office B",
        ),
        (
            "Sartre, Jean-Paul",
            "Jean-Paul Sartre",
            "Jean-Paul Sartre",
            "Sartre, J.-P.",
            "Sartre, Jean-Paul",
            "Sartre, J.-P.",
        ),
        ("王, 小明", "小明 王", "小明 王", "王, 小明", "王, 小明", "王, 小明"),
    ],
)
def test_persons_are_turned_round_and_cut_only_where_the_style_does(
    names: str, oscola: str, bluebook: str, apa: str, mla: str, harvard: str
) -> None:
    rules = [style.names for style in (OSCOLA, BLUEBOOK, APA, MLA, HARVARD)]
    assert [written(names, one) for one in rules] == [oscola, bluebook, apa, mla, harvard]


def test_a_reference_in_the_text_has_family_names_alone() -> None:
    assert [written(TWO, style.short_names) for style in (APA, MLA, HARVARD)] == [
        "Doe & Roe",
        "Doe and Roe",
        "Doe and Roe",
    ]
    assert written(THREE, APA.short_names) == "Doe et al."


def test_chicago_notes_name_two_at_most() -> None:
    assert written(TWO, CHICAGO.names) == "Jane Doe and Richard Roe"
    assert written(THREE, CHICAGO.names) == "Jane Doe et al."
