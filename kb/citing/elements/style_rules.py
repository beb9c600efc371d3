"""What a style decides for all sources."""

from __future__ import annotations

from dataclasses import dataclass, field

from kb.citing.date_format import DateFormat
from kb.citing.elements.author_names import NameRules
from kb.citing.pinpoint import PinpointForms

__all__ = ["StyleRules"]


@dataclass(frozen=True, slots=True)
class StyleRules:
    """What a style decides for all sources: dates, pinpoints, names, quotation marks.

    `names` are those at the beginning of a citation, `editors` those within it, `short_names` those of a
    reference in the text. Notes end in a full stop, entries of some styles' lists do not: `has_full_stop`.
    """

    dates: DateFormat = field(default_factory=DateFormat)
    pins: PinpointForms = field(default_factory=dict)
    names: NameRules = field(default_factory=NameRules)
    editors: NameRules = field(default_factory=NameRules)
    short_names: NameRules = field(default_factory=NameRules)
    quotes: tuple[str, str] = ("“", "”")
    has_full_stop: bool = True
