"""The results as Markdown."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence

from tests.bench import page_tables
from tests.bench.bars import verdicts
from tests.bench.page_tables import Results, differences, or_none, table, three
from tests.bench.scale.table import tables

__all__ = ["markdown"]


def markdown(results: Results, plots: Mapping[str, str]) -> str:
    """The tables of all parts that were measured, then the plots, given as titles by file name."""
    parts = ["# Measured", _conditions(results), _bars(results)]
    for name, (title, write) in _SECTIONS.items():
        if results.get(name):
            parts += [f"## {title}", *write(results)]
    parts += ["## Plots"] if plots else []
    parts += [f"![{title}]({name})" for name, title in plots.items()]
    return "\n\n".join(parts) + "\n"


def _conditions(results: Results) -> str:
    collection, machine = results["collection"], results["machine"]
    with_versions = ", ".join(f"{name} {number}" for name, number in results["versions"].items())
    return (
        f"{collection['passages']:,} passages in {collection['documents']:,} documents, "
        f"{collection['text_mb']:.1f} MB of text; {collection['questions']:,} distinct queries. "
        f"{machine['cores']} cores ({machine['processor']}), {machine['memory']}, {machine['system']}, "
        f"{machine['day']}. {with_versions}. Each query is timed three times; its median counts."
    )


_BARS_FROM = 50_000
_SMALL = "The bars are set for 100,000 passages; a collection this small says little about them."


def _bars(results: Results) -> str:
    rows = [(each.bar.name, each.bar.target, each.figure, each.verdict) for each in verdicts(results)]
    bars = table(("bar", "wanted", "measured", ""), rows)
    return f"{_SMALL}\n\n{bars}" if results["collection"]["passages"] < _BARS_FROM else bars


def _build(results: Results) -> Iterator[str]:
    rows = [
        (name, f"{found['wall_s']:.1f}", or_none(found["cpu_s"]), f"{found['passages_per_s']:,.0f}",
         or_none(found.get("peak_mb")), f"{found['index_mb']:.1f}")
        for name, found in results["build"].items()
    ]  # fmt: skip
    yield _BUILD_NOTE
    yield table(("engine", "s", "CPU s", "passages/s", "peak memory MB", "index MB"), rows)


_BUILD_NOTE = (
    "Ours is all of `kb build`: starting, reading, checking, analysing, indexing, publishing. Peers are "
    "timed only while they index words that were analysed beforehand."
)


def _quotations(results: Results) -> Iterator[str]:
    found = results["quotations"]
    yield _QUOTATIONS_NOTE
    rows = [
        (each["collection"], each["kind"], f"{each['asked']:,}", f"{each['right']:,}", *three(each))
        for each in found["kinds"]
    ]
    yield table(("collection", "kind", "asked", "right", "p50 ms", "p95", "slowest"), rows)
    pasted = [
        (each["kind"], f"{each['characters']:,}", each["quotations"], f"{each['s']:.2f}")
        for each in found["pasted"]
    ]
    yield table(("pasted text of", "characters", "quotations", "s"), pasted)
    wrong = [(each["collection"], each["kind"], one) for each in found["kinds"] for one in each["wrong"]]
    if wrong:
        yield "Wrong verdicts:"
        yield table(
            ("collection", "kind", "verdict", "changes", "quotation"),
            [
                (name, kind, one["verdict"], _changes(one["changes"]), f"`{' '.join(one['text'].split())}`")
                for name, kind, one in wrong
            ],
        )


_QUOTATIONS_NOTE = (
    "True: 6 to 60 words of a passage, unchanged or with other quotation marks and dashes, another case of "
    "the first letter, line breaks within words, an ellipsis or brackets; right means verbatim, with that "
    "passage among those listed. Changed: 12 to 60 words, one in eight of them replaced, misspelt, omitted "
    "or added, three at most; right means nearly, with exactly these changes marked. Shuffled: 6 to 60 "
    "words; right means anything but verbatim."
)


def _changes(changes: Sequence[Sequence[str]]) -> str:
    return ", ".join(f"{true or '(nothing)'} → {written or '(nothing)'}" for written, true in changes)


def _edit(results: Results) -> Iterator[str]:
    rows = [
        (
            form,
            f"{found['documents']:,}",
            *(f"{found[part]:.2f}" for part in ("whole_s", "one_edit_s", "nothing_changed_s")),
        )
        for form, found in results["edit"].items()
    ]
    yield table(("form", "documents", "whole build s", "after one edit s", "nothing changed s"), rows)


def _agreement(results: Results) -> Iterator[str]:
    rows = [
        (
            name,
            f"{found['asked']:,}",
            f"{found['agree']:,}",
            len(found["facets_differ"]),
            ", ".join(found["not_offered"]),
        )
        for name, found in results["agreement"].items()
    ]
    yield table(("peer", "asked", "equal counts", "facets that differ", "not offered"), rows)
    odd = [(name, each) for name, found in results["agreement"].items() for each in found["differences"]]
    if odd:
        yield differences(odd)


def _opensearch(results: Results) -> Iterator[str]:
    yield from tables(results["opensearch"])


_SECTIONS: Mapping[str, tuple[str, Callable[[Results], Iterator[str]]]] = {
    "pages": ("Search pages", page_tables.pages),
    "engine": ("Engines alone, common words", page_tables.engine),
    "first": ("A new process", page_tables.first),
    "quotations": ("Checking quotations", _quotations),
    "build": ("Building", _build),
    "edit": ("Building again", _edit),
    "growth": ("Growth", page_tables.growth),
    "http": ("Pages over HTTP beside bare answers of SQLite FTS5", page_tables.http),
    "load": ("Over HTTP", page_tables.load),
    "browser": ("In a browser, with a quarter of the processor", page_tables.browser),
    "break": ("Attempts to break it", page_tables.broken),
    "opensearch": ("On a cluster", _opensearch),
    "agreement": ("Agreement", _agreement),
}
