"""Suggested themes in the attribute list of a passage, for an editor to accept or strike.

    {: #p4 suggested="protection/housing training" because="protection/housing 93 %: shelter; training 61 %" }

Renamed to `themes`, `suggested` is accepted; deleted, it is struck. `because` is for the reader alone.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence

from kb.ids import is_theme_value
from kb.model import ThemeSuggestion

__all__ = ["SUGGESTION_ATTRIBUTES", "read_suggestions", "suggestion_values"]

SUGGESTION_ATTRIBUTES = ("suggested", "because")

_REASON = re.compile(r"\s*(\S+) ([0-9]{1,3}) %(?:: (.*))?", re.DOTALL)
_SEPARATORS = re.compile(r"\s*[;,:]\s*")


def read_suggestions(values: Mapping[str, str]) -> tuple[ThemeSuggestion, ...]:
    """The suggestions in the attributes; a value that is not a theme is ignored."""
    reasons = {one.value: one for one in _reasons(values.get("because", ""))}
    named = dict.fromkeys(filter(is_theme_value, values.get("suggested", "").split()))
    return tuple(reasons.get(value, ThemeSuggestion(value)) for value in named)


def _reasons(text: str) -> Iterator[ThemeSuggestion]:
    for part in text.split(";"):
        if match := _REASON.fullmatch(part):
            words = (match[3] or "").split(", ")
            yield ThemeSuggestion(match[1], min(100, int(match[2])), tuple(filter(None, words)))


def suggestion_values(suggested: Sequence[ThemeSuggestion]) -> dict[str, str]:
    """The attributes that `read_suggestions` reads back; signs that separate reasons become spaces."""
    if not suggested:
        return {}
    reasons = "; ".join(map(_reason, suggested))
    return {"suggested": " ".join(one.value for one in suggested), "because": reasons}


def _reason(one: ThemeSuggestion) -> str:
    words = ", ".join(filter(None, (" ".join(_SEPARATORS.sub(" ", word).split()) for word in one.words)))
    return f"{one.value} {one.confidence} %{f': {words}' if words else ''}"
