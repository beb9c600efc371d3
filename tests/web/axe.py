"""What axe finds on a page. Colours take most of its time, so the same colours are looked at once."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import axe_playwright_python
from playwright.sync_api import Page

__all__ = ["AXE", "violations"]

AXE = next(Path(axe_playwright_python.__file__).parent.rglob("axe.min.js")).read_text(encoding="utf-8")

COLOUR_RULES = ["color-contrast", "link-in-text-block"]

NEW_COLOURS = """(known) => {
  const own = ["color", "fontSize", "fontWeight", "textDecorationLine", "textShadow"];
  const behind = ["backgroundColor", "backgroundImage", "opacity", "position", "display", "filter"];
  const values = (style, names) => names.map((name) => style[name]).join(" ");
  const chains = new Map();
  const chain = (node) => {
    if (!node) return "";
    if (!chains.has(node)) {
      const style = getComputedStyle(node);
      const here = `${values(style, behind)} ${style.color}`;
      const above = chain(node.parentElement);
      chains.set(node, above.endsWith(here) ? above : `${above}|${here}`);
    }
    return chains.get(node);
  };
  const hasWords = (node) =>
    ["INPUT", "SELECT", "TEXTAREA"].includes(node.localName.toUpperCase()) ||
    [...node.childNodes].some((each) => each.nodeType === 3 && each.data.trim());
  const hash = (text) => {
    let [a, b] = [1, 2];
    for (let i = 0; i < text.length; i++) {
      const code = text.charCodeAt(i);
      a = Math.imul(a ^ code, 2654435761);
      b = Math.imul(b ^ code, 1597334677);
    }
    return (a >>> 0) * 2097152 + (b >>> 11);
  };
  const seen = new Set(known);
  const nodes = [];
  for (const node of document.body.querySelectorAll("*")) {
    if (!hasWords(node) || !node.checkVisibility()) continue;
    const colours = hash(`${node.localName} ${values(getComputedStyle(node), own)}${chain(node)}`);
    if (!seen.has(colours)) nodes.push(node);
    seen.add(colours);
  }
  window.newColours = nodes;
  return [...seen].slice(known.length);
}"""
"""The elements whose computed colours, and all behind them, are not known yet; gives a hash of each."""

_looked_at: list[int] = []
"""Hashes of the colours in which axe found nothing wrong, on any page that this process has looked at."""


def violations(page: Page) -> list[str]:
    """What breaks a rule on a page as it is shown now, a line each with the rule and the element."""
    if not page.evaluate("'axe' in window"):
        page.evaluate(f"eval({json.dumps(AXE)})")
    others = {"rules": {rule: {"enabled": False} for rule in COLOUR_RULES}}
    return [*_run(page, "document", others), *colour_violations(page)]


def colour_violations(page: Page) -> list[str]:
    """What is hard to tell from what is around it, among the colours that no page had before."""
    new = page.evaluate(NEW_COLOURS, _looked_at)
    if not new:
        return []
    faults = _run(page, "{include: window.newColours}", {"runOnly": {"type": "rule", "values": COLOUR_RULES}})
    if not faults:
        _looked_at.extend(new)
    return faults


def _run(page: Page, where: str, options: dict[str, Any]) -> list[str]:
    given = json.dumps({"resultTypes": ["violations"], **options})
    found: list[dict[str, Any]] = page.evaluate(
        f"axe.run({where}, {given}).then((results) => results.violations)"
    )
    return [f"{rule['id']}: {node['html'][:200]}" for rule in found for node in rule["nodes"]]
