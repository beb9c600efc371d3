"""Typing mistakes that a reader might make in scripts without spaces, with what was meant.

`TYPOS` were written before any of them was tried: characters that sound or look alike, signs and tone marks
left out, neighbours swapped, keys missed. What was meant occurs in `passages()`.
"""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from pathlib import Path

from tests.index.search.unspaced_passages import PASSAGES

__all__ = ["TYPOS", "passages"]

_TRADITIONAL = (
    "各國應當保護人口販運受害者，並提供法律援助與醫療服務。",
    "強迫勞動的受害者有權獲得賠償，雇主不得扣留護照。",
    "移工的仲介費用過高，容易使人陷入債務奴役。",
    "檢察官應與警察合作，追查跨國犯罪集團。",
)

TYPOS: Mapping[str, Mapping[str, str]] = {
    "zh-Hans": {
        "扣压护照": "扣押护照",
        "招聘费佣": "招聘费用",
        "非法越竟": "非法越境",
        "司法协住": "司法协助",
        "识别授害者": "识别受害者",
        "劳动监查员": "劳动监察员",
        "供应连": "供应链",
        "家工政人": "家政工人",
        "网络炸骗": "网络诈骗",
        "心辅导": "心理辅导",
    },
    "zh-Hant": {
        "人口販云": "人口販運",
        "仲介廢用": "仲介費用",
        "債務怒役": "債務奴役",
        "強迫勞洞": "強迫勞動",
        "跨國犯集團": "跨國犯罪集團",
    },
    "ja": {
        "強製労働": "強制労働",
        "技能実集生": "技能実習生",
        "逃亡犯在人": "逃亡犯罪人",
        "年次報告所": "年次報告書",
        "労働基準方": "労働基準法",
        "引渡じ": "引渡し",
    },
    "th": {
        "ค่าจ้าขั้นต่ำ": "ค่าจ้างขั้นต่ำ",
        "หนังสิอเดินทาง": "หนังสือเดินทาง",
        "ผู้เสยหาย": "ผู้เสียหาย",
        "แรงงานบังคัป": "แรงงานบังคับ",
        "ห่วงโซ่อุปทาณ": "ห่วงโซ่อุปทาน",
        "กระทวงยุติธรรม": "กระทรวงยุติธรรม",
        "สัญญาจาง": "สัญญาจ้าง",
        "การตรวจรางกาย": "การตรวจร่างกาย",
    },
    "km": {
        "ជួញដូមនុស្ស": "ជួញដូរមនុស្ស",
        "ជនរងគ្រោស": "ជនរងគ្រោះ",
        "ការសឹក្សា": "ការសិក្សា",
    },
    "lo": {
        "ປົກປອງ": "ປົກປ້ອງ",
        "ອາຊະຍະກໍາ": "ອາຊະຍາກໍາ",
        "ຜູ້ຖຶກເຄາະຮ້າຍ": "ຜູ້ຖືກເຄາະຮ້າຍ",
    },
    "my": {
        "ကာကွယ်စောင့်ရှောက": "ကာကွယ်စောင့်ရှောက်",
        "လူကုန်ကူးခံရသု": "လူကုန်ကူးခံရသူ",
        "ပညာရး": "ပညာရေး",
        "အရေကြီး": "အရေးကြီး",
    },
}


def passages() -> dict[str, Sequence[str]]:
    """Texts by language: those of the tests of runs, those of the judged set, and a few more."""
    texts: dict[str, list[str]] = {name: list(each.values()) for name, each in PASSAGES.items()}
    texts["zh-Hant"] = list(_TRADITIONAL)
    judged = Path("tests/judged/languages/passages.jsonl").read_text("utf-8").splitlines()
    for line in map(json.loads, judged):
        if line["document"] in ("zh", "th"):
            texts[line["document"]].append(line["text"])
    return dict(texts)
