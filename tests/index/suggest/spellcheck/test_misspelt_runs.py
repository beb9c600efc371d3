"""Did you mean in scripts without spaces: which slips are corrected, which never, and at what cost."""

from __future__ import annotations

import re
from collections.abc import Callable
from pathlib import Path
from random import Random
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from index.request import Request
from index.suggest.spellcheck.stretch_context import units_behind
from index.suggest.spellcheck.vocabulary_spelling import VocabularySpelling
from kb.text.letters import search_form
from tests.engines import Snapshot, snapshot_of
from tests.index.samples import collection, document
from tests.index.suggest.spellcheck.unspaced_typos import TYPOS, passages
from tests.tables import table

TEXTS = passages()


@pytest.fixture(scope="module")
def snapshot(tmp_path_factory: pytest.TempPathFactory) -> Snapshot:
    content = collection(*(document(name, language=name) for name in TEXTS), **TEXTS)
    return snapshot_of(content, tmp_path_factory.mktemp("index"))


@table(
    ("query", "meant"),
    [
        # simplified Chinese: another character, one missing, one too many, two swapped
        ("人口贩远受害者", "人口贩运受害者"),
        ("人口贩运受害着", "人口贩运受害者"),
        ("强迫动", "强迫劳动"),
        ("受害者者", "受害者"),
        ("法司协助", "司法协助"),
        # traditional Chinese
        ("提供法津援助", "提供法律援助"),
        ("債務役", "債務奴役"),
        ("債務債奴役", "債務奴役"),
        ("人口販受運害者", "人口販運受害者"),
        # Japanese: kanji, kana, both
        ("被害者保獲", "被害者保護"),
        ("技能実習制に対する", "技能実習生に対する"),
        ("強制労動", "強制労働"),
        ("強労制働", "強制労働"),
        ("保護すろため", "保護するため"),
        ("定めろところによる", "定めるところによる"),
        ("における取引の公平を", "における取引の公正を"),
        # Thai: consonants, vowel signs, tone marks
        ("ตำรวด", "ตำรวจ"),
        ("อัยกาฬ", "อัยการ"),
        ("เจ้าหนาที่", "เจ้าหน้าที่"),
        ("แรงงานปะมง", "แรงงานประมง"),
        ("การค้ามุนษย์", "การค้ามนุษย์"),
        ("กรค้ามนุษย์", "การค้ามนุษย์"),
        ("ผู้เสีหยาย", "ผู้เสียหาย"),
        ("นายจ่าง", "นายจ้าง"),
        ("เสรีภาาพในการเดินทาง", "เสรีภาพในการเดินทาง"),
        # Khmer: a sign, a stacked consonant, neighbours, one too many
        ("ជនរងគ្រះ", "ជនរងគ្រោះ"),
        ("ជួញដូរមនុស", "ជួញដូរមនុស្ស"),
        ("ជរនងគ្រោះ", "ជនរងគ្រោះ"),
        ("ពលកម្មមដោយ", "ពលកម្មដោយ"),
        # Lao
        ("ຄ້າມະນຸຕ", "ຄ້າມະນຸດ"),
        ("ຄ້ມະນຸດ", "ຄ້າມະນຸດ"),
        ("ຄ້າມມະນຸດ", "ຄ້າມະນຸດ"),
        ("ຄ້ານຸມະດ", "ຄ້າມະນຸດ"),
        ("ຜູ້ຖືກເຄາະຮາຍ", "ຜູ້ຖືກເຄາະຮ້າຍ"),
        # Burmese
        ("လူကုန်ကုးမှု", "လူကုန်ကူးမှု"),
        ("လူကုန်ကူးမူ", "လူကုန်ကူးမှု"),
        ("လူကုန်ကူးခံသူ", "လူကုန်ကူးခံရသူ"),
        ("လူကူးကုန်မှု", "လူကုန်ကူးမှု"),
        ("လူကုန်ကူးးမှု", "လူကုန်ကူးမှု"),
        # Korean compounds
        ("인신매매피해쟈", "인신매매피해자"),
        ("강제노둉", "강제노동"),
        # two slips far apart
        ("强迫劳洞和用人单住", "强迫劳动和用人单位"),
    ],
)
def test_one_slip_is_corrected(snapshot: Snapshot, query: str, meant: str) -> None:
    results = snapshot.search(Request(query))
    assert results.suggestions[:1] == (meant,)
    assert results.corrected == meant
    assert results.total


@table(
    ("query", "meant"),
    [
        ("人口贩远受害者 ILO", ""),  # no passage has both
        ("(受害者 OR 招聘) 人口贩远", "(受害者 OR 招聘) 人口贩运"),
        ("language:zh 司法协住", "language:zh 司法协助"),
        ('"法律授助" 医疗', '"法律援助" 医疗'),
        ("人口贩远 -护照", "人口贩运 -护照"),
        ("司法协住和ILO公约", ""),
        ("ＩＬＯ公约第29号强迫劳洞", "ＩＬＯ公约第29号强迫劳动"),
        ("ตำรวด อัยการ", "ตำรวจ อัยการ"),
    ],
)
def test_the_rest_of_a_query_stays_as_typed(snapshot: Snapshot, query: str, meant: str) -> None:
    assert snapshot.search(Request(query)).suggestions[:1] == ((meant,) if meant else ())


@table(
    "query",
    [
        "人口贩运受害者",  # found, though in parts
        "强迫劳劳动",  # found: each character is in a pair that the passage has
        "非法的越境",
        "外星人入侵",
        "人口老龄化",
        "人口学",
        "移民法",
        "鈴木被害者",
        "第30号",
        "人口贩*",
        "kind:人口贩远",
        "远",
        "เช่น",  # a word that these passages lack
        "かくほする",
        "人口贩远" * 40,
        "人口贩远 " * 300,
    ],
)
def test_nothing_is_suggested_for_what_is_found_or_is_another_word(snapshot: Snapshot, query: str) -> None:
    assert snapshot.search(Request(query)).suggestions == ()


def test_suggestions_are_searched_under_the_current_filters(snapshot: Snapshot) -> None:
    assert snapshot.search(Request("人口贩远", filters={"document": ("zh",)})).suggestions == ("人口贩运",)
    assert snapshot.search(Request("人口贩远", filters={"document": ("ja",)})).suggestions == ()


def test_most_mistakes_of_readers_are_corrected_and_others_found_as_typed(snapshot: Snapshot) -> None:
    every = [(query, meant) for typos in TYPOS.values() for query, meant in typos.items()]
    results = [(snapshot.search(Request(query)), meant) for query, meant in every]
    right = sum(one.suggestions[:1] == (meant,) for one, meant in results)
    found = sum(bool(one.total and not one.corrected) for one, _ in results)
    print(len(every), right, found)
    assert (len(every), right, found) == (39, 32, 4)


UNITS = {
    name: [units for text in texts for run in re.split(r"\W*[\s，。、：；；（）()！]\W*", text)
           if len(units := units_behind(search_form(run), 0, 100)) > 7]
    for name, texts in TEXTS.items()
    if name != "ko"
}  # fmt: skip


def _slipped(units: list[str], other: str, chance: Random) -> str:
    """A run with one unit or letter replaced, left out, added or swapped."""
    at = chance.randrange(len(units) - 1)
    letters = list("".join(units))
    place = chance.randrange(len(letters))
    slips: dict[str, Callable[[], list[str]]] = {
        "replaced": lambda: [*units[:at], other, *units[at + 1 :]],
        "missing": lambda: [*units[:at], *units[at + 1 :]],
        "surplus": lambda: [*units[:at], other, *units[at:]],
        "swapped": lambda: [*units[:at], units[at + 1], units[at], *units[at + 2 :]],
        "letter missing": lambda: letters[:place] + letters[place + 1 :],
        "letter replaced": lambda: [*letters[:place], chance.choice(other), *letters[place + 1 :]],
    }
    return "".join(slips[chance.choice(sorted(slips))]())


@pytest.mark.slow
@given(st.sampled_from(sorted(UNITS)), st.randoms(use_true_random=False))
@settings(max_examples=60, deadline=None)
def test_a_correction_finds_the_passage_again(snapshot: Snapshot, language: str, chance: Random) -> None:
    run = chance.choice(UNITS[language])
    start = chance.randrange(len(run) - 6)
    units = list(run[start : start + chance.randint(7, 10)])
    query = _slipped(units, chance.choice(chance.choice(UNITS[language])), chance)
    results = snapshot.search(Request(query, per=50))
    if results.suggestions and "".join(units) != query:
        found = [snapshot.search(Request(text, per=50)).hits for text in results.suggestions]
        everything = [search_form(hit.passage.text) for hits in found for hit in hits if hit.matched == "all"]
        assert any("".join(units) in text for text in everything), (units, query, results.suggestions)


def test_the_work_for_a_query_is_bounded(snapshot: Snapshot, monkeypatch: pytest.MonkeyPatch) -> None:
    asked: list[str] = []

    def counted(name: str) -> Any:
        real = getattr(VocabularySpelling, name)
        return lambda self, *given: (asked.append(name), real(self, *given))[1]

    monkeypatch.setattr(VocabularySpelling, "similar_texts", counted("similar_texts"))
    snapshot.search(Request(" ".join(f"人口贩{chr(0x5000 + n)}受害者" for n in range(30))))
    assert len(asked) <= 4
    asked.clear()
    snapshot.search(Request("victims of traficking, état and Überfall"))
    assert asked == []


def test_a_phrase_that_always_recurs_is_corrected_at_its_end(tmp_path: Path) -> None:
    texts = ["中介向他们收取高额招聘费用。", "企业审查供应链中的强迫劳动风险。"] * 5
    snapshot = snapshot_of(collection(a=texts), tmp_path)
    assert snapshot.search(Request("招聘费佣")).suggestions == ("招聘费用",)
    assert snapshot.search(Request("供应链中的强迫劳洞")).suggestions == ("供应链中的强迫劳动",)
    assert snapshot.search(Request("供应商")).suggestions == ()


def test_a_run_with_digits_or_signs_of_other_scripts_is_no_fault(tmp_path: Path) -> None:
    texts = ["ILO公约第29号禁止强迫劳动。", "２０１５年の統計"]
    snapshot = snapshot_of(collection(a=texts), tmp_path)
    for query in ("ILO公约第30号禁止强迫劳洞", "２０１５年の統汁", "\u0e31\u0e32", "人\u200b口\ufe0f贩远"):
        snapshot.search(Request(query))
