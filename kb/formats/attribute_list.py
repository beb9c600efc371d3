"""Attribute lists: `{: #id key="value" }`, as Markdown's attr_list extension writes them."""

from __future__ import annotations

import re
from collections.abc import Collection, Mapping
from dataclasses import dataclass, field

from kb.ids import is_id
from kb.messages import Message
from kb.text.markdown_escape import escape_value, unescape

__all__ = ["Attributes", "dump_attributes", "parse_attributes"]

ITEM = re.compile(r'[ \t]*(?:#([^\s"=}]+)|([A-Za-z_]+)="((?>(?:[^"\\]++|\\.)*))")(?=[ \t}])')
END = re.compile(r"[ \t]*\}[ \t]*")


@dataclass(frozen=True, slots=True)
class Attributes:
    """The id and values of an attribute list, and its faults."""

    id: str = ""
    values: Mapping[str, str] = field(default_factory=dict)
    faults: tuple[Message, ...] = ()


def parse_attributes(text: str, known: Collection[str]) -> Attributes:
    """Parse a list from `{:` to `}`; only the `known` keys are accepted."""
    at, ids, pairs = 2, list[str](), list[tuple[str, str]]()
    while match := ITEM.match(text, at):
        at = match.end()
        if match[1]:
            ids.append(match[1])
        else:
            pairs.append((match[2], unescape(match[3])))
    if not END.fullmatch(text, at):
        return Attributes(faults=(Message("bad-attribute-list"),))
    return Attributes("".join(ids[:1]), dict(pairs), tuple(_faults(ids, pairs, known)))


def _faults(ids: list[str], pairs: list[tuple[str, str]], known: Collection[str]) -> list[Message]:
    keys = [key for key, _ in pairs]
    faults = [Message("bad-id", id=one[:50]) for one in ids[:1] if not is_id(one)]
    if len(ids) != 1:
        faults.append(Message("not-one-id"))
    for key in dict.fromkeys(keys):
        if key not in known:
            faults.append(Message("unknown-key", key=key, known=", ".join(known)))
        elif keys.count(key) > 1:
            faults.append(Message("duplicate-key", key=key))
    return faults


def dump_attributes(id: str, values: Mapping[str, str]) -> str:
    """An attribute list with this id and these values."""
    pairs = (f'{key}="{escape_value(value)}"' for key, value in values.items())
    return " ".join(("{:", f"#{id}", *pairs, "}"))
