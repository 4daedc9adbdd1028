"""What the notes of a round say: how soon work went on, and how much of it was done again."""

from dataclasses import dataclass, field
from typing import Any


@dataclass
class Figures:
    """Seconds. `waits` are those from a fault until somebody took up what was held, one each.

    The others are what workers spent on a claim: on parts that were saved, and on parts and jobs
    that they lost, so that another had to do the same again.
    """

    waits: dict[str, list[float]] = field(default_factory=lambda: {"killed": [], "stopped": []})
    useful_parts: list[float] = field(default_factory=list)
    lost_parts: list[float] = field(default_factory=list)
    lost_jobs: list[float] = field(default_factory=list)


def measure(notes: list[dict[str, Any]]) -> Figures:
    """Notes in the order of time."""
    figures = Figures()
    held: dict[int, tuple[str, float]] = {}
    waiting: dict[str, tuple[str, float]] = {}
    stopped_at: dict[int, float] = {}
    for note in notes:
        pid, at = note["pid"], note["at"]
        match note["event"]:
            case "claim":
                if note["row"] in waiting:
                    kind, since = waiting.pop(note["row"])
                    figures.waits[kind].append(at - since)
                held[pid] = (note["row"], at)
            case "end" | "lost":
                _close(figures, held, note, stopped_at)
                waiting.pop(note["row"], None)
            case "killed" | "stopped" as kind:
                victim = note["victim"]
                if victim in held:
                    row, since = held[victim]
                    waiting[row] = (kind, at)
                    if kind == "killed":
                        del held[victim]
                        _lose(figures, row, at - since)
                    else:
                        stopped_at[victim] = at
    return figures


def _close(
    figures: Figures,
    held: dict[int, tuple[str, float]],
    note: dict[str, Any],
    stopped_at: dict[int, float],
) -> None:
    row, since = held.pop(note["pid"], ("", note["at"]))
    # A worker that stood still did nothing in that time.
    until = stopped_at.pop(note["pid"], note["at"])
    if row != note["row"]:
        return
    if note["event"] == "lost":
        _lose(figures, row, until - since)
    elif row.startswith("part"):
        figures.useful_parts.append(until - since)


def _lose(figures: Figures, row: str, seconds: float) -> None:
    (figures.lost_parts if row.startswith("part") else figures.lost_jobs).append(seconds)
