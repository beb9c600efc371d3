"""Readers search without pause while the index is rebuilt again and again."""

from __future__ import annotations

import json
import random
import threading
from dataclasses import dataclass, field
from http.client import HTTPConnection, HTTPException

from tests.engines import open_engine
from tests.index.engines.whoosh.test_power_cuts import CONTENTS
from tests.torture.indexes import STATES, Built, states
from tests.torture.programs import build, run, serving
from tests.torture.trial import Trial

__all__ = ["searches_while_building"]

THREADS = 3


@dataclass(slots=True)
class _Soak:
    """What was answered: the generation, the document searched for, how many passages, their sizes."""

    answers: list[tuple[str, str, int, tuple[str, ...]]] = field(default_factory=list)
    missing: list[str] = field(default_factory=list)
    over: bool = False


def searches_while_building(trial: Trial) -> None:
    """Every answer is complete, and that of the generation it names."""
    built, soak = states(trial.folder), _Soak()
    made = {_rebuilt(built, 0): 0}
    with serving(built.index) as (port, _):
        seeds = [trial.chance.random() for _ in range(THREADS)]
        readers = [threading.Thread(target=_read, args=(port, soak, seed)) for seed in seeds]
        for reader in readers:
            reader.start()
        for number in trial.rounds():
            content = (number + 1) % STATES
            made[_rebuilt(built, content)] = content
        soak.over = True
        for reader in readers:
            reader.join()
    for answer in soak.answers:
        trial.check(_is_right(answer, made), answer)
    for what in soak.missing:
        trial.check(False, what)
    trial.note = f"{len(made)} generations"


def _rebuilt(built: Built, content: int) -> str:
    """Builds the index and returns the name of the generation."""
    done = run(build(built.contents[content], built.index))
    assert done.returncode == 0, done.stderr
    return open_engine(built.index).snapshot().generation


def _is_right(answer: tuple[str, str, int, tuple[str, ...]], made: dict[str, int]) -> bool:
    generation, document, total, texts = answer
    if generation not in made:
        return False
    content = CONTENTS[made[generation]]
    sizes = {text.split()[-1] for text in texts}
    return total == content.get(document, 0) and sizes <= {str(content.get(document, 0))}


def _read(port: int, soak: _Soak, seed: float) -> None:
    chance = random.Random(seed)  # noqa: S311
    names = sorted({name for content in CONTENTS for name in content})
    connection = HTTPConnection("127.0.0.1", port, timeout=120)
    while not soak.over:
        name = chance.choice(names)
        try:
            connection.request("GET", f"/api/search?q={name}&document={name}&per=50")
            answer = connection.getresponse()
            data = json.loads(answer.read())
            texts = tuple(hit["text"] for hit in data["hits"])
            soak.answers.append((data["generation"], name, data["total"], texts))
        except (OSError, HTTPException, ValueError, KeyError) as exc:
            soak.missing.append(f"{name}: {exc!r}")
            connection.close()
    connection.close()
