"""Addresses of signing in, which answers with the workspaces of whoever signed in."""

from django.urls import URLPattern

urlpatterns: list[URLPattern] = []
