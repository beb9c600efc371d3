"""What a reader of content found, before anything is checked against anything else."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path

from kb.errors import Fault
from kb.model import Document, Passage, Theme, Withdrawal

__all__ = ["Draft"]


@dataclass(frozen=True, slots=True)
class Draft:
    """The content of one folder in one form.

    `made` are themes nobody described, made from the tags of the passages; `places` gives the file
    in which a document's passages stand.
    """

    themes: tuple[Theme, ...] = ()
    made: tuple[Theme, ...] = ()
    documents: tuple[Document, ...] = ()
    passages: Mapping[str, tuple[Passage, ...]] = field(default_factory=dict)
    places: Mapping[str, Path] = field(default_factory=dict)
    withdrawn: tuple[Withdrawal, ...] = ()
    instruments: Mapping[str, str] = field(default_factory=dict)
    faults: tuple[Fault, ...] = ()
