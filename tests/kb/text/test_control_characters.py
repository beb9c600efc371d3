"""Which control characters are white space."""

from __future__ import annotations

import unicodedata

from kb.text.control_characters import MARGIN, WHITE_SPACE_CONTROLS, character_name, control_characters
from kb.text.fingerprint import collapse
from kb.text.folding import fold

CONTROLS = [character for character in map(chr, range(0x100)) if unicodedata.category(character) == "Cc"]
"""All that there are, and that Unicode promises there will ever be."""


def test_all_control_characters_are_looked_at() -> None:
    assert len(CONTROLS) == 65


def test_a_control_character_is_white_space_or_reported() -> None:
    for character in CONTROLS:
        white = character in WHITE_SPACE_CONTROLS
        assert white == character.isspace()
        assert control_characters(f"a{character}b") == (() if white else (character,))


def test_white_space_controls_part_words_and_are_no_difference() -> None:
    for character in WHITE_SPACE_CONTROLS:
        assert collapse(f"end of page{character}{character}Victims") == "end of page Victims"
        assert fold(f"end of page{character}Victims").text == "end of page Victims"


def test_each_control_character_is_named_once_in_order() -> None:
    assert control_characters("b\x7fa\x07c\x7f\f") == ("\x7f", "\x07")
    assert control_characters("plain – “words”\u200b") == ()
    assert character_name("\x07") == "U+0007"


def test_a_margin_has_no_line_end() -> None:
    assert not {"\n", "\r"} & set(MARGIN)
    assert MARGIN.isspace()
