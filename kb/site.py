"""A site: how a collection is published, and the base URL that begins its permanent addresses."""

from __future__ import annotations

import re
from dataclasses import dataclass
from ipaddress import ip_address
from typing import Literal
from urllib.parse import urlsplit

__all__ = [
    "ENGINES",
    "NOTES_ORDERS",
    "EngineName",
    "HelpPanel",
    "NotesOrder",
    "Site",
    "parse_base_url",
    "parse_host",
]

_HOST = re.compile(r"[A-Za-z0-9_](?:[A-Za-z0-9._-]{0,251}[A-Za-z0-9_])?|\[[0-9A-Fa-f:.]{2,45}\]")
_PATH = re.compile(r"(?:/[A-Za-z0-9._~%-]+)*/*")


NotesOrder = Literal["after-sources", "mixed"]
NOTES_ORDERS: tuple[NotesOrder, ...] = ("after-sources", "mixed")

EngineName = Literal["whoosh", "opensearch"]
ENGINES: tuple[EngineName, ...] = ("whoosh", "opensearch")
"""The engines that can search a collection; the first is built in, and the default."""


@dataclass(frozen=True, slots=True)
class HelpPanel:
    """What a reader sees if a search suggests that they need help; empty where not given.

    `address` is a place or a web address. `leave` is the neutral page that a quick exit link leads to.
    """

    text: str
    hotline: str = ""
    email: str = ""
    address: str = ""
    leave: str = ""


@dataclass(frozen=True, slots=True)
class Site:
    """How a collection is published: its names, its base URL and its words; each is empty where not given.

    `short_name` is what the header shows, `headline` and `lead` open the home page, `examples` are searches
    offered there. `contact` is an e-mail or web address of its editors, `languages` are those of its texts,
    `interface_languages` those in which its pages can be read, the first being the usual one.
    `sensitive_searches` tells whether caches must not keep what readers look for. `selection` tells
    readers how the notes choose the provisions that they cite. `source_pages` tells whether readers
    see the pages of sources, `source_downloads` whether they get the files. `notes` tells whether search
    lists our own notes after equally good sources, or among them. `engine` is the engine used
    unless a run names another.
    """

    title: str = ""
    base_url: str = ""
    sensitive_searches: bool = True
    selection: str = ""
    source_pages: bool = True
    source_downloads: bool = False
    notes: NotesOrder = "after-sources"
    short_name: str = ""
    headline: str = ""
    lead: str = ""
    examples: tuple[str, ...] = ()
    contact: str = ""
    languages: tuple[str, ...] = ()
    help: HelpPanel | None = None
    interface_languages: tuple[str, ...] = ()
    engine: EngineName | Literal[""] = ""


def parse_base_url(text: str) -> str | None:
    """The URL to put before paths, without a trailing slash; None if it is not a base URL.

    A base URL has a scheme (http or https), a host, and perhaps a port and a path: nothing else.
    """
    try:
        parts = urlsplit(text)
        port = parts.port
    except ValueError:
        return None
    host = parts.netloc.removesuffix(f":{port}") if port is not None else parts.netloc
    whole = text[len(parts.scheme) :] == f"://{parts.netloc}{parts.path}"
    known = parts.scheme in ("http", "https") and text.lower().startswith(parts.scheme)
    if not (whole and known and _HOST.fullmatch(host) and _PATH.fullmatch(parts.path)):
        return None
    usual = {"http": 80, "https": 443}[parts.scheme]
    shown = host.lower() if port in (None, usual) else f"{host.lower()}:{port}"
    return f"{parts.scheme}://{shown}{parts.path.rstrip('/')}"


def parse_host(text: str) -> str | None:
    """A host's name or IP address, without a port; None if the text is neither.

    A name is in lower case, an IPv6 address in its shortest form; it may be given in brackets.
    """
    bare = text.removeprefix("[").removesuffix("]")
    try:
        return str(ip_address(bare))
    except ValueError:
        name = text.lower().removesuffix(".")
        return name if _HOST.fullmatch(name) and name[0] != "[" else None
