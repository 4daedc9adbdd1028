"""Writes a Whisper model in the form that CTranslate2 runs, once per checkpoint and place."""

import json
import os
import shutil
import tempfile
from collections.abc import Mapping
from dataclasses import asdict
from pathlib import Path
from typing import Any

import numpy as np
from ctranslate2.specs import WhisperSpec
from whisper.decoding import DecodingOptions, DecodingTask
from whisper.model import ModelDimensions
from whisper.tokenizer import Tokenizer, get_tokenizer

Weights = Mapping[str, Any]
_DIMENSIONS = "dimensions.json"


def write_converted(model: Any, folder: Path, *, quantization: str) -> None:
    """Write a loaded model into a folder of its own; a killed process leaves none half done."""
    folder.parent.mkdir(parents=True, exist_ok=True)
    unfinished = Path(tempfile.mkdtemp(prefix=".converting-", dir=folder.parent))
    try:
        spec = _spec(model)
        spec.validate()
        spec.optimize(quantization=quantization)
        spec.save(str(unfinished))
        (unfinished / _DIMENSIONS).write_text(json.dumps(asdict(model.dims)), encoding="utf-8")
        _put_in_place(unfinished, folder)
    finally:
        shutil.rmtree(unfinished, ignore_errors=True)


def read_dimensions(folder: Path) -> ModelDimensions:
    return ModelDimensions(**json.loads((folder / _DIMENSIONS).read_text(encoding="utf-8")))


def _put_in_place(unfinished: Path, folder: Path) -> None:
    try:
        os.replace(unfinished, folder)
    except OSError:
        if not folder.is_dir():  # else another process was faster
            raise


def _spec(model: Any) -> WhisperSpec:
    dims = model.dims
    tokenizer = get_tokenizer(
        model.is_multilingual, num_languages=model.num_languages, language="en", task="transcribe"
    )
    spec = WhisperSpec(dims.n_audio_layer, dims.n_audio_head, dims.n_text_layer, dims.n_text_head)
    weights = {name: value.float().cpu().numpy() for name, value in model.state_dict().items()}
    _set_encoder(spec.encoder, weights)
    _set_decoder(spec.decoder, weights)
    task = DecodingTask(model, DecodingOptions(language="en", fp16=False))
    spec.config.suppress_ids = list(task._get_suppress_tokens())
    spec.config.suppress_ids_begin = [*tokenizer.encode(" "), tokenizer.eot]
    spec.config.lang_ids = list(tokenizer.all_language_tokens)
    spec.config.alignment_heads = model.alignment_heads.indices().T.tolist()
    spec.register_vocabulary(
        _vocabulary(tokenizer, dims.n_vocab, is_multilingual=model.is_multilingual)
    )
    return spec


def _vocabulary(tokenizer: Tokenizer, count: int, *, is_multilingual: bool) -> list[str]:
    """Only special tokens are looked up by name; the others just need a name each."""
    names = [f"token-{token}" for token in range(count)]
    for name, token in tokenizer.special_tokens.items():
        names[token] = name
    if is_multilingual:
        names[tokenizer.eot - 1] = ""  # by this CTranslate2 knows a model of many languages
    return names


def _set_encoder(spec: Any, weights: Weights) -> None:
    for name in ("conv1", "conv2"):
        getattr(spec, name).weight = weights[f"encoder.{name}.weight"]
        getattr(spec, name).bias = weights[f"encoder.{name}.bias"]
    spec.position_encodings.encodings = weights["encoder.positional_embedding"]
    _set_norm(spec.layer_norm, weights, "encoder.ln_post")
    for number, layer in enumerate(spec.layer):
        _set_layer(layer, weights, f"encoder.blocks.{number}")


def _set_decoder(spec: Any, weights: Weights) -> None:
    embeddings = weights["decoder.token_embedding.weight"]
    spec.embeddings.weight = embeddings
    spec.projection.weight = embeddings
    spec.position_encodings.encodings = weights["decoder.positional_embedding"]
    _set_norm(spec.layer_norm, weights, "decoder.ln")
    for number, layer in enumerate(spec.layer):
        place = f"decoder.blocks.{number}"
        _set_layer(layer, weights, place)
        _set_norm(layer.attention.layer_norm, weights, f"{place}.cross_attn_ln")
        asking, offering, answering = layer.attention.linear
        _set_linear(asking, weights, f"{place}.cross_attn.query")
        _set_linear(offering, weights, f"{place}.cross_attn.key", f"{place}.cross_attn.value")
        _set_linear(answering, weights, f"{place}.cross_attn.out")


def _set_layer(layer: Any, weights: Weights, place: str) -> None:
    _set_norm(layer.self_attention.layer_norm, weights, f"{place}.attn_ln")
    joined, answering = layer.self_attention.linear
    _set_linear(joined, weights, *(f"{place}.attn.{part}" for part in ("query", "key", "value")))
    _set_linear(answering, weights, f"{place}.attn.out")
    _set_norm(layer.ffn.layer_norm, weights, f"{place}.mlp_ln")
    _set_linear(layer.ffn.linear_0, weights, f"{place}.mlp.0")
    _set_linear(layer.ffn.linear_1, weights, f"{place}.mlp.2")


def _set_norm(spec: Any, weights: Weights, place: str) -> None:
    spec.gamma, spec.beta = weights[f"{place}.weight"], weights[f"{place}.bias"]


def _set_linear(spec: Any, weights: Weights, *places: str) -> None:
    """Several layers that read the same input become one. Whisper's keys have no bias."""
    parts = [weights[f"{place}.weight"] for place in places]
    spec.weight = np.concatenate(parts)
    spec.bias = np.concatenate(
        [
            weights.get(f"{place}.bias", np.zeros(len(part), dtype=part.dtype))
            for place, part in zip(places, parts, strict=True)
        ]
    )
