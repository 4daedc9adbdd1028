"""Somebody takes back their consent: what they said can be read nowhere, until they agree again."""

import io
import zipfile
from collections.abc import Iterable, Iterator
from itertools import product
from typing import Any

import pytest
from asgiref.sync import async_to_sync
from django.urls import URLPattern, URLResolver, get_resolver

from backend.discovery.models import DigestSearch
from backend.discovery.services import apply_changes, rebuild_index
from backend.jobs.models import Job
from backend.memos.models import Memo
from backend.sources.models import (
    ImportedFile,
    MediaFile,
    Segment,
    Source,
    Speaker,
    Transcript,
)
from backend.studies.models import Participant, Session
from backend.synthesis.models import Claim, ClaimEvidence, Insight
from backend.tagging.history.concealing import without_quotes
from backend.tagging.models import Change, Excerpt, Placing, Review, Tag

pytestmark = pytest.mark.django_db

MARKER = "zanzibar"
PREFIX = "api/workspaces/<uuid:workspace_id>/"
TURNS = [
    ("moderator", "How long did you wait for the first visit of all"),
    ("P01", "I waited zanzibar weeks for a visit and nobody came to see me"),
    ("P02", "Mine took two days in the end and was fine for the whole family"),
    ("P01", "It was zanzibar twice over and I told them so on the phone"),
    ("P02", "They never told us anything of that kind as far as I know"),
    ("P01", "Then zanzibar again until the very last day of it"),
]


class Team:
    """A workspace in which everything was done that can be done with what P01 said."""

    def __init__(self, make: Any, url: Any, client_for: Any, users: dict[str, Any]) -> None:
        self.make, self.url, self.users = make, url, users
        self.client, self.alice = client_for(users["rita"]), client_for(users["alice"])
        self.quiet = make.participant("P02")
        self.person = make.participant("P01")
        self.session = make.session(kind="focus_group", participants=[self.person, self.quiet])
        self.transcript = make.transcript(session=self.session, turns=TURNS, step=64)
        self.persona, self.tag = make.persona(), make.tag("Waiting")

    def send(self, method: str, path: str, body: Any = None, *, expected: int | None = None) -> Any:
        answer = getattr(self.client, method)(self.url(path), body or {}, format="json")
        if expected is None:
            assert answer.status_code < 400, (path, answer.content)
        else:
            assert answer.status_code == expected, (path, answer.content)
        return answer.json() if answer.content else None

    def turns(self, transcript: Transcript | None = None) -> list[Segment]:
        return list((transcript or self.transcript).segments.order_by("position"))

    def mark(self, turn: int, first: int, last: int, *, end_turn: int | None = None) -> str:
        begin, end = self.turns()[turn], self.turns()[turn if end_turn is None else end_turn]
        body = {
            "transcript_id": self.transcript.id,
            "first_word_id": begin.words[first][0],
            "last_word_id": end.words[last][0],
            "tag_ids": [self.tag.id],
            "placings": [{"quadrant": "pain", "persona_id": self.persona.id}],
        }
        return self.send("post", "excerpts", body)["id"]

    def work(self) -> None:
        self.mark_words()
        self.edit_words()
        self.use_evidence()
        self.transcribe_again()
        self.import_files()

    def mark_words(self) -> None:
        self.excerpt = self.mark(1, 0, 5)
        self.mixed = self.mark(2, 2, 3, end_turn=3)
        self.send("patch", f"excerpts/{self.excerpt}", {"is_key_quote": True})
        last = self.turns()[1].words[7][0]
        self.send("patch", f"excerpts/{self.excerpt}", {"last_word_id": last})
        self.send("put", f"excerpts/{self.excerpt}/heard", {"how": "said"})
        self.send("put", f"excerpts/{self.excerpt}/tags", {"tag_ids": []})
        self.send("delete", f"excerpts/{self.mark(3, 0, 6)}")
        self.send("post", f"sessions/{self.session.id}/undo")
        self.send("delete", f"excerpts/{self.mark(5, 0, 4)}")
        for subject in ({"excerpt_id": self.excerpt}, {"segment_id": str(self.turns()[1].id)}):
            [(kind, subject_id)] = subject.items()
            self.say_as_alice(
                {
                    "subject_kind": kind.removesuffix("_id"),
                    "subject_id": subject_id,
                    "text": "In my own words: too long.",
                    "mentioned_user_ids": [self.users["rita"].id],
                },
            )

    def say_as_alice(self, memo: dict[str, Any]) -> None:
        answer = self.alice.post(self.url("memos"), memo, format="json")
        assert answer.status_code == 201, answer.content

    def edit_words(self) -> None:
        said = self.turns()[3]
        text = " ".join(word[1] for word in said.words)
        body = {"text": text.replace("twice", "thrice"), "expected_text": text}
        self.send("put", f"segments/{said.id}/text", body)
        word_id = self.turns()[5].words[1][0]
        self.send("post", f"segments/{self.turns()[5].id}/words/{word_id}", {"text": "Zanzibar"})
        self.send("post", f"segments/{said.id}/split", {"word_id": said.words[2][0]})
        self.send("post", f"segments/{said.id}/join")
        preview = self.send(
            "post",
            f"transcripts/{self.transcript.id}/replace/preview",
            {"find": "zanzibar", "replace": "Zanzibarian"},
        )
        found = [match["first_word_id"] for match in preview["matches"]]
        self.send(
            "post",
            f"transcripts/{self.transcript.id}/replace",
            {"find": "zanzibar", "replace": "Zanzibarian", "first_word_ids": found},
        )

    def use_evidence(self) -> None:
        insight, _, _ = self.make.insight(Excerpt.objects.get(id=self.excerpt), self.persona)
        self.insight = insight
        claim = Claim.objects.filter(persona=self.persona).first()
        ClaimEvidence.objects.create(
            workspace=self.make.workspace, claim=claim, excerpt_id=self.excerpt
        )
        self.make.reel("Waiting", *Excerpt.objects.filter(deleted_at=None))
        saved = self.make.saved_search("Visits", self.users["rita"], q="weeks")
        digest = self.make.digest(self.users["rita"])
        DigestSearch.objects.create(
            workspace=self.make.workspace,
            digest=digest,
            saved_search=saved,
            excerpts=1,
            people=1,
            newest=[self.excerpt],
        )
        self.make.open_question("weeks", self.users["rita"])

    def transcribe_again(self) -> None:
        turns = [(label, text.replace("weeks", "months")) for label, text in TURNS]
        turns[3] = ("P01", "Zanzibar is something else now entirely so that all is new")
        source = self.transcript.source
        self.again = self.make.transcript(
            source=source, turns=turns, version=2, is_current=False, step=64
        )
        self.send("post", f"transcripts/{self.again.id}/make-current")

    def import_files(self) -> None:
        content = f"P01: {MARKER}".encode()
        self.make.imported_file(self.transcript, content=content)
        other = self.make.session(participants=[self.person])
        source = self.make.source(session=other, kind="text", name="Answers")
        answers = self.make.transcript(
            source=source, has_audio=False, turns=[("P01", f"All of it {MARKER} I said")]
        )
        self.make.imported_file(answers, content=content)

    def consent(self, consent: str) -> None:
        self.send("patch", f"participants/{self.person.id}", {"consent": consent})
        apply_changes(workspace_id=self.make.workspace.id)


@pytest.fixture
def team(make, url, client_for, alice, rita, paul, bob) -> Team:
    users = {"alice": alice, "rita": rita, "paul": paul, "bob": bob}
    team = Team(make, url, client_for, users)
    team.work()
    rebuild_index()
    return team


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


@pytest.fixture
def two_voices(make):
    """Turns of P01, who may withdraw, and of P02."""
    turns = [("P02", "First of all I waited"), ("P01", "zanzibar weeks and months"), ("P02", "Ah")]
    return make.transcript(turns=turns)


@pytest.fixture
def withdraw(client_for, alice, url):
    def change(consent: str = "withdrawn") -> None:
        person = Participant.objects.get(code_name="P01")
        answer = client_for(alice).patch(
            url(f"participants/{person.id}"), {"consent": consent}, format="json"
        )
        assert answer.json()["consent"] == consent

    return change


def test_what_nobody_may_read_nobody_changes_or_gives_to_another(
    client_for, rita, url, two_voices, withdraw
):
    before, theirs, after = two_voices.segments.order_by("position")
    other = before.speaker
    withdraw()
    text = {"text": "x", "expected_text": "zanzibar weeks and months"}
    mark = {"transcript_id": two_voices.id, "first_word_id": 4, "last_word_id": 6}
    assign = {"segment_id": theirs.id, "scope": "segment", "speaker_id": other.id}
    onward = {"segment_id": before.id, "scope": "onward", "speaker_id": other.id}
    rows = list(Segment.objects.values())
    for method, path, body in [
        ("put", f"segments/{theirs.id}/text", text),
        ("put", f"segments/{theirs.id}/text", {"text": "x", "expected_text": ""}),
        ("post", f"segments/{theirs.id}/split", {"word_id": 7}),
        ("post", f"segments/{theirs.id}/join", {}),
        ("post", f"segments/{before.id}/join", {}),
        ("post", f"segments/{after.id}/boundary", {"word_id": 8}),
        ("post", f"segments/{theirs.id}/words/6", {"text": "x"}),
        ("patch", f"segments/{theirs.id}", {"speaker_id": other.id}),
        ("post", f"transcripts/{two_voices.id}/assign-speaker", assign),
        ("post", f"transcripts/{two_voices.id}/assign-speaker", onward),
        ("post", f"speakers/{theirs.speaker_id}/merge", {"into_speaker_id": other.id}),
        ("patch", f"speakers/{theirs.speaker_id}", {"participant_id": None}),
        ("post", "excerpts", mark),
        ("post", f"sources/{two_voices.source_id}/transcribe", {}),
        ("post", f"sources/{two_voices.source_id}/find-speakers", {}),
    ]:
        answer = getattr(client_for(rita), method)(url(path), body, format="json")
        assert answer.status_code == 409, (path, answer.content)
        assert answer.json()["code"] == "withheld"
        assert "P01" in answer.json()["message"]
        assert MARKER not in answer.content.decode()
    assert list(Segment.objects.values()) == rows
    preview = client_for(rita).post(
        url(f"transcripts/{two_voices.id}/replace/preview"),
        {"find": MARKER, "replace": "x"},
        format="json",
    )
    assert preview.json() == {"matches": []}


def test_undo_shows_nobody_what_is_withheld(client_for, rita, url, two_voices, withdraw):
    client = client_for(rita)
    session = two_voices.source.session_id
    theirs = two_voices.segments.get(position=6)
    other = two_voices.segments.get(position=1).speaker_id
    for speaker in (other, theirs.speaker_id):
        body = {"segment_id": theirs.id, "scope": "segment", "speaker_id": speaker}
        client.post(url(f"transcripts/{two_voices.id}/assign-speaker"), body, format="json")
    withdraw()
    refused = client.post(url(f"sessions/{session}/undo"))
    assert refused.status_code == 409
    assert "took back their consent" in refused.json()["message"]
    assert Segment.objects.get(id=theirs.id).speaker_id == theirs.speaker_id
    withdraw("given")
    assert client.post(url(f"sessions/{session}/undo")).status_code == 200


def test_an_excerpt_of_somebody_else_leaves_out_what_they_said(
    make, client_for, rita, url, two_voices, withdraw
):
    excerpt = make.excerpt(two_voices, 1, 7)
    path = url(f"excerpts/{excerpt.id}")
    assert client_for(rita).get(path).json()["text"] == "First of all I waited zanzibar weeks"
    withdraw()
    assert client_for(rita).get(path).json()["text"] == "First of all I waited […]"
    withdraw("given")
    assert client_for(rita).get(path).json()["text"] == "First of all I waited zanzibar weeks"


def test_a_recording_is_played_while_somebody_in_it_agrees(
    make, client_for, rita, url, two_voices, withdraw
):
    source, alone = two_voices.source, make.transcript(turns=[("P01", "zanzibar")]).source
    for each in (source, alone):
        MediaFile.objects.create(
            workspace=make.workspace, source=each, size_bytes=1, original_path="x/original.mp4"
        )
    withdraw()

    def code(path: str) -> str:
        return client_for(rita).get(url(path)).json()["code"]

    assert code(f"sources/{source.id}/media") == "not_found"  # It is not prepared.
    assert code(f"sources/{source.id}/original") == "withheld"
    assert code(f"sources/{alone.id}/media") == "withheld"
    assert code(f"sources/{alone.id}/original") == "withheld"


def test_a_session_offers_no_recording_that_would_be_refused(
    make, client_for, rita, url, two_voices, withdraw
):
    shared, alone = two_voices.source, make.transcript(turns=[("P01", "zanzibar")]).source
    for each in (shared, alone):
        MediaFile.objects.create(
            workspace=make.workspace,
            source=each,
            size_bytes=1,
            original_path="x/original.mp4",
            playback_path="x/playback.m4a",
            peaks_path="x/peaks.json",
        )

    def read(source: Source) -> tuple[list[str], bool, set[str]]:
        session = client_for(rita).get(url(f"sessions/{source.session_id}")).json()
        [told] = [each for each in session["sources"] if each["id"] == str(source.id)]
        media = told["media"]
        files = {"media_url", "peaks_url", "original_url"}
        return told["withdrawn"], told["is_closed"], {name for name in files if media[name]}

    everything = ([], False, {"media_url", "peaks_url", "original_url"})
    assert read(shared) == read(alone) == everything
    withdraw()
    assert read(shared) == (["P01"], False, {"media_url", "peaks_url"})
    assert read(alone) == (["P01"], True, set())
    withdraw("given")
    assert read(shared) == read(alone) == everything


def test_excerpts_that_nobody_is_shown_are_not_counted(
    make, client_for, rita, url, two_voices, withdraw
):
    client = client_for(rita)
    make.excerpt(two_voices, 6, 8)
    make.excerpt(two_voices, 1, 2)
    session, study = two_voices.source.session, two_voices.source.session.study

    def counts() -> tuple[int, int, int]:
        paths = [f"sessions/{session.id}", f"studies/{study.id}"]
        in_session, in_study = (client.get(url(path)).json()["excerpt_count"] for path in paths)
        people = client.get(url(f"participants?study={study.id}")).json()["results"]
        [own] = [person["excerpt_count"] for person in people if person["code_name"] == "P01"]
        return in_session, in_study, own

    before = counts()
    withdraw()
    assert counts() == (before[0] - before[2], before[1] - before[2], 0)
    assert before[2] > 0
    withdraw("given")
    assert counts() == before


@pytest.mark.parametrize(
    ("verb", "summary", "shown"),
    [
        ("excerpt.place", "Placed “so long” in Pains", "Placed […] in Pains"),
        ("excerpt.create", "Marked “he said “no” twice”", "Marked […]"),
        ("excerpt.tag", "Tagged “so long” with “Waiting”", "Tagged […]"),
        ("text.correct", "Corrected “a” to “b, cut o", "Corrected […]"),
        ("text.correct", "Corrected “a, cut o", "Corrected […]"),
        ("text.replace", "“a” replaced by “b”", "Changed […]"),
        ("text.split", "Split a turn of P02 before “so”", "Split a turn of P02 before […]"),
        ("memo.create", "Wrote a memo: “mine”", "Wrote a memo: “mine”"),
        ("speaker.assign", "3 turns given to P02", "3 turns given to P02"),
    ],
)
def test_summaries_lose_their_quotes(verb, summary, shown):
    assert without_quotes(verb, summary) == shown
