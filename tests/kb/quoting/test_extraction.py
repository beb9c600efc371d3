from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kb.quoting.extraction import find_quotations
from tests.tables import table


def texts(text: str, *, whole: bool = False) -> list[str]:
    return [" ".join(claim.text.split()) for claim in find_quotations(text, whole=whole)]


@table(
    ("text", "expected"),
    [
        ("He said “the States” and left.", ["the States"]),
        ('He said "the States" and "the law".', ["the States", "the law"]),
        ("Er sagte „so“, sie »nein«, elle « oui ».", ["so", "nein", "oui"]),
        ("He said ‘the law’, and 'the sea'.", ["the law", "the sea"]),
        ("It’s ‘the victims’ rights law’, isn’t it", ["the victims’ rights law"]),
        ("don't say 'it isn't so', please", ["it isn't so"]),
        ("“a ‘b’ c” and ‘d “e” f’", ["a ‘b’ c", "d “e” f"]),
        ("“a “b” c” d", ["a “b” c"]),
        ('the term "torture"means', ["torture"]),
        ('("inner") [“outer”] —“dash”', ["inner", "outer", "dash"]),
        ("*“stressed”* _‘words’_", ["stressed", "words"]),
        ("”wrong way round”", ["wrong way round"]),
        ("“never closed", ["never closed"]),
        ("“one paragraph\n\n“and another”", ["one paragraph", "and another"]),
        ("“runs on\n\nand ends” here", ["runs on and ends"]),
        ("“no end\n\nanother paragraph", ["no end"]),
        ("> a block\n> of lines\n\nprose", ["a block of lines"]),
        ("> one\n>\n> two\n> — Somebody, 2015", ["one", "two"]),
        ("> [!NOTE]\n> “in marks”", ["in marks"]),
        ("> > nested", ["nested"]),
        ("> “one”\n> “two”\n\n> “three” and “four”", ["one", "two", "“three” and “four”"]),
        ("> “one “two” three”\n>\n> [@a/p1]", ["one “two” three"]),
        ('> "one "two" three"', ['one "two" three']),
        ("> one [@a/p1] two\n> [-@a/p1]", ["one [@a/p1] two"]),
        ("prose “with > sign” > b", ["with > sign"]),
        ("声明称「各国」和『法律』，｢権利｣，〝者〟，﹁法﹂", ["各国", "法律", "権利", "者", "法"]),
        ('他说＂各国的法律＂，又说＂权利"。', ["各国的法律", "权利"]),
        ('他说"各国的法律"。法律"很重要"吗？', ["各国的法律", "很重要"]),
        ('รายงานระบุว่า"การค้ามนุษย์"ไว้', ["การค้ามนุษย์"]),
        ('ထို"ဥပဒေ"နှင့် ຖືວ່າ"ກົດໝາຍ"ນີ້ ថា"ច្បាប់"នេះ', ["ဥပဒေ", "ກົດໝາຍ", "ច្បាប់"]),
        ("他说'各国的法律'等，和‘权利’等", ["各国的法律", "权利"]),
        ("그는\"법률\"이라고, '권리'라고, 또'의무'라고", ["법률", "권리", "의무"]),
        ("他说：‘权利’（‘义务’）", ["权利", "义务"]),
        ("说「外「内」外」完", ["外「内」外"]),
        ("‹la loi› ›das Recht‹ »lagen» ‹ l’eau ›", ["la loi", "das Recht", "lagen", "l’eau"]),
        ("قال ”حقوق الضحايا“ و «القانون» و\u200f“الدول”\u200f", ["حقوق الضحايا", "القانون", "الدول"]),
        ('צה"ל אמר "החוק" ושב"כ, ״הים״', ["החוק", "הים"]),
        ("Пишут„закон“и«право»тут", ["закон", "право"]),
        ('it says"the law"here, dit«la loi»ici', ["the law", "la loi"]),
        ("He said ``the law'' and ``it's `so' ''.", ["the law", "it's `so'"]),
        ("اس نے کہا: ’قانون سمندر‘، ’پھر‘", ["قانون سمندر", "پھر"]),
        ('Il dit " les droits ", puis "la loi" et " la mer ".', ["les droits", "la loi", "la mer"]),
        ("❛the law❜ and ❝the sea❞", ["the law", "the sea"]),
        ("’tis ‘the law’ of ’90s ‘the sea’", ["the law", "the sea"]),
        ("\u200b‘the law’\u200b, \u2066'the sea'\u2069", ["the law", "the sea"]),
    ],
)
def test_quotations_are_what_stands_in_marks_and_blocks(text: str, expected: list[str]) -> None:
    assert texts(text) == expected


@table(
    "text",
    [
        "the victims' rights and the State's duty",
        "the victims’ rights and the State’s duty",
        "a 12\" pipe, 5'3 long, in the '90s",
        "“” '' \"\" « » 「」 ＂＂ ‹›",
        'two boards of 12"x14", and word" alone',
        'צה"ל ושב"כ',
        "al-Qur’ān, ‘Abd al-Raḥmān, ta‘līm, Shi‘i, Mu‘āwiya, Hawai‘i, ʻōlelo, Hawai'i, O‘ahu",
        "``never closed, ``` code ``` and ''",
        'a 6 " pipe, and that',
        "’tis of the ’90s, rock ’n’ roll",
        "Home › Themes › The law",
        "> \n> —\n",
        "",
    ],
)
def test_apostrophes_inches_and_empty_marks_are_none(text: str) -> None:
    assert texts(text) == []


def test_a_text_without_quotations_is_one_where_that_is_asked_for() -> None:
    assert texts(" the victims' rights\n", whole=True) == ["the victims' rights"]
    assert texts("a “b” c", whole=True) == ["b"]
    assert texts(" — ", whole=True) == []


def test_a_quotation_knows_its_line_and_place() -> None:
    text = "One.\n\nTwo “three\nfour” and\n> five\n"
    claims = find_quotations(text)
    assert [(claim.text, claim.line) for claim in claims] == [("three\nfour", 3), ("five", 5)]
    assert all(text[claim.start :].startswith(claim.text) for claim in claims)


PROSE = st.text(st.sampled_from("ab. “”\"'‘’«»„>\n-["), max_size=60)


@pytest.mark.parametrize(
    ("text", "quoted"),
    [
        ("«\n>a", ["a"]),
        ("“\n>a”", ["a”"]),
        ("«a\n>b", ["a", "b"]),
        ("“abc\n> def\nxyz”", ["abc", "def"]),
        ("‘abc\n> def\n> ghi\n\nxyz’", ["def\n  ghi"]),
    ],
)
def test_a_mark_left_open_before_a_block_ends_where_the_block_begins(text: str, quoted: list[str]) -> None:
    assert [claim.text for claim in find_quotations(text)] == quoted


@given(PROSE)
def test_quotations_stand_in_the_text_in_order_and_apart(text: str) -> None:
    claims = find_quotations(text)
    ends = [claim.start + len(claim.text) for claim in claims]
    assert all(end <= claim.start for end, claim in zip(ends, claims[1:], strict=False))
    for claim in claims:
        assert text[claim.start] == claim.text[0]
        assert claim.line == text.count("\n", 0, claim.start) + 1


@given(st.lists(st.text("abc ’.", min_size=1).filter(lambda words: words.strip(" ’.")), max_size=8))
def test_what_is_put_in_marks_comes_out_again(words: list[str]) -> None:
    for before, behind in ("“”", "«»", "„“", '""', "「」", "『』", "‹›", "＂＂"):
        text = " and ".join(f"{before}{each.strip()}{behind}" for each in words)
        assert [claim.text for claim in find_quotations(text)] == [each.strip() for each in words]


@pytest.mark.slow
@pytest.mark.parametrize(
    "text",
    ["“" * 25_000, " 'a" * 15_000, '"a' * 15_000, "““ ” " * 10_000, "> “\n\n" * 10_000, "“a\n\n" * 10_000],
)
def test_texts_made_to_take_long_are_cut_all_the_same(text: str) -> None:
    assert len(find_quotations(text)) <= 10_000


@pytest.mark.slow
@pytest.mark.parametrize(
    "text", ['a"a' * 15_000, "a»a" * 15_000, "说'说" * 10_000, "「『" * 10_000, "“\u200b" * 15_000]
)
def test_marks_beside_letters_are_cut_in_time_too(text: str) -> None:
    assert len(find_quotations(text)) <= 15_000


@pytest.mark.parametrize(
    ("block", "quoted"),
    [
        ("> “Words of it.”\u200b", "Words of it."),
        ("> “Words of it.” (Office A, 2016, p. 4)", "Words of it."),
        ("> “Words of it” (*A Protocol*, art. 3(a))\u200b", "Words of it"),
        ("> “Words” of it (Office A)", "“Words” of it (Office A)"),
        ("> Words of it (as amended)", "Words of it (as amended)"),
    ],
)
def test_a_note_mark_or_reference_behind_a_block_in_quotation_marks_is_no_part_of_it(
    block: str, quoted: str
) -> None:
    assert [claim.text for claim in find_quotations(block)] == [quoted]
