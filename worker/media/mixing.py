"""Mixes the many channels that FFmpeg has no rule for; runs inside a confined process only."""

import av

from worker.media.opening import RefusedMediaError

MOST_RULED_CHANNELS = 8


def with_ruled_channels(frame: av.AudioFrame) -> av.AudioFrame:
    """The frame itself, or the mean of its channels if they are too many to have places."""
    channels = frame.layout.nb_channels
    if channels <= MOST_RULED_CHANNELS:
        return frame
    if frame.format.is_planar:
        # PyAV reads past the end of a list of eight planes.
        raise RefusedMediaError("impossible", f"{channels} channels in planes")
    sound = frame.to_ndarray()
    mean = sound.reshape(-1, channels).mean(axis=1).astype(sound.dtype)
    mixed = av.AudioFrame.from_ndarray(mean.reshape(1, -1), format=frame.format.name, layout="mono")
    mixed.sample_rate = frame.sample_rate
    return mixed
