"""Addresses of reels."""

from django.urls import path

from backend.sharing import api

urlpatterns = [
    path("reels", api.ReelsView.as_view()),
    path("reels/<uuid:reel_id>", api.ReelDetailView.as_view()),
    path("reels/<uuid:reel_id>/restore", api.ReelRestoreView.as_view()),
    path("reels/<uuid:reel_id>/items", api.ReelItemsView.as_view()),
    path("reels/<uuid:reel_id>/items/remove", api.ReelRemovalView.as_view()),
    path("reels/<uuid:reel_id>/order", api.ReelOrderView.as_view()),
]
