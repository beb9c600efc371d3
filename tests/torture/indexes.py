"""The indexes to torture: their content in several states, and the answers that each must give."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

from index.engines.whoosh.indexing.sweep import readable
from kb.collection.loader import load
from kb.settings import shipped_content
from tests.index.engines.whoosh.test_power_cuts import CONTENTS, Answers, answers, expected, write_content
from tests.kb.folders import interchange

__all__ = ["Built", "large_content", "leftovers", "states"]

STATES = len(CONTENTS)


@dataclass(frozen=True, slots=True)
class Built:
    """An index and the folders of its content, one for each state."""

    index: Path
    contents: tuple[Path, ...]

    def answers_of(self, *numbers: int) -> list[Answers]:
        """What the index may answer if its content is in one of these states."""
        return [expected(number) for number in numbers]

    def says(self) -> Answers | None:
        return answers(self.index)


def states(folder: Path) -> Built:
    """States of content that differ in their documents; nothing is built yet."""
    contents = tuple(folder / f"content-{number}" for number in range(STATES))
    for number, content in enumerate(contents):
        write_content(content, number)
    return Built(folder / "index", contents)


def leftovers(index: Path) -> set[str]:
    """Files of the index that no table of contents lists, and generations beyond the second."""
    tables = readable(index)
    named = {f"generation-{table.generation}.toc" for table in tables}
    named |= {name for table in tables for entry in table.segments for name in entry.files()}
    ours = {path.name for path in index.iterdir() if path.name.startswith(("MAIN", "generation-"))}
    unfinished = {path.name for path in index.glob("*.new")}
    return ours - named | unfinished | ({"a third generation"} if len(tables) > 2 else set())


def large_content(folder: Path, passages: int) -> Path:
    """Content with `passages` passages: those of the shipped text repeated, but no two alike."""
    texts = [passage.text for passage in load([shipped_content()]).all_passages()]
    size = 200
    documents = [{"id": f"r{at}", "title": f"Report {at}"} for at in range(-(-passages // size))]
    made = (
        {
            "document": f"r{at // size}",
            "id": f"p{at % size}",
            "locator": f"para {at % size}",
            "text": f"{texts[at % len(texts)]} {texts[at * 7 % len(texts)]} (Case {at}.)",
        }
        for at in range(passages)
    )
    return interchange(folder, documents, made)
