"""In which of its languages tesseract should read: those of the script of the page, then that of the text."""

from __future__ import annotations

from collections.abc import Collection, Mapping

__all__ = ["MAX_LANGUAGES", "codes_of_script", "missing_package", "ocr_code"]

MAX_LANGUAGES = 3
"""The most languages at once: each costs time."""

_ROWS = (
    "am:amh ar:ara az:aze be:bel bg:bul bn:ben ca:cat cs:ces da:dan",
    "de:deu el:ell en:eng es:spa et:est fa:fas fi:fin fr:fra he:heb",
    "hi:hin hr:hrv hu:hun hy:hye id:ind it:ita ja:jpn ka:kat km:khm",
    "ko:kor lo:lao lt:lit lv:lav mk:mkd ms:msa my:mya nb:nor ne:nep",
    "nl:nld pl:pol ps:pus pt:por ro:ron ru:rus si:sin sk:slk sl:slv",
    "sq:sqi sr:srp sv:swe sw:swa ta:tam te:tel th:tha tl:fil tr:tur",
    "uk:ukr ur:urd vi:vie zh:chi_sim",
)
_CODES = dict(pair.split(":") for row in _ROWS for pair in row.split())
"""Tesseract's codes by BCP 47."""

_SCRIPTS: Mapping[str, tuple[str, ...]] = {
    "Arabic": ("ara", "fas", "urd", "pus"),
    "Armenian": ("hye",),
    "Bengali": ("ben",),
    "Cyrillic": ("rus", "ukr", "bul", "srp", "bel", "mkd"),
    "Devanagari": ("hin", "nep", "mar"),
    "Ethiopic": ("amh",),
    "Georgian": ("kat",),
    "Greek": ("ell",),
    "Han": ("chi_sim", "chi_tra"),
    "Hangul": ("kor",),
    "Hebrew": ("heb",),
    "Japanese": ("jpn",),
    "Khmer": ("khm",),
    "Korean": ("kor",),
    "Lao": ("lao",),
    "Latin": (
        *("eng", "fra", "spa", "por", "deu", "ita", "nld", "vie", "ind", "msa", "fil", "tur", "pol", "ron"),
        *(
            "ces",
            "hun",
            "swe",
            "dan",
            "nor",
            "fin",
            "hrv",
            "slk",
            "slv",
            "sqi",
            "lit",
            "lav",
            "est",
            "cat",
            "swa",
        ),
    ),
    "Myanmar": ("mya",),
    "Sinhala": ("sin",),
    "Tamil": ("tam",),
    "Telugu": ("tel",),
    "Thai": ("tha",),
}
"""Languages by the scripts that tesseract detects, the most frequent first."""


def ocr_code(language: str) -> str:
    """Tesseract's code for a language tag; "" for one that it does not have."""
    return _CODES.get(language.partition("-")[0], "")


def codes_of_script(script: str, installed: Collection[str]) -> tuple[str, ...]:
    """The installed languages of a script and English; for an unknown script those of Latin, else any."""
    wanted = _SCRIPTS.get(script, ()) if script else _SCRIPTS["Latin"]
    found = [code for code in wanted if code in installed][:MAX_LANGUAGES]
    if not (found or script):
        found = sorted(installed)[:MAX_LANGUAGES]
    return (*found, "eng") if found and "eng" in installed and "eng" not in found else tuple(found)


def missing_package(script: str) -> str:
    """The data that reading a script needs, by its name in Debian and Ubuntu."""
    return f"tesseract-ocr-{_SCRIPTS.get(script, ('eng',))[0].replace('_', '-')}"
