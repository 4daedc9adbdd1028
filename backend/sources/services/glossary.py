"""Writing the glossary: names and products that recognition should expect."""

from typing import Any

from django.db import IntegrityError, transaction

from backend.common.errors import ConflictError, InvalidInputError
from backend.sources.anchoring import tidy_word
from backend.sources.glossary import terms_in_force
from backend.sources.models import GlossaryTerm
from backend.sources.word_folding import fold_phrase
from backend.studies.models import Study
from backend.workspaces.models import Workspace


def add_term(
    *, workspace: Workspace, text: str, study: Study | None = None, user: Any = None
) -> GlossaryTerm:
    """Add a term to a study's glossary, or to that of the whole workspace.

    Raises InvalidInputError for a text without letters or digits, ConflictError if the term is
    there already (or in the workspace's glossary, which all studies share).
    """
    text = tidy_word(text)
    if not any(character.isalnum() for character in text):
        raise InvalidInputError(
            "A term needs letters or digits.",
            remedy="Write the name as it should stand in transcripts.",
            fields={"text": ["There are no letters or digits in this."]},
        )
    _refuse_known(workspace, text, study)
    try:
        with transaction.atomic():
            return GlossaryTerm.objects.create(
                workspace=workspace, study=study, text=text, created_by=user
            )
    except IntegrityError:
        _refuse_known(workspace, text, study)
        raise


def delete_term(*, term: GlossaryTerm) -> None:
    """Recognition is told of it no longer."""
    term.delete()


def _refuse_known(workspace: Workspace, text: str, study: Study | None) -> None:
    for term in terms_in_force(workspace.id, study):
        if fold_phrase(term.text) == fold_phrase(text):
            whose = "this study" if term.study_id else "the whole workspace"
            raise ConflictError(
                f"“{term.text}” is in the glossary of {whose} already.",
                remedy="Nothing needs to be done.",
                fields={"text": ["This term is there already."]},
            )
