"""The words of this room's messages, where a value or a plural makes a difference."""

from __future__ import annotations

import pytest

from index.english import say
from kb.messages import Message


@pytest.mark.parametrize(
    ("message", "text"),
    [
        (
            Message("pattern-too-broad", pattern="traf*", count=1300, limit=256),
            "“traf*” matches 1,300 words; only the 256 most common were searched. "
            "Type more letters to narrow it.",
        ),
        (
            Message("terms-differ", term="human trafficking", others="smuggling of migrants", count=1),
            "These are different things: human trafficking and smuggling of migrants. "
            "A search for one does not find the other.",
        ),
        (
            Message("terms-differ", term="refugees", others="migrants, asylum seekers", count=2),
            "These are different things: refugees, migrants, asylum seekers. "
            "A search for one does not find the others.",
        ),
        (
            Message("too-many-quotations", count=1500, checked=300),
            "Only the first 300 of 1,500 quotations were checked; paste the rest separately.",
        ),
    ],
)
def test_a_message_says_its_values(message: Message, text: str) -> None:
    assert say(message) == text
