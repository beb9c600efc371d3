"""Names that Windows keeps for devices."""

from __future__ import annotations

from kb.editing.new_slugs import slug_for
from kb.files.device_names import is_device_name
from kb.model import Document
from tests.tables import table


@table("name", ["CON", "con.txt", "Aux.report.txt", "nul .pdf", "com1", "LPT9.docx", "com¹.txt", "conin$"])
def test_the_name_of_a_device_is_known_whatever_its_ending_and_case(name: str) -> None:
    assert is_device_name(name)


@table("name", ["", ".", ".con", "console", "con-report", "com", "com10", "lpt", "aux2", "report.con"])
def test_a_name_that_only_looks_like_one_is_none(name: str) -> None:
    assert not is_device_name(name)


@table(("name", "slug"), [("CON.txt", "con-document"), ("Com1.pdf", "com1-document"), ("con 1.txt", "con-1")])
def test_a_slug_is_a_name_that_windows_takes(name: str, slug: str) -> None:
    assert slug_for(name, Document("x", "X", "report")) == slug
