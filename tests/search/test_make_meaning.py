"""Making a static model of a network: the network itself, and what is kept of it."""

import json
import struct
from pathlib import Path

import numpy as np
import pytest
from numpy.typing import NDArray

from scripts import make_meaning
from search.meaning import TENSORS, TOKENIZER, MeaningModel, is_model

WIDTH, WIDE = 24, 48
WORDS = ["[PAD]", "[UNK]", "[CLS]", "[SEP]", "!", "z", "the", "line", "queue", "##s"]
SHAPES = {
    "attention.self.query": (WIDTH, WIDTH),
    "attention.self.key": (WIDTH, WIDTH),
    "attention.self.value": (WIDTH, WIDTH),
    "attention.output.dense": (WIDTH, WIDTH),
    "intermediate.dense": (WIDE, WIDTH),
    "output.dense": (WIDTH, WIDE),
}
Weights = dict[str, NDArray[np.float32]]


@pytest.fixture(scope="module")
def weights() -> Weights:
    random = np.random.default_rng(3)

    def draw(*shape: int) -> NDArray[np.float32]:
        return (0.3 * random.normal(size=shape)).astype(np.float32)

    found = {
        "embeddings.word_embeddings.weight": draw(len(WORDS), WIDTH),
        "embeddings.position_embeddings.weight": draw(8, WIDTH),
        "embeddings.token_type_embeddings.weight": draw(2, WIDTH),
    }
    norms = ["embeddings.LayerNorm"]
    for layer in range(6):
        name = f"encoder.layer.{layer}"
        for part, (rows, columns) in SHAPES.items():
            found[f"{name}.{part}.weight"] = draw(rows, columns)
            found[f"{name}.{part}.bias"] = draw(rows)
        norms += [f"{name}.attention.output.LayerNorm", f"{name}.output.LayerNorm"]
    for name in norms:
        found[f"{name}.weight"], found[f"{name}.bias"] = 1 + draw(WIDTH), draw(WIDTH)
    return found


def test_the_network_is_that_of_the_paper(weights: Weights) -> None:
    import torch  # noqa: PLC0415

    ids = np.array([[2, 7, 3], [2, 8, 3]])
    states = torch.tensor(
        make_meaning._normalised(
            weights,
            "embeddings.LayerNorm",
            weights["embeddings.word_embeddings.weight"][ids]
            + weights["embeddings.position_embeddings.weight"][:3]
            + weights["embeddings.token_type_embeddings.weight"][0],
        )
    )
    for layer in range(6):
        states = _torch_layer(weights, f"encoder.layer.{layer}")(states)
    ours = make_meaning._hidden_states(weights, ids)
    assert np.allclose(ours, states.detach().numpy(), atol=0.02)


def _torch_layer(weights, name):
    import torch  # noqa: PLC0415

    layer = torch.nn.TransformerEncoderLayer(
        WIDTH, 12, WIDE, dropout=0, activation="gelu", batch_first=True, layer_norm_eps=1e-12
    )
    inward = [f"{name}.attention.self.{part}" for part in ("query", "key", "value")]
    values = {
        f"self_attn.in_proj_{kind}": np.concatenate([weights[f"{one}.{kind}"] for one in inward])
        for kind in ("weight", "bias")
    }
    names = {
        "self_attn.out_proj": "attention.output.dense",
        "linear1": "intermediate.dense",
        "linear2": "output.dense",
        "norm1": "attention.output.LayerNorm",
        "norm2": "output.LayerNorm",
    }
    for theirs, ours in names.items():
        for kind in ("weight", "bias"):
            values[f"{theirs}.{kind}"] = weights[f"{name}.{ours}.{kind}"]
    layer.load_state_dict({key: torch.tensor(value) for key, value in values.items()})
    return layer.eval()


def test_what_is_made_is_a_model_in_place_of_the_one_before(
    weights: Weights, tmp_path: Path
) -> None:
    source, target = tmp_path / "network", tmp_path / "data" / "meaning"
    source.mkdir()
    _write(source / TENSORS, weights)
    tokenizer = {
        "version": "1.0",
        "truncation": {"max_length": 2, "strategy": "LongestFirst", "stride": 0,
                       "direction": "Right"},
        "padding": None,
        "added_tokens": [],
        "normalizer": {"type": "Lowercase"},
        "pre_tokenizer": {"type": "Whitespace"},
        "post_processor": None,
        "decoder": None,
        "model": {
            "type": "WordPiece", "unk_token": "[UNK]", "continuing_subword_prefix": "##",
            "max_input_chars_per_word": 100,
            "vocab": {word: row for row, word in enumerate(WORDS)},
        },
    }  # fmt: skip
    (source / TOKENIZER).write_text(json.dumps(tokenizer), encoding="utf-8")
    (target / "left over").mkdir(parents=True)
    make_meaning.make_model(source, target)
    assert is_model(target)
    assert sorted(path.name for path in target.parent.iterdir()) == ["meaning"]
    model = MeaningModel(target)
    queue, queues, nothing = map(model.vector, ("a queue", "the the QUEUES!", "! z zzz"))
    assert queue is not None
    assert queues is not None
    assert nothing is None
    # The commonest word weighs least, and a long text is not cut off.
    assert model.dimensions == WIDTH
    weights_of_words = make_meaning._weights_of_words({word: row for row, word in enumerate(WORDS)})
    assert [*np.flatnonzero(weights_of_words)] == [6, 7, 8, 9]
    assert [*np.argsort(weights_of_words[6:])] == [0, 1, 2, 3]


def _write(path: Path, tensors: Weights) -> None:
    header, body = {}, b""
    for name, array in tensors.items():
        end = len(body) + array.nbytes
        header[name] = {"dtype": "F32", "shape": [*array.shape], "data_offsets": [len(body), end]}
        body += array.tobytes()
    encoded = json.dumps(header).encode()
    path.write_bytes(struct.pack("<Q", len(encoded)) + encoded + body)
