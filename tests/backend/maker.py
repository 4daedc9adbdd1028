"""Makes rows of every kind, with defaults, in one workspace."""

from datetime import timedelta
from typing import Any
from uuid import uuid4

from django.conf import settings
from django.utils import timezone

from backend.accounts.models import User
from backend.discovery.models import (
    Asking,
    Digest,
    OpenQuestion,
    SavedSearch,
    SynonymGroup,
)
from backend.jobs.models import Job
from backend.memos.folding import fold_text
from backend.memos.models import Memo, Mention
from backend.personas.models import Persona
from backend.sharing.models import Reel, ReelItem
from backend.sources.models import (
    GlossaryTerm,
    ImportedFile,
    Segment,
    Source,
    SourceKind,
    Speaker,
    Transcript,
    Upload,
)
from backend.studies.models import Participant, Session, Study
from backend.synthesis.models import Claim, Evidence, Insight
from backend.tagging.models import Change, Excerpt, Placing, Review, Tag
from backend.workspaces.models import Workspace


class Maker:
    """Plain make_… functions with defaults, in one workspace."""

    def __init__(self, workspace: Workspace) -> None:
        self.workspace = workspace
        self.count = 0

    def _number(self) -> int:
        self.count += 1
        return self.count

    def study(self, **values: Any) -> Study:
        values.setdefault("title", f"Study {self._number()}")
        return Study.objects.create(workspace=self.workspace, **values)

    def participant(self, code_name: str = "", **values: Any) -> Participant:
        values.setdefault("real_name", "Greta Garbo")
        return Participant.objects.create(
            workspace=self.workspace, code_name=code_name or f"P{self._number():02}", **values
        )

    def session(self, *, participants: list[Participant] | None = None, **values: Any) -> Session:
        if "study" not in values:
            values["study"] = self.study()
        values.setdefault("kind", "interview")
        values.setdefault("title", f"Session {self._number()}")
        session = Session.objects.create(workspace=self.workspace, **values)
        session.participants.set(participants or [])
        return session

    def source(self, *, session: Session | None = None, **values: Any) -> Source:
        values.setdefault("kind", SourceKind.RECORDING)
        values.setdefault("name", "interview.ogg")
        return Source.objects.create(
            workspace=self.workspace, session=session or self.session(), **values
        )

    def transcript(
        self,
        *,
        turns: list[tuple[str, str]] | None = None,
        words: str = "I waited six weeks for a visit",
        session: Session | None = None,
        source: Source | None = None,
        has_audio: bool = True,
        step: int = 1,
        **values: Any,
    ) -> Transcript:
        """A complete transcript: one segment a turn, a word each 400 ms, ids from `step` upwards.

        By default there is no room between words, as in transcripts of long ago.

        `turns` are (speaker label, text). The label is linked to the participant of that code
        name; a label "moderator" is one. Unknown labels make participants.
        """
        source = source or self.source(session=session)
        turns = turns or [("P01", words)]
        values.setdefault("state", "complete")
        values.setdefault("engine", "whisper")
        values.setdefault("model", "base")
        values.setdefault("language", "en")
        transcript = Transcript.objects.create(workspace=self.workspace, source=source, **values)
        word_id, clock, word_count = step, 0, 0
        for label, text in turns:
            position = word_id
            rows = []
            for word in text.split():
                times = (clock, clock + 350) if has_audio else (None, None)
                rows.append([word_id, word, *times, 0.9 if has_audio else None])
                word_id, clock, word_count = word_id + step, clock + 400, word_count + 1
            if not rows:
                word_id += step  # A turn without words still has a place of its own.
            Segment.objects.create(
                workspace=self.workspace,
                transcript=transcript,
                position=position,
                speaker=self.speaker(source, label),
                start_ms=rows[0][2] if rows else None,
                end_ms=rows[-1][3] if rows else None,
                words=rows,
            )
        transcript.next_word_id, transcript.word_count = word_id, word_count
        transcript.duration_ms = transcript.transcribed_ms = clock
        transcript.save()
        return transcript

    def speaker(self, source: Source, label: str) -> Speaker:
        known = Speaker.objects.filter(source=source, label=label).first()
        if known:
            return known
        if label == "moderator":
            return Speaker.objects.create(
                workspace=self.workspace, source=source, label=label, role="moderator"
            )
        person = Participant.objects.filter(
            workspace=self.workspace, code_name=label
        ).first() or self.participant(label)
        source.session.participants.add(person)
        return Speaker.objects.create(
            workspace=self.workspace, source=source, label=label, participant=person
        )

    def excerpt(
        self,
        transcript: Transcript | None = None,
        first: int = 1,
        last: int | None = None,
        **values: Any,
    ) -> Excerpt:
        """An excerpt over the words `first`..`last` (ids, inclusive; default: all)."""
        transcript = transcript or self.transcript()
        last = last or transcript.next_word_id - 1
        segments = list(transcript.segments.select_related("speaker__participant"))
        rows = [(s, w) for s in segments for w in s.words if first <= w[0] <= last]
        speaker = rows[0][0].speaker
        values.setdefault("participant", speaker.participant if speaker else None)
        return Excerpt.objects.create(
            workspace=self.workspace,
            session=transcript.source.session,
            source=transcript.source,
            transcript=transcript,
            speaker=speaker,
            word_ids=[w[0] for _, w in rows],
            text=" ".join(w[1] for _, w in rows),
            start_ms=rows[0][1][2],
            end_ms=rows[-1][1][3],
            position=first,
            **values,
        )

    def term(self, text: str, **values: Any) -> GlossaryTerm:
        return GlossaryTerm.objects.create(workspace=self.workspace, text=text, **values)

    def change(self, session: Session, **values: Any) -> Change:
        """A change in the history, of no rows."""
        values.setdefault("summary", "Marked “six weeks”")
        values.setdefault("number", self._number())
        return Change.objects.create(
            workspace=self.workspace, session=session, verb="excerpt.create", **values
        )

    def review(self, excerpt: Excerpt, **values: Any) -> Review:
        """Of an excerpt that could not be carried to the version in use."""
        values.setdefault("outcome", "uncertain")
        return Review.objects.create(
            workspace=self.workspace,
            excerpt=excerpt,
            transcript=excerpt.transcript,
            old_transcript=excerpt.transcript,
            old_text=excerpt.text,
            **values,
        )

    def persona(self, **values: Any) -> Persona:
        values.setdefault("name", f"Persona {self._number()}")
        return Persona.objects.create(workspace=self.workspace, **values)

    def placing(self, excerpt: Excerpt | None = None, **values: Any) -> Placing:
        values.setdefault("quadrant", "pain")
        return Placing.objects.create(
            workspace=self.workspace, excerpt=excerpt or self.excerpt(), **values
        )

    def tag(self, name: str = "", **values: Any) -> Tag:
        return Tag.objects.create(
            workspace=self.workspace, name=name or f"Tag {self._number()}", **values
        )

    def upload(self, session: Session | None = None, **values: Any) -> Upload:
        values.setdefault("file_name", "interview.wav")
        values.setdefault("size_bytes", 1000)
        return Upload.objects.create(
            workspace=self.workspace, session=session or self.session(), **values
        )

    def imported_file(
        self, transcript: Transcript | None = None, content: bytes = b"Hi.", **values: Any
    ) -> ImportedFile:
        """A file in the media folder, beside the source of the transcript."""
        source = values.pop("source", None) or (transcript or self.transcript()).source
        values.setdefault("name", "meeting.vtt")
        path = f"{self.workspace.id}/{source.id}/imported-{self._number()}.vtt"
        (settings.MEDIA_DIR / path).parent.mkdir(parents=True, exist_ok=True)
        (settings.MEDIA_DIR / path).write_bytes(content)
        return ImportedFile.objects.create(
            workspace=self.workspace,
            source=source,
            transcript=transcript,
            original_path=path,
            size_bytes=len(content),
            **values,
        )

    def job(self, **values: Any) -> Job:
        values.setdefault("kind", "transcribe")
        values.setdefault("target_id", uuid4())
        return Job.objects.create(workspace=self.workspace, **values)

    def open_question(self, words: str, user: User) -> OpenQuestion:
        """That this user asked once."""
        question = OpenQuestion.objects.create(
            workspace=self.workspace, key=words.casefold(), words=words
        )
        Asking.objects.create(
            workspace=self.workspace, question=question, user=user, last_asked_at=timezone.now()
        )
        return question

    def synonyms(self, *words: str) -> SynonymGroup:
        return SynonymGroup.objects.create(workspace=self.workspace, words=list(words))

    def saved_search(self, name: str, user: User, **question: Any) -> SavedSearch:
        return SavedSearch.objects.create(
            workspace=self.workspace,
            user=user,
            name=name,
            question=question,
            last_seen_at=timezone.now(),
        )

    def digest(self, user: User, **values: Any) -> Digest:
        """Of the week that ends now, with nothing in it."""
        now = timezone.now()
        values.setdefault("week", now.date())
        values.setdefault("since", now - timedelta(days=7))
        return Digest.objects.create(
            workspace=self.workspace, user=user, until=now, people_total=0, has_news=True, **values
        )

    def memo(self, subject: Any = None, *, mentions: Any = (), **values: Any) -> Memo:
        """A memo on a row, such as an excerpt (default: one of its own), mentioning these users."""
        subject = subject or self.excerpt()
        kind = type(subject).__name__.lower()
        values.setdefault("text", f"Memo {self._number()}")
        if kind in ("session", "excerpt"):
            values.setdefault("session", subject if kind == "session" else subject.session)
        memo = Memo.objects.create(
            workspace=self.workspace,
            subject_kind=kind,
            subject_id=subject.id,
            folded_text=fold_text(values["text"]),
            **values,
        )
        for user in mentions:
            Mention.objects.create(workspace=self.workspace, memo=memo, user=user)
        return memo

    def reel(self, title: str, *excerpts: Excerpt, **values: Any) -> Reel:
        """A reel of these excerpts, in this order."""
        reel = Reel.objects.create(workspace=self.workspace, title=title, **values)
        for position, excerpt in enumerate(excerpts):
            ReelItem.objects.create(
                workspace=self.workspace, reel=reel, excerpt=excerpt, position=position
            )
        return reel

    def insight(
        self, excerpt: Excerpt, persona: Persona, **values: Any
    ) -> tuple[Insight, Evidence, Claim]:
        """An insight on this excerpt, linked to this persona, and a claim of the persona."""
        values.setdefault("statement", f"Insight {self._number()}")
        insight = Insight.objects.create(workspace=self.workspace, **values)
        insight.personas.add(persona)
        evidence = Evidence.objects.create(
            workspace=self.workspace, insight=insight, excerpt=excerpt
        )
        claim = Claim.objects.create(
            workspace=self.workspace, persona=persona, section="goals", text="Be seen soon."
        )
        return insight, evidence, claim
