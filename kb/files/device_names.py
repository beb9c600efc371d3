"""Names that Windows reserves for devices: no file there can have one, whatever its ending."""

from __future__ import annotations

import unicodedata

__all__ = ["is_device_name"]

_DEVICES = frozenset(
    (
        "con",
        "prn",
        "aux",
        "nul",
        "conin$",
        "conout$",
        *(f"{port}{at}" for port in ("com", "lpt") for at in range(10)),
    )
)


def is_device_name(name: str) -> bool:
    """Whether a name up to its first full stop is that of a device: `CON`, `aux.report.txt`, `com¹.txt`.

    Source: Microsoft, “Naming Files, Paths, and Namespaces”.
    """
    stem = unicodedata.normalize("NFKC", name.partition(".")[0])
    return stem.rstrip().lower() in _DEVICES
