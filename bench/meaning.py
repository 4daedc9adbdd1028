"""`make bench-meaning`: what a model of meaning finds that words don't, and what it costs.

Needs the model that `make meaning` makes, or MEANING_MODEL. Writes MEANING.md.
"""

import os
import platform
import statistics
import sys
import tempfile
import time
import tracemalloc
import uuid
from collections.abc import Callable, Sequence
from datetime import UTC, datetime
from pathlib import Path

import numpy as np

from bench.figures import Latency, as_rows, time_ms
from bench.ranking.__main__ import judged_sample_study
from bench.ranking.judged import JudgedSet, read_judged
from bench.ranking.rankers import PLACES, Ranker, judge, ranked_by
from bench.search.speech import Speech
from search import SearchDocument
from search.documents import document_key
from search.engines.embedded import EmbeddedEngine
from search.meaning import LEAST_CLOSE_TO_WORDS, MeaningModel, MeaningQuery, is_model

RESULTS = Path(__file__).parent / "MEANING.md"
JUDGEMENTS = Path(__file__).parents[1] / "tests/search/judged/other_words.toml"
WORKSPACE = "00000000-0000-4000-8000-000000000001"
EXCERPTS = 100_000
QUESTIONS = 200

Rows = list[tuple[str, ...]]


def main() -> None:
    folder = Path(
        os.environ.get("MEANING_MODEL")
        or Path(os.environ.get("EARSHOT_DATA_DIR", "var")) / "meaning"
    ).resolve()
    if not is_model(folder):
        sys.exit(f"There is no model in {folder}. Type: make meaning")
    model = MeaningModel(folder)
    sample = judged_sample_study()
    excerpts = [each for each in sample.documents if each.kind == "excerpt"]
    judged = read_judged(JUDGEMENTS, excerpts, name="other words")
    page = _page(_judged_rows(judged, model), _cost_rows(model), model)
    print(page)
    RESULTS.write_text(page, encoding="utf-8")


def _judged_rows(judged: JudgedSet, model: MeaningModel) -> Rows:
    with tempfile.TemporaryDirectory(prefix="earshot-meaning-") as directory:
        engine = EmbeddedEngine(Path(directory), meaning=model)
        engine.rebuild(judged.documents)
        by_words = ranked_by(engine, judged.workspace_id)
        rankers = [by_words, _ranked_by_meaning(engine, judged.workspace_id)]
        rankers.append(_as_on_the_page(*rankers))
        figures = [judge(ranker, judged) for ranker in rankers]
    rows = [_judged_row(kind, [each[kind] for each in figures]) for kind in figures[0]]
    together = [[one for runs in each.values() for one in runs] for each in figures]
    return [*rows, _judged_row("all", together)]


def _judged_row(name: str, figures: Sequence[Sequence[float]]) -> tuple[str, ...]:
    cells = (f"{statistics.mean(each):.2f}" for each in figures)
    return (name, str(len(figures[0])), *cells)


def _ranked_by_meaning(engine: EmbeddedEngine, workspace_id: str) -> Ranker:
    def rank(text: str) -> list[str]:
        query = MeaningQuery(
            workspace_id=workspace_id, text=text, limit=PLACES, least_close=LEAST_CLOSE_TO_WORDS
        )
        return [document_key(hit.kind, hit.id) for hit in engine.close_in_meaning(query) or ()]

    return rank


def _as_on_the_page(by_words: Ranker, by_meaning: Ranker) -> Ranker:
    """What the words find, and below it what they don't."""
    return lambda text: list(dict.fromkeys([*by_words(text), *by_meaning(text)]))[:PLACES]


def _cost_rows(model: MeaningModel) -> Rows:
    speech = Speech()
    texts = speech.texts(EXCERPTS)
    documents = [_document(number, text) for number, text in enumerate(texts)]
    asked = texts[: 10 * QUESTIONS : 10]
    model.vector("open the model before it is measured")
    rows = [
        (
            "a vector of a text, µs",
            f"{_seconds(lambda: [*map(model.vector, asked)]) / len(asked) * 1e6:.0f}",
        )
    ]
    with tempfile.TemporaryDirectory(prefix="earshot-meaning-") as directory:
        plain = EmbeddedEngine(Path(directory, "plain"))
        engine = EmbeddedEngine(Path(directory, "meaning"), meaning=model)
        plain_s = _seconds(lambda: plain.rebuild(documents))
        engine_s = _seconds(lambda: engine.rebuild(documents))
        rows.append(("filling the index without, s", f"{plain_s:.1f}"))
        rows.append(("filling the index with vectors, s", f"{engine_s:.1f}"))
        rows += [
            (f"index {name}, MB", f"{_size_bytes(Path(directory, name)) / 1e6:.0f}")
            for name in ("plain", "meaning")
        ]
        rows += _asking_rows(engine, speech.typed(asked), asked, model)
    return rows


def _asking_rows(
    engine: EmbeddedEngine, typed: Sequence[str], asked: Sequence[str], model: MeaningModel
) -> Rows:
    engine.ensure_index()
    tracemalloc.start()
    first_ms = time_ms(lambda: engine.close_in_meaning(_query(asked[0])))
    held_bytes, _ = tracemalloc.get_traced_memory()
    tracemalloc.stop()
    rows: Rows = [
        ("first question of a process, ms", f"{first_ms:.0f}"),
        ("memory of the vectors, MB", f"{held_bytes / 1e6:.0f}"),
    ]
    for name, questions in (("typed words", typed), ("a whole excerpt", asked)):
        run = Latency(
            [time_ms(lambda text=text: engine.close_in_meaning(_query(text))) for text in questions]
        )
        rows.append((f"{name}, p50 / p95 ms", f"{run.p50:.1f} / {run.p95:.1f}"))
    rows.append(("the true ten closest among its ten", f"{_recall(engine, asked, model):.0%}"))
    return rows


def _recall(engine: EmbeddedEngine, asked: Sequence[str], model: MeaningModel) -> float:
    """Against each vector compared whole."""
    store = engine._meanings._store
    assert store is not None
    assert store[1]._held is not None
    serials, *numbers = store[1]._held
    exact = np.concatenate(numbers, axis=1).astype(np.float32)
    shares = []
    for text in asked[:50]:
        vector = model.vector(text)
        assert vector is not None
        true = {*serials[np.argsort(-(exact @ vector))[:10]].tolist()}
        shares.append(len(true & {*store[1].closest(serials, vector, 10)[0].tolist()}) / 10)
    return statistics.mean(shares)


def _query(text: str) -> MeaningQuery:
    return MeaningQuery(workspace_id=WORKSPACE, text=text, least_close=LEAST_CLOSE_TO_WORDS)


def _document(number: int, text: str) -> SearchDocument:
    return SearchDocument(
        id=str(uuid.UUID(int=number)), kind="excerpt", workspace_id=WORKSPACE, text=text,
        created_at_s=1_700_000_000 + number, version=1, participant_ids=(f"p{number % 500}",),
        study_ids=(f"s{number % 20}",),
    )  # fmt: skip


def _seconds(act: Callable[[], object]) -> float:
    started = time.process_time()
    act()
    return time.process_time() - started


def _size_bytes(folder: Path) -> int:
    return sum(path.stat().st_size for path in folder.rglob("*") if path.is_file())


def _page(judged: Rows, costs: Rows, model: MeaningModel) -> str:
    headings = ("question", "questions", "by words", "by meaning", "as on the page")
    return f"""# Found by meaning, measured

`make bench-meaning` measured this on {datetime.now(UTC):%-d %B %Y}, Python
{platform.python_version()}, with a model of {model.dimensions} numbers for each text.

## Other words for the same

The excerpts of the sample study, asked for in words that most of them don't have
(`tests/search/judged/other_words.toml`), nDCG@10. *As on the page*: what the words find, and below
it what they don't. The set is small and was judged by one reader: a difference of a few hundredths
means nothing.

{as_rows(headings, judged)}

## What it costs

The embedded engine with {EXCERPTS:,} excerpts of made-up talk (`bench/search/speech.py`), all of
one workspace. Seconds and microseconds are of processor time; milliseconds are as waited for.

{as_rows(("what", "figure"), costs)}
"""


if __name__ == "__main__":
    main()
