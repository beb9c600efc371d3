"""Laws in many languages and formats: what becomes of their articles."""

from __future__ import annotations

from html import escape
from pathlib import Path

import pytest

from kb.importers.registry import read_source
from kb.importers.segmenting.segmenter import segmented
from tests.kb.importers.word.test_reader import packed, paragraph
from tests.tables import table

ARABIC = (
    "قرار بشأن الاتجار بالأشخاص",
    "المادة ١ يجب على الدول أن تتعاون في التحقيق في جرائم الاتجار بالأشخاص.",
    "المادة ٢ الطفل هو كل شخص دون الثامنة عشرة.",
    "1. يجب حماية الضحايا.",
    "2. يجب معاقبة الجناة.",
)
THAI = (
    "พระราชบัญญัติ",
    "มาตรา ๑ พระราชบัญญัตินี้เรียกว่า “พระราชบัญญัติป้องกันและปราบปรามการค้ามนุษย์”",
    "มาตรา ๒ พระราชบัญญัตินี้ให้ใช้บังคับตั้งแต่วันถัดจากวันประกาศ",
    "มาตรา ๒/๑ ในพระราชบัญญัตินี้",
    "(๑) แสวงหาประโยชน์โดยมิชอบ",
    "(๒) บังคับใช้แรงงาน",
    "มาตรา 6 แห่งพระราชบัญญัตินี้ใช้บังคับ",
    "มาตรา ๓ ผู้ใดกระทำความผิด ต้องระวางโทษจำคุก",
)
CHINESE = (
    "关于打击人口贩运的决议",
    "第一条 各国应当合作调查人口贩运案件，保护受害者的权利。",
    "第二条 儿童是指十八岁以下的任何人。",
    "第六条 规定的义务不受影响。",
    "第三条 本决议自通过之日起生效。",
)
INDONESIAN = (
    "Undang-undang",
    "Pasal 1",
    "(1) Perdagangan orang adalah tindakan perekrutan, pengangkutan, penampungan seseorang.",
    "(2) Anak adalah seseorang yang belum berusia 18 tahun.",
    "Pasal 2",
    "(1) Setiap orang yang melakukan perekrutan dipidana dengan pidana penjara.",
    "a. denda; dan",
    "b. penjara.",
    "Pasal 1 ayat (2) mengatur tentang anak yang belum berusia 18 tahun.",
)
BURMESE = (
    "ဆုံးဖြတ်ချက်",
    "ပုဒ်မ ၁။ နိုင်ငံများသည် လူကုန်ကူးမှုကို စုံစမ်းစစ်ဆေးရာတွင် ပူးပေါင်းရမည်။",
    "ပုဒ်မ ၂။ ကလေးဆိုသည်မှာ အသက်ဆယ့်ရှစ်နှစ်အောက် ဖြစ်သည်။",
)
KHMER = (
    "សេចក្តីសម្រេច",
    "មាត្រា ១ រដ្ឋត្រូវសហការក្នុងការស៊ើបអង្កេតអំពើជួញដូរមនុស្ស។",
    "មាត្រា ២ កុមារ មានន័យថាបុគ្គលដែលមានអាយុក្រោមដប់ប្រាំបីឆ្នាំ។",
)
LAO = (
    "ມະຕິ",
    "ມາດຕາ ໑ ລັດຕ້ອງຮ່ວມມືໃນການສືບສວນການຄ້າມະນຸດ.",
    "ມາດຕາ ໒ ເດັກ ໝາຍເຖິງບຸກຄົນທີ່ມີອາຍຸຕ່ຳກວ່າສິບແປດປີ.",
)
VIETNAMESE = (
    "Nghị quyết về phòng, chống mua bán người",
    "Điều 1. Nghiêm cấm mọi hành vi mua bán người theo quy định của pháp luật.",
    "Điều 2. Trẻ em là người dưới mười tám tuổi.",
    "a) nạn nhân được bảo vệ;",
    "Điều 6 Công ước quy định về nạn nhân.",
)
KOREAN = (
    "인신매매 방지법",
    "제1조(목적) 이 법은 인신매매를 방지하고 피해자를 보호함을 목적으로 한다.",
    "제2조(정의) 이 법에서 사용하는 용어의 뜻은 다음과 같다.",
    "1. 인신매매란 사람을 착취하는 행위를 말한다.",
    "제2조의2(적용) 이 법은 모든 사람에게 적용한다.",
)
LAWS = [
    (ARABIC, ["art 1", "art 2", "art 2(1)", "art 2(2)"]),
    (
        THAI,
        ["art 1", "art 2", "art 2/1", "art 2/1(1)", "art 2/1(2)", "art 2/1, unnumbered para 1", "art 3"],
    ),
    (CHINESE, ["art 1", "art 2", "art 2, unnumbered para 1", "art 3"]),
    (
        INDONESIAN,
        [
            *("art 1", "art 1(1)", "art 1(2)", "art 2", "art 2(1)", "art 2(1)(a)", "art 2(1)(b)"),
            "art 2(1), unnumbered para 1",
        ],
    ),
    (BURMESE, ["s 1", "s 2"]),
    (KHMER, ["art 1", "art 2"]),
    (LAO, ["art 1", "art 2"]),
    (VIETNAMESE, ["art 1", "art 2", "art 2(a)", "art 2, unnumbered para 1"]),
    (KOREAN, ["art 1", "art 2", "art 2(1)", "art 2-2"]),
]


def file_of(texts: tuple[str, ...], name: str) -> bytes:
    if name.endswith(".docx"):
        return packed("".join(paragraph(text) for text in texts))
    if name.endswith(".html"):
        body = "".join(f"<p>{escape(text)}</p>" for text in texts)
        return f"<!DOCTYPE html><html><head><meta charset=utf-8></head><body>{body}</body></html>".encode()
    return "\n\n".join(texts).encode()


@pytest.mark.parametrize("name", ["law.txt", "law.html", "law.docx"])
def test_the_articles_of_a_law_are_its_units(name: str, tmp_path: Path) -> None:
    for texts, locators in LAWS:
        (tmp_path / name).write_bytes(file_of(texts, name))
        units = segmented(read_source(tmp_path / name)).units
        assert [unit.locator for unit in units[1:]] == locators
        assert len({unit.id for unit in units}) == len(units)


def test_articles_of_a_plain_text_need_no_empty_line_between_them(tmp_path: Path) -> None:
    for texts, locators in LAWS:
        (tmp_path / "law.txt").write_text("\n".join(texts), encoding="utf-8")
        units = segmented(read_source(tmp_path / "law.txt")).units
        found = [unit.locator for unit in units if "unnumbered" not in unit.locator]
        assert found == [one for one in locators if "unnumbered" not in one]


def test_a_line_within_a_sentence_that_mentions_an_article_begins_none(tmp_path: Path) -> None:
    text = "Terdakwa melanggar ketentuan yang ada dalam\nPasal 2 Undang-Undang dan dipidana penjara menurut\n"
    (tmp_path / "judgment.txt").write_text(
        f"{text}Pasal 3\nayat (1) dan dipidana denda yang ada.\n", encoding="utf-8"
    )
    units = segmented(read_source(tmp_path / "judgment.txt")).units
    assert [unit.locator for unit in units if unit.label] == []


HEADINGS = [
    ("Pasal 1", "Pasal 2"),
    ("Điều 1. Phạm vi", "Điều 2. Đối tượng"),
    ("มาตรา ๑", "มาตรา ๒"),
    ("มาตรา ๑ บททั่วไป", "มาตรา ๒ คำนิยาม"),
    ("ມາດຕາ 1 ຈຸດປະສົງ", "ມາດຕາ 2 ນິຍາມ"),
    ("មាត្រា ១", "មាត្រា ២"),
    ("第一条", "第二条"),
    ("第1条（目的）", "第2条（定義）"),
    ("제1조(목적)", "제2조(정의)"),
    ("المادة ١", "المادة ٢"),
    ("धारा १", "धारा २"),
]


def headed(first: str, second: str, name: str) -> bytes:
    """A document with two articles as headings, each above a paragraph that has a number."""
    if name.endswith(".docx"):
        level = '<w:outlineLvl w:val="1"/>'
        parts = [(first, level), ("1. Kata satu di sini.", ""), (second, level), ("1. Kata dua di sini.", "")]
        return packed("".join(paragraph(text, style) for text, style in parts))
    if name.endswith(".html"):
        return (
            f"<!DOCTYPE html><html><head><meta charset=utf-8></head><body><h2>{first}</h2>"
            f"<p>1. Kata satu di sini.</p><h2>{second}</h2><p>1. Kata dua di sini.</p></body></html>"
        ).encode()
    return f"## {first}\n\n1. Kata satu di sini.\n\n## {second}\n\n1. Kata dua di sini.\n".encode()


@pytest.mark.parametrize("name", ["law.md", "law.html", "law.docx"])
def test_articles_may_be_headings(name: str, tmp_path: Path) -> None:
    for first, second in HEADINGS:
        (tmp_path / name).write_bytes(headed(first, second, name))
        units = segmented(read_source(tmp_path / name)).units
        found = [unit.locator for unit in units]
        is_section = first.startswith("धारा")
        word = "s" if is_section else "art"
        assert found == [f"{word} 1", f"{word} 1(1)", f"{word} 2", f"{word} 2(1)"]


@table(
    "texts",
    [
        ("มาตรา ๖ ผู้ใดกระทำความผิดฐานค้ามนุษย์", "จำเลยกระทำความผิดตามฟ้อง"),
        ("第六条 各国应当合作调查人口贩运案件。", "本案被告人犯有上述罪行。"),
        ("المادة ٦ يجب على الدول أن تتعاون.", "وقد ارتكب المتهم الجريمة."),
        ("Pasal 2 Setiap orang yang melakukan perekrutan.", "Terdakwa terbukti bersalah."),
    ],
)
def test_one_text_that_may_quote_an_article_is_none(texts: tuple[str, ...], tmp_path: Path) -> None:
    (tmp_path / "judgment.txt").write_bytes(file_of(("1. Words of a judgment.", *texts), "judgment.txt"))
    units = segmented(read_source(tmp_path / "judgment.txt")).units
    assert [unit.locator for unit in units] == [
        "para 1",
        "para 1, unnumbered para 1",
        "para 1, unnumbered para 2",
    ]


def test_ids_have_the_numbers_that_are_printed_in_other_digits(tmp_path: Path) -> None:
    (tmp_path / "law.txt").write_bytes(
        file_of(("المادة ٥", "١. يجب حماية الضحايا.", "المادة ٧", "نص المادة."), "law.txt")
    )
    units = segmented(read_source(tmp_path / "law.txt")).units
    assert [(unit.id, unit.label) for unit in units[:3]] == [
        ("art-5", "المادة ٥"),
        ("art-5-1", "١."),
        ("art-7", "المادة ٧"),
    ]
