"""Bad recordings end in a state that says what happened and what to do; the worker lives on."""

from typing import Any

import pytest

from tests.stack import ROOT, Client, Stack, running_stack, wait_for
from tests.worker.recordings import cut_short, make_audio_mp4, make_silence, make_silent_film

GOOD = ROOT / "tests" / "data" / "two_sentences.wav"
ODD_NAME = "\U0001f399 مقابلة שיחה <b>.wav"

FILES = {
    "empty.wav": b"",
    "notes.mp3": b"These are my notes, not a recording.\n" * 100,
    "list.m3u8": b"#EXTM3U\n#EXTINF:1,\n/etc/passwd\n",
    "broken.mp4": cut_short(make_audio_mp4()),
    "film.mp4": make_silent_film(),
    "silence.wav": make_silence(),
    ODD_NAME: GOOD.read_bytes(),
    "again.wav": GOOD.read_bytes(),
}
OVER = ("succeeded", "failed", "cancelled")


@pytest.fixture(scope="module")
def stack(tmp_path_factory):
    with running_stack(tmp_path_factory.mktemp("bad-media"), workers=("speech",)) as stack:
        yield stack


@pytest.fixture(scope="module")
def client(stack: Stack) -> Client:
    return stack.client()


@pytest.fixture(scope="module")
def sessions(client: Client) -> dict[str, dict[str, Any]]:
    """What each file's session looks like once its jobs are over, by file name."""
    study = client.post("studies", json={"title": "Bad luck"}).json()
    ids = {}
    for name, content in FILES.items():
        new = {"title": name, "kind": "interview", "study_id": study["id"]}
        ids[name] = client.post("sessions", json=new).json()["id"]
        client.upload(ids[name], name, content)

    def is_over(session: dict[str, Any]) -> bool:
        jobs = session["jobs"]
        failed = any(job["state"] == "failed" for job in jobs)
        return (
            bool(jobs) and all(job["state"] in OVER for job in jobs) and (failed or len(jobs) > 1)
        )

    return {
        name: wait_for(
            lambda session_id=session_id: next(
                (s for s in [client.get(f"sessions/{session_id}").json()] if is_over(s)), None
            ),
            seconds=180,
            what=f"the jobs of {name}",
        )
        for name, session_id in ids.items()
    }


@pytest.mark.parametrize(
    ("name", "message"),
    [
        ("empty.wav", "This file is empty"),
        ("notes.mp3", "not a recording that Earshot can read"),
        ("list.m3u8", "not a recording that Earshot can read"),
        ("broken.mp4", "cut short or damaged"),
        ("film.mp4", "no sound track"),
    ],
)
def test_what_can_t_be_prepared_says_why_and_what_to_do(sessions, name, message):
    session = sessions[name]
    (job,) = session["jobs"]

    assert (session["state"], job["kind"], job["state"]) == ("failed", "prepare_media", "failed")
    assert message in job["error"]["message"]
    assert job["error"]["remedy"]
    assert session["sources"][0]["transcript"] is None


def test_silence_becomes_an_empty_transcript_that_says_so(sessions):
    session = sessions["silence.wav"]
    transcript = session["sources"][0]["transcript"]

    assert session["state"] == "ready"
    assert (transcript["state"], transcript["word_count"]) == ("complete", 0)
    assert "No speech was found in this recording." in transcript["notice"]


def test_a_good_recording_with_an_odd_name_behind_them_is_transcribed(sessions):
    session = sessions[ODD_NAME]
    (source,) = session["sources"]

    assert session["state"] == "ready"
    assert source["name"] == ODD_NAME
    assert source["transcript"]["word_count"] > 10
    assert source["media"]["duration_ms"] > 8_000


def test_the_same_file_again_is_used_and_noted(sessions):
    (source,) = sessions["again.wav"]["sources"]

    assert sessions["again.wav"]["state"] == "ready"
    assert source["duplicate_of"]["title"] == ODD_NAME


def test_the_worker_lived_through_all_of_it(sessions, stack):
    assert stack.is_running("speech")
    assert "Traceback" not in stack.log("web")


def test_a_failed_job_can_be_tried_again_and_fails_the_same_way(sessions, client):
    (job,) = sessions["notes.mp3"]["jobs"]
    client.post(f"jobs/{job['id']}/retry").raise_for_status()

    over = wait_for(
        lambda: next(
            (j for j in [client.get(f"jobs/{job['id']}").json()] if j["state"] in OVER), None
        ),
        what="the second try",
    )

    assert over["state"] == "failed"
    assert over["error"]["message"] == job["error"]["message"]


def test_the_original_of_a_failed_recording_is_kept(sessions, client):
    (source,) = sessions["broken.mp4"]["sources"]

    answer = client.get(source["media"]["original_url"])

    assert answer.content == FILES["broken.mp4"]
