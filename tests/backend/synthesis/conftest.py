"""Props of the tests of what is made of evidence."""

import pytest

from backend.personas.models import PersonaParticipant
from backend.tagging.models import Tagging


@pytest.fixture
def said(make):
    """An excerpt by the participant of this code name, in a session of its own or a given one."""

    def say(code_name: str, text: str = "I waited six weeks", *, study=None, **values):
        session = make.session(study=study) if study else None
        transcript = make.transcript(turns=[(code_name, text)], session=session)
        return make.excerpt(transcript, **values)

    return say


@pytest.fixture
def tagged(workspace):
    def put_tags(excerpt, *tags):
        for tag in tags:
            Tagging.objects.create(workspace=workspace, excerpt=excerpt, tag=tag)
        return excerpt

    return put_tags


@pytest.fixture
def assign(workspace):
    def put_behind(participant, persona):
        PersonaParticipant.objects.create(
            workspace=workspace, participant=participant, persona=persona
        )

    return put_behind
