from __future__ import annotations

from index.serializers.notices import notices_json
from kb.messages import Message


def test_a_notice_is_given_with_its_code_and_its_text() -> None:
    notices = [Message("unknown-filter-value", facet="kind", value="memo"), Message("phrase-star")]
    assert notices_json(notices) == [
        {"code": "unknown-filter-value", "text": "There is no kind “memo”."},
        {"code": "phrase-star", "text": "Inside quotation marks, * has no special meaning."},
    ]
