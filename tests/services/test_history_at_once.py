"""Several people mark, edit and undo in one session at the same moment, on PostgreSQL."""

from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import Any

import pytest

from tests.segments import read_segments, read_words
from tests.stack import Client, Stack, running_stack

pytestmark = pytest.mark.services

PEOPLE = 4
ROUNDS = 4


@pytest.fixture
def stack(tmp_path: Path, database_url: str) -> Iterator[Stack]:
    with running_stack(tmp_path, {"DATABASE_URL": database_url}, workers=()) as stack:
        yield stack


def add_notes(client: Client) -> tuple[str, dict[str, Any]]:
    """The id of a session with a text, and its transcript."""
    study = client.post("studies", json={"title": "Booking a visit"}).json()
    new = {"study_id": study["id"], "kind": "observation", "title": "A waiting room"}
    session_id = client.post("sessions", json=new).json()["id"]
    text = "\n".join(f"so we waited {number} weeks" for number in range(PEOPLE))
    client.post(f"sessions/{session_id}/text", json={"text": text}).raise_for_status()
    (source,) = client.get(f"sessions/{session_id}").json()["sources"]
    return session_id, client.get(f"transcripts/{source['transcript']['id']}").json()


def work(
    client: Client,
    session_id: str,
    transcript_id: str,
    shared_id: str,
    turn: dict[str, Any],
) -> list[int]:
    """One person's statuses: marks of their own, and everybody's hands on one excerpt."""
    statuses = []

    def send(method: str, path: str, body: Any = None) -> Any:
        answer = client.request(method, path, json=body)
        statuses.append(answer.status_code)
        return answer.json() if answer.content else {}

    for index in range(ROUNDS):
        word_ids = [word[0] for word in read_words(turn)]
        ends = {"first_word_id": word_ids[0], "last_word_id": word_ids[-1]}
        mark = send("POST", "excerpts", {"transcript_id": transcript_id, **ends})
        send("PATCH", f"excerpts/{shared_id}", {"is_key_quote": index % 2 == 0})
        send("POST", f"excerpts/{shared_id}/placings", {"quadrant": "pain", "intensity": index})
        if "id" in mark:  # Unless the words were changed back by somebody's undo.
            send("DELETE", f"excerpts/{mark['id']}")
        text = {"text": f"so {index}", "expected_text": " ".join(turn["words"])}
        turn = (send("PUT", f"segments/{turn['id']}/text", text).get("segments") or [turn])[0]
        send("POST", f"sessions/{session_id}/undo")
        send("POST", f"sessions/{session_id}/redo")
    return statuses


def test_no_number_is_given_twice_and_nobody_waits_for_ever(stack):
    clients = [stack.client() for _ in range(PEOPLE)]
    session_id, transcript = add_notes(clients[0])
    turns = read_segments(transcript["segments"])
    ids = [word[0] for turn in turns for word in read_words(turn)]
    shared = clients[0].post(
        "excerpts",
        json={
            "transcript_id": transcript["id"],
            "first_word_id": ids[0],
            "last_word_id": ids[-1],
        },
    )
    with ThreadPoolExecutor(PEOPLE) as pool:
        done = [
            pool.submit(
                work,
                client,
                session_id,
                transcript["id"],
                shared.json()["id"],
                turns[index],
            )
            for index, client in enumerate(clients)
        ]
        statuses = [status for future in done for status in future.result()]

    # They undo each other's work, so much is refused; nothing fails.
    assert set(statuses) <= {200, 201, 204, 400, 404, 409}
    feed = clients[0].get(f"sessions/{session_id}/changes?after=0").json()
    numbers = [change["number"] for change in feed["changes"]]
    assert numbers == sorted(set(numbers))
    assert feed["latest"] == numbers[-1]
    assert len(numbers) > PEOPLE * ROUNDS
