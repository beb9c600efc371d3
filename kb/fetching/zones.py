"""Whose network an address is in, so that a server elsewhere cannot send us into ours.

An editor may fetch from an intranet, or from a server on the same machine, by naming it. A redirect may
not lead there from elsewhere: it could make the machine reveal what only the machine may ask for, such as
the credentials that a cloud gives it at 169.254.169.254.
"""

from __future__ import annotations

from enum import Enum
from ipaddress import IPv4Address, IPv6Address, IPv6Network, ip_address

__all__ = ["Zone", "may_redirect", "zone_of_host", "zone_of_peer"]


class Zone(Enum):
    """The public network, a private network, this machine, and link-local addresses (RFC 3927)."""

    PUBLIC = "public"
    PRIVATE = "private"
    THIS_MACHINE = "this machine"
    LINK = "link"


_NAT64 = IPv6Network("64:ff9b::/96")
"""The last four bytes are an IPv4 address (RFC 6052)."""

_FURTHER: dict[Zone, frozenset[Zone]] = {
    Zone.PUBLIC: frozenset({Zone.PUBLIC}),
    Zone.PRIVATE: frozenset({Zone.PUBLIC, Zone.PRIVATE}),
    Zone.THIS_MACHINE: frozenset({Zone.PUBLIC, Zone.PRIVATE, Zone.THIS_MACHINE}),
    Zone.LINK: frozenset({Zone.PUBLIC, Zone.LINK}),
}


def may_redirect(origin: Zone, target: Zone) -> bool:
    """Whether a host in the zone that the editor named may redirect to one in another zone."""
    return target in _FURTHER[origin]


def zone_of_peer(address: str) -> Zone:
    """The zone of a numeric address, as sockets give it. Raises ValueError."""
    numeric = _inner(ip_address(address.partition("%")[0]))
    if numeric.is_loopback or numeric.is_unspecified:  # connecting to 0.0.0.0 reaches this machine
        return Zone.THIS_MACHINE
    if numeric.is_link_local:
        return Zone.LINK
    return Zone.PUBLIC if numeric.is_global and not numeric.is_multicast else Zone.PRIVATE


def zone_of_host(host: str) -> Zone:
    """The zone of a host that a proxy connects to: only its name is known here."""
    name = host.rstrip(".").lower()
    if name == "localhost" or name.endswith(".localhost"):
        return Zone.THIS_MACHINE
    try:
        return zone_of_peer(name)
    except ValueError:
        return Zone.PUBLIC


def _inner(address: IPv4Address | IPv6Address) -> IPv4Address | IPv6Address:
    """The IPv4 address inside an IPv6 address, if there is one; otherwise the address itself."""
    match address:
        case IPv6Address(ipv4_mapped=IPv4Address() as inner) | IPv6Address(sixtofour=IPv4Address() as inner):
            return inner
        case IPv6Address() if address in _NAT64:
            return IPv4Address(int(address) & 0xFFFFFFFF)
        case _:
            return address
