"""Made-up sessions to read: `python -m bench.workbench.corpus` fills the database and prints ids.

Each has a recording of silence, its transcript and excerpts, five of which lie over each other
wherever there are any. The same every time.
"""

import json
import os
import random
import struct
from pathlib import Path
from typing import Any

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "backend.config.settings")

import django

django.setup()

from django.db import transaction  # noqa: E402  (models must be loaded first)

from backend.sources.models import (  # noqa: E402
    MediaFile,
    Segment,
    Source,
    Speaker,
    Transcript,
)
from backend.sources.storage import absolute, relative, source_folder  # noqa: E402
from backend.studies.models import Participant, Session, Study  # noqa: E402
from backend.tagging.models import (  # noqa: E402
    ASPECTS,
    Excerpt,
    Placing,
    Quadrant,
    Tag,
    Tagging,
)
from backend.workspaces.models import Workspace  # noqa: E402
from tests.segments import make_talk  # noqa: E402

SIZES = (1_000, 10_000, 30_000)
WORDS_AN_EXCERPT = 60
DEPTH = 5
VOICES = 4
PEAKS_A_SECOND = 10
SOUND_HZ = 8000
SEED = 11


class Talk:
    """One session of so many words, and what hangs on it."""

    def __init__(self, study: Study, tags: list[Tag], word_count: int) -> None:
        self.study, self.workspace, self.tags = study, study.workspace, tags
        self.random = random.Random(SEED)
        self.segments = make_talk(word_count)
        self.words = [word for segment in self.segments for word in segment]
        self.session = Session.objects.create(
            workspace=self.workspace, study=study, kind="focus_group", title=f"{word_count} words"
        )
        self.source = Source.objects.create(
            workspace=self.workspace, session=self.session, kind="recording", name="talk.ogg"
        )
        self.people = [self._person(number) for number in range(1, VOICES + 1)]

    def fill(self) -> str:
        """Make the rows, and return the session's id."""
        self._recording()
        transcript = self._transcript()
        self._excerpts(transcript)
        return str(self.session.id)

    def _person(self, number: int) -> Speaker:
        person, _ = Participant.objects.get_or_create(
            workspace=self.workspace, code_name=f"P{number:02}"
        )
        self.session.participants.add(person)
        return Speaker.objects.create(
            workspace=self.workspace,
            source=self.source,
            label=person.code_name,
            participant=person,
        )

    def _recording(self) -> None:
        folder = source_folder(workspace_id=self.workspace.id, source_id=self.source.id)
        media = MediaFile.objects.create(
            workspace=self.workspace,
            source=self.source,
            original_path=relative(folder / "original.ogg"),
            playback_path=relative(folder / "playback.ogg"),
            peaks_path=relative(folder / "peaks.json"),
            size_bytes=1,
            duration_ms=self.words[-1][3],
            container="ogg",
        )
        count = self.words[-1][3] * PEAKS_A_SECOND // 1000
        peaks = {
            "version": 1,
            "samples_per_second": PEAKS_A_SECOND,
            "length": count,
            "peaks": [self.random.randint(5, 90) for _ in range(count)],
        }
        folder.mkdir(parents=True)
        absolute(media.peaks_path).write_text(json.dumps(peaks))
        write_silence(absolute(media.playback_path), duration_ms=self.words[-1][3])

    def _transcript(self) -> Transcript:
        transcript = Transcript.objects.create(
            workspace=self.workspace,
            source=self.source,
            state="complete",
            engine="bench",
            word_count=len(self.words),
            next_word_id=self.words[-1][0] + 16,
            duration_ms=self.words[-1][3],
            transcribed_ms=self.words[-1][3],
            speech=[[words[0][2], words[-1][3]] for words in self.segments],
        )
        Segment.objects.bulk_create(
            Segment(
                workspace=self.workspace,
                transcript=transcript,
                position=words[0][0],
                speaker=speaker,
                start_ms=words[0][2],
                end_ms=words[-1][3],
                words=words,
            )
            for words, speaker in zip(self.segments, self._voices(), strict=True)
        )
        return transcript

    def _voices(self) -> list[Speaker]:
        """Turns of one to six segments."""
        voices: list[Speaker] = []
        while len(voices) < len(self.segments):
            others = [one for one in self.people if not voices or one is not voices[-1]]
            voices += [self.random.choice(others)] * self.random.randint(1, 6)
        return voices[: len(self.segments)]

    def _excerpts(self, transcript: Transcript) -> None:
        count = max(DEPTH, len(self.words) // WORDS_AN_EXCERPT)
        rows = [self._excerpt(transcript, *place) for place in self._places(count)]
        excerpts = Excerpt.objects.bulk_create(rows)
        Placing.objects.bulk_create(self._placing(excerpt) for excerpt in excerpts)
        Tagging.objects.bulk_create(
            Tagging(workspace=self.workspace, excerpt=excerpt, tag=tag)
            for excerpt in excerpts
            for tag in self.random.sample(self.tags, self.random.choice([0, 1, 1, 2]))
        )

    def _places(self, count: int) -> list[tuple[int, int]]:
        """Heaps of excerpts that all hold one word, as (first, last) indices of words."""
        heaps = -(-count // DEPTH)
        step = len(self.words) // heaps
        middles = [step // 2 + step * heap for heap in range(heaps)]
        places = [
            (middle - self.random.randint(1, 25), middle + self.random.randint(1, 25))
            for middle in middles
            for _ in range(DEPTH)
        ]
        return places[:count]

    def _excerpt(self, transcript: Transcript, first: int, last: int) -> Excerpt:
        words = self.words[max(0, first) : last + 1]
        return Excerpt(
            workspace=self.workspace,
            session=self.session,
            source=self.source,
            transcript=transcript,
            speaker=self.people[0],
            participant=self.people[0].participant,
            word_ids=[word[0] for word in words],
            text=" ".join(word[1] for word in words),
            start_ms=words[0][2],
            end_ms=words[-1][3],
            position=words[0][0],
        )

    def _placing(self, excerpt: Excerpt) -> Placing:
        quadrant = self.random.choice(list(Quadrant))
        aspect = self.random.choice(ASPECTS[quadrant])
        values: dict[str, Any] = {"quadrant": quadrant, "aspect": aspect}
        return Placing(workspace=self.workspace, excerpt=excerpt, **values)


def write_silence(path: Path, *, duration_ms: int) -> None:
    """A WAV file of 16 bits a sample that takes no room on most disks, however long it is."""
    size_bytes = duration_ms * SOUND_HZ // 1000 * 2
    form = (16, 1, 1, SOUND_HZ, SOUND_HZ * 2, 2, 16)
    with path.open("wb") as file:
        file.write(struct.pack("<4sI4s", b"RIFF", 36 + size_bytes, b"WAVE"))
        file.write(struct.pack("<4sIHHIIHH", b"fmt ", *form))
        file.write(struct.pack("<4sI", b"data", size_bytes))
        file.truncate(44 + size_bytes)


@transaction.atomic
def main() -> None:
    workspace = Workspace.objects.get()
    study = Study.objects.create(workspace=workspace, title="Made-up talk")
    tags = [
        Tag.objects.create(workspace=workspace, name=f"Tag {number}", position=number)
        for number in range(20)
    ]
    made = {size: Talk(study, tags, size).fill() for size in SIZES}
    print(json.dumps({"workspace": str(workspace.id), "sessions": made}))


if __name__ == "__main__":
    main()
