"""An excerpt is evidence of whose words it holds, whatever is given, merged and undone."""

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from backend.common.errors import ConflictError
from backend.jobs.models import SearchChange
from backend.sources.models import Segment, TurnScope
from backend.tagging.history.undoing import undo_change
from backend.tagging.models import Excerpt
from backend.tagging.selectors import count_people
from backend.tagging.services import assign_speaker, merge_speakers
from backend.tagging.services.corrections import rederive_excerpts
from tests.backend.tagging.speaker_changes.conftest import state_of

pytestmark = pytest.mark.django_db


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
