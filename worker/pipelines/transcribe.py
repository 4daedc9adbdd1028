"""Job transcribe: speech is found and cut into parts, which any worker recognises, and made text.

The first part of a long recording is recognised before the rest of it is listened to.

Each step is saved: a worker that claims the job again goes on with what is missing. While parts are
open the job is left to whoever takes them; the end of the last one brings it back here.
"""

import numpy as np
from django.db import transaction
from django.db.models import QuerySet

from backend.jobs.models import Job, JobState, Part
from backend.jobs.services import add_parts, open_parts, plan_parts, report_progress
from backend.sources.glossary import glossary_prompt
from backend.sources.models import MediaFile, Transcript, TranscriptState
from backend.sources.services import begin_transcript, complete_transcript
from backend.sources.services.media import enqueue_find_speakers
from backend.tagging.services import switch_version
from worker.ledger import JobFailedError, JobHandle
from worker.media import SPEECH_RATE_HZ
from worker.pipelines.prepare_media import get_media
from worker.pipelines.saving import save_ended_parts
from worker.pipelines.sound import open_sound
from worker.pipelines.speech_engine import load_engine
from worker.scratch import hand_on_scratch, remove_scratch
from worker.speech import planning
from worker.speech.engine import SpeechEngine
from worker.speech.planning import PartPlan, Plan
from worker.speech.recognise import detect_language

NO_SPEECH = "No speech was found in this recording."
RETRY_PARTS = (
    "Everything else is in the transcript. Retry from here: only what is missing is tried again."
)
RETRY_ALL = "Try again. If it fails again, ask the operator: the worker's log says more."
_MOST_NAMED = 5
# An option of the job: only its first part has been planned.
_HAS_REST = "has_rest"


def run_transcribe(handle: JobHandle) -> None:
    """Take the next step: plan parts, leave open ones to the workers, or finish."""
    media = get_media(handle.job)
    transcript = _planned_transcript(handle.job)
    if transcript is None or not Part.objects.filter(job=handle.job).exists():
        _plan(handle, media)
    elif open_parts(handle.job).exists():
        _go_on(handle, media, transcript)
    elif handle.job.options.get(_HAS_REST):
        _plan_rest(handle, media, transcript)
    else:
        _finish(handle, transcript)
    if not handle.is_handed_over:
        remove_scratch(handle.job)


def _planned_transcript(job: Job) -> Transcript | None:
    planned = Transcript.objects.filter(id=job.options.get("transcript_id"))
    return planned.select_related("source__session", "source__media").first()


def _plan(handle: JobHandle, media: MediaFile) -> None:
    job = handle.job
    samples = _open(handle, media)
    handle.report("loading the model")
    engine, notice = load_engine(job)
    language = _language(job, media, engine)
    # Which language is spoken is told by the whole of it.
    beginning = planning.plan_beginning(samples) if language else None
    plan = beginning or _listen(handle, samples)
    language = language or detect_language(
        samples, [window for part in plan.parts for window in part.windows], engine
    )
    facts = engine.facts()
    with handle.hand_over() if plan.parts else handle.finish(NO_SPEECH):
        transcript = begin_transcript(
            source=media.source,
            engine=facts.engine,
            model=facts.model,
            language=language,
            is_draft=facts.is_draft,
            notice=notice,
            duration_ms=len(samples) * 1000 // SPEECH_RATE_HZ,
            speech=plan.speech,
            user=job.created_by,
        )
        if plan.parts:
            _save_plan(job, transcript, plan, has_rest=beginning is not None)
        else:
            _complete(job, transcript, notice=NO_SPEECH)


def _plan_rest(handle: JobHandle, media: MediaFile, transcript: Transcript) -> None:
    """The first part is over: the other ones."""
    job = handle.job
    plan = _listen(handle, _open(handle, media))
    job.options = {name: value for name, value in job.options.items() if name != _HAS_REST}
    if len(plan.parts) == 1:
        _finish(handle, transcript)
        return
    with handle.hand_over():
        Transcript.objects.filter(id=transcript.id).update(
            speech=[list(stretch) for stretch in plan.speech]
        )
        Job.objects.filter(id=job.id).update(options=job.options)
        add_parts(_rows(job, plan)[1:])
        _report_parts(job)


def _open(handle: JobHandle, media: MediaFile) -> np.ndarray:
    return open_sound(
        handle.job,
        media,
        on_progress=lambda done, total: handle.report(
            "decoding", done=done, total=total, unit="ms"
        ),
    )


def _listen(handle: JobHandle, samples: np.ndarray) -> Plan:
    return planning.plan_parts(
        samples,
        on_progress=lambda done, total: handle.report(
            "detecting speech", done=done, total=total, unit="ms"
        ),
    )


def _language(job: Job, media: MediaFile, engine: SpeechEngine) -> str:
    """The language that was asked for; empty: it is to be detected."""
    return (
        engine.facts().language
        or job.options.get("language")
        or media.source.session.language
        or ""
    )


def _save_plan(job: Job, transcript: Transcript, plan: Plan, *, has_rest: bool) -> None:
    # A retry must tell the recogniser the same, whatever the glossary holds by then.
    prompt = glossary_prompt(transcript.source.session.study)
    job.options |= {
        "transcript_id": str(transcript.id),
        "prompt": prompt,
        _HAS_REST: has_rest,
    }
    Job.objects.filter(id=job.id).update(options=job.options)
    plan_parts(job=job, parts=_rows(job, plan))
    _report_parts(job, total_ms=transcript.duration_ms if has_rest else None)


def _rows(job: Job, plan: Plan) -> list[Part]:
    return [_row(job, index, part) for index, part in enumerate(plan.parts)]


def _row(job: Job, index: int, part: PartPlan) -> Part:
    return Part(
        workspace_id=job.workspace_id,
        job=job,
        index=index,
        start_ms=part.start_ms,
        end_ms=part.end_ms,
        content=part.to_content(),
    )


def _report_parts(job: Job, *, total_ms: int | None = None) -> None:
    """`total_ms` is for when it is not known yet how much speech there is."""
    parts = list(Part.objects.filter(job=job).values_list("state", "content__speech_ms"))
    report_progress(
        job,
        stage="recognising",
        done=sum(speech_ms for state, speech_ms in parts if state == JobState.SUCCEEDED),
        total=total_ms or sum(speech_ms for _, speech_ms in parts),
        unit="ms",
    )


def _go_on(handle: JobHandle, media: MediaFile, transcript: Transcript) -> None:
    """Leave the open parts to the workers; begin anew if there is another model meanwhile."""
    handle.report("loading the model")
    engine, _ = load_engine(handle.job)
    facts = engine.facts()
    if (facts.engine, facts.model) != (transcript.engine, transcript.model):
        _plan(handle, media)
        return
    with handle.hand_over():
        _report_parts(handle.job)


def _finish(handle: JobHandle, transcript: Transcript) -> None:
    job = handle.job
    failed = Part.objects.filter(job=job, state=JobState.FAILED)
    if not Part.objects.filter(job=job).exclude(state=JobState.FAILED).exists():
        raise JobFailedError(_first_reason(failed), remedy=RETRY_ALL)
    if failed.exists():
        # The stage stays the one that failed.
        ending, notice = handle.fail(_describe(failed), remedy=RETRY_PARTS), ""
    else:
        handle.report("saving")
        notice = "" if transcript.word_count else NO_SPEECH
        ending = handle.finish(notice)
    with ending:
        # A part that was given up by a sweep has left no gap yet.
        save_ended_parts(job)
        _complete(job, transcript, notice=notice)


def _complete(job: Job, transcript: Transcript, *, notice: str) -> None:
    """All text is there. It is put in use, unless what is in use is better."""
    complete_transcript(transcript=transcript, notice=notice)
    if _is_better(job, transcript):
        switch_version(transcript=transcript)
    if transcript.is_current and transcript.word_count and _has_voices_to_tell(job, transcript):
        finding = enqueue_find_speakers(
            source=transcript.source,
            expected_speakers=job.options.get("expected_speakers"),
            user=job.created_by,
        )
        transaction.on_commit(lambda: hand_on_scratch(job, finding))


def _has_voices_to_tell(job: Job, transcript: Transcript) -> bool:
    """Unless it was not wanted, or is certain because each person has a channel."""
    is_certain = transcript.source.media.is_channel_per_person
    return job.options.get("find_speakers", True) and not is_certain


def _is_better(job: Job, transcript: Transcript) -> bool:
    """A version without text or with gaps, or a draft, replaces no complete one of a real model.

    Nor does any replace a later one: somebody imported that while this one was recognised.
    """
    current = Transcript.objects.filter(source=transcript.source_id, is_current=True).first()
    if current is None or current.state != TranscriptState.COMPLETE or not current.word_count:
        return True
    if current.version > transcript.version:
        return False
    has_gaps = Part.objects.filter(job=job, state=JobState.FAILED).exists()
    is_downgrade = transcript.is_draft and not current.is_draft
    return bool(transcript.word_count) and not has_gaps and not is_downgrade


def _first_reason(failed: QuerySet[Part]) -> str:
    return failed.values_list("error_message", flat=True)[0]


def _describe(failed: QuerySet[Part]) -> str:
    stretches = [f"{_clock(part.start_ms)}–{_clock(part.end_ms)}" for part in failed]
    named = ", ".join(stretches[:_MOST_NAMED])
    more = f" and {len(stretches) - _MOST_NAMED} more" if len(stretches) > _MOST_NAMED else ""
    return f"Some of this recording could not be recognised: {named}{more}. {_first_reason(failed)}"


def _clock(time_ms: int) -> str:
    hours, seconds = divmod(time_ms // 1000, 3600)
    return f"{hours}:{seconds // 60:02}:{seconds % 60:02}"
