"""Giving turns to speakers, merging and undoing through the API; whose evidence it is follows."""

from functools import partial

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from backend.common.errors import ConflictError
from backend.jobs.models import Job, SearchChange
from backend.sources.models import Segment, Speaker, TurnScope
from backend.sources.services import get_default_speaker
from backend.tagging.history.undoing import undo_change
from backend.tagging.models import Change, Excerpt
from backend.tagging.selectors import count_people
from backend.tagging.services import assign_speaker, merge_speakers
from backend.tagging.services.corrections import rederive_excerpts

pytestmark = pytest.mark.django_db

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


def test_the_evidence_follows_and_only_participants_count_as_people(
    assign, undo, make, transcript, speakers
):
    first, second = make.excerpt(transcript, 3, 6), make.excerpt(transcript, 10, 12)
    other = make.excerpt(transcript, 8, 9)
    everything = Excerpt.objects.all()
    assert count_people(everything) == 2
    SearchChange.objects.all().delete()
    before = state_of(transcript)

    answer = assign(1, "voice", speakers["moderator"])

    for excerpt in (first, second, other):
        excerpt.refresh_from_db()
    assert (first.speaker, first.participant) == (speakers["moderator"], None)
    assert (second.speaker, second.participant) == (speakers["moderator"], None)
    assert other.participant.code_name == "P02"
    assert count_people(everything) == 1
    told = SearchChange.objects.filter(subject_kind="excerpt").values_list("subject_id", flat=True)
    assert set(told) == {first.id, second.id}

    undo(answer)

    assert count_people(everything) == 2
    assert state_of(transcript) == before


def test_a_moderators_words_never_take_an_answer_away(assign, make, transcript, speakers):
    across = make.excerpt(transcript, 3, 12)

    assign(4, "segment", speakers["moderator"])
    across.refresh_from_db()
    assert across.participant.code_name == "P01"  # 4 words against P02's 2

    assign(1, "segment", speakers["moderator"])
    across.refresh_from_db()
    assert across.participant.code_name == "P02"

    assign(0, "onward", speakers["moderator"])
    across.refresh_from_db()
    assert (across.speaker, across.participant) == (speakers["moderator"], None)


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


def test_an_undo_is_refused_when_a_later_change_stands_in_the_way(
    assign, undo, transcript, speakers
):
    first = assign(1, "voice", speakers["moderator"])
    second = assign(4, "segment", speakers["P02"])
    before = state_of(transcript)

    refused = undo(first)

    assert refused.status_code == 409
    assert "you changed the same since: “1 turn given to P02”" in refused.data["message"]
    assert "Undo the later change first" in refused.data["remedy"]
    assert state_of(transcript) == before
    assert undo(second).status_code == 200
    assert undo(first).status_code == 200
    assert undo(first).status_code == 409
    assert [label for label, _ in voices(transcript)] == [label for label, _ in TURNS]
    assert all(is_suggested for _, is_suggested in voices(transcript))


def test_a_later_change_of_other_turns_does_not_stand_in_the_way(
    assign, merge, undo, transcript, speakers
):
    first = assign(1, "segment", speakers["moderator"])
    merged = merge(speakers["P02"], speakers["moderator"])
    assign(0, "segment", speakers["P01"])

    assert undo(first).status_code == 200
    assert undo(merged).status_code == 200
    assert voices(transcript)[3] == ("P02", True)


def test_undoing_to_a_speaker_that_was_merged_since_goes_to_the_other_and_back(
    assign, merge, undo, transcript, speakers
):
    before = state_of(transcript)
    given = assign(1, "segment", speakers["moderator"])
    first = merge(speakers["P01"], speakers["P02"])
    second = merge(speakers["P02"], speakers["moderator"])

    assert undo(given).status_code == 200
    assert voices(transcript)[1] == ("moderator", True)
    assert undo(first).status_code == 409, "its turns went on to the moderator"
    assert undo(second).status_code == 200
    assert voices(transcript)[1] == ("P02", True)
    assert undo(first).status_code == 200
    assert state_of(transcript) == before


def test_a_name_that_was_taken_meanwhile_stops_the_undo(merge, undo, transcript, speakers):
    merged = merge(speakers["P02"], speakers["P01"])
    Speaker.objects.create(
        workspace=transcript.workspace, source=transcript.source, label="P02", role="observer"
    )
    before = state_of(transcript)

    refused = undo(merged)

    assert refused.status_code == 409
    assert "another speaker has that name now" in refused.data["message"]
    assert state_of(transcript) == before


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


def test_who_may(assign, client_for, url, alice, paul, bob, charlie, transcript, speakers):
    for user, status in ((paul, 403), (bob, 403), (charlie, 404), (alice, 200)):
        assert assign(1, "segment", speakers["P02"], user=user).status_code == status
    change = Change.objects.get()
    assert change.created_by == alice
    undo_url = url(f"changes/{change.id}/undo")
    for user, status in ((paul, 403), (bob, 403), (charlie, 404), (alice, 200)):
        assert client_for(user).post(undo_url).status_code == status


def test_a_change_of_a_deleted_session_is_missing(assign, undo, transcript, speakers):
    answer = assign(1, "segment", speakers["P02"])
    session = transcript.source.session
    session.deleted_at = session.created_at
    session.save()
    assert undo(answer).status_code == 404
    assert assign(1, "segment", speakers["P02"]).status_code == 404


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


@settings(
    max_examples=15, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture]
)
@given(data=st.data())
def test_whatever_is_given_merged_and_undone_the_evidence_is_whose_words_it_is(make, rita, data):
    labels = ["moderator", "P01", "P02", "P03"]
    turns = data.draw(st.lists(st.sampled_from(labels), min_size=3, max_size=8))
    transcript = make.transcript(turns=[(label, "one two") for label in turns])
    source = transcript.source
    for label in labels:
        make.speaker(source, label)
    for turn in transcript.segments.all():
        transcript.segments.filter(id=turn.id).update(
            voice=data.draw(st.sampled_from([None, 0, 1])),
            is_speaker_suggested=data.draw(st.booleans()),
        )
    for first in range(1, transcript.word_count, 3):
        make.excerpt(transcript, first, min(first + 4, transcript.word_count))
    rederive_excerpts(transcript=transcript)

    states, done = [state_of(transcript)], []
    for _ in range(data.draw(st.integers(1, 6))):
        kept = list(source.speakers.filter(merged_into=None).order_by("label"))
        act = data.draw(st.sampled_from(["assign", "merge", "undo"]))
        if act == "assign":
            segment = data.draw(st.sampled_from(list(transcript.segments.all())))
            scope = data.draw(st.sampled_from(TurnScope.values))
            speaker = data.draw(st.sampled_from([*kept, None]))
            edit = assign_speaker(segment=segment, scope=scope, speaker=speaker, user=rita)
        elif act == "merge" and len(kept) > 1:
            speaker, into = data.draw(st.permutations(kept))[:2]
            edit = merge_speakers(speaker=speaker, into=into, user=rita)
        elif done:
            undo_any(data.draw(st.sampled_from(done)), transcript, rita)
            check_evidence(transcript)
            # From here on, going back one by one does not pass the same states.
            states, done = [state_of(transcript)], []
            continue
        else:
            continue
        check_evidence(transcript)
        if edit.change is not None:
            done.append(edit.change)
            states.append(state_of(transcript))
    for change in reversed(done):
        assert state_of(transcript) == states.pop()
        undo_change(change=change, user=rita)
    assert state_of(transcript) == states.pop()


def undo_any(change, transcript, user) -> None:
    """Undo it, or be refused without a trace."""
    before = state_of(transcript)
    try:
        undo_change(change=change, user=user)
    except ConflictError:
        assert state_of(transcript) == before


def check_evidence(transcript) -> None:
    """Nobody speaks who was merged; taking the excerpts again finds nothing to change."""
    assert not Segment.objects.filter(speaker__merged_into__isnull=False).exists()
    before = state_of(transcript)
    rederive_excerpts(transcript=transcript)
    assert state_of(transcript) == before


@pytest.mark.parametrize("act", [*TurnScope.values, "merge"])
def test_every_way_of_saying_who_speaks_is_undone_and_done_again_by_key(
    act, assign, merge, undo, client_for, rita, url, transcript, speakers
):
    session = url(f"sessions/{transcript.source.session_id}")
    client = client_for(rita)
    before = state_of(transcript)
    if act == "merge":
        answer = merge(speakers["P01"], speakers["P02"])
    else:
        answer = assign(1, act, speakers["P02"])
    after = state_of(transcript)
    assert after != before

    assert client.post(f"{session}/undo").status_code == 200
    assert state_of(transcript) == before
    assert client.post(f"{session}/redo").status_code == 200
    assert state_of(transcript) == after
    assert undo(answer).status_code == 200, "the notice takes back the same"
    assert state_of(transcript) == before
    assert client.post(f"{session}/undo").json()["code"] == "nothing_to_undo"
    assert len(client.get(url("changes")).json()["results"]) == 1
