"""What an excerpt keeps beside its word ids: text, times, speaker and participant."""

from collections.abc import Iterable, Sequence
from uuid import UUID

from backend.common.errors import InvalidInputError
from backend.sources.anchoring import (
    ReversedRunError,
    Run,
    UnknownWordError,
    take_run,
)
from backend.sources.models import Segment, Source, Speaker, SpeakerRole, Transcript
from backend.sources.withdrawal import refuse_withheld
from backend.tagging.models import Excerpt

MAXIMUM_WORDS = 1000


def lock_source(source_id: UUID) -> Source:
    """One change at a time in a recording. Whoever locks rows of its text locks this first: then
    no two of them can wait for each other. Without the key: rows that refer to a recording can be
    saved meanwhile, and whoever saves them waits for nothing.
    """
    return Source.objects.select_for_update(no_key=True).get(id=source_id)


def lock_segments(
    transcript: Transcript, *, first_word_id: int, last_word_id: int
) -> list[Segment]:
    """The segments that hold these words, in reading order, locked until the caller commits.

    Relies on positions being ids of words, so that a three-hour transcript is not read whole.
    """
    lock_source(transcript.source_id)
    begun = transcript.segments.filter(position__lte=first_word_id).order_by("-position")
    first_position = begun.values_list("position", flat=True).first() or 0
    return list(
        transcript.segments.select_for_update(of=("self",))
        .select_related("speaker__participant")
        .filter(position__gte=first_position, position__lte=last_word_id)
        .order_by("position")
    )


def take_new_run(
    transcript: Transcript, *, first_word_id: int, last_word_id: int
) -> tuple[Run, list[Segment]]:
    """The run somebody marked, and its segments.

    Raises InvalidInputError, and WithheldError where somebody is heard who withdrew.
    """
    segments = lock_segments(transcript, first_word_id=first_word_id, last_word_id=last_word_id)
    refuse_withheld(segments)
    try:
        run = take_run(segments, first_word_id=first_word_id, last_word_id=last_word_id)
    except (UnknownWordError, ReversedRunError) as error:
        raise InvalidInputError(
            "Those words can't be marked: the transcript does not hold them in this order.",
            remedy="Reload the transcript and select the words again.",
            fields={"first_word_id": [str(error)]},
        ) from error
    if len(run.word_ids) > MAXIMUM_WORDS:
        raise InvalidInputError(
            f"An excerpt holds at most {MAXIMUM_WORDS} words; this one has {len(run.word_ids)}.",
            remedy="Mark the part that matters.",
            fields={"last_word_id": ["Too far from the first word."]},
        )
    return run, segments


def apply_snapshot(excerpt: Excerpt, run: Run, speakers: Iterable[Speaker]) -> None:
    """Set what follows from the run on the excerpt, without saving."""
    speaker = choose_speaker(run.words_by_speaker, list(speakers))
    is_participant = speaker is not None and speaker.role == SpeakerRole.PARTICIPANT
    excerpt.word_ids = run.word_ids
    excerpt.is_doubtful = run.is_doubtful
    if run.is_doubtful and run.text != excerpt.text:
        # What was heard, or said to be right, was said of other words.
        forget_heard(excerpt)
    excerpt.text = run.text
    excerpt.start_ms = run.start_ms
    excerpt.end_ms = run.end_ms
    excerpt.position = run.word_ids[0]
    excerpt.speaker_id = speaker.id if speaker else None
    excerpt.participant_id = speaker.participant_id if speaker and is_participant else None


def forget_heard(excerpt: Excerpt) -> None:
    """Nobody has heard it as it is now. Without saving."""
    excerpt.heard_at, excerpt.heard_by, excerpt.heard_how = None, None, ""


def choose_speaker(
    words_by_speaker: dict[UUID | None, int], speakers: Sequence[Speaker]
) -> Speaker | None:
    """The participant with most of the words; without any participant, whoever has most.

    A moderator's "mhm" or question inside an answer never takes the answer away. Of two with
    equally many words, the one heard first.
    """
    known = {speaker.id: speaker for speaker in speakers}
    heard = [known[speaker_id] for speaker_id in words_by_speaker if speaker_id in known]
    participants = [speaker for speaker in heard if speaker.role == SpeakerRole.PARTICIPANT]
    return max(
        participants or heard, key=lambda speaker: words_by_speaker[speaker.id], default=None
    )


def speakers_of(segments: Iterable[Segment]) -> list[Speaker]:
    """The speakers of these segments (select_related), those that are named."""
    return [segment.speaker for segment in segments if segment.speaker is not None]


HEARD_FIELDS = ["heard_at", "heard_by", "heard_how"]

SNAPSHOT_FIELDS = [
    "word_ids",
    "text",
    "start_ms",
    "end_ms",
    "position",
    "speaker",
    "participant",
    "is_doubtful",
    *HEARD_FIELDS,
]
