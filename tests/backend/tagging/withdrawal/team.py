"""A workspace in which everything was done that can be done with what somebody said."""

from typing import Any

from backend.discovery.models import DigestSearch
from backend.discovery.services import apply_changes
from backend.sources.models import (
    Segment,
    Transcript,
)
from backend.synthesis.models import Claim, ClaimEvidence
from backend.tagging.models import Excerpt

MARKER = "zanzibar"
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
