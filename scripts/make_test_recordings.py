"""Make the tests' recordings and their true words: `python -m scripts.make_test_recordings`."""

import json
import wave
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np
import numpy.typing as npt

from scripts.checkpoint.sentences import SENTENCES
from scripts.speech.flite import SAMPLE_RATE, Speech
from scripts.speech.opus import write_opus
from scripts.speech.voices import Voice

Samples = npt.NDArray[np.float32]
TEST_DATA = Path(__file__).parents[1] / "tests" / "data"
LEVEL = 0.09
TAIL_SECONDS = 0.8

ASKING = Voice("cmu_us_slt", stretch=1.04)
ANSWERING = Voice("cmu_us_rms", stretch=0.94)
VOICE_OF = {"moderator": ASKING, "P01": ANSWERING}


@dataclass(frozen=True)
class Line:
    """A sentence, by its place in SENTENCES, after `pause_seconds` of silence."""

    pause_seconds: float
    speaker: str
    sentence: int


TWO_SENTENCES = (Line(0.55, "moderator", 3), Line(2.0, "moderator", 6))
INTERVIEW = (
    Line(0.8, "moderator", 10),
    Line(1.1, "P01", 0),
    Line(0.7, "P01", 1),
    Line(1.6, "moderator", 11),
    Line(2.4, "P01", 2),
    Line(1.2, "P01", 4),
    Line(3.0, "P01", 3),
    Line(0.9, "P01", 5),
    Line(1.9, "P01", 9),
    Line(2.7, "P01", 8),
    Line(1.4, "P01", 7),
    Line(2.2, "P01", 6),
)


def main() -> None:
    """Write each recording with a JSON file of what is said in it."""
    TEST_DATA.mkdir(parents=True, exist_ok=True)
    samples, truth = spoken(TWO_SENTENCES)
    _write_wav(TEST_DATA / "two_sentences.wav", samples)
    _write_truth(TEST_DATA / "two_sentences.json", truth)
    samples, truth = spoken(INTERVIEW)
    write_opus(TEST_DATA / "interview.ogg", samples)
    _write_truth(TEST_DATA / "interview.json", truth)


def spoken(lines: Sequence[Line]) -> tuple[Samples, dict[str, object]]:
    """The samples of `lines` and their sentences with words and times in milliseconds."""
    pieces: list[Samples] = []
    sentences = []
    for line in lines:
        speech = VOICE_OF[line.speaker].say(SENTENCES[line.sentence])
        pieces.append(np.zeros(round(line.pause_seconds * SAMPLE_RATE), np.float32))
        offset_ms = sum(len(piece) for piece in pieces) * 1000 / SAMPLE_RATE
        sentences.append({"speaker": line.speaker, **_sentence(speech, offset_ms)})
        pieces.append(speech.samples * (LEVEL / float(np.sqrt(np.mean(speech.samples**2)))))
    pieces.append(np.zeros(round(TAIL_SECONDS * SAMPLE_RATE), np.float32))
    samples = np.concatenate(pieces)
    return samples, {
        "duration_ms": round(len(samples) * 1000 / SAMPLE_RATE),
        "sentences": sentences,
    }


def _sentence(speech: Speech, offset_ms: float) -> dict[str, object]:
    words = [
        [
            word.text,
            round(offset_ms + word.start_seconds * 1000),
            round(offset_ms + word.end_seconds * 1000),
        ]
        for word in speech.words
    ]
    text = " ".join(word.text for word in speech.words)
    return {"text": text, "start_ms": words[0][1], "end_ms": words[-1][2], "words": words}


def _write_wav(path: Path, samples: Samples) -> None:
    with wave.open(str(path), "wb") as file:
        file.setnchannels(1)
        file.setsampwidth(2)
        file.setframerate(SAMPLE_RATE)
        file.writeframes((np.clip(samples, -1.0, 1.0) * 32767).astype("<i2").tobytes())


def _write_truth(path: Path, truth: dict[str, object]) -> None:
    path.write_text(json.dumps(truth, indent=1) + "\n")


if __name__ == "__main__":
    main()
