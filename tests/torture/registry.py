"""Every torture, in the order of the table."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from tests.torture.disk import bit_rot, builders, disk_full, ext4, kills, large_kills, power_cuts
from tests.torture.importing import hostile_files
from tests.torture.site import damage, expensive, hostile_pages, requests, slow_clients, soak
from tests.torture.trial import Trial

__all__ = ["TORTURES", "Torture"]


@dataclass(frozen=True, slots=True)
class Torture:
    """A torture, and the seconds after which no further round begins, in a full run and in a sample."""

    run: Callable[[Trial], None]
    seconds: float
    sample_seconds: float


TORTURES: dict[str, Torture] = {
    "power cuts in builds": Torture(power_cuts.power_cuts_in_builds, 300, 40),
    "power cuts in publications": Torture(power_cuts.power_cuts_in_publications, 60, 10),
    "power cuts on ext4": Torture(ext4.power_cuts_on_ext4, 180, 40),
    "bit flips, small index": Torture(bit_rot.flips_in_a_small_index, 240, 30),
    "bit flips, large index": Torture(bit_rot.flips_in_a_large_index, 180, 30),
    "kills of builds": Torture(kills.kills_during_builds, 190, 40),
    "kills of builds, every call": Torture(kills.kills_at_every_call_of_a_build, 240, 40),
    "kills of large builds": Torture(large_kills.kills_during_large_builds, 140, 35),
    "kills of publications": Torture(kills.kills_during_publications, 90, 15),
    "kills of publications, every call": Torture(kills.kills_at_every_call_of_a_publication, 60, 20),
    "files that may not grow": Torture(disk_full.files_that_may_not_grow, 120, 20),
    "full disks": Torture(disk_full.full_disks, 120, 20),
    "three builders": Torture(builders.three_builders, 120, 20),
    "mutated files": Torture(hostile_files.mutated_files, 150, 20),
    "hostile files": Torture(hostile_files.hostile_files, 50, 20),
    "fuzzed requests": Torture(requests.fuzzed_requests, 330, 40),
    "hostile pages": Torture(hostile_pages.hostile_pages, 160, 35),
    "searches while building": Torture(soak.searches_while_building, 180, 35),
    "dying workers": Torture(damage.dying_workers, 60, 15),
    "segments cut short": Torture(damage.segments_cut_short, 90, 15),
    "slow clients": Torture(slow_clients.slow_clients, 120, 30),
    "expensive requests": Torture(expensive.expensive_requests, 120, 30),
}
