"""A brief carried from page to page, for readers without scripts to remember it.

A page opened with `brief=CODE` passes the code on in its links and forms. It is added to the finished
page, so that no template or function for addresses needs to know about briefs, and pages without one
cost nothing.
"""

from __future__ import annotations

import re
from urllib.parse import parse_qsl, urlencode, urlsplit

from flask import Flask, Request, Response, g, request

from kb.briefs.address import BRIEF_PATH, pack_brief, unpack_brief

__all__ = ["install", "own_page", "referring_page"]

_PAGE = r"/(?!/|static/|api/)[a-z]*(?:/[^\"?#\\\s]*)?"
"""A path of the site's own pages: files have a point in their first part."""

_LINK = re.compile(rf'(<a [^>]*?href="){_PAGE}(?:\?[^"#]*)?(?=["#])')
_FORM = re.compile(rf'<form [^>]*?action="({_PAGE})"[^>]*>')
_BACK = re.compile(rf"{_PAGE}(\?[^#\s\\]*)?")


def install(app: Flask) -> None:
    """Reads the code of a carried brief before every request to `app`, and passes it on afterwards."""
    app.before_request(_take)
    app.after_request(_hand_on)


def own_page(address: str) -> str:
    """The address if it is a page of this site, else empty."""
    return address if _BACK.fullmatch(address) and urlsplit(address).path != BRIEF_PATH else ""


def referring_page(request: Request) -> str:
    """The page of this site that led to this one, without a brief; empty if unknown."""
    told = urlsplit(request.referrer or "")
    if told.netloc != request.host:
        return ""
    pairs = [pair for pair in parse_qsl(told.query) if pair[0] != "brief"]
    path = told.path.removeprefix(request.root_path)
    return own_page(f"{path}?{urlencode(pairs, safe='/')}" if pairs else path)


def _take() -> None:
    if code := request.args.get("brief"):
        g.carried = unpack_brief(code)


def _hand_on(response: Response) -> Response:
    carried = g.get("carried")
    if not carried or not carried.passages or response.status_code == 304:
        return response
    code = pack_brief(carried)
    if response.location and request.blueprint != "brief":
        response.location = _along(response.location, f"brief={code}", "&")
    if response.mimetype == "text/html":
        response.set_data(_carried(response.get_data(as_text=True), code))
    return response


def _carried(html: str, code: str) -> str:
    html = _LINK.sub(lambda link: _link(link[0], link[1], code), html)
    hidden = f'<input type="hidden" name="brief" value="{code}">'
    return _FORM.sub(lambda form: form[0] if form[1] == BRIEF_PATH else form[0] + hidden, html)


def _link(whole: str, before: str, code: str) -> str:
    address = whole.removeprefix(before)
    # a link that already has a brief keeps it
    own = address.startswith(f"{BRIEF_PATH}?") and not address.startswith(f"{BRIEF_PATH}?add=")
    return whole if own else before + _along(address, f"brief={code}", "&amp;")


def _along(address: str, parameter: str, joint: str) -> str:
    path, mark, anchor = address.partition("#")
    return f"{path}{joint if '?' in path else '?'}{parameter}{mark}{anchor}"
