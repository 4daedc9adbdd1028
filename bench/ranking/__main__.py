"""`make bench-ranking`: judge the order of results, and write the tables to RANKING.md."""

import os
import platform
import statistics
import tempfile
import uuid
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from datetime import UTC, datetime
from importlib.metadata import version
from itertools import chain
from pathlib import Path

from bench.figures import as_rows
from bench.ranking.core import Core, is_core_installed
from bench.ranking.generated import judged_talk
from bench.ranking.judged import JudgedSet
from bench.ranking.rankers import Ranker, judge, ranked_by, ranked_by_bm25
from search.engines.embedded import EmbeddedEngine
from search.engines.meilisearch import MeilisearchEngine

RESULTS = Path(__file__).parents[1] / "RANKING.md"
EMBEDDED, BM25 = "embedded", "plain BM25"
MEILISEARCH, CORE = "Meilisearch", "Meilisearch’s core"

# Ranker → kind of query → nDCG@10 of each query.
Figures = Mapping[str, Mapping[str, Sequence[float]]]


def main() -> None:
    judged_sets = [judged_sample_study(), judged_talk()]
    page = describe({judged.name: judge_all(judged) for judged in judged_sets}, judged_sets)
    print(page)
    RESULTS.write_text(page, encoding="utf-8")


def judged_sample_study() -> JudgedSet:
    """The sample study, loaded into a database of its own that is gone afterwards."""
    with tempfile.TemporaryDirectory(prefix="earshot-ranking-") as directory:
        # Models can only be imported once it is known where their data is.
        os.environ["EARSHOT_DATA_DIR"] = directory
        os.environ.pop("DATABASE_URL", None)
        os.environ.setdefault("DJANGO_SETTINGS_MODULE", "backend.config.settings")
        import django  # noqa: PLC0415

        django.setup()
        from django.core.management import call_command  # noqa: PLC0415

        from backend.sample.loading import load_sample  # noqa: PLC0415
        from bench.ranking.sample import judged_sample  # noqa: PLC0415

        print("Loading the sample study …", flush=True)
        call_command("migrate", verbosity=0)
        workspace = load_sample()
        assert workspace is not None
        return judged_sample(workspace)


def judge_all(judged: JudgedSet) -> Figures:
    """Every way to rank, on the same documents, in the same run."""
    print(f"Judging {judged.name} …", flush=True)
    with tempfile.TemporaryDirectory(prefix="earshot-ranking-") as directory:
        embedded = EmbeddedEngine(Path(directory))
        embedded.rebuild(judged.documents)
        rankers: dict[str, Ranker] = {
            EMBEDDED: ranked_by(embedded, judged.workspace_id),
            BM25: ranked_by_bm25(embedded, judged.workspace_id),
        }
        if is_core_installed():
            path = Path(directory) / "core"
            path.mkdir()
            rankers[CORE] = Core(path, judged).rank
        figures = {name: judge(ranker, judged) for name, ranker in rankers.items()}
    if url := os.environ.get("MEILI_URL"):
        with meilisearch_index(url) as engine:
            engine.rebuild(judged.documents)
            figures[MEILISEARCH] = judge(ranked_by(engine, judged.workspace_id), judged)
    return figures


@contextmanager
def meilisearch_index(url: str) -> Iterator[MeilisearchEngine]:
    """An index of our own on the operator's server."""
    name = f"earshot_ranking_{uuid.uuid4().hex}"
    engine = MeilisearchEngine(url, os.environ.get("MEILI_API_KEY"), index_name=name)
    try:
        yield engine
    finally:
        engine._delete_index(name)


def describe(figures: Mapping[str, Figures], judged_sets: Sequence[JudgedSet]) -> str:
    """The page that is kept with the code."""
    tables = "\n\n".join(
        f"## {judged.name[0].upper()}{judged.name[1:]}\n\n"
        f"{len(judged.documents):,} documents, {len(judged.queries)} questions.\n\n"
        f"{as_rows(_headings(figures[judged.name]), [*_rows(figures[judged.name])])}"
        for judged in judged_sets
    )
    return f"""# The order of results, measured

`make bench-ranking` measured this on {datetime.now(UTC):%-d %B %Y}, Python
{platform.python_version()}. nDCG@10 (formula in `bench/ranking/ndcg.py`): 1 is the best order that
the judged documents could have, 0 is nothing of use among the first ten.

{_about_meilisearch()}

*Plain BM25* is tantivy's own query parser over the same index, any of the words: what one gets
without a ranking of one's own. It knows no unfinished words, typos or forms, and shows what has one
word of five, which is why it does well on sentences and on nothing that is typed letter by letter.
We show that only where fewer than ten documents have all words.

{tables}

## How it is judged

The sample study: what a product manager would type, every useful document graded by reading it (3
what they came for, 2 clearly about it, 1 touches it), in `tests/search/judged/sample.toml`. The
grades are for meaning, so no engine of words reaches 1: nothing finds “a voice kept telling me that
my call was important” for “hold”. The generated talk (`bench/ranking/generated.py`): each document
is made to deserve its grade, beside baits that are younger, key quotes, or repeat a word. It tests
the order that `docs/search.md` states, so it says whether we do what we say; the sample says
whether that is any good. Both are small: a difference of a few hundredths means nothing.
"""


def _about_meilisearch() -> str:
    server = (
        "*Meilisearch* was measured with the server that MEILI_URL names."
        if os.environ.get("MEILI_URL")
        else "**No server of Meilisearch was there** (MEILI_URL was not set)."
    )
    if not is_core_installed():
        wanted = "`pip install milli lmdb`, where glibc is 2.39 or newer"
        return f"{server}\nNor was its core: {wanted}."
    return f"""{server}

*Meilisearch’s core* is milli {version("milli")}, on which its server is built, with our settings,
the same documents and the questions that our engine asks. Filters and facets take no part."""


def _rankers(figures: Figures) -> list[str]:
    return [name for name in (EMBEDDED, MEILISEARCH, CORE, BM25) if name in figures]


def _headings(figures: Figures) -> tuple[str, ...]:
    return ("question", "queries", *_rankers(figures))


def _rows(figures: Figures) -> Iterator[tuple[str, ...]]:
    def row(kind: str, runs: Mapping[str, Sequence[float]]) -> tuple[str, ...]:
        means = [f"{statistics.mean(runs[each]):.2f}" for each in _rankers(figures)]
        return (kind, str(len(runs[EMBEDDED])), *means)

    for kind in figures[EMBEDDED]:
        yield row(kind, {name: runs[kind] for name, runs in figures.items()})
    yield row("all", {name: [*chain(*runs.values())] for name, runs in figures.items()})


if __name__ == "__main__":
    main()
