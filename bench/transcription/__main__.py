"""`make bench-transcription`: measure, print the table, and write it to TRANSCRIPTION.md."""

import argparse
import os
import platform
import signal
import sys
import tempfile
from datetime import UTC, datetime
from pathlib import Path

from bench.figures import as_rows, processor
from bench.transcription.costs import measure_cpu, measure_inventions, measure_memory
from bench.transcription.model import save_checkpoint
from bench.transcription.workers import measure_rest, measure_workers

RESULTS = Path(__file__).resolve().parents[1] / "TRANSCRIPTION.md"
# What people say of the figures: below them on the page, and left alone by a new run.
REMARKS_HEADING = "## Remarks"
HEADINGS = ("what", "ours", "beside", "ratio", "aim")


def main() -> None:
    # An end by SIGTERM must stop the processes, too.
    signal.signal(signal.SIGTERM, lambda *_: sys.exit(1))
    wanted = _arguments()
    with tempfile.TemporaryDirectory(prefix="earshot-bench-") as name:
        folder = Path(name)
        model = folder / "noise.pt"
        save_checkpoint(model)
        rows = [
            *measure_cpu(folder, model, seconds=wanted.seconds, pairs=wanted.pairs),
            measure_memory(folder, model),
            *measure_workers(folder, model, seconds=wanted.long_seconds),
            *measure_rest(folder, seconds=wanted.long_seconds),
            *measure_inventions(folder),
        ]
    table = as_rows(HEADINGS, [(r.what, r.ours, r.beside, r.ratio, r.aim) for r in rows])
    print(table)
    RESULTS.write_text(_page(table, wanted) + _remarks(RESULTS))


def _arguments() -> argparse.Namespace:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--pairs", type=int, default=2, help="how often each is measured in turn")
    parser.add_argument("--seconds", type=int, default=420, help="of speech for the CPU")
    parser.add_argument("--long-seconds", type=int, default=1800, help="of speech for the workers")
    return parser.parse_args()


def _remarks(page: Path) -> str:
    """The remarks on a page, with their heading; those of earlier figures are not lost."""
    kept = page.read_text() if page.exists() else ""
    _, heading, remarks = kept.partition(f"\n{REMARKS_HEADING}\n")
    return f"{heading}{remarks}"


def _page(table: str, wanted: argparse.Namespace) -> str:
    load = ", ".join(f"{value:.1f}" for value in os.getloadavg())
    return f"""# Measurements of transcription

`make bench-transcription` measured this on {datetime.now(UTC):%-d %B %Y}: {processor()},
{os.cpu_count()} cores (load {load}), Python {platform.python_version()}, one thread a process. The
model has the sizes of Whisper “base” and weights of noise; its decoder is told what to say: as many
tokens for a second of sound (digital silence is none) in every window, however the sides cut them.
{wanted.pairs} pairs in turn, a fresh process each; medians, with
the least and the greatest ratio. The reference is `whisper.transcribe` with word times, without
conditioning on its previous text. Words over noise are those of the project's own checkpoint.

Measured with
`--pairs {wanted.pairs} --seconds {wanted.seconds} --long-seconds {wanted.long_seconds}`.

{table}
"""


if __name__ == "__main__":
    main()
