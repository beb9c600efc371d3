"""A cache for what macros make of the same words again and again."""

from __future__ import annotations

from functools import lru_cache

from jinja2.runtime import Macro
from markupsafe import Markup

__all__ = ["made_once"]

_MAX_KEPT_CHARS = 300


@lru_cache(maxsize=8_192)
def _kept(macro: Macro, *arguments: object) -> Markup:
    return Markup(macro(*arguments))  # noqa: S704  # what a macro makes is escaped


def made_once(macro: Macro, given: str | int, *others: str | bool) -> Markup:
    """What a macro makes of its arguments alone; cached, since pages repeat it."""
    if isinstance(given, str) and len(given) > _MAX_KEPT_CHARS:
        return Markup(macro(given, *others))  # noqa: S704
    return _kept(macro, given, *others)
