"""Addresses of memos."""

from django.urls import path

from backend.memos.api import exports, memos, mentions

urlpatterns = [
    path("memos", memos.MemosView.as_view()),
    path("memos/export", exports.MemosExportView.as_view()),
    path("memos/<uuid:memo_id>", memos.MemoDetailView.as_view()),
    path("memos/<uuid:memo_id>/restore", memos.MemoRestoreView.as_view()),
    path("sessions/<uuid:session_id>/memo-counts", memos.MemoCountsView.as_view()),
    path("mentions", mentions.MentionsView.as_view()),
    path("mentions/seen", mentions.MentionsSeenView.as_view()),
]
