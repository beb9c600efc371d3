"""Comments behind the fields of a document's front matter, which tell an editor where a value is from."""

from __future__ import annotations

from collections.abc import Mapping

import yaml

__all__ = ["field_comments", "with_comment"]

GUESSED = "guessed"
"""What the comment of a field begins with whose value an editor should look at."""


def with_comment(line: str, comment: str) -> str:
    """A line of front matter with a comment behind it."""
    return f"{line}  # {comment}" if comment else line


def field_comments(text: str) -> Mapping[str, str]:
    """The comments in a file's front matter by the key on their line."""
    found = {}
    lines = text.split("\n")
    for line in lines[1 : lines.index("---", 1)] if "---" in lines[1:] else ():
        key, comment = _comment_of(line)
        if comment:
            found[key] = comment
    return found


def _comment_of(line: str) -> tuple[str, str]:
    """The key of a line and what its value is followed by; both empty for a line that is no whole entry."""
    if "#" not in line:
        return "", ""
    try:
        events = list(yaml.parse(line, yaml.SafeLoader))
    except yaml.YAMLError:
        return "", ""
    values = [one for one in events if isinstance(one, yaml.ScalarEvent | yaml.SequenceEndEvent)]
    end = values[-1].end_mark if len(values) > 1 else None
    rest = line[end.column :].lstrip() if end else ""
    key = values[0].value if rest and isinstance(values[0], yaml.ScalarEvent) else ""
    return (str(key), rest[1:].strip()) if rest.startswith("#") else ("", "")
