"""One measurement in a fresh process: `python -m bench.transcription.child TASK CHECKPOINT SPEECH`.

Prints a line of JSON: CPU seconds and peak memory of the task alone, and what came out of it.
"""

import json
import resource
import sys
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

import numpy as np

FULL_SCALE = 32_768.0


def main(task: str, checkpoint: str, speech: str) -> None:
    samples = np.load(speech, mmap_mode="r")
    prepare, _, kind = task.partition("-")
    act = _TASKS[prepare](Path(checkpoint), is_forced=kind == "forced")
    _require_one_thread()
    loaded_kib = _peak_kib()
    started = time.process_time()
    words = act(samples)
    print(
        json.dumps(
            {
                "cpu_seconds": time.process_time() - started,
                "loaded_kib": loaded_kib,
                "peak_kib": _peak_kib(),
                "words": words,
            }
        )
    )


def _plain(checkpoint: Path, *, is_forced: bool) -> Callable[[np.ndarray], list[str]]:
    import whisper  # noqa: PLC0415  only this task pays for it

    from bench.transcription.model import force_speech, load  # noqa: PLC0415

    model = load(checkpoint)
    _compile_timing()
    _use_one_thread()
    if is_forced:
        force_speech(model)

    def transcribe(samples: np.ndarray) -> list[str]:
        sound = samples.astype(np.float32) / FULL_SCALE
        told: dict[str, Any] = whisper.transcribe(
            model,
            sound,
            language="en",
            fp16=False,
            word_timestamps=True,
            condition_on_previous_text=False,
        )
        return [word["word"] for segment in told["segments"] for word in segment["words"]]

    return transcribe


def _ours(checkpoint: Path, *, is_forced: bool, step: int = 1) -> Callable[[np.ndarray], list[str]]:
    """Every part, or one in `step`, as the worker recognises them."""
    from bench.transcription.model import force_speech  # noqa: PLC0415
    from worker.speech.whisper_engine import WhisperEngine  # noqa: PLC0415

    engine = WhisperEngine.load(str(checkpoint), "cpu")
    _compile_timing()
    if is_forced:
        force_speech(engine._model)

    return _recogniser(engine, step=step)


def _recogniser(engine: Any, *, step: int = 1) -> Callable[[np.ndarray], list[str]]:
    from worker.speech.planning import plan_parts  # noqa: PLC0415
    from worker.speech.recognise import recognise_part  # noqa: PLC0415

    def transcribe(samples: np.ndarray) -> list[str]:
        parts = plan_parts(samples).parts[::step]
        heard = (recognise_part(samples, part, engine, "en") for part in parts)
        return [word.text for said in heard for utterance in said for word in utterance.words]

    return transcribe


def _faster(checkpoint: Path, *, is_forced: bool) -> Callable[[np.ndarray], list[str]]:
    from bench.transcription.faster import force_speech  # noqa: PLC0415
    from worker.speech.faster_engine import FasterWhisperEngine  # noqa: PLC0415

    engine = FasterWhisperEngine.load(str(checkpoint), "cpu", checkpoint.parent)
    if is_forced:
        force_speech(engine)
    return _recogniser(engine)


def _sixteenth(checkpoint: Path, *, is_forced: bool) -> Callable[[np.ndarray], list[str]]:
    return _ours(checkpoint, is_forced=is_forced, step=16)


def _spectrogram(checkpoint: Path, *, is_forced: bool) -> Callable[[np.ndarray], list[str]]:
    """What `transcribe` does first with the whole recording."""
    import whisper  # noqa: PLC0415

    from bench.transcription.model import load  # noqa: PLC0415

    _use_one_thread()
    model = load(checkpoint)

    def measure(samples: np.ndarray) -> list[str]:
        sound = samples.astype(np.float32) / FULL_SCALE
        whisper.log_mel_spectrogram(sound, model.dims.n_mels, padding=whisper.audio.N_SAMPLES)
        return []

    return measure


def _use_one_thread() -> None:
    """Comes after what starts Numba, which makes torch use all processors."""
    import torch  # noqa: PLC0415

    torch.set_num_threads(1)


def _require_one_thread() -> None:
    """Threads that wait for each other would be measured, too."""
    import torch  # noqa: PLC0415

    if torch.get_num_threads() != 1:
        sys.exit(f"Torch uses {torch.get_num_threads()} threads.")


def _compile_timing() -> None:
    """The alignment of words is compiled at first use: not what is to be measured."""
    import torch  # noqa: PLC0415
    from whisper.timing import dtw  # noqa: PLC0415

    dtw(torch.rand(8, 16))


def _peak_kib() -> int:
    status = Path("/proc/self/status").read_text()
    return next(int(line.split()[1]) for line in status.splitlines() if line.startswith("VmHWM"))


_TASKS = {
    "plain": _plain,
    "ours": _ours,
    "faster": _faster,
    "sixteenth": _sixteenth,
    "spectrogram": _spectrogram,
}

if __name__ == "__main__":
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
    main(*sys.argv[1:])
