"""Undoing a replacement: the very words come back, or it is refused."""

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from backend.sources.models import Transcript, WordCorrection
from backend.sources.replacing import Replacement
from backend.tagging.history.undoing import undo_change
from backend.tagging.models import Excerpt
from backend.tagging.services import (
    preview_replacement,
    rederive_excerpts,
    replace_words,
)
from tests.backend.tagging.text_changes.conftest import rests, said, words_of

pytestmark = pytest.mark.django_db


def test_undoing_puts_the_very_words_back(replace, undo, transcript):
    before = words_of(transcript)
    answer = replace("dr lib", "Doctolib", [4, 7, 11])

    undone = undo(answer)

    assert undone.status_code == 200
    assert words_of(transcript) == before
    assert [segment["position"] for segment in undone.data["segments"]] == [1, 6, 11]
    assert undone.data["segments"][0]["word_id_runs"] == [[1, 5, 1]]
    transcript.refresh_from_db()
    assert (transcript.word_count, transcript.next_word_id) == (14, 15)
    assert not WordCorrection.objects.exists(), "nothing was corrected after all"
    assert undo(answer).status_code == 409


def test_what_was_marked_or_changed_meanwhile_keeps_its_words_on_undo(
    client, url, replace, undo, make, transcript
):
    widened = make.excerpt(transcript, 9, 10)
    answer = replace("dr lib", "Doctolib", [7])
    new = make.excerpt(transcript, 7, 7)
    client.patch(url(f"excerpts/{widened.id}"), {"first_word_id": 7, "last_word_id": 7})
    assert rests(widened) == rests(new) == ("Doctolib,", [7])

    undo(answer)

    assert rests(widened) == rests(new) == ("dr lib,", [7, 8])


def test_what_was_heard_is_heard_again_once_it_is_undone(
    client, url, replace, undo, make, transcript
):
    heard, corrected = make.excerpt(transcript, 6, 10), make.excerpt(transcript, 4, 10)
    segment = transcript.segments.all()[1]
    segment.words[4][4] = 0.1  # “waited”
    segment.save()
    rederive_excerpts(transcript=transcript)
    for excerpt in (heard, corrected):
        client.put(url(f"excerpts/{excerpt.id}/heard"), {"how": "played"})
        excerpt.refresh_from_db()
    at, by = heard.heard_at, heard.heard_by

    answer = replace("dr lib", "Doctolib", [7])
    heard.refresh_from_db()
    assert heard.is_doubtful
    assert heard.heard_at is None, "other words were heard"
    first = transcript.segments.all()[0]
    client.post(url(f"segments/{first.id}/words/5"), {"text": "Library?"})

    undo(answer)

    heard.refresh_from_db()
    corrected.refresh_from_db()
    assert (heard.heard_at, heard.heard_by, heard.heard_how) == (at, by, "played")
    assert corrected.heard_at is None, "it says something else than was heard"


def test_an_undo_is_refused_when_a_place_was_corrected_since(
    client, url, replace, undo, transcript
):
    first = replace("dr lib", "Doctolib", [4, 7, 11])
    second = replace("doctolib", "Doctolip", [7])
    before = words_of(transcript)

    refused = undo(first)

    assert refused.status_code == 409
    assert (
        "you changed the same since: “Replaced “doctolib” by “Doctolip””"
        in (refused.data["message"])
    )
    assert words_of(transcript) == before
    undo(second)
    segment = transcript.segments.all()[1]
    client.post(url(f"segments/{segment.id}/words/10"), {"text": "wait"})
    assert undo(first).status_code == 200, "another word of the same turn is not in the way"
    assert said(transcript)[1] == "With dr lib, I wait"


def test_the_notice_and_the_keys_undo_in_one_history(replace, undo, client, url, transcript):
    session = url(f"sessions/{transcript.source.session_id}")
    before = words_of(transcript)
    answer = replace("dr lib", "Doctolib", [4, 7, 11])
    after = words_of(transcript)

    undo(answer)

    assert words_of(transcript) == before
    assert client.post(f"{session}/undo").json()["code"] == "nothing_to_undo"
    assert client.post(f"{session}/redo").status_code == 200
    assert words_of(transcript) == after
    assert client.post(f"{session}/undo").status_code == 200
    assert words_of(transcript) == before
    [change] = client.get(url("changes")).json()["results"]
    assert change["summary"] == "Replaced “dr lib” by “Doctolib”"
    assert change["undone_at"]


TOKENS = st.sampled_from(["a", "A,", "b", "B.", "c"])
TURN = st.lists(TOKENS, min_size=1, max_size=8).map(" ".join)
PHRASE = st.lists(TOKENS, min_size=1, max_size=3).map(" ".join)


@settings(
    max_examples=25, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture]
)
@given(
    turns=st.lists(TURN, min_size=1, max_size=4),
    changes=st.lists(st.tuples(PHRASE, PHRASE), min_size=1, max_size=3),
    data=st.data(),
)
def test_replacing_and_undoing_is_as_if_nothing_happened(make, rita, turns, changes, data):
    transcript = make.transcript(turns=[(f"P{n % 2:02}", turn) for n, turn in enumerate(turns)])
    total = transcript.word_count
    for _ in range(data.draw(st.integers(0, 4))):
        first = data.draw(st.integers(1, total))
        make.excerpt(transcript, first, data.draw(st.integers(first, total)))
    rederive_excerpts(transcript=transcript)
    states = [state_of(transcript)]
    done = []
    for find, replace in changes:
        replacement = Replacement(find, replace)
        found = preview_replacement(transcript=transcript, replacement=replacement)
        free = [row.match.first_word_id for row in found if not row.blocked_reason]
        if not free:
            continue
        replaced = replace_words(
            transcript=transcript, replacement=replacement, first_word_ids=free, user=rita
        )
        done.append(replaced.change)
        check_excerpts(transcript)
        states.append(state_of(transcript))
    for change in reversed(done):
        assert state_of(transcript) == states.pop()
        undo_change(change=change, user=rita)
    assert state_of(transcript) == states.pop()


def state_of(transcript: Transcript) -> list[object]:
    excerpts = Excerpt.objects.filter(transcript=transcript).order_by("id")
    transcript.refresh_from_db()
    names = ("word_ids", "text", "start_ms", "end_ms", "position", "speaker", "participant")
    return [
        words_of(transcript),
        list(excerpts.values_list("id", *names)),
        (transcript.word_count, transcript.next_word_id),
        list(transcript.corrections.order_by("word_id").values_list("word_id", "before", "after")),
    ]


def check_excerpts(transcript: Transcript) -> None:
    """Ids rise through the transcript; every excerpt says what stands at its words."""
    words = [word for segment in transcript.segments.all() for word in segment.words]
    ids = [word[0] for word in words]
    assert ids == sorted(set(ids))
    texts = {word[0]: word[1] for word in words}
    transcript.refresh_from_db()
    assert transcript.word_count == len(words)
    for excerpt in Excerpt.objects.filter(transcript=transcript):
        assert excerpt.text == " ".join(texts[word_id] for word_id in excerpt.word_ids)
