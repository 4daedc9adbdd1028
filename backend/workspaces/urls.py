"""Addresses of a workspace and its people."""

from django.urls import path

from backend.workspaces import api

urlpatterns = [
    path("", api.WorkspaceDetailView.as_view()),
    path("members", api.MembersView.as_view()),
    path("members/<uuid:membership_id>", api.MemberView.as_view()),
    path("members/<uuid:membership_id>/password-link", api.MemberPasswordLinkView.as_view()),
]
