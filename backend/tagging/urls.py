"""Addresses of the tagging room."""

from django.urls import URLPattern

urlpatterns: list[URLPattern] = []
