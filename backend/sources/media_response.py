"""Serves a file with Range, so that a player can seek; memory stays flat whatever its size."""

from pathlib import Path

from django.http import HttpRequest, HttpResponse, StreamingHttpResponse
from django.http.response import HttpResponseBase
from django.utils.cache import get_conditional_response
from django.utils.http import content_disposition_header, http_date, parse_http_date_safe

from backend.common.errors import MissingError
from backend.sources.byte_ranges import ByteRange, RangeUnsatisfiableError, parse_range
from backend.sources.file_blocks import FileBlocks


def respond_with_file(
    request: HttpRequest, path: Path | None, *, content_type: str, download_name: str = ""
) -> HttpResponseBase:
    """Answer 200, 206, 304, 412 or 416 as the request's headers ask. Raises MissingError."""
    if path is None or not path.is_file():
        raise MissingError(
            "This file is not here.", remedy="If it is being prepared, wait a little."
        )
    facts = path.stat()
    etag, modified_s = f'"{facts.st_mtime_ns:x}-{facts.st_size:x}"', int(facts.st_mtime)
    response: HttpResponseBase | None = get_conditional_response(
        request, etag=etag, last_modified=modified_s
    )
    if response is None:
        response = _answer(request, path, facts.st_size, etag=etag, modified_s=modified_s)
        response["Content-Type"] = content_type
    response["ETag"] = etag
    response["Last-Modified"] = http_date(modified_s)
    response["Accept-Ranges"] = "bytes"
    # Whoever loses access must not go on from a cache: the browser asks each time.
    response["Cache-Control"] = "private, no-cache"
    if download_name:
        response["Content-Disposition"] = str(content_disposition_header(True, download_name))
    return response


def _answer(
    request: HttpRequest, path: Path, size_bytes: int, *, etag: str, modified_s: int
) -> HttpResponseBase:
    if request.method == "HEAD":
        return HttpResponse(headers={"Content-Length": str(size_bytes)})
    wanted = None
    if "Range" in request.headers and _is_range_valid(request, etag, modified_s):
        try:
            wanted = parse_range(request.headers["Range"], size_bytes=size_bytes)
        except RangeUnsatisfiableError:
            return HttpResponse(status=416, headers={"Content-Range": f"bytes */{size_bytes}"})
    part = wanted or ByteRange(0, size_bytes - 1)
    file = path.open("rb")
    file.seek(part.first)
    blocks = FileBlocks(file, part.length)
    response = StreamingHttpResponse(blocks, status=206 if wanted else 200)
    response["Content-Length"] = str(part.length)
    if wanted:
        response["Content-Range"] = f"bytes {part.first}-{part.last}/{size_bytes}"
    return response


def _is_range_valid(request: HttpRequest, etag: str, modified_s: int) -> bool:
    """If-Range: the part is only of use if the file is still the one the client has."""
    condition = request.headers.get("If-Range", "").strip()
    if not condition:
        return True
    if condition.startswith(('"', "W/")):
        return condition == etag
    return parse_http_date_safe(condition) == modified_s
