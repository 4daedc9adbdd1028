"""The optional engine with weights of noise, made to decode as many tokens as the others."""

from typing import Any

import torch
from whisper.decoding import DecodingResult
from whisper.tokenizer import Tokenizer

from bench.transcription.model import script_of
from worker.speech import faster_engine
from worker.speech.faster_engine import FasterWhisperEngine

END_OF_TEXT = 50_257


def force_speech(engine: FasterWhisperEngine) -> None:
    """Let it decode until there are enough tokens, then put the words in their place.

    Whatever weights of noise say, it takes as long.
    """
    engine._runtime = _Forced(engine._runtime, length=len(script_of(engine._tokenizer("en"))))
    faster_engine._result = _say


class _Forced:
    """The runtime, which may not end before its time."""

    def __init__(self, runtime: Any, *, length: int) -> None:
        self._runtime = runtime
        self._length = length

    def generate(self, features: Any, prompts: list[list[int]], **options: Any) -> Any:
        # The runtime takes half of this for what is said, the other half for what came before.
        return self._runtime.generate(
            features,
            prompts,
            **options | {"max_length": 2 * self._length, "suppress_tokens": [END_OF_TEXT]},
        )

    def __getattr__(self, name: str) -> Any:
        return getattr(self._runtime, name)


def _say(
    answer: Any, features: torch.Tensor, tokenizer: Tokenizer, language: str
) -> DecodingResult:
    script = script_of(tokenizer)
    decoded = len(answer.sequences_ids[0])
    if abs(decoded - len(script)) > len(script) // 10:
        raise AssertionError(f"It decoded {decoded} tokens instead of {len(script)}.")
    return DecodingResult(
        audio_features=features,
        language=language,
        tokens=script[:-1],
        text=tokenizer.decode(script[1:-2]),
        avg_logprob=-0.1,
        no_speech_prob=0.0,
        compression_ratio=1.5,
    )
