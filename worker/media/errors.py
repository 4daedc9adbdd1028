"""What can be wrong with a recording, in words for the person who uploaded it."""


class MediaError(Exception):
    """`message` says what happened and `remedy` what to do; `detail` is for logs only."""

    kind = "media"
    message = "This recording could not be prepared. The file you uploaded was kept."
    remedy = "Try again; if it fails again, convert the recording to WAV or MP3 and upload that."

    def __init__(
        self, *, message: str | None = None, remedy: str | None = None, detail: str = ""
    ) -> None:
        self.message = message or type(self).message
        self.remedy = remedy or type(self).remedy
        self.detail = detail
        super().__init__(f"{self.message} {self.remedy}")


class EmptyFileError(MediaError):
    """The file has no bytes."""

    kind = "empty"
    message = "This file is empty (0 bytes), so there is nothing to listen to."
    remedy = "Check the recording on the device it was made with and upload it again."


class NotMediaError(MediaError):
    """The file is no recording, or one in a format that is not accepted."""

    kind = "not_media"
    message = "This file is not a recording that Earshot can read, whatever its name says."
    remedy = "Upload WAV, MP3, M4A, MP4, MOV, OGG, FLAC or WebM; recorders can export one of these."


class NoAudioError(MediaError):
    """A video without a sound track."""

    kind = "no_audio"
    message = "This video has no sound track, so there is nothing to hear or transcribe."
    remedy = "Upload the version with sound, or the audio that was recorded beside it."


class TruncatedMediaError(MediaError):
    """A recording of which too little is left to use."""

    kind = "truncated"
    message = (
        "This recording is cut short or damaged, so that it can't be played. "
        "The file you uploaded was kept."
    )
    remedy = (
        "Copy it from the device once more and upload it again. If the recorder stopped "
        "without finishing the file, a repair program may save it."
    )


class ImpossibleSoundError(MediaError):
    """The header gives the sound a rate or a number of channels that no recorder writes."""

    kind = "impossible"
    message = (
        "What this file says about its own sound can't be right: its sample rate or its number "
        "of channels is outside of what recorders write. The file you uploaded was kept."
    )
    remedy = "Open it in an audio editor, check how it sounds, and upload it exported as WAV."


class MediaLimitError(MediaError):
    """The recording needs more time, memory or room than one recording may have."""

    kind = "limit"
    message = (
        "This recording is longer or larger than one recording may be, so preparing it was "
        "stopped. The file you uploaded was kept."
    )
    remedy = "Upload it in parts, one by one, or ask the operator to raise the limit."


class MediaStorageError(MediaError):
    """There is no room left to write what is made from the recording."""

    kind = "storage"
    message = (
        "The disk is full, so this recording could not be prepared. The file you uploaded was kept."
    )
    remedy = "Ask the operator to make room, then try again."


class MediaCrashError(MediaError):
    """The process that read the recording ended without an answer."""

    kind = "crash"
    message = (
        "Reading this recording failed in a way Earshot does not know. "
        "The file you uploaded was kept."
    )


_BY_KIND: dict[str, type[MediaError]] = {
    error.kind: error
    for error in (
        EmptyFileError,
        NotMediaError,
        NoAudioError,
        TruncatedMediaError,
        ImpossibleSoundError,
        MediaLimitError,
        MediaStorageError,
        MediaCrashError,
    )
}


def error_of_kind(kind: str, *, detail: str) -> MediaError:
    """The error a confined process named; an unknown name is a crash."""
    return _BY_KIND.get(kind, MediaCrashError)(detail=detail)
