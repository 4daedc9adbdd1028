"""Writing sources: what the API and the worker's pipelines call."""

from backend.sources.services.glossary import add_term, delete_term
from backend.sources.services.imports import note_what_was_read, notice_of, save_import
from backend.sources.services.media import request_transcription, save_prepared_media
from backend.sources.services.speakers import (
    create_speaker,
    get_default_speaker,
    update_speaker,
)
from backend.sources.services.texts import add_notes, add_text
from backend.sources.services.transcripts import (
    Gap,
    append_gap,
    append_segments,
    begin_transcript,
    complete_transcript,
    fill_gap,
)
from backend.sources.services.uploads import (
    arrived_bytes,
    create_upload,
    delete_upload,
    receive_part,
)
from backend.sources.services.words import (
    keep_numbers_ahead,
    retire_words,
    retired_between,
    room_of,
)

__all__ = [
    "Gap",
    "add_notes",
    "add_term",
    "add_text",
    "append_gap",
    "append_segments",
    "arrived_bytes",
    "begin_transcript",
    "complete_transcript",
    "create_speaker",
    "create_upload",
    "delete_term",
    "delete_upload",
    "fill_gap",
    "get_default_speaker",
    "keep_numbers_ahead",
    "note_what_was_read",
    "notice_of",
    "receive_part",
    "request_transcription",
    "retire_words",
    "retired_between",
    "room_of",
    "save_import",
    "save_prepared_media",
    "update_speaker",
]
