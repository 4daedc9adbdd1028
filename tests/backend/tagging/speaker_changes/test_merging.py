"""Speakers who are one, merged through the API."""

import pytest

from backend.sources.models import Speaker
from backend.sources.services import get_default_speaker
from backend.tagging.models import Excerpt
from backend.tagging.selectors import count_people
from tests.backend.tagging.speaker_changes.conftest import state_of, voices

pytestmark = pytest.mark.django_db


def test_merging_gives_all_turns_of_all_versions_away_and_hides_the_speaker(
    merge, undo, make, client_for, rita, url, transcript, speakers
):
    earlier = make.transcript(
        source=transcript.source, turns=[("P02", "Me two")], version=2, is_current=False
    )
    here, there = make.excerpt(transcript, 8, 9), make.excerpt(earlier)
    before = state_of(transcript)

    answer = merge(speakers["P02"], speakers["P01"])

    assert answer.status_code == 200
    assert answer.data["change"]["summary"] == "P02 merged into P01"
    assert [s["label"] for s in answer.data["speakers"]] == ["moderator", "P01"]
    assert len(answer.data["segments"]) == 2
    assert voices(transcript)[3] == ("P01", True), "a suggestion stays one"
    assert voices(earlier) == [("P01", False)]
    for excerpt in (here, there):
        excerpt.refresh_from_db()
        assert (excerpt.speaker, excerpt.participant.code_name) == (speakers["P01"], "P01")
    assert not Excerpt.objects.exclude(participant__code_name="P01").exists()
    client = client_for(rita)
    [source] = client.get(url(f"sessions/{transcript.source.session_id}")).data["sources"]
    assert [speaker["label"] for speaker in source["speakers"]] == ["moderator", "P01"]
    hidden = url(f"speakers/{speakers['P02'].id}")
    assert client.patch(hidden, {"label": "Anna"}).status_code == 404
    assert client.post(f"{hidden}/merge", {}).status_code == 404
    added = {"source_id": str(transcript.source_id), "label": "P03"}
    assert client.post(url("speakers"), added).status_code == 201
    Speaker.objects.get(label="P03").delete()

    undone = undo(answer)

    assert undone.data["has_speakers_changed"]
    assert state_of(transcript) == before
    assert count_people(Excerpt.objects.all()) == 1, "both are of P02"


def test_new_text_goes_to_whom_its_speaker_was_merged_into(make, merge):
    source = make.source()
    first, anna, ben = (
        Speaker.objects.create(workspace=source.workspace, source=source, label=label)
        for label in ("Speaker 1", "Anna", "Ben")
    )
    assert get_default_speaker(source=source) == first
    merge(first, anna)
    assert get_default_speaker(source=source) == anna
    merge(anna, ben)
    assert get_default_speaker(source=source) == ben
    assert Speaker.objects.count() == 3
