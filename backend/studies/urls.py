"""Addresses of the studies room."""

from django.urls import URLPattern

urlpatterns: list[URLPattern] = []
