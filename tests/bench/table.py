"""The results as Markdown."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from typing import Any

from tests.bench.bars import verdicts
from tests.bench.breaking import BOUND_MS
from tests.bench.over_http import BARE
from tests.bench.scale.table import tables

__all__ = ["markdown"]

Results = Mapping[str, Any]


def markdown(results: Results, plots: Mapping[str, str]) -> str:
    """All tables, a part that was not measured has none; then the plots, titles by file name."""
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


def _table(head: Sequence[str], rows: Iterable[Sequence[object]]) -> str:
    lines = [head, ["---"] * len(head), *rows]
    return "\n".join(f"| {' | '.join(map(str, line))} |" for line in lines)


_BARS_FROM = 50_000
_SMALL = "The bars are set for 100,000 passages; a collection this small says little about them."


def _bars(results: Results) -> str:
    rows = [(each.bar.name, each.bar.target, each.figure, each.verdict) for each in verdicts(results)]
    table = _table(("bar", "wanted", "measured", ""), rows)
    return f"{_SMALL}\n\n{table}" if results["collection"]["passages"] < _BARS_FROM else table


def _pages(results: Results) -> Iterator[str]:
    engines = results["pages"]
    rows = [
        (name, *_three(found["all"]), *_three(found["first"])[:2], ", ".join(found.get("not_offered", ())))
        for name, found in engines.items()
    ]
    head = ("engine", "p50 ms", "p95", "slowest", "asked first: p50", "p95", "not offered")
    yield _table(head, rows)
    yield _BY_KIND
    yield _kinds(engines)


_BY_KIND = "p50 / p95 / slowest by kind of query, in ms:"


def _kinds(engines: Mapping[str, Any]) -> str:
    rows = [
        (
            kind,
            *(
                " / ".join(_three(found["kinds"][kind])) if kind in found["kinds"] else ""
                for found in engines.values()
            ),
        )
        for kind in engines["kb"]["kinds"]
    ]
    return _table(("kind", *engines), rows)


def _three(times: Mapping[str, float]) -> tuple[str, str, str]:
    return _ms(times["p50"]), _ms(times["p95"]), _ms(times["max"])


def _ms(value: float) -> str:
    return f"{value:.2f}" if value < 10 else f"{value:,.0f}"


def _engine(results: Results) -> Iterator[str]:
    rows = [
        (name, *_three(found["page"]), *_three(found["top"])) for name, found in results["engine"].items()
    ]
    yield _table(
        ("engine", "top 10 and four facets: p50 ms", "p95", "slowest", "top 10: p50 ms", "p95", "slowest"),
        rows,
    )


def _build(results: Results) -> Iterator[str]:
    rows = [
        (name, f"{found['wall_s']:.1f}", _or_none(found["cpu_s"]), f"{found['passages_per_s']:,.0f}",
         _or_none(found.get("peak_mb")), f"{found['index_mb']:.1f}")
        for name, found in results["build"].items()
    ]  # fmt: skip
    yield _BUILD_NOTE
    yield _table(("engine", "s", "CPU s", "passages/s", "peak memory MB", "index MB"), rows)


_BUILD_NOTE = (
    "Ours is all of `kb build`: starting, reading, checking, analysing, indexing, publishing. Peers are "
    "timed only while they index words that were analysed beforehand."
)


def _or_none(value: float | None) -> str:
    return "" if value is None else f"{value:,.1f}"


def _first(results: Results) -> Iterator[str]:
    first = results["first"]
    yield (
        f"Opening {first['open_ms']:.0f} ms, first search {first['search_ms']:.0f} ms, then the "
        f"application and its first page {first['page_ms']:.0f} ms. Medians of {first['processes']} runs."
    )


def _quotations(results: Results) -> Iterator[str]:
    found = results["quotations"]
    yield _QUOTATIONS_NOTE
    rows = [
        (each["collection"], each["kind"], f"{each['asked']:,}", f"{each['right']:,}", *_three(each))
        for each in found["kinds"]
    ]
    yield _table(("collection", "kind", "asked", "right", "p50 ms", "p95", "slowest"), rows)
    pasted = [
        (each["kind"], f"{each['characters']:,}", each["quotations"], f"{each['s']:.2f}")
        for each in found["pasted"]
    ]
    yield _table(("pasted text of", "characters", "quotations", "s"), pasted)
    wrong = [(each["collection"], each["kind"], one) for each in found["kinds"] for one in each["wrong"]]
    if wrong:
        yield "Wrong verdicts:"
        yield _table(
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
    yield _table(("form", "documents", "whole build s", "after one edit s", "nothing changed s"), rows)


def _growth(results: Results) -> Iterator[str]:
    steps = results["growth"]
    names = list(steps[0]["engines"])
    rows = [
        (
            f"{step['passages']:,}",
            f"{step['matches']:,.0f}",
            *(_ms(step["engines"][name]["p50"]) for name in names),
        )
        for step in steps
    ]
    yield _table(("passages", "matches, median", *(f"{name}: page p50 ms" for name in names)), rows)


def _http(results: Results) -> Iterator[str]:
    found = results["http"]
    yield _HTTP_NOTE.format(asked=found["asked"], rate=found["from_text_per_s"])
    rows = [
        (name, *_three(each["all"]), _ms(found["cpu_ms"][name])) for name, each in found["engines"].items()
    ]
    yield _table(("", "p50 ms", "p95", "slowest", "on a processor, mean"), rows)
    yield _BY_KIND
    yield _kinds(found["engines"])
    slowest = [
        (f"`{each['text']}`", each["kind"], _ms(each["ms"]), _ms(each["bare_ms"]), f"{each['hits']:,}")
        for each in found["slowest"]
    ]
    yield _table(("slowest page", "kind", "ms", "bare answer ms", "hits"), slowest)
    if found["differences"]:
        yield _differences((BARE, each) for each in found["differences"])


_HTTP_NOTE = (
    "{asked} distinct queries, each asked once: the whole page from a server of one worker, over one "
    "connection, in turn with the count, the ten best and their snippets from SQLite FTS5 in the "
    "client's own process. "
    "Every seventh has a theme filter. From the texts alone FTS5 indexes {rate:,.0f} passages a second."
)


def _load(results: Results) -> Iterator[str]:
    rows = [
        (name, f"{found['per_s']:,.0f}", *_three(found), _ms(found["p99"]), f"{found['requests']:,}",
         len(found["failed"]), f"{found['page_kb']:.1f}", _or_none(found["worker_mb"]))
        for name, found in results["load"].items()
    ]  # fmt: skip
    head = (
        "site",
        "requests/s",
        "p50 ms",
        "p95",
        "slowest",
        "p99",
        "requests",
        "failed",
        "KB a page",
        "worker MB",
    )
    yield _table(head, rows)


def _browser(results: Results) -> Iterator[str]:
    visit, chosen = results["browser"]["visit"], results["browser"]["filter"]
    yield _table(
        ("first visit on a slow phone", "files", "KB", "largest paint ms", "layout shift"),
        [("results", visit["files"], f"{visit['kb']:.1f}", _ms(visit["paint_ms"]), f"{visit['shift']:.3f}")],
    )
    shifts = (f"{chosen[part]:.3f}" for part in ("shift", "shift_after_input"))
    yield _table(
        ("filters chosen", "slowest next paint ms", "results replaced, median", "layout shift", "at input"),
        [(chosen["filters"], _ms(chosen["paint_ms"]), _ms(chosen["replaced_ms"]), *shifts)],
    )


def _break(results: Results) -> Iterator[str]:
    rows = [
        (each["case"], f"{each['total']:,}", _ms(each["ms"]), "meets" if each["ms"] <= BOUND_MS else "misses")
        for each in results["break"]
    ]
    yield _table(("attempt", "passages found", "page ms", f"within {BOUND_MS:.0f} ms"), rows)


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
    yield _table(("peer", "asked", "equal counts", "facets that differ", "not offered"), rows)
    odd = [(name, each) for name, found in results["agreement"].items() for each in found["differences"]]
    if odd:
        yield _differences(odd)


def _differences(found: Iterable[tuple[str, Mapping[str, Any]]]) -> str:
    rows = [
        (f"`{each['text']}`", f"{each['ours']:,}", f"{each['theirs']:,}", name, each["why"])
        for name, each in found
    ]
    return _table(("query", "ours", "theirs", "peer", "why"), rows)


def _opensearch(results: Results) -> Iterator[str]:
    yield from tables(results["opensearch"])


_SECTIONS: Mapping[str, tuple[str, Callable[[Results], Iterator[str]]]] = {
    "pages": ("Search pages", _pages),
    "engine": ("Engines alone, common words", _engine),
    "first": ("A new process", _first),
    "quotations": ("Checking quotations", _quotations),
    "build": ("Building", _build),
    "edit": ("Building again", _edit),
    "growth": ("Growth", _growth),
    "http": ("Pages over HTTP beside bare answers of SQLite FTS5", _http),
    "load": ("Over HTTP", _load),
    "browser": ("In a browser, with a quarter of the processor", _browser),
    "break": ("Attempts to break it", _break),
    "opensearch": ("On a cluster", _opensearch),
    "agreement": ("Agreement", _agreement),
}
