"""From thousands of small files to an index: how long each command takes, and how much memory it uses.

python -m tests.bench.adding [FILES [PARAGRAPHS]]   # 4,000 of 25 each; 1,500 of 100 are 150,000 passages

The files are PDF, DOCX, HTML, ODT, Markdown and text with varied words. `kb add` is run
again when all of them are unchanged; then come `kb accept --all`, `kb check` and `kb build`.
"""

from __future__ import annotations

import re
import resource
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterator, Sequence
from pathlib import Path
from random import Random

from tests.bench.memory import anonymous_mb
from tests.kb.importers.good_files import html_page, odt_text, paragraphs, word_text
from tests.kb.importers.pdf.made_pdf import lines, pdf
from tests.pages import ROOT
from tests.torture.processes import descendants

__all__ = ["made_files"]

FILES, PARAGRAPHS = 4_000, 25
PARAGRAPHS_A_PAGE = 25
SECONDS_BETWEEN_LOOKS = 0.5
MakeFile = Callable[[str, Sequence[str]], bytes]
_KINDS: dict[str, MakeFile] = {
    "pdf": lambda title, texts: pdf(*(_page(title, some) for some in _pages(texts))),
    "docx": word_text,
    "html": html_page,
    "odt": odt_text,
    "md": lambda title, texts: f"# {title}\n\n{paragraphs(texts)}\n".encode(),
    "txt": lambda title, texts: f"{title.upper()}\n\n{paragraphs(texts)}\n".encode(),
}


def _pages(texts: Sequence[str]) -> Iterator[list[tuple[int, str]]]:
    numbered = list(enumerate(texts, 1))
    for start in range(0, len(numbered), PARAGRAPHS_A_PAGE):
        yield numbered[start : start + PARAGRAPHS_A_PAGE]


def _page(title: str, texts: Sequence[tuple[int, str]]) -> str:
    rows = [(f"{number}. {text}", 72, 740 - 24 * row, 9) for row, (number, text) in enumerate(texts, 1)]
    return lines(*([(title, 72, 770, 16)] if texts[0][0] == 1 else []), *rows)


def made_files(folder: Path, count: int, paragraphs_each: int = PARAGRAPHS, seed: int = 1) -> None:
    """Files of every kind in turn; a tenth share a name, each in a folder of its own."""
    random = Random(seed)  # noqa: S311
    words = re.findall(r"[a-z]{2,}", (ROOT / "content/sources/bali-process-symposium-2015.txt").read_text())
    for number in range(count):
        kind = [*_KINDS][number % len(_KINDS)]
        place = folder / f"{number:05}" if number % 10 == 0 else folder
        place.mkdir(parents=True, exist_ok=True)
        name = "report" if number % 10 == 0 else f"report-{number:05}"
        texts = [" ".join(random.choices(words, k=random.randrange(8, 18))) for _ in range(paragraphs_each)]
        title = f"Report on {' '.join(random.choices(words, k=3))}"
        (place / f"{name}.{kind}").write_bytes(
            _KINDS[kind](title, [f"{text.capitalize()}." for text in texts])
        )


def main(count: int, paragraphs_each: int = PARAGRAPHS) -> None:
    with tempfile.TemporaryDirectory() as folder:
        files, content = Path(folder) / "files", Path(folder) / "content"
        made_files(files, count, paragraphs_each)
        subprocess.run([sys.executable, "-m", "kb", "init", content], check=True, stdout=subprocess.DEVNULL)
        index = Path(folder) / "index"
        for words in (
            ["add", files],
            ["add", files],
            ["accept", "--all"],
            ["check"],
            ["build", "--index", index],
        ):
            _timed([*map(str, words), "--content", str(content)])
        counted = sum(file.read_text().count("{: #") for file in (content / "documents").iterdir())
        print(f"{counted:,} passages")


def _timed(words: Sequence[str]) -> None:
    before, began = _children_cpu(), time.monotonic()
    own, theirs = [0.0], [0.0]
    with tempfile.TemporaryFile("w+", encoding="utf-8") as output:
        process = subprocess.Popen(
            [sys.executable, "-m", "kb", *words], stdout=output, stderr=subprocess.STDOUT, cwd=ROOT
        )
        while process.poll() is None:
            time.sleep(SECONDS_BETWEEN_LOOKS)
            own.append(anonymous_mb(process.pid) or 0.0)
            theirs += [anonymous_mb(each) or 0.0 for each in descendants(process.pid)]
        output.seek(0)
        last = (output.read().strip().splitlines() or ["nothing said"])[-1]
    quarters = ", ".join(f"{own[len(own) * part // 4]:.0f}" for part in (1, 2, 3))
    print(
        f"kb {words[0]}: {time.monotonic() - began:.0f} s, {_children_cpu() - before:.0f} s of CPU; {last}\n"
        f"  the command held {quarters} MB after 1/4, 1/2, 3/4 of the time, at most {max(own):.0f} MB; "
        f"a process that reads at most {max(theirs):.0f} MB",
        flush=True,
    )


def _children_cpu() -> float:
    used = resource.getrusage(resource.RUSAGE_CHILDREN)
    return used.ru_utime + used.ru_stime


if __name__ == "__main__":
    main(*(map(int, sys.argv[1:]) if len(sys.argv) > 1 else (FILES,)))
