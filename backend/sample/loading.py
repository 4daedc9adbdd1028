"""Loading the sample study, through the services that people's own studies go through."""

import shutil
from dataclasses import dataclass, field
from datetime import UTC, date, datetime, time, timedelta
from pathlib import Path
from typing import Any

from django.conf import settings
from django.db import models, transaction
from django.utils import timezone

from backend.accounts.models import User
from backend.jobs.models import SubjectKind
from backend.jobs.services import record_change
from backend.personas.models import Persona
from backend.personas.services import assign_participant, create_persona, set_persona_picture
from backend.sample.content_files import CONTENT_DIR, read_study
from backend.sample.recordings import load_source
from backend.sharing.services import create_reel
from backend.sources.models import Transcript
from backend.studies.models import ConsentState, Participant, Session, Study
from backend.studies.services import create_participant, create_session
from backend.synthesis.models import StorySection
from backend.synthesis.services import EvidenceDraft, create_claim, create_insight
from backend.tagging.history import unrecorded
from backend.tagging.models import Excerpt, Tag
from backend.tagging.services import PlacingDraft, create_excerpt, create_tag
from backend.workspaces.models import Membership, Workspace
from backend.workspaces.roles import Role
from backend.workspaces.sign_in_api import SAMPLE_PASSWORD

WORKSPACE_NAME = "Sample workspace"
USERS = (
    ("researcher@sample.earshot", "Rosa Researcher", Role.OWNER),
    ("product@sample.earshot", "Pat Product", Role.PRODUCT),
)


@dataclass
class Sample:
    """What has been loaded so far, by the keys of the content files."""

    workspace: Workspace
    folder: Path
    values: dict[str, Any]
    researcher: User
    product_manager: User
    study: Study | None = None
    people: dict[str, Participant] = field(default_factory=dict)
    personas: dict[str, Persona] = field(default_factory=dict)
    tags: dict[str, Tag] = field(default_factory=dict)
    sessions: dict[str, Session] = field(default_factory=dict)
    transcripts: dict[str, Transcript] = field(default_factory=dict)
    excerpts: dict[str, Excerpt] = field(default_factory=dict)


def is_empty() -> bool:
    """Whether nobody has begun to use this installation."""
    return not User.objects.exists() and not Workspace.objects.exists()


def load_sample(*, folder: Path = CONTENT_DIR) -> Workspace | None:
    """Load the sample study into a workspace of its own: all of it or nothing.

    Returns None if there is a sample workspace already.
    """
    if Workspace.objects.filter(is_sample=True).exists():
        return None
    workspace = Workspace(name=WORKSPACE_NAME, is_sample=True)
    try:
        with transaction.atomic():
            workspace.save()
            _load(workspace, folder)
    except BaseException:
        # Files take no part in the transaction.
        shutil.rmtree(Path(settings.MEDIA_DIR) / str(workspace.id), ignore_errors=True)
        raise
    return workspace


def _load(workspace: Workspace, folder: Path) -> None:
    researcher, product_manager = (_load_user(workspace, *user) for user in USERS)
    sample = Sample(workspace, folder, read_study(folder), researcher, product_manager)
    _load_study(sample)
    _load_personas(sample)
    _load_people(sample)
    _load_tags(sample)
    _load_sessions(sample)
    _load_excerpts(sample)
    _load_stories(sample)
    _load_insights(sample)
    _load_reels(sample)
    record_change(
        workspace_id=workspace.id,
        subject_kind=SubjectKind.WORKSPACE,
        subject_ids=[workspace.id],
    )


def _load_user(workspace: Workspace, email: str, name: str, role: Role) -> User:
    user = User.objects.filter(email=email).first() or User.objects.create_user(
        email=email, name=name, password=SAMPLE_PASSWORD, is_sample=True
    )
    Membership.objects.create(workspace=workspace, user=user, role=role)
    return user


def _load_study(sample: Sample) -> None:
    sample.study = Study.objects.create(
        workspace=sample.workspace, is_sample=True, **sample.values["study"]
    )
    first_day = min(date.fromisoformat(row["held_on"]) for row in sample.values["sessions"])
    _date_back(sample.study, first_day - timedelta(days=7))


def _load_personas(sample: Sample) -> None:
    for row in sample.values["personas"]:
        persona = create_persona(
            workspace_id=sample.workspace.id, name=row["name"], summary=row["summary"]
        )
        with (sample.folder / row["picture"]).open("rb") as picture:
            set_persona_picture(persona=persona, picture=picture)
        sample.personas[row["key"]] = persona


def _load_people(sample: Sample) -> None:
    for row in sample.values["participants"]:
        person = create_participant(
            workspace=sample.workspace,
            code_name=row["code_name"],
            real_name=row["real_name"],
            attributes=row["attributes"],
            consent=ConsentState.GIVEN,
        )
        if row["persona"]:
            assign_participant(participant=person, persona=sample.personas[row["persona"]])
        sample.people[person.code_name] = person


def _load_tags(sample: Sample) -> None:
    for row in sample.values["tags"]:
        sample.tags[row["key"]] = create_tag(
            workspace_id=sample.workspace.id,
            name=row["name"],
            description=row["description"],
            colour=row["colour"],
            parent=sample.tags[row["parent"]] if row["parent"] else None,
        )


def _load_sessions(sample: Sample) -> None:
    assert sample.study is not None
    for row in sample.values["sessions"]:
        codes = {speaker["participant"] for speaker in row["speakers"]} - {None}
        held_on = date.fromisoformat(row["held_on"])
        session = create_session(
            workspace=sample.workspace,
            study=sample.study,
            kind=row["kind"],
            title=row["title"],
            held_on=held_on,
            language=row["language"],
            participants=[sample.people[code] for code in sorted(codes)],
            user=sample.researcher,
        )
        _date_back(session, held_on)
        sample.sessions[row["key"]] = session
        sample.transcripts[row["key"]] = load_source(
            session=session, values=row, folder=sample.folder, people=sample.people
        )


def _load_excerpts(sample: Sample) -> None:
    words = {key: _word_ids(transcript) for key, transcript in sample.transcripts.items()}
    for number, row in enumerate(sample.values["excerpts"]):
        # It was there from the start: nobody should undo it by accident.
        with unrecorded():
            excerpt = _load_excerpt(sample, words, row)
        held_on = sample.sessions[row["session"]].held_on
        assert held_on is not None
        # A minute between them keeps the order in which they were written down.
        _date_back(excerpt, held_on + timedelta(days=1), minutes=number)
        sample.excerpts[row["key"]] = excerpt


def _load_excerpt(
    sample: Sample, words: dict[str, list[list[int]]], row: dict[str, Any]
) -> Excerpt:
    segment = words[row["session"]][row["segment"]]
    return create_excerpt(
        transcript=sample.transcripts[row["session"]],
        first_word_id=segment[row["first_word"]],
        last_word_id=segment[row["last_word"]],
        user=sample.researcher,
        tags=[sample.tags[key] for key in row["tags"]],
        placings=[_draft_placing(sample, placing) for placing in row["placings"]],
        is_key_quote=row["is_key_quote"],
    )


def _word_ids(transcript: Transcript) -> list[list[int]]:
    return [[word[0] for word in segment.words] for segment in transcript.segments.all()]


def _draft_placing(sample: Sample, row: dict[str, Any]) -> PlacingDraft:
    return PlacingDraft(
        quadrant=row["quadrant"],
        aspect=row["aspect"],
        persona=sample.personas[row["persona"]] if row["persona"] else None,
        emotion=row["emotion"],
        intensity=row["intensity"],
    )


def _load_stories(sample: Sample) -> None:
    """Sentences with evidence first; what is only imagined follows, as assumptions."""
    for row in sample.values["personas"]:
        persona = sample.personas[row["key"]]
        for claim in sorted(row.get("claims", []), key=lambda claim: not claim["excerpts"]):
            create_claim(
                persona=persona,
                section=claim["field"],
                text=claim["text"],
                excerpts=[sample.excerpts[key] for key in claim["excerpts"]],
            )
        for section in StorySection.values:
            told = row.get(section, [])
            for text in [told] if isinstance(told, str) else told:
                create_claim(persona=persona, section=section, text=text)


def _load_insights(sample: Sample) -> None:
    days = [session.held_on for session in sample.sessions.values() if session.held_on]
    for number, row in enumerate(sample.values["insights"]):
        insight = create_insight(
            workspace_id=sample.workspace.id,
            user=sample.product_manager if number % 2 else sample.researcher,
            statement=row["statement"],
            summary=row["summary"],
            status=row["status"],
            opportunity=row["opportunity"],
            action_note=row["action_note"],
            personas=[sample.personas[key] for key in row["personas"]],
            evidence=[
                EvidenceDraft(sample.excerpts[one["excerpt"]], one["stance"], one.get("note", ""))
                for one in row["evidence"]
            ],
        )
        # The first of the file is shown first, as the newest.
        _date_back(insight, max(days) + timedelta(days=2), minutes=-number)


def _load_reels(sample: Sample) -> None:
    for row in sample.values["reels"]:
        create_reel(
            workspace_id=sample.workspace.id,
            user=sample.product_manager,
            title=row["title"],
            description=row["description"],
            excerpts=[sample.excerpts[key] for key in row["excerpts"]],
        )


def _date_back(row: models.Model, day: date, *, minutes: int = 0) -> None:
    """Say that the row was made that morning, so that the sample has a history; never later
    than now."""
    moment = datetime.combine(day, time(9), tzinfo=UTC) + timedelta(minutes=minutes)
    made_at = min(moment, timezone.now())
    type(row)._default_manager.filter(pk=row.pk).update(created_at=made_at)
