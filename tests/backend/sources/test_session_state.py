"""Where a session stands, as a table."""

import pytest

from backend.sources.session_state import SourceProgress, derive_state

PREPARE, TRANSCRIBE = "prepare_media", "transcribe"
IMPORT, SPEAKERS = "import_transcript", "find_speakers"


def source(*jobs: tuple[str, str], complete: bool = False) -> SourceProgress:
    return SourceProgress(is_transcript_complete=complete, jobs=list(jobs))


@pytest.mark.parametrize(
    ("uploading", "sources", "state"),
    [
        (False, [], "empty"),
        (True, [], "uploading"),
        (True, [source(complete=True)], "uploading"),
        (False, [source((PREPARE, "queued"))], "waiting"),
        (False, [source((PREPARE, "running"))], "preparing"),
        (False, [source((PREPARE, "failed"))], "failed"),
        (False, [source((PREPARE, "cancelled"))], "failed"),
        (False, [source((PREPARE, "failed"), (PREPARE, "queued"))], "waiting"),
        (False, [source((PREPARE, "succeeded"), (TRANSCRIBE, "queued"))], "waiting"),
        (False, [source((PREPARE, "succeeded"), (TRANSCRIBE, "running"))], "transcribing"),
        (False, [source((PREPARE, "succeeded"), (TRANSCRIBE, "failed"))], "failed"),
        (False, [source((TRANSCRIBE, "succeeded"), complete=True)], "ready"),
        # A transcript from elsewhere is text on its way, too.
        (False, [source((IMPORT, "queued"))], "waiting"),
        (False, [source((IMPORT, "running"))], "transcribing"),
        (False, [source((IMPORT, "failed"))], "failed"),
        # Telling speakers apart goes on behind a transcript that can be read.
        (False, [source((SPEAKERS, "running"), complete=True)], "ready"),
        (False, [source((SPEAKERS, "failed"), complete=True)], "ready"),
        # Text has no jobs.
        (False, [source(complete=True)], "ready"),
        # Transcribing again: shown while it runs, no loss when it fails.
        (False, [source((TRANSCRIBE, "running"), complete=True)], "transcribing"),
        (False, [source((TRANSCRIBE, "failed"), complete=True)], "ready"),
        # Several recordings: the one that still needs somebody decides.
        (False, [source(complete=True), source((PREPARE, "failed"))], "failed"),
        (False, [source((PREPARE, "running")), source((PREPARE, "failed"))], "preparing"),
        (False, [source((PREPARE, "queued")), source((TRANSCRIBE, "running"))], "transcribing"),
    ],
)
def test_the_state_is_read_off_what_a_session_holds(uploading, sources, state):
    assert derive_state(has_unfinished_upload=uploading, sources=sources) == state
