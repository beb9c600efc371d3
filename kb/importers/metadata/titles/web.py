"""The title of a web page, without the name of the site that browsers show beside it."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence

from kb.importers.blocks import Block
from kb.importers.metadata.bodies import letters_of
from kb.importers.metadata.titles.wording import one_line

__all__ = ["web_title"]

_SEPARATOR = re.compile(r"\s+[|·»:/–—-]\s+|\s*[|»]\s*|:\s+")
MIN_LETTERS = 2


def web_title(metadata: Mapping[str, str], blocks: Sequence[Block]) -> str:
    """The heading that the page's title names, else what it says to search engines, else the longest part."""
    stated, shown = one_line(metadata.get("title", "")), one_line(metadata.get("page_title", ""))
    letters = letters_of(f"{stated} {shown}")
    for block in blocks:
        heading = letters_of(block.text)
        if block.style.heading == 1 and len(heading) >= MIN_LETTERS and heading in letters:
            return one_line(block.text)
    return stated or max(_SEPARATOR.split(shown), key=len, default="").strip()
