"""Valid inputs to damage, and the signs and words that each reader looks for."""

from __future__ import annotations

import json
from pathlib import Path

from kb.text.fingerprint import fingerprint
from tests.kb.conftest import DOCUMENT, THEME, THESAURUS

__all__ = ["SEEDS", "TOKENS"]


def _line(**fields: object) -> str:
    return json.dumps(fields, ensure_ascii=False) + "\n"


_WORDS = "They shall protect victims."
_PUBLISHED = {"document": "treaty", "id": "a2", "fingerprint": fingerprint(_WORDS), "date": "2020-01-01"}

SEEDS = {
    "document": [DOCUMENT.format(sha256="0" * 64)],
    "theme": [THEME],
    "thesaurus": [THESAURUS],
    "site": ['title: "A site"\nbase_url: https://kb.example.org/kb\n'],
    "ledger": [
        _line(**_PUBLISHED, status="published", text=_WORDS),
        _line(**_PUBLISHED, status="published", text=_WORDS)
        + _line(**_PUBLISHED, status="moved", text=_WORDS, to="treaty/a3"),
    ],
    "interchange": [
        _line(document="d", id="p1", text="Words.", locator="para 1", heading="I > II", themes=["a", "a/b"]),
        _line(document="d", id="p2", text="A note.", html="<p>A <em>note</em></p>", provisions=[]),
        _line(document="d", id="p3", text="x", quotation={"document": "d", "passage": "p1", "words": "x"}),
        _line(document="d", id="p4", text="x", formerly=["p0"], size=3, more={"deep": [1, None, True]}),
    ],
    "markdown": [
        '# Title\n\nHe said “words” and ‘more’[^1].\n\n> A block\nlazily, [a link](http://x "t")\n\n'
        "- `code` *stress*\n  > quoted\n\n[^1]: A note.\n\n[a]: <http://x> 'title'\n\n~~~ {.quote}\nx\n~~~\n",
        "---\ntitle: x\n---\n::: {.blockquote}\nwords ^[a note] ~~gone~~ <q>words</q>\n:::\n\n    code\n",
    ],
    "html": [
        '<p>He said <q>words</q><sup><a href="#fn1">1</a></sup></p><blockquote class="MsoQuote">A block'
        '</blockquote><p style="display: none">x</p><del>y</del><p id="fn1">A note &amp; more</p>',
        "<!-- a --><script>1 < 2</script><ruby>a<rt>b</ruby><![CDATA[ x ]]><code/>&#8220;x&#x201d;",
    ],
    "query": ['"labour exploitation" OR (victim* AND NOT wo?d~) theme:a/b year:2010..2015 -x'],
    "date": ["2015-03-25/2015-03-26", "201X", "2015~", "../2015-03", "2015-21", "2015-03-25T10:00:00Z"],
    "language": ["en", "zh-Hant-TW", "sr-Latn", "x-kb", "English", "i-klingon", "de-CH-1996-u-co-phonebk"],
    "link": [
        "https://kb.example.org/kb/passages/treaty/a1?version=0123456789ab#:~:text=words",
        "See /themes/a#b and [@treaty/a1] or (kb:treaty/a2, sha256:0123456789abcdef).",
    ],
    "address": ["https://kb.example.org:8443/kb", "http://[::1]/", "treaty/a1", "sha256:0123456789abcdef"],
    "citation": ["Palermo Protocol, art 3(a)", "A/RES/55/25, para 4", "treaty/a1", "Thai report (2015) p 12"],
    "brief": ["p=treaty/a1:0123456789ab&n=a+note&g=Group&t=Title&style=oscola", "p=a/b&p=a/c&o=1"],
    "attributes": ['{: #p1 locator="para 1" subpoints="a/b \\" c" themes="x" }'],
    "yaml": ["a: b\nc: [d, 'e', \"f\\n\"]\ng:\n  - h\n  - i: j\nk: >-\n  l\n"],
    "contents": [
        '{"generation": 1, "made_by": "x", "segments": [{"id": "0123456789abcdef", "documents": 1, "file": '
        '{"bytes": 1, "sha256": "x"}, "deletions": {"since": 1, "file": {"bytes": 1, "sha256": "x"}}}]}',
        '{"format": 2, "made_by": "0.1.0", "made": 1, "folders": [["a", {"b": [1, 2, "", "", ""]}]], '
        '"repeating": []}',
    ],
}

_ACROSS_LINES = {
    "note": ("\n\n", "## a {: #a }\n", "| a | b | c |\n", "> ", "- ", "1. "),
    "yaml": ("\n", "\n- ", "\n  ", "---\n", "- "),
    "document": ("\n\n", "{: #p1 }\n", "---\n"),
    "json": ("\n",),
}
"""Tokens with white space in them."""


def _read() -> dict[str, list[str]]:
    rows = Path(__file__).with_name("tokens.tsv").read_text(encoding="utf-8").splitlines()
    named = (row.split("\t") for row in rows)
    return {name: [token.replace("·", " ") for token in tokens.split(" ")] for name, tokens in named}


TOKENS = {name: [*tokens, *_ACROSS_LINES.get(name, ())] for name, tokens in _read().items()}
"""The signs by name; in the file `·` stands for a space within one."""
