"""Correcting transcripts: words and speakers change, excerpts follow and keep their words."""

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from backend.jobs.models import SearchChange
from backend.sources.models import Segment, Speaker
from backend.tagging.models import Excerpt
from backend.tagging.services import correct_word, rederive_excerpts, update_speaker
from backend.tagging.services.snapshots import choose_speaker
from tests.segments import read_words

pytestmark = pytest.mark.django_db

TURNS = [("moderator", "And then?"), ("P01", "I wated six weeks"), ("P02", "Me too")]
# Word ids: moderator 1–2, P01 3–6, P02 7–8.


@pytest.fixture
def transcript(make):
    return make.transcript(turns=TURNS)


@pytest.fixture
def segments(transcript):
    return list(transcript.segments.all())


@pytest.fixture
def rita_client(client_for, rita):
    return client_for(rita)


def test_a_corrected_word_keeps_its_id_and_times(rita_client, url, segments):
    answer = rita_client.post(url(f"segments/{segments[1].id}/words/4"), {"text": " waited "})
    assert answer.status_code == 200
    body = answer.json()
    assert read_words(body) == [
        [3, "I", 800, 1150],
        [4, "waited", 1200, 1550],
        [5, "six", 1600, 1950],
        [6, "weeks", 2000, 2350],
    ]
    assert body["position"] == 3


def test_excerpts_that_hold_the_word_say_it_anew_and_others_stay(
    rita_client, url, make, transcript, segments
):
    holds, does_not = make.excerpt(transcript, 3, 6), make.excerpt(transcript, 7, 8)
    SearchChange.objects.all().delete()
    rita_client.post(url(f"segments/{segments[1].id}/words/4"), {"text": "waited"})
    holds.refresh_from_db()
    assert (holds.text, holds.word_ids) == ("I waited six weeks", [3, 4, 5, 6])
    changed = SearchChange.objects.filter(subject_kind="excerpt")
    assert [row.subject_id for row in changed] == [holds.id]
    does_not.refresh_from_db()
    assert does_not.text == "Me too"


@pytest.mark.parametrize(
    ("word_id", "text", "status"), [(4, "  ", 400), (4, "", 400), (7, "x", 404), (99, "x", 404)]
)
def test_a_word_cannot_be_emptied_or_found_elsewhere(
    rita_client, url, segments, word_id, text, status
):
    answer = rita_client.post(url(f"segments/{segments[1].id}/words/{word_id}"), {"text": text})
    assert answer.status_code == status
    assert Segment.objects.get(id=segments[1].id).words == segments[1].words


def test_giving_a_segment_to_somebody_else_moves_the_evidence(
    rita_client, url, make, transcript, segments
):
    excerpt = make.excerpt(transcript, 3, 6)
    second = transcript.source.speakers.get(label="P02")
    answer = rita_client.patch(url(f"segments/{segments[1].id}"), {"speaker_id": str(second.id)})
    assert answer.json()["speaker_id"] == str(second.id)
    excerpt.refresh_from_db()
    assert (excerpt.speaker, excerpt.participant) == (second, second.participant)
    rita_client.patch(url(f"segments/{segments[1].id}"), {"speaker_id": None})
    excerpt.refresh_from_db()
    assert (excerpt.speaker, excerpt.participant) == (None, None)


def test_a_speaker_of_another_recording_is_refused(rita_client, url, make, segments):
    other = make.transcript().source.speakers.get()
    answer = rita_client.patch(url(f"segments/{segments[1].id}"), {"speaker_id": str(other.id)})
    assert answer.status_code == 400


def test_a_speakers_role_decides_whether_it_is_evidence(rita_client, url, make, transcript):
    excerpt = make.excerpt(transcript, 3, 6)
    person = excerpt.participant
    speaker_url = url(f"speakers/{excerpt.speaker_id}")
    rita_client.patch(speaker_url, {"role": "moderator"})
    excerpt.refresh_from_db()
    assert excerpt.participant is None
    body = rita_client.patch(speaker_url, {"role": "participant"}).json()
    assert body["code_name"] == "P01"
    excerpt.refresh_from_db()
    assert excerpt.participant == person


def test_linking_a_speaker_to_another_participant_moves_deleted_excerpts_too(
    rita_client, url, make, transcript
):
    kept, deleted = make.excerpt(transcript, 3, 4), make.excerpt(transcript, 5, 6)
    rita_client.delete(url(f"excerpts/{deleted.id}"))
    other = make.participant("P09")
    rita_client.patch(url(f"speakers/{kept.speaker_id}"), {"participant_id": str(other.id)})
    restored = rita_client.post(url(f"excerpts/{deleted.id}/restore")).json()
    assert restored["participant"]["code_name"] == "P09"
    assert rita_client.get(url(f"excerpts/{kept.id}")).json()["participant"]["code_name"] == "P09"


def test_a_label_is_taken_once_in_a_recording(rita_client, url, transcript):
    speaker = transcript.source.speakers.get(label="P01")
    answer = rita_client.patch(url(f"speakers/{speaker.id}"), {"label": "P02"})
    assert answer.status_code == 409
    assert Speaker.objects.get(id=speaker.id).label == "P01"


def test_an_excerpt_whose_words_are_gone_keeps_its_snapshot(make, transcript):
    excerpt = make.excerpt(transcript, 3, 6)
    transcript.segments.filter(id=transcript.segments.all()[1].id).delete()
    rederive_excerpts(transcript=transcript)
    excerpt.refresh_from_db()
    assert excerpt.text == "I wated six weeks"


def test_choosing_the_speaker_ignores_voices_without_name():
    assert choose_speaker({None: 9}, []) is None


WORDS = st.lists(
    st.text(st.characters(exclude_categories=["C", "Z"]), min_size=1, max_size=8),
    min_size=1,
    max_size=12,
)


@settings(
    max_examples=40, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture]
)
@given(turns=st.lists(WORDS, min_size=1, max_size=5), data=st.data())
def test_whatever_is_corrected_the_excerpt_holds_its_ids_and_says_the_transcript(make, turns, data):
    labels = ["P01", "moderator", "P02"]
    transcript = make.transcript(
        turns=[(labels[i % 3], " ".join(words)) for i, words in enumerate(turns)]
    )
    total = transcript.word_count
    first = data.draw(st.integers(1, total))
    last = data.draw(st.integers(first, total))
    excerpt = make.excerpt(transcript, first, last)
    word_id = data.draw(st.integers(1, total))
    segment = next(s for s in transcript.segments.all() if word_id in [w[0] for w in s.words])
    correct_word(segment=segment, word_id=word_id, text=data.draw(WORDS.map("".join)))
    update_speaker(speaker=transcript.source.speakers.first(), changes={"role": "observer"})

    excerpt.refresh_from_db()
    spoken = {w[0]: w[1] for s in transcript.segments.all() for w in s.words}
    assert excerpt.word_ids == list(range(first, last + 1))
    assert excerpt.text == " ".join(spoken[i] for i in excerpt.word_ids)
    assert Excerpt.objects.get(id=excerpt.id).position == first
