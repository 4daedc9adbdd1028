"""Claims of personas and tags are found as themselves, and follow what they rest on."""

import pytest

from backend.discovery.documents import build_documents
from backend.discovery.engine import get_engine
from backend.discovery.services import apply_changes, rebuild_index
from backend.exchange.services import import_codebook
from backend.personas.services import delete_persona, restore_persona
from backend.studies.services import update_participant
from backend.synthesis.models import ClaimEvidence
from backend.synthesis.services import create_claim, delete_claim, update_claim
from backend.tagging.history.undoing import redo_latest, undo_latest
from backend.tagging.models import Tagging
from backend.tagging.services import delete_excerpt
from backend.tagging.services.tag_merging import merge_tags
from backend.tagging.services.tags import create_tag, delete_tag, move_tag, restore_tag, update_tag
from search.query import Filters, SearchQuery

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def empty_index(data_folders, workspace):
    rebuild_index()


@pytest.fixture
def find(workspace):
    """Apply all changes, then search one kind; returns ids of the hits."""

    def apply_and_find(kind, text="", **filters):
        apply_changes(workspace_id=workspace.id)
        query = SearchQuery(
            workspace_id=str(workspace.id),
            text=text,
            kinds=(kind,),
            filters=Filters(**filters),
            limit=100,
        )
        return {hit.id for hit in get_engine().search(query).hits}

    return apply_and_find


@pytest.fixture
def ask(client_for, url, workspace):
    def search(user, **params):
        apply_changes(workspace_id=workspace.id)
        return client_for(user).get(url("search"), params).json()

    return search


def ids(*rows):
    return {str(row.id) for row in rows}


def test_a_claim_is_found_while_it_is_told(make, find):
    claim = create_claim(persona=make.persona(), section="goals", text="Never queue again")
    assert find("claim", "queue") == ids(claim)

    update_claim(claim=claim, text="Be seen within a week")
    assert find("claim", "queue") == set()
    assert find("claim", "week") == ids(claim)

    delete_claim(claim=claim)
    assert find("claim") == set()


def test_a_claim_goes_and_comes_with_its_persona(make, find):
    persona = make.persona()
    claim = create_claim(persona=persona, section="goals", text="Never queue again")
    delete_persona(persona=persona)
    assert find("claim") == set()
    restore_persona(persona=persona)
    assert find("claim", persona_ids=(str(persona.id),)) == ids(claim)


def test_the_people_of_a_claim_are_those_who_support_it(make, find, workspace, alice):
    supporting, other, against = make.excerpt(), make.excerpt(), make.excerpt()
    claim = create_claim(
        persona=make.persona(), section="goals", text="Never queue again", excerpts=[supporting]
    )
    ClaimEvidence.objects.create(
        workspace=workspace, claim=claim, excerpt=against, stance="against"
    )
    against.participant = make.participant()
    against.save()
    people = (str(supporting.participant_id),)
    assert find("claim", participant_ids=people) == ids(claim)
    assert find("claim", participant_ids=(str(against.participant_id),)) == set()
    assert find("claim", study_ids=(str(supporting.session.study_id),)) == ids(claim)

    update_claim(claim=claim, excerpts=[other])
    assert find("claim", study_ids=(str(supporting.session.study_id),)) == set()

    delete_excerpt(excerpt=other, user=alice)
    assert find("claim", participant_ids=people) == set()
    assert find("claim") == ids(claim)


def test_a_claim_loses_the_people_who_withdrew(make, find):
    excerpt = make.excerpt()
    claim = create_claim(
        persona=make.persona(), section="goals", text="Never queue again", excerpts=[excerpt]
    )
    people = (str(excerpt.participant_id),)
    assert find("claim", participant_ids=people) == ids(claim)
    update_participant(participant=excerpt.participant, consent="withdrawn")
    assert find("claim", participant_ids=people) == set()


def test_a_claim_of_another_workspace_has_no_document(make, other_workspace):
    claim = create_claim(persona=make.persona(), section="goals", text="Never queue again")
    assert list(build_documents("claim", other_workspace.id, {"id": claim.id})) == []


def test_a_hit_says_whose_claim_it_is_and_whether_it_is_evidenced(make, ask, alice):
    maya = make.persona(name="Maya")
    create_claim(persona=maya, section="goals", text="Wants a visit today")
    create_claim(
        persona=maya, section="worries", text="Fears to miss a visit", excerpts=[make.excerpt()]
    )
    found = [hit["claim"] for hit in ask(alice, q="visit", kind="claim")["hits"]]
    told = {
        claim["section"]: (claim["is_assumption"], claim["excerpts"], claim["people"])
        for claim in found
    }
    assert told == {"goals": (True, 0, 0), "worries": (False, 1, 1)}
    assert {claim["persona"]["name"] for claim in found} == {"Maya"}
    assert [hit["kind"] for hit in ask(alice, q="visit")["hits"]] == ["claim", "claim"]


def test_a_tag_is_found_by_its_path_and_by_what_it_is_for(make, find):
    waiting = create_tag(workspace_id=make.workspace.id, name="Waiting")
    hold = create_tag(
        workspace_id=make.workspace.id,
        name="On hold",
        description="Minutes on the phone",
        when_to_use="Whenever there is music",
        parent=waiting,
    )
    assert find("tag") == ids(waiting, hold)
    assert find("tag", "waiting") == ids(waiting, hold)
    assert find("tag", "hold") == find("tag", "phone") == find("tag", "music") == ids(hold)
    assert find("tag", tag_ids=(str(waiting.id),)) == ids(waiting, hold)

    update_tag(tag=waiting, changes={"name": "Patience"})
    assert find("tag", "waiting") == set()
    assert find("tag", "patience") == ids(waiting, hold)

    move_tag(tag=hold, parent=None, position=0)
    assert find("tag", "patience") == ids(waiting)


def test_a_deleted_tag_is_found_no_more_until_it_is_back(make, find, workspace, alice):
    waiting = create_tag(workspace_id=workspace.id, name="Waiting", user=alice)
    hold = create_tag(workspace_id=workspace.id, name="On hold", parent=waiting, user=alice)
    delete_tag(tag=waiting, user=alice)
    assert find("tag") == set()
    restore_tag(tag=waiting, user=alice)
    assert find("tag") == ids(waiting, hold)


def test_merging_and_undoing_it_is_seen(make, find, workspace, alice):
    old = create_tag(workspace_id=workspace.id, name="Delays", user=alice)
    child = create_tag(workspace_id=workspace.id, name="On hold", parent=old, user=alice)
    into = create_tag(workspace_id=workspace.id, name="Waiting", user=alice)
    assert find("tag", "delays") == ids(old, child)

    merge_tags(tag=old, into=into, user=alice)
    assert find("tag", "delays") == set()
    assert find("tag", "waiting") == ids(into, child)

    undo_latest(workspace_id=workspace.id, session_id=None, user=alice)
    assert find("tag", "delays") == ids(old, child)
    assert find("tag", "waiting") == ids(into)
    redo_latest(workspace_id=workspace.id, session_id=None, user=alice)
    assert find("tag", "waiting") == ids(into, child)


def test_a_tag_s_hit_counts_the_excerpts_and_people_under_it(make, ask, alice, workspace):
    waiting = create_tag(workspace_id=workspace.id, name="Waiting")
    hold = create_tag(workspace_id=workspace.id, name="On hold", parent=waiting, colour="#aa0000")
    for tag in (waiting, hold):
        excerpt = make.excerpt(make.transcript(turns=[("P01", "music for twenty minutes")]))
        Tagging.objects.create(workspace=workspace, excerpt=excerpt, tag=tag)

    body = ask(alice, q="waiting", kind="tag")
    told = {hit["tag"]["path"][-1]: hit["tag"] for hit in body["hits"]}
    assert (told["Waiting"]["excerpts"], told["Waiting"]["people"]) == (2, 1)
    assert (told["On hold"]["excerpts"], told["On hold"]["people"]) == (1, 1)
    assert told["On hold"]["path"] == ["Waiting", "On hold"]
    assert told["On hold"]["colour"] == "#aa0000"
    assert body["hits"][0]["highlights"][0] == [0, 7]
    # A tag is a mark on evidence, not evidence.
    assert ask(alice, q="waiting")["total"] == 0


def test_queries_do_not_grow_with_claims_and_tags(make, ask, alice, count_queries, workspace):
    def add():
        tag = create_tag(workspace_id=workspace.id, name=f"Queue {make._number()}")
        excerpt = make.excerpt()
        Tagging.objects.create(workspace=workspace, excerpt=excerpt, tag=tag)
        create_claim(
            persona=make.persona(), section="goals", text="Never queue again", excerpts=[excerpt]
        )

    def count(number):
        for _ in range(number):
            add()
        apply_changes(workspace_id=workspace.id)
        return count_queries(lambda: ask(alice, q="queue", kind=["claim", "tag"], limit=100))

    assert count(2) == count(10)


def test_imported_tags_are_found(find, workspace, alice):
    content = b"Name,Description\nWaiting,All that takes long\n"
    import_codebook(
        workspace_id=workspace.id, content=content, name="codes.csv", user=alice, is_preview=False
    )
    assert len(find("tag", "waiting")) == len(find("tag", "takes long")) == 1
