"""People who type: every letter is a request, by one of them and by sixteen at once."""

import threading
import time
from collections.abc import Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, field

from bench.figures import time_ms
from bench.search.bare import BareEngine
from search.engine import SearchEngine
from search.query import Filters, SearchQuery
from tests.stack import Client, Stack

PEOPLE = 16
SECONDS_AT_ONCE = 20.0


@dataclass
class Times:
    """Of the same requests: over HTTP, what the engine took of it, in this process, and bare."""

    http_ms: list[float] = field(default_factory=list)
    engine_ms: list[float] = field(default_factory=list)
    here_ms: list[float] = field(default_factory=list)
    bare_ms: list[float] = field(default_factory=list)

    @property
    def view_ms(self) -> list[float]:
        return [http - engine for http, engine in zip(self.http_ms, self.engine_ms, strict=True)]


def ask_alone(
    client: Client,
    engine: SearchEngine,
    bare: BareEngine,
    texts: Sequence[str],
    *,
    study_id: str = "",
    budget_s: float,
) -> Times:
    """One person; every request is made over HTTP, of the engine here, and of the bare engine, in
    turn. Ends early when the budget is used up, so texts should come in no order.
    """
    times = Times()
    deadline = time.perf_counter() + budget_s
    for number, text in enumerate(texts):
        if time.perf_counter() > deadline and number > 50:
            break
        http_ms, engine_ms = _ask(client, text, study_id)
        query = SearchQuery(
            workspace_id=client.workspace_id,
            text=text,
            kinds=("excerpt",),
            filters=Filters(study_ids=(study_id,) if study_id else ()),
        )
        here_ms = time_ms(lambda query=query: engine.search(query))
        bare_ms = time_ms(lambda text=text: bare.search(client.workspace_id, text, study_id))
        if number >= 10:  # what is read for the first time is no measure
            times.http_ms.append(http_ms)
            times.engine_ms.append(engine_ms)
            times.here_ms.append(here_ms)
            times.bare_ms.append(bare_ms)
    return times


def ask_at_once(stack: Stack, texts: Sequence[str], *, people: int = PEOPLE) -> Times:
    """Sixteen people type without a pause for some seconds, each from another place on."""
    deadline = time.perf_counter() + SECONDS_AT_ONCE
    lock, times = threading.Lock(), Times()

    def type_on(person: int) -> None:
        client = stack.client()
        place = person * len(texts) // people
        while time.perf_counter() < deadline:
            http_ms, engine_ms = _ask(client, texts[place % len(texts)], "")
            place += 1
            with lock:
                times.http_ms.append(http_ms)
                times.engine_ms.append(engine_ms)

    with ThreadPoolExecutor(people) as pool:
        list(pool.map(type_on, range(people)))
    return times


def _ask(client: Client, text: str, study_id: str) -> tuple[float, float]:
    params = {"q": text, "kind": "excerpt", **({"study": study_id} if study_id else {})}
    started = time.perf_counter()
    answer = client.get("search", params=params)
    http_ms = (time.perf_counter() - started) * 1000
    answer.raise_for_status()
    return http_ms, answer.json()["took_ms"]
