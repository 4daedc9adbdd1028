"""A model of meaning of a dozen words, made in a test's own folder."""

import json
from pathlib import Path

import numpy as np

from search.meaning import TENSORS, TOKENIZER, MeaningModel, write_tensor

# Words that mean much the same point the same way; those of no line are unknown.
DIRECTIONS = [
    ("queue", "line", "waiting"),
    ("cheap", "affordable", "price"),
    ("doctor", "physician", "clinic"),
    ("shout", "noise", "loud"),
]


def make_model(
    directory: Path, directions: list[tuple[str, ...]] = DIRECTIONS, dimensions: int = 16
) -> MeaningModel:
    """Vectors of synonyms differ by a little, those of others by a right angle."""
    words = ["[UNK]", *(word for synonyms in directions for word in synonyms)]
    embeddings = np.zeros((len(words), dimensions), dtype=np.float16)
    for axis, synonyms in enumerate(directions):
        for place, word in enumerate(synonyms):
            embeddings[words.index(word), axis] = 1
            embeddings[words.index(word), -1] = 0.1 * place
    directory.mkdir(parents=True, exist_ok=True)
    write_tensor(directory / TENSORS, "embeddings", embeddings)
    tokenizer = {
        "version": "1.0",
        "added_tokens": [],
        "normalizer": {"type": "Lowercase"},
        "pre_tokenizer": {"type": "Whitespace"},
        "model": {
            "type": "WordLevel",
            "vocab": {word: row for row, word in enumerate(words)},
            "unk_token": "[UNK]",
        },
    }
    (directory / TOKENIZER).write_text(json.dumps(tokenizer), encoding="utf-8")
    return MeaningModel(directory)
