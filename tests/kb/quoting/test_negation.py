"""Words that no quotation can lose without saying something else."""

from __future__ import annotations

import pytest

from kb.quoting.negation import lost_negations


@pytest.mark.parametrize(
    ("source", "quoted", "lost"),
    [
        ("shall not prosecute", "shall prosecute", ("not",)),
        (
            "Not unless, except or without; NEVER no",
            "",
            ("not", "unless", "except", "without", "never", "no"),
        ),
        ("doesn’t and can't", "", ("doesn’t", "can't")),
        ("shall not", "[must not]", ()),
        ("not this and not that", "not this and that", ("not",)),
        ("notable knots, another note", "", ()),
        ("ne doit jamais, sauf accord", "doit", ("ne", "jamais", "sauf")),
        ("tidak boleh tanpa izin", "", ("tidak", "tanpa")),
        ("不得起诉未成年人", "起诉", ("不得",)),
        ("ต้องไม่ดำเนินคดี เว้นแต่", "ต้องดำเนินคดี", ("ไม่", "เว้นแต่")),
        ("処罰してはならない", "", ("ない",)),
        ("لا يجوز بدون موافقة", "يجوز", ("لا", "بدون")),
    ],
)
def test_lost_negations_are_named_once_each(source: str, quoted: str, lost: tuple[str, ...]) -> None:
    assert lost_negations(source, quoted) == lost
