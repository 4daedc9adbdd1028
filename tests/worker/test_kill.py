"""Work survives what kills it: workers, messages, and both at once; its text is always the same."""

import json
import re
import sqlite3
import time
from collections.abc import Iterator
from dataclasses import replace
from typing import Any

import pytest

from backend.sources.anchoring import WORD_ID_STEP
from tests.segments import read_segments, read_word_ids
from tests.stack import ROOT, Client, Stack, running_stack, wait_for
from tests.worker.mail_server import MailServer
from tests.worker.recordings import repeat_recording

TALK = ROOT / "tests" / "data" / "two_sentences.wav"
# So many windows that there is time to disturb the work between the first and the last.
TIMES = 6


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
    columns = client.get(f"transcripts/{transcript_id}").json()["segments"]
    ids = read_word_ids(columns)
    words = [word for words in columns["words"] for word in words]
    return ids, [re.sub(r"[^a-z']", "", word.lower()) for word in words]


def read_text(client: Client, transcript_id: str) -> list[tuple[Any, ...]]:
    """All that must not depend on who did the work; who speaks is found out later."""
    names = ("position", "start_ms", "end_ms", "doubt", "word_id_runs", "words", "gaps_ms")
    transcript = client.get(f"transcripts/{transcript_id}").json()
    segments = read_segments(transcript["segments"])
    return [tuple(segment[name] for name in names) for segment in segments]


@pytest.fixture(scope="module")
def undisturbed(whole_stack: Stack) -> list[tuple[Any, ...]]:
    """The text of the long talk as one worker makes it that nobody disturbs."""
    client = whole_stack.client()
    session_id = upload_talk(client)
    whole_stack.start_worker("speech", name="undisturbed")
    assert wait_for_end(client, session_id)["state"] == "succeeded"
    whole_stack.kill_worker("undisturbed")
    text = read_text(client, read_transcript(client, session_id)["id"])
    words = [word for row in text for word in row[5]]
    assert [re.sub(r"[^a-z']", "", word.lower()) for word in words] == true_words() * TIMES
    return text


def true_words() -> list[str]:
    truth = json.loads(TALK.with_suffix(".json").read_text())
    words = [word for sentence in truth["sentences"] for word, *_ in sentence["words"]]
    return [re.sub(r"[^a-z']", "", word.lower()) for word in words]


def test_a_worker_killed_in_mid_transcription_goes_on_where_it_was(stack, client, undisturbed):
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
    assert read_text(client, part["id"]) == undisturbed
    ids, _ = read_words(client, part["id"])
    assert ids == [WORD_ID_STEP * number for number in range(1, len(ids) + 1)]


def test_a_worker_that_is_asked_to_stop_gives_its_part_back(stack, client, undisturbed):
    session_id = upload_talk(client)
    stack.start_worker("speech")
    part = wait_for_part(client, session_id)

    assert stack.stop_worker("speech") == 0
    assert read_transcript(client, session_id)["state"] == "in_progress"
    stack.start_worker("speech")
    job = wait_for_end(client, session_id)

    assert job["state"] == "succeeded"
    assert read_text(client, part["id"]) == undisturbed


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


def test_two_workers_share_one_recording(stack, client, undisturbed):
    stack.start_worker("speech", name="speech-1")
    stack.start_worker("speech", name="speech-2")
    session_id = upload_talk(client)

    job = wait_for_end(client, session_id)

    assert (job["state"], job["attempt"]) == ("succeeded", 1)
    transcript = read_transcript(client, session_id)
    assert transcript["version"] == 1
    assert read_text(client, transcript["id"]) == undisturbed
    done = {
        name: re.findall(rf"Job {job['id']}, part (\d+): attempt (\d+)", stack.log(name))
        for name in ("speech-1", "speech-2")
    }
    assert all(done.values()), "Only one of them did any part."
    assert sorted(done["speech-1"] + done["speech-2"]) == [(str(n), "1") for n in range(4)]


def test_a_cancelled_transcription_stops_within_seconds_and_can_go_on(stack, client, undisturbed):
    session_id = upload_talk(client)
    stack.start_worker("speech")
    part = wait_for_part(client, session_id)

    job = read_job(client, session_id, "transcribe")
    assert client.post(f"jobs/{job['id']}/cancel").json()["state"] == "cancelled"
    cancelled_at = time.monotonic()
    wait_for(lambda: "was lost; nothing was saved" in stack.log("speech"), what="its worker")
    assert time.monotonic() - cancelled_at < 10
    client.post(f"jobs/{job['id']}/retry").raise_for_status()
    assert wait_for_end(client, session_id)["state"] == "succeeded"

    transcript = read_transcript(client, session_id)
    assert transcript["id"] == part["id"]
    assert read_text(client, part["id"]) == undisturbed


# Olga's digest is due, and Bob's as soon as his search is in it.
DIGESTS = """
from datetime import timedelta
from django.utils import timezone
from backend.accounts.models import User
from backend.discovery.digests.due import last_due, zone_of
from backend.discovery.models import SavedSearch
from backend.discovery.services import rebuild_index
from backend.tagging.models import Excerpt
from backend.workspaces.models import Membership, Workspace
from tests.backend.maker import Maker

workspace = Workspace.objects.get()
make = Maker(workspace)
bob = User.objects.create_user(email="bob@example.org", name="Bob", password=None)
Membership.objects.create(workspace=workspace, user=bob, role="viewer")
for user in User.objects.all():
    make.saved_search(f"Reminders of {user.name}", user, q="reminder")
long_ago = timezone.now() - timedelta(days=70)
SavedSearch.objects.exclude(user=bob).update(in_digest_since=long_ago)
excerpt = make.excerpt(make.transcript(turns=[("P01", "no reminder came")]))
due_at = last_due(timezone.now(), zone_of("")).moment
Excerpt.objects.filter(id=excerpt.id).update(created_at=due_at - timedelta(days=1))
rebuild_index()
"""
BOBS_DIGEST = """
UPDATE discovery_savedsearch SET in_digest_since = datetime('now', '-70 days')
WHERE in_digest_since IS NULL
"""


def test_a_weekly_digest_comes_by_mail_once_whichever_workers_are_left(stack):
    with MailServer() as server:
        # The processes are those of the stack, which ends them.
        stack = replace(stack, env={**stack.env, "EMAIL_URL": server.url})
        stack.manage("shell", "-c", DIGESTS)
        stack.start_worker(name="first")
        wait_for(lambda: server.mails, what="the first digest")
        stack.kill_worker("first")

        with sqlite3.connect(stack.folder / "data" / "earshot.sqlite3", timeout=20) as database:
            database.execute(BOBS_DIGEST)
        stack.start_worker(name="second")
        wait_for(lambda: server.mails[1:], what="the second digest")
        # Whoever looks for digests looks for all of them: there is no other job.
        with sqlite3.connect(stack.folder / "data" / "earshot.sqlite3", timeout=20) as database:
            jobs = "SELECT count(*) FROM jobs_job WHERE kind = 'send_digest'"
            assert database.execute(jobs).fetchone() == (2,)
    olgas, bobs = server.mails
    assert (olgas["To"], bobs["To"]) == ("olga@example.org", "bob@example.org")
    assert olgas["Message-ID"] != bobs["Message-ID"]
    text = olgas.get_body(("plain",)).get_content()
    assert "Reminders of Olga" in text
    assert "no reminder came" not in text
