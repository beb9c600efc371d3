"""Links with which readers report a problem with a passage, as an e-mail or an issue with its context."""

from __future__ import annotations

import re
from urllib.parse import quote, urlsplit

from kb.errors import BadRequest
from kb.messages import Message
from kb.model import Document, Passage
from kb.text.fingerprint import fingerprint

__all__ = ["checked_report_address", "report_link"]

MAX_EXCERPT_CHARS = 160
"""How much of the passage a report quotes."""

_SAFE = re.compile(r"[!-~]+")
_MAIL = re.compile(r"mailto:[^@?\s/]+@[^@?\s/]+")


def checked_report_address(target: str) -> str:
    """The checked target of reports: an e-mail address or an https address with placeholders; empty for none.

    Raises BadRequest for anything else.
    """
    target = target.strip()
    if target and not (_SAFE.fullmatch(target) and (_MAIL.fullmatch(target) or _is_template(target))):
        raise BadRequest("KB_REPORT", Message("bad-report-address", target=target[:80]))
    return target


def _is_template(target: str) -> bool:
    try:
        parts = urlsplit(target)
    except ValueError:
        return False
    return parts.scheme == "https" and bool(parts.hostname) and "{body}" in parts.query + parts.fragment


def report_link(target: str, document: Document, passage: Passage, permalink: str) -> str:
    """The link that opens an e-mail or issue about a passage; it reveals nothing about the reader."""
    where = passage.locator or passage.heading
    title = f"Problem with {passage.address}"
    body = "\n".join(
        (
            f"Passage: {passage.address}{f' ({where})' if where else ''}",
            f"Document: {document.title}",
            f"Fingerprint: sha256:{fingerprint(passage.text)}",
            f"Page: {permalink}",
            f"It begins: {_beginning(passage.text)}",
            "",
            "What is wrong:",
            "",
        )
    )
    if target.startswith("mailto:"):
        # lines of a mail end in CR LF: RFC 6068, section 5
        return f"{target}?subject={_encoded(title)}&body={_encoded(body.replace(chr(10), chr(13) + chr(10)))}"
    return target.replace("{title}", _encoded(title)).replace("{body}", _encoded(body))


def _beginning(text: str) -> str:
    words = " ".join(text.split())
    if len(words) <= MAX_EXCERPT_CHARS:
        return words
    cut = words[:MAX_EXCERPT_CHARS]
    return f"{cut.rpartition(' ')[0] or cut} …"


def _encoded(text: str) -> str:
    return quote(text, safe="", errors="replace")
