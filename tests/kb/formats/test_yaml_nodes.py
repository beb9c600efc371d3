"""YAML is read by libyaml where it can, and no reader of a file can tell."""

from __future__ import annotations

from pathlib import Path

import pytest
import yaml
from hypothesis import example, given
from hypothesis import strategies as st

from kb.errors import Fault
from kb.formats import yaml_nodes
from kb.formats.yaml_nodes import YamlNode, parse_yaml
from kb.settings import shipped_content

PIECES = st.sampled_from(
    [
        *("key", "a", "é", "ب", "1", " ", "  ", "\n", "\n  ", "\n- ", "\n---\n", "\n...\n", "- ", ": ", ":"),
        *("[", "]", "{", "}", "'", '"', "#", " #", "|", "|-\n ", ">2", "&a ", "*a", "!t ", "%YAML 1.1", "@"),
        *(
            "\\",
            "\\x41",
            "\\ud800",
            "? ",
            "?",
            "~",
            "https://a.b/c?d=e#f",
            "\nkey: value",
            "\nb:\n  - {d: e}",
        ),
        *("\t", "\ufeff", "\x07", "\r", "\x85", "\u2028", "\ufffe", "\U0001f600", "\ud800", "\0", "`", ", "),
    ]
)
READ_OTHERWISE = (
    "a: b\t",
    "? a",
    "{a?b: c}",
    "k: |#c\n  d",
    "\n\ufeffk: v",
    "k: {a:\n  , b: c}",
    "k: [a:\n  ]",
)
"""By libyaml, than by PyYAML's own parser."""

SHIPPED = sorted(shipped_content().glob("*.yaml"))

Answer = tuple[YamlNode, tuple[Fault, ...]]


def _parsed(text: str) -> Answer:
    return parse_yaml(text, Path("a.yaml"), first_line=2, depth=3)


def _parsed_without_libyaml(text: str) -> Answer:
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(yaml, "__with_libyaml__", False)
        return _parsed(text)


@pytest.mark.parametrize("text", READ_OTHERWISE)
def test_what_libyaml_reads_otherwise_is_read_as_ever(text: str) -> None:
    assert _parsed(text) == _parsed_without_libyaml(text)


@pytest.mark.parametrize("path", SHIPPED, ids=lambda path: path.name)
def test_a_file_that_ships_is_read_as_without_libyaml(path: Path) -> None:
    text = path.read_text(encoding="utf-8")
    assert _parsed(text + "\n") == _parsed_without_libyaml(text + "\n")


@given(st.lists(PIECES, max_size=14).map("".join))
@example("k: [" * 5)
@example("a: 1\na: 2")
@example("k: !!int 1")
def test_any_text_is_read_or_refused_as_without_libyaml(text: str) -> None:
    assert _parsed(text) == _parsed_without_libyaml(text)


@given(st.sampled_from(SHIPPED), st.data())
def test_a_file_with_slips_is_read_or_refused_as_without_libyaml(path: Path, data: st.DataObject) -> None:
    text = path.read_text(encoding="utf-8")[:1_000]
    at = data.draw(st.integers(0, len(text)))
    slipped = text[:at] + data.draw(PIECES) + text[at + data.draw(st.integers(0, 2)) :]
    assert _parsed(slipped) == _parsed_without_libyaml(slipped)


@pytest.mark.skipif(not yaml.__with_libyaml__, reason="this PyYAML is without libyaml")
@pytest.mark.parametrize("path", SHIPPED, ids=lambda path: path.name)
def test_libyaml_alone_reads_what_ships(path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(yaml_nodes, "_Loader", None)
    assert _parsed(path.read_text(encoding="utf-8") + "\n\n")[0].entries
