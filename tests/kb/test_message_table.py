"""kb/README.md lists every message that says what is wrong, with its words."""

from __future__ import annotations

from kb.english import ENGLISH
from kb.messages import Advice, Plural
from tests.pages import page, rows

HEAD = "| code | text |"


def _row(code: str, advice: Advice) -> str:
    problem = advice.problem.other if isinstance(advice.problem, Plural) else advice.problem
    text = f"{problem}; {advice.remedy}".replace("{{", "{").replace("}}", "}").replace(":,}", "}")
    cells = text.replace("|", "\\|").replace("<", "&lt;").replace("*", "\\*").replace("[", "\\[")
    return f"| `{code}` | {cells} |"


def _table() -> str:
    advice = {code: entry for code, entry in ENGLISH.items() if isinstance(entry, Advice)}
    return "\n".join([HEAD, "| --- | --- |", *(_row(code, entry) for code, entry in sorted(advice.items()))])


def test_the_table_of_messages_is_that_of_the_catalogue() -> None:
    assert _table() in page("kb/README.md"), f"put this under Messages in kb/README.md:\n{_table()}"


def test_every_code_is_in_the_table_once() -> None:
    codes = [cells[0].strip("`") for cells in rows(page("kb/README.md"), HEAD)]
    assert len(codes) == len({*codes})
