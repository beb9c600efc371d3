"""Texts in other scripts are found by a word typed in that script, and the word is marked."""

from __future__ import annotations

import pytest

from index.request import Request
from tests.engines import Snapshot, snapshot_of
from tests.index.samples import collection
from tests.tables import table

TEXTS = {
    "thai": "การค้ามนุษย์เป็นการละเมิดสิทธิมนุษยชน และผู้เสียหายต้องได้รับความคุ้มครอง",
    "chinese": "各国应加强国际合作，打击人口贩运，保护受害者的权利。",
    "arabic": "يجب حماية ضحايا الاتجار بالأشخاص وتقديم المساعدة القانونية المتبادلة.",
    "vietnamese": "Nạn nhân của tội mua bán người được bảo vệ và hỗ trợ pháp lý, theo đường biên giới.",
    "indonesian": "Perdagangan orang adalah kejahatan, dan korban berhak atas perlindungan hukum.",
    "russian": "Торговля людьми является преступлением, а жертвы имеют право на защиту.",
    "hindi": "मानव तस्करी एक अपराध है और पीड़ितों को सुरक्षा मिलनी चाहिए।",
    "burmese": "လူကုန်ကူးမှုသည် ပြစ်မှုဖြစ်သည်။",
    "khmer": "ការជួញដូរមនុស្សគឺជាបទឧក្រិដ្ឋ។",
    "lao": "ການຄ້າມະນຸດແມ່ນອາຊະຍາກໍາ",
    "korean": "인신매매 피해자는 보호를 받아야 한다.",
    "japanese": "人身取引の被害者を保護する。",
}


@pytest.fixture(scope="module")
def snapshot(tmp_path_factory: pytest.TempPathFactory) -> Snapshot:
    return snapshot_of(
        collection(**{name: [text] for name, text in TEXTS.items()}), tmp_path_factory.mktemp("index")
    )


@table(
    ("language", "query", "marked"),
    [
        ("thai", "ค้ามนุษย์", "ค้ามนุษย์"),
        ("thai", "ผู้เสียหาย", "ผู้เสียหาย"),
        ("chinese", "人口贩运", "人口贩运"),
        ("chinese", "受害者", "受害者"),
        ("arabic", "ضحايا", "ضحايا"),
        ("arabic", "المتبادلة", "المتبادلة"),
        ("vietnamese", "nạn nhân", "Nạn"),
        ("vietnamese", "nan nhan", "Nạn"),
        ("vietnamese", "duong", "đường"),
        ("vietnamese", "NGƯỜI", "người"),
        ("indonesian", "perdagangan orang", "Perdagangan"),
        ("indonesian", "korban", "korban"),
        ("russian", "жертвы", "жертвы"),
        ("hindi", "तस्करी", "तस्करी"),
        ("burmese", "လူကုန်ကူးမှု", "လူကုန်ကူးမှု"),
        ("khmer", "មនុស្ស", "មនុស្ស"),
        ("lao", "ມະນຸດ", "ມະນຸດ"),
        ("korean", "인신매매", "인신매매"),
        ("japanese", "被害者", "被害者"),
    ],
)
def test_a_text_is_found_by_a_word_typed_in_its_script(
    snapshot: Snapshot, language: str, query: str, marked: str
) -> None:
    results = snapshot.search(Request(text=query))
    hits = {hit.passage.document: hit for hit in results.hits if hit.matched == "all"}
    assert language in hits
    shown = hits[language].snippet
    assert marked in [shown.text[start:end] for start, end in shown.ranges]


@pytest.mark.parametrize("query", ["人口的权利运", "ค้าคน", "жертв преступниками"])
def test_signs_in_another_order_are_another_word(snapshot: Snapshot, query: str) -> None:
    assert snapshot.search(Request(text=query)).total == 0
