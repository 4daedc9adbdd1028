"""Whatever people do, in any order: once the changes are applied, the index is as the rows say.

What a change forgets to tell search is found here: comparing every document then finds some to
mend.
"""

from dataclasses import dataclass, field
from typing import Any

import pytest
from django.core.exceptions import ObjectDoesNotExist
from hypothesis import HealthCheck, Phase, given, settings
from hypothesis import strategies as st

from backend.common.errors import EarshotError
from backend.discovery.services import apply_changes, mend_index, rebuild_index
from backend.memos.selectors import find_subject
from backend.memos.services import create_memo
from backend.personas import services as personas
from backend.personas.models import Persona
from backend.studies.services import delete_session, restore_session
from backend.synthesis import services as synthesis
from backend.synthesis.models import Claim, Insight
from backend.tagging import services as tagging
from backend.tagging.history.undoing import redo_latest, undo_latest
from backend.tagging.models import Excerpt, Tag
from backend.tagging.services.tag_merging import merge_tags
from backend.tagging.services.tags import create_tag, delete_tag, move_tag, restore_tag, update_tag
from backend.workspaces.models import Workspace
from tests.backend.maker import Maker

pytestmark = pytest.mark.django_db

NAMES = ["Waiting", "Speed", "Trust", "Reminders"]
# So many deeds are done before search looks at what changed.
ROUND = 4
NUMBERS = st.integers(0, 7)


@dataclass
class Team:
    """A workspace in which people do things: each is a name and numbers that choose on what."""

    make: Maker
    user: Any
    tags: list[Tag] = field(default_factory=list)

    @property
    def workspace_id(self) -> Any:
        return self.make.workspace.id

    def do(self, name: str, numbers: tuple[int, int]) -> None:
        """What is not possible now is left."""
        try:
            getattr(self, name)(*numbers)
        except (EarshotError, ObjectDoesNotExist, LookupError, ZeroDivisionError):
            return

    def _pick(self, model: Any, number: int) -> Any:
        rows = list(model.objects.filter(workspace=self.make.workspace).order_by("created_at"))
        return rows[number % len(rows)]

    def make_tag(self, number: int, other: int) -> None:
        parent = self._pick(Tag, other) if other % 2 and Tag.objects.exists() else None
        create_tag(
            workspace_id=self.workspace_id,
            name=NAMES[number % 4],
            description=NAMES[other % 4],
            parent=parent if parent is None or parent.deleted_at is None else None,
            user=self.user,
        )

    def rename_tag(self, number: int, other: int) -> None:
        changes = {"name": f"Tag {other}", "when_to_use": NAMES[other % 4]}
        update_tag(tag=self._pick(Tag, number), changes=changes, user=self.user)

    def move_tag(self, number: int, other: int) -> None:
        parent = self._pick(Tag, other) if other % 3 else None
        move_tag(tag=self._pick(Tag, number), parent=parent, position=other, user=self.user)

    def merge_tags(self, number: int, other: int) -> None:
        tag, into = self._pick(Tag, number), self._pick(Tag, other)
        if tag.deleted_at is None and into.deleted_at is None:
            merge_tags(tag=tag, into=into, user=self.user)

    def delete_tag(self, number: int, other: int) -> None:
        delete_tag(tag=self._pick(Tag, number), user=self.user)

    def restore_tag(self, number: int, other: int) -> None:
        restore_tag(tag=self._pick(Tag, number), user=self.user)

    def undo(self, number: int, other: int) -> None:
        undo_latest(workspace_id=self.workspace_id, session_id=None, user=self.user)

    def redo(self, number: int, other: int) -> None:
        redo_latest(workspace_id=self.workspace_id, session_id=None, user=self.user)

    def tag_excerpt(self, number: int, other: int) -> None:
        tags = [tag for tag in [self._pick(Tag, other)] if tag.deleted_at is None]
        tagging.set_excerpt_tags(excerpt=self._pick(Excerpt, number), tags=tags, user=self.user)

    def delete_excerpt(self, number: int, other: int) -> None:
        tagging.delete_excerpt(excerpt=self._pick(Excerpt, number), user=self.user)

    def restore_excerpt(self, number: int, other: int) -> None:
        tagging.restore_excerpt(excerpt=self._pick(Excerpt, number), user=self.user)

    def place(self, number: int, other: int) -> None:
        draft = tagging.PlacingDraft("pain", persona=self._pick(Persona, other))
        tagging.create_placing(excerpt=self._pick(Excerpt, number), draft=draft, user=self.user)

    def withdraw(self, number: int, other: int) -> None:
        person = self._pick(Excerpt, number).participant
        tagging.update_participant(participant=person, consent=("withdrawn", "given")[other % 2])

    def session(self, number: int, other: int) -> None:
        session = self._pick(Excerpt, number).session
        (delete_session, restore_session)[other % 2](session=session)

    def persona(self, number: int, other: int) -> None:
        persona = self._pick(Persona, number)
        if other % 3 == 0:
            personas.update_persona(persona=persona, changes={"name": f"Maya {other}"})
        else:
            (personas.delete_persona, personas.restore_persona)[other % 2](persona=persona)

    def assign(self, number: int, other: int) -> None:
        persona = self._pick(Persona, other) if other % 3 else None
        person = self._pick(Excerpt, number).participant
        personas.assign_participant(participant=person, persona=persona)

    def claim(self, number: int, other: int) -> None:
        excerpts = [self._pick(Excerpt, other)] if other % 2 else []
        persona = self._pick(Persona, number)
        text = NAMES[other % 4]
        synthesis.create_claim(persona=persona, section="goals", text=text, excerpts=excerpts)

    def rewrite_claim(self, number: int, other: int) -> None:
        excerpts = [self._pick(Excerpt, other)] if other % 3 else None
        text = NAMES[other % 4]
        synthesis.update_claim(claim=self._pick(Claim, number), text=text, excerpts=excerpts)

    def strike_claim(self, number: int, other: int) -> None:
        synthesis.delete_claim(claim=self._pick(Claim, number))

    def insight(self, number: int, other: int) -> None:
        drafts = [synthesis.EvidenceDraft(self._pick(Excerpt, number))] if number % 2 else []
        synthesis.create_insight(
            workspace_id=self.workspace_id,
            user=self.user,
            statement=NAMES[other % 4],
            personas=[self._pick(Persona, other)],
            evidence=drafts,
        )

    def insight_again(self, number: int, other: int) -> None:
        insight = self._pick(Insight, number)
        (synthesis.delete_insight, synthesis.restore_insight)[other % 2](insight=insight)

    def note(self, number: int, other: int) -> None:
        kind, row = [
            ("tag", self._pick(Tag, number)),
            ("persona", self._pick(Persona, number)),
            ("excerpt", self._pick(Excerpt, number)),
        ][other % 3]
        subject = find_subject(self.workspace_id, kind, row.id)
        create_memo(workspace_id=self.workspace_id, user=self.user, subject=subject, text="Compare")


ACTS = [
    *["make_tag", "make_tag", "rename_tag", "move_tag", "merge_tags", "delete_tag", "restore_tag"],
    *["undo", "redo", "tag_excerpt", "delete_excerpt", "restore_excerpt", "place", "withdraw"],
    *["session", "persona", "assign", "claim", "claim", "rewrite_claim", "strike_claim"],
    *["insight", "insight_again", "note"],
]
STORIES = st.lists(
    st.tuples(st.sampled_from(ACTS), st.tuples(NUMBERS, NUMBERS)), min_size=24, max_size=40
)


def open_team(user: Any) -> Team:
    """Three excerpts of three people, two of them under claims, and tags three deep."""
    make = Maker(Workspace.objects.create(name="Team"))
    for number in range(3):
        turns = [(f"P{number}", "we waited for six whole weeks")]
        excerpt = make.excerpt(make.transcript(turns=turns))
        persona = make.persona()
        make.insight(excerpt, persona)
        claim = Claim.objects.get(persona=persona)
        synthesis.update_claim(claim=claim, excerpts=[excerpt])
    waiting = make.tag("Waiting")
    make.tag("Music", parent=make.tag("On hold", parent=waiting))
    mend_index(workspace_id=make.workspace.id)
    return Team(make, user)


@pytest.fixture(autouse=True)
def empty_index(data_folders, db):
    rebuild_index()


# Without shrinking, which would take minutes: the seed of a failure is told.
@settings(
    max_examples=6,
    deadline=None,
    phases=[Phase.generate],
    suppress_health_check=[HealthCheck.function_scoped_fixture],
)
@given(story=STORIES)
def test_the_index_says_what_the_rows_say(story, alice):
    team = open_team(alice)
    for round_number in range(0, len(story), ROUND):
        for name, numbers in story[round_number : round_number + ROUND]:
            team.do(name, numbers)
        apply_changes(workspace_id=team.workspace_id)
        mended = mend_index(workspace_id=team.workspace_id)
        assert (mended.written, mended.removed) == (0, 0)
