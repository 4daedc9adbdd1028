"""What changes in the rows is found, or found no more, once the changes are applied."""

from contextlib import contextmanager

import pytest
from django.utils import timezone

from backend.discovery.engine import get_engine
from backend.discovery.selectors import USUAL_KINDS
from backend.discovery.services import apply_changes, mend_index, rebuild_index
from backend.jobs.models import SearchChange, SubjectKind
from backend.jobs.services import LeaseLostError
from backend.personas.models import PersonaParticipant
from backend.synthesis import services
from backend.synthesis.models import Claim, Evidence, Insight
from backend.tagging.models import Tagging
from search.query import Filters, SearchQuery
from tests.backend.maker import Maker

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def empty_index(data_folders, workspace):
    """A whole index, so that what is found later was brought by a change."""
    rebuild_index()


@pytest.fixture
def note(workspace):
    """Note a change as services do, without a message."""

    def note_change(kind, *rows):
        for row in rows:
            SearchChange.objects.create(workspace=workspace, subject_kind=kind, subject_id=row.id)

    return note_change


@pytest.fixture
def find(workspace):
    """Apply all changes, then search; returns (kind, id) of the hits."""

    def apply_and_find(text="", **filters):
        apply_changes(workspace_id=workspace.id)
        query = SearchQuery(
            workspace_id=str(workspace.id),
            text=text,
            kinds=USUAL_KINDS,
            filters=Filters(**filters),
            limit=100,
        )
        return {(hit.kind, hit.id) for hit in get_engine().search(query).hits}

    return apply_and_find


def key(row):
    return (type(row).__name__.lower(), str(row.id))


def insight_with(make, *excerpts, statement="Reminders come too late"):
    insight = Insight.objects.create(workspace=make.workspace, statement=statement)
    for excerpt in excerpts:
        Evidence.objects.create(workspace=make.workspace, insight=insight, excerpt=excerpt)
    return insight


def test_excerpt_insight_and_persona_are_found_by_their_words(make, note, find):
    excerpt = make.excerpt(make.transcript(words="twenty minutes on hold"))
    insight = insight_with(make, excerpt, statement="Holding makes people give up")
    persona = make.persona(name="Maya", summary="A working mother")
    claim = Claim.objects.create(
        workspace=make.workspace, persona=persona, section="goals", text="Never queue again"
    )
    note(SubjectKind.EXCERPT, excerpt)
    note(SubjectKind.INSIGHT, insight)
    note(SubjectKind.PERSONA, persona)

    assert find("minutes on hold") == {key(excerpt)}
    assert find("give up") == {key(insight)}
    assert find("working mother") == {key(persona)}
    assert find("queue again") == {key(claim)}
    assert find("maya") == {key(persona)}
    assert not SearchChange.objects.exists()


def test_a_deleted_excerpt_is_found_no_more_and_then_again(make, note, find):
    excerpt = make.excerpt()
    note(SubjectKind.EXCERPT, excerpt)
    assert find() == {key(excerpt)}

    excerpt.deleted_at = timezone.now()
    excerpt.save()
    note(SubjectKind.EXCERPT, excerpt)
    assert find() == set()

    excerpt.deleted_at = None
    excerpt.save()
    note(SubjectKind.EXCERPT, excerpt)
    assert find() == {key(excerpt)}


@pytest.mark.parametrize("kind", [SubjectKind.SESSION, SubjectKind.STUDY])
def test_excerpts_go_with_their_session_or_study(make, note, find, kind):
    excerpt, other = make.excerpt(), make.excerpt()
    note(SubjectKind.EXCERPT, excerpt, other)
    assert find() == {key(excerpt), key(other)}

    row = excerpt.session if kind == SubjectKind.SESSION else excerpt.session.study
    row.deleted_at = timezone.now()
    row.save()
    note(kind, row)

    assert find() == {key(other)}


def test_words_of_a_participant_who_withdrew_are_found_no_more(make, note, find):
    excerpt = make.excerpt()
    note(SubjectKind.EXCERPT, excerpt)
    assert find() == {key(excerpt)}

    excerpt.participant.consent = "withdrawn"
    excerpt.participant.save()
    note(SubjectKind.PARTICIPANT, excerpt.participant)

    assert find() == set()


def test_a_changed_attribute_is_found(make, note, find):
    excerpt = make.excerpt()
    note(SubjectKind.EXCERPT, excerpt)
    assert find(attributes=("books_by=phone",)) == set()

    excerpt.participant.attributes = {"books_by": "phone", "city": "x" * 600}
    excerpt.participant.save()
    note(SubjectKind.PARTICIPANT, excerpt.participant)

    assert find(attributes=("books_by=phone",)) == {key(excerpt)}


def test_a_moved_tag_takes_its_excerpts_along(make, note, find):
    parent, child = make.tag("Waiting"), make.tag("On hold")
    excerpt = make.excerpt()
    Tagging.objects.create(workspace=make.workspace, excerpt=excerpt, tag=child)
    note(SubjectKind.EXCERPT, excerpt)
    assert find(tag_ids=(str(child.id),)) == {key(excerpt)}
    assert find(tag_ids=(str(parent.id),)) == set()

    child.parent = parent
    child.save()
    note(SubjectKind.TAG, child)

    assert find(tag_ids=(str(parent.id),)) == {key(excerpt)}


def test_a_change_of_a_tag_reaches_excerpts_of_the_tags_under_it(make, note, find):
    grand, parent = make.tag("Time"), make.tag("Waiting")
    child = make.tag("On hold", parent=parent)
    excerpt = make.excerpt()
    Tagging.objects.create(workspace=make.workspace, excerpt=excerpt, tag=child)
    note(SubjectKind.EXCERPT, excerpt)
    find()

    parent.parent = grand
    parent.save()
    note(SubjectKind.TAG, parent)

    assert find(tag_ids=(str(grand.id),)) == {key(excerpt)}


def test_placings_and_personas_are_filters(make, note, find):
    persona, excerpt = make.persona(), make.excerpt()
    make.placing(excerpt, quadrant="think_feel", aspect="feel", persona=persona)
    note(SubjectKind.EXCERPT, excerpt)

    assert find(quadrants=("think_feel",)) == {key(excerpt)}
    assert find(quadrants=("pain",)) == set()
    assert find(aspects=("feel",)) == {key(excerpt)}
    assert find(persona_ids=(str(persona.id),)) == {key(excerpt)}

    note(SubjectKind.PERSONA, persona)
    assert find(persona_ids=(str(persona.id),)) == {key(excerpt), key(persona)}

    persona.deleted_at = timezone.now()
    persona.save()
    note(SubjectKind.PERSONA, persona)
    assert find(persona_ids=(str(persona.id),)) == set()
    assert find() == {key(excerpt)}


def test_the_persona_behind_whom_a_participant_stands_finds_their_words(make, note, find):
    persona, excerpt = make.persona(), make.excerpt()
    note(SubjectKind.EXCERPT, excerpt)
    find()

    PersonaParticipant.objects.create(
        workspace=make.workspace, persona=persona, participant=excerpt.participant
    )
    note(SubjectKind.PARTICIPANT, excerpt.participant)

    assert find(persona_ids=(str(persona.id),)) == {key(excerpt), key(persona)}


def test_an_insight_follows_the_evidence_under_it(make, note, find):
    excerpt = make.excerpt()
    insight = insight_with(make, excerpt)
    study_ids = (str(excerpt.session.study_id),)
    note(SubjectKind.INSIGHT, insight)
    assert find(study_ids=study_ids) == {key(insight), key(excerpt)}

    excerpt.deleted_at = timezone.now()
    excerpt.save()
    note(SubjectKind.EXCERPT, excerpt)

    assert find(study_ids=study_ids) == set()
    assert find() == {key(insight)}


def test_an_insight_counts_the_people_behind_its_evidence(make, note, find):
    excerpt = make.excerpt()
    insight = insight_with(make, excerpt)
    note(SubjectKind.INSIGHT, insight)

    people = (str(excerpt.participant_id),)
    assert find(participant_ids=people) == {key(insight), key(excerpt)}


def test_a_deleted_insight_is_found_no_more(make, note, find):
    insight = insight_with(make)
    note(SubjectKind.INSIGHT, insight)
    assert find() == {key(insight)}

    insight.deleted_at = timezone.now()
    insight.save()
    note(SubjectKind.INSIGHT, insight)

    assert find() == set()


def test_a_change_of_the_workspace_looks_at_everything(make, note, find, workspace):
    kept, lost = make.excerpt(), make.excerpt()
    note(SubjectKind.EXCERPT, kept, lost)
    find()
    lost_key = key(lost)
    lost.delete()
    new = make.excerpt()
    note(SubjectKind.WORKSPACE, workspace)

    assert find() == {key(kept), key(new)}
    assert lost_key not in find()


def test_changes_of_one_workspace_leave_the_others_alone(make, note, find, other_workspace):
    SearchChange.objects.create(
        workspace=other_workspace, subject_kind="workspace", subject_id=other_workspace.id
    )
    note(SubjectKind.EXCERPT, make.excerpt())

    find()

    assert SearchChange.objects.get().workspace_id == other_workspace.id


def test_a_stranger_s_row_named_in_a_change_is_not_indexed(make, note, find, other_workspace):
    note(SubjectKind.EXCERPT, Maker(other_workspace).excerpt())

    assert find() == set()


def test_changes_stay_when_the_job_was_lost(make, note, workspace):
    note(SubjectKind.EXCERPT, make.excerpt())

    @contextmanager
    def lost():
        raise LeaseLostError
        yield

    with pytest.raises(LeaseLostError):
        apply_changes(workspace_id=workspace.id, hold=lost)

    assert SearchChange.objects.count() == 1


def test_a_change_that_comes_while_others_are_applied_stays_for_the_next_round(
    make, note, find, workspace
):
    first, second = make.excerpt(), make.excerpt()
    note(SubjectKind.EXCERPT, first)
    seen = []

    def on_progress(done, total):
        if not seen:
            note(SubjectKind.EXCERPT, second)
        seen.append((done, total))

    apply_changes(workspace_id=workspace.id, on_progress=on_progress)

    assert find() == {key(first), key(second)}
    # The excerpt, and the passage it rests on.
    assert seen == [(2, 2), (2, 2)]


def test_queries_do_not_grow_with_the_rows(make, note, workspace, django_assert_max_num_queries):
    for _ in range(3):
        for _ in range(20):
            excerpt = make.excerpt()
            make.placing(excerpt, persona=make.persona())
            Tagging.objects.create(workspace=workspace, excerpt=excerpt, tag=make.tag())
            note(SubjectKind.EXCERPT, excerpt)
        with django_assert_max_num_queries(20):
            apply_changes(workspace_id=workspace.id)


def test_an_index_that_is_compared_is_mended(make, note, find, workspace):
    right, wrong, missing = make.excerpt(), make.excerpt(), make.excerpt()
    note(SubjectKind.EXCERPT, right, wrong)
    find()
    get_engine().delete([f"excerpt-{right.id}"])
    wrong.text = "changed behind our back"
    wrong.save()

    assert mend_index(workspace_id=workspace.id).written == 3

    assert find("behind our back") == {key(wrong)}
    assert find() == {key(right), key(wrong), key(missing)}
    assert mend_index(workspace_id=workspace.id).written == 0


def test_a_rebuilt_index_holds_every_workspace(make, find, other_workspace):
    mine, theirs = make.excerpt(), Maker(other_workspace).excerpt()

    rebuild_index()

    assert find() == {key(mine)}
    assert get_engine().count(str(other_workspace.id)) == 1
    assert str(theirs.id) not in {row_id for _, row_id in find()}


def test_a_lost_index_is_filled_again_with_the_next_change(make, note, find, settings, tmp_path):
    old = make.excerpt()
    settings.SEARCH_DIR = tmp_path / "a new disk"
    new = make.excerpt()
    note(SubjectKind.EXCERPT, new)

    assert find() == {key(old), key(new)}


def test_an_excerpt_knows_whether_an_insight_rests_on_it(make, find, workspace, alice):
    excerpt = make.excerpt(make.transcript(words="twenty minutes on hold"))
    insight = services.create_insight(workspace_id=workspace.id, user=alice, statement="Holding")
    assert find(has_insight=True) == set()

    draft = services.EvidenceDraft(excerpt)
    services.add_evidence(insight=insight, draft=draft, user=alice)
    assert find(has_insight=True) == {key(excerpt)}

    services.delete_insight(insight=insight)
    assert find(has_insight=True) == set()
    services.restore_insight(insight=insight)
    assert find(has_insight=True) == {key(excerpt)}

    services.remove_evidence(evidence=insight.evidence.get())
    assert find(has_insight=True) == set()
