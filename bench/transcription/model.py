"""A Whisper model of the real size whose weights are noise, made to say a fixed number of words.

What recognition costs depends on the sizes of the model and on how many tokens come out, not on
what the weights have learned. So the weights come from a fixed seed, and the decoder is told what
to say: as many tokens for a window as people say in half a minute.
"""

from pathlib import Path
from typing import Any

import torch
import whisper
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
_FORCED = 1e4
# Nothing twice: what goes in circles would be decoded again and again.
_SAID = """we waited for weeks until somebody cancelled that visit at last minute but nobody told
us about it because every phone was busy all morning so my sister wrote down another number on paper
near her calendar while children played outside under grey clouds then finally someone called back
saying doctor could see him early Thursday which meant leaving work before lunch taking two buses
across town through heavy traffic only finding door locked with small note asking patients please
come again tomorrow after nine o'clock"""


def save_checkpoint(path: Path) -> None:
    """Write a checkpoint in Whisper's own format, the same for everyone."""
    torch.manual_seed(SEED)
    model = Whisper(BASE)
    weights = {name: value.half() for name, value in model.state_dict().items()}
    torch.save({"dims": BASE.__dict__, "model_state_dict": weights}, path)


def script_of(tokenizer: Tokenizer) -> list[int]:
    """What is said in a window: a time, words, a time, the end."""
    said = tokenizer.encode(" " + " ".join(_SAID.split()))[:TOKENS_A_WINDOW]
    end = tokenizer.timestamp_begin + 1500
    return [tokenizer.timestamp_begin, *said, end, tokenizer.eot]


def force_speech(model: Any) -> None:
    """Make the decoder say the script over the whole window, whatever it is given.

    Words are timed by the attention heads that Whisper uses in the real model of this size.
    """
    model.set_alignment_heads(whisper._ALIGNMENT_HEADS["base"])
    tokenizer = get_tokenizer(model.is_multilingual, num_languages=model.num_languages)
    script = script_of(tokenizer)
    start_length = len(tokenizer.sot_sequence)

    def speak(_: Any, args: tuple, kwargs: dict, logits: torch.Tensor) -> torch.Tensor:
        cache = kwargs.get("kv_cache")
        if not cache:  # timing words: nothing is decoded
            return logits
        place = next(iter(cache.values())).shape[1] - start_length
        if 0 <= place < len(script):
            logits[:, -1, script[place]] += _FORCED
        return logits

    model.decoder.register_forward_hook(speak, with_kwargs=True)


def load(path: Path) -> Any:
    """The model as `whisper.transcribe` uses it, on the CPU."""
    return whisper.load_model(str(path), device="cpu")
