"""What pages ask for: the empathy map of a much heard persona, and lists."""

from bench.figures import Figure, Latency, time_ms
from tests.stack import Client

ROUNDS = 15
LISTS = ["studies", "sessions", "participants", "excerpts", "insights"]


def measure_map(client: Client) -> list[Figure]:
    """The persona with 20,000 placings beside one with about 5,600, in turn."""
    personas = client.get("personas", params={"page_size": 50}).json()["results"]
    ids = {persona["name"]: persona["id"] for persona in personas}
    large, small = [], []
    for _ in range(ROUNDS):
        large.append(time_ms(lambda: _read(client, f"personas/{ids['Persona 0']}/map")))
        small.append(time_ms(lambda: _read(client, f"personas/{ids['Persona 1']}/map")))
    return [
        Figure(
            "empathy map of 20,000 placings", Latency(large), "of 5,556 placings", Latency(small)
        )
    ]


def measure_lists(client: Client) -> list[Figure]:
    """A page of 50 rows beside a page of one, in turn."""
    figures = []
    for name in LISTS:
        fifty, one = [], []
        for _ in range(ROUNDS):
            fifty.append(time_ms(lambda name=name: _read(client, f"{name}?page_size=50")))
            one.append(time_ms(lambda name=name: _read(client, f"{name}?page_size=1")))
        figures.append(Figure(f"list of {name}, 50 rows", Latency(fifty), "1 row", Latency(one)))
    return figures


def _read(client: Client, path: str) -> None:
    answer = client.get(path)
    answer.raise_for_status()
