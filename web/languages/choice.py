"""Which language a request is answered in, and how a reader changes it.

A page is in the language that its address asks for (`lang`), else the one that the reader chose before,
which a cookie holds, else the one that the browser prefers; only languages that the collection offers count.
Permanent addresses, citations and files are the same for everybody, so they have no language.
"""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path
from urllib.parse import urlencode

from flask import Flask, Response, current_app, g, redirect, request
from flask_babel import Babel, get_locale

from kb.messages import translator
from web.http.compression import add_vary
from web.http.responses import remember
from web.languages.catalogue import ENGLISH, TRANSLATIONS, InterfaceLanguage, language_named, tags_in
from web.urls import site

__all__ = ["COOKIE", "PARAMETER", "current_language", "install", "offered_languages"]

COOKIE = PARAMETER = "lang"
_FORM = "application/x-www-form-urlencoded"
_CHECK = "check.answer"

_IN_ENGLISH = frozenset(
    ("static", "document_list.file", "matrix.file", "citations.cited", "documents.cited", "instruments.cited")
)
_BLUEPRINTS_IN_ENGLISH = frozenset(("export", "unapi", "service", "sources"))
"""Blueprints whose answers are files, citations and the like, which have no interface."""

_ON_REQUEST = frozenset(("api", "quotes"))
"""Blueprints that answer in another language only if the address asks for it."""


def install(app: Flask, folder: Path = TRANSLATIONS) -> None:
    """Chooses a language for every request to `app` from those with a catalogue in the folder."""
    app.extensions["translations"] = folder
    # templates get their words from `compiled`: Babel's own look-up would take over its tags
    Babel(app, None, False, default_locale="en", locale_selector=lambda: _asked().tag.replace("-", "_"))
    app.before_request(_speak)
    app.after_request(_say_what_counted)
    app.teardown_request(_fall_silent)


def _fall_silent(_: BaseException | None) -> None:
    translator.set(None)


def current_language() -> InterfaceLanguage:
    """The language of this request; English outside of one."""
    language: InterfaceLanguage = g.get("language", ENGLISH) if g else ENGLISH
    return language


def offered_languages() -> Mapping[str, InterfaceLanguage]:
    """The languages that the collection offers and that have a catalogue, by tag; English at least.

    Without an index, all with a catalogue, as what the collection offers is not known.
    """
    folder: Path = current_app.extensions["translations"]
    tags = site.published().interface_languages if site.is_told() else tags_in(folder)
    named = (language_named(tag, folder) for tag in tags)
    return {each.tag: each for each in named if each} or {"en": ENGLISH}


def _speak() -> Response | None:
    translator.set(None)
    if not _has_interface():
        return None
    g.offered = offered_languages()
    if request.method == "POST" and (chosen := g.offered.get(_named_by_form())):
        g.chosen_language = chosen
        if request.endpoint != _CHECK:
            return _kept(_back(), chosen)
    elif (linked := _named_by_link()) and linked is not _otherwise():
        g.chosen_language = linked
    if len(g.offered) == 1:
        (g.language,) = g.offered.values()
    else:
        g.language = g.offered[str(get_locale()).replace("_", "-")]
    if not g.language.is_english:
        translator.set(g.language)
    return None


def _has_interface() -> bool:
    if request.endpoint in _IN_ENGLISH or request.blueprint in _BLUEPRINTS_IN_ENGLISH:
        return False
    return request.blueprint != "brief" or request.endpoint == "brief.page"


def _named_by_form() -> str:
    """The language that a reader chose; it is in the address if the form of "Check" takes its text along."""
    if request.endpoint == _CHECK:
        return request.args.get(PARAMETER, "")
    return request.form.get(PARAMETER, "") if request.mimetype == _FORM else ""


def _asked() -> InterfaceLanguage:
    """The language that this request asks for. Flask-Babel asks once a request."""
    offered: Mapping[str, InterfaceLanguage] = g.get("offered") or {"en": ENGLISH}
    if chosen := g.get("chosen_language"):
        return chosen  # type: ignore[no-any-return]
    named = offered.get(request.args.get(PARAMETER, ""))
    return named or (ENGLISH if request.blueprint in _ON_REQUEST else _otherwise())


def _otherwise() -> InterfaceLanguage:
    """The language of a page whose address does not name one."""
    offered: Mapping[str, InterfaceLanguage] = g.get("offered") or {"en": ENGLISH}
    told = (request.cookies.get(COOKIE, ""), request.accept_languages.best_match(offered) or "")
    return next((offered[tag] for tag in told if tag in offered), next(iter(offered.values())))


def _named_by_link() -> InterfaceLanguage | None:
    """The language that the address of a page names.

    It is remembered, so that the next pages are in it, too. Browsers take the cookie only if the reader opens
    the address, not with a picture or a frame on another site (`SameSite=Lax`).
    """
    if request.method not in ("GET", "HEAD") or request.blueprint in _ON_REQUEST:
        return None
    return g.offered.get(request.args.get(PARAMETER, ""))  # type: ignore[no-any-return]


def _say_what_counted(response: Response) -> Response:
    if len(g.get("offered", ())) > 1 and request.blueprint not in _ON_REQUEST:
        add_vary(response, "Accept-Language")
        add_vary(response, "Cookie")
    if chosen := g.get("chosen_language"):
        return _kept(response, chosen)
    return response


def _back() -> Response:
    """Back to the page on which the language was chosen, to whose address at that time the form is sent."""
    given = [
        (name, each) for name, each in request.args.items(multi=True) if name not in (PARAMETER, "brief")
    ]
    response = redirect(f"{request.path}?{urlencode(given, safe='/')}" if given else request.path, 303)
    assert isinstance(response, Response)  # noqa: S101 - the application's own class
    return response


def _kept(response: Response, language: InterfaceLanguage) -> Response:
    remember(response, COOKIE, language.tag, secure=site.is_secure())
    if response.headers.get("Cache-Control") == "no-cache":
        response.headers["Cache-Control"] = "private, no-cache"  # the cookie is one reader's
    return response
