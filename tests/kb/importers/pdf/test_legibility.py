from __future__ import annotations

import pytest

from kb.importers.pdf.legibility import is_gibberish, is_without_text


@pytest.mark.parametrize(
    "text",
    [
        "The delegation stated that the process had helped to promote dialogue and cooperation on rights "
        * 5,
        "يعاقب كل من دخل أو وصل قصدا إلى الشبكة المعلوماتية أو نظام المعلومات بالحبس مدة لا تقل عن أسبوع "
        * 5,
        "Portugal Denmark Maldives Ecuador Netherlands Romania Chile Iraq Belgium Kyrgyzstan Afghanistan "
        * 6,
        "ข้อมูลส่วนบุคคล " * 90,
        "few words",
    ],
)
def test_sound_pages_and_lists_of_names_are_legible(text: str) -> None:
    assert not is_gibberish([text])


def test_letters_shifted_by_a_wrong_font_are_gibberish() -> None:
    text = "The delegation stated that the process had helped to promote dialogue and cooperation " * 6
    assert is_gibberish(
        ["".join(chr(ord(one) + 1) if one.isalpha() and one not in "zZ" else one for one in text)]
    )


def test_a_picture_has_no_text_and_a_blank_page_has_nothing() -> None:
    assert is_without_text(3, objects=1)
    assert not is_without_text(0, objects=0)
    assert not is_without_text(900, objects=50)


SOUND = "The participants discussed how workers who are held in debt bondage can be found and helped. " * 6
RUSSIAN = "Участники обсудили, как выявлять работников, находящихся в долговой кабале, и как им помочь. " * 6
THAI = "คนงานมีสิทธิที่จะได้รับค่าจ้างตามกฎหมายและได้รับการคุ้มครองจากการค้ามนุษย์ " * 8


@pytest.mark.parametrize(
    "text",
    [
        "".join(chr(0xF000 + ord(one)) if one != " " else one for one in SOUND),
        "\ufffd\ufffd\ufffd \ufffd\ufffd " * 50,
        "□□□ □□ " * 60,
        SOUND[::-1],
        "".join(chr(ord(one) - 29) if one != " " else one for one in SOUND),
        RUSSIAN.encode("cp1251").decode("latin-1"),
        THAI.encode("tis-620").decode("latin-1"),
    ],
    ids=[
        "private use",
        "replacements",
        "boxes",
        "backwards",
        "numbers of glyphs",
        "Cyrillic as Latin",
        "Thai as Latin",
    ],
)
def test_what_a_font_without_its_characters_gives_is_gibberish(text: str) -> None:
    assert is_gibberish([text])


def test_a_form_with_boxes_to_tick_is_legible() -> None:
    assert not is_gibberish(["□ Yes □ No □ The worker has a contract in a language that she can read " * 6])
