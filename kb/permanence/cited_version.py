"""What became of words that were cited with their fingerprint."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Literal

from kb.model import Published, Withdrawal
from kb.text.diff import DiffPiece, differences
from kb.text.fingerprint import fingerprint

__all__ = ["State", "Verdict", "verdict"]

State = Literal["unchanged", "amended", "withdrawn", "unknown"]


@dataclass(frozen=True, slots=True)
class Verdict:
    """What became of the words whose fingerprint begins with `asked`.

    `cited` are these words, None where they are not known; `since` is the day from which other words
    stood there or none (YYYY-MM-DD), empty where no ledger says it yet; `pieces` compare what was
    cited with what stands now.
    """

    asked: str
    state: State
    cited: Published | None = None
    since: str = ""
    pieces: tuple[DiffPiece, ...] = ()


def verdict(
    asked: str, history: Sequence[Published], text: str | None, gone: Withdrawal | None = None
) -> Verdict:
    """Compare with what stands now, `text`, or with what is left of it, and with all that was published."""
    if text is not None and fingerprint(text).startswith(asked):
        return Verdict(asked, "unchanged")
    place = max((at for at, one in enumerate(history) if one.fingerprint.startswith(asked)), default=None)
    if place is None:
        known = gone is not None and gone.fingerprint.startswith(asked)
        return Verdict(asked, "withdrawn", since=gone.date) if gone and known else Verdict(asked, "unknown")
    cited, later = history[place], history[place + 1 :]
    since = next((one.date for one in later), gone.date if gone else "")
    if text is None:
        return Verdict(asked, "withdrawn", cited, since)
    return Verdict(asked, "amended", cited, since, differences(cited.text, text))
