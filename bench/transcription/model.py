"""A Whisper model of the real size whose weights are noise, made to say a fixed number of words.

What recognition costs depends on the sizes of the model and on how many tokens come out, not on
what the weights have learned. So the weights come from a fixed seed, and the decoder is told what
to say: as many tokens for each second with sound in it as people say in one, up to where the sound
of the window ends. So a short window, or one with silence in it, costs both sides less, and the
same speech makes about as many tokens however it is cut. Sound is whatever is not digital silence
in the spectrogram that the encoder is given; the decoder's script is found by what the encoder
made of it.
"""

from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Any

import torch
import whisper
from whisper.decoding import DecodingTask, LogitFilter
from whisper.model import ModelDimensions, Whisper
from whisper.tokenizer import Tokenizer, get_tokenizer

# The sizes of "base", the model that is used by default.
BASE = ModelDimensions(
    n_mels=80,
    n_audio_ctx=1500,
    n_audio_state=512,
    n_audio_head=8,
    n_audio_layer=6,
    n_vocab=51865,
    n_text_ctx=448,
    n_text_state=512,
    n_text_head=8,
    n_text_layer=6,
)
SEED = 20261122
# Half a minute of English, at 150 words a minute.
TOKENS_A_WINDOW = 100
_FRAMES_A_WINDOW = 3000
_FRAMES_A_STEP = 2
_LEAST_CONTRAST = 1e-3
_FORCED = 1e4
# Nothing twice: what goes in circles would be decoded again and again.
_SAID = """we waited for weeks until somebody cancelled that visit at last minute but nobody told
us about it because every phone was busy all morning so my sister wrote down another number on paper
near her calendar while children played outside under grey clouds then finally someone called back
saying doctor could see him early Thursday which meant leaving work before lunch taking two buses
across town through heavy traffic only finding door locked with small note asking patients please
come again tomorrow after nine o'clock"""

Heard = tuple[int, int]


def save_checkpoint(path: Path) -> None:
    """Write a checkpoint in Whisper's own format, the same for everyone."""
    torch.manual_seed(SEED)
    model = Whisper(BASE)
    weights = {name: value.half() for name, value in model.state_dict().items()}
    torch.save({"dims": BASE.__dict__, "model_state_dict": weights}, path)


class Scripts:
    """What is said in each window, by what its encoder made of it."""

    def __init__(self, tokenizer: Tokenizer) -> None:
        self._tokenizer = tokenizer
        self._heard: dict[bytes, Heard] = {}

    def listen(self, mels: torch.Tensor, encoded: torch.Tensor) -> None:
        """Remember how much sound there is in each spectrogram of a batch."""
        for mel, features in zip(mels, encoded, strict=True):
            self._heard[_fingerprint(features)] = sound_of(mel)

    def of(self, features: torch.Tensor) -> list[int]:
        """A time, words, the time at which the sound ends, the end."""
        frames, last = self._heard[_fingerprint(features)]
        tokenizer = self._tokenizer
        count = round(TOKENS_A_WINDOW * frames / _FRAMES_A_WINDOW)
        if not count:
            return [tokenizer.timestamp_begin, tokenizer.eot]
        said = tokenizer.encode(" " + " ".join(_SAID.split()))[:count]
        end = tokenizer.timestamp_begin + -(-last // _FRAMES_A_STEP)
        return [tokenizer.timestamp_begin, *said, end, tokenizer.eot]


def sound_of(mel: torch.Tensor) -> Heard:
    """How many frames have sound, and how many there are up to the last of them.

    In digital silence, as in what a window is filled up with, all bands of a frame are the same.
    """
    has_sound = mel.amax(0) - mel.amin(0) > _LEAST_CONTRAST
    frames = int(has_sound.sum())
    return frames, int(has_sound.nonzero()[-1]) + 1 if frames else 0


def _fingerprint(features: torch.Tensor) -> bytes:
    return features[::50, 0].float().numpy().tobytes()


class _Say(LogitFilter):
    """Makes each window's next token the likeliest; Whisper's own rules come after it."""

    def __init__(self, scripts: Sequence[Sequence[int]], *, begin: int) -> None:
        self._scripts = scripts
        self._begin = begin

    def apply(self, logits: torch.Tensor, tokens: torch.Tensor) -> None:
        place = tokens.shape[1] - self._begin
        for row, script in zip(logits, self._scripts, strict=True):
            row[script[min(place, len(script) - 1)]] += _FORCED


def force_speech(model: Any) -> None:
    """Make whatever decodes with this model in this process say the scripts of its windows.

    Words are timed by the attention heads that Whisper uses in the real model of this size.
    """
    model.set_alignment_heads(whisper._ALIGNMENT_HEADS["base"])
    scripts = Scripts(
        get_tokenizer(model.is_multilingual, num_languages=model.num_languages, language="en")
    )

    def listen(_: Any, mels: tuple[torch.Tensor], encoded: torch.Tensor) -> None:
        scripts.listen(mels[0], encoded)

    model.encoder.register_forward_hook(listen)
    DecodingTask._main_loop = _telling(DecodingTask._main_loop, scripts)


def _telling(decode: Callable[..., Any], scripts: Scripts) -> Callable[..., Any]:
    def decode_as_told(task: Any, sound: torch.Tensor, tokens: torch.Tensor) -> Any:
        say = _Say([scripts.of(features) for features in sound], begin=task.sample_begin)
        task.logit_filters.insert(0, say)
        return decode(task, sound, tokens)

    return decode_as_told


def load(path: Path) -> Any:
    """The model as `whisper.transcribe` uses it, on the CPU."""
    return whisper.load_model(str(path), device="cpu")
