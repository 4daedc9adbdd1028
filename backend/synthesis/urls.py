"""Addresses of personas, maps, claims and insights."""

from django.urls import path

from backend.synthesis.api import insights, personas

urlpatterns = [
    path("personas", personas.PersonasView.as_view()),
    path("personas/<uuid:persona_id>", personas.PersonaDetailView.as_view()),
    path("personas/<uuid:persona_id>/restore", personas.PersonaRestoreView.as_view()),
    path("personas/<uuid:persona_id>/picture", personas.PersonaPictureView.as_view()),
    path("personas/<uuid:persona_id>/map", personas.PersonaMapView.as_view()),
    path("personas/<uuid:persona_id>/claims", personas.PersonaClaimsView.as_view()),
    path("claims/<uuid:claim_id>", personas.ClaimView.as_view()),
    path("insights", insights.InsightsView.as_view()),
    path("insights/<uuid:insight_id>", insights.InsightDetailView.as_view()),
    path("insights/<uuid:insight_id>/restore", insights.InsightRestoreView.as_view()),
    path("insights/<uuid:insight_id>/personas", insights.InsightPersonasView.as_view()),
    path("insights/<uuid:insight_id>/evidence", insights.InsightEvidenceView.as_view()),
    path("evidence/<uuid:evidence_id>", insights.EvidenceView.as_view()),
]
