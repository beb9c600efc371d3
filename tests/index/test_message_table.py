"""index/README.md lists every message of this room, with its words."""

from __future__ import annotations

from index.english import citations, commands, engines, explanation, quotations, search
from kb import english
from kb.messages import Advice, CatalogueEntry, MessageCatalogue, Plural
from tests.pages import page, rows

HEAD = "| code | text |"
AREAS: tuple[MessageCatalogue, ...] = (
    search.ENGLISH,
    explanation.ENGLISH,
    quotations.ENGLISH,
    citations.ENGLISH,
    commands.ENGLISH,
    engines.ENGLISH,
)
ENTRIES = {code: entry for area in AREAS for code, entry in area.items()}


def _text(entry: CatalogueEntry) -> str:
    match entry:
        case Advice(problem, remedy):
            return f"{_text(problem)}; {remedy}"
        case Plural(_, other):
            return other
        case text:
            return text


def _row(code: str, entry: CatalogueEntry) -> str:
    cells = _text(entry).replace("|", "\\|").replace("<", "&lt;").replace("*", "\\*").replace("~", "\\~")
    return f"| `{code}` | {cells.replace(':,}', '}').replace(':.2f}', '}')} |"


def _table() -> str:
    return "\n".join([HEAD, "| --- | --- |", *(_row(code, entry) for code, entry in sorted(ENTRIES.items()))])


def test_the_table_of_messages_is_that_of_the_catalogue() -> None:
    assert _table() in page("index/README.md"), f"put this under Messages in index/README.md:\n{_table()}"


def test_every_code_is_in_the_table_once() -> None:
    codes = [cells[0].strip("`") for cells in rows(page("index/README.md"), HEAD)]
    assert len(codes) == len({*codes}) == sum(map(len, AREAS))


def test_a_code_belongs_to_one_room() -> None:
    assert not ENTRIES.keys() & english.ENGLISH.keys()
