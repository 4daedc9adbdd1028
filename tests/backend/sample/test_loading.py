"""Loading the sample study: all of it or nothing, once, and only on one's own machine."""

import json
import shutil
from pathlib import Path

import av
import pytest
from django.core.management import CommandError, call_command

from backend.accounts.models import User
from backend.jobs.models import Job, SearchChange
from backend.personas.models import Persona
from backend.sample.content_files import CONTENT_DIR, read_opus_duration_ms
from backend.sample.loading import load_sample
from backend.sharing.models import Reel
from backend.sharing.selectors import items_of
from backend.sources.models import MediaFile, Segment, Transcript
from backend.synthesis.models import Claim, Insight
from backend.synthesis.selectors import compute_empathy_map
from backend.tagging.models import Excerpt, Tag
from backend.workspaces.models import Workspace

pytestmark = pytest.mark.django_db

RECORDINGS = sorted((CONTENT_DIR / "audio").glob("*.ogg"))


@pytest.fixture
def sample() -> Workspace:
    workspace = load_sample()
    assert workspace is not None
    return workspace


@pytest.fixture
def study() -> dict:
    return json.loads((CONTENT_DIR / "study.json").read_text())


def test_everything_in_the_files_is_in_the_workspace(sample, study):
    assert (sample.name, sample.is_sample) == ("Sample workspace", True)
    quotes = Excerpt.objects.values_list("text", flat=True)
    assert sorted(quotes) == sorted(excerpt["quote"] for excerpt in study["excerpts"])
    assert not Excerpt.objects.filter(is_doubtful=True).exists()
    assert Tag.objects.count() == len(study["tags"])
    assert Insight.objects.count() == len(study["insights"])
    assert Persona.objects.count() == len(study["personas"])
    quote_of = {excerpt["key"]: excerpt["quote"] for excerpt in study["excerpts"]}
    assert [
        (reel.title, [item.excerpt.text for item in items_of(reel)]) for reel in Reel.objects.all()
    ] == [(row["title"], [quote_of[key] for key in row["excerpts"]]) for row in study["reels"]]
    for row in (Reel, Excerpt, Tag, Insight, Persona, Transcript, Segment, Claim, Job):
        assert not row.objects.exclude(workspace=sample).exists()
    assert SearchChange.objects.filter(subject_kind="workspace", subject_id=sample.id).exists()


def test_the_recordings_play_at_once_and_are_prepared_by_the_worker(sample, settings):
    media = MediaFile.objects.all()
    assert len(media) == len(RECORDINGS)
    for file in media:
        assert (Path(settings.MEDIA_DIR) / file.playback_path).is_file()
        assert file.duration_ms > 30_000
        job = Job.objects.get(source_id=file.source_id)
        assert (job.kind, job.options) == ("prepare_media", {"keep_transcript": True})
        transcript = Transcript.objects.get(source_id=file.source_id)
        assert "synthetic voices" in transcript.notice
        last = transcript.segments.last()
        assert last.end_ms <= transcript.duration_ms == file.duration_ms
    assert not Job.objects.filter(kind="transcribe").exists()


def test_both_maps_fill_all_six_quadrants_with_people(sample):
    for persona in Persona.objects.all():
        empathy_map = compute_empathy_map(persona)
        assert all(row.people > 0 for row in empathy_map.quadrants)
        assert 0 < empathy_map.people_total <= 9
        assert persona.picture_path
        halves = {
            part.aspect
            for row in empathy_map.quadrants
            for part in row.aspects
            if part.excerpts and part.aspect
        }
        assert halves == {"think", "feel", "say", "do"}


def test_evidence_has_a_history(sample):
    for excerpt in Excerpt.objects.select_related("session"):
        assert excerpt.created_at.date() > excerpt.session.held_on


def test_loading_again_changes_nothing(sample):
    assert load_sample() is None
    assert Workspace.objects.count() == 1
    assert User.objects.count() == 2


def test_one_signs_in_with_the_password_the_page_shows(sample, client):
    offered = client.get("/api/auth/session").json()["sample_sign_ins"]
    assert {(row["name"], row["role"]) for row in offered} == {
        ("Rosa Researcher", "owner"),
        ("Pat Product", "product"),
    }
    body = {"email": offered[0]["email"], "password": offered[0]["password"]}
    answer = client.post("/api/auth/sign-in", body, content_type="application/json")
    assert answer.status_code == 200
    assert answer.json()["workspaces"][0]["name"] == "Sample workspace"


def test_a_fault_in_the_middle_leaves_nothing_behind(tmp_path, settings):
    broken = tmp_path / "content"
    shutil.copytree(CONTENT_DIR, broken)
    values = json.loads((broken / "study.json").read_text())
    values["insights"][-1]["evidence"][0]["excerpt"] = "nobody-said-this"
    (broken / "study.json").write_text(json.dumps(values))
    with pytest.raises(KeyError):
        load_sample(folder=broken)
    assert not Workspace.objects.exists()
    assert not User.objects.exists()
    assert list(Path(settings.MEDIA_DIR).iterdir()) == []


def test_a_served_installation_refuses_it(settings):
    settings.IS_SERVED = True
    with pytest.raises(CommandError, match="EARSHOT_SERVED"):
        call_command("load_sample")
    assert not User.objects.exists()


def test_if_empty_leaves_installations_in_use_alone(alice):
    call_command("load_sample", "--if-empty")
    assert not Workspace.objects.filter(is_sample=True).exists()
    call_command("load_sample")
    assert Workspace.objects.filter(is_sample=True).exists()


@pytest.mark.parametrize("path", RECORDINGS, ids=lambda path: path.stem)
def test_the_length_of_a_recording_is_read_without_decoding_it(path):
    with av.open(str(path)) as container:
        samples = sum(frame.samples for frame in container.decode(audio=0))
        rate = container.streams.audio[0].rate
    assert abs(read_opus_duration_ms(path) - samples * 1000 / rate) <= 20
