"""A focus group whose turns are given to speakers, and short ways to give, merge and undo."""

from functools import partial

import pytest

from backend.sources.models import Segment

TURNS = [
    ("moderator", "And then?"),
    ("P01", "I waited six weeks"),
    ("moderator", "Mhm"),
    ("P02", "Me too"),
    ("P01", "It was long"),
]


# Word ids: 1–2, 3–6, 7, 8–9, 10–12.


@pytest.fixture
def transcript(make):
    """P01's turns are one voice, told apart by likeness; the last is of that voice too."""
    transcript = make.transcript(turns=TURNS, session=make.session(kind="focus_group"), source=None)
    for turn, voice in zip(transcript.segments.all(), [0, 1, 0, 2, 1], strict=True):
        transcript.segments.filter(id=turn.id).update(voice=voice, is_speaker_suggested=True)
    return transcript


@pytest.fixture
def speakers(transcript):
    return {speaker.label: speaker for speaker in transcript.source.speakers.all()}


@pytest.fixture
def assign_in(client_for, rita, url):
    def post(transcript, position, scope, speaker, user=rita):
        body = {
            "segment_id": str(transcript.segments.all()[position].id),
            "scope": scope,
            "speaker_id": str(speaker.id) if speaker else None,
        }
        path = url(f"transcripts/{transcript.id}/assign-speaker")
        return client_for(user).post(path, body, format="json")

    return post


@pytest.fixture
def assign(assign_in, transcript):
    return partial(assign_in, transcript)


@pytest.fixture
def merge(client_for, rita, url):
    def post(speaker, into):
        return client_for(rita).post(
            url(f"speakers/{speaker.id}/merge"), {"into_speaker_id": str(into.id)}
        )

    return post


@pytest.fixture
def undo(client_for, rita, url):
    def post(answer):
        return client_for(rita).post(url(f"changes/{answer.data['change']['id']}/undo"))

    return post


def voices(transcript) -> list[tuple[str | None, bool]]:
    return [
        (turn.speaker.label if turn.speaker else None, turn.is_speaker_suggested)
        for turn in transcript.segments.select_related("speaker")
    ]


def state_of(transcript) -> list[object]:
    """All that a change of speakers may touch, but for the times of changes."""
    source = transcript.source
    turns = Segment.objects.filter(transcript__source=source).order_by("id")
    speakers, excerpts = source.speakers.order_by("id"), source.excerpts.order_by("id")
    return [
        list(turns.values("id", "speaker_id", "is_speaker_suggested")),
        list(speakers.values("id", "label", "merged_into_id", "role")),
        list(excerpts.values("id", "speaker_id", "participant_id", "text", "word_ids")),
    ]
