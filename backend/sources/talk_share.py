"""How much each speaker of a transcript talks."""

from collections.abc import Iterable
from dataclasses import dataclass
from uuid import UUID

from django.db.models import Func, IntegerField

from backend.sources.models import Doubt, Speaker, Transcript
from backend.sources.selectors import kept_speakers


@dataclass
class SpeakerShare:
    """One speaker's part, of all that is said by anybody (`share`, 0 to 1): by time or, without
    audio, by words. Turns are unbroken runs of segments; pauses between segments don't count.
    """

    speaker: Speaker | None
    speech_ms: int = 0
    word_count: int = 0
    turn_count: int = 0
    longest_turn_ms: int = 0
    share: float = 0.0


class _LengthOfList(Func):
    """How long a JSON list is, without reading it out of the database."""

    function = "JSONB_ARRAY_LENGTH"
    output_field = IntegerField()

    def as_sqlite(self, compiler, connection, **context):
        return self.as_sql(compiler, connection, function="JSON_ARRAY_LENGTH", **context)


def talk_share_of(transcript: Transcript) -> list[SpeakerShare]:
    """Every speaker's share, whoever talks most first; silent ones too. Where two talk at once,
    both do. Stretches that could not be recognised count for nobody. Two queries.
    """
    speakers = kept_speakers().filter(source=transcript.source_id)
    shares: dict[UUID | None, SpeakerShare] = {
        speaker.id: SpeakerShare(speaker)
        for speaker in speakers.select_related("participant").order_by("created_at", "id")
    }
    segments = transcript.segments.exclude(doubt=Doubt.GAP).order_by("position")
    columns = ("speaker_id", "start_ms", "end_ms", _LengthOfList("words"))
    _add_up(shares, segments.values_list(*columns))
    total_ms = sum(share.speech_ms for share in shares.values())
    total_words = sum(share.word_count for share in shares.values())
    for share in shares.values():
        part, whole = (share.speech_ms, total_ms) if total_ms else (share.word_count, total_words)
        share.share = part / whole if whole else 0.0
    return sorted(shares.values(), key=lambda share: -share.share)


def _add_up(
    shares: dict[UUID | None, SpeakerShare],
    rows: Iterable[tuple[UUID | None, int | None, int | None, int]],
) -> None:
    talking: SpeakerShare | None = None
    turn_ms = 0
    for speaker_id, start_ms, end_ms, word_count in rows:
        share = shares.setdefault(speaker_id, SpeakerShare(None))
        if share is not talking:
            talking, turn_ms = share, 0
            share.turn_count += 1
        if start_ms is not None and end_ms is not None:
            turn_ms += end_ms - start_ms
            share.speech_ms += end_ms - start_ms
        share.longest_turn_ms = max(share.longest_turn_ms, turn_ms)
        share.word_count += word_count
