"""Words of a note that its page would not show."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest

from kb.curated.theme_file import read_theme_file
from kb.model import Provision

Edit = Callable[[str, str, str], None]
NAME = "themes/01-cooperation.md"
PROSE = "What States do together."


@pytest.mark.parametrize(
    ("prose", "line", "problem"),
    [
        ("Words.\n\n![a chart](chart.png)", 10, "a note cannot show images"),
        ("Words\nand <b>bold</b> ones.", 9, "<b> is not allowed in a note"),
        ("Words.\n\n<div>\nlost\n</div>", 10, "<div> is not allowed in a note"),
        ("Words <img src=x> here.", 8, "a note cannot show images"),
        ("Words.\n\n<script>x</script>", 10, "<script> is not allowed in a note"),
        ("Words.\n\n* * *\n\nMore.", 8, "<hr> is not allowed in a note"),
        ("See\n[this](javascript:x).", 9, "the link to “javascript:x” will not work on the page"),
        ("See\n<mailto:a@example.org>.", 9, "the link to “mailto:a@example.org” will not work on the page"),
        ("Words.\n\n<?php x ?>", 10, "HTML instructions (<?...) are not allowed in a note"),
        ("Words.\n\n<![CDATA[x]]>", 10, "HTML instructions (<!...) are not allowed in a note"),
        ("Words.\n\n<!DOCTYPE x>", 10, "HTML instructions (<!...) are not allowed in a note"),
        ("Words.\n\n[Note]: see below", 10, "a line that begins with “[...]:” is not shown on the page"),
        ("<!-- to be written -->", 8, "“Introduction” has no text"),
        ("&nbsp;", 8, "“Introduction” has no text"),
        ("Words.\n\n##Subhead", 10, "a note has no headings of its own"),
        ("Words.\n\n ## Subhead {: #sub }", 10, "a note has no headings of its own"),
    ],
)
def test_what_would_not_show_is_a_fault_on_its_line(
    folder: Path, edit: Edit, prose: str, line: int, problem: str
) -> None:
    edit(NAME, PROSE, prose)
    (fault,) = read_theme_file(folder / NAME)[3]
    assert (fault.line, fault.problem) == (line, problem)
    assert fault.remedy


def test_what_shows_is_no_fault(folder: Path, edit: Edit) -> None:
    edit(
        NAME,
        PROSE,
        "A < b & [1] *c* `<d>` &lt;f&gt; [g](/search?q=a&per=10) <https://example.org/> <em>h</em>\n\n"
        "<!-- a remark of the editor -->\n\n    indented\n\n> quoted\n\n- item",
    )
    assert read_theme_file(folder / NAME)[3] == ()


def test_a_table_may_be_indented(folder: Path, edit: Edit) -> None:
    for line in ("| Instrument |", "| --- | --- |", "| UNTOC", "| The Guidelines"):
        edit(NAME, line, f"  {line}")
    _, _, notes, faults = read_theme_file(folder / NAME)
    assert faults == ()
    assert notes[1].provisions[0] == Provision("UNTOC (2000)", "16", "Extradition")
    assert "|---" not in notes[1].text
