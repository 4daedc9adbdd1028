"""What can be done with the codebook and the evidence."""

from backend.tagging.services.codebook import (
    CodebookLockedError,
    lock,
    may_change_codebook,
    refuse_locked,
    tell_apart,
)
from backend.tagging.services.consent import update_participant
from backend.tagging.services.corrections import (
    correct_word,
    rederive_excerpts,
    update_speaker,
)
from backend.tagging.services.excerpts import (
    create_excerpt,
    delete_excerpt,
    restore_excerpt,
    set_excerpt_tags,
    update_excerpt,
)
from backend.tagging.services.field_notes import (
    Notes,
    NotesEdit,
    create_notes,
    edit_notes,
    read_notes,
)
from backend.tagging.services.listening import (
    ListenFirstError,
    mark_heard,
    refuse_unheard,
    unmark_heard,
)
from backend.tagging.services.placings import (
    PlacingDraft,
    create_placing,
    delete_placing,
    update_placing,
)
from backend.tagging.services.reviews import (
    accept_review,
    accept_reworded,
    keep_review,
    reopen_review,
)
from backend.tagging.services.speaker_changes import (
    SpeakerEdit,
    assign_speaker,
    merge_speakers,
)
from backend.tagging.services.tag_merging import MergePreview, merge_tags, preview_merge
from backend.tagging.services.tags import (
    create_tag,
    delete_tag,
    move_tag,
    restore_tag,
    update_tag,
)
from backend.tagging.services.text_changes import (
    FoundMatch,
    Replaced,
    preview_replacement,
    replace_words,
)
from backend.tagging.services.text_editing import (
    TextEdit,
    edit_text,
    join_segments,
    move_boundary,
    split_segment,
)
from backend.tagging.services.versions import CarrySummary, switch_version

__all__ = [
    "CarrySummary",
    "CodebookLockedError",
    "FoundMatch",
    "ListenFirstError",
    "MergePreview",
    "Notes",
    "NotesEdit",
    "PlacingDraft",
    "Replaced",
    "SpeakerEdit",
    "TextEdit",
    "accept_review",
    "accept_reworded",
    "assign_speaker",
    "correct_word",
    "create_excerpt",
    "create_notes",
    "create_placing",
    "create_tag",
    "delete_excerpt",
    "delete_placing",
    "delete_tag",
    "edit_notes",
    "edit_text",
    "join_segments",
    "keep_review",
    "lock",
    "mark_heard",
    "may_change_codebook",
    "merge_speakers",
    "merge_tags",
    "move_boundary",
    "move_tag",
    "preview_merge",
    "preview_replacement",
    "read_notes",
    "rederive_excerpts",
    "refuse_locked",
    "refuse_unheard",
    "reopen_review",
    "replace_words",
    "restore_excerpt",
    "restore_tag",
    "set_excerpt_tags",
    "split_segment",
    "switch_version",
    "tell_apart",
    "unmark_heard",
    "update_excerpt",
    "update_participant",
    "update_placing",
    "update_speaker",
    "update_tag",
]
