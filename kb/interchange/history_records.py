"""Records of an export about the past: withdrawn passages, moved ids, published words."""

from __future__ import annotations

from kb.formats.json_fields import id_field, raw_text_field, text_field
from kb.formats.json_lines import BadObject, JsonObject
from kb.ids import is_address, is_fingerprint, is_id
from kb.messages import Message
from kb.model import Move, Published, Withdrawal
from kb.permanence.ledger import is_day
from kb.text.fingerprint import fingerprint

__all__ = ["read_move", "read_published", "read_withdrawal"]


def read_withdrawal(found: JsonObject) -> Withdrawal:
    """A withdrawn passage; its date may be absent, since its withdrawal may not be in a ledger yet."""
    document, passage = id_field(found, "document"), id_field(found, "passage")
    return Withdrawal(document, passage, _fingerprint(found), _day(found, required=False))


def read_move(found: JsonObject) -> Move:
    """A moved id: that of a passage, or of a document if no passage is given."""
    document, to = id_field(found, "document"), text_field(found, "to", required=True)
    passage = id_field(found, "passage") if found.get("passage") is not None else ""
    if not (is_address(to) if passage else is_id(to)):
        shown = to[:80]
        raise BadObject(
            Message("bad-passage-target", to=shown) if passage else Message("bad-document-target", to=shown)
        )
    return Move(document, passage, to)


def read_published(found: JsonObject) -> Published:
    """Words that were once published."""
    document, passage = id_field(found, "document"), id_field(found, "passage")
    words = raw_text_field(found, "text", required=True)
    if fingerprint(words) != (print_ := _fingerprint(found)):
        raise BadObject(Message("wrong-fingerprint"))
    return Published(document, passage, print_, _day(found), words)


def _fingerprint(found: JsonObject) -> str:
    print_ = text_field(found, "fingerprint", required=True)
    if not is_fingerprint(print_):
        raise BadObject(Message("bad-fingerprint"))
    return print_


def _day(found: JsonObject, required: bool = True) -> str:
    date = text_field(found, "date", required)
    if date and not is_day(date):
        raise BadObject(Message("bad-day", date=date[:80]))
    return date
