"""Quotation marks within a quoted title."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from kb.citing.elements.title_quotation import nested_quotation
from tests.tables import table


@table(
    ("title", "in_single", "in_double"),
    [
        ("The “first” draft", "The “first” draft", "The ‘first’ draft"),
        ("The ‘first’ draft", "The “first” draft", "The ‘first’ draft"),
        ('The "first" draft', "The “first” draft", "The ‘first’ draft"),
        ("The 'first' draft", "The “first” draft", "The ‘first’ draft"),
        ("Children’s rights", "Children’s rights", "Children’s rights"),
        ("Workers' rights and employers' duties", *["Workers' rights and employers' duties"] * 2),
        ("‘Workers’ rights’ now", "“Workers’ rights” now", "‘Workers’ rights’ now"),
        ("‘Victims’ and ‘survivors’", "“Victims” and “survivors”", "‘Victims’ and ‘survivors’"),
        ("‘Victims’ of trafficking", "“Victims” of trafficking", "‘Victims’ of trafficking"),
        ("“It’s not ‘work’”, she said", "“It’s not ‘work’”, she said", "‘It’s not “work”’, she said"),
        ("A “quote “in a” quote”", "A “quote ‘in a’ quote”", "A ‘quote “in a” quote’"),
        ("Rock ’n’ roll", "Rock ’n’ roll", "Rock ’n’ roll"),
        ("The ’90s", "The ’90s", "The ’90s"),
        ("„Menschenhandel“ und «traite»", *["„Menschenhandel“ und «traite»"] * 2),
        ("An open “mark", "An open “mark", "An open “mark"),
        ("5' 11\" tall", "5' 11\" tall", "5' 11\" tall"),
        ("“Who?”", "“Who?”", "‘Who?’"),
        ("", "", ""),
    ],
)
def test_marks_are_turned_and_apostrophes_stay(title: str, in_single: str, in_double: str) -> None:
    assert nested_quotation(title, "‘") == in_single
    assert nested_quotation(title, "“") == in_double


@given(st.text(st.sampled_from("ab “”‘’\"'s.,?")), st.sampled_from("“‘"))
def test_only_marks_change(title: str, outer: str) -> None:
    marks = str.maketrans(dict.fromkeys("“”‘’\"'", "|"))
    assert nested_quotation(title, outer).translate(marks) == title.translate(marks)
