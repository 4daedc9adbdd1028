"""Parts of job transcribe become text, in order, whatever the order in which they end."""

from typing import Any

from django.db.models import F, Q

from backend.jobs.models import ACTIVE_STATES, Job, JobState, Part
from backend.sources.models import Transcript
from backend.sources.services import append_gap, append_segments, fill_gap
from worker.speech.plain import from_plain


def save_ended_parts(job: Job) -> None:
    """Save the text of every part that is done and has no open part before it.

    A part that failed leaves a gap, with room for what a later attempt may hear. Call it in the
    transaction that ends a part, with the job's row locked: then each part is saved once.
    """
    transcript = Transcript.objects.filter(id=job.options.get("transcript_id")).first()
    if transcript is None:
        return
    # Results of parts behind an open one are large, and are left unread.
    waiting = Part.objects.filter(Q(is_saved=False) | Q(result__isnull=False), job=job)
    for part in waiting.order_by("index").defer("result"):
        if part.is_saved:
            _fill(transcript, part)
        elif part.state in ACTIVE_STATES:
            break
        elif part.state == JobState.SUCCEEDED:
            _append(transcript, part)
        else:
            _leave_gap(transcript, part)


def _append(transcript: Transcript, part: Part) -> None:
    append_segments(
        transcript=transcript,
        segments=from_plain(_result(part)["segments"]),
        transcribed_ms=part.end_ms,
    )
    _mark_saved(transcript, part)


def _fill(transcript: Transcript, part: Part) -> None:
    fill_gap(
        transcript=transcript,
        gap=part.content.pop("gap"),
        segments=from_plain(_result(part)["segments"]),
    )
    _mark_saved(transcript, part)


def _leave_gap(transcript: Transcript, part: Part) -> None:
    part.content["gap"] = append_gap(
        transcript=transcript,
        start_ms=part.start_ms,
        end_ms=part.end_ms,
        window_count=len(part.content["windows"]),
    )
    Part.objects.filter(id=part.id).update(is_saved=True, content=part.content)


def _result(part: Part) -> dict[str, Any]:
    assert part.result is not None
    return part.result


def _mark_saved(transcript: Transcript, part: Part) -> None:
    Transcript.objects.filter(id=transcript.id).update(
        seconds_taken=F("seconds_taken") + _result(part)["seconds"]
    )
    Part.objects.filter(id=part.id).update(is_saved=True, content=part.content, result=None)
