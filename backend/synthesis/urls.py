"""Addresses of the synthesis room."""

from django.urls import URLPattern

urlpatterns: list[URLPattern] = []
