"""Where the cluster is and how it is asked, from the settings of a run and the environment."""

from __future__ import annotations

import os
import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from urllib.parse import urlsplit

from index.english import ENGLISH
from kb.errors import BadRequest
from kb.messages import Message

__all__ = ["ClusterSettings", "node_urls"]

_SITE = re.compile(r"[a-z0-9](?:[a-z0-9_]{0,38}[a-z0-9])?")
_MAX_SHARDS = 1_024


@dataclass(frozen=True, slots=True)
class ClusterSettings:
    """How a cluster is reached.

    `urls` are those of its nodes; `site` names the collection on it, so that several can share it;
    `authority` is a file of certificates to trust. `shards` is 0 where their number follows the
    collection's size. What proves who is asking is in no text made of these.
    """

    urls: tuple[str, ...]
    site: str = "main"
    user: str = field(default="", repr=False)
    password: str = field(default="", repr=False)
    api_key: str = field(default="", repr=False)
    authority: str = ""
    shards: int = 0

    @classmethod
    def read(cls, urls: str = "", environ: Mapping[str, str] = os.environ) -> ClusterSettings:
        """The settings of the environment; `urls` are separated by spaces or commas.

        Raises BadRequest for a value that cannot be used; it never repeats a secret.
        """
        given = {name: environ.get(name, "").strip() for name in _NAMES}
        return cls(
            node_urls(urls or given["KB_OPENSEARCH_URL"]),
            _site(given["KB_OPENSEARCH_SITE"] or "main"),
            given["KB_OPENSEARCH_USER"],
            given["KB_OPENSEARCH_PASSWORD"],
            given["KB_OPENSEARCH_API_KEY"],
            given["KB_OPENSEARCH_CA"],
            _shards(given["KB_OPENSEARCH_SHARDS"]),
        )

    @property
    def alias(self) -> str:
        """The name that always means the generation served."""
        return f"kb-{self.site}"


_NAMES = (
    *("KB_OPENSEARCH_URL", "KB_OPENSEARCH_SITE", "KB_OPENSEARCH_SHARDS", "KB_OPENSEARCH_CA"),
    *("KB_OPENSEARCH_USER", "KB_OPENSEARCH_PASSWORD", "KB_OPENSEARCH_API_KEY"),
)


def node_urls(text: str) -> tuple[str, ...]:
    """The URLs of nodes; raises BadRequest for anything else, and for one that holds a password."""
    urls = tuple(text.replace(",", " ").split())
    if not urls:
        raise BadRequest("KB_OPENSEARCH_URL", Message("cluster-not-named"), ENGLISH)
    for url in urls:
        _require_node(url)
    return urls


def _require_node(url: str) -> None:
    try:
        parts = urlsplit(url)
        known = parts.scheme in ("http", "https") and bool(parts.hostname) and parts.port != 0
    except ValueError:
        known = False
    if not known:
        raise BadRequest("KB_OPENSEARCH_URL", Message("not-a-node"), ENGLISH)
    if parts.username is not None or parts.password is not None:
        raise BadRequest("KB_OPENSEARCH_URL", Message("secret-in-url"), ENGLISH)


def _site(text: str) -> str:
    if not _SITE.fullmatch(text):
        raise BadRequest("KB_OPENSEARCH_SITE", Message("bad-site-name", value=text[:40]), ENGLISH)
    return text


def _shards(text: str) -> int:
    if text and not (text.isascii() and text.isdigit() and len(text) < 5 and 0 < int(text) <= _MAX_SHARDS):
        raise BadRequest(
            "KB_OPENSEARCH_SHARDS", Message("bad-shard-count", value=text[:40], limit=_MAX_SHARDS), ENGLISH
        )
    return int(text or 0)
