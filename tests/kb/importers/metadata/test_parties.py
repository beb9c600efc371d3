from __future__ import annotations

from kb.importers.metadata.titles.parties import case_title
from tests.tables import table


def title_with(name: str) -> str:
    return case_title(["Between:", name, "Claimant", "- and -", "ACME LTD.", "Defendant"])


@table(
    ("name", "bare"),
    [
        ("JOHN SMITH", "JOHN SMITH"),
        ("JOHN SMITH ______________", "JOHN SMITH"),
        ("JOHN SMITH …… – — - ", "JOHN SMITH"),
        ("JOHN SMITH . . . . .", "JOHN SMITH"),
        ("SMITH LTD.", "SMITH LTD."),
        ("SMITH LTD. ______", "SMITH LTD."),
        ("SMITH LTD......", "SMITH LTD"),
        (
            "(1) JOHN SMITH ______________________________ B",
            "(1) JOHN SMITH ______________________________ B",
        ),
    ],
)
def test_a_party_is_named_without_leaders_but_with_the_dot_of_an_abbreviation(name: str, bare: str) -> None:
    assert title_with(name) == f"{bare} v ACME LTD."


@table("leader", ["-", "_", "–", ".", "…", "- ", " .", "-…"])
def test_a_title_ends_however_long_the_leaders_before_a_word_are(leader: str) -> None:
    assert title_with(f"A {leader * 50_000} B") == ""
    assert title_with(f"A {leader * 50_000}") == "A v ACME LTD."
