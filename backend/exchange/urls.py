"""Addresses of what goes in and out in the formats of others."""

from django.urls import path

from backend.exchange import api

urlpatterns = [
    path("codebook/export", api.CodebookExportView.as_view()),
    path("codebook/import", api.CodebookImportView.as_view()),
]
