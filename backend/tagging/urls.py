"""Addresses of tags, excerpts, placings, and corrections of transcripts."""

from django.urls import path

from backend.tagging.api import (
    corrections,
    excerpts,
    placings,
    reviews,
    speaker_changes,
    tags,
    text_changes,
    versions,
)

urlpatterns = [
    path("tags", tags.TagsView.as_view()),
    path("tags/<uuid:tag_id>", tags.TagDetailView.as_view()),
    path("tags/<uuid:tag_id>/restore", tags.TagRestoreView.as_view()),
    path("excerpts", excerpts.ExcerptsView.as_view()),
    path("excerpts/<uuid:excerpt_id>", excerpts.ExcerptDetailView.as_view()),
    path("excerpts/<uuid:excerpt_id>/restore", excerpts.ExcerptRestoreView.as_view()),
    path("excerpts/<uuid:excerpt_id>/heard", excerpts.ExcerptHeardView.as_view()),
    path("excerpts/<uuid:excerpt_id>/tags", excerpts.ExcerptTagsView.as_view()),
    path("excerpts/<uuid:excerpt_id>/placings", placings.ExcerptPlacingsView.as_view()),
    path("placings/<uuid:placing_id>", placings.PlacingDetailView.as_view()),
    path("sources/<uuid:source_id>/transcripts", versions.VersionsView.as_view()),
    path("transcripts/<uuid:transcript_id>/compare", versions.ComparisonView.as_view()),
    path("transcripts/<uuid:transcript_id>/make-current", versions.MakeCurrentView.as_view()),
    path("reviews", reviews.ReviewsView.as_view()),
    path("sources/<uuid:source_id>/accept-reworded", reviews.AcceptRewordedView.as_view()),
    path("reviews/<uuid:review_id>/accept", reviews.AcceptReviewView.as_view()),
    path("reviews/<uuid:review_id>/keep", reviews.KeepReviewView.as_view()),
    path("reviews/<uuid:review_id>/reopen", reviews.ReopenReviewView.as_view()),
    path("segments/<uuid:segment_id>", corrections.SegmentView.as_view()),
    path("segments/<uuid:segment_id>/words/<int:word_id>", corrections.WordView.as_view()),
    path("speakers/<uuid:speaker_id>", corrections.SpeakerView.as_view()),
    path("speakers/<uuid:speaker_id>/merge", speaker_changes.MergeSpeakerView.as_view()),
    path(
        "speaker-changes/<uuid:speaker_change_id>/undo",
        speaker_changes.UndoSpeakerChangeView.as_view(),
    ),
    path(
        "transcripts/<uuid:transcript_id>/assign-speaker",
        speaker_changes.AssignSpeakerView.as_view(),
    ),
    path(
        "transcripts/<uuid:transcript_id>/replace/preview",
        text_changes.ReplacePreviewView.as_view(),
    ),
    path("transcripts/<uuid:transcript_id>/replace", text_changes.ReplaceView.as_view()),
    path("text-changes/<uuid:text_change_id>/undo", text_changes.UndoTextChangeView.as_view()),
]
