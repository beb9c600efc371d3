"""The words of a block as they are gathered from the text of elements, and the paragraphs they make."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field

from kb.importers.blocks import NoteMark
from kb.numbering.labels import label_of

__all__ = ["GatheredWords", "paragraphs"]


@dataclass(slots=True)
class GatheredWords:
    """Text with its white space collapsed as a browser does; the parts are those between line breaks."""

    parts: list[str] = field(default_factory=lambda: [""])
    notes: list[list[NoteMark]] = field(default_factory=lambda: [[]])
    bold_chars: int = 0
    italic_chars: int = 0
    chars: int = 0
    linked_chars: int = 0

    def add(self, text: str, *, bold: bool, italic: bool, linked: bool) -> None:
        words = " ".join(text.split())
        before = self.parts[-1]
        if text[:1].isspace() and before and not before.endswith(" "):
            words = f" {words}"
        if text[-1:].isspace() and words.strip():
            words += " "
        count = len(words.strip())
        self.parts[-1] += words
        self.chars += count
        self.bold_chars += count * bold
        self.italic_chars += count * italic
        self.linked_chars += count * linked

    def refer(self, mark: str) -> None:
        self.notes[-1].append(NoteMark(mark, len(self.parts[-1])))

    def break_line(self) -> None:
        self.parts.append("")
        self.notes.append([])

    @property
    def bold(self) -> bool:
        return self.chars > 0 and self.bold_chars == self.chars

    @property
    def italic(self) -> bool:
        return self.chars > 0 and self.italic_chars == self.chars


def paragraphs(words: GatheredWords) -> Iterator[tuple[str, tuple[NoteMark, ...]]]:
    """The paragraphs of a block, separated by an empty line or where a line begins with a number."""
    text, notes, empty = "", list[NoteMark](), False
    for part, marks in zip(words.parts, words.notes, strict=True):
        line = part.strip()
        if not line:
            empty = True
            continue
        label = label_of(line)
        if text and (empty or (label is not None and label.end < len(line))):
            yield text, tuple(notes)
            text, notes = "", []
        offset = len(text) + bool(text)
        lead = len(part) - len(part.lstrip())
        notes += [NoteMark(one.mark, offset + min(max(one.offset - lead, 0), len(line))) for one in marks]
        text, empty = f"{text} {line}" if text else line, False
    if text:
        yield text, tuple(notes)
