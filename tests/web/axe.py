"""What axe finds on a page. Colours take most of its time, so the same colours are checked only once."""

from __future__ import annotations

import json
from collections.abc import Sequence
from pathlib import Path
from typing import Any, Literal

import axe_playwright_python
from playwright.sync_api import Page, ViewportSize

__all__ = ["AXE", "DESKTOP", "LOOKS", "PHONE", "violations", "violations_as"]

AXE = next(Path(axe_playwright_python.__file__).parent.rglob("axe.min.js")).read_text(encoding="utf-8")

Scheme = Literal["light", "dark"]

DESKTOP, PHONE = ViewportSize(width=1280, height=800), ViewportSize(width=390, height=800)
LOOKS: Sequence[tuple[ViewportSize, Scheme]] = (
    (DESKTOP, "light"),
    (DESKTOP, "dark"),
    (PHONE, "dark"),
    (PHONE, "light"),
)
"""Each differs from the one before in one thing, since the browser draws the page anew for each change."""

COLOUR_RULES = ["color-contrast", "link-in-text-block"]

COLOURS = """() => {
  const own = ["color", "textDecorationLine", "textShadow"];
  const behind = ["backgroundColor", "backgroundImage", "opacity", "position", "filter", "color"];
  const isLarge = ({ fontSize, fontWeight }) =>
    parseFloat(fontSize) >= 24 || (parseFloat(fontSize) >= 18.66 && fontWeight >= 700);
  const hash = (text, [a, b]) => {
    for (let i = 0; i < text.length; i++) {
      const code = text.charCodeAt(i);
      a = Math.imul(a ^ code, 2654435761);
      b = Math.imul(b ^ code, 1597334677);
    }
    return [a, b];
  };
  const values = (style, names) => names.map((name) => style[name]).join(" ");
  const chains = new Map();
  const chain = (node) => {
    if (!node) return { last: "", sum: [1, 2] };
    if (!chains.has(node)) {
      const above = chain(node.parentElement);
      const last = values(getComputedStyle(node), behind);
      chains.set(node, last === above.last ? above : { last, sum: hash(last, above.sum) });
    }
    return chains.get(node);
  };
  const hasWords = (node) =>
    ["input", "select", "textarea"].includes(node.localName) ||
    [...node.childNodes].some((each) => each.nodeType === 3 && each.data.trim());
  window.byColours = new Map();
  for (const node of document.body.querySelectorAll("*")) {
    if (!hasWords(node) || !node.checkVisibility()) continue;
    const style = getComputedStyle(node);
    const [a, b] = hash(`${node.localName} ${values(style, own)} ${isLarge(style)}`, chain(node).sum);
    const key = (a >>> 0) * 2097152 + (b >>> 11);
    if (!window.byColours.has(key)) window.byColours.set(key, node);
  }
  return [...window.byColours.keys()];
}"""
"""Hashes of the computed colours of all elements with words, and of what is behind them."""

_looked_at: set[int] = set()
"""Hashes of the colours in which axe found nothing wrong, on any page that this process has looked at."""


def violations(page: Page) -> list[str]:
    """What breaks a rule on a page as now shown: a line for each, with the rule and the element."""
    if not page.evaluate("'axe' in window"):
        page.evaluate(f"eval({json.dumps(AXE)})")
    others = {"rules": {rule: {"enabled": False} for rule in COLOUR_RULES}}
    return [*_run(page, "document", others), *colour_violations(page)]


def colour_violations(page: Page) -> list[str]:
    """What has too little contrast, among colours that no earlier page had."""
    new = [each for each in page.evaluate(COLOURS) if each not in _looked_at]
    if not new:
        return []
    where = f"{{include: {json.dumps(new)}.map((each) => window.byColours.get(each))}}"
    faults = _run(page, where, {"runOnly": {"type": "rule", "values": COLOUR_RULES}})
    if not faults:
        _looked_at.update(new)
    return faults


def violations_as(page: Page, viewport: ViewportSize, scheme: Scheme) -> list[str]:
    """What breaks a rule in a window of this size and colour scheme; schemes differ only in colours."""
    if page.viewport_size != viewport:
        page.set_viewport_size(viewport)
    page.emulate_media(color_scheme=scheme)
    return violations(page) if scheme == "light" else colour_violations(page)


def _run(page: Page, where: str, options: dict[str, Any]) -> list[str]:
    given = json.dumps({"resultTypes": ["violations"], **options})
    found: list[dict[str, Any]] = page.evaluate(
        f"axe.run({where}, {given}).then((results) => results.violations)"
    )
    return [f"{rule['id']}: {node['html'][:200]}" for rule in found for node in rule["nodes"]]
