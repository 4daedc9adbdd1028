"""A synthetic workspace, the same every time: `python -m bench.corpus` fills the database.

100,000 excerpts of about 25 words from 200 sessions in 20 studies; 500 participants, 60 tags, ten
personas, of which the first has 20,000 placings; 200 insights. Every excerpt holds a word of its
own ("mark12345"), so that one can be searched for.
"""

import os
import random
from collections.abc import Iterator
from datetime import date, timedelta
from itertools import accumulate

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "backend.config.settings")

import django

django.setup()

from django.db import transaction  # noqa: E402  (models must be loaded first)
from django.db.models import Model  # noqa: E402

from backend.personas.models import Persona, PersonaParticipant  # noqa: E402
from backend.sources.models import Source, Speaker, Transcript  # noqa: E402
from backend.studies.models import Participant, Session, SessionKind, Study  # noqa: E402
from backend.synthesis.models import Evidence, Insight  # noqa: E402
from backend.tagging.models import ASPECTS, Excerpt, Placing, Quadrant, Tag, Tagging  # noqa: E402
from backend.workspaces.models import Workspace  # noqa: E402

SEED = 20261122
EXCERPTS = 100_000
STUDIES, SESSIONS, PEOPLE, TAGS, PERSONAS, INSIGHTS = 20, 200, 500, 60, 10, 200
PLACINGS_OF_FIRST_PERSONA = 20_000
VOCABULARY = 20_000
BATCH = 5_000
TALK = """
    the I a to and we they it was for on in my with that this not have had when but so then
    reminder waiting visit doctor phone calendar appointment cancel message app sister minutes
    hold desk slot booking morning week late early wrong day paper fridge call ring answer
"""
SYLLABLES = "ba be bi bo da de di do fa fe ga go ka ke ki la le li lo ma me mi mo na ne no"


class Corpus:
    """Makes the rows in the order in which they need each other."""

    def __init__(self, workspace: Workspace) -> None:
        self.workspace = workspace
        self.random = random.Random(SEED)
        talk = TALK.split()
        self.words = talk + [self._invent_word() for _ in range(VOCABULARY - len(talk))]
        # Like speech: the most frequent words are said all the time, most words hardly ever.
        self.weights = list(accumulate(1 / (rank + 3) for rank in range(len(self.words))))

    def fill(self) -> None:
        studies = self._save(
            Study(workspace=self.workspace, title=f"Study {number}") for number in range(STUDIES)
        )
        people = self._save(self._participants())
        tags = self._save(
            Tag(workspace=self.workspace, name=f"Tag {number}", position=number)
            for number in range(TAGS)
        )
        personas = self._save(
            Persona(workspace=self.workspace, name=f"Persona {number}")
            for number in range(PERSONAS)
        )
        self._save(
            PersonaParticipant(
                workspace=self.workspace, persona=personas[index % PERSONAS], participant=person
            )
            for index, person in enumerate(people)
        )
        transcripts = self._make_transcripts(studies)
        excerpts = self._save(self._excerpts(transcripts, people))
        self._save(self._taggings(excerpts, tags))
        self._save(self._placings(excerpts, personas))
        insights = self._save(
            Insight(workspace=self.workspace, statement=self._say(12)) for _ in range(INSIGHTS)
        )
        self._save(
            Evidence(workspace=self.workspace, insight=insight, excerpt=excerpt)
            for insight in insights
            for excerpt in self.random.sample(excerpts, 8)
        )

    def _save(self, rows: Iterator[Model]) -> list:
        rows = list(rows)
        return type(rows[0]).objects.bulk_create(rows, batch_size=BATCH)

    def _invent_word(self) -> str:
        return "".join(self.random.choices(SYLLABLES.split(), k=self.random.randint(2, 5)))

    def _say(self, count: int) -> str:
        return " ".join(self.random.choices(self.words, cum_weights=self.weights, k=count))

    def _participants(self) -> Iterator[Participant]:
        for number in range(PEOPLE):
            yield Participant(
                workspace=self.workspace,
                code_name=f"P{number:03}",
                attributes={
                    "books_by": self.random.choice(["phone", "app", "desk"]),
                    "age_group": self.random.choice(["20s", "30s", "40s", "50s", "60s"]),
                },
            )

    def _make_transcripts(self, studies: list[Study]) -> list[Transcript]:
        kinds = list(SessionKind)
        sessions = self._save(
            Session(
                workspace=self.workspace,
                study=studies[number % STUDIES],
                kind=kinds[number % len(kinds)],
                title=f"Session {number}",
                held_on=date(2026, 1, 1) + timedelta(days=number),
            )
            for number in range(SESSIONS)
        )
        sources = self._save(
            Source(workspace=self.workspace, session=session, kind="recording", name="talk.ogg")
            for session in sessions
        )
        self._save(
            Speaker(workspace=self.workspace, source=source, label="Speaker 1")
            for source in sources
        )
        return self._save(
            Transcript(workspace=self.workspace, source=source, state="complete", engine="bench")
            for source in sources
        )

    def _excerpts(
        self, transcripts: list[Transcript], people: list[Participant]
    ) -> Iterator[Excerpt]:
        for number in range(EXCERPTS):
            transcript = transcripts[number % SESSIONS]
            count = self.random.randint(15, 35)
            start_ms = number // SESSIONS * 10_000
            yield Excerpt(
                workspace=self.workspace,
                session=transcript.source.session,
                source=transcript.source,
                transcript=transcript,
                participant=people[(number * 7) % PEOPLE],
                word_ids=[number * 40 + offset for offset in range(count)],
                text=f"{self._say(count)} mark{number}",
                start_ms=start_ms,
                end_ms=start_ms + 8_000,
                position=number // SESSIONS,
                is_key_quote=self.random.random() < 0.02,
            )

    def _taggings(self, excerpts: list[Excerpt], tags: list[Tag]) -> Iterator[Tagging]:
        for excerpt in excerpts:
            for tag in self.random.sample(tags, self.random.choice([0, 1, 1, 2])):
                yield Tagging(workspace=self.workspace, excerpt=excerpt, tag=tag)

    def _placings(self, excerpts: list[Excerpt], personas: list[Persona]) -> Iterator[Placing]:
        for number, excerpt in enumerate(excerpts[: EXCERPTS * 7 // 10]):
            is_first = number < PLACINGS_OF_FIRST_PERSONA
            quadrant = self.random.choice(list(Quadrant))
            yield Placing(
                workspace=self.workspace,
                excerpt=excerpt,
                persona=personas[0] if is_first else personas[1 + number % (PERSONAS - 1)],
                quadrant=quadrant,
                aspect=self.random.choice(ASPECTS[quadrant]),
                intensity=self.random.randint(-3, 3),
            )


def main() -> None:
    with transaction.atomic():
        Corpus(Workspace.objects.get()).fill()


if __name__ == "__main__":
    main()
