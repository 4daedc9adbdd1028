"""Addresses of a user's own password and tokens."""

from django.urls import path

from backend.accounts import api

urlpatterns = [
    path("password", api.MyPasswordView.as_view()),
    path("tokens", api.ApiTokensView.as_view()),
    path("tokens/<uuid:token_id>", api.ApiTokenView.as_view()),
]
