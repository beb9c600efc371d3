"""A passage is one line of plain JSON, whatever its text."""

from __future__ import annotations

import json

from hypothesis import example, given
from hypothesis import strategies as st

from index.engines.records.passage_record import read_passage, write_passage
from kb.model import Passage

TEXTS = st.text(st.characters(codec="utf-8"), max_size=40) | st.text(
    'a“ "\\\n\x00\x1f\x7f\u2028\xa0', max_size=20
)


@given(TEXTS, TEXTS)
@example("", "")
@example("plain", 'in "quotes"')
def test_any_text_is_escaped_as_json_has_it(text: str, heading: str) -> None:
    passage = Passage("document", "P001", text, heading=heading, themes=("a/b",))
    record = write_passage(passage)
    assert record == json.dumps(json.loads(record), ensure_ascii=False, separators=(",", ":"))
    assert "\n" not in record
    assert read_passage(record) == passage
