"""Markdown as words: whatever is given is read, line by line, in time linear in its length."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kb.formats.markdown import read_markdown
from kb.quoting.extraction import find_quotations
from tests.tables import table


def quotations(markdown: str) -> list[tuple[str, str]]:
    """The quotations with the lines where they begin."""
    text, source_map, _ = read_markdown(markdown)
    return [
        (
            " ".join(one.text.replace("\u200b", "").split()),
            [line for at, line in source_map if at <= one.start][-1],
        )
        for one in find_quotations(text)
    ]


@table(
    ("markdown", "expected"),
    [
        ("- item\n\n    > the law\n    > of the sea\n", [("the law of the sea", "3")]),
        ("1. x\n   > the law\n\n   - y\n\n        > the sea", [("the law", "2"), ("the sea", "6")]),
        ("- > the law\n* > the sea\n12) > the land", [("the law the sea the land", "1")]),
        ("[^1]: note\n\n    > the law", [("the law", "3")]),
        ("> the law\nof the sea\n\nprose", [("the law of the sea", "1")]),
        ("> the law\n> — Somebody\nprose", [("the law", "1")]),
        ("> the law\n# Heading\n\n> the sea\n- item", [("the law", "1"), ("the sea", "4")]),
        ("prose\n\n    > code\n\n\\> prose\n\n&gt; prose", []),
        ("- item\n\nprose\n\n    > code", []),
        ("<blockquote>\nthe law\n\nthe sea\n</blockquote>\nprose", [("the law", "2"), ("the sea", "4")]),
        ("prose <blockquote>law<p>sea</p></blockquote> prose", [("law", "1"), ("sea", "1")]),
        ("a\n<q>the\nlaw</q> and <q lang='x'>the sea</q>", [("the law", "2"), ("the sea", "3")]),
        (
            "::: {.blockquote}\nthe law\n\nthe sea\n:::\n::: note\n“the land”\n:::",
            [("the law", "2"), ("the sea", "4"), ("the land", "7")],
        ),
        ('“the law” [x]\n\n[x]: http://h "no title"\n[//]: # (“no comment”)\n', [("the law", "1")]),
        ("+++\na = “no”\n+++\n“the law”", [("the law", "4")]),
        (
            "| a | “the law” |\n|---|---|\n| “the sea” | |\n\n# “the land”",
            [("the law", "1"), ("the sea", "3"), ("the land", "5")],
        ),
        ("!!! note\n\n    “the law”\n", [("the law", "3")]),
        ("<div\nclass='x'>\n“the law</div>\nprose ”", [("the law", "3")]),
    ],
)
def test_quotations_are_found_in_every_form_that_markdown_has(
    markdown: str, expected: list[tuple[str, str]]
) -> None:
    assert quotations(markdown) == expected


@table(
    "markdown",
    [
        "&ldquo;the law of the sea&rdquo;",
        "&#8220;the law of the sea&#x201D;",
        "&quot;the law of the sea&#34;",
        "&laquo;&nbsp;the law of the sea&nbsp;&raquo;",
        "“the law^[A note.] of the sea”",
        "“the law^[A [note](http://h) of\ntwo lines.] of the sea”",
        "“the law<sup>1</sup> of the sea^2^”",
        '“the law<a href="#fn1"><sup>1</sup></a> of the sea[^2]”',
        "“the ~~weak~~ <del>weak</del>law of<br>the sea”",
        "**‘the law of the sea’**, and so on",
        "“the law\\\nof the sea”",
        "“the [law\nof](http://h 'no') the sea”",
        "“the [law][] of [the sea][x]”\n\n[law]: http://h\n[x]: <http://h>",
        "“the [law] of [The  Sea]{.smallcaps}”\n\n[Law]:\n  http://h\n  'no'".replace("The  Sea", "the sea"),
        "“[the law]{lang=en} of the sea”{#id}",
        r"\`“the law of the sea”\`",
    ],
)
def test_what_markup_adds_is_no_part_of_a_quotation(markdown: str) -> None:
    assert [words for words, _ in quotations(markdown)] == ["the law of the sea"]


@table(
    "markdown",
    [
        "prose\n\n    “code”\n\n\t“more of it”\n",
        "    “code”",
        "```\n“code”\n```",
        "~~~~ x\n“code”\n~~~\n“code”\n~~~~",
        "- item\n\n      ```\n      “code”\n      ```",
        "> ```\n> “code”\n> ```",
        "> ```\n> “code”",
        "a `“code”` and ``“code ` goes\non”``",
        "`“code\nof two lines”`",
        "```` “code” ```` and ```“code”```",
    ],
)
def test_code_is_never_a_quotation(markdown: str) -> None:
    assert quotations(markdown) == []
    assert read_markdown(markdown)[2]["code"]


@table(
    "markdown",
    [
        "- item\n\n    “words”",
        "[^1]: note\n\n    “words”",
        "goes on\n    “words”",
        "a ` b “words”",
        "a `` b “words” ` c",
        "a ` b\n\n“words” ` c",
        "> ```\n\n“words”",
        "``` a `b` “words”",
    ],
)
def test_what_only_looks_like_code_is_read(markdown: str) -> None:
    assert [words for words, _ in quotations(markdown)] == ["words"]


def test_the_quotations_in_a_note_are_found_on_its_line() -> None:
    markdown = "One.\n\nThe law^[See “one\ntwo”,\nand > three] of “the sea”."
    assert quotations(markdown) == [("the sea", "5"), ("one two", "3")]


MARKDOWN = st.text(st.sampled_from("<>/!-abq \"'\n&;[]()^~*_`\\:1.#\x02\x04“”"), max_size=80)


@given(MARKDOWN)
def test_anything_can_be_read_as_markdown(markdown: str) -> None:
    text, source_map, _ = read_markdown(markdown)
    assert [at for at, _ in source_map] == [0, *(at + 1 for at, one in enumerate(text) if one == "\n")]
    lines = [int(line) for _, line in source_map]
    assert {min(lines), max(lines)} <= {1, markdown.count("\n") + 1}


@pytest.mark.slow
@pytest.mark.parametrize(
    "markdown",
    [
        *("^[" * 30_000, "^[a [b] " * 10_000, "~~a " * 30_000, "~~" * 30_000, "```" * 20_000),
        *("[a" * 15_000, "> a\n" * 10_000, "<blockquote>" * 5_000, "&amp" * 15_000, "[^1]: " * 10_000),
        "- > " * 10_000,
        *("\n" * 50_000, "\n\n    a" * 10_000, "> ```\n" * 10_000, "`a``" * 10_000, "- ```\n" * 10_000),
        *(
            "[a]: b\n" * 5_000,
            "[a]\n: " * 10_000,
            "::: quote\n" * 5_000,
            "[a]{" * 10_000,
            "<http:" * 10_000,
        ),
    ],
)
def test_markdown_made_to_take_long_is_read_in_time(markdown: str) -> None:
    assert read_markdown(markdown)[0]
