"""Files of Whisper's models, and the networks in them."""

import pickle
from pathlib import Path
from typing import Any

import torch
import whisper

from worker.speech.engine import ModelMissingError
from worker.speech.weights import find_weights

# What loading a file raises that is no checkpoint, or a damaged one.
_UNREADABLE = (
    RuntimeError,
    OSError,
    EOFError,
    LookupError,
    TypeError,
    ValueError,
    pickle.UnpicklingError,
)


def find_checkpoint(model: str, root: Path, *, may_download: bool) -> Path:
    """The file of a model given by name or path. Raises ModelMissingError."""
    return find_weights(model, addresses=whisper._MODELS, root=root, may_download=may_download)


def name_of(model: str, path: Path) -> str:
    return model if model in whisper._MODELS else path.stem


def load_checkpoint(model: str, path: Path, *, device: str | None) -> Any:
    """The network with its weights. Raises ModelMissingError if the file can't be read."""
    try:
        # By its name Whisper also knows which parts of a model tell the times of words.
        name = model if model in whisper._MODELS else str(path)
        return whisper.load_model(name, device=device, download_root=str(path.parent)).eval()
    except torch.cuda.OutOfMemoryError:
        raise
    except _UNREADABLE as error:
        raise ModelMissingError(
            f"The speech model {path} can't be read ({type(error).__name__}).",
            remedy="Ask the operator to replace the file: it is damaged or of another kind.",
        ) from error
