"""Addresses of search."""

from django.urls import path

from backend.discovery import api

urlpatterns = [path("search", api.SearchView.as_view())]
