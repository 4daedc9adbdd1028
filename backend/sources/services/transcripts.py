"""Writing transcripts while they are recognised: begin, append, leave and fill gaps, complete."""

from collections.abc import Iterable, Sequence
from typing import Any, Protocol, TypedDict

from django.db import transaction
from django.db.models import Max

from backend.jobs.models import SubjectKind
from backend.jobs.services import record_change
from backend.sources.anchoring import WORD_ID_STEP, number_words, time_range_of
from backend.sources.models import Doubt, Segment, Source, Speaker, Transcript, TranscriptState
from backend.sources.services.speakers import get_channel_speaker, get_default_speaker


class SpokenWord(Protocol):
    """A recognised word; times count from the start of the recording."""

    @property
    def text(self) -> str: ...
    @property
    def start_ms(self) -> int: ...
    @property
    def end_ms(self) -> int: ...
    @property
    def probability(self) -> float | None: ...


class SpokenSegment(Protocol):
    """A recognised stretch of speech. The worker's Utterance has this shape."""

    @property
    def start_ms(self) -> int: ...
    @property
    def end_ms(self) -> int: ...
    @property
    def words(self) -> Sequence[SpokenWord]: ...
    @property
    def avg_logprob(self) -> float | None: ...
    @property
    def no_speech_prob(self) -> float | None: ...
    @property
    def compression_ratio(self) -> float | None: ...
    @property
    def doubt(self) -> str: ...
    @property
    def channel(self) -> int | None: ...


class Gap(TypedDict):
    """Room that was left in a transcript for a stretch that could not be recognised yet."""

    first_word_id: int
    last_word_id: int


# More than can be said in a window of 30 s.
WINDOW_WORDS = 1_000


@transaction.atomic
def begin_transcript(
    *,
    source: Source,
    engine: str,
    model: str,
    language: str,
    is_draft: bool,
    notice: str,
    duration_ms: int | None,
    speech: Sequence[Sequence[int]] = (),
    user: Any = None,
) -> Transcript:
    """Make the next version of the source's transcript, in progress and without text.

    It is current at once if there is nothing to read in an earlier one. Otherwise tagging puts it
    in use once it is complete, and carries over what hangs on the other.
    """
    Source.objects.select_for_update(no_key=True).get(id=source.id)
    versions = Transcript.objects.filter(source=source)
    latest = versions.aggregate(latest=Max("version"))["latest"] or 0
    versions.filter(
        is_current=True, state=TranscriptState.IN_PROGRESS, segments__isnull=True
    ).update(is_current=False)
    return Transcript.objects.create(
        workspace_id=source.workspace_id,
        source=source,
        version=latest + 1,
        is_current=not versions.filter(is_current=True).exists(),
        state=TranscriptState.IN_PROGRESS,
        engine=engine,
        model=model,
        language=language,
        is_draft=is_draft,
        notice=notice,
        duration_ms=duration_ms,
        speech=[list(stretch) for stretch in speech],
        created_by=user,
    )


@transaction.atomic
def append_segments(
    *, transcript: Transcript, segments: Iterable[SpokenSegment], transcribed_ms: int
) -> Transcript:
    """Save the next text, in reading order, and how far recognition has got with it.

    Words get their ids here; segments without words are left out. Who speaks is known where each
    person has a channel, and a suggestion otherwise. `transcript` itself is brought up to date.
    Calling it twice appends twice: hold the work's fence in the same transaction.
    """
    _lock(transcript)
    rows = _make_segments(transcript, segments, next_word_id=transcript.next_word_id)
    if rows:
        transcript.next_word_id = rows[-1].words[-1][0] + 1
    _add_rows(transcript, rows)
    transcript.transcribed_ms = max(transcript.transcribed_ms, transcribed_ms)
    transcript.save()
    return transcript


@transaction.atomic
def append_gap(*, transcript: Transcript, start_ms: int, end_ms: int, window_count: int) -> Gap:
    """Mark that nothing could be recognised here, and leave room for what may come later.

    `transcript` itself is brought up to date. Calling it twice leaves two gaps.
    """
    _lock(transcript)
    first_word_id = transcript.next_word_id
    room = window_count * WINDOW_WORDS * WORD_ID_STEP
    gap = Gap(first_word_id=first_word_id, last_word_id=first_word_id + room - 1)
    Segment.objects.create(
        workspace_id=transcript.workspace_id,
        transcript=transcript,
        position=first_word_id,
        start_ms=start_ms,
        end_ms=end_ms,
        doubt=Doubt.GAP,
    )
    transcript.next_word_id = gap["last_word_id"] + 1
    transcript.transcribed_ms = max(transcript.transcribed_ms, end_ms)
    transcript.save()
    return gap


@transaction.atomic
def fill_gap(*, transcript: Transcript, gap: Gap, segments: Iterable[SpokenSegment]) -> Transcript:
    """Put text where there was a gap; no other word changes its id.

    Raises ValueError if there is more text than room, which no recogniser can make.
    """
    _lock(transcript)
    segments = list(segments)
    room = gap["last_word_id"] - gap["first_word_id"] + 1
    step = min(WORD_ID_STEP, room // max(1, sum(len(segment.words) for segment in segments)))
    if not step:
        raise ValueError("There is more text than room was left for it.")
    rows = _make_segments(transcript, segments, next_word_id=gap["first_word_id"], step=step)
    # Gaps of before there was room between words stand anywhere behind the word before them.
    gaps = transcript.segments.filter(doubt=Doubt.GAP, position__lte=gap["last_word_id"])
    if gap_row := gaps.order_by("-position").first():
        gap_row.delete()
    _add_rows(transcript, rows)
    transcript.save()
    return transcript


@transaction.atomic
def complete_transcript(
    *, transcript: Transcript, seconds_taken: float | None = None, notice: str = ""
) -> Transcript:
    """All text is there. `notice` is added to what the transcript says of itself already.

    Without `seconds_taken`, what was counted as the text came in stays.
    `transcript` itself is brought up to date. Idempotent.
    """
    # Before the transcript, as whoever changes its text does; its version may be put in use next.
    Source.objects.select_for_update(no_key=True).get(id=transcript.source_id)
    transcript.refresh_from_db(from_queryset=Transcript.objects.select_for_update(no_key=True))
    transcript.state = TranscriptState.COMPLETE
    if seconds_taken is not None:
        transcript.seconds_taken = seconds_taken
    if transcript.duration_ms is not None:
        transcript.transcribed_ms = transcript.duration_ms
    _add_notice(transcript, notice)
    transcript.save()
    record_change(
        workspace_id=transcript.workspace_id,
        subject_kind=SubjectKind.TRANSCRIPT,
        subject_ids=[transcript.id],
    )
    return transcript


def _lock(transcript: Transcript) -> None:
    transcript.refresh_from_db(from_queryset=Transcript.objects.select_for_update(no_key=True))


def _make_segments(
    transcript: Transcript,
    segments: Iterable[SpokenSegment],
    *,
    next_word_id: int,
    step: int = WORD_ID_STEP,
) -> list[Segment]:
    rows: list[Segment] = []
    speakers: dict[int | None, Speaker] = {}
    for segment in segments:
        row = _make_segment(transcript, segment, next_word_id=next_word_id, step=step)
        if not row.words:
            continue
        if segment.channel not in speakers:
            speakers[segment.channel] = _speaker_of(transcript.source, segment.channel)
        row.speaker = speakers[segment.channel]
        row.position = row.words[0][0]
        next_word_id = row.words[-1][0] + 1
        rows.append(row)
    return rows


def _make_segment(
    transcript: Transcript, segment: SpokenSegment, *, next_word_id: int, step: int
) -> Segment:
    spoken = ((word.text, word.start_ms, word.end_ms, word.probability) for word in segment.words)
    words = number_words(spoken, next_word_id=next_word_id, step=step)
    start_ms, end_ms = time_range_of(words)
    return Segment(
        workspace_id=transcript.workspace_id,
        transcript=transcript,
        start_ms=segment.start_ms if start_ms is None else min(segment.start_ms, start_ms),
        end_ms=segment.end_ms if end_ms is None else max(segment.end_ms, end_ms),
        words=words,
        is_speaker_suggested=segment.channel is None,
        doubt=segment.doubt,
        avg_logprob=segment.avg_logprob,
        no_speech_prob=segment.no_speech_prob,
        compression_ratio=segment.compression_ratio,
    )


def _speaker_of(source: Source, channel: int | None) -> Speaker:
    if channel is None:
        return get_default_speaker(source=source)
    return get_channel_speaker(source=source, channel=channel)


def _add_rows(transcript: Transcript, rows: list[Segment]) -> None:
    Segment.objects.bulk_create(rows)
    transcript.word_count += sum(len(row.words) for row in rows)


def _add_notice(transcript: Transcript, notice: str) -> None:
    if notice and notice not in transcript.notice:
        transcript.notice = f"{transcript.notice} {notice}".strip()
