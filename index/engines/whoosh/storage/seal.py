"""Sealed files: their bytes, then the SHA-256 of these in hexadecimal and a line feed."""

from __future__ import annotations

from hashlib import sha256

__all__ = ["SEAL_BYTES", "SealBroken", "digest", "sealed", "unsealed"]

SEAL_BYTES = 65


class SealBroken(ValueError):
    """The file is truncated or changed, or was never sealed."""


def digest(data: bytes) -> str:
    """The SHA-256 in hexadecimal."""
    return sha256(data).hexdigest()


def sealed(data: bytes) -> bytes:
    """The data with its seal."""
    return data + digest(data).encode() + b"\n"


def unsealed(data: bytes) -> bytes:
    """The data without its seal. Raises SealBroken."""
    whole = data[:-SEAL_BYTES]
    if sealed(whole) != data:
        raise SealBroken
    return whole
