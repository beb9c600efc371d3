"""Texts that do not say in which character set they are, in many of them."""

from __future__ import annotations

import unicodedata

import pytest

from kb.importers.charsets import decoded_text
from kb.importers.sniffing import sniffed_format
from tests.tables import table

TEXTS = {
    "en": "The participants discussed how workers who are held in debt bondage can be found and helped. ",
    "fr": "Ils ont examiné la façon d’aider ceux qui sont réduits à la servitude, où que ce soit. ",
    "vi": "Người lao động di cư có quyền được đối xử bình đẳng với người lao động trong nước. ",
    "th": "คนงานมีสิทธิที่จะได้รับค่าจ้างตามกฎหมายและได้รับการคุ้มครองจากการค้ามนุษย์ ",
    "zh": "禁止人口贩运特别是妇女和儿童行为，保护受害者并向他们提供援助。",
    "ru": "Участники обсудили, как выявлять работников, находящихся в долговой кабале, и как им помочь. ",
    "pl": "Uczestnicy omówili, jak można rozpoznać pracowników w niewoli za długi, żeby ich ochronić. ",
    "tr": "Katılımcılar, borç için çalışan işçilerin tespit edilebileceğini ve bu konuyu görüştü. ",
    "ja": "参加者は、債務奴隷状態にある労働者をどのように特定し支援できるかを議論しました。",
    "es": "Analizaron cómo ayudar a los niños y a las mujeres que están en servidumbre. ",
}


def encoded(language: str, charset: str) -> tuple[str, bytes]:
    text = TEXTS[language] * 6
    if charset == "cp1258":  # tone marks follow their letter
        text = "".join(_toned(one) for one in text)
    return text, text.encode(charset)


def _toned(character: str) -> str:
    try:
        character.encode("cp1258")
    except UnicodeEncodeError:
        parts = unicodedata.normalize("NFD", character)
        own = [one for one in parts[1:] if one in "\u0302\u0306\u031b"]
        return unicodedata.normalize("NFC", parts[0] + "".join(own)) + "".join(set(parts[1:]) - set(own))
    return character


@table(
    ("language", "charset"),
    [
        *(
            ("en", name)
            for name in ("utf-16", "utf-16-le", "utf-16-be", "utf-32-le", "utf-32-be", "utf-8-sig")
        ),
        *(
            ("ru", name)
            for name in ("utf-16-le", "utf-16-be", "koi8-r", "cp1251", "iso8859-5", "mac-cyrillic")
        ),
        *(("th", name) for name in ("utf-16-be", "tis-620", "cp874")),
        *(("zh", name) for name in ("utf-16-le", "gb18030", "gb2312")),
        *(("fr", name) for name in ("cp1252", "mac-roman")),
        *(("es", name) for name in ("cp1252", "cp850", "mac-roman")),
        *(("ja", name) for name in ("shift_jis", "euc-jp", "iso2022_jp")),
        ("vi", "cp1258"),
        ("pl", "cp1250"),
        ("pl", "iso8859-2"),
        ("tr", "cp1254"),
        ("ru", "cp866"),
    ],
)
def test_a_text_of_this_character_set_is_read(language: str, charset: str) -> None:
    text, data = encoded(language, charset)
    found = unicodedata.normalize("NFC", decoded_text(data).text)
    assert found == unicodedata.normalize("NFC", text)
    assert sniffed_format(data, "a.txt") == "text"


@pytest.mark.parametrize("data", [bytes(range(256)) * 20, b"\0" * 4000, b"MZ\x90\0\3\0\0\0" * 300])
def test_what_has_zero_bytes_and_is_no_text_is_no_text(data: bytes) -> None:
    assert sniffed_format(data, "a.txt") == "unknown"


@pytest.mark.parametrize("newline", ["\r", "\n", "\r\n", "\u2028"])
def test_lines_end_as_any_program_ends_them(newline: str) -> None:
    from kb.importers.text.plain import read_plain_text

    read = read_plain_text(f"One short line.{newline}{newline}Another short line.".encode(), "a.txt")
    assert [block.text for block in read.blocks] == ["One short line.", "Another short line."]
