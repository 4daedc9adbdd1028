"""Binding to the flite synthesiser that also reads the time of every word out of its utterance."""

import ctypes
from dataclasses import dataclass
from functools import cache

import numpy as np
import numpy.typing as npt

SAMPLE_RATE = 16_000

FIRST_SEGMENT_START = b"R:Token.daughter1.R:SylStructure.daughter1.daughter1.R:Segment.p.end"
LAST_SEGMENT_END = b"R:Token.daughtern.R:SylStructure.daughtern.daughtern.R:Segment.end"


class FliteMissingError(RuntimeError):
    """The flite library is not installed."""

    def __init__(self) -> None:
        super().__init__("flite is not installed. Install it, e.g. `apt-get install flite`.")


@dataclass(frozen=True)
class TimedWord:
    """A written word, punctuation included, and when it is said."""

    text: str
    start_seconds: float
    end_seconds: float


@dataclass(frozen=True)
class Speech:
    """Mono samples in -1..1 at SAMPLE_RATE, with the times of the words in them."""

    samples: npt.NDArray[np.float32]
    words: tuple[TimedWord, ...]


class _Wave(ctypes.Structure):
    _fields_ = (
        ("kind", ctypes.c_char_p),
        ("sample_rate", ctypes.c_int),
        ("sample_count", ctypes.c_int),
        ("channel_count", ctypes.c_int),
        ("samples", ctypes.POINTER(ctypes.c_short)),
    )


class _Voice(ctypes.Structure):
    _fields_ = (("name", ctypes.c_char_p), ("features", ctypes.c_void_p))


@cache
def _library() -> ctypes.CDLL:
    pointer, text, number = ctypes.c_void_p, ctypes.c_char_p, ctypes.c_float
    try:
        library = ctypes.CDLL("libflite.so.1", mode=ctypes.RTLD_GLOBAL)
        for name in ("libflite_usenglish.so.1", "libflite_cmulex.so.1"):
            ctypes.CDLL(name, mode=ctypes.RTLD_GLOBAL)
    except OSError as error:
        raise FliteMissingError from error
    for name, result, arguments in (
        ("flite_synth_text", pointer, (text, pointer)),
        ("utt_wave", pointer, (pointer,)),
        ("utt_relation", pointer, (pointer, text)),
        ("relation_head", pointer, (pointer,)),
        ("item_next", pointer, (pointer,)),
        ("ffeature_float", number, (pointer, text)),
        ("feat_set_float", None, (pointer, text, number)),
        ("delete_utterance", None, (pointer,)),
    ):
        function = getattr(library, str(name))
        function.restype, function.argtypes = result, arguments
    library.flite_init()
    return library


@cache
def _voice(name: str) -> int:
    register = getattr(ctypes.CDLL(f"libflite_{name}.so.1"), f"register_{name}")
    register.restype, register.argtypes = ctypes.c_void_p, (ctypes.c_void_p,)
    _library()
    return int(register(None))


def speak(text: str, *, voice: str, stretch: float = 1.0, pitch: float = 1.0) -> Speech:
    """Say `text`; `stretch` multiplies durations, `pitch` the fundamental frequency.

    The words of the result are those of `text.split()`.
    """
    library, pointer = _library(), _voice(voice)
    features = ctypes.cast(pointer, ctypes.POINTER(_Voice)).contents.features
    library.feat_set_float(features, b"duration_stretch", stretch)
    library.feat_set_float(features, b"f0_shift", pitch)
    utterance = library.flite_synth_text(text.encode(), pointer)
    try:
        return Speech(_samples(utterance), tuple(_words(utterance, text.split())))
    finally:
        library.delete_utterance(utterance)


def _samples(utterance: int) -> npt.NDArray[np.float32]:
    wave = ctypes.cast(_library().utt_wave(utterance), ctypes.POINTER(_Wave)).contents
    if wave.sample_rate != SAMPLE_RATE:
        raise ValueError(f"The voice speaks at {wave.sample_rate} Hz; use one of {SAMPLE_RATE} Hz.")
    samples = np.ctypeslib.as_array(wave.samples, (wave.sample_count,))
    return samples.astype(np.float32) / np.float32(32768)


def _words(utterance: int, texts: list[str]) -> list[TimedWord]:
    library = _library()
    item = library.relation_head(library.utt_relation(utterance, b"Token"))
    words: list[TimedWord] = []
    while item and len(words) < len(texts):
        start = library.ffeature_float(item, FIRST_SEGMENT_START)
        end = library.ffeature_float(item, LAST_SEGMENT_END)
        words.append(TimedWord(texts[len(words)], start, end))
        item = library.item_next(item)
    if item or len(words) != len(texts):
        raise ValueError(f"flite reads other words than are written in: {' '.join(texts)}")
    return words
