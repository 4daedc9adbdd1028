"""Addresses of the workspaces room."""

from django.urls import URLPattern

urlpatterns: list[URLPattern] = []
