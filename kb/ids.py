"""The grammar of ids and addresses: what may be one, and how a passage is named across documents."""

from __future__ import annotations

import re
from collections.abc import Iterable

__all__ = ["ID", "SHA256", "address", "addresses", "is_address", "is_id"]


ID = re.compile(r"[A-Za-z0-9._-]{1,200}")


def is_id(text: str) -> bool:
    """Whether the text may be an id or a slug."""
    return ID.fullmatch(text) is not None and text not in (".", "..")


def is_address(text: str) -> bool:
    """Whether the text may name a passage across documents: `document/passage`."""
    document, _, passage = text.partition("/")
    return is_id(document) and is_id(passage)


def address(document: str, passage: str) -> str:
    """The one way a passage is named across documents: `document/passage`."""
    return f"{document}/{passage}"


def addresses(given: Iterable[str], document: str) -> tuple[tuple[str, ...], tuple[tuple[str, str], ...]]:
    """Former ids of a passage, `p3` or `document/p3`, as addresses; problem and remedy of any other."""
    found = [one if "/" in one else address(document, one) for one in given]
    wrong = [one for one in found if not is_address(one)]
    faults = ((f"“{one[:80]}” cannot be a former id", "write id or document/id") for one in wrong)
    return tuple(filter(is_address, found)), tuple(faults)


SHA256 = re.compile(r"[0-9a-f]{64}")
