"""What became of words that were cited with their fingerprint."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Literal

from kb.published import Published, Withdrawal
from kb.text.diff import DiffPiece, differences
from kb.text.fingerprint import fingerprint

__all__ = ["CitedVersion", "VersionState", "cited_version"]

VersionState = Literal["unchanged", "amended", "withdrawn", "unknown"]


@dataclass(frozen=True, slots=True)
class CitedVersion:
    """What became of the words whose fingerprint begins with `asked`.

    `cited` has these words, or is None if they are unknown; `since` is the day on which they were changed
    or withdrawn (YYYY-MM-DD), empty where no ledger has it yet; `pieces` compares them with today's.
    """

    asked: str
    state: VersionState
    cited: Published | None = None
    since: str = ""
    pieces: tuple[DiffPiece, ...] = ()


def cited_version(
    asked: str, history: Sequence[Published], text: str | None, gone: Withdrawal | None = None
) -> CitedVersion:
    """Looks for the words in today's `text`, None for a withdrawn passage, and in all that was published."""
    if text is not None and fingerprint(text).startswith(asked):
        return CitedVersion(asked, "unchanged")
    place = max((at for at, one in enumerate(history) if one.fingerprint.startswith(asked)), default=None)
    if place is None:
        known = gone is not None and gone.fingerprint.startswith(asked)
        return (
            CitedVersion(asked, "withdrawn", since=gone.date)
            if gone and known
            else CitedVersion(asked, "unknown")
        )
    cited, later = history[place], history[place + 1 :]
    since = next((one.date for one in later), gone.date if gone else "")
    if text is None:
        return CitedVersion(asked, "withdrawn", cited, since)
    return CitedVersion(asked, "amended", cited, since, differences(cited.text, text))
