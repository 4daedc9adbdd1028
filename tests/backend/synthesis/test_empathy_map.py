"""The empathy map: computed, people counted once, and the same as counting by hand."""

from datetime import timedelta
from random import Random
from typing import Any

import pytest
from django.utils import timezone

from backend.synthesis.selectors import compute_empathy_map
from backend.synthesis.selectors.empathy_map import FULLY_QUOTED_THEMES, QUOTED_THEMES
from backend.tagging.models import ASPECTS, Excerpt, Placing

pytestmark = pytest.mark.django_db


@pytest.fixture
def persona(make):
    return make.persona(name="Maya")


@pytest.fixture
def read_map(client_for, rita, url, persona):
    def get_map(query: str = "", user=rita) -> dict[str, Any]:
        answer = client_for(user).get(url(f"personas/{persona.id}/map{query}"))
        assert answer.status_code == 200
        return answer.json()

    return get_map


@pytest.fixture
def place(make, persona):
    def place_excerpt(excerpt, quadrant: str, aspect: str = "", **values):
        values.setdefault("persona", persona)
        return make.placing(excerpt, quadrant=quadrant, aspect=aspect, **values)

    return place_excerpt


def field_of(empathy_map: dict[str, Any], quadrant: str, aspect: str = "") -> dict[str, Any]:
    row = next(q for q in empathy_map["quadrants"] if q["quadrant"] == quadrant)
    return next(a for a in row["aspects"] if a["aspect"] == aspect)


def themes_of(empathy_map: dict[str, Any], quadrant: str, aspect: str = "") -> list[tuple]:
    themes = field_of(empathy_map, quadrant, aspect)["themes"]
    return [(theme["name"], theme["people"], theme["excerpts"]) for theme in themes]


def test_an_empty_map_has_all_its_fields(read_map, persona):
    empathy_map = read_map()
    assert empathy_map["persona_id"] == str(persona.id)
    assert [
        (q["quadrant"], [a["aspect"] for a in q["aspects"]]) for q in empathy_map["quadrants"]
    ] == [
        ("think_feel", ["think", "feel", ""]),
        ("say_do", ["say", "do", ""]),
        ("hear", [""]),
        ("see", [""]),
        ("pain", [""]),
        ("gain", [""]),
    ]
    assert empathy_map["people_total"] == empathy_map["excerpt_count"] == 0
    assert empathy_map["newest_at"] is None


def test_themes_are_ranked_by_people_then_excerpts_then_name(read_map, place, said, make, tagged):
    loud, shared, quiet = make.tag("Loud"), make.tag("Shared"), make.tag("a quiet one")
    for _ in range(4):
        place(tagged(said("P01"), loud), "pain")
    place(tagged(said("P02"), shared), "pain")
    place(tagged(said("P03"), shared), "pain")
    place(tagged(said("P04"), quiet), "pain")
    for code_name in ("P05", "P06", "P07"):
        place(said(code_name), "pain")
    assert themes_of(read_map(), "pain") == [
        ("Shared", 2, 2),
        ("Loud", 1, 4),
        ("a quiet one", 1, 1),
        ("Not yet tagged", 3, 3),
    ]


def test_people_are_counted_once_in_a_quadrant_though_heard_in_both_halves(
    read_map, place, said, make
):
    place(said("P01"), "say_do", "say")
    place(said("P01"), "say_do", "do")
    place(said("P02"), "say_do", "do")
    question = said("P03")
    Excerpt.objects.filter(id=question.id).update(participant=None)
    place(question, "say_do", "do")
    empathy_map = read_map()
    row = next(q for q in empathy_map["quadrants"] if q["quadrant"] == "say_do")
    assert (row["people"], row["excerpts"]) == (2, 4)
    say, do, neither = row["aspects"]
    assert (say["people"], say["excerpts"]) == (1, 1)
    assert (do["people"], do["excerpts"]) == (2, 3)
    assert (neither["people"], neither["excerpts"], neither["themes"]) == (0, 0, [])


def test_an_excerpt_with_two_tags_is_in_two_themes_and_counts_once(
    read_map, place, said, make, tagged
):
    place(tagged(said("P01"), make.tag("a"), make.tag("b")), "gain")
    empathy_map = read_map()
    assert themes_of(empathy_map, "gain") == [("a", 1, 1), ("b", 1, 1)]
    assert field_of(empathy_map, "gain")["excerpts"] == empathy_map["excerpt_count"] == 1


def test_deleted_tags_leave_the_map_and_what_they_marked_is_untagged(
    read_map, place, said, make, tagged
):
    gone, kept = make.tag("gone"), make.tag("kept")
    place(tagged(said("P01"), gone), "pain")
    place(tagged(said("P02"), gone, kept), "pain")
    gone.deleted_at = timezone.now()
    gone.save()
    assert themes_of(read_map(), "pain") == [("kept", 1, 1), ("Not yet tagged", 1, 1)]


def test_quotes_are_key_quotes_then_the_strongest_then_the_newest(read_map, place, said):
    now = timezone.now()
    expected = []
    for text, is_key_quote, intensity, hours_ago in [
        ("old key", True, None, 9),
        ("strong", False, -3, 8),
        ("newer strong", False, 3, 7),
        ("weak and new", False, 1, 1),
        ("nothing felt", False, None, 0),
    ]:
        excerpt = said("P01", text, is_key_quote=is_key_quote)
        place(excerpt, "pain", intensity=intensity)
        made_at = now - timedelta(hours=hours_ago)
        Excerpt.objects.filter(id=excerpt.id).update(created_at=made_at)
        expected.append(text)
    (theme,) = field_of(read_map(), "pain")["themes"]
    assert [quote["text"] for quote in theme["quotes"]] == ["old key", "newer strong", "strong"]
    assert theme["excerpts"] == len(expected)


def test_below_the_first_ranks_themes_come_with_one_quote_then_none(
    read_map, place, said, make, tagged
):
    tags = [make.tag(f"tag {number:02}") for number in range(QUOTED_THEMES + 1)]
    place(tagged(said("P01"), *tags), "see")
    place(tagged(said("P01"), *tags), "see")
    themes = field_of(read_map(), "see")["themes"]
    shown = [2] * FULLY_QUOTED_THEMES + [1] * (QUOTED_THEMES - FULLY_QUOTED_THEMES) + [0]
    assert [len(theme["quotes"]) for theme in themes] == shown
    assert themes[-1]["name"] == tags[-1].name


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
def test_what_does_not_count_is_not_on_the_map(
    read_map, place, said, make, tagged, assign, persona, hide
):
    tag = make.tag("waiting")
    excerpt = tagged(said("P01"), tag)
    place(excerpt, "pain")
    assign(excerpt.participant, persona)
    place(tagged(said("P02"), tag), "pain")
    hide(excerpt)
    empathy_map = read_map()
    assert themes_of(empathy_map, "pain") == [("waiting", 1, 1)]
    assert (empathy_map["excerpt_count"], empathy_map["study_count"]) == (1, 1)
    # Whoever was heard in a session that is still there stays in the denominator.
    assert empathy_map["people_total"] == (2 if hide is hide_excerpt else 1)


def test_the_denominator_is_people_of_the_persona_who_were_heard(
    read_map, place, said, make, assign, persona
):
    heard = make.participant("P01")
    make.session(participants=[heard])
    assign(heard, persona)
    assign(make.participant("P02"), persona)  # asked, but never heard
    place(said("P03"), "pain")  # heard on the map, of no persona
    place(said("P04"), "pain", persona=make.persona())
    assert read_map()["people_total"] == 2


def test_the_map_of_one_study(read_map, place, said, make, assign, persona):
    first, second = make.study(), make.study()
    excerpt = said("P01", study=first)
    place(excerpt, "pain")
    place(said("P02", study=second), "pain")
    other = make.participant("P05")
    make.session(study=second, participants=[other])
    assign(other, persona)
    both, one = read_map(), read_map(f"?study={first.id}")
    assert (both["people_total"], both["study_count"], both["excerpt_count"]) == (3, 2, 2)
    assert (one["people_total"], one["study_count"], one["excerpt_count"]) == (1, 1, 1)
    assert field_of(one, "pain")["people"] == 1
    assert one["newest_at"] == excerpt.created_at.isoformat().replace("+00:00", "Z")


def test_a_study_that_is_none_is_refused(client_for, rita, url, persona):
    answer = client_for(rita).get(url(f"personas/{persona.id}/map?study=x"))
    assert answer.status_code == 400


def test_names_on_the_map_are_for_those_who_may_see_them(read_map, place, said, paul):
    place(said("P01"), "pain")

    def name(**who) -> str | None:
        (theme,) = field_of(read_map(**who), "pain")["themes"]
        return theme["quotes"][0]["participant"]["real_name"]

    assert name() == "Greta Garbo"
    assert name(user=paul) is None


def test_every_number_opens_the_list_it_was_computed_from(
    read_map, place, said, make, tagged, client_for, rita, url, persona
):
    tags = [make.tag("a"), make.tag("b")]
    random = Random(7)
    for number in range(30):
        quadrant = random.choice(list(ASPECTS))
        excerpt = tagged(said(f"P{number % 7:02}"), *random.sample(tags, random.randrange(3)))
        place(excerpt, quadrant, random.choice(ASPECTS[quadrant]))
    client = client_for(rita)
    for row in read_map()["quadrants"]:
        for part in row["aspects"]:
            for theme in part["themes"]:
                query = (
                    f"persona={persona.id}&quadrant={row['quadrant']}"
                    f"&aspect={part['aspect'] or 'none'}&tag={theme['tag_id'] or 'none'}"
                )
                answer = client.get(url(f"excerpts?{query}")).json()
                assert (answer["count"], answer["people"]) == (theme["excerpts"], theme["people"])
                listed = {excerpt["id"] for excerpt in answer["results"]}
                assert {quote["id"] for quote in theme["quotes"]} <= listed


@pytest.mark.parametrize("seed", range(5))
def test_it_is_what_counting_by_hand_gives(place, said, make, tagged, persona, seed):
    random = Random(seed)
    tags = [make.tag() for _ in range(5)]
    for _ in range(40):
        excerpt = tagged(
            said(f"P{random.randrange(6):02}"), *random.sample(tags, random.randrange(3))
        )
        for quadrant in random.sample(list(ASPECTS), 2):
            place(excerpt, quadrant, random.choice(ASPECTS[quadrant]))
        if random.random() < 0.2:
            hide_excerpt(excerpt)
    computed = {
        (row.quadrant, part.aspect, theme.tag_id): (theme.people, theme.excerpts)
        for row in compute_empathy_map(persona).quadrants
        for part in row.aspects
        for theme in part.themes
    }
    heard: dict[tuple, list] = {}
    for placing in Placing.objects.filter(excerpt__deleted_at__isnull=True):
        marks = placing.excerpt.taggings.values_list("tag_id", flat=True)
        for tag_id in list(marks) or [None]:
            key = (placing.quadrant, placing.aspect, tag_id)
            heard.setdefault(key, []).append(placing.excerpt.participant_id)
    assert computed == {key: (len(set(row)), len(row)) for key, row in heard.items()}


def test_it_takes_eight_queries(place, said, make, tagged, persona, count_queries):
    def fill(number: int) -> None:
        for count in range(number):
            place(tagged(said(f"P{count:02}"), make.tag()), "pain")

    fill(1)
    few = count_queries(lambda: compute_empathy_map(persona))
    fill(20)
    assert count_queries(lambda: compute_empathy_map(persona)) == few <= 8
