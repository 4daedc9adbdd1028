"""Addresses of the sources room."""

from django.urls import URLPattern

urlpatterns: list[URLPattern] = []
