from __future__ import annotations

from urllib.parse import parse_qs, urlsplit

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kb.errors import BadRequest
from kb.model import Document, Passage
from kb.problem_report import MAX_EXCERPT_CHARS, checked_report_address, report_link
from kb.settings import Settings
from kb.text.fingerprint import fingerprint
from tests.tables import table

TRACKER = "https://tracker.example/issues/new?title={title}&body={body}&labels=text"
DOCUMENT = Document("report", "A report & more")
WHERE = "https://kb.example/passages/report/p4"


@pytest.mark.parametrize("target", ["", "mailto:kb@office.example", TRACKER, f"  {TRACKER} "])
def test_a_mail_address_or_a_template_can_be_used(target: str) -> None:
    assert checked_report_address(target) == target.strip()
    assert Settings.read(environ={"KB_REPORT": target}).report == target.strip()


@table(
    "target",
    [
        "kb@office.example",
        "mailto:",
        "mailto:a b@office.example",
        "mailto:a@office.example?bcc=other@office.example",
        "mailto:a@office.example\nbcc:b",
        "http://tracker.example/?body={body}",
        "https://tracker.example/new",
        "https://{body}",
        "https://[::1/?body={body}",
        "javascript:alert(1)//{body}",
        "ftp://a@b",
    ],
)
def test_anything_else_is_refused_with_the_remedy(target: str) -> None:
    with pytest.raises(BadRequest, match=r"(?s)KB_REPORT: cannot use .*; write mailto:") as caught:
        Settings.read(environ={}, report=target)
    assert caught.value.exit_code == 2


@given(st.text(min_size=1), st.text(st.characters(codec="utf-8"), max_size=20))
def test_the_context_comes_through_whole(text: str, locator: str) -> None:
    passage = Passage("report", "p4", text.replace("\r", " "), locator)
    mail = urlsplit(report_link("mailto:kb@office.example", DOCUMENT, passage, WHERE))
    issue = urlsplit(report_link(TRACKER, DOCUMENT, passage, WHERE))
    assert (mail.scheme, mail.path) == ("mailto", "kb@office.example")
    assert parse_qs(issue.query)["labels"] == ["text"]
    said = parse_qs(mail.query)
    assert said["subject"] == parse_qs(issue.query)["title"] == ["Problem with report/p4"]
    body = said["body"][0]
    assert body.replace("\r\n", "\n") == parse_qs(issue.query)["body"][0]
    assert f"\r\nFingerprint: sha256:{fingerprint(passage.text)}\r\nPage: {WHERE}\r\n" in body
    assert "Document: A report & more\r\n" in body


def test_of_the_words_only_the_beginning_is_said() -> None:
    for text in ("word " * 100, "x" * 1_000):
        address = report_link(TRACKER, DOCUMENT, Passage("report", "p4", text, "para 4"), WHERE)
        begins = parse_qs(urlsplit(address).query)["body"][0].partition("It begins: ")[2].splitlines()[0]
        assert begins.endswith(" …")
        assert len(begins) <= MAX_EXCERPT_CHARS + 2
    assert "Passage: report/p4 (para 4)" in parse_qs(urlsplit(address).query)["body"][0]
