"""Work survives what kills it: workers, messages, and both at once."""

import json
import re
from collections.abc import Iterator
from typing import Any

import pytest

from tests.stack import ROOT, Client, Stack, running_stack, wait_for
from tests.worker.recordings import repeat_recording

TALK = ROOT / "tests" / "data" / "two_sentences.wav"
# So many windows that there is time to disturb the work between the first and the last.
TIMES = 8


@pytest.fixture(scope="module")
def whole_stack(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Stack]:
    with running_stack(tmp_path_factory.mktemp("kill"), workers=()) as stack:
        yield stack


@pytest.fixture
def stack(whole_stack: Stack) -> Iterator[Stack]:
    """Web and database, without any worker but those that the test starts."""
    yield whole_stack
    for name in set(whole_stack.processes) - {"web"}:
        whole_stack.kill_worker(name)


@pytest.fixture
def client(stack: Stack) -> Client:
    return stack.client()


def upload_talk(client: Client, *, times: int = TIMES) -> str:
    """A session with the two sentences said so many times, a window each; returns its id."""
    study = client.post("studies", json={"title": "Booking"}).json()
    session = {"title": "Long", "kind": "interview", "study_id": study["id"], "language": "en"}
    session_id = client.post("sessions", json=session).json()["id"]
    client.upload(session_id, "long.wav", repeat_recording(TALK, times))
    return session_id


def read_job(client: Client, session_id: str, kind: str) -> dict[str, Any]:
    jobs = client.get(f"sessions/{session_id}").json()["jobs"]
    return next((job for job in jobs if job["kind"] == kind), {})


def read_transcript(client: Client, session_id: str) -> dict[str, Any]:
    (source,) = client.get(f"sessions/{session_id}").json()["sources"]
    return source["transcript"] or {}


def wait_for_end(client: Client, session_id: str, kind: str = "transcribe") -> dict[str, Any]:
    def is_over() -> dict[str, Any] | None:
        job = read_job(client, session_id, kind)
        return job if job.get("state") in ("succeeded", "failed", "cancelled") else None

    return wait_for(is_over, seconds=240, what=f"the end of {kind}")


def wait_for_part(client: Client, session_id: str) -> dict[str, Any]:
    """The transcript once something of it, but not all, is saved."""

    def is_part() -> dict[str, Any] | None:
        transcript = read_transcript(client, session_id)
        return transcript if transcript.get("transcribed_ms") else None

    part = wait_for(is_part, seconds=120, what="the first saved window")
    assert part["state"] == "in_progress", "It was done before it could be disturbed."
    return part


def read_words(client: Client, transcript_id: str) -> tuple[list[int], list[str]]:
    transcript = client.get(f"transcripts/{transcript_id}").json()
    ids = [word_id for segment in transcript["segments"] for word_id in segment["word_ids"]]
    words = [word for segment in transcript["segments"] for word in segment["words"]]
    return ids, [re.sub(r"[^a-z']", "", word.lower()) for word in words]


def true_words() -> list[str]:
    truth = json.loads(TALK.with_suffix(".json").read_text())
    words = [word for sentence in truth["sentences"] for word, *_ in sentence["words"]]
    return [re.sub(r"[^a-z']", "", word.lower()) for word in words]


def test_a_worker_killed_in_mid_transcription_goes_on_where_it_was(stack, client):
    session_id = upload_talk(client)
    stack.start_worker("speech")
    part = wait_for_part(client, session_id)

    stack.kill_worker("speech")
    saved = read_transcript(client, session_id)
    assert saved["state"] == "in_progress"
    stack.start_worker("speech")
    job = wait_for_end(client, session_id)

    assert (job["state"], job["error"], job["failed_parts"]) == ("succeeded", None, [])
    (source,) = client.get(f"sessions/{session_id}").json()["sources"]
    assert source["transcript"]["id"] == part["id"]
    assert (source["transcript"]["version"], source["transcript"]["state"]) == (1, "complete")
    ids, words = read_words(client, part["id"])
    assert words == true_words() * TIMES
    assert ids == list(range(1, len(words) + 1))


def test_a_worker_that_is_asked_to_stop_gives_its_job_back(stack, client):
    session_id = upload_talk(client)
    stack.start_worker("speech")
    part = wait_for_part(client, session_id)

    assert stack.stop_worker("speech") == 0
    assert read_transcript(client, session_id)["state"] == "in_progress"
    stack.start_worker("speech")
    job = wait_for_end(client, session_id)

    assert (job["state"], job["attempt"]) == ("succeeded", 1)
    _, words = read_words(client, part["id"])
    assert words == true_words() * TIMES


def test_lost_messages_are_rung_again(stack, client):
    session_id = upload_talk(client, times=1)
    messages = list((stack.folder / "data" / "broker").iterdir())
    assert messages
    for message in messages:
        message.unlink()

    stack.start_worker("speech")

    assert wait_for_end(client, session_id)["state"] == "succeeded"


def test_messages_that_come_twice_do_the_work_once(stack, client):
    session_id = upload_talk(client, times=1)
    for message in list((stack.folder / "data" / "broker").iterdir()):
        for number in range(3):
            message.with_name(f"{number}{message.name}").write_bytes(message.read_bytes())

    stack.start_worker("speech")

    job = wait_for_end(client, session_id)
    assert (job["state"], job["attempt"]) == ("succeeded", 1)
    assert read_job(client, session_id, "prepare_media")["attempt"] == 1
    assert read_transcript(client, session_id)["version"] == 1


def test_two_workers_share_the_work_without_doing_any_of_it_twice(stack, client):
    ids = [upload_talk(client, times=1) for _ in range(3)]
    stack.start_worker("speech")
    stack.start_worker("speech", name="speech-2")

    for session_id in ids:
        job = wait_for_end(client, session_id)
        assert (job["state"], job["attempt"]) == ("succeeded", 1)
        transcript = read_transcript(client, session_id)
        assert transcript["version"] == 1
        assert read_words(client, transcript["id"])[1] == true_words()


def test_a_cancelled_transcription_stops_and_can_go_on(stack, client):
    session_id = upload_talk(client)
    stack.start_worker("speech")
    part = wait_for_part(client, session_id)

    job = read_job(client, session_id, "transcribe")
    client.post(f"jobs/{job['id']}/cancel").raise_for_status()
    assert wait_for_end(client, session_id)["state"] == "cancelled"
    client.post(f"jobs/{job['id']}/retry").raise_for_status()
    assert wait_for_end(client, session_id)["state"] == "succeeded"

    transcript = read_transcript(client, session_id)
    assert transcript["id"] == part["id"]
    assert read_words(client, part["id"])[1] == true_words() * TIMES
