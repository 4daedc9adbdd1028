"""Latencies in milliseconds, and the table they are shown in."""

import platform
import statistics
import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path

HEADINGS = ("what", "p50 ms", "p95 ms", "beside", "p50 ms", "p95 ms", "ratio of p50")


@dataclass(frozen=True)
class Latency:
    """A run of measured times, in milliseconds."""

    times_ms: Sequence[float]

    @property
    def p50(self) -> float:
        return statistics.median(self.times_ms)

    @property
    def p95(self) -> float:
        return sorted(self.times_ms)[max(0, round(len(self.times_ms) * 0.95) - 1)]


@dataclass(frozen=True)
class Figure:
    """One row: something measured, beside what it is to be compared with in the same run."""

    what: str
    ours: Latency
    beside: str = ""
    theirs: Latency | None = None

    def cells(self) -> tuple[str, ...]:
        ours = (self.what, f"{self.ours.p50:.1f}", f"{self.ours.p95:.1f}")
        if self.theirs is None:
            return (*ours, self.beside, "", "", "")
        ratio = f"{self.ours.p50 / self.theirs.p50:.1f}"
        return (*ours, self.beside, f"{self.theirs.p50:.1f}", f"{self.theirs.p95:.1f}", ratio)


def time_ms(act: Callable[[], object]) -> float:
    """How long one call takes."""
    started = time.perf_counter()
    act()
    return (time.perf_counter() - started) * 1000


def as_table(figures: Sequence[Figure]) -> str:
    """A Markdown table that can also be read as it is."""
    return as_rows(HEADINGS, [figure.cells() for figure in figures])


def as_rows(headings: Sequence[str], cells: Sequence[Sequence[str]]) -> str:
    """Rows of text as a Markdown table, in columns of equal width."""
    rows = [headings, *cells]
    widths = [max(len(row[column]) for row in rows) for column in range(len(headings))]
    lines = [_line(row, widths) for row in rows]
    return "\n".join([lines[0], _line(["-" * width for width in widths], widths), *lines[1:]])


def processor() -> str:
    """What the machine's processor calls itself."""
    lines = Path("/proc/cpuinfo").read_text().splitlines()
    names = [line.partition(":")[2].strip() for line in lines if line.startswith("model name")]
    return names[0] if names else platform.processor()


def _line(cells: Sequence[str], widths: Sequence[int]) -> str:
    padded = (cell.ljust(width) for cell, width in zip(cells, widths, strict=True))
    return f"| {' | '.join(padded)} |"
