"""What people asked of search and nobody could answer yet."""

from typing import Any

from drf_spectacular.types import OpenApiTypes
from drf_spectacular.utils import OpenApiParameter, extend_schema
from rest_framework.request import Request
from rest_framework.response import Response

from backend.common.errors import InvalidInputError
from backend.common.identifiers import parse_id
from backend.discovery import open_questions as services
from backend.discovery.models import OpenQuestion, QuestionState
from backend.discovery.question_serializers import (
    AskInputSerializer,
    OpenQuestionCountSerializer,
    OpenQuestionSerializer,
    OpenQuestionsSerializer,
    QuestionLogSerializer,
    QuestionStudySerializer,
)
from backend.discovery.selectors import count_all_people
from backend.studies.models import Study
from backend.workspaces.door import WorkspaceView
from backend.workspaces.references import find_rows
from backend.workspaces.roles import Permission


class OpenQuestionView(WorkspaceView):
    def find(self, open_question_id: Any) -> OpenQuestion:
        return self.get_row(OpenQuestion.objects.all(), open_question_id)

    def answer_all(self, rows: list[services.AskedQuestion]) -> Response:
        total = count_all_people(self.workspace.id)
        return Response(OpenQuestionsSerializer({"results": rows, "people_total": total}).data)

    def answer(self, question: OpenQuestion, status: int = 200) -> Response:
        shown = services.describe_question(self.workspace, self.request.user, question.id)
        return Response(OpenQuestionSerializer(shown).data, status)


class OpenQuestionsView(OpenQuestionView):
    """Everybody may ask."""

    write_permission = Permission.VIEW

    @extend_schema(
        operation_id="open_questions_list",
        parameters=[
            OpenApiParameter("state", OpenApiTypes.STR, enum=QuestionState.values),
            OpenApiParameter("study", OpenApiTypes.UUID, description="that looks into it"),
        ],
        responses=OpenQuestionsSerializer,
        description="Those that most people ask first. Who asked is not told.",
    )
    def get(self, request: Request, workspace_id: Any) -> Response:
        state = request.query_params.get("state", QuestionState.OPEN)
        if state not in QuestionState.values:
            raise InvalidInputError(f"“state” must be one of {', '.join(QuestionState.values)}.")
        study = request.query_params.get("study")
        study_id = parse_id(study, name="study") if study else None
        rows = services.list_questions(self.workspace, request.user, state=state, study_id=study_id)
        return self.answer_all(rows)

    @extend_schema(
        operation_id="open_questions_ask",
        request=AskInputSerializer,
        responses={201: OpenQuestionSerializer},
    )
    def post(self, request: Request, workspace_id: Any) -> Response:
        data = AskInputSerializer(data=request.data)
        data.is_valid(raise_exception=True)
        question = services.ask_question(
            workspace_id=self.workspace.id, user=request.user, words=data.validated_data["words"]
        )
        return self.answer(question, 201)


class OpenQuestionDetailView(OpenQuestionView):
    @extend_schema(
        operation_id="open_question_delete",
        responses={204: None},
        description="For good: its words may name somebody.",
    )
    def delete(self, request: Request, workspace_id: Any, open_question_id: Any) -> Response:
        services.delete_question(question=self.find(open_question_id))
        return Response(status=204)


class AskingView(OpenQuestionView):
    write_permission = Permission.VIEW

    @extend_schema(
        operation_id="open_question_forget",
        responses={204: None},
        description="The caller no longer asks this. If nobody else does, it is deleted for good.",
    )
    def delete(self, request: Request, workspace_id: Any, open_question_id: Any) -> Response:
        services.forget_asking(question=self.find(open_question_id), user=request.user)
        return Response(status=204)


class OpenQuestionCountView(WorkspaceView):
    @extend_schema(operation_id="open_questions_count", responses=OpenQuestionCountSerializer)
    def get(self, request: Request, workspace_id: Any) -> Response:
        return Response({"count": services.count_open(self.workspace)})


class SearchedView(WorkspaceView):
    write_permission = Permission.VIEW

    @extend_schema(
        operation_id="searched",
        request=AskInputSerializer,
        responses={204: None},
        description="Somebody stopped typing here. Written down only if there is little or "
        "nothing to be found, and the workspace wants it.",
    )
    def post(self, request: Request, workspace_id: Any) -> Response:
        data = AskInputSerializer(data=request.data)
        data.is_valid(raise_exception=True)
        services.note_search(
            workspace_id=self.workspace.id, user=request.user, words=data.validated_data["words"]
        )
        return Response(status=204)


class AnsweredQuestionsView(OpenQuestionView):
    @extend_schema(
        operation_id="open_questions_answered",
        responses=OpenQuestionsSerializer,
        description="What the caller asked and can find by now, not looked at yet.",
    )
    def get(self, request: Request, workspace_id: Any) -> Response:
        rows = services.list_answered(self.workspace, request.user)
        return self.answer_all(rows)


class OpenQuestionSeenView(OpenQuestionView):
    write_permission = Permission.VIEW

    @extend_schema(operation_id="open_question_seen", request=None, responses={204: None})
    def post(self, request: Request, workspace_id: Any, open_question_id: Any) -> Response:
        services.see_answer(question=self.find(open_question_id), user=request.user)
        return Response(status=204)


class AdoptQuestionView(OpenQuestionView):
    @extend_schema(
        operation_id="open_question_adopt",
        request=QuestionStudySerializer,
        responses=OpenQuestionSerializer,
        description="Makes it one of the study's research questions.",
    )
    def post(self, request: Request, workspace_id: Any, open_question_id: Any) -> Response:
        question = self.find(open_question_id)
        data = QuestionStudySerializer(data=request.data)
        data.is_valid(raise_exception=True)
        [study] = find_rows(
            Study.objects.kept(),
            [data.validated_data["study_id"]],
            workspace_id=self.workspace.id,
            field="study_id",
        )
        return self.answer(services.adopt_question(question=question, study=study))


class DismissQuestionView(OpenQuestionView):
    @extend_schema(
        operation_id="open_question_dismiss", request=None, responses=OpenQuestionSerializer
    )
    def post(self, request: Request, workspace_id: Any, open_question_id: Any) -> Response:
        return self.answer(services.dismiss_question(question=self.find(open_question_id)))


class ReopenQuestionView(OpenQuestionView):
    @extend_schema(
        operation_id="open_question_reopen", request=None, responses=OpenQuestionSerializer
    )
    def post(self, request: Request, workspace_id: Any, open_question_id: Any) -> Response:
        return self.answer(services.reopen_question(question=self.find(open_question_id)))


class QuestionLogView(WorkspaceView):
    write_permission = Permission.MANAGE_MEMBERS

    @extend_schema(operation_id="question_log_read", responses=QuestionLogSerializer)
    def get(self, request: Request, workspace_id: Any) -> Response:
        return Response({"is_on": services.is_log_on(self.workspace.id)})

    @extend_schema(
        operation_id="question_log_switch",
        request=QuestionLogSerializer,
        responses=QuestionLogSerializer,
    )
    def put(self, request: Request, workspace_id: Any) -> Response:
        data = QuestionLogSerializer(data=request.data)
        data.is_valid(raise_exception=True)
        services.switch_log(workspace_id=self.workspace.id, is_on=data.validated_data["is_on"])
        return Response({"is_on": services.is_log_on(self.workspace.id)})
