"""What nobody found: searches with little or no evidence, as questions for the researchers."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any
from uuid import UUID

from django.db import transaction
from django.db.models import Count, Exists, Max, Min, OuterRef, QuerySet, Sum
from django.utils import timezone

from backend.common.errors import InvalidInputError, UnavailableError
from backend.discovery.models import Asking, OpenQuestion, QuestionLog, QuestionState
from backend.discovery.selectors import count_evidence
from backend.studies.models import Participant, Study
from backend.studies.services import update_study
from backend.workspaces.models import Workspace
from search.parsing import parse_text

# Fewer people than this are no answer yet: one voice may be an exception.
ENOUGH_PEOPLE = 2
LEAST_LETTERS = 3
WORDS_LENGTH_MAXIMUM = 300
MOST_LISTED = 100
# Each costs a search of the index; those beyond show what was found when they were last counted.
COUNTED_AT_ONCE = 20


@dataclass(frozen=True)
class AskedQuestion:
    """An open question with who wants to know (how many, not who) and what there is by now.

    `excerpts` and `people` are null where it was never counted yet.
    """

    row: OpenQuestion
    askers: int
    times: int
    first_asked_at: datetime
    last_asked_at: datetime
    is_mine: bool
    excerpts: int | None
    people: int | None


def is_log_on(workspace_id: UUID) -> bool:
    log = QuestionLog.objects.filter(workspace_id=workspace_id).first()
    return log is None or log.is_on


def switch_log(*, workspace_id: UUID, is_on: bool) -> None:
    """Switched off, searches leave no trace; what was asked before stays."""
    QuestionLog.objects.update_or_create(workspace_id=workspace_id, defaults={"is_on": is_on})


def note_search(*, workspace_id: UUID, user: Any, words: str) -> OpenQuestion | None:
    """Somebody searched for these words and stopped there. None: there is evidence enough, or
    searches are not written down, or this one names a participant. Raises UnavailableError.
    """
    if not is_log_on(workspace_id) or not _is_question(words):
        return None
    if _is_answered(count_evidence(workspace_id, {"q": words}, is_strict=True).people):
        return None
    if _names_participant(workspace_id, words):
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


def list_questions(
    workspace: Workspace, user: Any, *, state: str, study_id: UUID | None = None
) -> list[AskedQuestion]:
    """Those that most people ask first, of one study or all. One query, and some short searches of
    the index.
    """
    rows = _asked(workspace, user).filter(state=state).order_by("-askers", "-last_asked_at")
    if study_id:
        rows = rows.filter(study=study_id)
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


def list_answered(
    workspace: Workspace, user: Any, *, is_thorough: bool = False
) -> list[AskedQuestion]:
    """What somebody asked and can find by now, and has not looked at since.

    `is_thorough` counts every one of them, however many. Only then UnavailableError is raised.
    """
    mine = Asking.objects.filter(workspace=workspace, user=user, told_at__isnull=True)
    rows = _asked(workspace, user).filter(id__in=mine.values("question_id"))
    newest = rows.order_by("-last_asked_at")[:MOST_LISTED]
    described = _described(workspace.id, newest, is_thorough=is_thorough)
    return [question for question in described if _is_answered(question.people)]


def describe_question(workspace: Workspace, user: Any, question_id: UUID) -> AskedQuestion:
    """As list_questions does; the question must exist."""
    return _described(workspace.id, _asked(workspace, user).filter(id=question_id))[0]


def see_answer(*, question: OpenQuestion, user: Any) -> None:
    """They have looked at what there is by now."""
    Asking.objects.filter(question=question, user=user).update(told_at=timezone.now())


@transaction.atomic
def adopt_question(*, question: OpenQuestion, study: Study) -> OpenQuestion:
    """Make it one of the study's research questions, and of no other's."""
    _take_out_of_study(question)
    study = Study.objects.select_for_update().get(id=study.id)
    question.is_added = question.words not in study.questions
    if question.is_added:
        update_study(study=study, questions=[*study.questions, question.words])
    return _set_state(question, QuestionState.ADOPTED, study)


@transaction.atomic
def dismiss_question(*, question: OpenQuestion) -> OpenQuestion:
    """It is not to be looked into. reopen_question undoes it."""
    _take_out_of_study(question)
    return _set_state(question, QuestionState.DISMISSED, None)


@transaction.atomic
def reopen_question(*, question: OpenQuestion) -> OpenQuestion:
    """Also takes it out of the study that had it from here."""
    _take_out_of_study(question)
    return _set_state(question, QuestionState.OPEN, None)


@transaction.atomic
def delete_question(*, question: OpenQuestion) -> None:
    """For good, with who asked it: its words may name somebody. The study loses it, too."""
    _take_out_of_study(question)
    question.delete()


@transaction.atomic
def forget_asking(*, question: OpenQuestion, user: Any) -> None:
    """They no longer ask it. What nobody else asks and no study looks into is deleted."""
    Asking.objects.filter(question=question, user=user).delete()
    is_asked = Asking.objects.filter(question=question).exists()
    if not is_asked and question.state != QuestionState.ADOPTED:
        delete_question(question=question)


def _take_out_of_study(question: OpenQuestion) -> None:
    """Unless the study had these words by itself, or somebody has changed them there."""
    if question.study_id is None or not question.is_added:
        return
    study = Study.objects.select_for_update().get(id=question.study_id)
    left = [words for words in study.questions if words != question.words]
    if left != study.questions:
        update_study(study=study, questions=left)
    question.is_added = False


def _set_state(question: OpenQuestion, state: str, study: Study | None) -> OpenQuestion:
    question.state, question.study = state, study
    question.save(update_fields=["state", "study", "is_added", "updated_at"])
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


def _described(
    workspace_id: UUID, rows: Iterable[Any], *, is_thorough: bool = False
) -> list[AskedQuestion]:
    listed = list(rows)
    _count_again(workspace_id, listed, is_thorough=is_thorough)
    return [
        AskedQuestion(
            row=row,
            askers=row.askers,
            times=row.times,
            first_asked_at=row.first_asked_at,
            last_asked_at=row.last_asked_at,
            is_mine=row.is_mine,
            excerpts=row.excerpts,
            people=row.people,
        )
        for row in listed
    ]


def _count_again(workspace_id: UUID, rows: list[OpenQuestion], *, is_thorough: bool) -> None:
    """Count those that were counted longest ago, so that everyone's turn comes. While search is
    down, what was counted before stands.
    """
    never = datetime.min.replace(tzinfo=UTC)
    waiting = sorted(rows, key=lambda row: row.counted_at or never)
    counted = []
    for row in waiting if is_thorough else waiting[:COUNTED_AT_ONCE]:
        try:
            found = count_evidence(workspace_id, {"q": row.words}, is_strict=True)
        except UnavailableError:
            if is_thorough:
                raise
            break
        is_changed = (row.excerpts, row.people) != (found.excerpts, found.people)
        row.excerpts, row.people, row.counted_at = found.excerpts, found.people, timezone.now()
        if is_changed or len(rows) > COUNTED_AT_ONCE:
            counted.append(row)
    OpenQuestion.objects.bulk_update(counted, ["excerpts", "people", "counted_at"])


def _is_answered(people: int | None) -> bool:
    return people is not None and people >= ENOUGH_PEOPLE


def _names_participant(workspace_id: UUID, words: str) -> bool:
    """Whether all words of somebody's real name are among these."""
    typed = set(_key_of(words).split())
    people = Participant.objects.filter(workspace_id=workspace_id).exclude(real_name="")
    names = (set(_key_of(name).split()) for name in people.values_list("real_name", flat=True))
    return any(name and name <= typed for name in names)


def _is_question(words: str) -> bool:
    return len(_key_of(words)) >= LEAST_LETTERS


def _key_of(words: str) -> str:
    terms = parse_text(words).terms
    return " ".join(word for term in terms for word in term.words)[:WORDS_LENGTH_MAXIMUM]
