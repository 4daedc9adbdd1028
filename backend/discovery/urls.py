"""Addresses of the discovery room."""

from django.urls import URLPattern

urlpatterns: list[URLPattern] = []
