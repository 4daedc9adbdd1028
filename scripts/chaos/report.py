"""The figures of all rounds, for people."""

from statistics import mean, median
from typing import Any

# 90 minutes in windows of nearly 30 s, four to a part.
PARTS_OF_A_LONG_ONE = 47


def as_text(results: list[dict[str, Any]]) -> str:
    """A table of faults, a line for each figure."""
    return "\n".join([*_table(results), "", *(f"- {line}" for line in _lines(results))])


def as_page(results: list[dict[str, Any]], circumstances: str) -> str:
    damage = [f"- {line}" for result in results for line in result["damage"]] or ["- none"]
    return "\n".join(
        [
            "# Chaos",
            "",
            f"Measured {circumstances}.",
            "",
            "Workers transcribe batches of recordings while they are killed, stopped past their",
            "lease and asked to stop, while messages are lost and delivered again, decoded sound",
            "is deleted, Redis is killed and comes back empty, and the database is restarted or",
            "locked. Most faults are aimed at workers that hold work. At the end each recording",
            "must have exactly one transcript, current, complete, and equal to an undisturbed run",
            "in every word, id and time; every part is saved once, and no job may be left over.",
            "A survived fault is one after which all of this holds.",
            "",
            *_table(results),
            "",
            *(f"- {line}" for line in _lines(results)),
            "",
            "Damage found:",
            "",
            *damage,
            "",
        ]
    )


def _table(results: list[dict[str, Any]]) -> list[str]:
    heads = [result["title"] for result in results]
    kinds = sorted({kind for result in results for kind in result["faults"]})
    rows = [[kind, *(str(r["faults"].get(kind, "–")) for r in results)] for kind in kinds]
    totals = [sum(result["faults"].values()) for result in results]
    rows += [
        ["**faults**", *(f"**{total}**" for total in totals)],
        ["recordings", *(str(result["recordings"]) for result in results)],
        ["lost, doubled or changed", *(str(len(result["damage"])) for result in results)],
        ["work lost with its worker (jobs, parts)", *(_lost(result) for result in results)],
        ["work went on after a kill, p50 / max", *(_waits(r, "killed") for r in results)],
        ["… after a stop past the lease, p50 / max", *(_waits(r, "stopped") for r in results)],
        ["repeated, of all work on parts", *(_repeated(result) for result in results)],
        ["… of a 90-minute recording, for each kill", *(_of_a_long(r) for r in results)],
    ]
    return [
        f"| | {' | '.join(heads)} |",
        f"|---|{'---|' * len(heads)}",
        *(f"| {' | '.join(row)} |" for row in rows),
    ]


def _waits(result: dict[str, Any], kind: str) -> str:
    leases = [wait / result["lease_seconds"] for wait in result["figures"]["waits"][kind]]
    if not leases:
        return "–"
    return f"{median(leases):.1f} / {max(leases):.1f} leases (n = {len(leases)})"


def _lost(result: dict[str, Any]) -> str:
    figures = result["figures"]
    return f"{len(figures['lost_jobs'])}, {len(figures['lost_parts'])}"


def _repeated(result: dict[str, Any]) -> str:
    useful, lost = (sum(result["figures"][name]) for name in ("useful_parts", "lost_parts"))
    return f"{100 * lost / (useful + lost):.0f} %" if useful else "–"


def _of_a_long(result: dict[str, Any]) -> str:
    """What was done of a lost part, on average, against all parts of such a recording."""
    useful, lost = result["figures"]["useful_parts"], result["figures"]["lost_parts"]
    if not useful or not lost:
        return "–"
    return f"{100 * mean(lost) / (mean(useful) * PARTS_OF_A_LONG_ONE):.1f} %"


def _lines(results: list[dict[str, Any]]) -> list[str]:
    faults = sum(sum(result["faults"].values()) for result in results)
    recordings = sum(result["recordings"] for result in results)
    damage = sum(len(result["damage"]) for result in results)
    lines = [f"{faults} faults, {recordings} disturbed recordings, {damage} damages"]
    if faults and recordings and not damage:
        lines.append(
            f"none in {faults} faults: with 95 % confidence fewer than {300 / faults:.2g} % of "
            f"faults do damage (3/n); by recordings, fewer than {300 / recordings:.2g} %"
        )
    for result in results:
        if proof := result.get("unfenced"):
            lines.append(
                f"the same with the fence taken out: after {sum(proof['faults'].values())} stops "
                f"of workers past their lease, {len(proof['damage'])} damages in "
                f"{proof['recordings']} recordings"
            )
    seeds = ", ".join(str(result["seed"]) for result in results)
    leases = ", ".join(str(result["lease_seconds"]) for result in results)
    lines.append(f"leases of {leases} s; seeds {seeds}")
    return lines
