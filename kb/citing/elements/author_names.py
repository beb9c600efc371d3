"""Names of authors and editors as styles write them: which are turned round, shortened or left out."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import Literal

from kb.citing.labels import name_words
from kb.citing.rich_text import RichText, italic, joined, roman

__all__ = ["NameRules", "written_names"]

CslName = Mapping[str, str]

_INITIAL = re.compile(r"[^\W\d_]")
_ALPHABETIC = re.compile(r"[A-Za-zÀ-ɏͰ-ϿЀ-ӿḀ-ỿ]")
"""Latin, Greek and Cyrillic letters, of which a given name can be shortened to the first."""


@dataclass(frozen=True, slots=True)
class NameRules:
    """How a style writes several names.

    `inverted` persons begin with the family name. `initials` is what parts initials (`A. T.` or `A.T.`),
    None for given names in full; `initial_stops` are those in `A.T.`, `inverted_comma` that in `Doe, J.`.
    From `et_al_from` names on, only the first `et_al_kept` are written, then `et_al`, which is preceded by
    a comma where those names are inverted and `et_al_comma` is set.
    """

    inverted: Literal["none", "first", "all"] = "none"
    initials: str | None = None
    conjunction: str = "and"
    serial_comma: bool = False
    et_al_from: int = 4
    et_al_kept: int = 1
    et_al: str = "et al."
    et_al_comma: bool = False
    et_al_slanted: bool = False
    initial_stops: bool = True
    inverted_comma: bool = True
    family_only: bool = False
    comma_for_two: bool = True


def written_names(names: Sequence[CslName], rules: NameRules, isolated: Callable[[str], str]) -> RichText:
    """The names as the rules have it; `isolated` sets apart words of another language."""
    is_cut = len(names) >= rules.et_al_from
    kept = names[: rules.et_al_kept] if is_cut else names
    turned = [_is_turned(name, rules, at) for at, name in enumerate(kept)]
    words = [isolated(_one(name, rules, is_turned)) for name, is_turned in zip(kept, turned, strict=True)]
    if not is_cut:
        return roman(_joined(words, any(turned[:-1]) or (len(words) == 1), rules))
    others = italic(rules.et_al) if rules.et_al_slanted else roman(rules.et_al)
    comma = "," if rules.et_al_comma and (any(turned) or len(words) > 1) else ""
    return joined(" ", roman(", ".join(words) + comma), others)


def _is_turned(name: CslName, rules: NameRules, at: int) -> bool:
    wanted = rules.inverted == "all" or (rules.inverted == "first" and at == 0)
    return wanted and "literal" not in name and bool(name.get("given") or name.get("suffix"))


def _one(name: CslName, rules: NameRules, is_turned: bool) -> str:
    if "literal" in name:
        return name["literal"]
    if rules.family_only:
        return name["family"]
    if rules.initials is not None and name.get("given"):
        initials = _initials(name["given"], rules.initials)
        name = {**name, "given": initials if rules.initial_stops else initials.replace(".", "")}
    words = name_words(name, is_turned)
    return words if rules.inverted_comma or not is_turned else words.replace(", ", " ")


def _initials(given: str, between: str) -> str:
    """`A. T.` for `Anne Thérèse`, `J.-P.` for `Jean-Paul`; names in scripts without initials in full."""
    if not _ALPHABETIC.match(given):
        return given
    return between.join("-".join(map(_initial, part.split("-"))) for part in given.replace(".", ". ").split())


def _initial(part: str) -> str:
    letter = _INITIAL.search(part)
    return f"{letter[0].upper()}." if letter else part


def _joined(words: Sequence[str], has_commas: bool, rules: NameRules) -> str:
    if len(words) < 2:
        return "".join(words)
    is_serial = rules.serial_comma and (len(words) > 2 or (has_commas and rules.comma_for_two))
    return f"{', '.join(words[:-1])}{',' if is_serial else ''} {rules.conjunction} {words[-1]}"
