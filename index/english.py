"""The English words of this room's messages, by code, and those of `kb`."""

from __future__ import annotations

from kb import english
from kb.messages import Advice, Catalogue, Plural

__all__ = ["ENGLISH"]

ENGLISH: Catalogue = {
    **english.ENGLISH,
    # kb verify
    "count-quotations": Plural("{count} quotation", "{count:,} quotations"),
    "count-references": Plural("{count} reference", "{count:,} references"),
    # kb eval
    "bad-judgement": Advice(
        "this line is not a judgement",
        "write query, document and grade, a whole number, with tabs between",
    ),
}
