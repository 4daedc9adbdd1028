"""Somebody takes back their consent: what they said can be read nowhere, until they agree again."""

import pytest

from tests.backend.tagging.withdrawal.crawling import crawl

pytestmark = pytest.mark.django_db

# Where P01 is read while they agree: without these the crawl would prove nothing.
READ_IN = {
    "excerpts", "excerpts/<uuid:excerpt_id>", "transcripts/<uuid:transcript_id>",
    "transcripts/<uuid:transcript_id>/compare", "transcripts/<uuid:transcript_id>/export",
    "sessions/<uuid:session_id>/changes", "changes", "reviews", "memos", "memos/export",
    "mentions", "insights/<uuid:insight_id>", "personas/<uuid:persona_id>",
    "personas/<uuid:persona_id>/map", "reels/<uuid:reel_id>", "search", "search/export.csv",
    "digests/latest", "digests/<uuid:digest_id>", "imported-files/<uuid:imported_file_id>/original",
    "sources/<uuid:source_id>/notes", "excerpts/<uuid:excerpt_id>/similar",
    "sessions/<uuid:session_id>/transcript",
}  # fmt: skip


def test_what_somebody_said_who_withdrew_is_read_nowhere_and_comes_back(team, client_for):
    rita, alice, paul = (client_for(team.users[name]) for name in ("rita", "alice", "paul"))
    before = crawl(team, rita)
    assert {address.partition("?")[0] for address in before} >= READ_IN
    team.consent("withdrawn")
    for client in (rita, alice, paul):
        assert crawl(team, client) == set()
    team.consent("given")
    assert crawl(team, rita) ^ before == set()
