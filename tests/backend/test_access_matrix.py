"""Every address of the API against everyone who must not pass: the proof of the one door.

A new address is covered by itself; one whose parameter is not named in `rows` fails the test.
"""

from collections.abc import Iterator
from uuid import uuid4

import pytest
from django.urls import URLPattern, URLResolver, get_resolver

from backend.studies import models as studies
from backend.workspaces.door import WorkspaceView
from backend.workspaces.models import Membership

pytestmark = pytest.mark.django_db

METHODS = ("get", "post", "put", "patch", "delete", "head")
WORKSPACE_PREFIX = "api/workspaces/<uuid:workspace_id>/"
# What product managers may write, besides reading everything.
PRODUCT_MAY_WRITE = (
    "insights",
    "evidence",
    "excerpts/<uuid:excerpt_id>/heard",
    "memos",
    "reels",
    # Their own memos, and what they listened to.
    "sessions/<uuid:session_id>/undo",
    "sessions/<uuid:session_id>/redo",
)
# What everyone may write: what is theirs alone.
EVERYONE_MAY_WRITE = (
    "sources/<uuid:source_id>/place",
    "mentions/seen",
    "searched",
    "saved-searches",
    "saved-searches/<uuid:saved_search_id>",
    "saved-searches/<uuid:saved_search_id>/seen",
    "saved-searches/<uuid:saved_search_id>/restore",
    "saved-searches/order",
    "digest-settings",
    "open-questions",
    "open-questions/<uuid:open_question_id>/seen",
    "open-questions/<uuid:open_question_id>/asking",
)


def walk(patterns: list, prefix: str = "") -> Iterator[tuple[str, type]]:
    for pattern in patterns:
        route = prefix + str(pattern.pattern)
        if isinstance(pattern, URLResolver):
            yield from walk(pattern.url_patterns, route)
        elif isinstance(pattern, URLPattern):
            view = getattr(pattern.callback, "view_class", None) or getattr(
                pattern.callback, "cls", None
            )
            yield route, view or pattern.callback


ROUTES = [
    (route.removeprefix(WORKSPACE_PREFIX), view)
    for route, view in walk(get_resolver().url_patterns)
    if route.startswith(WORKSPACE_PREFIX)
]
CALLS = [
    pytest.param(route, method, id=f"{method.upper()} {route or '(workspace)'}")
    for route, view in ROUTES
    for method in METHODS
    if hasattr(view, method) or not isinstance(view, type)
]


@pytest.fixture
def rows(make, alice) -> dict[str, object]:
    """A real row of the workspace for every parameter in an address."""
    persona = make.persona()
    participant = make.participant("P09")
    session = make.session(participants=[participant])
    transcript = make.transcript(session=session, turns=[("P09", "I waited six weeks")])
    excerpt = make.excerpt(transcript)
    job = make.job()
    insight, evidence, claim = make.insight(excerpt, persona)
    return {
        "study_id": session.study_id,
        "session_id": session.id,
        "participant_id": participant.id,
        "source_id": transcript.source_id,
        "transcript_id": transcript.id,
        "segment_id": transcript.segments.get().id,
        "speaker_id": transcript.source.speakers.get().id,
        "review_id": make.review(excerpt).id,
        "change_id": make.change(session).id,
        "term_id": make.term("Doctolib").id,
        "word_id": 1,
        "upload_id": make.upload(session).id,
        "imported_file_id": make.imported_file(transcript).id,
        "tag_id": make.tag().id,
        "excerpt_id": excerpt.id,
        "placing_id": make.placing(excerpt, persona=persona).id,
        "persona_id": persona.id,
        "claim_id": claim.id,
        "insight_id": insight.id,
        "evidence_id": evidence.id,
        "job_id": job.id,
        "memo_id": make.memo(excerpt).id,
        "reel_id": make.reel("Waiting", excerpt).id,
        "open_question_id": make.open_question("parking", alice).id,
        "synonym_group_id": make.synonyms("appointment", "visit").id,
        "saved_search_id": make.saved_search("Pains", alice).id,
        "digest_id": make.digest(alice).id,
        "membership_id": Membership.objects.get(user=alice).id,
    }


def fill(route: str, rows: dict[str, object]) -> str:
    filled = []
    for part in route.split("/"):
        if part.startswith("<"):
            name = part.strip("<>").rpartition(":")[2]
            assert name in rows, f"name a row for “{name}” in the fixture `rows`"
            part = str(rows[name])
        filled.append(part)
    return "/".join(filled)


def call(client, method: str, path: str):
    if method in ("get", "head", "delete"):
        return getattr(client, method)(path)
    return getattr(client, method)(path, {}, format="json")


def test_the_walk_finds_the_api():
    assert len(ROUTES) > 30, "the rooms below must be there"
    assert any(isinstance(view, type) and issubclass(view, WorkspaceView) for _, view in ROUTES)


@pytest.mark.parametrize(("route", "method"), CALLS)
def test_strangers_find_nothing_and_the_unknown_must_sign_in(
    route, method, rows, url, client_for, charlie
):
    path = url(fill(route, rows))
    assert call(client_for(charlie), method, path).status_code == 404
    assert call(client_for(None), method, path).status_code == 401


@pytest.mark.parametrize(("route", "method"), [c for c in CALLS if "<" in c.values[0]])
def test_rows_of_another_workspace_are_missing_here(
    route, method, rows, client_for, charlie, other_workspace
):
    nothing = {name: uuid4() if name != "word_id" else 99 for name in rows}
    front = f"/api/workspaces/{other_workspace.id}"
    theirs = call(client_for(charlie), method, f"{front}/{fill(route, rows)}")
    missing = call(client_for(charlie), method, f"{front}/{fill(route, nothing)}")
    # An empty body may be refused before the row is looked for: then alike for both.
    assert theirs.status_code in (404, 400)
    assert (theirs.status_code, theirs.content) == (missing.status_code, missing.content)


@pytest.mark.parametrize(
    ("route", "method"), [c for c in CALLS if c.values[1] not in ("get", "head")]
)
def test_viewers_change_nothing_and_product_managers_only_insights(
    route, method, rows, url, client_for, bob, paul
):
    path = url(fill(route, rows))
    if route in EVERYONE_MAY_WRITE:
        return
    assert call(client_for(bob), method, path).status_code == 403
    if not route.startswith(PRODUCT_MAY_WRITE):
        assert call(client_for(paul), method, path).status_code == 403
    assert studies.Session.objects.filter(deleted_at__isnull=True).count() == 1


def test_ids_that_do_not_exist_are_missing(url, client_for, alice, rows):
    nothing = {name: uuid4() if name != "word_id" else 99 for name in rows}
    for route, view in ROUTES:
        if "<" in route and hasattr(view, "get"):
            assert client_for(alice).get(url(fill(route, nothing))).status_code == 404, route
