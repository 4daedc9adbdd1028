"""Excerpts: marking words, listing the evidence, changing it, taking it back."""

from typing import Any

from django.db.models import QuerySet
from django.utils.decorators import method_decorator
from django.views.decorators.gzip import gzip_page
from drf_spectacular.utils import extend_schema
from rest_framework.generics import ListAPIView
from rest_framework.request import Request
from rest_framework.response import Response

from backend.common.pagination import Pages
from backend.sources.selectors import transcripts_of
from backend.tagging import services
from backend.tagging.api.placings import read_drafts
from backend.tagging.models import Excerpt, Tag
from backend.tagging.selectors import (
    count_people,
    list_excerpts,
    live_excerpts,
    with_details,
)
from backend.tagging.serializers import (
    ExcerptChangesSerializer,
    ExcerptFiltersSerializer,
    ExcerptInputSerializer,
    ExcerptSerializer,
    ExcerptTagsInputSerializer,
    HeardInputSerializer,
)
from backend.workspaces.door import WorkspaceView
from backend.workspaces.references import find_row, find_rows
from backend.workspaces.roles import Permission


class ExcerptPages(Pages):
    """A page that also says how many people the whole list has, in `people`."""

    def paginate_queryset(self, queryset: Any, request: Request, view: Any = None) -> list | None:
        self.people = count_people(queryset)
        return super().paginate_queryset(with_details(queryset), request, view=view)

    def get_paginated_response(self, data: Any) -> Response:
        response = super().get_paginated_response(data)
        response.data["people"] = self.people
        return response

    def get_paginated_response_schema(self, schema: dict[str, Any]) -> dict[str, Any]:
        page = super().get_paginated_response_schema(schema)
        page["properties"]["people"] = {
            "type": "integer",
            "description": "Different participants over the whole list, not only this page.",
        }
        page["required"] = [*page.get("required", []), "people"]
        return page


class ExcerptView(WorkspaceView):
    def answer(self, excerpt_id: Any, status: int = 200) -> Response:
        excerpt = self.get_row(with_details(live_excerpts(self.workspace.id)), excerpt_id)
        context = {"may_see_names": self.may_see_names}
        return Response(ExcerptSerializer(excerpt, context=context).data, status)

    def find(self, excerpt_id: Any) -> Excerpt:
        return self.get_row(
            live_excerpts(self.workspace.id).select_related("transcript__source"), excerpt_id
        )

    def find_tags(self, tag_ids: list[Any]) -> list[Tag]:
        return find_rows(
            Tag.objects.kept(), tag_ids, workspace_id=self.workspace.id, field="tag_ids"
        )


# Two hundred excerpts are 270 KB, and a tenth of that on the way.
@method_decorator(gzip_page, name="dispatch")
class ExcerptsView(ExcerptView, ListAPIView):
    serializer_class = ExcerptSerializer
    pagination_class = ExcerptPages

    @extend_schema(operation_id="excerpts_list", parameters=[ExcerptFiltersSerializer])
    def get(self, request: Request, *args: Any, **kwargs: Any) -> Response:
        return self.list(request, *args, **kwargs)

    @extend_schema(
        operation_id="excerpts_create",
        request=ExcerptInputSerializer,
        responses={201: ExcerptSerializer},
    )
    def post(self, request: Request, workspace_id: Any) -> Response:
        data = ExcerptInputSerializer(data=request.data)
        data.is_valid(raise_exception=True)
        values = data.validated_data
        transcript = find_row(
            transcripts_of(self.workspace),
            values["transcript_id"],
            workspace_id=self.workspace.id,
            field="transcript_id",
        )
        assert transcript is not None
        excerpt = services.create_excerpt(
            transcript=transcript,
            first_word_id=values["first_word_id"],
            last_word_id=values["last_word_id"],
            tags=self.find_tags(values["tag_ids"]),
            placings=read_drafts(values["placings"], self.workspace.id),
            is_key_quote=values["is_key_quote"],
            user=request.user,
        )
        return self.answer(excerpt.id, 201)

    def get_queryset(self) -> QuerySet[Excerpt]:
        if getattr(self, "swagger_fake_view", False):
            return Excerpt.objects.none()
        # A form sends its empty fields along: only an empty aspect means something.
        given = {
            name: value or "none" if name == "aspect" else value
            for name, value in self.request.query_params.items()
            if value or name == "aspect"
        }
        filters = ExcerptFiltersSerializer(data=given)
        filters.is_valid(raise_exception=True)
        return list_excerpts(self.workspace.id, filters.validated_data)

    def get_serializer_context(self) -> dict[str, Any]:
        if getattr(self, "swagger_fake_view", False):
            return {}
        return {"may_see_names": self.may_see_names}


class ExcerptDetailView(ExcerptView):
    @extend_schema(operation_id="excerpt_read", responses=ExcerptSerializer)
    def get(self, request: Request, workspace_id: Any, excerpt_id: Any) -> Response:
        return self.answer(excerpt_id)

    @extend_schema(
        operation_id="excerpt_update",
        request=ExcerptChangesSerializer,
        responses=ExcerptSerializer,
    )
    def patch(self, request: Request, workspace_id: Any, excerpt_id: Any) -> Response:
        excerpt = self.find(excerpt_id)
        data = ExcerptChangesSerializer(data=request.data, partial=True)
        data.is_valid(raise_exception=True)
        services.update_excerpt(excerpt=excerpt, user=request.user, **data.validated_data)
        return self.answer(excerpt_id)

    @extend_schema(operation_id="excerpt_delete", responses={204: None})
    def delete(self, request: Request, workspace_id: Any, excerpt_id: Any) -> Response:
        services.delete_excerpt(excerpt=self.find(excerpt_id), user=request.user)
        return Response(status=204)


class ExcerptRestoreView(ExcerptView):
    @extend_schema(operation_id="excerpt_restore", request=None, responses=ExcerptSerializer)
    def post(self, request: Request, workspace_id: Any, excerpt_id: Any) -> Response:
        excerpt = self.get_row(Excerpt.objects.all(), excerpt_id)
        services.restore_excerpt(excerpt=excerpt, user=request.user)
        return self.answer(excerpt_id)


class ExcerptHeardView(ExcerptView):
    # Whoever writes insights must be able to clear what stands in the way of their evidence.
    write_permission = Permission.WRITE_INSIGHTS

    @extend_schema(
        operation_id="excerpt_mark_heard",
        request=HeardInputSerializer,
        responses=ExcerptSerializer,
        description="Somebody played the excerpt, or says that its words are right.",
    )
    def put(self, request: Request, workspace_id: Any, excerpt_id: Any) -> Response:
        excerpt = self.find(excerpt_id)
        data = HeardInputSerializer(data=request.data)
        data.is_valid(raise_exception=True)
        how = data.validated_data["how"]
        services.mark_heard(excerpt=excerpt, user=request.user, how=how)
        return self.answer(excerpt_id)

    @extend_schema(operation_id="excerpt_unmark_heard", responses={200: ExcerptSerializer})
    def delete(self, request: Request, workspace_id: Any, excerpt_id: Any) -> Response:
        services.unmark_heard(excerpt=self.find(excerpt_id), user=request.user)
        return self.answer(excerpt_id)


class ExcerptTagsView(ExcerptView):
    @extend_schema(
        operation_id="excerpt_set_tags",
        request=ExcerptTagsInputSerializer,
        responses=ExcerptSerializer,
    )
    def put(self, request: Request, workspace_id: Any, excerpt_id: Any) -> Response:
        excerpt = self.find(excerpt_id)
        data = ExcerptTagsInputSerializer(data=request.data)
        data.is_valid(raise_exception=True)
        tags = self.find_tags(data.validated_data["tag_ids"])
        services.set_excerpt_tags(excerpt=excerpt, tags=tags, user=request.user)
        return self.answer(excerpt_id)
