"""Whisper's own weights run by CTranslate2, which takes less than half of the processor time.

An extra, in use only where SPEECH_ENGINE asks for it. Windows, rules and words are those of the
Whisper engine; the weights are converted at first use, and kept beside the checkpoints.
"""

import hashlib
import logging
import time
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, replace
from itertools import pairwise
from pathlib import Path
from typing import Any, Self

import ctranslate2
import numpy as np
import torch
from whisper.decoding import DecodingResult
from whisper.model import ModelDimensions
from whisper.timing import WordTiming, merge_punctuations
from whisper.tokenizer import Tokenizer
from whisper.utils import compression_ratio

from worker.speech.checkpoints import find_checkpoint, load_checkpoint, name_of
from worker.speech.conversion import read_dimensions, write_converted
from worker.speech.engine import Check, EngineFacts
from worker.speech.segments import SECONDS_PER_STEP
from worker.speech.weights import default_root
from worker.speech.whisper_engine import Sound, Wanted, WhisperEngine

logger = logging.getLogger(__name__)

# Its sampling can't be seeded anew, and a repeated job must repeat itself: what fails the rules is
# searched more widely instead, then also with repetition made dearer.
_ATTEMPTS: tuple[dict[str, Any], ...] = (
    {"beam_size": 1},
    {"beam_size": 5},
    {"beam_size": 5, "repetition_penalty": 1.15},
    {"beam_size": 5, "no_repeat_ngram_size": 3},
)
_POLL_SECONDS = 0.01
_PREPENDED, _APPENDED = "\"'“¿([{-", "\"'.。,，!！?？:：”)]}、"
_SENTENCE_ENDS = ".。!！?？"
_LONGEST_USUAL_SECONDS = 0.7
_MULTILINGUAL_VOCABULARY = 51_865


@dataclass(frozen=True)
class _Shape:
    """What Whisper's own code asks of a model, for weights that live elsewhere."""

    dims: ModelDimensions

    @property
    def device(self) -> torch.device:
        """Where spectrograms are made; the runtime may be on a GPU."""
        return torch.device("cpu")

    @property
    def is_multilingual(self) -> bool:
        return self.dims.n_vocab >= _MULTILINGUAL_VOCABULARY

    @property
    def num_languages(self) -> int:
        return self.dims.n_vocab - 51_765 - int(self.is_multilingual)


class FasterWhisperEngine(WhisperEngine):
    """One converted model, loaded. Not for several threads at once."""

    def __init__(self, model: Any, shape: _Shape, *, name: str) -> None:
        super().__init__(shape, name=name)
        self._runtime = model
        self._check: Check | None = None

    @classmethod
    def load(
        cls,
        model: str,
        device: str | None = None,
        download_root: Path | None = None,
        *,
        may_download: bool = True,
        threads: int = 1,
    ) -> Self:
        """Load a model by its name ("base") or from a checkpoint file. Raises ModelMissingError."""
        torch.set_num_threads(threads)
        root = download_root or default_root()
        path = find_checkpoint(model, root, may_download=may_download)
        place, compute_type = _place(device)
        folder = root / "converted" / f"{path.stem}-{_mark(path)}"
        if not folder.is_dir():
            logger.info("Converting the speech model %s; this is done once", path.name)
            write_converted(load_checkpoint(model, path, device="cpu"), folder, quantization="int8")
        runtime = ctranslate2.models.Whisper(
            str(folder), device=place, compute_type=compute_type, intra_threads=threads
        )
        return cls(runtime, _Shape(read_dimensions(folder)), name=name_of(model, path))

    def facts(self) -> EngineFacts:
        return replace(super().facts(), engine="faster-whisper", device=self._runtime.device)

    def detect_language(self, samples: np.ndarray) -> str:
        if not self._model.is_multilingual:
            return "en"
        features = _view(self._mel(samples).unsqueeze(0))
        (found,) = self._runtime.detect_language(features)
        return found[0][0].strip("<|>")

    @contextmanager
    def _interruptible(self, check: Check) -> Iterator[None]:
        """Ask while the runtime works; what it is at then runs out in its own thread, unheard."""
        self._check = check
        try:
            yield
        finally:
            self._check = None

    def _ask(self) -> None:
        if self._check is not None:
            self._check()

    def _attempts(self) -> int:
        return len(_ATTEMPTS)

    def _hear(self, mel: torch.Tensor, features: torch.Tensor) -> Sound:
        return Sound(mel, features)

    def _attempt(
        self, sounds: Sequence[Sound], wanted: Wanted, number: int
    ) -> list[DecodingResult]:
        tokenizer = self._tokenizer(wanted.language)
        waiting = self._runtime.generate(
            _view(torch.stack([sound.features for sound in sounds])),
            [_prompt(tokenizer, wanted.prompt, self._model.dims)] * len(sounds),
            asynchronous=True,
            max_length=self._model.dims.n_text_ctx,
            return_scores=True,
            return_no_speech_prob=True,
            **_ATTEMPTS[number],
        )
        while not all(answer.done() for answer in waiting):
            self._ask()
            time.sleep(_POLL_SECONDS)
        return [
            _result(answer.result(), sound.features, tokenizer, wanted.language)
            for answer, sound in zip(waiting, sounds, strict=True)
        ]

    def _encode(self, mels: Sequence[torch.Tensor]) -> torch.Tensor:
        """One by one, so that it can be interrupted."""
        encoded: list[torch.Tensor] = []
        for mel in mels:
            self._ask()
            view = self._runtime.encode(_view(mel.unsqueeze(0)), to_cpu=True)
            encoded.append(torch.from_numpy(np.array(view)))
        return torch.cat(encoded)

    def _time_words(
        self,
        segments: list[dict[str, Any]],
        sound: Sound,
        tokenizer: Tokenizer,
        frames: int,
    ) -> None:
        texts = [
            [token for token in segment["tokens"] if token < tokenizer.eot] for segment in segments
        ]
        tokens = [token for text in texts for token in text]
        words = self._aligned(sound.features, tokenizer, tokens, frames) if tokens else []
        shorten_at_pauses(words)
        merge_punctuations(words, _PREPENDED, _APPENDED)
        rest = iter(words)
        for segment, text in zip(segments, texts, strict=True):
            segment["words"] = _take(rest, len(text))

    def _aligned(
        self, features: torch.Tensor, tokenizer: Tokenizer, tokens: list[int], frames: int
    ) -> list[WordTiming]:
        (found,) = self._runtime.align(
            _view(features.unsqueeze(0)), list(tokenizer.sot_sequence), [tokens], [frames]
        )
        starts: dict[int, float] = {}
        for token, step in found.alignments:
            starts.setdefault(token, step * SECONDS_PER_STEP)
        texts, parts = tokenizer.split_to_word_tokens([*tokens, tokenizer.eot])
        words: list[WordTiming] = []
        first = 0
        for text, part in zip(texts[:-1], parts[:-1], strict=True):
            last = first + len(part)
            probability = float(np.mean(found.text_token_probs[first:last]))
            # The end of text is aligned too, so that the last word has an end.
            words.append(WordTiming(text, list(part), starts[first], starts[last], probability))
            first = last
        return words


def shorten_at_pauses(words: Sequence[WordTiming]) -> None:
    """A word next to the end of a sentence may be given the whole pause: none lasts that long."""
    lengths = [word.end - word.start for word in words if word.end > word.start]
    if not lengths:
        return
    longest = 2 * min(_LONGEST_USUAL_SECONDS, float(np.median(lengths)))
    for before, word in pairwise(words):
        if word.end - word.start <= longest:
            continue
        if word.word in _SENTENCE_ENDS:
            word.end = word.start + longest
        elif before.word in _SENTENCE_ENDS:
            word.start = word.end - longest


def _take(words: Iterator[WordTiming], token_count: int) -> list[dict[str, Any]]:
    """The words that are made of the next so many tokens; those merged into others have none."""
    taken: list[dict[str, Any]] = []
    left = token_count
    while left > 0 and (word := next(words, None)) is not None:
        left -= len(word.tokens)
        if word.word:
            times = {"start": round(word.start, 2), "end": round(word.end, 2)}
            taken.append({"word": word.word, **times, "probability": word.probability})
    return taken


def _prompt(tokenizer: Tokenizer, prompt: str, dims: ModelDimensions) -> list[int]:
    if not prompt:
        return list(tokenizer.sot_sequence)
    before = tokenizer.encode(" " + prompt.strip())[-(dims.n_text_ctx // 2 - 1) :]
    return [tokenizer.sot_prev, *before, *tokenizer.sot_sequence]


def _result(
    answer: Any, features: torch.Tensor, tokenizer: Tokenizer, language: str
) -> DecodingResult:
    tokens = answer.sequences_ids[0]
    text = tokenizer.decode([token for token in tokens if token < tokenizer.timestamp_begin])
    # The runtime's mean leaves the end of text out; Whisper's counts it.
    sum_logprob = answer.scores[0] * len(tokens)
    return DecodingResult(
        audio_features=features,
        language=language,
        tokens=tokens,
        text=text.strip(),
        avg_logprob=sum_logprob / (len(tokens) + 1),
        no_speech_prob=answer.no_speech_prob,
        compression_ratio=compression_ratio(text.strip()) if text.strip() else 0.0,
    )


def _view(sound: torch.Tensor) -> Any:
    return ctranslate2.StorageView.from_array(np.ascontiguousarray(sound.numpy()))


def _place(device: str | None) -> tuple[str, str]:
    """Where it runs, and in which numbers."""
    has_gpu = ctranslate2.get_cuda_device_count() > 0
    if device and device.startswith("cuda") and not has_gpu:
        logger.warning("WHISPER_DEVICE is %s, but no GPU can be used here: the CPU is used", device)
    if has_gpu and device != "cpu":
        return "cuda", "float16"
    return "cpu", "int8"


def _mark(path: Path) -> str:
    """Tells files of one name apart: one that is replaced is converted anew."""
    status = path.stat()
    return hashlib.sha256(f"{path}|{status.st_size}|{status.st_mtime_ns}".encode()).hexdigest()[:16]
