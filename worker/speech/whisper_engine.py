"""Whisper as a speech engine.

Windows are decoded in batches with Whisper's own rules for when to try again, text is cut at its
timestamps, and words get their times from its attention.
"""

import logging
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any, Self

import numba
import numpy as np
import torch
import whisper
from whisper.audio import HOP_LENGTH, N_FRAMES, SAMPLE_RATE, log_mel_spectrogram, pad_or_trim
from whisper.decoding import DecodingOptions, DecodingResult
from whisper.tokenizer import Tokenizer, get_tokenizer

from worker.speech.checkpoints import find_checkpoint, load_checkpoint, name_of
from worker.speech.decoder_steps import HeardSound, decode_in_steps
from worker.speech.doubts import LOOP
from worker.speech.engine import Check, EngineFacts, Utterance, Word
from worker.speech.linear_layers import quicken
from worker.speech.loops import is_loop
from worker.speech.segments import TokenSegment, cut_segments
from worker.speech.weights import default_root
from worker.speech.word_times import add_word_times, keep_compiled_code

logger = logging.getLogger(__name__)

# Whisper's own rules for a decoding that failed.
TEMPERATURES = (0.0, 0.2, 0.4, 0.6, 0.8, 1.0)
MOST_COMPRESSION = 2.4
LEAST_LOGPROB = -1.0
MOST_NO_SPEECH = 0.6

_LEAST_REST_SECONDS = 1.0
_LEAST_FRAMES = 50
_UNSPACED_LANGUAGES = {"zh", "ja", "th", "lo", "my", "yue"}
_SEED = 20


@dataclass(frozen=True)
class _Piece:
    """Sound that is still to be decoded: of which window, and from which second of it on."""

    index: int
    from_seconds: float
    samples: np.ndarray

    @property
    def seconds(self) -> float:
        return len(self.samples) / SAMPLE_RATE

    def place_ms(self, seconds: float) -> int:
        """A moment of this piece in its window's time; Whisper's times may lie beside it."""
        return round((self.from_seconds + min(max(seconds, 0.0), self.seconds)) * 1000)


@dataclass(frozen=True)
class Sound:
    """One window for the decoder: its spectrogram, what the encoder made of it, and on a processor
    what the decoder keeps of that, until the last try.
    """

    mel: torch.Tensor
    features: torch.Tensor
    heard: HeardSound | None = None


@dataclass(frozen=True)
class Wanted:
    """What decoding is told beforehand, and what it must ask while it works."""

    language: str
    prompt: str
    check: Check


class WhisperEngine:
    """One Whisper model, loaded. Not for several threads at once."""

    def __init__(self, model: Any, *, name: str) -> None:
        self._model = model
        self._name = name
        self._dtype = torch.float16 if model.device.type == "cuda" else torch.float32

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
        keep_compiled_code()
        _use_threads(threads)
        root = download_root or default_root()
        path = find_checkpoint(model, root, may_download=may_download)
        loaded = load_checkpoint(model, path, device=_usable(device))
        if loaded.device.type == "cpu":
            quicken(loaded)
        return cls(loaded, name=name_of(model, path))

    def facts(self) -> EngineFacts:
        return EngineFacts(
            engine="whisper",
            model=self._name,
            language="" if self._model.is_multilingual else "en",
            is_draft=False,
            device=self._model.device.type,
        )

    def detect_language(self, samples: np.ndarray) -> str:
        """The code of the most likely language, "en" for a model that knows no other."""
        if not self._model.is_multilingual:
            return "en"
        _, probabilities = self._model.detect_language(self._mel(samples))
        return max(probabilities, key=probabilities.__getitem__)

    def recognise(self, samples: np.ndarray, *, language: str) -> list[Utterance]:
        return self.recognise_batch([samples], language=language)[0]

    def recognise_batch(
        self,
        windows: Sequence[np.ndarray],
        *,
        language: str,
        prompt: str = "",
        check: Check | None = None,
    ) -> list[list[Utterance]]:
        """What is said in each window. The same windows always give the same answer."""
        language = language if self._model.is_multilingual else "en"
        wanted = Wanted(language, prompt, check or _go_on)
        tokenizer = self._tokenizer(language)
        heard: list[list[Utterance]] = [[] for _ in windows]
        pieces = [_Piece(index, 0.0, samples) for index, samples in enumerate(windows)]
        while pieces := [piece for piece in pieces if piece.samples.size]:
            mels = [self._mel(piece.samples) for piece in pieces]
            rests: list[_Piece] = []
            decoded = self._decode(mels, wanted)
            for piece, (sound, result) in zip(pieces, decoded, strict=True):
                wanted.check()
                utterances, rest = self._understand(piece, sound, result, tokenizer)
                heard[piece.index] += utterances
                rests += rest
            pieces = rests
        return heard

    def _tokenizer(self, language: str) -> Tokenizer:
        model = self._model
        return get_tokenizer(
            model.is_multilingual,
            num_languages=model.num_languages,
            language=language,
            task="transcribe",
        )

    def _mel(self, samples: np.ndarray) -> torch.Tensor:
        sound = torch.from_numpy(np.ascontiguousarray(pad_or_trim(samples), dtype=np.float32))
        mel = log_mel_spectrogram(sound, self._model.dims.n_mels)
        return mel.to(self._model.device, self._dtype)

    def _decode(
        self, mels: Sequence[torch.Tensor], wanted: Wanted
    ) -> list[tuple[Sound, DecodingResult]]:
        """Decode all at once; those that fail the rules are decoded again alone, more freely."""
        with self._interruptible(wanted.check):
            encoded = zip(mels, self._encode(mels), strict=True)
            sounds = [self._hear(mel, features) for mel, features in encoded]
            results = self._attempt(sounds, wanted, 0)
            insisted = [
                self._insist(sound, result, wanted)
                for sound, result in zip(sounds, results, strict=True)
            ]
        # What the decoder keeps is larger than all else: it is not needed for the times of words.
        return [
            (replace(sound, heard=None), result)
            for sound, result in zip(sounds, insisted, strict=True)
        ]

    @torch.inference_mode()
    def _hear(self, mel: torch.Tensor, features: torch.Tensor) -> Sound:
        is_in_steps = self._model.device.type == "cpu"
        return Sound(mel, features, HeardSound(self._model, features) if is_in_steps else None)

    @torch.inference_mode()
    def _encode(self, mels: Sequence[torch.Tensor]) -> torch.Tensor:
        """A GPU encodes several windows as fast as one; a processor gains nothing by it, and needs
        the memory of one only.
        """
        if self._model.device.type != "cpu":
            return self._model.encoder(torch.stack(list(mels)))
        return torch.cat([self._model.encoder(mel.unsqueeze(0)) for mel in mels])

    def _insist(self, sound: Sound, result: DecodingResult, wanted: Wanted) -> DecodingResult:
        if not needs_fallback(result):
            return result
        # Sampling is seeded, and its generator restored, so that a repeated job repeats itself.
        with torch.random.fork_rng():
            torch.manual_seed(_SEED)
            for number in range(1, self._attempts()):
                (result,) = self._attempt([sound], wanted, number)
                if not needs_fallback(result):
                    break
        return result

    def _attempts(self) -> int:
        return len(TEMPERATURES)

    def _attempt(
        self, sounds: Sequence[Sound], wanted: Wanted, number: int
    ) -> list[DecodingResult]:
        """Decode what the encoder made of the sounds, for the first or nth time."""
        options = DecodingOptions(
            language=wanted.language,
            temperature=TEMPERATURES[number],
            prompt=wanted.prompt or None,
            fp16=self._dtype == torch.float16,
        )
        features = torch.stack([sound.features for sound in sounds])
        heard = [sound.heard for sound in sounds if sound.heard is not None]
        if heard:
            return decode_in_steps(self._model, features, options, check=wanted.check, heard=heard)
        return whisper.decode(self._model, features, options)

    @contextmanager
    def _interruptible(self, check: Check) -> Iterator[None]:
        """Ask before each step of the decoder, and before each layer of the encoder.

        Not for timing words: an error there would leave Whisper's own hooks in the model.
        """

        def ask(_module: torch.nn.Module, _inputs: Any) -> None:
            check()

        steps = [self._model.decoder, *self._model.encoder.blocks]
        hooks = [step.register_forward_pre_hook(ask) for step in steps]
        try:
            yield
        finally:
            for hook in hooks:
                hook.remove()

    def _understand(
        self, piece: _Piece, sound: Sound, result: DecodingResult, tokenizer: Tokenizer
    ) -> tuple[list[Utterance], list[_Piece]]:
        """The utterances of a piece, and what of it is left to be decoded."""
        if is_silence(result) or is_invented(result):
            return [], []
        doubt = LOOP if is_circling(result) else ""
        segments, rest_seconds = cut_segments(
            result.tokens,
            timestamp_begin=tokenizer.timestamp_begin,
            length_seconds=piece.seconds,
        )
        timed = self._with_words(piece, sound, segments, result, tokenizer)
        utterances = [replace(utterance, doubt=doubt) for utterance in timed]
        if rest_seconds is None or rest_seconds < _LEAST_REST_SECONDS:
            return utterances, []
        rest = _Piece(
            piece.index,
            piece.from_seconds + rest_seconds,
            piece.samples[round(rest_seconds * SAMPLE_RATE) :],
        )
        return utterances, [rest] if rest.seconds >= _LEAST_REST_SECONDS else []

    def _with_words(
        self,
        piece: _Piece,
        sound: Sound,
        segments: Sequence[TokenSegment],
        result: DecodingResult,
        tokenizer: Tokenizer,
    ) -> list[Utterance]:
        timed: list[dict[str, Any]] = [
            {
                "seek": 0,
                "start": segment.start_seconds,
                "end": segment.end_seconds,
                "tokens": list(segment.tokens),
            }
            for segment in segments
            if segment.end_seconds > segment.start_seconds
        ]
        frames = min(N_FRAMES, max(_LEAST_FRAMES, len(piece.samples) // HOP_LENGTH))
        self._time_words(timed, sound, tokenizer, frames)
        is_spaced = tokenizer.language not in _UNSPACED_LANGUAGES
        spoken = [(segment, to_words(segment["words"], piece, is_spaced)) for segment in timed]
        return [_utterance(segment, words, piece, result) for segment, words in spoken if words]

    def _time_words(
        self,
        segments: list[dict[str, Any]],
        sound: Sound,
        tokenizer: Tokenizer,
        frames: int,
    ) -> None:
        """Give each segment its `words`, with times in seconds and probabilities."""
        add_word_times(
            self._model,
            segments,
            mel=sound.mel,
            audio_features=sound.features,
            tokenizer=tokenizer,
            frames=frames,
        )


def _use_threads(threads: int) -> None:
    # Numba's start sets the number that torch uses, too, to that of the processors: it goes first.
    numba.set_num_threads(min(threads, numba.get_num_threads()))
    torch.set_num_threads(threads)


def _usable(device: str | None) -> str | None:
    if device and device.startswith("cuda") and not torch.cuda.is_available():
        logger.warning("WHISPER_DEVICE is %s, but no GPU can be used here: the CPU is used", device)
        return "cpu"
    return device


def _go_on() -> None:
    """Nobody wants to interrupt."""


def needs_fallback(result: DecodingResult) -> bool:
    """Too repetitive or too unsure, unless it is unsure because nobody speaks."""
    is_repetitive = result.compression_ratio > MOST_COMPRESSION
    is_unsure = result.avg_logprob < LEAST_LOGPROB
    return (is_repetitive or is_unsure) and not is_silence(result)


def is_silence(result: DecodingResult) -> bool:
    return result.no_speech_prob > MOST_NO_SPEECH and result.avg_logprob < LEAST_LOGPROB


def is_circling(result: DecodingResult) -> bool:
    return result.compression_ratio > MOST_COMPRESSION and is_loop(result.text)


def is_invented(result: DecodingResult) -> bool:
    """Text in circles where the model itself hears nobody, however sure it is of its words."""
    return is_circling(result) and result.no_speech_prob > MOST_NO_SPEECH


def to_words(timings: Sequence[dict[str, Any]], piece: _Piece, is_spaced: bool) -> tuple[Word, ...]:
    """Words in the window's time; a part without a space before it belongs to the word before."""
    words: list[Word] = []
    for timing in timings:
        text, probability = timing["word"], float(timing["probability"])
        start_ms = max(piece.place_ms(timing["start"]), words[-1].end_ms if words else 0)
        end_ms = max(piece.place_ms(timing["end"]), start_ms)
        if not text.strip():
            continue
        if words and is_spaced and not text.startswith(" "):
            last = words.pop()
            text, start_ms = last.text + text, last.start_ms
            probability = min(probability, last.probability or 0.0)
        words.append(Word(text.strip(), start_ms, end_ms, probability))
    return tuple(words)


def _utterance(
    segment: dict[str, Any], words: tuple[Word, ...], piece: _Piece, result: DecodingResult
) -> Utterance:
    return Utterance(
        start_ms=min(piece.place_ms(segment["start"]), words[0].start_ms),
        end_ms=max(piece.place_ms(segment["end"]), words[-1].end_ms),
        words=words,
        avg_logprob=float(result.avg_logprob),
        no_speech_prob=float(result.no_speech_prob),
        compression_ratio=float(result.compression_ratio),
    )
