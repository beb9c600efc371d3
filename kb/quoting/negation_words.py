"""The words that negate or limit what is said, by language, and where a text has them."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from typing import Literal
from unicodedata import normalize

__all__ = ["Negation", "NegationKind", "find_negations"]

NegationKind = Literal["not", "except", "without", "behind"]
"""`except` limits what precedes it, too; `behind` negates the verb that precedes it."""


@dataclass(frozen=True, slots=True)
class Negation:
    """A word or phrase that negates or limits, and where it begins and ends in a text.

    `is_sign` says that it may be part of a word, or of a run of words without spaces.
    """

    words: str
    start: int
    end: int
    kind: NegationKind
    is_sign: bool = False


_WORDS: Mapping[str, Mapping[NegationKind, str]] = {
    "en": {
        "not": "no none nothing nobody neither nor cannot never rather_than instead_of far_from",
        "except": "unless except excepting excluding barring other_than otherwise_than save_where save_as "
        "save_for save_in save_that save_when with_the_exception_of",
        "without": "without",
        "behind": "not",
    },
    "fr": {
        "not": "ne pas jamais aucun aucune ni nul nulle non personne_ne rien_ne guère ne_point",
        "except": "sauf excepté hormis à_moins_que à_moins_qu à_moins_d à_moins_de à_l_exception",
        "without": "sans",
    },
    "es": {
        "not": "no nunca ningún ninguna ninguno jamás tampoco ni nadie nada",
        "except": "salvo excepto a_menos_que a_no_ser_que con_excepción a_excepción con_la_excepción",
        "without": "sin",
    },
    "pt": {
        "not": "não nem nenhum nenhuma nunca jamais ninguém nada",
        "except": "exceto excepto salvo a_menos_que a_não_ser_que com_exceção à_exceção",
        "without": "sem",
    },
    "it": {
        "not": "non mai nessun nessuno nessuna né nulla",
        "except": "salvo eccetto tranne a_meno_che ad_eccezione",
        "without": "senza",
    },
    "de": {
        "not": "kein keine keinen keiner keinem keines nie niemals weder niemand nichts",
        "except": "außer es_sei_denn ausgenommen mit_ausnahme",
        "without": "ohne",
        "behind": "nicht",
    },
    "nl": {
        "not": "geen nooit niemand niets",
        "except": "behalve tenzij uitgezonderd",
        "without": "zonder",
        "behind": "niet",
    },
    "pl": {"not": "nie nigdy żaden żadna żadne ani nikt nic", "except": "oprócz chyba_że", "without": "bez"},
    "ru": {
        "not": "не нет никогда ни нельзя никто ничто никакой никакая никакие никакого",
        "except": "кроме исключая за_исключением если_только",
        "without": "без",
    },
    "uk": {
        "not": "не ні ніколи ніхто ніщо жоден жодна жодна",
        "except": "крім окрім за_винятком",
        "without": "без",
    },
    "id": {
        "not": "tidak tidaklah bukan bukanlah jangan janganlah belum tiada tak dilarang",
        "except": "kecuali selain terkecuali",
        "without": "tanpa",
    },
    "ms": {
        "not": "tidak tidaklah bukan bukanlah jangan janganlah belum tiada tak",
        "except": "kecuali melainkan selain",
        "without": "tanpa",
    },
    "tl": {"not": "hindi huwag wala walang", "except": "maliban", "without": "nang_walang"},
    "vi": {
        "not": "không chưa chẳng đừng chớ",
        "except": "trừ ngoại_trừ trừ_khi",
        "without": "không_có",
    },
    "ar": {
        "not": "لا لم لن ليس ليست ليسوا غير ألا",
        "except": "إلا الا سوى عدا باستثناء ما_لم",
        "without": "بدون دون",
    },
    "fa": {"not": "نه نیست نیستند نباید نمی هیچ", "except": "مگر جز به_استثنای", "without": "بدون"},
    "ur": {"not": "نہ", "except": "سوائے ماسوائے", "without": "بغیر", "behind": "نہیں"},
    "tr": {"not": "asla hiçbir", "except": "hariç dışında meğerki", "behind": "değil değildir yok yoktur"},
}
"""A `_` stands for a space or an apostrophe."""

_BY_SIGNS: Mapping[NegationKind, str] = {
    "except": "除非|除外|不在此限|除き|除く|除いて|ただし|但し|ยกเว้น|เว้นแต่|นอกจาก|ຍົກເວັ້ນ|លើកលែង|မှလွဲ၍|"
    "제외|छोड़कर|सिवाय|ব্যতীত",
    "behind": "ない|なかった|なければ|なく(?=て|、)|ません|ず(?=に|、)|않|아니|없|못|말아야|ဘူး|नहीं|"
    r"(?<!\S)(?:নয়|না)(?!\w)",
    "not": "不得|不|没有|沒有|無|无|未(?!成年|来|來)|勿|莫|ไม่|มิได้|มิให้|มิใช่|ห้าม|ບໍ່|មិន|ពុំ|គ្មាន|မဟုတ်|မရှိ",
    "without": "ปราศจาก|बिना|ছাড়া",
}
"""For scripts without spaces, scripts whose vowel signs do not count as letters, and endings that negate."""

_NO_NEGATIONS = re.compile(
    r"\bnot (?:only|merely|least)\b|\bno\.?\s?\d|\bnon seulement\b|\bno s[oó]lo\b|\bno solamente\b|"
    r"\bnão (?:só|apenas|somente)\b|\btidak (?:hanya|saja)\b|\bbukan (?:hanya|saja|sahaja)\b|"
    r"\bkhông (?:chỉ|những)\b|\bне только\b|\bnicht nur\b|\bnon solo\b|\bsave the\b|ليس فقط|"
    r"不仅|不僅|不但|不只|不断|不斷|无论|無論|ないし|少ない|まず|必ず|ไม่เพียง|ไม่ว่า",
    re.IGNORECASE,
)
"""“not only”, “No. 5” and the like, which take nothing away."""

_MARKS = re.compile("[\u064b-\u0652\u0670\u0640]")
"""Arabic vowel marks and the stroke that lengthens a word."""

_WORD = re.compile(r"[^\W\d_](?>(?:[^\W\d_]++|\u2060++)*)(?:['’](?=t\b)t)?")
_SIGNS = re.compile(normalize("NFC", "|".join(f"(?P<{kind}_>{signs})" for kind, signs in _BY_SIGNS.items())))
_PARTICLES = "وف"
"""Arabic “and” and “so”, written together with the next word."""


_AMBIGUOUS = frozenset(("mai", "ani", "tak", "nic", "nulla"))
"""Words that mean something else in other languages, and so count only where the language is known."""

_Phrases = Mapping[str, Sequence[tuple[re.Pattern[str], NegationKind]]]


def find_negations(text: str, language: str = "") -> list[Negation]:
    """What negates or limits in a text; if its language tag is not known here, in any language."""
    bare = _MARKS.sub(_blanked, text) if _MARKS.search(text) else text
    bare = _NO_NEGATIONS.sub(_blanked, bare)
    return [*_words(bare, language.partition("-")[0].lower()), *_signs(bare)]


def _blanked(match: re.Match[str]) -> str:
    return "\u2060" * len(match[0])


def _words(text: str, language: str) -> Iterator[Negation]:
    singles, phrases = _known(language if language in _WORDS else "")
    end = 0
    for word in _WORD.finditer(text):
        if word.start() < end:
            continue
        form, start = word[0].replace("\u2060", "").casefold(), word.start()
        found = ((phrase.match(text, start), kind) for phrase, kind in phrases.get(form, ()))
        match, kind = next((one for one in found if one[0]), (word, _kind(form, singles)))
        end = match.end() if match else word.end()
        if kind:
            yield Negation(text[start:end].replace("\u2060", ""), start, end, kind)


def _signs(text: str) -> Iterator[Negation]:
    for signs in _SIGNS.finditer(text):
        kind = next(kind for kind in _BY_SIGNS if signs[f"{kind}_"])
        yield Negation(signs[0], *signs.span(), kind, is_sign=True)


def _kind(form: str, singles: Mapping[str, NegationKind]) -> NegationKind | None:
    if form.endswith(("n't", "n’t")):
        return "behind"
    return singles.get(form) or (singles.get(form[1:]) if form[0] in _PARTICLES else None)


@cache
def _known(language: str) -> tuple[Mapping[str, NegationKind], _Phrases]:
    """The single words of a language, or of all languages (""), and its phrases by their first word."""
    singles: dict[str, NegationKind] = {}
    phrases: dict[str, list[tuple[re.Pattern[str], NegationKind]]] = {}
    for kinds in [_WORDS[language]] if language else _WORDS.values():
        for kind, words in kinds.items():
            for word in words.split():
                if "_" in word:
                    pattern = re.compile(word.replace("_", r"[\s’']+") + r"\b", re.IGNORECASE)
                    phrases.setdefault(word.partition("_")[0], []).append((pattern, kind))
                elif language or word not in _AMBIGUOUS:
                    singles.setdefault(word, kind)
    return singles, phrases
