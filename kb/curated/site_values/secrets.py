"""Does a key or a text of a published file hold a password, token or private key?"""

from __future__ import annotations

import re

__all__ = ["holds_secret", "names_secret"]

_NAME = re.compile(r"(?i)pass(?:word|wd|phrase)|secret|token|credential|(?:api|private|access)[-_ ]?key")
_TEXT = re.compile(
    r"-----BEGIN [A-Z ]*PRIVATE KEY|\b(?:gh[opsu]_|github_pat_|glpat-|xox[abp]-|sk-|AKIA)[A-Za-z0-9_-]{16}"
    r"|[A-Za-z][A-Za-z0-9+.-]*://[^/\s@]*:[^/\s@]*@"
)
"""Private keys, tokens of well-known services, addresses with a password."""


def names_secret(key: str) -> bool:
    """Whether a key says that its value is a secret."""
    return bool(_NAME.search(key))


def holds_secret(text: str) -> bool:
    """Whether a text has the form of a secret."""
    return bool(_TEXT.search(text))
