"""The results as SVG plots, readable on light and dark pages; none if matplotlib is missing."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from html import escape
from importlib.util import find_spec
from io import StringIO
from pathlib import Path
from typing import Any

__all__ = ["draw"]

_INK = "#777777"
"""Grey of equal contrast on white and on black: an image cannot know which page it stands on."""

_COLOURS = {
    "kb": "#1a8cff",
    "stock Whoosh": "#d9534f",
    "SQLite FTS5": "#c98a00",
    "tantivy": "#2e9e5b",
    "OpenSearch": "#a04fd9",
}
_MARKERS = {"kb": "o", "stock Whoosh": "s", "SQLite FTS5": "^", "tantivy": "D", "OpenSearch": "D"}
"""Shape as well as colour tells the engines apart."""

Results = Mapping[str, Any]


def draw(results: Results, folder: Path) -> dict[str, str]:
    """Writes the plots and returns their titles by file name; none if matplotlib is missing."""
    if not find_spec("matplotlib"):
        return {}
    import matplotlib

    matplotlib.use("svg")
    matplotlib.rcParams.update(_STYLE)
    drawn = {}
    for name, (needs, title, said, plot) in _PLOTS.items():
        if results.get(needs):
            path = folder / f"{name}.svg"
            path.write_text(_accessible(_svg(plot, results, title), title, said), encoding="utf-8")
            drawn[path.name] = title
    return drawn


_STYLE: dict[Any, Any] = {
    "svg.fonttype": "none",
    "svg.hashsalt": "bench",
    "font.family": ["sans-serif"],
    "font.size": 11,
    **{f"{part}.color": _INK for part in ("text", "xtick", "ytick", "grid")},
    **{f"axes.{part}color": _INK for part in ("edge", "label", "title")},
    "grid.alpha": 0.35,
    "legend.frameon": False,
}


def _svg(plot: Callable[[Any, Results], None], results: Results, title: str) -> str:
    from matplotlib import pyplot

    figure, axes = pyplot.subplots(figsize=(8.5, 4.5), layout="constrained")
    plot(axes, results)
    axes.set_title(title)
    axes.grid(which="major")
    figure.legend(loc="outside right upper")
    written = StringIO()
    figure.savefig(written, format="svg", transparent=True, metadata={"Date": None, "Creator": None})
    pyplot.close(figure)
    return written.getvalue()


def _accessible(svg: str, title: str, said: str) -> str:
    """The plot with a name and a description for those who cannot see it."""
    named = f'<title id="t">{escape(title)}</title><desc id="d">{escape(said)}</desc>'
    begun = re.sub(r"<svg ", '<svg role="img" aria-labelledby="t d" ', svg, count=1)
    return re.sub(r"(<svg [^>]*>)", lambda match: match[1] + named, begun, count=1)


def _passages(axes: Any, results: Results) -> None:
    steps = results["growth"]
    sizes = [step["passages"] for step in steps]
    for name in steps[0]["engines"]:
        times = [
            (step["passages"], step["engines"][name]["p50"]) for step in steps if name in step["engines"]
        ]
        style = {"color": _COLOURS[name], "marker": _MARKERS[name]}
        label = name if len(times) == len(steps) else f"{name}, to {times[-1][0]:,}"
        axes.plot(*zip(*times, strict=True), label=label, **style)
    begun = steps[0]["engines"]["kb"]["p50"] / max(1, steps[0]["matches"])
    axes.plot(
        sizes, [begun * step["matches"] for step in steps], ":", color=_INK, label="as the matches grow"
    )
    axes.set(xlabel="passages", ylabel="search page, p50, ms")
    _logarithmic(axes.xaxis, marks=_DECADES)
    _logarithmic(axes.yaxis)


def _matches(axes: Any, results: Results) -> None:
    largest = results["growth"][-1]
    for name, points in largest["points"].items():
        style = {"color": _COLOURS[name], "marker": _MARKERS[name]}
        found = [[at[axis] for at in points] for axis in (0, 1)]
        axes.scatter(*found, s=14, alpha=0.7, label=name, **style)
    axes.set(xlabel=f"passages that match, of {largest['passages']:,}", ylabel="search page, ms")
    _logarithmic(axes.xaxis, marks=_DECADES)
    _logarithmic(axes.yaxis)


def _kinds(axes: Any, results: Results) -> None:
    engines = results["pages"]
    kinds = list(engines["kb"]["kinds"])
    for name, found in engines.items():
        there = [(kind, found["kinds"][kind]["p50"]) for kind in kinds if kind in found["kinds"]]
        axes.scatter(
            [time for _, time in there],
            [kinds.index(kind) for kind, _ in there],
            color=_COLOURS[name],
            marker=_MARKERS[name],
            label=name,
        )
    axes.set_yticks(range(len(kinds)), kinds)
    axes.invert_yaxis()
    axes.set(xlabel="search page, p50, ms")
    _logarithmic(axes.xaxis)


_DECADES = (1,)
"""For many powers of ten on one axis, whose numbers would run into each other otherwise."""


def _logarithmic(scale: Any, marks: tuple[int, ...] = (1, 2, 5)) -> None:
    """A logarithmic scale with plain numbers."""
    from matplotlib.ticker import FuncFormatter, LogLocator, NullFormatter

    scale.axes.set(**{f"{scale.axis_name}scale": "log"})
    scale.set_major_locator(LogLocator(subs=marks, numticks=12))
    scale.set_major_formatter(FuncFormatter(lambda value, _: f"{value:,.0f}" if value >= 1 else f"{value:g}"))
    scale.set_minor_formatter(NullFormatter())


_PLOTS: Mapping[str, tuple[str, str, str, Callable[[Any, Results], None]]] = {
    "growth-passages": (
        "growth",
        "Time of a search page by number of passages",
        "Lines on logarithmic axes: the median time of a page against the number of passages, for each "
        "engine; a dotted line shows how the number of matches grows. The table beside it has the figures.",
        _passages,
    ),
    "growth-matches": (
        "growth",
        "Time of a search page by number of matches",
        "Points on logarithmic axes: the time of each query's page against the number of passages it "
        "matches, for each engine that was built at the largest size.",
        _matches,
    ),
    "kinds": (
        "pages",
        "Time of a search page by kind of query",
        "Points on a logarithmic axis: the median time of a page for each kind of query and each engine. "
        "The figures are in the table beside it.",
        _kinds,
    ),
}
