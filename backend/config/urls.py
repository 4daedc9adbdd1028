"""Every URL of the product: the API of each room, its schema, and the page."""

from django.urls import include, path, re_path
from drf_spectacular.views import SpectacularAPIView, SpectacularSwaggerView

from backend.config.health import health
from backend.config.page import page
from backend.discovery.api.digests import StopMailsView

workspace_urls = [
    path("", include("backend.workspaces.urls")),
    path("", include("backend.jobs.urls")),
    path("", include("backend.studies.urls")),
    path("", include("backend.sources.urls")),
    path("", include("backend.personas.urls")),
    path("", include("backend.tagging.urls")),
    path("", include("backend.synthesis.urls")),
    path("", include("backend.memos.urls")),
    path("", include("backend.sharing.urls")),
    path("", include("backend.exchange.urls")),
    path("", include("backend.discovery.urls")),
]

urlpatterns = [
    path("api/auth/", include("backend.accounts.urls")),
    path("api/auth/", include("backend.workspaces.sign_in_urls")),
    path("api/workspaces/<uuid:workspace_id>/", include(workspace_urls)),
    path("api/digest-mails/stop", StopMailsView.as_view()),
    path("api/health", health),
    path("api/schema", SpectacularAPIView.as_view(), name="schema"),
    path("api/docs", SpectacularSwaggerView.as_view(url_name="schema"), name="docs"),
    re_path(r"^(?!api/|static/|assets/).*$", page, name="page"),
]
