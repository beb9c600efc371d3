"""UTF-16 and UTF-32 without a byte order mark, recognised by the position of their zero bytes."""

from __future__ import annotations

from collections.abc import Iterator

__all__ = ["unmarked_unicode"]

SAMPLE_BYTES = 65_536
MIN_LEAD = 4
"""How many times more zero bytes the odd positions must have than the even ones, or the reverse."""

MIN_PRINTABLE = 0.97
_BREAKS = "\t\n\r\f\x0b\x85\u2028\u2029"


def unmarked_unicode(data: bytes) -> str:
    """The encoding of a text that has zero bytes, if they are those of UTF-16 or UTF-32; else ""."""
    sample = data[: min(SAMPLE_BYTES, len(data) - len(data) % 4)]
    if b"\0" not in sample:
        return ""
    return next((name for name in _candidates(sample) if _is_text(sample, name)), "")


def _candidates(sample: bytes) -> Iterator[str]:
    zeros = [sample[start::4].count(0) for start in range(4)]
    quarter = len(sample) // 4
    if min(zeros[2:]) == quarter and zeros[0] < quarter:
        yield "utf-32-le"
    if min(zeros[:2]) == quarter and zeros[3] < quarter:
        yield "utf-32-be"
    low, high = zeros[0] + zeros[2], zeros[1] + zeros[3]
    if high > MIN_LEAD * low:
        yield "utf-16-le"
    if low > MIN_LEAD * high:
        yield "utf-16-be"


def _is_text(sample: bytes, name: str) -> bool:
    try:
        text = sample.decode(name)
    except UnicodeDecodeError as exc:
        if exc.start < len(sample) - 4:  # half a character at the end of the sample is not the text's fault
            return False
        text = sample[: exc.start].decode(name)
    shown = sum(one.isprintable() or one in _BREAKS for one in text)
    return bool(text) and shown >= MIN_PRINTABLE * len(text)
