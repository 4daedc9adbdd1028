"""Finds Whisper's weights on this machine, or fetches them once where that is allowed."""

import hashlib
import http.client
import logging
import os
import tempfile
import urllib.request
from pathlib import Path

from worker.speech.engine import ModelMissingError

logger = logging.getLogger(__name__)

_TIMEOUT_SECONDS = 10
_CHUNK_BYTES = 1 << 20


def default_root() -> Path:
    """Where Whisper itself keeps its weights."""
    cache = os.environ.get("XDG_CACHE_HOME") or os.path.join(os.path.expanduser("~"), ".cache")
    return Path(cache) / "whisper"


def find_weights(model: str, *, addresses: dict[str, str], root: Path, may_download: bool) -> Path:
    """The checkpoint file of a model given by name or by path. Raises ModelMissingError."""
    if model not in addresses:
        return _own_checkpoint(model, known=sorted(addresses))
    address = addresses[model]
    path = root / address.rsplit("/", 1)[-1]
    if _is_whole(path, address):
        return path
    if not may_download:
        raise ModelMissingError(
            f"The speech model “{model}” is not on this machine.", remedy=_remedy(model, path)
        )
    _download(address, path, model)
    return path


def _own_checkpoint(model: str, *, known: list[str]) -> Path:
    path = Path(model)
    if path.is_file():
        return path
    if path.suffix == ".pt" or len(path.parts) > 1:
        raise ModelMissingError(
            f"There is no speech model at {path}.",
            remedy="Ask the operator to put the file there or to correct WHISPER_MODEL.",
        )
    raise ModelMissingError(
        f"There is no speech model called “{model}”.",
        remedy=f"Ask the operator to set WHISPER_MODEL to one of {', '.join(known)}.",
    )


def _is_whole(path: Path, address: str) -> bool:
    if not path.is_file():
        return False
    digest = hashlib.sha256()
    with path.open("rb") as file:
        while chunk := file.read(_CHUNK_BYTES):
            digest.update(chunk)
    return digest.hexdigest() == _expected_digest(address)


def _expected_digest(address: str) -> str:
    """The folder a file of Whisper's is published in is named for its SHA-256."""
    return address.split("/")[-2]


def _download(address: str, path: Path, model: str) -> None:
    """Fetch to a file beside the target first: two workers may do this at once, or be killed."""
    logger.info("Downloading the speech model %s to %s", model, path)
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        with tempfile.TemporaryDirectory(prefix=".fetching-", dir=path.parent) as folder:
            fetched = Path(folder) / path.name
            _fetch(address, fetched)
            if not _is_whole(fetched, address):
                raise OSError("what arrived is not what was published")
            os.replace(fetched, path)
    except (OSError, http.client.HTTPException) as error:
        logger.warning("The speech model %s could not be downloaded: %s", model, error)
        raise ModelMissingError(
            f"The speech model “{model}” is not on this machine and could not be downloaded.",
            remedy=_remedy(model, path),
        ) from error


def _fetch(address: str, path: Path) -> None:
    with (
        urllib.request.urlopen(address, timeout=_TIMEOUT_SECONDS) as answer,
        path.open("wb") as file,
    ):
        while chunk := answer.read(_CHUNK_BYTES):
            file.write(chunk)


def _remedy(model: str, path: Path) -> str:
    return (
        f"Ask the operator to put {path.name} into {path.parent}, to set WHISPER_MODEL to a model "
        "file, or to let this machine download the model (WHISPER_MAY_DOWNLOAD=1)."
    )
