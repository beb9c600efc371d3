"""Scripts and the languages written in them: whether a text can be in the language said of it.

A document's language is said once, of all of it, but a title may be translated and a passage quoted
from elsewhere. Ranges: Unicode's Scripts.txt; scripts of languages: CLDR's likely subtags.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from typing import Literal

from kb.languages.language_tag import deprecated_language, is_language_tag

__all__ = ["FontClass", "WritingSystem", "language_of", "writing_system"]

FontClass = Literal["latin", "east-asian", "complex"]
"""How word processors group scripts: each class has its own font, size and language (ECMA-376, 17.3.2.26)."""

_HAN = "\u3005-\u3007\u3400-\u4dbf\u4e00-\u9fff\uf900-\ufaff\U00020000-\U0003ffff"
_KANA = "\u3040-\u30ff\u31f0-\u31ff\uff66-\uff9f"


@dataclass(frozen=True, slots=True)
class WritingSystem:
    """A script by its code in ISO 15924: its letters, as ranges, and the languages usually written in it."""

    script: str
    letters: str
    languages: str
    font_class: FontClass = "latin"


_SYSTEMS = (
    WritingSystem(
        "latn",
        "A-Za-z\u00aa\u00ba\u00c0-\u00d6\u00d8-\u00f6\u00f8-\u024f\u1e00-\u1eff",
        "af ca ceb cs cy da de en es et eu fi fil fr ga gl hr ht hu id is it lb lt lv mt nb nl nn no pl pt "
        "qu ro sk sl so sq sv sw tet tl to tpi tr vi xh yo zu",
    ),
    WritingSystem(
        "arab",
        "\u0620-\u064a\u066e-\u06d3\u06ee-\u06ff\u0750-\u077f\u0870-\u08ff\ufb50-\ufdff\ufe70-\ufefc",
        "ar arb ary arz apc ckb fa ks pbt pes pnb prs ps sd skr ug ur",
        "complex",
    ),
    WritingSystem("hebr", "\u05d0-\u05f4\ufb1d-\ufb4f", "he yi", "complex"),
    WritingSystem("syrc", "\u0710-\u074f", "aii arc syr", "complex"),
    WritingSystem("thaa", "\u0780-\u07bf", "dv", "complex"),
    WritingSystem("nkoo", "\u07c0-\u07ff", "nqo", "complex"),
    # used beside others by languages that name them in their tags: ff-Adlm, rhg-Rohg
    WritingSystem("adlm", "\U0001e900-\U0001e94b", "", "complex"),
    WritingSystem("rohg", "\U00010d00-\U00010d23", "", "complex"),
    WritingSystem("thai", "\u0e01-\u0e5b", "nod th", "complex"),
    WritingSystem("laoo", "\u0e81-\u0edf", "lo", "complex"),
    WritingSystem("khmr", "\u1780-\u17ff\u19e0-\u19ff", "km", "complex"),
    WritingSystem("mymr", "\u1000-\u109f\ua9e0-\ua9ff\uaa60-\uaa7f", "ksw mnw my shn", "complex"),
    WritingSystem("deva", "\u0900-\u097f\ua8e0-\ua8ff", "bho hi kok mai mr ne sa", "complex"),
    WritingSystem("beng", "\u0980-\u09ff", "as bn", "complex"),
    WritingSystem("guru", "\u0a00-\u0a7f", "pa", "complex"),
    WritingSystem("gujr", "\u0a80-\u0aff", "gu", "complex"),
    WritingSystem("orya", "\u0b00-\u0b7f", "or", "complex"),
    WritingSystem("taml", "\u0b80-\u0bff", "ta", "complex"),
    WritingSystem("telu", "\u0c00-\u0c7f", "te", "complex"),
    WritingSystem("knda", "\u0c80-\u0cff", "kn", "complex"),
    WritingSystem("mlym", "\u0d00-\u0d7f", "ml", "complex"),
    WritingSystem("sinh", "\u0d80-\u0dff", "si", "complex"),
    WritingSystem("tibt", "\u0f00-\u0fff", "bo dz", "complex"),
    WritingSystem("hani", _HAN, "cmn lzh nan wuu yue zh", "east-asian"),
    WritingSystem("jpan", _KANA + _HAN, "ja", "east-asian"),
    WritingSystem("kore", "\u1100-\u11ff\u3130-\u318f\uac00-\ud7af" + _HAN, "ko", "east-asian"),
    WritingSystem("grek", "\u0370-\u03ff\u1f00-\u1fff", "el"),
    WritingSystem(
        "cyrl", "\u0400-\u052f\u1c80-\u1c8f\u2de0-\u2dff\ua640-\ua69f", "be bg kk ky mk mn ru tg tt uk"
    ),
    WritingSystem("armn", "\u0530-\u058f", "hy"),
    WritingSystem("geor", "\u10a0-\u10ff\u1c90-\u1cbf\u2d00-\u2d2f", "ka"),
    WritingSystem("ethi", "\u1200-\u139f\u2d80-\u2ddf", "am ti"),
)
_BY_SCRIPT: Mapping[str, WritingSystem] = {
    **{system.script: system for system in _SYSTEMS},
    **{script: system for system in _SYSTEMS if system.script == "hani" for script in ("hans", "hant")},
}
_BY_LANGUAGE: Mapping[str, WritingSystem] = {
    language: system for system in _SYSTEMS for language in system.languages.split()
}
_LETTER = re.compile(r"[^\W\d_]")
_SCRIPT = re.compile(r"[^-]+(?:-[a-z]{3})?-([a-z]{4})(?:-|$)")


def language_of(tag: str, text: str, is_certain: bool = True) -> str:
    """The language tag to put on a text of a document whose language is `tag`; empty where none is known.

    None is known where the tag is invalid or private, and where the text has letters but none of the
    language's script. For words that may be the site's own, so not `is_certain`, the script must be
    evidence itself: an Arabic letter is, a Latin one is not.
    """
    valid = _valid(tag)
    system = _system(valid)
    if not valid or system is None:
        return valid if is_certain else ""
    if not is_certain and system.script == "latn":
        return ""
    if _letters(system).search(text):
        return valid
    return valid if is_certain and not _LETTER.search(text) else ""


def writing_system(tag: str) -> WritingSystem | None:
    """The script that a language is usually written in, or that its tag names; None if unknown."""
    return _system(_valid(tag))


@cache
def _valid(tag: str) -> str:
    if not tag or not is_language_tag(tag) or tag[:2].lower() == "x-":
        return ""
    return deprecated_language(tag) or tag


@cache
def _system(tag: str) -> WritingSystem | None:
    lower = tag.lower()
    script = _SCRIPT.match(lower)
    return _BY_SCRIPT.get(script[1]) if script else _BY_LANGUAGE.get(lower.partition("-")[0])


@cache
def _letters(system: WritingSystem) -> re.Pattern[str]:
    return re.compile(f"[{system.letters}]")
