"""Names of themes on the pages of the desk."""

from __future__ import annotations

from collections.abc import Sequence, Set

from kb.model import Theme

__all__ = ["known_themes", "theme_title"]


def known_themes(themes: Sequence[Theme]) -> Set[str]:
    """All values that a passage can have: `theme` and `theme/sub-point`."""
    points = {f"{theme.slug}/{point.slug}" for theme in themes for point in theme.subpoints}
    return points | {theme.slug for theme in themes}


def theme_title(themes: Sequence[Theme], value: str) -> str:
    """The title of a theme or sub-point; the value itself if there is no such theme."""
    for theme in themes:
        if theme.slug == value:
            return theme.title
        for point in theme.subpoints:
            if f"{theme.slug}/{point.slug}" == value:
                return point.title
    return value
