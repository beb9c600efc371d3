"""Hostile files are imported if harmless, else refused in one line; nothing they name is followed."""

from __future__ import annotations

import random
import socket
import threading
from collections import Counter
from collections.abc import Generator, Iterable, Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from unittest.mock import patch

from kb.cli.documents import adding
from kb.editing.acceptance import draft_faults, draft_paths
from kb.errors import SourceUnreadable
from kb.files.durable import NEW
from kb.importers.draft import ImportDraft
from kb.importers.reading import process
from kb.importers.reading.pool import Outcome, read_drafts
from tests.torture.importing.bombs import BOMBS
from tests.torture.importing.mutations import MARK, mutation
from tests.torture.importing.watched_program import PROGRAM
from tests.torture.programs import quietly
from tests.torture.trial import Trial

__all__ = ["CRASHES", "canaries", "hostile_files", "mutated_files", "read_watched", "what_is_wrong"]

MUTATIONS, A_ROUND = 2_000, 500
SECRET = "The words of the canary, which no file may give away."  # noqa: S105
SHARED = Path(__file__).parents[4] / "shared" / "import" / "documents" / "hostile"
"""Hostile files of others, where they are at hand."""

CRASHES = {"reading-ended", "reading-failed"}
"""A reader raised what it should not, or its process died."""

_TOO_MUCH = {"reading-takes-long", "reading-takes-memory"}
"""A refusal, but a few kilobytes should not get that far."""


def mutated_files(trial: Trial) -> None:
    """Valid files with bits flipped and parts cut and spliced."""
    said: Counter[str] = Counter()
    with canaries(trial.folder) as (path, address, visitors):
        for number in trial.rounds(MUTATIONS // A_ROUND):
            folder = trial.folder / f"round-{number}"
            files = list(_mutations(folder, trial.chance, path, address))
            outcomes: dict[Path, Outcome] = {}
            for wrong in kept_wrongly(folder / "content", files, outcomes):
                trial.check(False, wrong)
            said["the same as another"] += len(files) - len(outcomes)
            for file, outcome in outcomes.items():
                said["imported" if isinstance(outcome, ImportDraft) else "refused"] += 1
                wrong = what_is_wrong(outcome, CRASHES | _TOO_MUCH)
                trial.check(not wrong, f"{file.name}, {file.read_bytes()[:200]!r}: {wrong}")
        trial.check(not visitors, f"{len(visitors)} connections to an address in a file")
    trial.note = ", ".join(f"{count:,} {what}" for what, count in sorted(said.items()))


def hostile_files(trial: Trial) -> None:
    """Files made to exhaust resources, or to make a reader follow them elsewhere."""
    with canaries(trial.folder) as (path, address, visitors):
        files = []
        for name, make in BOMBS.items():
            files.append(trial.folder / name)
            files[-1].write_bytes(make(path, address))
        files += sorted(SHARED.iterdir()) if SHARED.is_dir() else []
        for file, outcome in read_watched(files):
            wrong = what_is_wrong(outcome, CRASHES)
            trial.check(not wrong, f"{file.name}: {wrong}")
        trial.check(not visitors, f"{len(visitors)} connections to an address in a file")
    trial.note = f"{len(BOMBS)} bombs of our own, {len(files) - len(BOMBS)} files of others"


def read_watched(files: Iterable[Path]) -> Iterator[tuple[Path, Outcome]]:
    """Like `read_drafts`, in processes that end if they touch anything else."""
    with patch.object(process, "_PROGRAM", PROGRAM):
        yield from read_drafts(files)


def what_is_wrong(outcome: Outcome, codes: set[str]) -> str:
    """What is wrong with a reader's answer; empty if it is fine."""
    match outcome:
        case ImportDraft():
            leaks = SECRET in " ".join(one.text for one in outcome.passages)
            return "the words of another file are in the draft" if leaks else ""
        case SourceUnreadable(message=message):
            line = str(outcome)
            return line if not message or message.code in codes or len(line.splitlines()) != 1 else ""


def kept_wrongly(content: Path, files: Sequence[Path], outcomes: dict[Path, Outcome]) -> Iterator[str]:
    """Adds the files to a new collection; returns what was left half-written, or is not held to its source.

    They are read once, in watched processes; `outcomes` is filled with what became of each.
    """

    def noted(paths: Iterable[Path]) -> Generator[tuple[Path, Outcome], None, None]:
        for path, outcome in read_watched(paths):
            outcomes[path] = outcome
            yield path, outcome

    quietly("init", content)
    with patch.object(adding, "read_drafts", noted):
        answer = quietly("add", *files, "--content", content)
    if answer.exit_code not in (0, 1) or (answer.exception and not isinstance(answer.exception, SystemExit)):
        yield f"kb add ended with {answer.exception!r}"
    drafts = draft_paths(content)
    if len(drafts) != answer.stdout.count(": added as drafts/"):
        yield "not every draft was reported"
    for path, faults in draft_faults(content, drafts).items():
        yield from (f"{path.name}: {fault}" for fault in faults[:1])
    yield from (f"{path} was left" for path in content.rglob(f"*{NEW}"))


@contextmanager
def canaries(folder: Path) -> Iterator[tuple[str, str, list[object]]]:
    """The path of a file and an address that no reader may follow, and a list of visits to the address."""
    place = Path(f"{folder}{MARK}")
    place.mkdir(parents=True)
    (place / "secret.txt").write_text(SECRET, encoding="utf-8")
    visitors: list[object] = []
    with socket.create_server(("127.0.0.1", 0)) as listening:
        thread = threading.Thread(target=_accept, args=(listening, visitors), daemon=True)
        thread.start()
        yield str(place / "secret.txt"), f"http://127.0.0.1:{listening.getsockname()[1]}{MARK}", visitors
        listening.shutdown(socket.SHUT_RDWR)
        thread.join()


def _accept(listening: socket.socket, visitors: list[object]) -> None:
    try:
        while True:
            visitors.append(listening.accept()[1])
    except OSError:
        return


def _mutations(folder: Path, chance: random.Random, path: str, address: str) -> Iterator[Path]:
    folder.mkdir()
    for number in range(A_ROUND):
        name, data = mutation(chance, path, address)
        (folder / f"{number:03}-{name}").write_bytes(data)
        yield folder / f"{number:03}-{name}"
