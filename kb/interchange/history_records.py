"""What an export says of the past: withdrawn passages, ids that moved, words that were published."""

from __future__ import annotations

from kb.formats.json_fields import identifier, text, verbatim
from kb.formats.json_lines import Object, Refused
from kb.ids import is_address, is_fingerprint, is_id
from kb.messages import Message
from kb.model import Move, Published, Withdrawal
from kb.permanence.ledger import is_day
from kb.text.fingerprint import fingerprint

__all__ = ["move", "published", "withdrawal"]


def withdrawal(found: Object) -> Withdrawal:
    """A withdrawn passage; its withdrawal may not be in a ledger yet."""
    document, passage = identifier(found, "document"), identifier(found, "passage")
    return Withdrawal(document, passage, _fingerprint(found), _day(found, required=False))


def move(found: Object) -> Move:
    """An id that was given up: a passage's, or without one a document's."""
    document, to = identifier(found, "document"), text(found, "to", required=True)
    passage = identifier(found, "passage") if found.get("passage") is not None else ""
    if not (is_address(to) if passage else is_id(to)):
        shown = to[:80]
        raise Refused(
            Message("bad-passage-target", to=shown) if passage else Message("bad-document-target", to=shown)
        )
    return Move(document, passage, to)


def published(found: Object) -> Published:
    """Words that were published once."""
    document, passage = identifier(found, "document"), identifier(found, "passage")
    words = verbatim(found, "text", required=True)
    if fingerprint(words) != (print_ := _fingerprint(found)):
        raise Refused(Message("wrong-fingerprint"))
    return Published(document, passage, print_, _day(found), words)


def _fingerprint(found: Object) -> str:
    print_ = text(found, "fingerprint", required=True)
    if not is_fingerprint(print_):
        raise Refused(Message("bad-fingerprint"))
    return print_


def _day(found: Object, required: bool = True) -> str:
    date = text(found, "date", required)
    if date and not is_day(date):
        raise Refused(Message("bad-day", date=date[:80]))
    return date
