"""Answers that the server gives without asking the site: short, with all the security headers."""

from __future__ import annotations

import json
import time
from collections.abc import Mapping
from email.utils import formatdate
from http import HTTPStatus

from kb.messages import Message
from web.admission.export_slots import is_export
from web.english import say
from web.http.security_headers import DISCREET
from web.server.workers.wire import HttpRequest

__all__ = ["CONTINUE", "RETRY_SECONDS", "refusal"]

CONTINUE = b"HTTP/1.1 100 Continue\r\n\r\n"
RETRY_SECONDS = 2
"""When a reader should try again if all places are taken."""

_REASONS: Mapping[int, Message] = {
    400: Message("not-http"),
    408: Message("request-too-slow"),
    414: Message("address-too-long"),
    431: Message("headers-too-long"),
    500: Message("answer-failed"),
    503: Message("server-busy"),
    505: Message("other-http-version"),
}


def refusal(
    status: int, security: Mapping[str, str], request: HttpRequest | None = None, keep_alive: bool = False
) -> bytes:
    """The whole answer; JSON for addresses of the API, without a body for HEAD."""
    is_busy_with_exports = status == 503 and request is not None and is_export(request.target)
    text = say(Message("export-queue-full") if is_busy_with_exports else _REASONS[status])
    is_json = request is not None and request.target.startswith((b"/api/", b"/search.json"))
    body = (json.dumps({"error": text, "parameter": None}) if is_json else f"{text}\n").encode()
    headers = {
        "Date": formatdate(time.time(), usegmt=True),
        "Content-Type": "application/json" if is_json else "text/plain; charset=utf-8",
        "Content-Length": str(len(body)),
        "Cache-Control": DISCREET,
        **security,
        **({"Retry-After": str(RETRY_SECONDS)} if status == 503 else {}),
        **({} if keep_alive else {"Connection": "close"}),
    }
    lines = [f"HTTP/1.1 {status} {HTTPStatus(status).phrase}", *(f"{k}: {v}" for k, v in headers.items())]
    head = ("\r\n".join(lines) + "\r\n\r\n").encode("latin-1")
    return head if request and request.method == "HEAD" else head + body
