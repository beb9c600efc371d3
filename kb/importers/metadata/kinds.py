"""The kind of a source, as citations know it: guessed from its symbol, its court and its title."""

from __future__ import annotations

import re

__all__ = ["guessed_kind"]

_BY_TITLE: tuple[tuple[str, re.Pattern[str]], ...] = tuple(
    (kind, re.compile(pattern, re.I))
    for kind, pattern in (
        (
            "press release",
            r"press (?:release|summary|statement)|communiqué de presse|comunicado de prensa|pressemitteilung",
        ),
        ("communique", r"\A(?:joint )?communiqu[ée]\b|\bfinal communiqu[ée]\b"),
        (
            "speech",
            r"\A(?:opening |closing |keynote )?(?:speech|statement|remarks|address|rede|discours|discurso)\b",
        ),
        ("hearing", r"\bhearings?\b (?:before|on)|\bmarkup\b before|\Ahearing\b"),
        ("thesis", r"\b(?:doctoral|master'?s?|phd) (?:thesis|dissertation)\b|\bdissertation submitted\b"),
        ("working paper", r"\b(?:working|discussion) paper\b"),
        (
            "report",
            r"\b(?:report|explanatory (?:memorandum|notes?)|impact assessment|guidance|guidelines?"
            r"|handbook|manual|code of"
            r" practice|study|commentary|review|overview|summary|toolkit|fact ?sheet|rapport|informe"
            r"|relatório|bericht)\b",
        ),
        (
            "EU instrument",
            r"\A(?:(?:council|commission)(?: (?:delegated|implementing|framework))? )?(?:directive"
            r"|regulation|decision)"
            r" (?:\((?:eu|ec|eec|euratom)\)|\d{2,4}/\d+/(?:eu|ec|eec|jha))|\bdirective \d{4}/\d+/(?:eu|ec)\b",
        ),
        (
            "treaty",
            r"\A(?:united nations |international |council of europe |asean |european |inter-american "
            r"|optional |protocol to )*"
            r"(?:convention|covenant|protocol|treaty)\b|\A(?:convención|protocolo|pacto|übereinkommen"
            r"|конвенция|протокол)\b",
        ),
        (
            "legislation",
            r"\b(?:act|code|regulations|order|rules|ordinance|decree|statute)\b.{0,25}\b\d{4}\)?\Z"
            r"|\A(?:the )?constitution\b"
            r"|\b(?:act|law),? (?:no\.|b\.e\.|of \d{4})|\A(?:loi|décret|ordonnance|ley|decreto|lei)\b"
            r"|\w*gesetz\b.{0,40}\Z"
            r"|\A(?:федеральный закон|закон|قانون|مرسوم|نظام|دستور|พระราชบัญญัติ|ประมวลกฎหมาย)",
        ),
    )
)
_VERSUS = re.compile(r"\b(?:v\.?|vs\.?|contra)\s", re.I)
_CASE_TITLE = re.compile(
    r"\A(?:(?:in re|re|caso|affaire|case of|asunto)\b|resoluci[óo]n (?:de la"
    r"|del presidente de la) corte\b|resolu[çc][ãa]o d[ao] )",
    re.I,
)


_ENACTING = re.compile(
    r"\benact|\bhereby (?:made|ordered)|\b(?:section|sec\.|article|artículo|artigo|articolo|artikel"
    r"|art\.|§) (?:1|I|premier|1er|one)\b"
    r"|\bin exercise of the powers\b|مادة|มาตรา|статья|第一条",
    re.I,
)
"""What laws say, and texts about laws do not."""


def guessed_kind(title: str, symbol: str, court: str, words: str, format_kind: str = "") -> str:
    """One of the kinds of `kb.sources.kinds`; `report` if nothing tells.

    `court` is the court or neutral citation that the first page names, `words` what else it says, and
    `format_kind` what the file states.
    """
    if symbol:
        return "resolution" if re.search(r"/(?:RES|DEC)/", symbol) else "UN document"
    by_title = next((kind for kind, pattern in _BY_TITLE if pattern.search(title)), "")
    if by_title == "legislation" and not _ENACTING.search(words):
        by_title = ""
    if by_title == "press release":
        return by_title
    if court and (_VERSUS.search(title) or _CASE_TITLE.search(title) or not by_title):
        return "case"
    return by_title or format_kind or "report"
