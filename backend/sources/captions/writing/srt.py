"""Writing SubRip (SRT) with “Name:” in front of what is said. Pure."""

from collections.abc import Iterable

from backend.sources.captions.cues import Cue, tidy, tidy_name
from backend.sources.captions.timing import format_time
from backend.sources.captions.writing.spans import timed
from backend.sources.captions.writing.txt import has_mostly_names


def write_srt(cues: Iterable[Cue]) -> bytes:
    """UTF-8; names that stand before few cues get “>>”, so that readers take them for names."""
    spans = list(timed(cues))
    front = "" if has_mostly_names([cue for _, _, cue in spans]) else ">> "
    blocks, speaker = [], ""
    for number, (start_ms, end_ms, cue) in enumerate(spans, start=1):
        times = f"{format_time(start_ms, point=',')} --> {format_time(end_ms, point=',')}"
        blocks.append(f"{number}\n{times}\n{_payload(cue, front, speaker)}\n")
        speaker = cue.speaker
    return "\n".join(blocks).encode()


def _payload(cue: Cue, front: str, speaker_before: str) -> str:
    # SRT knows no escape: an arrow in the text would make times of it.
    text, name = tidy(cue.text).replace("-->", "→"), tidy_name(cue.speaker)
    if name:
        return f"{front}{name}: {text}"
    # Without this, readers would go on with the speaker before.
    return f">> {text}" if speaker_before else text
