"""Addresses of the personas room; those of personas themselves are in synthesis."""

from django.urls import path

from backend.personas import api

urlpatterns = [
    path("participants/<uuid:participant_id>/persona", api.ParticipantPersonaView.as_view()),
]
