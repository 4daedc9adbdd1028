"""SEARCH.md and its plot, from the figures that were kept."""

import json
import math
from collections.abc import Sequence
from pathlib import Path
from typing import Any

from bench.figures import as_rows

FIGURES = Path(__file__).with_name("figures")
PAGE = Path(__file__).parents[1] / "SEARCH.md"
PLOT = Path(__file__).parents[1] / "SEARCH.svg"
AIMS_MS = {"everything": 25, "inside a study": 15}
# Series of the plot: name, colour, where its p95 is.
SERIES = (
    ("over HTTP, one person", "#0B6BFF", ("everything", "http")),
    ("embedded engine, over everything", "#E3252D", ("everything", "engine")),
    ("embedded engine, inside a study", "#078470", ("inside a study", "engine")),
    ("bare engine, over everything", "#777777", ("everything", "bare")),
)
Figures = dict[str, Any]


def write_page() -> None:
    kept = sorted(
        (json.loads(path.read_text()) for path in FIGURES.glob("*.json")),
        key=lambda each: each["size"],
    )
    PLOT.write_text(_plot(kept))
    PAGE.write_text(_page(kept))


def _page(kept: Sequence[Figures]) -> str:
    measured = "\n".join(
        f"- {each['size']:,}: {each['measured_on']}, {each['machine']}, "
        f"load {each['load'][0]:.1f} at the end, {each['took_s']} s in all"
        for each in kept
    )
    return f"""# Search, measured

`make bench-search` writes this page. A made-up team of ten years: excerpts of about thirty words,
as often the same words and phrases as in speech (`bench/search/speech.py`), with tags, placings,
personas and people. Somebody types what they remember of an excerpt, one word or three, one in six
with a slip; each letter is a request. SQLite, the embedded engine, one web process.

*Engine* is what the answer itself says it took, all facets and people counted; *view* is the rest
of the request, seen by the client. *Bare* is plain tantivy with the same values, which finds and
counts documents and nothing else, asked in turn with the others in the same run.

{measured}

## As typed, letter by letter

{_asking_table(kept)}

Aims at 1,000,000: engine 25 ms over everything and 15 ms inside a study at p95, the view 10 ms
more; 1.3 times bare at p50.

![How the cost grows](SEARCH.svg)

## Filling the index from the database

{_indexing_table(kept)}

*Ratio* is the whole, from reading rows, to the bare engine fed the same documents; the aim is 1.2.
*Compared* is one pass of the comparison of index and database, which runs every hour between other
work.

## From the answer to a change until search shows it, ms

{_freshness_table(kept)}

## Memory and disk, MB

{_memory_table(kept)}
"""


def _asking_table(kept: Sequence[Figures]) -> str:
    headings = (
        "excerpts", "asked", "requests", "HTTP p50", "p95", "engine p50", "p95", "view p50", "p95",
        "bare p50", "p95", "HTTP : bare", "engine : bare",
    )  # fmt: skip
    rows = []
    for figures in kept:
        for name, asked in (
            ("everything", "over everything"),
            ("inside a study", "inside a study"),
            ("at once", "by 16 at once"),
        ):
            times = figures[name]
            bare = times.get("bare")
            cells = [f"{figures['size']:,}", asked, str(times["requests"])]
            for part in ("http", "engine", "view"):
                cells += [f"{times[part]['p50']:.1f}", f"{times[part]['p95']:.1f}"]
            if bare:
                cells += [f"{bare['p50']:.1f}", f"{bare['p95']:.1f}"]
                cells += [f"{times[part]['p50'] / bare['p50']:.1f}" for part in ("http", "here")]
            rows.append([*cells, *[""] * (len(headings) - len(cells))])
    return as_rows(headings, rows)


def _indexing_table(kept: Sequence[Figures]) -> str:
    headings = (
        "excerpts", "documents", "seconds", "of them reading", "documents a second",
        "bare, seconds", "ratio", "compared, seconds",
    )  # fmt: skip
    rows = []
    for figures in kept:
        each = figures["indexing"]
        rows.append(
            (
                f"{figures['size']:,}",
                f"{each['documents']:,}",
                f"{each['total_s']:.1f}",
                f"{each['read_s']:.1f}",
                f"{each['documents'] / each['total_s']:,.0f}",
                f"{each['bare_s']:.1f}",
                f"{each['total_s'] / each['bare_s']:.1f}",
                f"{each['compared_s']:.1f}" if each["compared_s"] else "",
            )
        )
    return as_rows(headings, rows)


def _freshness_table(kept: Sequence[Figures]) -> str:
    names = list(kept[-1]["freshness"])
    headings = ("excerpts", *(f"{name}, p50 / p95" for name in names))
    rows = [
        (
            f"{figures['size']:,}",
            *(
                f"{figures['freshness'][name]['p50']:.0f} / {figures['freshness'][name]['p95']:.0f}"
                for name in names
            ),
        )
        for figures in kept
    ]
    return as_rows(headings, rows)


def _memory_table(kept: Sequence[Figures]) -> str:
    headings = (
        "excerpts", "web process", "index worker", "filling", "index on disk", "bare on disk",
        "first search of a process, ms",
    )  # fmt: skip
    rows = [
        (
            f"{figures['size']:,}",
            *(f"{figures['memory'][name] / 1e6:,.0f}" for name in ("web", "index", "indexing")),
            *(f"{figures['disk'][name] / 1e6:,.0f}" for name in ("index", "bare")),
            f"{figures['first_ms']:,.0f}",
        )
        for figures in kept
    ]
    return as_rows(headings, rows)


# The plot: both axes logarithmic, so that a straight line of slope one is proportional growth.

WIDTH, HEIGHT = 640, 400
LEFT, RIGHT, TOP, BOTTOM = 60, 620, 30, 340
LEAST_MS, MOST_MS = 0.1, 1_000.0


def _plot(kept: Sequence[Figures]) -> str:
    sizes = [figures["size"] for figures in kept]
    parts = [_grid(sizes)]
    for number, (name, colour, (scope, part)) in enumerate(SERIES):
        points = [(_x(figures["size"]), _y(figures[scope][part]["p95"])) for figures in kept]
        line = " ".join(f"{x:.0f},{y:.0f}" for x, y in points)
        dots = "".join(
            f'<circle cx="{x:.0f}" cy="{y:.0f}" r="4" fill="{colour}"/>' for x, y in points
        )
        parts.append(
            f'<polyline points="{line}" fill="none" stroke="{colour}" stroke-width="2"/>{dots}'
            f'<text x="{LEFT + 12}" y="{TOP + 14 + 18 * number}" fill="{colour}">{name}</text>'
        )
    content = "\n".join(parts)
    return (
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {WIDTH} {HEIGHT}" '
        'font-family="sans-serif" font-size="13" role="img" '
        'aria-label="Milliseconds at the 95th percentile by number of excerpts">\n'
        f'<rect width="{WIDTH}" height="{HEIGHT}" fill="#ffffff"/>\n{content}\n</svg>\n'
    )


def _grid(sizes: Sequence[int]) -> str:
    parts = []
    for size in sizes:
        x = _x(size)
        parts.append(f'<line x1="{x:.0f}" y1="{TOP}" x2="{x:.0f}" y2="{BOTTOM}" stroke="#dddddd"/>')
        parts.append(f'<text x="{x:.0f}" y="{BOTTOM + 20}" text-anchor="middle">{size:,}</text>')
    for exponent in range(-1, 4):
        y, label = _y(10.0**exponent), f"{10.0**exponent:g}"
        parts.append(f'<line x1="{LEFT}" y1="{y:.0f}" x2="{RIGHT}" y2="{y:.0f}" stroke="#dddddd"/>')
        parts.append(f'<text x="{LEFT - 8}" y="{y + 4:.0f}" text-anchor="end">{label}</text>')
    middle = (LEFT + RIGHT) / 2
    parts.append(f'<text x="{middle}" y="{BOTTOM + 44}" text-anchor="middle">excerpts</text>')
    parts.append(f'<text x="{LEFT - 40}" y="{TOP - 10}">ms, p95</text>')
    return "\n".join(parts)


def _x(size: int) -> float:
    share = (math.log10(size) - 3.7) / (6.3 - 3.7)
    return LEFT + share * (RIGHT - LEFT)


def _y(milliseconds: float) -> float:
    span = math.log10(MOST_MS) - math.log10(LEAST_MS)
    value = min(max(milliseconds, LEAST_MS), MOST_MS)
    return BOTTOM - (math.log10(value) - math.log10(LEAST_MS)) / span * (BOTTOM - TOP)
