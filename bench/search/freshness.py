"""From the answer to a change until search shows it: through outbox, doorbell and worker."""

import time
from collections.abc import Callable, Sequence

from tests.stack import Client

EACH = 20
DEADLINE_S = 60

Probe = dict[str, str]
Act = Callable[[Client, Probe, int], dict[str, str]]


def measure_freshness(client: Client, probes: Sequence[Probe]) -> dict[str, list[float]]:
    """Milliseconds of each change, by its name. Every probe is used once."""
    found: dict[str, list[float]] = {}
    for kind, (name, (act, is_found)) in enumerate(_CHANGES.items()):
        times = found[name] = []
        for number in range(kind * EACH, (kind + 1) * EACH):
            params = act(client, probes[number], number)
            started = time.perf_counter()
            _wait(client, params, is_found=is_found)
            times.append((time.perf_counter() - started) * 1000)
    return found


def _place(client: Client, probe: Probe, number: int) -> dict[str, str]:
    address = f"excerpts/{probe['excerpt']}/placings"
    client.post(address, json={"quadrant": "gain"}).raise_for_status()
    return {"q": f'"probe{number:04}"', "quadrant": "gain"}


def _edit(client: Client, probe: Probe, number: int) -> dict[str, str]:
    address = f"segments/{probe['segment']}/words/{probe['word']}"
    client.post(address, json={"text": f"changed{number:04}"}).raise_for_status()
    return {"q": f'"changed{number:04}"'}


def _merge(client: Client, probe: Probe, number: int) -> dict[str, str]:
    address = f"tags/{probe['tag']}/merge"
    client.post(address, json={"into_id": probe["into"]}).raise_for_status()
    return {"q": f'"probe{number:04}"', "tag": probe["into"]}


def _delete(client: Client, probe: Probe, number: int) -> dict[str, str]:
    client.delete(f"excerpts/{probe['excerpt']}").raise_for_status()
    return {"q": f'"probe{number:04}"'}


def _withdraw(client: Client, probe: Probe, number: int) -> dict[str, str]:
    address = f"participants/{probe['participant']}"
    client.patch(address, json={"consent": "withdrawn"}).raise_for_status()
    return {"q": f'"probe{number:04}"'}


_CHANGES: dict[str, tuple[Act, bool]] = {
    "placing": (_place, True),
    "editing a word": (_edit, True),
    "merging tags": (_merge, True),
    "deleting": (_delete, False),
    "withdrawing consent": (_withdraw, False),
}


def _wait(client: Client, params: dict[str, str], *, is_found: bool) -> None:
    deadline = time.perf_counter() + DEADLINE_S
    while time.perf_counter() < deadline:
        body = client.get("search", params={**params, "kind": "excerpt", "limit": "1"}).json()
        # The count, which is the index's own: rows that are gone are left out of the hits.
        if bool(body["total"]) is is_found:
            return
        time.sleep(0.005)
    raise AssertionError(f"{params} was not seen within {DEADLINE_S} s.")
