"""The hosts that the site answers to; a request for any other is refused.

A site that answers to every name can be read by other people's pages, if they point a name of theirs at this
computer (DNS rebinding), and a cache on the way can be made to keep a page whose links lead to them. No name
of theirs is ever `localhost` or a loopback address, so those always count as known.
"""

from __future__ import annotations

from dataclasses import dataclass
from ipaddress import IPv4Address, IPv6Address, ip_address
from urllib.parse import urlsplit

from werkzeug.exceptions import HTTPException

from kb.settings import Settings

__all__ = ["ANY_HOST", "KnownHosts", "Misdirected", "host_name", "is_address"]


class Misdirected(HTTPException):
    """A request for a host that this site does not answer to (RFC 9110, 15.5.20)."""

    code = 421
    description = "misdirected"


@dataclass(frozen=True, slots=True)
class KnownHosts:
    """The hosts of a site besides that of its base URL: names without a port, as `host_name` returns them.

    `only_local` is for a server that listens to this computer alone: without a base URL it answers only to
    this computer's own names.
    """

    named: frozenset[str] = frozenset()
    only_local: bool = False

    @classmethod
    def of(cls, settings: Settings) -> KnownHosts:
        """The hosts in the settings. A proxy on this computer may pass on requests from elsewhere."""
        return cls(frozenset(settings.hosts), _is_loopback(settings.listen) and not settings.proxies)

    def knows(self, host: str, base_url: str) -> bool:
        """Whether a request for this host is answered; any is if there is nothing to compare it with."""
        if not (base_url or self.named or self.only_local):
            return True
        name = host_name(host)
        return name in self.named or _is_loopback(name) or (name == host_name(urlsplit(base_url).netloc))


ANY_HOST = KnownHosts()
"""For a site that was given no hosts, and perhaps no base URL."""


def host_name(host: str) -> str:
    """A host in lower case without its port; an IPv6 address is in its shortest form, without brackets."""
    if host.startswith("["):
        name = host[1:].partition("]")[0]
        return str(_address(name) or name).lower()
    return host.partition(":")[0].lower().removesuffix(".")


def is_address(host: str) -> bool:
    """Whether the host is an IP address, which nobody can point elsewhere as they can a name."""
    return _address(host_name(host)) is not None


def _is_loopback(name: str) -> bool:
    address = _address(name)
    return name == "localhost" or (address is not None and address.is_loopback)


def _address(name: str) -> IPv4Address | IPv6Address | None:
    try:
        return ip_address(name)
    except ValueError:
        return None
