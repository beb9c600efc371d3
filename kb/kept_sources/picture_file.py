"""How a picture's file begins and ends, for code that only passes it on."""

from __future__ import annotations

__all__ = ["PNG_SIGNATURE", "is_png"]

PNG_SIGNATURE = b"\x89PNG\r\n\x1a\n"
_END = b"\x00\x00\x00\x00IEND\xaeB`\x82"


def is_png(data: bytes) -> bool:
    """Whether the bytes are a whole PNG, judging by how they begin and end."""
    return data.startswith(PNG_SIGNATURE) and data.endswith(_END)
