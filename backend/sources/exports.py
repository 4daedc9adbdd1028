"""A transcript's rows as the bytes of a file."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass

from backend.common.errors import ConflictError
from backend.sources.anchoring import Word, text_of
from backend.sources.captions import (
    Cue,
    CueWord,
    join_turns,
    write_docx,
    write_json,
    write_srt,
    write_txt,
    write_vtt,
)
from backend.sources.file_names import download_name
from backend.sources.models import Speaker, Transcript
from backend.sources.selectors import segments_of

EXPORT_FORMATS = ["vtt", "srt", "txt", "docx", "json"]
_NEED_TIMES = ("vtt", "srt")


@dataclass(frozen=True)
class Export:
    """A file to hand out."""

    name: str
    content: bytes


def export_transcript(transcript: Transcript, *, format: str) -> Export:
    """Write what the transcript says now; people appear by code name or label.

    Three queries. Raises ConflictError where the format needs times and there are none.
    """
    title = transcript.source.session.title
    cues = cues_of(transcript)
    if format in _NEED_TIMES and all(cue.start_ms is None for cue in cues):
        raise ConflictError(
            "This transcript has no times, and captions can't do without.",
            remedy="Choose TXT, DOCX or JSON.",
        )
    writers: dict[str, Callable[[], bytes]] = {
        "vtt": lambda: write_vtt(cues, language=transcript.language),
        "srt": lambda: write_srt(cues),
        "txt": lambda: write_txt(join_turns(cues)),
        "docx": lambda: write_docx(join_turns(cues), title=title),
        "json": lambda: write_json(cues, language=transcript.language),
    }
    name = download_name(title, of="transcript", extension=f".{format}")
    return Export(name, writers[format]())


def cues_of(transcript: Transcript) -> list[Cue]:
    """A cue for each segment that has words."""
    speakers = Speaker.objects.filter(source=transcript.source_id).select_related("participant")
    names = {speaker.id: _name_of(speaker) for speaker in speakers}
    return [
        Cue(
            segment["start_ms"],
            segment["end_ms"],
            names.get(segment["speaker_id"], ""),
            text_of(segment["words"]),
            _words_of(segment["words"]),
        )
        for segment in segments_of(transcript)
        if segment["words"]
    ]


def _name_of(speaker: Speaker) -> str:
    return speaker.participant.code_name if speaker.participant else speaker.label


def _words_of(words: Sequence[Word]) -> tuple[CueWord, ...]:
    return tuple(CueWord(text, *rest) for _, text, *rest in words)
