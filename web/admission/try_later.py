"""Temporary refusals: too much was asked at once, or by one reader."""

from __future__ import annotations

from werkzeug.exceptions import HTTPException

from kb.messages import Message

__all__ = ["TryLater"]


class TryLater(HTTPException):
    """What failed, why, and in how many seconds to try again: 429 or 503."""

    def __init__(self, status: int, failure: Message, reason: Message, seconds: int) -> None:
        super().__init__()
        self.code = self.status = status
        self.failure, self.reason, self.seconds = failure, reason, seconds
