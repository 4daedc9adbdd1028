"""The course of a round: undisturbed first, then disturbed, then left in peace and judged."""

import argparse
import random
import sys
import time
from collections.abc import Callable
from dataclasses import asdict
from pathlib import Path
from typing import Any
from uuid import UUID

from scripts.chaos.crew import Crew, Nest
from scripts.chaos.faults import Faults
from scripts.chaos.field import Field, Text, count_stuck, judge, patiently, read_text
from scripts.chaos.figures import measure
from scripts.chaos.notes import read_notes
from scripts.chaos.recordings import make_recordings
from tests.servers import Server

_LOOK_SECONDS = 0.5
_CALM_SECONDS = 600
UNFENCED = "unfenced"
# Only what a fence is for: workers that lost their claim and do not know it.
PROOF = {"kinds": ["worker stopped past its lease"], "entry": UNFENCED, "patience": 8}


def play_round(
    folder: Path, servers: dict[str, Server], options: argparse.Namespace
) -> dict[str, Any]:
    """Django must be set up. Returns what happened, as JSON holds it."""
    field = Field(_recordings(options))
    options.chosen = sorted(field.recordings)
    with Nest(folder) as nest:
        with Crew(nest, folder / "calm", entry=options.entry, count=options.workers) as crew:
            expected = _undisturbed(field)
        _say(f"undisturbed: {sum(len(_words(text)) for text in expected.values())} words")
        crew = Crew(nest, folder / "disturbed", entry=options.entry, count=options.workers)
        result = _play(crew, field, expected, servers, options)
        if options.proof_seconds:
            proof = argparse.Namespace(**vars(options) | PROOF)
            proof.seconds = options.proof_seconds
            proof.chosen = [max(field.recordings, key=lambda name: len(field.recordings[name]))]
            crew = Crew(nest, folder / "unfenced", entry=UNFENCED, count=options.workers)
            result["unfenced"] = _play(crew, field, expected, servers, proof)
    return result


def _play(
    crew: Crew,
    field: Field,
    expected: dict[str, Text],
    servers: dict[str, Server],
    options: argparse.Namespace,
) -> dict[str, Any]:
    known = set(field.sources())
    with crew:
        faults = Faults(crew=crew, field=field, dice=random.Random(options.seed), **servers)
        _say(f"disturbing, with seed {options.seed}")
        _disturb(crew, field, faults, options)
        _say(f"left in peace after {faults.count.total()} faults")
        damage = _settle(crew, faults, seconds=options.patience)
    _say("judging")
    sources = {key: name for key, name in field.sources().items() if key not in known}
    for source_id, name in sources.items():
        damage += judge(source_id, name, expected[name])
    return {
        "title": options.title,
        "services": options.services,
        "entry": options.entry,
        "seed": options.seed,
        "lease_seconds": options.lease,
        "workers": options.workers,
        "recordings": len(sources),
        "faults": dict(faults.count),
        "damage": damage,
        "figures": asdict(measure(read_notes(crew.notes))),
    }


def _recordings(options: argparse.Namespace) -> dict[str, bytes]:
    recordings = make_recordings()
    return {name: recordings[name] for name in options.recordings or recordings}


def _undisturbed(field: Field) -> dict[str, Text]:
    sources = {name: field.add(name) for name in field.recordings}
    _wait(lambda: not patiently(count_stuck), "the undisturbed run", seconds=_CALM_SECONDS)
    return {name: read_text(source_id) for name, source_id in sources.items()}


def _words(text: Text) -> list[Any]:
    return [word for *_, words in text for word in words]


def _disturb(crew: Crew, field: Field, faults: Faults, options: argparse.Namespace) -> None:
    """Recordings keep coming, and so do faults, at random moments."""
    dice = random.Random(options.seed + 1)
    running: set[UUID] = set()
    now = time.monotonic()
    end, look_at, strike_at = now + options.seconds, now, now + dice.expovariate(1 / options.pause)
    while (now := time.monotonic()) < end and faults.count.total() < options.faults:
        faults.wake()
        if now >= look_at:
            if options.entry == UNFENCED and field.is_damaged():
                return
            running = field.unfinished(running)
            crew.start_missing()
            while len(running) < options.in_flight:
                running.add(field.add(dice.choice(options.chosen)))
            look_at = now + _LOOK_SECONDS
        if now >= strike_at:
            faults.inject(*options.kinds)
            strike_at = time.monotonic() + dice.expovariate(1 / options.pause)
        time.sleep(0.01)


def _settle(crew: Crew, faults: Faults, *, seconds: float) -> list[str]:
    """Leave the workers in peace. Returns what is wrong if they don't come to an end."""
    faults.wake(everybody=True)

    def is_over() -> bool:
        crew.start_missing()
        return not patiently(count_stuck)

    try:
        _wait(is_over, "the end of all work", seconds=seconds)
    except TimeoutError as error:
        return [f"{error}: {patiently(count_stuck)} jobs are stuck"]
    return []


def _wait(question: Callable[[], bool], what: str, *, seconds: float) -> None:
    deadline = time.monotonic() + seconds
    while not question():
        if time.monotonic() > deadline:
            raise TimeoutError(f"waited in vain for {what}")
        time.sleep(0.2)


def _say(text: str) -> None:
    print(f"{time.strftime('%X')} {text}", file=sys.stderr, flush=True)
