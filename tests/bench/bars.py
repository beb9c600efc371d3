"""The bars: the targets that were set, and whether a run reached them."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from itertools import pairwise
from typing import Any

from tests.bench.agreement import UNEXPLAINED
from tests.bench.breaking import BOUND_MS
from tests.bench.load import CONNECTIONS
from tests.bench.over_http import BARE

__all__ = ["BARS", "NOT_MEASURED", "Bar", "Verdict", "verdicts"]

NOT_MEASURED = "not measured"

Results = Mapping[str, Any]
Found = tuple[str, bool]
"""The figure in words, and whether it meets the bar."""


@dataclass(frozen=True, slots=True)
class Bar:
    """One bar; `found` reads its figure, and raises LookupError or TypeError if it was not measured."""

    name: str
    target: str
    found: Callable[[Results], Found]


@dataclass(frozen=True, slots=True)
class Verdict:
    """A bar with its figure, and “meets”, “misses” or “not measured”."""

    bar: Bar
    figure: str
    verdict: str


def verdicts(results: Results) -> list[Verdict]:
    """Every bar compared with the results."""
    return [_verdict(bar, results) for bar in BARS]


def _verdict(bar: Bar, results: Results) -> Verdict:
    try:
        figure, meets = bar.found(results)
    except (LookupError, TypeError, ZeroDivisionError):  # left out, not counted by the system, or too small
        return Verdict(bar, "", NOT_MEASURED)
    return Verdict(bar, figure, "meets" if meets else "misses")


def _agreement(results: Results) -> Found:
    compared = results["agreement"].values()
    odd = [each for peer in compared for each in peer["differences"] if each["why"] == UNEXPLAINED]
    asked, agree = (sum(peer[part] for peer in compared) for part in ("asked", "agree"))
    facets = sum(len(peer["facets_differ"]) for peer in compared)
    return f"{agree:,} of {asked:,}, {asked - agree - len(odd)} explained", not odd and not facets


def _page(results: Results) -> Found:
    all_pages = results["pages"]["kb"]["all"]
    p50, p95, most = (all_pages[part] for part in ("p50", "p95", "max"))
    return f"{p50:.2f} / {p95:.1f} / {most:.0f} ms", p50 < 3 and p95 < 10 and most <= 100


def _against(part: str, peer: str, times: float) -> Callable[[Results], Found]:
    def found(results: Results) -> Found:
        mine, theirs = (results["engine"][name][part]["p50"] for name in ("kb", peer))
        return f"{mine:.2f} against {theirs:.2f} ms ({theirs / mine:.1f} times)", mine * times <= theirs

    return found


def _first(results: Results) -> Found:
    first = results["first"]
    taken = first["open_ms"] + first["search_ms"]
    figure = f"{taken:.0f} ms (opening {first['open_ms']:.0f}, search {first['search_ms']:.0f})"
    return figure, taken <= 60 and first["open_ms"] <= 50


def _http(part: str, share: float) -> Callable[[Results], Found]:
    def found(results: Results) -> Found:
        mine, theirs = (results["http"]["engines"][name]["all"][part] for name in ("kb", BARE))
        return f"{mine:.1f} against {theirs:.1f} ms ({mine / theirs:.2f})", mine <= share * theirs

    return found


def _http_slowest(results: Results) -> Found:
    slowest = results["http"]["engines"]["kb"]["all"]["max"]
    return f"{slowest:.0f} ms", slowest <= 100


def _http_counts(results: Results) -> Found:
    asked, differ = results["http"]["asked"], results["http"]["differences"]
    odd = [each for each in differ if each["why"] == UNEXPLAINED]
    return f"{asked - len(differ):,} of {asked:,}, {len(differ) - len(odd)} explained", not odd


def _build(results: Results) -> Found:
    mine, theirs = results["build"]["kb"]["passages_per_s"], results["http"]["from_text_per_s"]
    return f"{mine:,.0f} against {theirs:,.0f} passages/s ({mine / theirs:.2f})", mine >= 0.4 * theirs


def _peak(results: Results) -> Found:
    built = results["build"]["kb"]
    peak = max(built["peak_mb"], built["largest_mb"])  # a process may grow and end between two samples
    return f"{peak:,.0f} MB", peak < 1_500


def _edit(form: str, seconds: float) -> Callable[[Results], Found]:
    def found(results: Results) -> Found:
        taken = results["edit"][form]["one_edit_s"]
        return f"{taken:.2f} s", taken < seconds

    return found


def _memory(results: Results) -> Found:
    held = results["pages"]["kb"]["anonymous_mb"]
    return f"{held:.0f} MB", held < 200


def _disk(results: Results) -> Found:
    index, text = results["build"]["kb"]["index_mb"], results["collection"]["text_mb"]
    return f"{index:.0f} MB, {index / text:.2f} times the text", index < 3 * text


def _growth(results: Results) -> Found:
    """Whether time grows less than matches from each size to the next, at the median and the 95th percentile.

    The figure is for the step at which time comes closest to matches; a single size shows no growth.
    """
    steps = pairwise(results["growth"])
    share, figure = sorted(_grown(*step, part) for step in steps for part in ("p50", "p95"))[-1]
    return figure, share <= 1


def _grown(least: Results, most: Results, part: str) -> tuple[float, str]:
    """The growth of page time relative to that of matches, as a number and in words."""
    pages = most["engines"]["kb"][part] / least["engines"]["kb"][part]
    matches = most["matches"] / least["matches"]
    sizes = f"from {least['passages']:,} to {most['passages']:,} passages"
    return pages / matches, f"at most: page {pages:.1f} times, matches {matches:.1f} times ({part}, {sizes})"


def _load(results: Results) -> Found:
    mine, theirs = (results["load"][name]["per_s"] for name in ("kb", "stock Whoosh"))
    return f"{mine:,.0f} against {theirs:,.0f} a second ({mine / theirs:.1f} times)", mine >= 10 * theirs


def _load_p99(results: Results) -> Found:
    mine = results["load"]["kb"]
    return f"{mine['p99']:.1f} ms, {len(mine['failed'])} failed", mine["p99"] < 50 and not mine["failed"]


def _visit(results: Results) -> Found:
    visit = results["browser"]["visit"]
    return f"{visit['paint_ms']:,.0f} ms, {visit['kb']:.1f} KB", visit["paint_ms"] < 1_000 and visit[
        "kb"
    ] < 40


def _filter(results: Results) -> Found:
    chosen = results["browser"]["filter"]
    return f"{chosen['paint_ms']:.0f} ms, results after {chosen['replaced_ms']:.0f}", chosen["paint_ms"] < 100


def _shift(results: Results) -> Found:
    measured = results["browser"]
    shift = measured["visit"]["shift"] + measured["filter"]["shift"]
    return f"{shift:.3f}", not shift


def _break(results: Results) -> Found:
    worst = max(results["break"], key=lambda each: each["ms"])
    return f"{worst['ms']:.0f} ms ({worst['case']})", worst["ms"] <= BOUND_MS


def _quoted(kind: str, share: float) -> Callable[[Results], Found]:
    """The share of quotations with the right verdict, in the collection where it is lowest."""

    def found(results: Results) -> Found:
        kinds = [each for each in results["quotations"]["kinds"] if each["kind"] == kind]
        worst = min(kinds, key=lambda each: each["right"] / each["asked"])
        figure = f"{worst['right']:,} of {worst['asked']:,} ({worst['collection']})"
        return figure, worst["right"] >= share * worst["asked"]

    return found


def _quoted_ms(results: Results) -> Found:
    slowest = max(results["quotations"]["kinds"], key=lambda each: each["max"])
    return f"{slowest['max']:.0f} ms ({slowest['kind']}, {slowest['collection']})", slowest["max"] < 200


def _pasted(results: Results) -> Found:
    slowest = max(results["quotations"]["pasted"], key=lambda each: each["s"])
    return f"{slowest['s']:.2f} s ({slowest['quotations']} {slowest['kind']})", slowest["s"] < 3


_SAME = "tantivy, stem and exact form"
BARS = (
    Bar("Hit counts and facets equal to the peers'", "all, or explained", _agreement),
    Bar("Search page in the process, p50 / p95 / slowest", "under 3 / 10 / 100 ms", _page),
    Bar("Engine, common word, top 10 and facets, against tantivy", "faster", _against("page", _SAME, 1)),
    Bar("The same against SQLite FTS5", "20 times faster", _against("page", "SQLite FTS5", 20)),
    Bar(
        "Engine, common word, top 10 alone, against tantivy", "within 3 times", _against("top", _SAME, 1 / 3)
    ),
    Bar("First search in a new process", "within 60 ms, opening within 50", _first),
    Bar(f"Page over HTTP against bare {BARE}, p50", "at most as long", _http("p50", 1)),
    Bar("The same, p95", "at most .3 of it", _http("p95", 0.3)),
    Bar("The same, slowest page", "within 100 ms", _http_slowest),
    Bar("The same, hit counts", "all equal, or explained", _http_counts),
    Bar(f"Build end to end against {BARE} from text", "at least .4 of its rate", _build),
    Bar("Build, most memory of all processes", "under 1,500 MB", _peak),
    Bar("After one edit, curated", "under 1.5 s", _edit("curated", 1.5)),
    Bar("After one edit, interchange", "under 1 s", _edit("interchange", 1)),
    Bar("Memory of a worker, without mapped files", "under 200 MB", _memory),
    Bar("Index on disk", "under 3 times the text", _disk),
    Bar("Growth, page time from each size to the next", "no faster than the matches", _growth),
    Bar("HTTP, requests a second, against stock Whoosh", "10 times", _load),
    Bar("True quotations: verbatim, their passage listed", "99.5 %", _quoted("true", 0.995)),
    Bar("Changed quotations: nearly, the changes marked", "98 %", _quoted("changed", 0.98)),
    Bar("Shuffled quotations: none verbatim", "all", _quoted("shuffled", 1)),
    Bar("Slowest check of a quotation", "under 200 ms", _quoted_ms),
    Bar("Slowest check of 20 kB of pasted text", "under 3 s", _pasted),
    Bar(f"HTTP, p99 at {CONNECTIONS} connections", "under 50 ms", _load_p99),
    Bar("First results on a slow phone, largest paint and weight", "under 1,000 ms and 40 KB", _visit),
    Bar("A filter, from click to next paint, a quarter of the processor", "under 100 ms", _filter),
    Bar("Layout shift", "0", _shift),
    Bar("Slowest attempt to break it", f"within {BOUND_MS:.0f} ms", _break),
)
