"""The letters beyond a to z of languages in Latin script, by which a text's character set is told."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Mapping

__all__ = ["own_letter_share"]

_LETTERS: Mapping[str, str] = {
    "af": "áéêëîïôöû",
    "az": "çəğıiöşü",
    "ca": "àçéèíïóòúü",
    "cs": "áčďéěíňóřšťúůýž",
    "cy": "áâêîïôûŵŷ",
    "da": "æøåéü",
    "de": "äöüß",
    "en": "éèêëçñöïôœæ",
    "eo": "ĉĝĥĵŝŭ",
    "es": "áéíñóúüªº",
    "et": "äöõüšž",
    "eu": "ñçü",
    "fi": "äöåšž",
    "fr": "àâæçéèêëîïôœùûüÿ",
    "ga": "áéíóú",
    "gl": "áéíïñóúü",
    "hr": "čćđšž",
    "hu": "áéíóöőúüű",
    "id": "é",
    "is": "áéíóúýþðæö",
    "it": "àèéìíîòóùú",
    "lt": "ąčęėįšųūž",
    "lv": "āčēģīķļņšūž",
    "ms": "é",
    "mt": "àèìòùċġħż",
    "nb": "æøåéèêóòâôü",
    "nl": "áàäçéèêëíïóöôúü",
    "pl": "ąćęłńóśźż",
    "pt": "áâãàçéêíóôõúüªº",
    "ro": "ăâîșțşţ",
    "sk": "áäčďéíĺľňóôŕšťúýž",
    "sl": "čšž",
    "sq": "ëç",
    "sv": "åäöéüà",
    "sw": "é",
    "tl": "áàâéíîñóôúû",
    "tr": "çğıiöşüâîû",
    "vi": "àáâãèéêìíòóôõùúýăđĩũơưạảấầẩẫậắằẳẵặẹẻẽếềểễệỉịọỏốồổỗộớờởỡợụủứừửữựỳỵỷỹ",
}

_SIGN_WITHIN = re.compile(r"(?<=[^\W\d_])[^\w\x00-\x7f’‘·\u00ad\u2010-\u2015](?=[^\W\d_])")


def own_letter_share(text: str, language: str) -> float | None:
    """The share of a language's own letters among those beyond a to z; None for an unknown language.

    Signs within words, which come from a wrong character set, count as letters that are not its own.
    """
    letters = _LETTERS.get(language)
    if letters is None:
        return None
    composed = unicodedata.normalize("NFC", text.casefold())
    others = [one for one in composed if one.isalpha() and not one.isascii()]
    signs = len(_SIGN_WITHIN.findall(composed))
    return sum(one in letters for one in others) / (len(others) + signs) if others or signs else 1.0
