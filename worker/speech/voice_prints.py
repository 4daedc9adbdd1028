"""What a turn sounds like, as a short vector: the network inside resemblyzer, by its weights alone.

Voice prints are of people. They stay in memory while one recording is worked on, and go with it.
"""

from collections.abc import Sequence
from functools import cache
from importlib import metadata
from pathlib import Path

import numpy as np
import torch

from worker.media.pcm import SPEECH_RATE_HZ, release_pages, window
from worker.speech.engine import Check
from worker.speech.voices import VoicesMissingError

PRINT_SIZE = 256
_PACKAGE, _WEIGHTS = "resemblyzer", "resemblyzer/pretrained.pt"
_BANDS, _LAYERS = 40, 3
_WINDOW_SAMPLES, _HOP_SAMPLES = 400, 160
_PIECE_FRAMES = 160
_PIECE_STEP_FRAMES = 77
_MOST_PIECES = 12
_AT_ONCE = 32
# Not what it learned from (it heard loud turns as they came), but as right on synthesised talk, and
# then it does not matter how near somebody sat to the microphone.
_LOUDNESS = 10 ** (-24 / 20)
_LEAST_LOUDNESS = 1e-6

Stretch = Sequence[int]


def measure_voices(
    samples: np.ndarray, turns: Sequence[Sequence[Stretch]], *, check: Check, threads: int = 1
) -> np.ndarray:
    """A voice print of length 1 for each turn, given by its stretches of speech in ms; 0 if it has
    none. Samples are mono int16. The same turns always give the same prints.

    `check` is called often, and may raise. Raises VoicesMissingError.
    """
    torch.set_num_threads(threads)
    network = _network()
    prints = np.zeros((len(turns), PRINT_SIZE), dtype=np.float32)
    for index, turn in enumerate(turns):
        check()
        pieces = _pieces(_sound(samples, turn))
        release_pages(samples)
        if len(pieces):
            prints[index] = network.listen(pieces)
    return prints


def _sound(samples: np.ndarray, turn: Sequence[Stretch]) -> np.ndarray:
    parts = [window(samples, start_ms, end_ms) for start_ms, end_ms in turn]
    sound = np.concatenate([np.zeros(0, dtype=np.float32), *parts])
    loudness = np.sqrt(np.mean(np.square(sound))) if sound.size else 0.0
    if loudness < _LEAST_LOUDNESS:
        return sound[:0]
    return sound * (_LOUDNESS / loudness)


def _pieces(sound: np.ndarray) -> torch.Tensor:
    """Overlapping pieces of 1.6 s, as (pieces, frames, bands); evenly chosen from a long turn."""
    if not sound.size:
        return torch.zeros(0, _PIECE_FRAMES, _BANDS)
    least = _PIECE_FRAMES * _HOP_SAMPLES
    if sound.size < least:
        # The network knows no shorter ones; said again, a short turn is still the same voice.
        sound = np.tile(sound, -(-least // sound.size))[:least]
    bands = _mel(torch.from_numpy(sound))
    starts = np.arange(0, len(bands) - _PIECE_FRAMES + 1, _PIECE_STEP_FRAMES)
    if len(starts) > _MOST_PIECES:
        starts = starts[np.linspace(0, len(starts) - 1, _MOST_PIECES).round().astype(int)]
    return torch.stack([bands[start : start + _PIECE_FRAMES] for start in starts.tolist()])


def _mel(sound: torch.Tensor) -> torch.Tensor:
    spectrum = torch.stft(
        sound,
        n_fft=_WINDOW_SAMPLES,
        hop_length=_HOP_SAMPLES,
        window=torch.hann_window(_WINDOW_SAMPLES),
        center=True,
        pad_mode="constant",
        return_complex=True,
    )
    return (_bank() @ spectrum.abs().square()).T


@cache
def _bank() -> torch.Tensor:
    """Slaney's mel bands: triangles even below 1 kHz and logarithmic above, each of area one."""
    edges_hz = _mel_to_hz(np.linspace(0, _hz_to_mel(SPEECH_RATE_HZ / 2), _BANDS + 2))
    bins_hz = np.linspace(0, SPEECH_RATE_HZ / 2, _WINDOW_SAMPLES // 2 + 1)
    rises = (bins_hz - edges_hz[:-2, None]) / (edges_hz[1:-1] - edges_hz[:-2])[:, None]
    falls = (edges_hz[2:, None] - bins_hz) / (edges_hz[2:] - edges_hz[1:-1])[:, None]
    triangles = np.maximum(0, np.minimum(rises, falls))
    return torch.from_numpy(
        (triangles * (2 / (edges_hz[2:] - edges_hz[:-2]))[:, None]).astype(np.float32)
    )


_LINEAR_HZ, _BREAK_HZ, _BREAK_MEL, _LOG_STEP = 200 / 3, 1000.0, 15.0, np.log(6.4) / 27


def _hz_to_mel(hz: float) -> float:
    if hz < _BREAK_HZ:
        return hz / _LINEAR_HZ
    return float(_BREAK_MEL + np.log(hz / _BREAK_HZ) / _LOG_STEP)


def _mel_to_hz(mel: np.ndarray) -> np.ndarray:
    above = _BREAK_HZ * np.exp(_LOG_STEP * (np.maximum(mel, _BREAK_MEL) - _BREAK_MEL))
    return np.where(mel < _BREAK_MEL, mel * _LINEAR_HZ, above)


class _Encoder(torch.nn.Module):
    """Three layers of memory, of which the last state becomes the print of a piece."""

    def __init__(self) -> None:
        super().__init__()
        self.lstm = torch.nn.LSTM(_BANDS, PRINT_SIZE, _LAYERS, batch_first=True)
        self.linear = torch.nn.Linear(PRINT_SIZE, PRINT_SIZE)

    @torch.inference_mode()
    def listen(self, pieces: torch.Tensor) -> np.ndarray:
        prints = torch.cat([self._prints(some) for some in pieces.split(_AT_ONCE)])
        mean = prints.mean(dim=0)
        return (mean / mean.norm().clamp(min=_LEAST_LOUDNESS)).numpy()

    def _prints(self, pieces: torch.Tensor) -> torch.Tensor:
        _, (hidden, _) = self.lstm(pieces)
        raw = torch.relu(self.linear(hidden[-1]))
        return raw / raw.norm(dim=1, keepdim=True).clamp(min=_LEAST_LOUDNESS)


@cache
def _network() -> _Encoder:
    content = torch.load(_weights_path(), map_location="cpu", weights_only=True)["model_state"]
    network = _Encoder()
    network.load_state_dict({name: content[name] for name in network.state_dict()})
    return network.eval()


def _weights_path() -> Path:
    try:
        path = Path(str(metadata.distribution(_PACKAGE).locate_file(_WEIGHTS)))
    except metadata.PackageNotFoundError as error:
        raise VoicesMissingError from error
    if not path.is_file():
        raise VoicesMissingError
    return path
