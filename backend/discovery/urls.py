"""Addresses of search, of saved searches and of open questions."""

from django.urls import path

from backend.discovery.api import (
    digests,
    export,
    open_questions,
    people,
    saved_searches,
    search,
    similar,
    synonyms,
)

urlpatterns = [
    path("search", search.SearchView.as_view()),
    path("search/people", people.SearchPeopleView.as_view()),
    path("search/meaning", similar.CloseExcerptsView.as_view()),
    path("search/export.csv", export.SearchExportView.as_view()),
    path("excerpts/<uuid:excerpt_id>/similar", similar.SimilarExcerptsView.as_view()),
    path("searched", open_questions.SearchedView.as_view()),
    path("saved-searches", saved_searches.SavedSearchesView.as_view()),
    path("saved-searches/counts", saved_searches.SavedSearchCountsView.as_view()),
    path("saved-searches/order", saved_searches.SavedSearchOrderView.as_view()),
    path("saved-searches/<uuid:saved_search_id>", saved_searches.SavedSearchDetailView.as_view()),
    path(
        "saved-searches/<uuid:saved_search_id>/seen", saved_searches.SavedSearchSeenView.as_view()
    ),
    path(
        "saved-searches/<uuid:saved_search_id>/restore",
        saved_searches.SavedSearchRestoreView.as_view(),
    ),
    path("digests/latest", digests.LatestDigestView.as_view()),
    path("digests/<uuid:digest_id>", digests.DigestView.as_view()),
    path("digest-settings", digests.DigestSettingsView.as_view()),
    path("open-questions", open_questions.OpenQuestionsView.as_view()),
    path("open-questions/count", open_questions.OpenQuestionCountView.as_view()),
    path("open-questions/answered", open_questions.AnsweredQuestionsView.as_view()),
    path("open-questions/<uuid:open_question_id>", open_questions.OpenQuestionDetailView.as_view()),
    path("open-questions/<uuid:open_question_id>/asking", open_questions.AskingView.as_view()),
    path(
        "open-questions/<uuid:open_question_id>/seen", open_questions.OpenQuestionSeenView.as_view()
    ),
    path(
        "open-questions/<uuid:open_question_id>/adopt", open_questions.AdoptQuestionView.as_view()
    ),
    path(
        "open-questions/<uuid:open_question_id>/dismiss",
        open_questions.DismissQuestionView.as_view(),
    ),
    path(
        "open-questions/<uuid:open_question_id>/reopen",
        open_questions.ReopenQuestionView.as_view(),
    ),
    path("synonyms", synonyms.SynonymsView.as_view()),
    path("synonyms/<uuid:synonym_group_id>", synonyms.SynonymGroupView.as_view()),
    path("question-log", open_questions.QuestionLogView.as_view()),
]
