"""Addresses of memos."""

from django.urls.resolvers import URLPattern

urlpatterns: list[URLPattern] = []
