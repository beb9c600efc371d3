"""Templates write the HTML: nothing in the content may become a tag."""

from __future__ import annotations

from types import SimpleNamespace

import pytest
from flask import Flask, g
from lxml.html import HtmlElement
from markupsafe import Markup

from index.results import FacetValue, Hit, Snippet
from kb.messages import Message
from kb.model import Document, Passage
from tests.web.dom import attributes, one, parsed, said, select, texts
from tests.web.site_samples import HOSTILE
from web.presenters.labels import segments
from web.presenters.results.hit_cards import HitCard

FOLDED = " ".join(HOSTILE.split())


def made(app: Flask, source: str, **values: object) -> HtmlElement:
    with app.test_request_context():
        g.snapshot = SimpleNamespace(documents={})  # whose languages are looked up
        return parsed(app.jinja_env.from_string(source).render(values))


def tags(tree: HtmlElement) -> set[str]:
    return {element.tag for element in tree.iterdescendants()}


def test_every_value_of_a_hit_is_escaped(app: Flask) -> None:
    document = Document(HOSTILE, HOSTILE, kind=HOSTILE, status=HOSTILE, language=HOSTILE)
    snippet = Snippet(HOSTILE, ((0, 8),))
    hit = Hit(
        Passage(HOSTILE, HOSTILE, HOSTILE),
        document,
        snippet,
        reasons=(Message("found-by-heading", text=HOSTILE),),
        others=2,
    )
    pieces = segments(snippet.text, snippet.ranges)
    themes = ((HOSTILE, Markup(""), HOSTILE),)
    card = HitCard(
        hit, HOSTILE, pieces, HOSTILE, False, *[HOSTILE] * 3, False, pieces, themes, *[HOSTILE] * 6
    )
    tree = made(app, '{% from "_hits.html" import hit_list %}{{ hit_list(cards) }}', cards=[card])
    assert tags(tree) == {"li", "h3", "a", "p", "span", "mark", "div", "details", "summary", "ul"}
    assert attributes(tree, "h3 > a", "href") == [HOSTILE]
    assert texts(tree, "h3 mark") == ["<script>"]
    assert attributes(tree, "p.snippet", "lang") == [None]  # it is no language
    assert texts(tree, "p.snippet") == [FOLDED]
    assert texts(tree, "p.snippet > mark") == ["<script>"]
    assert tree.text_content().count("<script>") > 10


@pytest.mark.parametrize("others", ["1 more passage in", "2 more passages in"])
def test_a_hit_counts_the_other_passages_of_its_document(app: Flask, others: str) -> None:
    hit = Hit(Passage("d", "p", "Words"), Document("d", "D"), Snippet("Words"), others=int(others[0]))
    card = HitCard(hit, "", [], "", False, *[""] * 3, False, [], (), *["/"] * 6)
    tree = made(app, '{% from "_hits.html" import hit_list %}{{ hit_list(cards) }}', cards=[card])
    assert texts(tree, "a.others") == [f"and {others} this document"]


def test_a_badge_is_escaped_and_says_kind_and_status(app: Flask) -> None:
    source = '{% from "_badge.html" import badge %}{{ badge(document) }}'
    tree = made(app, source, document=Document("d", "D", kind=HOSTILE, status=HOSTILE))
    assert tags(tree) == {"span"}
    assert texts(tree, "span.badge") == [FOLDED, FOLDED]
    assert texts(made(app, source, document=Document("d", "D", kind="note")), "span.badge.note") == [
        "Editorial note: our words"
    ]
    assert tags(made(app, source, document=Document("d", "D"))) == set()


def test_the_values_of_a_facet_are_escaped_and_say_whether_they_are_chosen(app: Flask) -> None:
    below = FacetValue(HOSTILE, HOSTILE, 1)
    values = [FacetValue(HOSTILE, HOSTILE, 0, True, (below,)), FacetValue("b", "B", 0)]
    source = '{% from "_choices.html" import choices %}{{ choices("theme", values) }}'
    tree = made(app, source, values=values)
    assert tags(tree) == {"ul", "li", "label", "input", "span", "bdi", "details", "summary"}
    assert attributes(tree, "input", "value") == [HOSTILE, HOSTILE, "b"]
    assert attributes(tree, "input", "checked") == ["checked", None, None]
    assert texts(tree, "li > details > ul label") == [f"{FOLDED} 1"]
    assert texts(tree, "label.none") == ["B 0"]


def test_marks_are_escaped_and_the_first_has_the_id(app: Flask) -> None:
    source = '{% from "_marked.html" import marked %}{{ marked(text, ranges, first) }}'
    tree = made(app, source, text=HOSTILE, ranges=((0, 8), (8, 13)), first=HOSTILE)
    assert tree.text_content() == HOSTILE
    assert attributes(tree, "mark", "id") == [HOSTILE, None]
    assert tags(tree) == {"mark"}
    unmarked = made(app, source, text=HOSTILE, ranges=(), first="x")
    assert said(unmarked) == FOLDED
    assert select(unmarked, "mark") == []
    assert one(made(app, source, text="ab", ranges=((0, 1),), first=""), "mark").attrib == {}
