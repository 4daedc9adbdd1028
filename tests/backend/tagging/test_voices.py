"""Speakers are suggested from voices; what people have said about turns is never touched."""

from collections.abc import Sequence

import pytest

from backend.jobs.models import Job, JobKind, JobState
from backend.sources.models import MediaFile, Segment, Speaker, Transcript
from backend.sources.services import get_default_speaker
from backend.tagging.models import Excerpt
from backend.tagging.services.voices import suggest_speakers

pytestmark = pytest.mark.django_db

TEXTS = ("How was it?", "I waited for six long weeks", "And then?", "I gave up on it", "I see.")
INTERVIEW = (0, 1, 0, 1, 0)


def recognised(make, session) -> Transcript:
    """As recognition leaves it: all turns suggested for the default speaker."""
    source = make.source(session=session)
    transcript = make.transcript(source=source, turns=[("moderator", text) for text in TEXTS])
    Speaker.objects.filter(source=source).delete()
    speaker = get_default_speaker(source=source)
    transcript.segments.update(speaker=speaker, is_speaker_suggested=True)
    return transcript


@pytest.fixture
def one(make):
    return make.participant("P01")


@pytest.fixture
def interview(make, one):
    return recognised(make, make.session(participants=[one]))


@pytest.fixture
def group(make):
    people = [make.participant(name) for name in ("P01", "P02")]
    return recognised(make, make.session(kind="focus_group", participants=people))


def suggest(transcript: Transcript, voices: Sequence[int | None]) -> int:
    ids = transcript.segments.values_list("id", flat=True)
    found = {turn: voice for turn, voice in zip(ids, voices, strict=True) if voice is not None}
    return suggest_speakers(transcript=transcript, voices=found)


def confirm(transcript: Transcript, position: int, speaker: Speaker) -> None:
    transcript.segments.filter(id=transcript.segments.all()[position].id).update(
        speaker=speaker, is_speaker_suggested=False
    )


def labels(transcript: Transcript) -> list[str]:
    return [turn.speaker.label for turn in transcript.segments.select_related("speaker")]


def test_whoever_speaks_most_in_an_interview_is_the_participant(interview, one):
    assert suggest(interview, INTERVIEW) == 3
    assert labels(interview) == ["Speaker 2", "Speaker 1"] * 2 + ["Speaker 2"]
    participant, moderator = Speaker.objects.order_by("label")
    assert (participant.role, participant.participant) == ("participant", one)
    assert (moderator.role, moderator.participant) == ("moderator", None)
    turns = list(interview.segments.all())
    assert [turn.voice for turn in turns] == list(INTERVIEW)
    assert all(turn.is_speaker_suggested for turn in turns)


def test_everybody_in_a_group_gets_a_speaker_of_their_own(group):
    suggest(group, (0, 1, 2, 1, 0))
    assert labels(group) == ["Speaker 2", "Speaker 1", "Speaker 3", "Speaker 1", "Speaker 2"]
    assert {speaker.role for speaker in Speaker.objects.all()} == {"participant"}


def test_suggesting_again_changes_nothing(interview):
    suggest(interview, INTERVIEW)
    before = list(interview.segments.values())
    Speaker.objects.filter(label="Speaker 2").update(label="Ilse")
    assert suggest(interview, (1, 0, 1, 0, 1)) == 0
    after = list(interview.segments.values())
    assert [turn["speaker_id"] for turn in after] == [turn["speaker_id"] for turn in before]
    assert Speaker.objects.count() == 2


def test_what_people_said_stays_and_shows_whose_the_voice_is(group, make):
    ilse = make.speaker(group.source, "moderator")
    confirm(group, 0, ilse)
    turn_of_ilse = Segment.objects.filter(speaker=ilse).values().get()
    suggest(group, (0, 1, 0, 2, 0))
    assert labels(group) == ["moderator", "Speaker 1", "moderator", "Speaker 2", "moderator"]
    assert Segment.objects.filter(id=turn_of_ilse["id"]).values().get() == turn_of_ilse


def test_people_may_say_that_two_voices_are_one(group):
    suggest(group, (0, 1, 2, 1, 0))
    for position in (0, 2):
        confirm(group, position, Speaker.objects.get(label="Speaker 2"))
    suggest(group, (0, 1, 2, 1, 2))
    assert labels(group) == ["Speaker 2", "Speaker 1", "Speaker 2", "Speaker 1", "Speaker 2"]


def test_a_turn_without_a_voice_stays_where_it_was(interview):
    suggest(interview, (0, 1, None, 1, 0))
    assert labels(interview)[2] == "Speaker 1"
    assert interview.segments.all()[2].voice is None


def test_a_speaker_that_was_merged_gets_no_turns(group):
    suggest(group, (0, 1, 2, 1, 0))
    first, gone = Speaker.objects.get(label="Speaker 1"), Speaker.objects.get(label="Speaker 3")
    group.segments.filter(speaker=gone).update(speaker=first)
    gone.merged_into = first
    gone.save()
    suggest(group, (0, 1, 2, 1, 0))
    assert "Speaker 3" not in labels(group)
    assert labels(group)[2] == "Speaker 4"  # a voice of its own still


def test_speakers_of_an_earlier_guess_are_used_again(group):
    suggest(group, (0, 1, 2, 1, 3))
    assert Speaker.objects.count() == 4
    suggest(group, (0, 1, 0, 1, 0))
    assert set(labels(group)) <= {"Speaker 1", "Speaker 2", "Speaker 3", "Speaker 4"}
    suggest(group, (0, 1, 2, 1, 3))
    assert Speaker.objects.count() == 4


def test_excerpts_follow_and_count_only_for_those_who_speak(interview, make, one):
    question = make.excerpt(interview, 1, 3)
    answer = make.excerpt(interview, 4, 9)
    suggest(interview, INTERVIEW)
    question.refresh_from_db()
    answer.refresh_from_db()
    assert (question.speaker.role, question.participant) == ("moderator", None)
    assert (answer.participant, answer.text) == (one, "I waited for six long weeks")
    assert Excerpt.objects.count() == 2


def test_another_recording_is_left_alone(interview, make):
    other = make.transcript(turns=[("P07", "Mine")])
    before = list(other.segments.values())
    suggest(interview, INTERVIEW)
    assert list(other.segments.values()) == before
    assert set(other.source.speakers.values_list("label", flat=True)) == {"P07"}


def test_it_takes_as_many_queries_for_any_number_of_turns(group, make, count_queries):
    long = make.transcript(
        source=make.source(session=group.source.session),
        turns=[("moderator", text) for text in TEXTS * 8],
    )
    Segment.objects.update(is_speaker_suggested=True)
    few = count_queries(lambda: suggest(group, INTERVIEW))
    assert count_queries(lambda: suggest(long, INTERVIEW * 8)) <= few


class TestAsking:
    """POST sources/<id>/find-speakers."""

    @pytest.fixture
    def recording(self, interview):
        return MediaFile.objects.create(
            workspace_id=interview.workspace_id,
            source=interview.source,
            original_path="a/b/original.wav",
            size_bytes=1,
        )

    @pytest.fixture
    def ask(self, client_for, url, interview):
        def post(user, **body):
            path = url(f"sources/{interview.source_id}/find-speakers")
            return client_for(user).post(path, body, format="json")

        return post

    def test_a_job_begins(self, ask, rita, recording):
        answer = ask(rita, expected_speakers=3)
        assert answer.status_code == 201
        job = Job.objects.get()
        assert (answer.data["id"], job.kind) == (str(job.id), JobKind.FIND_SPEAKERS)
        assert (job.options, job.source_id) == ({"expected_speakers": 3}, recording.source_id)

    def test_the_number_may_be_left_to_earshot(self, ask, rita, recording):
        assert ask(rita).status_code == 201
        assert Job.objects.get().options == {}

    @pytest.mark.parametrize("number", [0, 21, -1, "many", 2.5])
    def test_a_number_that_can_t_be(self, ask, rita, recording, number):
        assert ask(rita, expected_speakers=number).status_code == 400

    def test_not_twice_at_once(self, ask, rita, recording):
        ask(rita)
        assert ask(rita).status_code == 409
        Job.objects.update(state=JobState.SUCCEEDED)
        assert ask(rita).status_code == 201

    def test_not_where_each_person_has_a_channel(self, ask, rita, recording):
        recording.is_channel_per_person = True
        recording.save()
        answer = ask(rita)
        assert answer.status_code == 409
        assert "channel of their own" in answer.data["message"]

    def test_not_without_text(self, ask, rita, recording, interview):
        Transcript.objects.update(word_count=0)
        assert ask(rita).status_code == 409

    def test_not_for_a_text(self, client_for, rita, url, make):
        note = make.transcript(source=make.source(kind="text"), has_audio=False)
        answer = client_for(rita).post(url(f"sources/{note.source_id}/find-speakers"))
        assert answer.status_code == 409

    def test_for_those_who_may_write_transcripts(self, ask, alice, paul, bob, charlie, recording):
        assert [ask(user).status_code for user in (paul, bob, charlie, None)] == [
            403,
            403,
            404,
            401,
        ]
        assert ask(alice).status_code == 201

    def test_transcribing_passes_the_number_on(self, client_for, rita, url, recording):
        path = url(f"sources/{recording.source_id}/transcribe")
        answer = client_for(rita).post(path, {"expected_speakers": 4}, format="json")
        assert answer.status_code == 201
        assert Job.objects.get().options == {"expected_speakers": 4}
