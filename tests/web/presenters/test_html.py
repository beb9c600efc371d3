"""What is HTML before it reaches a template: nothing that content says may become a tag."""

from __future__ import annotations

import re
from html import unescape

from index.results import FacetValue, Hit, Snippet
from kb.model import Document, Passage
from tests.web.site_samples import HOSTILE
from web.presenters.hit_cards import Card, item
from web.presenters.html import badge, choices, marked

OURS = re.compile(r"</?(?:li|h3|a|p|span|mark|ul|label|input)\b[^<>]*>")


def bare(html: str) -> str:
    """The text without our own tags; any other stays."""
    return OURS.sub("", html)


def test_every_value_of_a_hit_is_escaped() -> None:
    document = Document(HOSTILE, HOSTILE, kind=HOSTILE, status=HOSTILE, language=HOSTILE)
    hit = Hit(Passage(HOSTILE, HOSTILE, HOSTILE), document, Snippet(HOSTILE, ((0, 8),)), reasons=(HOSTILE,))
    card = Card(hit, *[HOSTILE] * 5, ((HOSTILE, HOSTILE),), *[HOSTILE] * 5)
    made = str(item(card))
    assert "<" not in bare(made)
    assert made.count("&lt;script&gt;") > 15
    assert not any('"x"' in tag for tag in OURS.findall(made))


def test_badges_choices_and_marks_are_escaped_and_say_what_was_given() -> None:
    assert "<" not in bare(badge(Document("d", "D", kind=HOSTILE, status=HOSTILE)))
    below = FacetValue(HOSTILE, HOSTILE, 1)
    assert "<" not in bare(choices("theme", [FacetValue(HOSTILE, HOSTILE, 0, True, (below,))]))
    shown = marked(HOSTILE, ((0, 8), (8, 13)), HOSTILE)
    assert "<" not in bare(shown)
    assert unescape(bare(shown)) == HOSTILE
