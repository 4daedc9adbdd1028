"""Addresses of jobs."""

from django.urls import path

from backend.jobs import api

urlpatterns = [
    path("jobs", api.JobsView.as_view()),
    path("jobs/<uuid:job_id>", api.JobView.as_view()),
    path("jobs/<uuid:job_id>/cancel", api.JobCancelView.as_view()),
    path("jobs/<uuid:job_id>/retry", api.JobRetryView.as_view()),
]
