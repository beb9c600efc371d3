"""Content that is an attack: no page of the site runs a script from it in a real browser."""

from __future__ import annotations

import json
from pathlib import Path
from urllib.parse import urlencode, urlsplit

from playwright.sync_api import Error, Page, sync_playwright

from tests.browser import FLAGS, find
from tests.kb.folders import interchange
from tests.torture.programs import quietly, serving
from tests.torture.trial import Skipped, Trial

__all__ = ["hostile_pages"]

MAX_PAGE_SECONDS = 120
"""A page that takes longer hangs."""

_RUN = "window.ran=1"

ATTACKS = (
    f"<script>{_RUN}</script>",
    f"</script><script>{_RUN}</script>",
    f"<img src=x onerror={_RUN}>",
    f'"><svg onload={_RUN}>',
    f"' onmouseover='{_RUN}' autofocus onfocus='{_RUN}",
    f'" autofocus onfocus="{_RUN}" x="',
    f"</title><script>{_RUN}</script>",
    f"</textarea><script>{_RUN}</script>",
    f"</style><script>{_RUN}</script>",
    f"--><script>{_RUN}</script><!--",
    f"]]><script>{_RUN}</script>",
    f"<iframe srcdoc='<script>parent.{_RUN}</script>'>",
    f"<details open ontoggle={_RUN}>",
    f"<math><mtext><table><mglyph><style><img src=x onerror={_RUN}>",
    f"<svg><script>{_RUN}</script></svg>",
    f"<a href=javascript:{_RUN} autofocus>x</a>",
    f"<meta http-equiv=refresh content='0;url=javascript:{_RUN}'>",
    f"<base href=javascript:{_RUN}//>",
    f"<object data=javascript:{_RUN}>",
    f"<form action=javascript:{_RUN}><input type=submit id=submit></form>",
    f"\\u003cscript\\u003e{_RUN}\\u003c/script\\u003e",
    f"&lt;script&gt;{_RUN}&lt;/script&gt;",
    f"&#60;script&#62;{_RUN}&#60;/script&#62;",
    f"{{{{constructor.constructor('{_RUN}')()}}}}",
    f"${{{_RUN}}}",
    f"[x](javascript:{_RUN})",
    f"![x](x onerror={_RUN})",
    f"<scr\x00ipt>{_RUN}</scr\x00ipt>",
    f"<ſcript>{_RUN}</ſcript>",
    f"\u202e<script>{_RUN}</script>",
)


def hostile_pages(trial: Trial) -> None:
    """Follows every link from the pages of each attack: no script may run, or need the policy to stop it."""
    path = find()
    if not path:
        raise Skipped("there is no Chromium")
    index = trial.folder / "index"
    content = _content(trial.folder / "content")
    edited = _edited(trial.folder / "edited")
    built = quietly(
        "build", "--content", content, "--content", edited, "--index", index, "--leave-out-faulty"
    )
    assert built.exit_code == 0, built.output
    with serving(index) as (port, _), sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=path, args=list(FLAGS))
        page = browser.new_context(base_url=f"http://127.0.0.1:{port}").new_page()
        page.set_default_timeout(MAX_PAGE_SECONDS * 1_000)
        _crawl(trial, page, _starts())
        browser.close()


def _content(folder: Path) -> Path:
    """Each attack in every field that takes text."""
    themes = [
        {"slug": f"t{at}", "title": attack, "label": attack, "subpoints": [{"slug": "s", "title": attack}]}
        for at, attack in enumerate(ATTACKS)
    ]
    documents = [
        {"id": f"d{at}", "title": attack, "kind": attack, "issuers": [attack], "place": attack}
        | {"licence": attack, "numbering": attack, "session": attack, "series": attack, "symbol": attack}
        for at, attack in enumerate(ATTACKS)
    ]
    passages = [
        {"document": f"d{at}", "id": f"p{n}", "text": f"{attack} attack {n}", "locator": attack}
        | {"heading": attack, "themes": [f"t{at}", f"t{at}/s"], "note": attack}
        for at, attack in enumerate(ATTACKS)
        for n in range(3)
    ]
    return interchange(folder, documents, passages, themes=themes)


def _edited(folder: Path) -> Path:
    """Each attack in Markdown, in a document and in a note; what the checks refuse is left out."""
    for name in ("documents", "themes"):
        (folder / name).mkdir(parents=True)
    for at, attack in enumerate(ATTACKS):
        quoted = json.dumps(attack)
        head = f"---\nslug: e{at}\ntitle: {quoted}\nkind: report\n---\n"
        body = f"## {attack}\n\n{attack} attack\n{{: #p1 }}\n\n- {attack}\n{{: #p2 }}\n"
        (folder / f"documents/e{at}.md").write_text(head + body, encoding="utf-8")
        head = f"---\nslug: n{at}\ntitle: {quoted}\nlabel: Note {at}\norder: {at}\n---\n"
        body = f"The {attack} attack.\n\n## Part {{: #s}}\n\nA note on [{attack}]({attack}) and *{attack}*.\n"
        (folder / f"themes/{at:02}-n{at}.md").write_text(head + body, encoding="utf-8")
    return folder


def _starts() -> list[str]:
    """Pages with an attack in the address, too."""
    paths = ["/", "/documents", "/matrix", "/help", "/about", "/check", "/brief"]
    for at, attack in enumerate(ATTACKS):
        query = urlencode({"q": f"{attack} attack"})
        paths += [f"/documents/d{at}?{query}", f"/search?{query}", f"/passages/d{at}/p0/cite?{query}"]
        paths += [f"/documents/e{at}?{query}", f"/themes/n{at}?{query}"]
        paths += [f"/themes/t{at}?{query}", f"/passages/d{at}/p0?{query}", f"/matrix?{query}"]
        paths += [f"/search?{urlencode({'q': 'attack', 'kind': attack, 'theme': attack})}"]
        paths += [f"/brief?{urlencode({'i': f'd{at}/p0', 'title': attack, 'n0': attack})}"]
        paths += [f"/search/why?{query}&passage=d{at}/p0", f"/no/{attack}"]
    return paths


def _crawl(trial: Trial, page: Page, paths: list[str]) -> None:
    stopped: list[str] = []
    page.on("console", lambda said: stopped.append(said.text) if "Content Security" in said.text else None)
    page.on("dialog", lambda dialog: dialog.dismiss())
    trial.chance.shuffle(paths)
    seen = set(paths)
    for _ in trial.rounds():
        if not paths:
            break
        path = paths.pop(0)
        stopped.clear()
        try:
            page.goto(path, wait_until="load")
            ran = page.evaluate("window.ran")
        except Error as exc:
            if "Download is starting" in str(exc):
                continue
            raise
        trial.check(not ran and not stopped, (path, ran, stopped[:1]))
        found = {_path(link) for link in page.eval_on_selector_all("a[href]", "all => all.map(a => a.href)")}
        fresh = sorted(found - seen - {""})
        trial.chance.shuffle(fresh)
        paths += fresh[:10]
        seen |= {*fresh[:10]}
    trial.note = f"{len(ATTACKS)} attacks in every field and in addresses"


def _path(link: str) -> str:
    parts = urlsplit(link)
    if parts.hostname != "127.0.0.1" or "." in parts.path.rpartition("/")[2]:
        return ""
    return f"{parts.path}?{parts.query}"
