"""Addresses of studies and participants."""

from django.urls import path

from backend.studies import api

urlpatterns = [
    path("studies", api.StudiesView.as_view()),
    path("studies/<uuid:study_id>", api.StudyView.as_view()),
    path("studies/<uuid:study_id>/restore", api.StudyRestoreView.as_view()),
    path("participants", api.ParticipantsView.as_view()),
]
