"""A part of job transcribe: a few windows of the recording are recognised."""

from time import monotonic

from backend.sources.models import Transcript
from worker.ledger import JobFailedError, PartHandle, PartResult
from worker.pipelines.prepare_media import get_media
from worker.pipelines.sound import open_sound
from worker.pipelines.speech_engine import load_engine
from worker.speech.engine import SpeechEngine
from worker.speech.plain import to_plain
from worker.speech.planning import PartPlan
from worker.speech.recognise import recognise_part


def run_recognise_part(handle: PartHandle) -> PartResult:
    """What is said in the part, and how long it took to find out."""
    job = handle.job
    media = get_media(job)
    transcript = get_transcript(handle)
    samples = open_sound(job, media, on_progress=lambda done, total: handle.check())
    engine, _ = load_engine(job)
    _require_same(engine, transcript)
    plan = PartPlan.from_content(handle.part.content)
    started_at = monotonic()
    utterances = recognise_part(
        samples,
        plan,
        engine,
        transcript.language,
        prompt=job.options.get("prompt", ""),
        check=handle.check,
    )
    content = {"segments": to_plain(utterances), "seconds": monotonic() - started_at}
    return PartResult(content, plan.speech_ms)


def get_transcript(handle: PartHandle) -> Transcript:
    """The transcript that the part belongs to. Raises JobFailedError if it is gone."""
    found = Transcript.objects.filter(id=handle.job.options.get("transcript_id")).first()
    if found is None:
        raise JobFailedError(
            "The transcript has been deleted meanwhile.", remedy="Transcribe the recording again."
        )
    return found


def _require_same(engine: SpeechEngine, transcript: Transcript) -> None:
    """A transcript by two models would be another one whenever other workers did the parts."""
    facts = engine.facts()
    if (facts.engine, facts.model) != (transcript.engine, transcript.model):
        raise JobFailedError(
            f"This transcript was begun with the model “{transcript.model}”; a worker had only "
            f"“{facts.model}”.",
            remedy="Give every worker the same model, then retry.",
        )
