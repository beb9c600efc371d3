"""The style sheets: values in one place, and text that can be read on each ground."""

from __future__ import annotations

import re
from itertools import product
from pathlib import Path

import pytest

from web.http import static_files

STYLES = static_files.ROOM / "static" / "styles"
TOKENS = (STYLES / "tokens" / "tokens.css").read_text(encoding="utf-8")
SHEETS = sorted(
    [*STYLES.rglob("*.css"), *(static_files.ROOM / "desk" / "static").glob("*.css")],
    key=lambda path: path.name,
)
OWN = {"--leading", "--h"}
"""Properties that elements hand to what is in them."""

COLOUR = re.compile(r"#[0-9a-f]{3,8}\b|\b(?:rgb|hsl|oklch)a?\(", re.IGNORECASE)
SETS = re.findall(r"^ *(--[\w-]+): (#[0-9a-f]{6});", TOKENS, re.MULTILINE)
BY_DAY = dict(reversed(SETS))
BY_NIGHT = dict(SETS)

GROUNDS = ("--paper", "--raised", "--tint", "--wash")
READ = (
    *product(("--ink", "--soft", "--accent", "--accent-strong"), GROUNDS),
    ("--on-accent", "--accent"),
    ("--on-accent", "--accent-strong"),
    ("--on-band", "--band"),
    ("--on-band-soft", "--band"),
    ("--on-mark", "--mark"),
    ("--warn-ink", "--warn"),
    ("--on-sheet", "--sheet"),
)
SEEN = (*product(("--edge", "--bar"), GROUNDS[:3]), ("--warn-edge", "--paper"), ("--band-mark", "--band"))


def _rules(path: Path) -> str:
    return re.sub(r"/\*.*?\*/", "", path.read_text(encoding="utf-8"), flags=re.DOTALL)


def _luminance(colour: str) -> float:
    parts = (int(colour[at : at + 2], 16) / 255 for at in (1, 3, 5))
    red, green, blue = (
        part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4 for part in parts
    )
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def _contrast(one: str, other: str) -> float:
    """WCAG 2.2: from 1 to 21."""
    darker, lighter = sorted((_luminance(one), _luminance(other)))
    return (lighter + 0.05) / (darker + 0.05)


@pytest.mark.parametrize("colours", [BY_DAY, BY_NIGHT], ids=["day", "night"])
def test_text_has_seven_to_one_and_edges_three_to_one(colours: dict[str, str]) -> None:
    faint = [(front, ground) for front, ground in READ if _contrast(colours[front], colours[ground]) < 7]
    faint += [(front, ground) for front, ground in SEEN if _contrast(colours[front], colours[ground]) < 3]
    assert faint == []


def test_colours_have_their_place_among_the_tokens() -> None:
    strays = {path.name for path in SHEETS if path.name != "tokens.css" and COLOUR.search(_rules(path))}
    assert strays == set()


def test_every_custom_property_is_a_token() -> None:
    defined = set(re.findall(r"^ *(--[\w-]+):", TOKENS, re.MULTILINE)) | OWN
    used = {name for path in SHEETS for name in re.findall(r"var\((--[\w-]+)", _rules(path))}
    assert used - defined == set()
