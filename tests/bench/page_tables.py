"""Tables of how long a reader waits, and the parts that all tables share."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from statistics import median
from typing import Any

from tests.bench.breaking import BOUND_MS
from tests.bench.over_http import BARE

__all__ = [
    "Results",
    "broken",
    "browser",
    "differences",
    "engine",
    "first",
    "growth",
    "http",
    "load",
    "or_none",
    "pages",
    "table",
    "three",
]

Results = Mapping[str, Any]


def pages(results: Results) -> Iterator[str]:
    engines = results["pages"]
    rows = [
        (name, *three(found["all"]), *three(found["first"])[:2], ", ".join(found.get("not_offered", ())))
        for name, found in engines.items()
    ]
    head = ("engine", "p50 ms", "p95", "slowest", "asked first: p50", "p95", "not offered")
    yield table(head, rows)
    yield _BY_KIND
    yield _kinds(engines)


_BY_KIND = "p50 / p95 / slowest by kind of query, in ms:"


def _kinds(engines: Mapping[str, Any]) -> str:
    rows = [
        (
            kind,
            *(
                " / ".join(three(found["kinds"][kind])) if kind in found["kinds"] else ""
                for found in engines.values()
            ),
        )
        for kind in engines["kb"]["kinds"]
    ]
    return table(("kind", *engines), rows)


def engine(results: Results) -> Iterator[str]:
    rows = [(name, *three(found["page"]), *three(found["top"])) for name, found in results["engine"].items()]
    yield table(
        ("engine", "top 10 and four facets: p50 ms", "p95", "slowest", "top 10: p50 ms", "p95", "slowest"),
        rows,
    )


def first(results: Results) -> Iterator[str]:
    first = results["first"]
    yield (
        f"Opening {first['open_ms']:.0f} ms, first search {first['search_ms']:.0f} ms, then the "
        f"application and its first page {first['page_ms']:.0f} ms. Medians of {first['processes']} runs."
    )


def growth(results: Results) -> Iterator[str]:
    steps = results["growth"]
    names = list(steps[0]["engines"])
    rows = [
        (
            f"{step['passages']:,}",
            f"{step['matches']:,.0f}",
            *(_medians(step["engines"][name]) if name in step["engines"] else "" for name in names),
        )
        for step in steps
    ]
    yield _GROWTH_NOTE
    yield table(("passages", "matches, median", *(f"{name}: page p50 / p95 ms" for name in names)), rows)
    yield "Our page, median in ms, by how many passages match, in each size (queries in brackets):"
    yield table(("matches", *(f"{step['passages']:,}" for step in steps)), _by_matches(steps))


_GROWTH_NOTE = (
    "Sizes beyond the collection are copies of it with changed words. An engine without a figure was not "
    "built at that size."
)


def _medians(times: Mapping[str, float]) -> str:
    return f"{in_ms(times['p50'])} / {in_ms(times['p95'])}"


def _by_matches(steps: Sequence[Mapping[str, Any]]) -> Iterator[list[str]]:
    """A row for every power of ten: if it is level, time grows only with the matches."""
    found = [[(len(str(int(matches))), ms) for matches, ms in step["points"]["kb"]] for step in steps]
    for digits in sorted({digits for points in found for digits, _ in points}):
        alike = [[ms for of, ms in points if of == digits] for points in found]
        yield [
            f"{10 ** (digits - 1):,} to {10**digits - 1:,}",
            *(f"{in_ms(median(times))} ({len(times)})" if times else "" for times in alike),
        ]


def http(results: Results) -> Iterator[str]:
    found = results["http"]
    yield _HTTP_NOTE.format(asked=found["asked"], rate=found["from_text_per_s"])
    rows = [
        (name, *three(each["all"]), in_ms(found["cpu_ms"][name])) for name, each in found["engines"].items()
    ]
    yield table(("", "p50 ms", "p95", "slowest", "on a processor, mean"), rows)
    if searchless := found.get("searchless"):
        yield _SEARCHLESS_NOTE
        yield table(
            ("", "p50 ms", "p95", "slowest"), [(name, *three(one)) for name, one in searchless.items()]
        )
    yield _BY_KIND
    yield _kinds(found["engines"])
    slowest = [
        (f"`{each['text']}`", each["kind"], in_ms(each["ms"]), in_ms(each["bare_ms"]), f"{each['hits']:,}")
        for each in found["slowest"]
    ]
    yield table(("slowest page", "kind", "ms", "bare answer ms", "hits"), slowest)
    if found["differences"]:
        yield differences((BARE, each) for each in found["differences"])


_HTTP_NOTE = (
    "{asked} distinct queries, each asked once: the whole page from a server of one worker, over one "
    "connection, in turn with the count, the ten best and their snippets from SQLite FTS5 in the "
    "client's own process. "
    "Every seventh has a theme filter. From the texts alone FTS5 indexes {rate:,.0f} passages a second."
)


_SEARCHLESS_NOTE = (
    "The same pages without their searches: each made again from results that were kept, in turn with the "
    "bare answers once more. What is left is the server, the templates and the way there and back."
)


def load(results: Results) -> Iterator[str]:
    rows = [
        (name, f"{found['per_s']:,.0f}", *three(found), in_ms(found["p99"]), f"{found['requests']:,}",
         len(found["failed"]), f"{found['page_kb']:.1f}", or_none(found["worker_mb"]))
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
    yield table(head, rows)


def browser(results: Results) -> Iterator[str]:
    visit, chosen = results["browser"]["visit"], results["browser"]["filter"]
    yield table(
        ("first visit on a slow phone", "files", "KB", "largest paint ms", "layout shift"),
        [
            (
                "results",
                visit["files"],
                f"{visit['kb']:.1f}",
                in_ms(visit["paint_ms"]),
                f"{visit['shift']:.3f}",
            )
        ],
    )
    shifts = (f"{chosen[part]:.3f}" for part in ("shift", "shift_after_input"))
    yield table(
        ("filters chosen", "slowest next paint ms", "results replaced, median", "layout shift", "at input"),
        [(chosen["filters"], in_ms(chosen["paint_ms"]), in_ms(chosen["replaced_ms"]), *shifts)],
    )


def broken(results: Results) -> Iterator[str]:
    rows = [
        (
            each["case"],
            f"{each['total']:,}",
            in_ms(each["ms"]),
            "meets" if each["ms"] <= BOUND_MS else "misses",
        )
        for each in results["break"]
    ]
    yield table(("attempt", "passages found", "page ms", f"within {BOUND_MS:.0f} ms"), rows)


def table(head: Sequence[str], rows: Iterable[Sequence[object]]) -> str:
    lines = [head, ["---"] * len(head), *rows]
    return "\n".join(f"| {' | '.join(map(str, line))} |" for line in lines)


def three(times: Mapping[str, float]) -> tuple[str, str, str]:
    return in_ms(times["p50"]), in_ms(times["p95"]), in_ms(times["max"])


def in_ms(value: float) -> str:
    return f"{value:.2f}" if value < 10 else f"{value:,.0f}"


def or_none(value: float | None) -> str:
    return "" if value is None else f"{value:,.1f}"


def differences(found: Iterable[tuple[str, Mapping[str, Any]]]) -> str:
    rows = [
        (f"`{each['text']}`", f"{each['ours']:,}", f"{each['theirs']:,}", name, each["why"])
        for name, each in found
    ]
    return table(("query", "ours", "theirs", "peer", "why"), rows)
