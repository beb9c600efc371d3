"""The title of a judgment: the parties, as its front page names them."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from itertools import islice, takewhile

__all__ = ["case_title"]

MAX_CASE_TITLE_CHARS = 300
MAX_NAMES = 4
"""The most names to take from one side."""

_VERSUS = re.compile(
    r"(?<=[\w).,*’'])\s+(?:v\.?|vs\.?|V\.?|VS\.?|Vs\.?|versus|c\.|contra|gegen|против|ضد)\s+(?=[\w(“\"])"
)
_NOT_PARTIES = re.compile(r"\b(?:see|cite as|cited|in the case of .* the court held)\b|\d{3} U\. ?S\.", re.I)
_BEHIND = re.compile(
    r"[,;]?\s*\b(?:(?:Application|Case|Appeal|Petition|Suit|Claim)s? Nos?\.?|Nos?\. [A-Z\d]|Requête"
    r"|Expediente).*\Z",
    re.S,
)
_VERSUS_AT_END = re.compile(r"(?<=\w)[\s,]+(?:v|vs|V|VS)\.?\s*\Z")
"""At the end of a line; the other party is on the next."""

_VERSUS_ALONE = re.compile(r"[-–—\s]*(?:v\.?|vs\.?|versus|against)[-–—\s]*", re.I)
_BETWEEN = re.compile(r"(?:between|entre)\s*:?", re.I)
_AND = re.compile(r"[-\u2010-\u2015\s]*(?:and|et)[-\u2010-\u2015\s]*", re.I)
_DASHED_AND = re.compile(r"[-\u2010-\u2015\s]+(?:and|et)[-\u2010-\u2015\s]+", re.I)
_ROLES = (
    r"(?:plaintiff|petitioner|appellant|applicant|claimant|defendant|respondent|appellee|intervener|requérant"
    r"|demandeur|défendeur)s?|interested part(?:y|ies)"
)
_ROLE = re.compile(rf"[-–—(\s]*(?:(?:first|second|third|1st|2nd)\s+)?(?:{_ROLES})\b.{{0,60}}", re.I)
_ROLE_BEHIND = re.compile(rf"\s+[(]?(?:{_ROLES})(?:/[\w ]{{1,30}})?[)]?\s*\Z", re.I)
_IN_RE = re.compile(r"(?:in re|in the matter of|re)\b:?\s+\S.{4,200}", re.I)
_ABBREVIATED = ("et al.", "inc.", "ltd.", "co.", "corp.", "s.a.", "others.")
_LEADERS = " \t\n\xa0….-–—_"
"""Between a name and its role, at the other edge of the page."""

_RULE = re.compile(r"[-–—_=*\s.]*")


def case_title(texts: Sequence[str], running: Sequence[str] = ()) -> str:
    """The parties of a case, by the first blocks of its front page, else by running heads.

    Empty if they are not clear.
    """
    found = _in_one(texts) or _around_versus(texts) or _between(texts) or _in_re([*running, *texts])
    return found if len(found) <= MAX_CASE_TITLE_CHARS else ""


def _in_one(texts: Sequence[str]) -> str:
    """`X v. Y` in a block of its own."""
    for text, following in zip(texts, (*texts[1:], ""), strict=True):
        if _VERSUS_AT_END.search(text):
            text = f"{text} {following}"
        bare = _BEHIND.sub("", text).strip(" ,;*∗")
        whole = not bare.endswith((".", ":")) or bare.lower().endswith(_ABBREVIATED)
        if whole and bare[:1].isupper() and _VERSUS.search(bare) and not _NOT_PARTIES.search(bare):
            return bare if len(bare) <= MAX_CASE_TITLE_CHARS else ""
    return ""


def _around_versus(texts: Sequence[str]) -> str:
    """A block that is `v.` and nothing else, between the names and roles of both sides."""
    for place, text in enumerate(texts):
        if _VERSUS_ALONE.fullmatch(text) and 0 < place < len(texts) - 1:
            before = [one for one in texts[max(place - 3, 0) : place] if not _is_furniture(one)]
            after = list(takewhile(_is_name, texts[place + 1 :]))[:1]
            if before and after:
                return f"{_name(before[-1])} v {_name(after[0])}"
    return ""


def _between(texts: Sequence[str]) -> str:
    """`Between:`, names, their role, `- and -`, names, their role."""
    starts = (place for place, text in enumerate(texts) if _BETWEEN.fullmatch(text.strip()))
    for start in starts:
        sides = list(islice(_sides(texts[start + 1 : start + 16]), 2))
        if len(sides) == 2:
            return " v ".join(" and ".join(side) for side in sides)
    return ""


def _sides(texts: Sequence[str]) -> Iterator[list[str]]:
    """The names of each side, which a role or a dashed `and` ends."""
    side: list[str] = []
    for text in texts:
        name = _ROLE_BEHIND.sub("", text)
        if not (_is_furniture(text) or _AND.fullmatch(text)) and len(side) < MAX_NAMES:
            side.append(_name(name))
        ended = name != text or _ROLE.fullmatch(text) or _DASHED_AND.fullmatch(text)
        if ended and side:
            yield side
            side = []


def _in_re(texts: Sequence[str]) -> str:
    bare = (_BEHIND.sub("", text).strip(" ,;*∗") for text in texts)
    return next((text for text in bare if _IN_RE.fullmatch(text)), "")


def _is_furniture(text: str) -> bool:
    return bool(_ROLE.fullmatch(text) or _RULE.fullmatch(text))


def _is_name(text: str) -> bool:
    return not _is_furniture(text) and any(map(str.isalpha, text))


def _name(text: str) -> str:
    """A party without what it is said to be: `, in his capacity as ...`, `, Appellant`."""
    bare = re.split(r",?\s+\bin (?:his|her|its|their) (?:official )?capacity\b", text.strip(), maxsplit=1)[0]
    name = re.sub(r",?\s*(?:Plaintiff|Defendant|Appellant|Respondent|Petitioner|Appellee)s?\b.*\Z", "", bare)
    return _without_leaders(name).strip(" ,;")


def _without_leaders(name: str) -> str:
    """The name without dot leaders; the full stop of an abbreviation before them is kept."""
    bare = name.rstrip(_LEADERS)
    leaders = name[len(bare) :]
    return f"{bare}." if leaders.startswith(".") and not leaders.startswith("..") else bare
