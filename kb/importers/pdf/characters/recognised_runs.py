"""Lines read by OCR as runs of text, with sizes as a typesetter set them, not as the letters measure."""

from __future__ import annotations

from collections.abc import Sequence
from statistics import median

from kb.importers.ocr.word_table import OcrLine
from kb.importers.pdf.characters.text_runs import TextRun

__all__ = ["recognised_runs"]

MAX_SIZE_SHIFT = 0.3
"""The share of the usual size below which differences say nothing: a word's height depends on its letters."""

EMS_A_HEIGHT = 1.3
"""The size of a line beside the usual height of its words: few letters are as high as the line."""

_BELOW_THE_LINE = frozenset("gjpqyçşţ,;()[]{}/ฤฦุู")


def recognised_runs(lines: Sequence[OcrLine]) -> list[TextRun]:
    """One run a line."""
    usual = EMS_A_HEIGHT * median(line.size for line in lines) if lines else 0
    return [_run(line, usual) for line in lines]


def _run(line: OcrLine, usual: float) -> TextRun:
    own = EMS_A_HEIGHT * line.size
    size = usual if abs(own - usual) <= MAX_SIZE_SHIFT * usual else round(own)
    descends = any(character in _BELOW_THE_LINE for character in line.text)
    baseline = line.box.bottom - (0.2 * size if descends else 0)
    return TextRun(
        line.text,
        line.box,
        baseline,
        size,
        broken_word=line.text.endswith("-"),
        start_size=size,
        end_size=size,
    )
