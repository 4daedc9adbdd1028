"""Reads every address under a workspace, for whatever row and question it may be asked."""

import io
import zipfile
from collections.abc import Iterable, Iterator
from itertools import product
from typing import Any

from asgiref.sync import async_to_sync
from django.urls import URLPattern, URLResolver, get_resolver

from backend.jobs.models import Job
from backend.memos.models import Memo
from backend.sources.models import (
    ImportedFile,
    Segment,
    Source,
    Speaker,
    Transcript,
)
from backend.studies.models import Participant, Session
from backend.synthesis.models import Claim, Insight
from backend.tagging.models import Change, Excerpt, Placing, Review, Tag
from tests.backend.tagging.withdrawal.team import MARKER, Team

PREFIX = "api/workspaces/<uuid:workspace_id>/"


def addresses() -> Iterator[str]:
    """Every address under a workspace that can be read."""

    def walk(patterns: Iterable[Any], prefix: str = "") -> Iterator[str]:
        for pattern in patterns:
            route = prefix + str(pattern.pattern)
            if isinstance(pattern, URLResolver):
                yield from walk(pattern.url_patterns, route)
            elif isinstance(pattern, URLPattern) and route.startswith(PREFIX):
                view = getattr(pattern.callback, "view_class", None) or getattr(
                    pattern.callback, "cls", None
                )
                if view is None or hasattr(view, "get"):
                    yield route.removeprefix(PREFIX)

    return walk(get_resolver().url_patterns)


def ids_of(name: str, team: Team) -> list[str]:
    """Every row that an address may name, whatever became of it."""
    models: dict[str, Any] = {
        "change": Change, "claim": Claim, "excerpt": Excerpt, "imported_file": ImportedFile,
        "insight": Insight, "job": Job, "memo": Memo, "participant": Participant,
        "placing": Placing, "review": Review, "segment": Segment, "session": Session,
        "source": Source, "speaker": Speaker, "tag": Tag,
        "transcript": Transcript,
    }  # fmt: skip
    model = models.get(name.removesuffix("_id"))
    if model is None:
        related = [each for each in _all_models() if each.__name__.lower() == _bare(name)]
        model = related[0] if related else None
    return [str(pk) for pk in model._default_manager.values_list("pk", flat=True)] if model else []


def _all_models() -> list[Any]:
    from django.apps import apps  # noqa: PLC0415

    return list(apps.get_models())


def _bare(name: str) -> str:
    return name.removesuffix("_id").replace("_", "")


def questions(route: str, team: Team) -> list[str]:
    """What may be asked beside an address."""
    session, source = team.session.id, team.transcript.source_id
    transcripts = [str(pk) for pk in Transcript.objects.values_list("pk", flat=True)]
    asked = {
        "search": ["q=weeks", f"q={MARKER}", "q=phone&kind=passage", "q=&kind=memo", "q="],
        "search/meaning": ["q=weeks"],
        "search/export.csv": ["q=weeks", "q="],
        "search/people": ["q="],
        "excerpts": ["", f"session={session}", f"q={MARKER}", f"tag={team.tag.id}"],
        "changes": ["", f"session={session}", "page=2", "page=3"],
        "sessions/<uuid:session_id>/changes": ["", "after=0"],
        "transcripts/<uuid:transcript_id>/compare": [f"with={each}" for each in transcripts],
        "transcripts/<uuid:transcript_id>/export": [
            f"format={each}" for each in ("vtt", "srt", "txt", "docx", "json")
        ],
        "reviews": ["", f"source={source}", "state=open"],
        "memos": ["", f"session={session}", "q=words"],
        "memos/export": ["format=csv", "format=xlsx", "format=docx", "format=md"],
        "jobs": ["", f"session={session}"],
        "codebook/export": ["format=csv", "format=qdc"],
    }
    return asked.get(route, [""])


@async_to_sync
async def read_stream(answer: Any) -> bytes:
    return b"".join([part async for part in answer.streaming_content])


def content_of(answer: Any) -> bytes:
    if not answer.streaming:
        return answer.content
    return read_stream(answer) if answer.is_async else b"".join(answer.streaming_content)


def text_of(answer: Any) -> str:
    content = content_of(answer)
    if content[:2] == b"PK":
        with zipfile.ZipFile(io.BytesIO(content)) as archive:
            content = b"".join(archive.read(name) for name in archive.namelist())
    return content.decode("utf-8", "replace").casefold()


def crawl(team: Team, client: Any) -> set[str]:
    """The addresses that answer with the marker."""
    found = set()
    for route in addresses():
        names = [part.strip("<>").rpartition(":")[2] for part in route.split("/") if "<" in part]
        for values in product(*(ids_of(name, team) for name in names)):
            filled = iter(values)
            path = "/".join(next(filled) if "<" in part else part for part in route.split("/"))
            for question in questions(route, team):
                answer = client.get(team.url(f"{path}?{question}"))
                assert answer.status_code < 500, (path, question)
                # What was asked for may be said back.
                said = text_of(answer).replace(f"q={MARKER}", "")
                if MARKER in said:
                    found.add(f"{route}?{question}")
    return found
