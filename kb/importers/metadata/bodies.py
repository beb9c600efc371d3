"""Bodies that issue documents: recognised by a small table, and by the first words of their names."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import cache
from pathlib import Path

__all__ = ["Body", "bodies_of", "court_of", "is_letterhead", "is_organisation", "letters_of"]

MAX_BODY_CHARS = 120
_TABLE = Path(__file__).with_name("bodies.tsv")
_BEHIND = re.compile(r"\s*(?:[*∗†]+|Distr\b.*|(?<!\S)[^\s/]*/[^\s/]*/\S*)\s*\Z")
"""What mastheads print after a name on its line: a note mark, the distribution, a symbol."""

_ARTICLE = re.compile(r"\A(?:the|la|le|les|el|los|die|der|das|il|o|a)\s+", re.I)
_MINISTRY = re.compile(
    r"(?:the )?(?:(?:federal |royal )?(?:ministry|department) (?:of|for)|office of the|ministère|ministerio"
    r"|ministério|ministero|bundesministerium|министерство|міністерство|bộ|kementerian|وزارة|กระทรวง)\b",
    re.I,
)
_COURT = re.compile(
    r"(?:in the )?(?:[\w'’.]+ ){0,4}(?:court|tribunal)s?(?: (?:of|for)\b.{1,80}|,? \(.{1,40}\))?"
    r"|(?:cour|corte|tribunal|juzgado|audiencia|trybunał|sąd|суд|محكمة|ศาล)\b[^\d:;]{0,60}",
    re.I,
)
_ORGANISATION = re.compile(
    r"\b(?:office|council|court|corte|cour|tribunal|ministry|department|nations|organi[sz]ation"
    r"|university|institute?"
    r"|commission|agency|conseil|consejo|government|committee|comité|centre|center|foundation|association"
    r"|society|union|authority|secretariat|library|parliament|senate|congress|network|alliance|bureau|bank"
    r"|federation|institut|universit\w+|ministère|ministerio|gericht|ministerium|commissioner|police|watch"
    r"|international|trust|fund|service|group)\b",
    re.I,
)
_LETTERHEAD = re.compile(
    r"(?:the )?(?:sub-?)?(?:committee|commission|council|court|house|senate|congress|parliament|assembly"
    r"|university|institute|law library)\b[^\d]{0,80}|.{0,40}\bcongress of the\b.{0,60}"
    r"|.{0,30}\bstatutory instruments?",
    re.I,
)


@dataclass(frozen=True, slots=True)
class Body:
    """A body by its name in the table; `kind` is organ, family (with all its organs), body or court."""

    name: str
    kind: str
    rank: int


def letters_of(text: str) -> str:
    """The letters and digits of a text, by which printed names and titles are compared."""
    plain = unicodedata.normalize("NFKD", text).casefold()
    return "".join(_digit(one) for one in plain if one.isalnum())


def _digit(character: str) -> str:
    return str(unicodedata.decimal(character, character))


@cache
def _bodies() -> Mapping[str, Body]:
    found: dict[str, Body] = {}
    for line in _TABLE.read_text(encoding="utf-8").splitlines():
        if not line.startswith("#"):
            kind, rank, names = line.split("\t")
            for name in names.split("|"):
                found.setdefault(letters_of(name), Body(name, kind, int(rank)))
    return found


def bodies_of(texts: Iterable[str]) -> list[Body]:
    """The bodies that have one of the texts to themselves, marks and a symbol aside."""
    named = (body_named(text) for text in texts if len(text) <= MAX_BODY_CHARS)
    return list(dict.fromkeys(body for body in named if body))


def body_named(text: str) -> Body | None:
    """The body whose name is the whole text, if any."""
    plain = _ARTICLE.sub("", _BEHIND.sub("", text))
    if known := _bodies().get(letters_of(plain) or letters_of(text)):
        return known
    bare = " ".join(text.split()).strip(" ,;*∗")
    if _MINISTRY.match(bare) and len(bare) <= MAX_BODY_CHARS and not bare.endswith((".", ":")):
        return Body(bare, "body", 1)
    return None


def court_of(text: str) -> str:
    """The name of a court that is the whole text, without `In the`; "" for any other text."""
    bare = " ".join(text.split()).strip(" ,;*∗")
    if len(bare) > MAX_BODY_CHARS or bare.endswith((".", ":")) or "[" in bare:
        return ""
    known = _bodies().get(letters_of(_ARTICLE.sub("", bare)))
    if known:
        return known.name if known.kind == "court" else ""
    return re.sub(r"(?i)\Ain the\s+", "", bare) if _COURT.fullmatch(bare) else ""


def is_letterhead(text: str) -> bool:
    """Whether a text says who issued a document, and not what it is."""
    return bool(
        body_named(text) or court_of(text) or _LETTERHEAD.fullmatch(" ".join(text.split()).strip(" ,*"))
    )


def is_organisation(name: str) -> bool:
    """Whether a name is that of a body and not of a person."""
    return letters_of(name) in _bodies() or bool(_ORGANISATION.search(name))
