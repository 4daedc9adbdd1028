"""Search over HTTP beside the bare engine: the same questions in turn, in the same run."""

from pathlib import Path

from bench.figures import Figure, Latency, time_ms
from search.engines import open_engine
from search.query import Filters, SearchQuery
from tests.stack import Client, Stack

ROUNDS = 12
WARM_UP = 2
# Label, words, quadrant to filter by.
QUESTIONS = [
    ("a common word", ["reminder", "waiting", "calendar", "message", "phone"], ""),
    ("three letters", ["rem", "wai", "cal", "mes", "pho"], ""),
    ("a typo", ["remindr", "waitng", "calender", "mesage", "appointmnt"], ""),
    ("two words and a filter", ["late visit", "wrong day", "paper call", "early slot"], "pain"),
    ("everything, newest first", [""], ""),
]


def measure_search(stack: Stack, client: Client) -> list[Figure]:
    """One row for each sort of question; the bare engine answers excerpts with all facets."""
    directory = Path(stack.env["EARSHOT_DATA_DIR"]) / "search"
    engine = open_engine(url=None, api_key=None, directory=directory)
    figures = []
    for label, texts, quadrant in QUESTIONS:
        over_http, bare = [], []
        for number in range(ROUNDS * 5):
            text = texts[number % len(texts)]
            params = {"q": text, "kind": "excerpt", **({"quadrant": quadrant} if quadrant else {})}
            query = SearchQuery(
                workspace_id=client.workspace_id,
                text=text,
                kinds=("excerpt",),
                filters=Filters(quadrants=(quadrant,) if quadrant else ()),
            )
            asked = time_ms(lambda params=params: _ask(client, params))
            searched = time_ms(lambda query=query: engine.search(query))
            if number >= WARM_UP * len(texts):
                over_http.append(asked)
                bare.append(searched)
        figures.append(Figure(f"search: {label}", Latency(over_http), "bare engine", Latency(bare)))
    return figures


def _ask(client: Client, params: dict[str, str]) -> None:
    answer = client.get("search", params=params)
    answer.raise_for_status()
    assert answer.json()["hits"] or params["q"], "the benchmark must find something"
