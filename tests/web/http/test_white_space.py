from __future__ import annotations

from flask import Response

from tests.tables import table
from web.http.white_space import show_white_space


@table("character", ["\v", "\f", "\x1c", "\x1d", "\x1e", "\x1f", "\x85"])
def test_words_do_not_run_into_each_other_on_a_page(character: str) -> None:
    page = Response(f"<p>page{character}Victims à …", mimetype="text/html")
    show_white_space(page)
    assert page.get_data(as_text=True) == "<p>page Victims à …"


def test_a_nul_is_shown_as_a_missing_character() -> None:
    page = Response("<p>page\0Victims", mimetype="text/html")
    show_white_space(page)
    assert page.get_data(as_text=True) == "<p>page\ufffdVictims"


def test_data_keep_their_characters() -> None:
    data = Response('{"text": "page\x85Victims"}', mimetype="application/json")
    show_white_space(data)
    assert data.get_data(as_text=True) == '{"text": "page\x85Victims"}'
