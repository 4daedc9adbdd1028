"""Addresses of the personas room."""

from django.urls import URLPattern

urlpatterns: list[URLPattern] = []
