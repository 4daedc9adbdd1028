"""The optional engine with weights of noise, made to decode as many tokens as the others."""

from typing import Any

import numpy as np
import torch
from whisper.decoding import DecodingResult
from whisper.tokenizer import Tokenizer

from bench.transcription.model import Scripts
from worker.speech import faster_engine
from worker.speech.faster_engine import FasterWhisperEngine

END_OF_TEXT = 50_257
# How many tokens a runtime makes of a length is not exact.
_LEAST_SHARE = 0.9


def force_speech(engine: FasterWhisperEngine) -> None:
    """Let it decode until there are enough tokens, then put the words in their place.

    Whatever weights of noise say, it takes as long. All windows of a batch are decoded for as long
    as the one with most to say, so this is rather too dear than too cheap.
    """
    forced = _Forced(engine._runtime, Scripts(engine._tokenizer("en")))
    engine._runtime = forced
    faster_engine._result = forced.say


class _Forced:
    """The runtime, which may not end before its time."""

    def __init__(self, runtime: Any, scripts: Scripts) -> None:
        self._runtime = runtime
        self._scripts = scripts

    def encode(self, mels: Any, **options: Any) -> Any:
        encoded = self._runtime.encode(mels, **options)
        self._scripts.listen(torch.tensor(np.array(mels)), torch.tensor(np.array(encoded)))
        return encoded

    def generate(self, features: Any, prompts: list[list[int]], **options: Any) -> Any:
        longest = max(len(self._scripts.of(row)) for row in torch.tensor(np.array(features)))
        # The runtime takes half of this for what is said, the other half for what came before.
        return self._runtime.generate(
            features,
            prompts,
            **options | {"max_length": 2 * longest, "suppress_tokens": [END_OF_TEXT]},
        )

    def say(
        self, answer: Any, features: torch.Tensor, tokenizer: Tokenizer, language: str
    ) -> DecodingResult:
        script = self._scripts.of(features)
        decoded = len(answer.sequences_ids[0])
        if decoded < len(script) * _LEAST_SHARE - 1:
            raise AssertionError(f"It decoded {decoded} tokens instead of {len(script)}.")
        return DecodingResult(
            audio_features=features,
            language=language,
            tokens=script[:-1],
            text=tokenizer.decode([token for token in script if token < tokenizer.eot]),
            avg_logprob=-0.1,
            no_speech_prob=0.0,
            compression_ratio=1.5,
        )

    def __getattr__(self, name: str) -> Any:
        return getattr(self._runtime, name)
