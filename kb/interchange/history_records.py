"""Records of an export about the past: withdrawn passages, moved ids, published words."""

from __future__ import annotations

from kb.formats.json.fields import id_field, text_field
from kb.formats.json.objects import BadObject, JsonObject
from kb.ids import is_address, is_fingerprint, is_id
from kb.messages import Message
from kb.permanence.ledger import is_day
from kb.published import Move, Published, Withdrawal
from kb.text.fingerprint import fingerprint

__all__ = ["read_move", "read_published", "read_withdrawal"]


def read_withdrawal(record: JsonObject) -> Withdrawal:
    """A withdrawn passage; its date may be absent, since its withdrawal may not be in a ledger yet."""
    document, passage = id_field(record, "document"), id_field(record, "passage")
    return Withdrawal(document, passage, _fingerprint(record), _day(record, required=False))


def read_move(record: JsonObject) -> Move:
    """A moved id: that of a passage, or of a document if no passage is given."""
    document, to = id_field(record, "document"), text_field(record, "to", required=True)
    passage = id_field(record, "passage") if record.get("passage") is not None else ""
    if not (is_address(to) if passage else is_id(to)):
        shown = to[:80]
        raise BadObject(
            Message("bad-passage-target", to=shown) if passage else Message("bad-document-target", to=shown)
        )
    return Move(document, passage, to)


def read_published(record: JsonObject) -> Published:
    """Words that were once published."""
    document, passage = id_field(record, "document"), id_field(record, "passage")
    words = text_field(record, "text", required=True)
    if fingerprint(words) != (print_ := _fingerprint(record)):
        raise BadObject(Message("wrong-fingerprint"))
    return Published(document, passage, print_, _day(record), words)


def _fingerprint(record: JsonObject) -> str:
    print_ = text_field(record, "fingerprint", required=True)
    if not is_fingerprint(print_):
        raise BadObject(Message("bad-fingerprint"))
    return print_


def _day(record: JsonObject, required: bool = True) -> str:
    date = text_field(record, "date", required)
    if date and not is_day(date):
        raise BadObject(Message("bad-day", date=date[:80]))
    return date
