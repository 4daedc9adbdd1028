"""Addresses of what goes in and out in the formats of others."""

from django.urls.resolvers import URLPattern

urlpatterns: list[URLPattern] = []
