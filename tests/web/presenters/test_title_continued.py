"""If a title is the first words of a passage, its snippet goes on from there."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from index.highlighting.highlighter import Highlight
from index.highlighting.snippets import make_snippet
from index.results import Snippet
from tests.tables import table
from web.presenters.labels import Segment
from web.presenters.results.hit_titles import first_words
from web.presenters.results.title_continued import title_and_snippet

TEXT = "the need for robust mechanisms for international crime cooperation, including mutual legal assistance"
FIRST = first_words(TEXT)


def joined(pieces: list[Segment]) -> str:
    return "".join(piece for piece, _ in pieces)


def marked(pieces: list[Segment]) -> list[str]:
    return [piece for piece, is_marked in pieces if is_marked]


def ranges(text: str, *words: str) -> tuple[tuple[int, int], ...]:
    return tuple(sorted((text.index(word), text.index(word) + len(word)) for word in words))


def test_words_are_marked_in_the_title_or_in_the_snippet_and_shown_once() -> None:
    assert FIRST == "the need for robust mechanisms for international crime cooperation, including…"
    title, snippet = title_and_snippet(FIRST, Snippet(TEXT, ranges(TEXT, "crime", "legal")), TEXT)
    assert (joined(title), marked(title)) == (FIRST, ["crime"])
    assert (joined(snippet), marked(snippet)) == ("… mutual legal assistance", ["legal"])


@table(
    ("title", "snippet"),
    [
        ("Mutual legal assistance", Snippet(TEXT, ((0, 3),))),  # a heading
        (TEXT, Snippet(TEXT, ((0, 3),))),  # all of it, to be selected and quoted
        ("the need for", Snippet(TEXT)),  # a heading that the text begins with
        (FIRST, Snippet("… mutual legal assistance", ((2, 8),))),  # from further on
        (FIRST, Snippet("UNTOC 16 extradition", ((0, 5),), provision=True)),
    ],
)
def test_any_other_snippet_is_as_it_was(title: str, snippet: Snippet) -> None:
    marked_title, shown = title_and_snippet(title, snippet, TEXT)
    assert marked_title == []
    assert joined(shown) == snippet.text


WORDS = st.lists(
    st.sampled_from(["law", "sea,", "of", "Ñandú", "(a)", "fish.", "—", "\n", "人口贩运"]), max_size=90
)


def letters(text: str) -> str:
    return "".join(filter(str.isalnum, text))


@given(WORDS, st.sets(st.integers(0, 400), max_size=6))
def test_every_word_and_mark_of_a_snippet_is_in_the_title_or_in_what_follows(
    words: list[str], at: set[int]
) -> None:
    text = " ".join(words).strip()
    begins = sorted(begin - begin % 5 for begin in at)
    spots = dict.fromkeys(begin for begin in begins if begin + 3 <= len(text))
    made = make_snippet(text, [Highlight(begin, begin + 3, (0,)) for begin in spots], [1])
    title = first_words(text)
    marked_title, snippet = title_and_snippet(title, made, text)
    said = "".join(made.text[begin:end] for begin, end in made.ranges)
    assert letters("".join(marked(marked_title) + marked(snippet))) == letters(said)
    assert joined(marked_title) in ("", title)
    if joined(snippet) != made.text:
        assert letters(text).startswith(letters(title) + letters(joined(snippet)))
