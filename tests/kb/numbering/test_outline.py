"""Which parts of a text are under which of its labels."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from kb.numbering.outline import outline
from tests.tables import table


def shown(text: str) -> list[tuple[str, str]]:
    """The first word after each label of the outline, with the path to it."""
    return [
        (text[part.start : part.end].strip(), ".".join(step.label for step in part.path))
        for part in outline(text)
    ]


def paths(text: str) -> list[str]:
    return [path for _, path in shown(text)]


@table(
    ("text", "expected"),
    [
        ("Words without any number.", [""]),
        ("", []),
        ("1. One.\n2. Two.\n3. Three.", ["1", "2", "3"]),
        ("1. One. 2. Two. 3. Three.", ["1", "2", "3"]),
        ("Each State shall:\n(a) one;\n(b) two.", ["", "a", "b"]),
        ("Each State shall: (a) one; (b) two; and (c) three.", ["", "a", "b", "c"]),
        ("Decides (a) to meet; (b) to report.", ["", "a", "b"]),
        (
            "1. First:\n(a) one:\n(i) x;\n(ii) y;\n(b) two.\n2. Last.",
            ["1", "1.a", "1.a.i", "1.a.ii", "1.b", "2"],
        ),
        ("1) One\n2) Two", ["1", "2"]),
        ("5.1 One.\n5.2 Two.", ["5.1", "5.2"]),
        ("5. One.\n5bis. Two.\n6. Three.", ["5", "5bis", "6"]),
        # letters that are roman numbers, too
        ("(g) a;\n(h) b;\n(i) c;\n(j) d.", ["g", "h", "i", "j"]),
        ("(h) b:\n(i) x;\n(ii) y;\n(i) c.", ["h", "h.i", "h.ii", "i"]),
        ("(a) b:\n(i) x;\n(ii) y.", ["a", "a.i", "a.ii"]),
        # other digits and letters
        ("١- تلتزم الدول.\n٢- على كل دولة:\n(أ) حماية؛\n(ب) مساعدة.", ["1", "2", "2.أ", "2.ب"]),
        ("๑. รัฐต้องคุ้มครอง\n๒. ห้ามส่งกลับ", ["1", "2"]),
        ("1. Помощь:\nа) жилье;\nб) деньги.\n2. Защита.", ["1", "1.а", "1.б", "2"]),
        # mentions
        ("As paragraph (a) says, and (b) too.", [""]),
        ("Under article 3. 4. The rest", [""]),
        ("(a) those of paragraphs 1 (a), (b) and (c);\n(b) others.", ["a", "b"]),
        ("1. As in article 5. 2. The rest.", ["1", "2"]),
        ("See no. 1. Two of 2. were lost.", [""]),
        # what follows a list
        ("States shall:\n(a) one;\n(b) two.\nThis applies to all.", ["", "a", "b", ""]),
        ("States shall: (a) one; (b) two. This applies to all.", ["", "a", "b", ""]),
        ("1. States shall:\n(a) one;\n(b) two.\nThis applies.\n2. Last.", ["1", "1.a", "1.b", "1", "2"]),
        # a line that broke off within a sentence goes on
        ("(a) one that is\nlong;\n(b) two.", ["a", "b"]),
        # a second list of the same form
        ("(a) one;\n(b) two.\nAlso:\n(a) three;\n(b) four.", ["a", "b", "", "a", "b"]),
        # in doubt the words are under what is certain
        ("States shall:\n(a) help those whom (b) names;\n(c) report.", ["", "a", "", "c"]),
    ],
)
def test_each_part_is_under_the_labels_that_are_certain(text: str, expected: list[str]) -> None:
    assert paths(text) == expected


PIECES = st.lists(
    st.sampled_from(
        ["(a) ", "(b) ", "(i) ", "(ii) ", "1. ", "2. ", "one; ", "Two. ", "\n", "and ", "art 5 ", "٣- "]
    ),
    max_size=14,
)


@given(PIECES)
def test_the_parts_are_all_of_the_text_in_order(pieces: list[str]) -> None:
    text = "".join(pieces)
    assert "".join(text[part.start : part.end] for part in outline(text)) == text


FORMS = st.sampled_from(["{}. ", "({}) ", "{}) "])
INNER = st.lists(st.integers(0, 4), min_size=1, max_size=5)


@given(INNER, FORMS, st.sampled_from(["\n", " "]))
def test_a_list_of_lists_is_read_as_it_was_written(counts: list[int], form: str, gap: str) -> None:
    pieces, expected = ["Lead-in:"], [""]
    for number, count in enumerate(counts, 1):
        pieces.append(f"{form.format(number)}Word{':' if count else '.'}")
        expected.append(str(number))
        for at in range(count):
            pieces.append(f"({'abcd'[at]}) word;")
            expected.append(f"{number}.{'abcd'[at]}")
    is_certain = gap == "\n" or all(count != 1 for count in counts)
    if is_certain and (gap == "\n" or len(counts) > 1):
        assert paths(gap.join(pieces)) == expected
