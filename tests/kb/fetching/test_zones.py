"""A redirect from outside must not lead into a local network."""

from __future__ import annotations

import pytest

from kb.fetching.zones import Zone, may_redirect, zone_of_host, zone_of_peer
from tests.tables import table


@table(
    ("address", "zone"),
    [
        ("93.184.215.14", Zone.PUBLIC),
        ("2606:2800:21f:cb07:6820:80da:af6b:8b2c", Zone.PUBLIC),
        ("10.1.2.3", Zone.PRIVATE),
        ("192.168.0.1", Zone.PRIVATE),
        ("100.100.100.200", Zone.PRIVATE),
        ("fd00:ec2::254", Zone.PRIVATE),
        ("224.0.0.1", Zone.PRIVATE),
        ("127.8.8.8", Zone.THIS_MACHINE),
        ("0.0.0.0", Zone.THIS_MACHINE),  # noqa: S104
        ("::1", Zone.THIS_MACHINE),
        ("::ffff:127.0.0.1", Zone.THIS_MACHINE),
        ("2002:7f00:1::", Zone.THIS_MACHINE),
        ("169.254.169.254", Zone.LINK),
        ("fe80::1%eth0", Zone.LINK),
        ("64:ff9b::a9fe:a9fe", Zone.LINK),
    ],
)
def test_an_address_is_in_a_zone_however_it_is_written(address: str, zone: Zone) -> None:
    assert zone_of_peer(address) is zone
    assert zone_of_host(address) is zone


@pytest.mark.parametrize(
    ("host", "zone"),
    [("localhost", Zone.THIS_MACHINE), ("a.LOCALHOST.", Zone.THIS_MACHINE), ("example.org", Zone.PUBLIC)],
)
def test_behind_a_proxy_only_names_tell(host: str, zone: Zone) -> None:
    assert zone_of_host(host) is zone


def test_each_zone_leads_to_the_public_and_to_itself() -> None:
    for zone in Zone:
        assert may_redirect(zone, Zone.PUBLIC)
        assert may_redirect(zone, zone)


@pytest.mark.parametrize(
    ("origin", "target"),
    [
        (Zone.PUBLIC, Zone.PRIVATE),
        (Zone.PUBLIC, Zone.THIS_MACHINE),
        (Zone.PUBLIC, Zone.LINK),
        (Zone.PRIVATE, Zone.THIS_MACHINE),
        (Zone.PRIVATE, Zone.LINK),
        (Zone.THIS_MACHINE, Zone.LINK),
    ],
)
def test_no_zone_leads_further_in(origin: Zone, target: Zone) -> None:
    assert not may_redirect(origin, target)
