"""Which searches look like those of a person in need, and which do not."""

from __future__ import annotations

import pytest

from index.suggest.in_need import help_wanted, looks_in_need
from kb.site import HelpPanel, Site

PANEL = HelpPanel("Ask somebody you trust.")


@pytest.mark.parametrize(
    "text",
    [
        *(
            "help",
            "HELP!",
            "rescue",
            "shelter",
            "I need a shelter",
            "please help me now",
            "where is a hotline near me?",
        ),
        *("passport taken", "my passport was taken", "they took my passport", "boss keeps our passports"),
        *("I am locked in", "I’m locked in", "im locked inside the house", "they locked us up"),
        *("I cannot leave", "they won't let me leave", "I want to escape", "he beats me", "I was trafficked"),
        "forced me to work",
    ],
)
def test_a_search_in_words_of_need_is_known(text: str) -> None:
    assert looks_in_need(text)


@pytest.mark.parametrize(
    "text",
    [
        *(
            "",
            "   ",
            "extradition",
            "victim protection",
            "shelters for victims",
            "rescue operations",
            "the",
            "to me",
        ),
        *(
            '"help"',
            "“I am locked in”",
            "help AND shelter",
            "help -shelter",
            "shelter*",
            "theme:shelter",
            "help~",
        ),
        *(
            "persons locked in factories",
            "passports of migrant workers",
            "who helps victims",
            "forced labour",
        ),
        "mutual legal assistance shelter",
        "help " * 100,
    ],
)
def test_any_other_search_and_one_with_operators_is_not(text: str) -> None:
    assert not looks_in_need(text)


def test_a_collection_without_a_panel_shows_none() -> None:
    assert help_wanted("help", Site()) is None
    assert help_wanted("help", Site(help=PANEL)) == PANEL
    assert help_wanted("extradition", Site(help=PANEL)) is None
