"""The pages pictured, one of each type, and how: on a desktop and a phone, in the light and dark schemes."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Literal

from playwright.sync_api import Browser, CDPSession, Page

from tests.web.looks.block_font import style_sheet
from tests.web.looks.pictures import Picture, fit, take

__all__ = ["SAMPLES", "SHIPPED", "pictures_of", "window"]

_D = "bali-process-symposium-2015"
_P7 = f"/passages/{_D}/p7"

SHIPPED = {
    "home": "/",
    "search": "/search?q=identification+of+victims",
    "nothing-found": "/search?q=zzzz",
    "why": f"/search/why?q=extradition&passage={_D}/p7",
    "theme": "/themes/international-crime-cooperation",
    "documents": "/documents",
    "document": f"/documents/{_D}?q=victims",
    "passage": _P7,
    "note": "/passages/international-crime-cooperation/extradition",
    "span": f"/passages/{_D}/p4..p6",
    "check": "/check",
    "brief": f"/brief?title=For+you&group=theme&p={_D}/p7~A+note&p={_D}/p8&p=regional-cooperation/value",
    "brief-empty": "/brief",
    "brief-print": f"/brief.html?p={_D}/p7~A+note&p=regional-cooperation/value",
    "compare": f"/compare?a={_D}/p7&b=bali+paras+3-9",
    "matrix": "/matrix",
    "glossary": "/glossary",
    "instruments": "/instruments",
    "instrument": "/instruments/tip-protocol",
    "help": "/help",
    "about": "/about",
    "not-found": "/nothing",
}
SAMPLES = {
    "years": "/search?q=letter+OR+7",
    "withdrawn": "/passages/plan/p9",
    "amended": "/passages/plan/p1?v=00000000",
}

QUOTED = (
    "He said “the need for robust mechanisms for international crime cooperation, including mutual legal "
    "assistance and extradition”. She wrote “the need for strong mechanisms for international crime "
    "cooperation, including mutual legal assistance”. And “no such words are anywhere in these sources”."
)

_WIDTHS = {"desktop": 1280, "phone": 390}
_SCHEMES: tuple[Literal["light", "dark"], ...] = ("light", "dark")


@contextmanager
def window(browser: Browser) -> Iterator[tuple[Page, CDPSession]]:
    """A page, and the connection to its browser through which its pictures are taken."""
    context = browser.new_context(bypass_csp=True, reduced_motion="reduce")
    context.add_init_script("localStorage.clear()")
    page = context.new_page()
    yield page, context.new_cdp_session(page)
    context.close()


def pictures_of(site: str, pages: dict[str, str], browser: Browser) -> Iterator[tuple[str, Picture]]:
    """Every page in every look, each loaded once; the check of a pasted text comes after the empty form."""
    with window(browser) as (page, session):
        for name, address in pages.items():
            page.goto(site + address)
            yield from _looks(name, page, session)
            if name == "check":
                page.get_by_label("Quotation").fill(QUOTED)
                page.get_by_role("button", name="Check").click()
                page.wait_for_selector(".finding")
                yield from _looks("checked", page, session)


def _looks(name: str, page: Page, session: CDPSession) -> Iterator[tuple[str, Picture]]:
    page.add_style_tag(content=style_sheet())
    page.evaluate("document.fonts.ready.then(() => document.activeElement?.blur())")
    for look, width in _WIDTHS.items():
        fit(page, width)
        for scheme in _SCHEMES:
            page.emulate_media(color_scheme=scheme)
            yield f"{name}-{look}-{scheme}", take(page, session)
