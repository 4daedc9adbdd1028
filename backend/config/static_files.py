"""Scripts and styles of the page, given whole.

Streamed from an ordinary file, each would wait for a thread of its own request, which is gone if
the browser leaves in that moment; then the next page waits for ever.
"""

from typing import Any

from django.http import HttpRequest, HttpResponse
from whitenoise.middleware import WhiteNoiseMiddleware


class WholeFiles(WhiteNoiseMiddleware):
    """WhiteNoise's choice of file and headers; files are half a megabyte at most."""

    @staticmethod
    def serve(static_file: Any, request: HttpRequest) -> HttpResponse:
        chosen = static_file.get_response(request.method, request.META)
        content = b""
        if chosen.file is not None:
            with chosen.file as file:
                content = file.read()
        response = HttpResponse(content, status=int(chosen.status))
        del response["Content-Type"]  # WhiteNoise says it among the others.
        for name, value in chosen.headers:
            response[name] = value
        return response
