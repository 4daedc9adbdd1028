"""Addresses of signing in, which answers with the workspaces of whoever signed in."""

from django.urls import path

from backend.workspaces import sign_in_api

urlpatterns = [
    path("session", sign_in_api.SignInReadView.as_view()),
    path("sign-in", sign_in_api.SignInView.as_view()),
    path("sign-out", sign_in_api.SignOutView.as_view()),
    path("set-password", sign_in_api.SetPasswordView.as_view()),
    path("first-owner", sign_in_api.FirstOwnerView.as_view()),
]
