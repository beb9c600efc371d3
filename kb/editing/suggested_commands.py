"""Commands that messages suggest, quoted for a command line."""

from __future__ import annotations

import os
import re
import shlex
from collections.abc import Sequence
from pathlib import Path

from kb.errors import ContentError
from kb.settings import Settings

__all__ = ["content_flag", "quoted"]


def content_flag(folders: Sequence[Path]) -> str:
    """The flags that make a command work in these folders, to be added at its end.

    Empty if it would use these folders anyway.
    """
    try:
        usual = Settings.read().content
    except ContentError:
        usual = ()
    if [one.resolve() for one in usual] == [one.resolve() for one in folders]:
        return ""
    return "".join(f" --content {quoted(one)}" for one in folders)


def quoted(word: str | Path) -> str:
    """A word or a path, quoted for a command line."""
    return _quoted_for_cmd(str(word)) if os.name == "nt" else shlex.quote(str(word))


def _quoted_for_cmd(word: str) -> str:
    """The word in quotation marks unless it is plain: outside them, cmd.exe ends a command at `&` and `|`.

    Programs read backslashes before a quotation mark in pairs, and any others literally.
    """
    if re.fullmatch(r"[\w.:\\/-]+", word):
        return word
    inside = re.sub(r'(\\*)"', r'\1\1\\"', word)
    doubled = inside + "\\" * (len(word) - len(word.rstrip("\\")))
    return f'"{doubled}"'
