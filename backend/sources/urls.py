"""Addresses of sessions, uploads, sources, speakers and transcripts."""

from django.urls import path

from backend.sources.api import (
    exports,
    glossary,
    imports,
    places,
    sessions,
    sources,
    transcripts,
    uploads,
)

urlpatterns = [
    path("sessions", sessions.SessionsView.as_view()),
    path("sessions/<uuid:session_id>", sessions.SessionView.as_view()),
    path("sessions/<uuid:session_id>/restore", sessions.SessionRestoreView.as_view()),
    path("sessions/<uuid:session_id>/uploads", uploads.SessionUploadsView.as_view()),
    path("sessions/<uuid:session_id>/transcript", transcripts.OpeningTranscriptView.as_view()),
    path("sessions/<uuid:session_id>/text", sources.SessionTextView.as_view()),
    path("uploads/<uuid:upload_id>", uploads.UploadView.as_view()),
    path("sources/<uuid:source_id>/media", sources.PlaybackView.as_view()),
    path("sources/<uuid:source_id>/peaks", sources.PeaksView.as_view()),
    path("sources/<uuid:source_id>/original", sources.OriginalView.as_view()),
    path("sources/<uuid:source_id>/place", places.ReadingPlaceView.as_view()),
    path("sources/<uuid:source_id>/transcribe", sources.TranscribeView.as_view()),
    path("sources/<uuid:source_id>/find-speakers", sources.FindSpeakersView.as_view()),
    path("imported-files/<uuid:imported_file_id>/original", imports.ImportedOriginalView.as_view()),
    path("transcripts/<uuid:transcript_id>/export", exports.TranscriptExportView.as_view()),
    path("transcripts/<uuid:transcript_id>", transcripts.TranscriptView.as_view()),
    path("transcripts/<uuid:transcript_id>/talk-share", transcripts.TalkShareView.as_view()),
    path("speakers", transcripts.SpeakersView.as_view()),
    path("glossary", glossary.GlossaryView.as_view()),
    path("glossary/<uuid:term_id>", glossary.GlossaryTermView.as_view()),
    path("storage", sources.StorageView.as_view()),
]
