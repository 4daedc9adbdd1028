"""`make bench-workbench`: measure the workbench in Chromium, and write it to WORKBENCH.md."""

import json
import os
import platform
import signal
import statistics
import subprocess
import sys
import tempfile
from collections.abc import Callable
from datetime import UTC, datetime
from pathlib import Path

from bench.figures import as_rows, processor
from bench.workbench.pages import (
    Opened,
    Reference,
    measure_opening,
    measure_reference,
    signed_in_context,
)
from tests.segments import make_talk
from tests.stack import ROOT, Client, Stack, running_stack

RESULTS = Path(__file__).parents[1] / "WORKBENCH.md"
ROUNDS = 4
EXCERPTS = 500

Row = tuple[str, ...]


def main() -> None:
    # An end by SIGTERM must stop the processes, too.
    signal.signal(signal.SIGTERM, lambda *_: sys.exit(1))
    with (
        tempfile.TemporaryDirectory(prefix="earshot-bench-") as name,
        running_stack(Path(name), workers=()) as stack,
    ):
        sessions = fill(stack)
        page = measure(stack.client(), sessions)
    print(page)
    RESULTS.write_text(page, encoding="utf-8")


def fill(stack: Stack) -> dict[int, str]:
    """Make the sessions; returns their ids by number of words."""
    print("Making 1,000, 10,000 and 30,000 words …", flush=True)
    done = subprocess.run(
        [sys.executable, "-m", "bench.workbench.corpus"],
        cwd=ROOT,
        env=stack.env,
        check=True,
        stdout=subprocess.PIPE,
        text=True,
    )
    made = json.loads(done.stdout.splitlines()[-1])
    return {int(size): session_id for size, session_id in made["sessions"].items()}


def measure(client: Client, sessions: dict[int, str]) -> str:
    """Open every session in turn, several times; then the reference. Returns the page to keep."""
    # At the first word: without it, a session opens where its reader stopped.
    addresses = {
        size: f"/w/{client.workspace_id}/sessions/{session_id}?word=16"
        for size, session_id in sessions.items()
    }
    opened: dict[int, list[Opened]] = {size: [] for size in addresses}
    with signed_in_context(client) as (browser, context):
        version = browser.version
        for number in range(ROUNDS + 1):
            for size, address in addresses.items():
                print(f"Opening {size:,} words, {number} of {ROUNDS} …", flush=True)
                found = measure_opening(context, address, count_passages(size))
                # The first time the browser has nothing of the page yet.
                if number > 0:
                    opened[size].append(found)
        print("Measuring an element for each word beside it …", flush=True)
        largest = max(addresses)
        reference = measure_reference(
            context, addresses[largest], count_passages(largest), excerpts=EXCERPTS
        )
    return describe(opened, reference, version)


def count_passages(size: int) -> int:
    """How many passages a session of so many words has."""
    return len(make_talk(size))


def describe(opened: dict[int, list[Opened]], reference: Reference, version: str) -> str:
    """The page that is kept with the code."""
    load = ", ".join(f"{value:.1f}" for value in os.getloadavg())
    sizes = tuple(f"{size:,} words" for size in opened)
    ways = ("", "text nodes, highlights", "a span for each word", "ratio")
    return f"""# The workbench, measured

`make bench-workbench` measured this on {datetime.now(UTC):%-d %B %Y}: {processor()},
{os.cpu_count()} cores (load {load}: other work may have been going on), Chromium {version} without
a GPU, Python {platform.python_version()}, SQLite. The talk is made up by
`bench/workbench/corpus.py`; every 60 words have an excerpt, five over each other: {EXCERPTS} at
30,000 words. Each session was opened {ROUNDS} times, in turn, with the page's files in the
browser's cache: medians, and (the least to the most).

## The page

{as_rows(("", *sizes), page_rows(opened))}

*First text*: from asking for the address until words are painted. *Interactive*: until the last
task over 50 ms has ended. *All of the text*: until its last passage is in the page, which fills up
while its beginning is read. *Choosing* and *placing*: from the key's own time until the frame that
shows it is painted. *Scrolling*: the time between frames while the page moves 240 pixels a frame;
one frame lasts 16.7 ms. *Following playback*: processor time of the page's main thread for each
second that is played, while the word being said moves along.

## Text nodes beside an element for each word

The words of the opened page of 30,000, built twice more in the same page load by plain DOM calls:
as the page has them, and as a span for each word. Each time includes style, layout and paint of its
frame; {len(reference.spans)} rounds in turn, medians.

{as_rows(ways, reference_rows(reference))}
"""


def page_rows(opened: dict[int, list[Opened]]) -> list[Row]:
    """Each measure as a row, each size as a column."""

    def row(name: str, read: Callable[[Opened], float], unit: str = "ms", digits: int = 0) -> Row:
        columns = [[read(one) for one in runs] for runs in opened.values()]
        return (name, *(_spread(values, unit, digits) for values in columns))

    return [
        row("first text", lambda one: one.text_ms),
        row("interactive", lambda one: one.interactive_ms),
        row("all of the text", lambda one: one.whole_ms),
        row("choosing a word, key to paint", lambda one: statistics.median(one.select_ms)),
        row("placing, key to paint", lambda one: statistics.median(one.mark_ms)),
        row("placing, the slowest key", lambda one: max(one.mark_ms)),
        row("scrolling, median frame", lambda one: statistics.median(one.frames_ms), digits=1),
        row("scrolling, longest frame", lambda one: max(one.frames_ms)),
        row("following playback, a second of it", lambda one: one.following_ms),
        row("memory of scripts", lambda one: one.heap_bytes / 2**20, "MiB", 1),
        row("elements", lambda one: one.elements, ""),
    ]


def reference_rows(reference: Reference) -> list[Row]:
    """What is done both ways, and how many times faster ours is."""
    names = {
        "buildMs": "built (ms)",
        "markMs": f"{EXCERPTS} excerpts marked (ms)",
        "sayMs": "next word marked as said (ms)",
        "elements": "elements",
    }
    return [
        (
            name,
            f"{reference.median('text_nodes', what):,.1f}",
            f"{reference.median('spans', what):,.1f}",
            f"{reference.ratio(what):.1f}",
        )
        for what, name in names.items()
    ]


def _spread(values: list[float], unit: str, digits: int) -> str:
    low, high = min(values), max(values)
    middle = f"{statistics.median(values):,.{digits}f}"
    return f"{middle} {unit} ({low:,.{digits}f}–{high:,.{digits}f})".replace("  ", " ")


if __name__ == "__main__":
    main()
