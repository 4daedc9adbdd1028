"""Writing sources that are text from the start: field notes, feedback, survey answers."""

from typing import Any

from django.db import transaction

from backend.common.errors import InvalidInputError
from backend.sources.captions import Cue
from backend.sources.models import Source, SourceKind
from backend.sources.services.cues import NOTES_LABEL, save_cues
from backend.sources.text_parsing import parse_turns
from backend.studies.models import Session


@transaction.atomic
def add_text(*, session: Session, text: str, name: str = "", user: Any = None) -> Source:
    """Make a source of pasted text, with a complete transcript: a segment a line.

    Lines like “P01: …” make speakers, linked to the session's participant of that code name.
    Text without names is the words of the session's only participant, or an observer's notes.
    Raises InvalidInputError for text without words.
    """
    code_names = session.participants.values_list("code_name", flat=True)
    turns = parse_turns(text, known_labels=list(code_names))
    if not turns:
        raise InvalidInputError(
            "There are no words in this text.",
            remedy="Write or paste something first.",
            fields={"text": ["This is empty."]},
        )
    source = Source.objects.create(
        workspace_id=session.workspace_id,
        session=session,
        kind=SourceKind.TEXT,
        name=name or NOTES_LABEL,
        created_by=user,
    )
    cues = [Cue(None, None, turn.label, " ".join(turn.words)) for turn in turns]
    save_cues(source=source, cues=cues, engine="text", user=user)
    return source
