"""The codebook: a tree that never loops, names once among siblings, deletions that come back."""

import pytest

from backend.jobs.models import SearchChange
from backend.tagging.models import Tag, Tagging

pytestmark = pytest.mark.django_db


@pytest.fixture
def rita_client(client_for, rita):
    return client_for(rita)


def names(client, url) -> list[str]:
    return [tag["name"] for tag in client.get(url("tags")).json()["results"]]


def test_a_tag_is_made_last_among_its_siblings_in_its_parents_colour(rita_client, url):
    waiting = rita_client.post(url("tags"), {"name": "  Waiting   times ", "colour": "#b3382c"})
    assert waiting.status_code == 201
    first = rita_client.post(url("tags"), {"name": "Weeks", "parent_id": waiting.json()["id"]})
    second = rita_client.post(url("tags"), {"name": "On hold", "parent_id": waiting.json()["id"]})
    assert waiting.json()["name"] == "Waiting times"
    assert [first.json()["colour"], first.json()["position"]] == ["#b3382c", 0]
    assert second.json()["position"] == 1
    assert second.json()["excerpt_count"] == second.json()["people_count"] == 0


@pytest.mark.parametrize("name", ["ärger", "ÄRGER", " Ärger "])
def test_names_are_taken_whatever_their_case(rita_client, url, make, name):
    parent = make.tag("Feelings")
    make.tag("Ärger", parent=parent)
    answer = rita_client.post(url("tags"), {"name": name, "parent_id": str(parent.id)})
    assert answer.status_code == 409
    assert answer.json()["fields"] == {"name": ["Taken."]}
    assert rita_client.post(url("tags"), {"name": name}).status_code == 201


@pytest.mark.parametrize(
    ("body", "field"),
    [({"name": ""}, "name"), ({"name": "x", "colour": "red"}, "colour"), ({}, "name")],
)
def test_bad_input_is_named(rita_client, url, body, field):
    answer = rita_client.post(url("tags"), body)
    assert answer.status_code == 400
    assert field in answer.json()["fields"]


def test_a_tag_cannot_come_under_itself_or_its_own(rita_client, url, make):
    top = make.tag("top")
    middle = make.tag("middle", parent=top)
    low = make.tag("low", parent=middle)
    for parent in (top, middle, low):
        answer = rita_client.patch(url(f"tags/{top.id}"), {"parent_id": str(parent.id)})
        assert answer.status_code == 400
    assert rita_client.patch(url(f"tags/{low.id}"), {"parent_id": None}).status_code == 200
    low.refresh_from_db()
    assert low.parent is None
    assert rita_client.patch(url(f"tags/{top.id}"), {"parent_id": str(low.id)}).status_code == 200


def test_a_change_keeps_what_is_not_named_and_tells_search(rita_client, url, make, workspace):
    tag = make.tag("old", description="what it means", colour="#112233")
    answer = rita_client.patch(url(f"tags/{tag.id}"), {"name": "new"})
    assert answer.json()["description"] == "what it means"
    assert answer.json()["colour"] == "#112233"
    assert SearchChange.objects.filter(subject_kind="tag", subject_id=tag.id).exists()


def test_a_tag_of_another_workspace_is_no_parent(rita_client, url, other_workspace):
    theirs = Tag.objects.create(workspace=other_workspace, name="theirs")
    answer = rita_client.post(url("tags"), {"name": "ours", "parent_id": str(theirs.id)})
    assert answer.status_code == 400
    assert "parent_id" in answer.json()["fields"]


def test_deleting_takes_the_branch_and_restoring_brings_it_back(rita_client, url, make):
    top = make.tag("top")
    middle = make.tag("middle", parent=top)
    make.tag("low", parent=middle)
    gone_before = make.tag("gone before", parent=top)
    excerpt = make.excerpt()
    Tagging.objects.create(workspace=excerpt.workspace, excerpt=excerpt, tag=middle)
    rita_client.delete(url(f"tags/{gone_before.id}"))

    assert rita_client.delete(url(f"tags/{top.id}")).status_code == 204
    assert names(rita_client, url) == []
    assert rita_client.get(url(f"excerpts/{excerpt.id}")).json()["tags"] == []

    assert rita_client.post(url(f"tags/{top.id}/restore")).status_code == 200
    assert sorted(names(rita_client, url)) == ["low", "middle", "top"]
    tags = rita_client.get(url(f"excerpts/{excerpt.id}")).json()["tags"]
    assert [tag["name"] for tag in tags] == ["middle"]


def test_a_branch_does_not_come_back_without_its_trunk(rita_client, url, make):
    top = make.tag("top")
    low = make.tag("low", parent=top)
    rita_client.delete(url(f"tags/{top.id}"))
    answer = rita_client.post(url(f"tags/{low.id}/restore"))
    assert answer.status_code == 409
    assert "top" in answer.json()["remedy"]


def test_a_name_taken_meanwhile_stops_a_restoring(rita_client, url, make):
    tag = make.tag("trust")
    rita_client.delete(url(f"tags/{tag.id}"))
    make.tag("Trust")
    assert rita_client.post(url(f"tags/{tag.id}/restore")).status_code == 409
    assert names(rita_client, url) == ["Trust"]


def test_counts_are_of_people_and_leave_out_what_does_not_count(rita_client, url, make):
    tag = make.tag("waiting")
    transcript = make.transcript(
        turns=[("P01", "I waited"), ("P02", "so did I"), ("P03", "me too")]
    )
    excerpts = [make.excerpt(transcript, first, first + 1) for first in (1, 1, 3, 6)]
    for excerpt in excerpts:
        Tagging.objects.create(workspace=excerpt.workspace, excerpt=excerpt, tag=tag)
    withdrawn = excerpts[3].participant
    withdrawn.consent = "withdrawn"
    withdrawn.save()
    (row,) = rita_client.get(url("tags")).json()["results"]
    assert (row["excerpt_count"], row["people_count"]) == (3, 2)


def test_the_codebook_is_read_in_constant_queries(rita_client, url, make, count_queries):
    def tagged() -> None:
        excerpt = make.excerpt()
        Tagging.objects.create(workspace=excerpt.workspace, excerpt=excerpt, tag=make.tag())

    tagged()
    few = count_queries(lambda: rita_client.get(url("tags")))
    for _ in range(19):
        tagged()
    assert count_queries(lambda: rita_client.get(url("tags"))) == few
    assert len(names(rita_client, url)) == 20
