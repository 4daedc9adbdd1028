"""The built web page, given for every address that is not the API's: the browser routes."""

import re
from collections.abc import Iterator

from django.conf import settings
from django.http import HttpRequest, HttpResponse

_ID = r"[0-9a-f]{8}-(?:[0-9a-f]{4}-){3}[0-9a-f]{12}"
# What a page asks the API for, by its address: the browser begins with that beside the scripts.
# These must be spelled as the page spells them.
_FIRST_ANSWERS = [
    (re.compile(r"/w/"), ["/api/auth/session"]),
    (
        re.compile(rf"/w/(?P<workspace>{_ID})/sessions/(?P<session>{_ID})"),
        [
            "/api/workspaces/{workspace}/sessions/{session}",
            "/api/workspaces/{workspace}/sessions/{session}/transcript?first=120",
            "/api/workspaces/{workspace}/excerpts?session={session}&page=1&page_size=200",
        ],
    ),
]


def page(request: HttpRequest) -> HttpResponse:
    """Answer index.html, or one line that says how to build it."""
    index = settings.PAGES_DIR / "index.html"
    if not index.exists():
        return HttpResponse(
            "The web page is not built yet. Run `make run`, which builds it.",
            status=503,
            content_type="text/plain",
        )
    # Whole, not as a stream: it is a kilobyte, and must not wait for a thread.
    response = HttpResponse(index.read_bytes(), content_type="text/html; charset=utf-8")
    response["Cache-Control"] = "no-cache"
    if links := list(_preloads(request.path)):
        response["Link"] = ", ".join(links)
    return response


def _preloads(path: str) -> Iterator[str]:
    """The values of the Link header (RFC 8288) for a page's first answers."""
    for pattern, addresses in _FIRST_ANSWERS:
        if found := pattern.match(path):
            for address in addresses:
                url = address.format(**found.groupdict())
                yield f"<{url}>; rel=preload; as=fetch; crossorigin"
