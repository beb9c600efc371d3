"""Extracts messages for `pybabel extract` from modules that have them in a mapping rather than in calls."""

from __future__ import annotations

import ast
from collections.abc import Iterator, Mapping
from typing import IO

__all__ = ["extract_messages"]

Extracted = tuple[int, str, str | tuple[str, str], list[str]]
"""A line number, the name of a function, texts, and comments, as Babel wants them."""


def extract_messages(
    file: IO[bytes], keywords: object, comments: object, options: Mapping[str, str]
) -> Iterator[Extracted]:
    """Yields the texts of the mapping in a module; the option `codes` names those wanted, if not all are."""
    wanted = options.get("codes", "").split()
    for node in ast.parse(file.read()).body:
        if isinstance(node, ast.AnnAssign) and isinstance(node.value, ast.Dict):
            for code, entry in zip(node.value.keys, node.value.values, strict=True):
                if not wanted or (isinstance(code, ast.Constant) and code.value in wanted):
                    yield from _texts(entry)


def _texts(entry: ast.expr) -> Iterator[Extracted]:
    match entry:
        case ast.Constant(value=str() as text):
            yield entry.lineno, "gettext", text, []
        case ast.Call(func=ast.Name(id="Plural"), args=[ast.Constant(value=one), ast.Constant(value=other)]):
            yield entry.lineno, "ngettext", (str(one), str(other)), []
        case ast.Call(args=parts):
            for part in parts:
                yield from _texts(part)
        case _:
            return
