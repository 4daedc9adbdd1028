"""What nobody found: searches with little or no evidence, as questions for the researchers."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID

from django.db import transaction
from django.db.models import Count, Exists, Max, Min, OuterRef, QuerySet, Sum
from django.utils import timezone

from backend.common.errors import InvalidInputError
from backend.discovery.models import Asking, OpenQuestion, QuestionLog, QuestionState
from backend.discovery.selectors import Evidence, count_evidence
from backend.studies.models import Study
from backend.studies.services import update_study
from backend.workspaces.models import Workspace
from search.parsing import parse_text

# Fewer people than this are no answer yet: one voice may be an exception.
ENOUGH_PEOPLE = 2
LEAST_LETTERS = 3
WORDS_LENGTH_MAXIMUM = 300
MOST_LISTED = 100


@dataclass(frozen=True)
class AskedQuestion:
    """An open question with who wants to know (how many, not who) and what there is by now."""

    row: OpenQuestion
    askers: int
    times: int
    first_asked_at: datetime
    last_asked_at: datetime
    is_mine: bool
    evidence: Evidence


def is_log_on(workspace_id: UUID) -> bool:
    log = QuestionLog.objects.filter(workspace_id=workspace_id).first()
    return log is None or log.is_on


def switch_log(*, workspace_id: UUID, is_on: bool) -> None:
    """Switched off, searches leave no trace; what was asked before stays."""
    QuestionLog.objects.update_or_create(workspace_id=workspace_id, defaults={"is_on": is_on})


def note_search(*, workspace_id: UUID, user: Any, words: str) -> OpenQuestion | None:
    """Somebody searched for these words and stopped there. None: there is evidence enough, or
    searches are not written down. Raises UnavailableError.
    """
    if not is_log_on(workspace_id) or not _is_question(words):
        return None
    if _is_answered(count_evidence(workspace_id, {"q": words}, is_strict=True)):
        return None
    return ask_question(workspace_id=workspace_id, user=user, words=words)


@transaction.atomic
def ask_question(*, workspace_id: UUID, user: Any, words: str) -> OpenQuestion:
    """Put a question to the researchers. Raises InvalidInputError if there are no words in it."""
    if not _is_question(words):
        raise InvalidInputError(
            "There are no words in this question.",
            remedy="Write what you would like to know.",
            fields={"words": ["Empty."]},
        )
    tidied = " ".join(words.split())[:WORDS_LENGTH_MAXIMUM]
    question, _ = OpenQuestion.objects.get_or_create(
        workspace_id=workspace_id, key=_key_of(words), defaults={"words": tidied}
    )
    asking, is_new = Asking.objects.select_for_update().get_or_create(
        question=question,
        user=user,
        defaults={"workspace_id": workspace_id, "last_asked_at": timezone.now()},
    )
    if not is_new:
        asking.times += 1
        asking.last_asked_at, asking.told_at = timezone.now(), None
        asking.save(update_fields=["times", "last_asked_at", "told_at", "updated_at"])
    return question


def list_questions(workspace: Workspace, user: Any, *, state: str) -> list[AskedQuestion]:
    """Those that most people ask first. One query, and a short search of the index for each."""
    rows = _asked(workspace, user).filter(state=state).order_by("-askers", "-last_asked_at")
    return _described(workspace.id, rows[:MOST_LISTED])


def count_open(workspace: Workspace) -> int:
    """How many questions are open, without looking for answers. One query."""
    return (
        OpenQuestion.objects.filter(
            workspace=workspace,
            state=QuestionState.OPEN,
            askings__user__memberships__workspace=workspace,
        )
        .distinct()
        .count()
    )


def list_answered(workspace: Workspace, user: Any) -> list[AskedQuestion]:
    """What somebody asked and can find by now, and has not looked at since."""
    mine = Asking.objects.filter(workspace=workspace, user=user, told_at__isnull=True)
    rows = _asked(workspace, user).filter(id__in=mine.values("question_id"))
    described = _described(workspace.id, rows.order_by("-last_asked_at")[:MOST_LISTED])
    return [question for question in described if _is_answered(question.evidence)]


def describe_question(workspace: Workspace, user: Any, question_id: UUID) -> AskedQuestion:
    """As list_questions does; the question must exist."""
    return _described(workspace.id, _asked(workspace, user).filter(id=question_id))[0]


def see_answer(*, question: OpenQuestion, user: Any) -> None:
    """They have looked at what there is by now."""
    Asking.objects.filter(question=question, user=user).update(told_at=timezone.now())


@transaction.atomic
def adopt_question(*, question: OpenQuestion, study: Study) -> OpenQuestion:
    """Make it one of the study's research questions."""
    study = Study.objects.select_for_update().get(id=study.id)
    if question.words not in study.questions:
        update_study(study=study, questions=[*study.questions, question.words])
    return _set_state(question, QuestionState.ADOPTED, study)


def dismiss_question(*, question: OpenQuestion) -> OpenQuestion:
    """It is not to be looked into. reopen_question undoes it."""
    return _set_state(question, QuestionState.DISMISSED, None)


def reopen_question(*, question: OpenQuestion) -> OpenQuestion:
    return _set_state(question, QuestionState.OPEN, None)


def _set_state(question: OpenQuestion, state: str, study: Study | None) -> OpenQuestion:
    question.state, question.study = state, study
    question.save(update_fields=["state", "study", "updated_at"])
    return question


def _asked(workspace: Workspace, user: Any) -> QuerySet[Any]:
    """Questions with how many ask. Somebody who left is not counted."""
    own = Asking.objects.filter(question=OuterRef("id"), user=user)
    return (
        OpenQuestion.objects.filter(
            workspace=workspace, askings__user__memberships__workspace=workspace
        )
        .select_related("study")
        .annotate(
            askers=Count("askings"),
            times=Sum("askings__times"),
            first_asked_at=Min("askings__created_at"),
            last_asked_at=Max("askings__last_asked_at"),
            is_mine=Exists(own),
        )
    )


def _described(workspace_id: UUID, rows: Iterable[Any]) -> list[AskedQuestion]:
    return [
        AskedQuestion(
            row=row,
            askers=row.askers,
            times=row.times,
            first_asked_at=row.first_asked_at,
            last_asked_at=row.last_asked_at,
            is_mine=row.is_mine,
            evidence=count_evidence(workspace_id, {"q": row.words}, is_strict=True),
        )
        for row in rows
    ]


def _is_answered(evidence: Evidence) -> bool:
    return evidence.people >= ENOUGH_PEOPLE


def _is_question(words: str) -> bool:
    return len(_key_of(words)) >= LEAST_LETTERS


def _key_of(words: str) -> str:
    terms = parse_text(words).terms
    return " ".join(word for term in terms for word in term.words)[:WORDS_LENGTH_MAXIMUM]
