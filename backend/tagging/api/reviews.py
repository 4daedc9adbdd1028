"""Excerpts that somebody should look at after another version was put in use."""

from typing import Any

from django.db.models import QuerySet
from drf_spectacular.utils import extend_schema
from rest_framework.generics import ListAPIView
from rest_framework.request import Request
from rest_framework.response import Response

from backend.sources.selectors import sources_of
from backend.tagging import services
from backend.tagging.models import Review
from backend.tagging.selectors import conceal_reviews, list_reviews, live
from backend.tagging.version_serializers import (
    AcceptedReviewsSerializer,
    AcceptReviewSerializer,
    ReviewFiltersSerializer,
    ReviewSerializer,
)
from backend.workspaces.door import WorkspaceView


class ReviewView(WorkspaceView):
    def find(self, review_id: Any) -> Review:
        return self.get_row(Review.objects.filter(live("excerpt__")), review_id)

    def answer(self, review_id: Any) -> Response:
        review = self.get_row(list_reviews(self.workspace.id, {}), review_id)
        conceal_reviews(self.workspace.id, [review])
        context = {"may_see_names": self.may_see_names}
        return Response(ReviewSerializer(review, context=context).data)


class ReviewsView(ReviewView, ListAPIView):
    serializer_class = ReviewSerializer

    @extend_schema(operation_id="reviews_list", parameters=[ReviewFiltersSerializer])
    def get(self, request: Request, *args: Any, **kwargs: Any) -> Response:
        return self.list(request, *args, **kwargs)

    def get_queryset(self) -> QuerySet[Review]:
        if getattr(self, "swagger_fake_view", False):
            return Review.objects.none()
        given = {name: value for name, value in self.request.query_params.items() if value}
        filters = ReviewFiltersSerializer(data=given)
        filters.is_valid(raise_exception=True)
        return list_reviews(self.workspace.id, filters.validated_data)

    def paginate_queryset(self, queryset: Any) -> Any:
        page = super().paginate_queryset(queryset)
        conceal_reviews(self.workspace.id, page or [])
        return page

    def get_serializer_context(self) -> dict[str, Any]:
        if getattr(self, "swagger_fake_view", False):
            return {}
        return {"may_see_names": self.may_see_names}


class AcceptReviewView(ReviewView):
    @extend_schema(
        operation_id="review_accept",
        request=AcceptReviewSerializer,
        responses=ReviewSerializer,
        description="The excerpt belongs where it was put or proposed, or on the words given.",
    )
    def post(self, request: Request, workspace_id: Any, review_id: Any) -> Response:
        review = self.find(review_id)
        data = AcceptReviewSerializer(data=request.data)
        data.is_valid(raise_exception=True)
        services.accept_review(review=review, user=request.user, **data.validated_data)
        return self.answer(review_id)


class AcceptRewordedView(ReviewView):
    @extend_schema(
        operation_id="source_accept_reworded",
        request=None,
        responses=AcceptedReviewsSerializer,
        description="Accepts all excerpts that came over to the version in use with other words.",
    )
    def post(self, request: Request, workspace_id: Any, source_id: Any) -> Response:
        source = self.get_row(sources_of(self.workspace), source_id)
        accepted = services.accept_reworded(source=source, user=request.user)
        return Response(AcceptedReviewsSerializer({"accepted": accepted}).data)


class KeepReviewView(ReviewView):
    @extend_schema(
        operation_id="review_keep",
        request=None,
        responses=ReviewSerializer,
        description="The excerpt stays on the earlier version, or goes back there.",
    )
    def post(self, request: Request, workspace_id: Any, review_id: Any) -> Response:
        services.keep_review(review=self.find(review_id), user=request.user)
        return self.answer(review_id)


class ReopenReviewView(ReviewView):
    @extend_schema(
        operation_id="review_reopen",
        request=None,
        responses=ReviewSerializer,
        description="Undoes accepting or keeping.",
    )
    def post(self, request: Request, workspace_id: Any, review_id: Any) -> Response:
        services.reopen_review(review=self.find(review_id), user=request.user)
        return self.answer(review_id)
