"""Patterns end on words without spaces, however long these are."""

from __future__ import annotations

from kb.importers.metadata.bodies import body_named
from kb.importers.pdf.columns import in_reading_order
from kb.importers.pdf.hyphens import Joint, Joints
from kb.importers.pdf.paragraphs.assembly import paragraphs
from tests.kb.importers.pdf.made_lines import line
from tests.tables import table


@table("token", ["/" * 3_000, "A/" * 3_000, "a/b" * 3_000, "*" * 3_000])
def test_a_line_of_slashes_names_no_body(token: str) -> None:
    assert body_named(f"{token} and more") is None


@table(
    ("text", "name"),
    [
        ("Human Rights Council A/HRC/20/18", "Human Rights Council"),
        ("Human Rights Council Distr.: General", "Human Rights Council"),
        ("Human Rights Council*", "Human Rights Council"),
        ("Human Rights Council", "Human Rights Council"),
    ],
)
def test_a_body_is_known_before_its_symbol_or_mark(text: str, name: str) -> None:
    found = body_named(text)
    assert found is not None
    assert found.name == name


@table(
    ("first", "joint"),
    [
        ("see " + "/" * 4_000, Joint("")),
        ("see " + "a" * 4_000, Joint()),
        ("see http://one.example/a/", Joint("")),
    ],
)
def test_addresses_are_joined_however_long(first: str, joint: Joint) -> None:
    assert Joints([line("plain words")], 1).joint(first, "/c") == joint


@table(
    ("text", "begins"),
    [
        ("TRAFFICKING IN PERSONS: the facts", True),
        ("SUMMARY: the facts", True),
        ("ONE, TWO : the facts", False),
        ("A" * 60 + " the facts", False),
        ("A'" * 60 + " the facts", False),
        ("A" * 60 + ": the facts", True),
    ],
)
def test_a_bold_run_in_heading_begins_a_paragraph_and_other_capitals_end(text: str, begins: bool) -> None:
    above = line("which goes on and on about thirty characters.", 100)
    below = line(text, 112, bold_start=True)
    groups = paragraphs(in_reading_order([above, below]), 10)
    assert len(groups) == (2 if begins else 1)
