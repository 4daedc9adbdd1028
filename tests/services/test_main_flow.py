"""The main flow on PostgreSQL and Redis: a recording goes in, and its pain is found."""

import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
import redis

from tests.segments import read_segments, read_word_ids
from tests.stack import ROOT, Client, Stack, running_stack, wait_for

pytestmark = pytest.mark.services

RECORDING = ROOT / "tests" / "data" / "two_sentences.wav"


@pytest.fixture
def stack(tmp_path: Path, database_url: str, redis_url: str) -> Iterator[Stack]:
    env = {"DATABASE_URL": database_url, "REDIS_URL": redis_url}
    with running_stack(tmp_path, env, workers=()) as stack:
        yield stack


@pytest.fixture
def client(stack: Stack) -> Client:
    return stack.client()


def make_session(client: Client) -> str:
    study = client.post("studies", json={"title": "Booking a visit"}).json()
    person = client.post("participants", json={"code_name": "P01"}).json()
    new = {
        "study_id": study["id"],
        "kind": "interview",
        "title": "Interview 1",
        "participant_ids": [person["id"]],
    }
    answer = client.post("sessions", json=new)
    answer.raise_for_status()
    return answer.json()["id"]


def wait_until_ready(client: Client, session_id: str) -> dict[str, Any]:
    def is_ready() -> dict[str, Any] | None:
        session = client.get(f"sessions/{session_id}").json()
        assert session["state"] != "failed", session["jobs"]
        return session if session["state"] == "ready" else None

    return wait_for(is_ready, seconds=180, what="the transcript")


def place_on_pains(client: Client, transcript_id: str) -> dict[str, Any]:
    """An excerpt of the first segment, placed on the pains of a new persona."""
    columns = client.get(f"transcripts/{transcript_id}").json()["segments"]
    word_ids = read_word_ids(read_segments(columns)[0])
    persona = client.post("personas", json={"name": "Maya"}).json()
    answer = client.post(
        "excerpts",
        json={
            "transcript_id": transcript_id,
            "first_word_id": word_ids[0],
            "last_word_id": word_ids[-1],
            "placings": [{"quadrant": "pain", "persona_id": persona["id"]}],
        },
    )
    answer.raise_for_status()
    return answer.json()


def wait_for_hit(client: Client, word: str) -> dict[str, Any]:
    def find() -> dict[str, Any] | None:
        answer = client.get("search", params={"q": word, "kind": "excerpt"})
        answer.raise_for_status()
        return answer.json() if answer.json()["hits"] else None

    return wait_for(find, seconds=30, what="the excerpt in search")


def check_everything(client: Client, session_id: str) -> None:
    """The words are there, can be placed, and are found and counted."""
    (source,) = wait_until_ready(client, session_id)["sources"]
    excerpt = place_on_pains(client, source["transcript"]["id"])
    longest = max(excerpt["text"].split(), key=len).strip(".,?!").lower()

    answer = wait_for_hit(client, longest)

    assert answer["hits"][0]["excerpt"]["id"] == excerpt["id"]
    assert (answer["people"], answer["people_total"]) == (1, 1)
    quadrants = next(f for f in answer["facets"] if f["field"] == "quadrant")
    assert [value["value"] for value in quadrants["values"]] == ["pain"]
    the_map = client.get(f"personas/{excerpt['placings'][0]['persona_id']}/map").json()
    assert the_map["excerpt_count"] == 1
    media = client.get(source["media"]["media_url"], headers={"Range": "bytes=0-99"})
    assert (media.status_code, len(media.content)) == (206, 100)


def test_a_recording_becomes_searchable_evidence(stack, client):
    stack.start_worker("speech")
    stack.start_worker("index")
    session_id = make_session(client)
    client.upload(session_id, "interview.wav", RECORDING.read_bytes())

    check_everything(client, session_id)

    truth = json.loads(RECORDING.with_suffix(".json").read_text())
    first_words = truth["sentences"][0]["text"].lower().split()[:3]
    (source,) = client.get(f"sessions/{session_id}").json()["sources"]
    columns = client.get(f"transcripts/{source['transcript']['id']}").json()["segments"]
    assert [word.lower() for word in columns["words"][0][:3]] == first_words


def test_redis_may_be_emptied_at_any_moment(stack, client, redis_url):
    server = redis.Redis.from_url(redis_url)
    session_id = make_session(client)
    client.upload(session_id, "interview.wav", RECORDING.read_bytes())
    assert server.dbsize() > 0, "nothing was rung for, so nothing can be lost"

    server.flushall()
    stack.start_worker("speech")
    stack.start_worker("index")
    wait_for(
        lambda: [
            job
            for job in client.get(f"sessions/{session_id}").json()["jobs"]
            if job["kind"] == "transcribe"
        ],
        what="the transcription",
    )
    server.flushall()

    check_everything(client, session_id)


def test_a_worker_killed_between_redis_and_postgres_loses_nothing(stack, client):
    session_id = make_session(client)
    stack.start_worker("speech")
    stack.start_worker("index")
    client.upload(session_id, "interview.wav", RECORDING.read_bytes())
    wait_for(
        lambda: [
            job
            for job in client.get(f"sessions/{session_id}").json()["jobs"]
            if job["state"] == "running"
        ],
        what="a running job",
    )

    stack.kill_worker("speech")
    stack.kill_worker("index")
    stack.start_worker("speech")
    stack.start_worker("index")

    check_everything(client, session_id)
    jobs = wait_for(lambda: jobs_when_over(client, session_id), what="the end of all jobs")
    assert max(job["attempt"] for job in jobs) == 2
    assert {job["state"] for job in jobs} == {"succeeded"}


def jobs_when_over(client: Client, session_id: str) -> list[dict[str, Any]]:
    """Speakers are told apart while the text can be read already."""
    jobs = client.get(f"sessions/{session_id}").json()["jobs"]
    is_over = all(job["state"] not in ("queued", "running") for job in jobs)
    return jobs if is_over else []
