"""Giving turns to speakers through the API."""

import pytest

from backend.jobs.models import Job
from backend.tagging.models import Change
from tests.backend.tagging.speaker_changes.conftest import state_of, voices

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize(
    ("position", "changed"),
    [(0, [0, 1, 2]), (1, [1, 2]), (3, [3]), (4, [4, 5]), (5, [5]), (6, [6])],
)
def test_the_rest_of_a_turn_ends_at_another_speaker_or_at_what_was_checked(
    make, assign_in, position, changed
):
    names = ["P01", "P01", "P01", "P01", "P02", "P02", None]
    transcript = make.transcript(
        turns=[(name or "P02", f"{place} said") for place, name in enumerate(names)]
    )
    transcript.segments.filter(id=transcript.segments.all()[6].id).update(speaker=None)
    transcript.segments.filter(id=transcript.segments.all()[3].id).update(is_speaker_suggested=True)
    moderator = make.speaker(transcript.source, label="moderator")

    answer = assign_in(transcript, position, "turn", moderator)

    assert answer.status_code == 200
    turns = enumerate(transcript.segments.all())
    assert [place for place, turn in turns if turn.speaker == moderator] == changed


@pytest.mark.parametrize(
    ("position", "scope", "changed"),
    [(1, "segment", [1]), (2, "onward", [2, 3, 4]), (1, "voice", [1, 4]), (3, "voice", [3])],
)
def test_a_turn_the_rest_or_a_voice_is_given_to_a_speaker(
    assign, transcript, speakers, position, scope, changed
):
    before = voices(transcript)

    answer = assign(position, scope, speakers["moderator"])

    assert answer.status_code == 200
    expected = [
        ("moderator", False) if place in changed else voice for place, voice in enumerate(before)
    ]
    assert voices(transcript) == expected
    assert [segment["id"] for segment in answer.data["segments"]] == [
        str(segment.id)
        for place, segment in enumerate(transcript.segments.all())
        if place in changed
    ]
    assert {s["speaker_id"] for s in answer.data["segments"]} == {str(speakers["moderator"].id)}
    assert [s["label"] for s in answer.data["speakers"]] == ["moderator", "P01", "P02"]
    turns = "1 turn" if len(changed) == 1 else f"{len(changed)} turns"
    assert answer.data["change"]["summary"] == f"{turns} given to moderator"


def test_without_voices_the_voice_is_whom_it_is_given_to_now(assign, transcript, speakers):
    transcript.segments.update(voice=None)

    assign(0, "voice", speakers["P02"])

    assert [label for label, _ in voices(transcript)] == ["P02", "P01", "P02", "P02", "P01"]


def test_a_turn_may_be_left_without_a_speaker(assign, transcript):
    assert assign(1, "segment", None).data["change"]["summary"] == "1 turn left without a speaker"
    assert voices(transcript)[1] == (None, False)


def test_saying_what_was_suggested_makes_it_certain_and_twice_changes_nothing(
    assign, transcript, speakers
):
    assert len(assign(1, "voice", speakers["P01"]).data["segments"]) == 2
    assert voices(transcript)[1] == ("P01", False)

    again = assign(1, "voice", speakers["P01"])

    assert (again.data["change"], again.data["segments"]) == (None, [])
    assert voices(transcript)[1] == ("P01", False)


def test_a_turn_given_by_hand_through_its_own_address_is_certain_and_can_be_undone(
    client_for, rita, url, transcript, speakers
):
    segment = transcript.segments.all()[1]
    client = client_for(rita)

    client.patch(url(f"segments/{segment.id}"), {"speaker_id": str(speakers["P02"].id)})

    assert voices(transcript)[1] == ("P02", False)
    change = Change.objects.get()
    assert client.post(url(f"changes/{change.id}/undo")).status_code == 200
    assert voices(transcript)[1] == ("P01", True)


def test_nothing_is_given_or_merged_to_where_it_does_not_belong(
    assign, merge, make, client_for, rita, url, transcript, speakers
):
    stranger = make.transcript(turns=[("P07", "Elsewhere")]).source.speakers.get()
    merge(speakers["P02"], speakers["P01"])
    before = state_of(transcript)
    path = url(f"transcripts/{transcript.id}/assign-speaker")
    segment_id = str(transcript.segments.first().id)

    assert assign(1, "segment", stranger).status_code == 400
    assert assign(1, "segment", speakers["P02"]).status_code == 400
    assert assign(1, "everything", speakers["P01"]).status_code == 400
    assert client_for(rita).post(path, {"segment_id": segment_id}).status_code == 400
    wrong_segment = {
        "segment_id": str(make.transcript().segments.get().id),
        "scope": "segment",
        "speaker_id": str(speakers["P01"].id),
    }
    assert client_for(rita).post(path, wrong_segment).status_code == 400
    for into in (speakers["P01"], speakers["P02"], stranger):
        refused = merge(speakers["P01"], into)
        assert refused.status_code == 400
        assert refused.data["fields"]["into_speaker_id"]
    assert state_of(transcript) == before


def test_who_may(assign, client_for, url, alice, paul, bob, charlie, transcript, speakers):
    for user, status in ((paul, 403), (bob, 403), (charlie, 404), (alice, 200)):
        assert assign(1, "segment", speakers["P02"], user=user).status_code == status
    change = Change.objects.get()
    assert change.created_by == alice
    undo_url = url(f"changes/{change.id}/undo")
    for user, status in ((paul, 403), (bob, 403), (charlie, 404), (alice, 200)):
        assert client_for(user).post(undo_url).status_code == status


def test_many_turns_take_as_few_queries_as_two(make, client_for, rita, url, count_queries):
    client = client_for(rita)

    def fix(turn_count: int) -> list[int]:
        turns = [("P01", "one two"), ("P02", "three"), ("P03", "four")] * turn_count
        transcript = make.transcript(turns=turns)
        make.excerpt(transcript, 1, 2)
        make.excerpt(transcript, 3, 3)
        p01, p02, p03 = transcript.source.speakers.order_by("label")
        given = {
            "segment_id": str(transcript.segments.first().id),
            "scope": "onward",
            "speaker_id": str(p03.id),
        }
        merged = {"into_speaker_id": str(p02.id)}

        def count(path: str, values: dict[str, str]) -> int:
            Job.objects.all().delete()  # or it would be rung for again after a second
            return count_queries(lambda: client.post(url(path), values))

        return [
            count(f"transcripts/{transcript.id}/assign-speaker", given),
            count(f"changes/{Change.objects.latest('created_at').id}/undo", {}),
            count(f"speakers/{p01.id}/merge", merged),
        ]

    fix(1)
    assert fix(1) == fix(40)
