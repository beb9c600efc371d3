from __future__ import annotations

import ast
from functools import cache
from pathlib import Path
from string import Formatter

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kb.messages import Advice, Message, MessageCatalogue, Plural, advice, words
from web.english import ENGLISH

ROOT = Path(__file__).parents[2]

CATALOGUE: MessageCatalogue = {
    "plain": "{name} is unknown",
    "many": Plural("{count} passage in {name}", "{count:,} passages in {name}"),
    "advised": Advice(Plural("one fault", "{count:,} faults"), "mend {name}"),
}


@pytest.mark.parametrize(
    ("message", "text"),
    [
        (Message("plain", name="x"), "x is unknown"),
        (Message("many", count=1, name="x"), "1 passage in x"),
        (Message("many", count=0, name="x"), "0 passages in x"),
        (Message("many", count=1200, name="x"), "1,200 passages in x"),
        (Message("advised", count=1, name="x"), "one fault; mend x"),
    ],
)
def test_a_message_is_said_in_the_words_of_the_catalogue(message: Message, text: str) -> None:
    assert words(message, CATALOGUE) == text


def test_advice_is_a_problem_and_a_remedy() -> None:
    assert advice(Message("advised", count=2, name="x"), CATALOGUE) == ("2 faults", "mend x")
    assert advice(Message("plain", name="x"), CATALOGUE) == ("x is unknown", "")


@given(st.text())
def test_a_value_is_never_a_template(value: str) -> None:
    assert words(Message("plain", name=value), CATALOGUE) == f"{value} is unknown"


def test_messages_of_the_same_values_are_equal_and_hashable() -> None:
    assert Message("many", count=1, name="x") == Message("many", name="x", count=1)
    assert len({Message("plain", name="x"), Message("plain", name="x")}) == 1


@cache
def _calls() -> dict[str, list[tuple[str, frozenset[str]]]]:
    """Every code written in the three rooms, with the places that use it and the values they give."""
    found: dict[str, list[tuple[str, frozenset[str]]]] = {}
    for path in (path for room in ("kb", "index", "web") for path in (ROOT / room).rglob("*.py")):
        code = path.read_text(encoding="utf-8")
        for node in ast.walk(ast.parse(code)) if "Message" in code else ():
            if isinstance(node, ast.Call) and getattr(node.func, "id", "") == "Message" and node.args:
                first = node.args[0]
                assert isinstance(first, ast.Constant), f"{path}:{node.lineno}: write the code as a literal"
                names = frozenset(keyword.arg for keyword in node.keywords if keyword.arg)
                found.setdefault(first.value, []).append((f"{path}:{node.lineno}", names))
    return found


def _needed(code: str) -> set[str]:
    entry = ENGLISH[code]
    texts = [entry.problem, entry.remedy] if isinstance(entry, Advice) else [entry]
    plain = [
        part for text in texts for part in ((text.one, text.other) if isinstance(text, Plural) else (text,))
    ]
    names = {name for text in plain for _, name, _, _ in Formatter().parse(text) if name}
    return names | ({"count"} if any(isinstance(text, Plural) for text in texts) else set())


def test_every_code_has_its_words_and_every_entry_is_used() -> None:
    assert set(_calls()) == set(ENGLISH)


def test_every_message_gives_the_values_its_words_need() -> None:
    for code, places in _calls().items():
        for place, names in places:
            assert _needed(code) <= names, (place, code)
