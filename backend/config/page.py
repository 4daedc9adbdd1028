"""The built web page, given for every address that is not the API's: the browser routes."""

from django.conf import settings
from django.http import FileResponse, HttpRequest, HttpResponse
from django.http.response import HttpResponseBase


def page(request: HttpRequest) -> HttpResponseBase:
    """Answer index.html, or one line that says how to build it."""
    index = settings.PAGES_DIR / "index.html"
    if not index.exists():
        return HttpResponse(
            "The web page is not built yet. Run `make run`, which builds it.",
            status=503,
            content_type="text/plain",
        )
    response = FileResponse(index.open("rb"), content_type="text/html; charset=utf-8")
    response["Cache-Control"] = "no-cache"
    return response
