"""Transcripts in files: reading and writing captions and documents. No Django, no database."""

from backend.sources.captions.cues import Captions, Cue, CueWord, Skipped
from backend.sources.captions.reading import FORMATS, read_captions
from backend.sources.captions.splitting import split_long
from backend.sources.captions.timing import fill_times, words_of
from backend.sources.captions.writing.docx import write_docx
from backend.sources.captions.writing.srt import write_srt
from backend.sources.captions.writing.turns import join_turns
from backend.sources.captions.writing.txt import write_txt
from backend.sources.captions.writing.vtt import write_vtt
from backend.sources.captions.writing.whisper_json import write_json

__all__ = [
    "FORMATS",
    "Captions",
    "Cue",
    "CueWord",
    "Skipped",
    "fill_times",
    "join_turns",
    "read_captions",
    "split_long",
    "words_of",
    "write_docx",
    "write_json",
    "write_srt",
    "write_txt",
    "write_vtt",
]
