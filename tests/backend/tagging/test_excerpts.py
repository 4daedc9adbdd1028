"""Marking words, reading the evidence, changing it, and taking it back."""

from datetime import timedelta
from uuid import uuid4

import pytest
from django.utils import timezone

from backend.jobs.models import SearchChange
from backend.personas.models import PersonaParticipant
from backend.tagging.models import Excerpt, Tag, Tagging
from backend.tagging.serializers import ExcerptSerializer

pytestmark = pytest.mark.django_db

TURNS = [
    ("moderator", "How long did you wait?"),
    ("P01", "Six weeks. I almost gave up."),
    ("moderator", "Mhm."),
    ("P02", "I got mine in a day"),
]
# Word ids: moderator 1–5, P01 6–11, moderator 12, P02 13–18.


@pytest.fixture
def transcript(make):
    return make.transcript(turns=TURNS)


@pytest.fixture
def rita_client(client_for, rita):
    return client_for(rita)


@pytest.fixture
def mark(rita_client, url, transcript):
    """Mark words through the API as rita."""

    def mark_words(first: int, last: int, **values):
        body = {
            "transcript_id": str(transcript.id),
            "first_word_id": first,
            "last_word_id": last,
            **values,
        }
        return rita_client.post(url("excerpts"), body)

    return mark_words


def test_an_excerpt_keeps_ids_text_times_speaker_and_participant(mark, make, rita, transcript):
    answer = mark(6, 7)
    assert answer.status_code == 201
    body = answer.json()
    assert body["word_ids"] == [6, 7]
    assert (body["first_word_id"], body["last_word_id"]) == (6, 7)
    assert body["text"] == "Six weeks."
    assert (body["start_ms"], body["end_ms"]) == (2000, 2750)
    assert body["has_audio"] is True
    assert body["participant"]["code_name"] == "P01"
    assert body["participant"]["real_name"] == "Greta Garbo"
    assert body["created_by"] == {"id": str(rita.id), "name": "Rita"}
    assert body["session_id"] == str(transcript.source.session_id)
    assert body["study_title"] == transcript.source.session.study.title
    row = Excerpt.objects.get()
    assert row.position == 6
    assert SearchChange.objects.filter(subject_kind="excerpt", subject_id=row.id).exists()


def test_the_answer_has_exactly_the_fields_of_the_schema(mark, make):
    tag, persona = make.tag(), make.persona()
    placing = {"quadrant": "pain", "persona_id": str(persona.id)}
    body = mark(6, 7, tag_ids=[str(tag.id)], placings=[placing]).json()
    shape = ExcerptSerializer().fields
    assert list(body) == list(shape)
    assert list(body["participant"]) == list(shape["participant"].fields)
    assert list(body["created_by"]) == list(shape["created_by"].fields)
    assert list(body["tags"][0]) == list(shape["tags"].child.fields)
    assert list(body["placings"][0]) == list(shape["placings"].child.fields)


@pytest.mark.parametrize(
    ("first", "last", "code_name", "label"),
    [
        (1, 5, None, "moderator"),  # a question is nobody's evidence
        (1, 6, "P01", "P01"),  # one word of an answer outweighs a long question
        (6, 18, "P01", "P01"),  # of two with six words each, the one heard first
        (10, 18, "P02", "P02"),
        (12, 12, None, "moderator"),
    ],
)
def test_participant_is_who_said_most_of_it(mark, transcript, first, last, code_name, label):
    body = mark(first, last).json()
    assert (body["participant"] and body["participant"]["code_name"]) == code_name
    assert str(transcript.source.speakers.get(label=label).id) == body["speaker_id"]


@pytest.mark.parametrize(("first", "last"), [(7, 6), (0, 3), (17, 40), (99, 99)])
def test_words_that_are_not_there_are_refused(mark, first, last):
    answer = mark(first, last)
    assert answer.status_code == 400
    assert "Reload" in answer.json()["remedy"]
    assert not Excerpt.objects.exists()


def test_an_excerpt_has_at_most_a_thousand_words(rita_client, url, make):
    transcript = make.transcript(words="word " * 1001)
    body = {"transcript_id": str(transcript.id), "first_word_id": 1}
    assert rita_client.post(url("excerpts"), {**body, "last_word_id": 1001}).status_code == 400
    assert rita_client.post(url("excerpts"), {**body, "last_word_id": 1000}).status_code == 201


def test_accents_emoji_and_right_to_left_are_kept(rita_client, url, make):
    words = "שלום עולם 👩🏽‍⚕️ naïve"
    transcript = make.transcript(words=words)
    body = {"transcript_id": str(transcript.id), "first_word_id": 1, "last_word_id": 4}
    assert rita_client.post(url("excerpts"), body).json()["text"] == words


def test_notes_have_no_times(rita_client, url, make):
    transcript = make.transcript(words="They look tired", has_audio=False)
    body = {"transcript_id": str(transcript.id), "first_word_id": 1, "last_word_id": 3}
    answer = rita_client.post(url("excerpts"), body).json()
    assert (answer["start_ms"], answer["end_ms"], answer["has_audio"]) == (None, None, False)


def test_a_transcript_that_came_without_its_recording_has_times_and_nothing_to_play(
    rita_client, url, make
):
    transcript = make.transcript(words="They look tired", source=make.source(kind="text"))
    body = {"transcript_id": str(transcript.id), "first_word_id": 1, "last_word_id": 3}
    answer = rita_client.post(url("excerpts"), body).json()
    assert (answer["start_ms"], answer["has_audio"]) == (0, False)


def test_tags_and_placings_come_with_it(mark, make):
    tags = [make.tag("b"), make.tag("a")]
    persona = make.persona(name="Maya")
    body = mark(
        6,
        7,
        is_key_quote=True,
        tag_ids=[str(tag.id) for tag in tags],
        placings=[
            {
                "quadrant": "think_feel",
                "aspect": "feel",
                "persona_id": str(persona.id),
                "emotion": "tired",
                "intensity": -2,
            },
            {"quadrant": "pain"},
        ],
    ).json()
    assert [tag["name"] for tag in body["tags"]] == ["a", "b"]
    assert body["is_key_quote"] is True
    first, second = body["placings"]
    assert (first["aspect"], first["persona_name"], first["intensity"]) == ("feel", "Maya", -2)
    assert (second["quadrant"], second["aspect"], second["persona_id"]) == ("pain", "", None)


@pytest.mark.parametrize(
    "values",
    [
        {"tag_ids": [str(uuid4())]},
        {"placings": [{"quadrant": "pain", "persona_id": str(uuid4())}]},
        {"placings": [{"quadrant": "pain", "aspect": "think"}]},
        {"placings": [{"quadrant": "nowhere"}]},
        {"placings": [{"quadrant": "pain", "intensity": 4}]},
    ],
)
def test_if_part_of_it_is_wrong_nothing_is_made(mark, values):
    assert mark(6, 7, **values).status_code == 400
    assert not Excerpt.objects.exists()


def test_rows_of_another_workspace_cannot_be_used(
    rita_client, url, make, transcript, other_workspace
):
    theirs = Tag.objects.create(workspace=other_workspace, name="theirs")
    body = {"transcript_id": str(transcript.id), "first_word_id": 1, "last_word_id": 2}
    answer = rita_client.post(url("excerpts"), {**body, "tag_ids": [str(theirs.id)]})
    assert answer.status_code == 400
    transcript.__class__.objects.filter(id=transcript.id).update(workspace=other_workspace)
    assert rita_client.post(url("excerpts"), body).status_code == 400


def test_words_of_a_deleted_session_cannot_be_marked(mark, transcript):
    session = transcript.source.session
    session.deleted_at = timezone.now()
    session.save()
    assert mark(6, 7).status_code == 400


def test_real_names_are_for_those_who_may_see_them(mark, client_for, alice, paul, bob, url):
    excerpt_id = mark(6, 7).json()["id"]
    for user, name in ((alice, "Greta Garbo"), (paul, None), (bob, None)):
        one = client_for(user).get(url(f"excerpts/{excerpt_id}")).json()
        (listed,) = client_for(user).get(url("excerpts")).json()["results"]
        assert one["participant"]["real_name"] == listed["participant"]["real_name"] == name


def test_the_persona_of_the_participant_is_proposed_unless_deleted(mark, make, rita_client, url):
    body = mark(6, 7).json()
    assert body["participant"]["persona_id"] is None
    persona = make.persona()
    PersonaParticipant.objects.create(
        workspace=persona.workspace, persona=persona, participant_id=body["participant"]["id"]
    )
    excerpt_url = url(f"excerpts/{body['id']}")
    assert rita_client.get(excerpt_url).json()["participant"]["persona_id"] == str(persona.id)
    rita_client.delete(url(f"personas/{persona.id}"))
    assert rita_client.get(excerpt_url).json()["participant"]["persona_id"] is None


def test_moving_its_ends_takes_everything_again(mark, rita_client, url):
    excerpt_id = mark(6, 7).json()["id"]
    body = rita_client.patch(url(f"excerpts/{excerpt_id}"), {"last_word_id": 11}).json()
    assert body["text"] == "Six weeks. I almost gave up."
    assert (body["first_word_id"], body["last_word_id"], body["end_ms"]) == (6, 11, 4350)
    moved = {"first_word_id": 13, "last_word_id": 14}
    body = rita_client.patch(url(f"excerpts/{excerpt_id}"), moved).json()
    assert (body["text"], body["participant"]["code_name"]) == ("I got", "P02")
    wrong = rita_client.patch(url(f"excerpts/{excerpt_id}"), {"first_word_id": 15})
    assert wrong.status_code == 400
    assert rita_client.get(url(f"excerpts/{excerpt_id}")).json()["text"] == "I got"


def test_key_quote_is_changed_alone(mark, rita_client, url):
    excerpt_id = mark(6, 7).json()["id"]
    body = rita_client.patch(url(f"excerpts/{excerpt_id}"), {"is_key_quote": True}).json()
    assert (body["is_key_quote"], body["text"]) == (True, "Six weeks.")


def test_deleting_can_be_undone_with_tags_and_placings(mark, make, rita_client, url):
    tag = make.tag()
    body = mark(6, 7, tag_ids=[str(tag.id)], placings=[{"quadrant": "gain"}]).json()
    one = url(f"excerpts/{body['id']}")
    assert rita_client.delete(one).status_code == 204
    assert rita_client.get(one).status_code == 404
    assert rita_client.patch(one, {"is_key_quote": True}).status_code == 404
    assert rita_client.get(url("excerpts")).json()["count"] == 0
    assert rita_client.post(f"{one}/restore").json() == body
    assert rita_client.get(one).json() == body


def test_setting_tags_keeps_who_put_the_ones_that_stay(
    mark, make, rita_client, client_for, alice, url
):
    stays, goes, comes = make.tag("a"), make.tag("b"), make.tag("c")
    excerpt_id = mark(6, 7, tag_ids=[str(stays.id), str(goes.id)]).json()["id"]
    before = Tagging.objects.get(tag=stays)
    tags_url = url(f"excerpts/{excerpt_id}/tags")
    body = client_for(alice).put(tags_url, {"tag_ids": [str(comes.id), str(stays.id)]}).json()
    assert [tag["name"] for tag in body["tags"]] == ["a", "c"]
    after = Tagging.objects.get(tag=stays)
    assert (after.id, after.created_by) == (before.id, before.created_by)
    assert Tagging.objects.get(tag=comes).created_by == alice
    assert client_for(alice).put(tags_url, {"tag_ids": []}).json()["tags"] == []


def hide_excerpt(excerpt):
    excerpt.deleted_at = timezone.now()
    excerpt.save()


def hide_session(excerpt):
    excerpt.session.deleted_at = timezone.now()
    excerpt.session.save()


def hide_study(excerpt):
    excerpt.session.study.deleted_at = timezone.now()
    excerpt.session.study.save()


def hide_person(excerpt):
    excerpt.participant.consent = "withdrawn"
    excerpt.participant.save()


@pytest.mark.parametrize("hide", [hide_excerpt, hide_session, hide_study, hide_person])
def test_what_does_not_count_is_nowhere(make, rita_client, url, hide):
    excerpt, other = make.excerpt(), make.excerpt(make.transcript(turns=[("P77", "I stay")]))
    hide(excerpt)
    answer = rita_client.get(url("excerpts")).json()
    assert [row["id"] for row in answer["results"]] == [str(other.id)]
    assert answer["people"] == 1
    assert rita_client.get(url(f"excerpts/{excerpt.id}")).status_code == 404


def test_the_list_counts_people_over_all_pages(make, rita_client, url):
    transcript = make.transcript(turns=TURNS)
    for first in (6, 7, 8, 13, 1):
        make.excerpt(transcript, first, first)
    question = Excerpt.objects.get(position=1)
    question.participant = None
    question.save()
    answer = rita_client.get(url("excerpts?page_size=2")).json()
    assert (answer["count"], answer["people"], len(answer["results"])) == (5, 2, 2)


def test_filters_ask_one_and_the_same_placing(make, rita_client, url):
    maya, walter = make.persona(), make.persona()
    excerpt = make.excerpt()
    make.placing(excerpt, quadrant="pain", persona=maya)
    make.placing(excerpt, quadrant="say_do", aspect="do", persona=walter)
    make.placing(make.excerpt(), quadrant="say_do", persona=walter)

    def count(query: str) -> int:
        return rita_client.get(url(f"excerpts?{query}")).json()["count"]

    assert count(f"persona={maya.id}") == 1
    assert count(f"persona={walter.id}&quadrant=say_do") == 2
    assert count(f"persona={maya.id}&quadrant=say_do") == 0
    assert count(f"persona={walter.id}&quadrant=say_do&aspect=do") == 1
    assert count(f"persona={walter.id}&quadrant=say_do&aspect=none") == 1
    assert count(f"persona={walter.id}&quadrant=say_do&aspect=") == 1
    assert count("") == 2


def test_filters_by_place_tag_person_and_text(make, rita_client, url):
    tag = make.tag()
    excerpt = make.excerpt(make.transcript(turns=[("P50", "The reminder came late")]))
    Tagging.objects.create(workspace=excerpt.workspace, excerpt=excerpt, tag=tag)
    other = make.excerpt(make.transcript(turns=[("P51", "Nothing came")]))

    def found(query: str) -> list[str]:
        rows = rita_client.get(url(f"excerpts?{query}")).json()["results"]
        return [row["id"] for row in rows]

    only, rest = [str(excerpt.id)], [str(other.id)]
    assert found(f"tag={tag.id}") == only
    assert found("tag=none") == rest
    assert found(f"session={excerpt.session_id}") == only
    assert found(f"study={excerpt.session.study_id}") == only
    assert found(f"participant={excerpt.participant_id}") == only
    assert found("q=REMIND") == only
    assert found(f"session={excerpt.session_id}&q=nothing") == []
    rita_client.delete(url(f"tags/{tag.id}"))
    assert sorted(found("tag=none")) == sorted(only + rest)


@pytest.mark.parametrize("query", ["session=x", "quadrant=up", "aspect=up", "tag=up"])
def test_filters_that_make_no_sense_are_refused(rita_client, url, query):
    assert rita_client.get(url(f"excerpts?{query}")).status_code == 400


def test_of_one_session_in_reading_order_otherwise_newest_first(make, rita_client, url):
    transcript = make.transcript(turns=TURNS)
    late, early = make.excerpt(transcript, 13, 14), make.excerpt(transcript, 6, 7)
    Excerpt.objects.filter(id=late.id).update(created_at=timezone.now() - timedelta(hours=1))

    def order(query: str) -> list[str]:
        rows = rita_client.get(url(f"excerpts{query}")).json()["results"]
        return [row["id"] for row in rows]

    assert order(f"?session={late.session_id}") == [str(early.id), str(late.id)]
    assert order("") == [str(early.id), str(late.id)]
    Excerpt.objects.filter(id=late.id).update(created_at=timezone.now() + timedelta(hours=1))
    assert order("") == [str(late.id), str(early.id)]


def test_the_list_takes_constant_queries(make, rita_client, url, count_queries, persona_of_each):
    persona_of_each(1)
    few = count_queries(lambda: rita_client.get(url("excerpts")))
    persona_of_each(19)
    assert count_queries(lambda: rita_client.get(url("excerpts"))) == few <= 8
    assert rita_client.get(url("excerpts")).json()["count"] == 20


@pytest.fixture
def persona_of_each(make, workspace, rita):
    """Make excerpts, each with all that can hang on one."""

    def make_rich(number: int) -> None:
        for _ in range(number):
            excerpt = make.excerpt(make.transcript(turns=[(f"P{uuid4().hex[:6]}", "I wait")]))
            excerpt.created_by = rita
            excerpt.save()
            persona = make.persona()
            make.placing(excerpt, persona=persona)
            Tagging.objects.create(workspace=workspace, excerpt=excerpt, tag=make.tag())
            PersonaParticipant.objects.create(
                workspace=workspace, persona=persona, participant=excerpt.participant
            )

    return make_rich
