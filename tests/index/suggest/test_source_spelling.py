"""Words are suggested as the collection spells them, although terms are folded."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path

import pytest

from index.request import Request
from tests.engines import Snapshot, snapshot_of
from tests.index.samples import collection, document
from tests.tables import table

TEXTS: Mapping[str, list[str]] = {
    "vi": ["Mua bán người là tội phạm.", "Phòng, chống mua bán người.", "Điều khoản chung."],
    "ar": ["مكافحة الاتجـار بالأشخاص.", "ضحايا الاتجار بالأشخاص.", "الاتفاقية الدولية."],
    "es": ["La extradición de niños.", "Una extradi\u00adción negada."],
    "tr": ["IŞIK sığınma evi.", "Mağdurların İADESİ."],
    "ru": ["Принудительный труд запрещён.", "ЗАЩИТА жертв."],
    "th": ["การค้ามนุษย์เป็นความผิด", "ป้องกันการค้ามนุษย์", "น้ำดื่มสะอาด", "ขาดน้ำดื่มสะอาด"],
    "zh": ["打击人口贩运。", "人口贩运是犯罪。", "强迫劳动。"],
    "ja": ["人身取引を防止する。", "人身取引の被害者を保護する。", "被害者を保護する制度。"],
    "km": ["ការ​ជួញដូរ​មនុស្ស​ជា​បទល្មើស", "ប្រឆាំងការជួញដូរមនុស្ស"],
    "lo": ["ຕ້ານການຄ້າມະນຸດ", "ການຄ້າມະນຸດເປັນອາຊະຍາກຳ"],
    "my": ["လူကုန်ကူးမှုတားဆီးရေး", "ပြစ်မှုဖြစ်သောလူကုန်ကူးမှု"],
    "en": ["Victims of trafficking.", "The Victims’ rights."],
}


@pytest.fixture(scope="module")
def several(tmp_path_factory: pytest.TempPathFactory) -> Snapshot:
    documents = [document(each, title=f"Text {each}", language=each) for each in TEXTS]
    return snapshot_of(collection(*documents, **TEXTS), tmp_path_factory.mktemp("several"))


def offered(snapshot: Snapshot, typed: str) -> list[str]:
    return [each.text for each in snapshot.complete(typed)]


@table(
    ("typed", "completion"),
    [
        ("mua ba", "mua bán người"),
        ("die", "điều"),
        ("الاتجا", "الاتجار بالأشخاص"),
        ("الاتف", "الاتفاقية"),
        ("extr", "extradición"),
        ("nin", "niños"),
        ("isi", "ışık"),
        ("IŞ", "ışık"),
        ("iad", "iadesi"),
        ("запр", "запрещён"),
        ("защ", "защита"),
        ("victi", "victims"),
    ],
)
def test_a_completion_has_the_accents_of_the_source(several: Snapshot, typed: str, completion: str) -> None:
    assert completion in offered(several, typed)


@table(
    ("typed", "completion"),
    [
        ("การค้า", "การค้ามนุษย์"),
        ("มนุ", "การค้ามนุษย์"),
        ("น้ำ", "น้ำดื่มสะอาด"),
        ("น้ำดื", "น้ำดื่มสะอาด"),
        ("人口", "人口贩运"),
        ("贩", "人口贩运"),
        ("人身", "人身取引"),
        ("被害者", "被害者を保護"),
        ("ជួញដូរ", "ការជួញដូរមនុស្ស"),
        ("ຄ້າ", "ການຄ້າມະນຸດ"),
        ("လူကုန်", "လူကုန်ကူးမှု"),
    ],
)
def test_what_recurs_in_a_script_without_spaces_is_completed(
    several: Snapshot, typed: str, completion: str
) -> None:
    listed = [each for each in several.complete(typed) if each.text == completion]
    assert [each.kind for each in listed] == ["phrase"]
    assert listed[0].count == several.search(Request(listed[0].value)).total >= 2


@pytest.mark.parametrize("typed", ["mua bán", "điều", "Điều", "ışık", "IŞIK", "الاتفاقية"])
def test_what_was_typed_is_not_offered_again(several: Snapshot, typed: str) -> None:
    assert typed.lower() not in [each.lower() for each in offered(several, typed)]


def test_what_is_completed_finds_as_many_passages_as_it_says(several: Snapshot) -> None:
    for typed in ("mua ba", "الات", "extr", "isi", "การค้า", "人口"):
        for each in several.complete(typed):
            if each.kind == "passage":
                continue
            assert several.search(Request(each.value)).total == each.count > 0


@pytest.mark.parametrize(
    ("typed", "meant"),
    [
        ("extradiccion", "extradición"),
        ("заприщен труд", "запрещён труд"),
        ("الاتفاكية", "الاتفاقية"),
        ("mgadurların", "mağdurların"),
        ("trafficing", "trafficking"),
    ],
)
def test_a_correction_has_the_accents_of_the_source(several: Snapshot, typed: str, meant: str) -> None:
    assert several.search(Request(typed)).suggestions[:1] == (meant,)


def test_english_alone_is_offered_as_it_is_folded(tmp_path: Path) -> None:
    texts = ["A Victim’s rights.", "The naïve victim."]
    snapshot = snapshot_of(collection(document("d", title="x"), d=texts), tmp_path)
    assert offered(snapshot, "vic") == ["victim"]
    assert offered(snapshot, "nai") == ["naive"]
