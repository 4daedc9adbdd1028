"""Fills the database with as many excerpts as said: `python -m bench.search.corpus 100000`.

Rows are written past the models, a hundred thousand in some seconds; only what search reads is in
them. Two hundred excerpts are probes: each has a word, a tag and a participant of its own, and a
segment, so that it can be placed, edited, merged, withdrawn and deleted.
"""

import json
import os
import sys
from collections.abc import Iterable, Sequence
from datetime import UTC, datetime, timedelta
from typing import Any

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "backend.config.settings")

import django

django.setup()

import numpy as np  # noqa: E402  (models must be loaded first)
from django.db import connection, transaction  # noqa: E402
from django.db.models import Model  # noqa: E402

from backend.personas.models import Persona, PersonaParticipant  # noqa: E402
from backend.sources.models import Segment, Source, Speaker, Transcript  # noqa: E402
from backend.studies.models import Participant, Session, SessionKind, Study  # noqa: E402
from backend.synthesis.models import Evidence, Insight  # noqa: E402
from backend.tagging.models import ASPECTS, Excerpt, Placing, Quadrant, Tag, Tagging  # noqa: E402
from backend.workspaces.models import Workspace  # noqa: E402
from bench.search.speech import SEED, Speech  # noqa: E402
from worker.sweeper import refresh_statistics  # noqa: E402

PROBES = 200
TYPED = 60
BATCH = 20_000
NOW = datetime(2026, 11, 22, tzinfo=UTC)
TEN_YEARS_S = 10 * 365 * 86_400


class Filling:
    """Ten years of a team: more excerpts are more studies, sessions and people."""

    def __init__(self, workspace: Workspace, size: int) -> None:
        self.workspace = workspace
        self.size = size
        self.random = np.random.default_rng(SEED + 1)
        self.speech = Speech()

    def fill(self) -> None:
        self._make_research()
        for start in range(0, self.size, BATCH):
            self._make_excerpts(start, min(BATCH, self.size - start))
        self._make_probes()

    def _make_research(self) -> None:
        studies = max(4, self.size // 5_000)
        self.studies = self._save(self._new(Study, title=f"Study {n}") for n in range(studies))
        kinds = list(SessionKind)
        self.transcripts = self._make_transcripts(
            [
                self._new(
                    Session,
                    study=self.studies[n % studies],
                    kind=kinds[n % len(kinds)],
                    title=f"Session {n}",
                )
                for n in range(max(20, self.size // 400))
            ]
        )
        self.people = self._save(self._person(n) for n in range(max(50, self.size // 200)))
        self.personas = self._save(self._new(Persona, name=f"Persona {n}") for n in range(10))
        self._save(
            self._new(PersonaParticipant, persona=self.personas[n % 10], participant=person)
            for n, person in enumerate(self.people)
        )
        parents = self._save(self._new(Tag, name=f"Theme {n}", position=n) for n in range(20))
        self.tags = parents + self._save(
            self._new(Tag, name=f"Tag {n}", position=n, parent=parents[n % 20]) for n in range(180)
        )

    def _person(self, number: int) -> Participant:
        ages, ways = ["20s", "30s", "40s", "50s", "60s"], ["phone", "app", "desk"]
        attributes = {"age_group": ages[number % 5], "books_by": ways[number % 3]}
        return self._new(Participant, code_name=f"P{number:05}", attributes=attributes)

    def _make_transcripts(self, sessions: list[Session]) -> list[Transcript]:
        sessions = self._save(sessions)
        sources = self._save(
            self._new(Source, session=session, kind="recording", name="talk.ogg")
            for session in sessions
        )
        self.speakers = self._save(
            self._new(Speaker, source=source, label="Speaker 1", role="participant")
            for source in sources
        )
        return self._save(
            self._new(Transcript, source=source, state="complete", engine="bench")
            for source in sources
        )

    def _make_excerpts(self, start: int, count: int) -> None:
        texts = self.speech.texts(count)
        ids = self._ids(count)
        ages_s = self.random.integers(0, TEN_YEARS_S, count).tolist()
        picks = self.random.integers(0, len(self.people), count).tolist()
        keys = (self.random.random(count) < 0.02).tolist()
        rows = []
        for n in range(count):
            place = (start + n) % len(self.transcripts)
            transcript, speaker = self.transcripts[place], self.speakers[place]
            position = 1 + (start + n) // len(self.transcripts) * 128
            moment = NOW - timedelta(seconds=ages_s[n])
            rows.append(
                self._common(ids[n], moment)
                | {
                    "session_id": transcript.source.session_id.hex,
                    "source_id": transcript.source_id.hex,
                    "transcript_id": transcript.id.hex,
                    "speaker_id": speaker.id.hex,
                    "participant_id": self.people[picks[n]].id.hex,
                    "word_ids": f"[{position}, {position + 1}]",
                    "text": texts[n],
                    "start_ms": position * 300,
                    "end_ms": position * 300 + 9_000,
                    "position": position,
                    "is_key_quote": keys[n],
                    "is_doubtful": False,
                    "heard_how": "",
                }
            )
        _insert(Excerpt, rows)
        self._mark(ids)

    def _mark(self, excerpt_ids: list[str]) -> None:
        """Tags on three of four, a place on the map for seven of ten, an insight for a few."""
        count = len(excerpt_ids)
        moment = NOW
        tags = (self.random.random(count) ** 2 * len(self.tags)).astype(int).tolist()
        ids = self._ids(2 * count)
        _insert(
            Tagging,
            [
                self._common(ids[n], moment)
                | {"excerpt_id": excerpt_ids[n], "tag_id": self.tags[tags[n]].id.hex}
                for n in range(0, count)
                if n % 4
            ],
        )
        quadrants = list(Quadrant)
        kinds = self.random.integers(0, len(quadrants), count).tolist()
        strengths = self.random.integers(-3, 4, count).tolist()
        _insert(
            Placing,
            [
                self._common(ids[count + n], moment)
                | {
                    "excerpt_id": excerpt_ids[n],
                    "quadrant": quadrants[kinds[n]].value,
                    "aspect": ASPECTS[quadrants[kinds[n]]][0],
                    "persona_id": self.personas[n % 10].id.hex,
                    "emotion": "",
                    "intensity": strengths[n],
                }
                for n in range(count)
                if n % 10 < 7
            ],
        )
        insights = self._save(
            self._new(Insight, statement=text) for text in self.speech.texts(count // 500)
        )
        self._save(
            self._new(Evidence, insight=insight, excerpt_id=excerpt_ids[n * 400 + k])
            for n, insight in enumerate(insights)
            for k in range(8)
        )

    def _make_probes(self) -> None:
        study = self._save([self._new(Study, title="Probes")])[0]
        [transcript] = self._make_transcripts(
            [self._new(Session, study=study, kind=SessionKind.INTERVIEW, title="Probes")]
        )
        people = self._save(
            self._new(Participant, code_name=f"Probe {n}", attributes={}) for n in range(PROBES)
        )
        tags = self._save(self._new(Tag, name=f"Probe {n}", position=n) for n in range(2 * PROBES))
        excerpts, segments = [], []
        for n, text in enumerate(self.speech.texts(PROBES)):
            words = [f"probe{n:04}", f"edit{n:04}", *text.split()[:20]]
            first = 1 + n * 64
            spoken = [
                [first + k, word, (first + k) * 400, (first + k) * 400 + 350, 0.9]
                for k, word in enumerate(words)
            ]
            segments.append(
                self._new(
                    Segment, transcript=transcript, position=first, words=spoken,
                    speaker=self.speakers[0], start_ms=spoken[0][2], end_ms=spoken[-1][3],
                )
            )  # fmt: skip
            excerpts.append(
                self._new(
                    Excerpt, session=transcript.source.session, source=transcript.source,
                    transcript=transcript, participant=people[n], speaker=self.speakers[0],
                    word_ids=[each[0] for each in spoken], text=" ".join(words), position=first,
                    start_ms=spoken[0][2], end_ms=spoken[-1][3],
                )
            )  # fmt: skip
        self._save(segments)
        self._save(excerpts)
        self._save(
            self._new(Tagging, excerpt=excerpt, tag=tags[n]) for n, excerpt in enumerate(excerpts)
        )

    def _new(self, model: type[Model], **values: Any) -> Any:
        return model(workspace=self.workspace, **values)

    def _save(self, rows: Iterable[Any]) -> list[Any]:
        rows = list(rows)
        return type(rows[0])._default_manager.bulk_create(rows, batch_size=2_000) if rows else []

    def _ids(self, count: int) -> list[str]:
        """Version 4 UUIDs, as hexadecimal digits."""
        digits = self.random.bytes(16 * count).hex()
        found = (digits[n : n + 32] for n in range(0, len(digits), 32))
        return [f"{each[:12]}4{each[13:16]}8{each[17:]}" for each in found]

    def _common(self, row_id: str, moment: datetime) -> dict[str, Any]:
        written = moment.strftime("%Y-%m-%d %H:%M:%S")
        return {
            "id": row_id,
            "workspace_id": self.workspace.id.hex,
            "created_at": written,
            "updated_at": written,
        }


def _insert(model: type[Model], rows: Sequence[dict[str, Any]]) -> None:
    if not rows:
        return
    names = list(rows[0])
    places = ", ".join(["%s"] * len(names))
    statement = f"INSERT INTO {model._meta.db_table} ({', '.join(names)}) VALUES ({places})"
    with connection.cursor() as cursor:
        cursor.executemany(statement, [tuple(row.values()) for row in rows])


def describe_probes() -> list[dict[str, str]]:
    """What the measurement of freshness must know of each probe, in order."""
    found = []
    excerpts = Excerpt.objects.filter(session__title="Probes").order_by("position")
    segments = dict(
        Segment.objects.filter(transcript__source__session__title="Probes").values_list(
            "position", "id"
        )
    )
    spare = list(Tag.objects.filter(name__startswith="Probe ", taggings=None).order_by("position"))
    for excerpt, into in zip(excerpts.prefetch_related("tags"), spare, strict=False):
        [tag] = excerpt.tags.all()
        found.append(
            {
                "excerpt": str(excerpt.id),
                "segment": str(segments[excerpt.position]),
                "word": str(excerpt.word_ids[1]),
                "participant": str(excerpt.participant_id),
                "tag": str(tag.id),
                "into": str(into.id),
            }
        )
    return found


def remembered_texts() -> list[str]:
    """Of a few excerpts, from everywhere."""
    texts = Excerpt.objects.exclude(session__title="Probes").order_by("id")
    return list(texts.values_list("text", flat=True)[:TYPED])


def main() -> None:
    with transaction.atomic():
        Filling(Workspace.objects.get(), int(sys.argv[1])).fill()
    # As a worker does within its first minute: without it, each batch would read every row.
    refresh_statistics()
    print(
        json.dumps(
            {
                "probes": describe_probes(),
                "study": str(Study.objects.get(title="Study 0").id),
                "typed": Speech(SEED + 2).typed(remembered_texts()),
            }
        )
    )


if __name__ == "__main__":
    main()
