"""Whisper's decoder on a processor, one step at a time: its own numbers in half of its time.

A step is a few rows against large matrices, and takes as long as reading those. Whisper's own way
reads them against their order: here keys and values lie together for each head, and a matrix comes
first, then the few rows as its columns (measured: a batch of four in half of the time).
"""

from collections.abc import Sequence
from typing import Any, NamedTuple

import torch
from torch import Tensor
from torch.nn import functional
from whisper.decoding import DecodingOptions, DecodingResult, DecodingTask, Inference

from worker.speech.engine import Check

# More rows than these are read as fast in the usual way.
_FEW_ROWS = 8


def decode_in_steps(
    model: Any,
    sound: Tensor,
    options: DecodingOptions,
    *,
    check: Check,
    heard: Sequence["HeardSound"] = (),
) -> list[DecodingResult]:
    """What `whisper.decode` gives for encoded sound; asks `check` before each step.

    `heard` is what the decoder makes of each window's sound, if that is known already.
    """
    task = DecodingTask(model, options)
    task.inference = DecoderSteps(model, end=task.tokenizer.eot, check=check, heard=heard)
    return task.run(sound)


class _Layer(NamedTuple):
    """Keys (heads, moments, size of a head), and values with the last two exchanged, so that both
    are read from their beginning to their end.
    """

    keys: Tensor
    values: Tensor


class HeardSound:
    """What each layer of a decoder keeps of the sound of one window (moments, state)."""

    def __init__(self, model: Any, sound: Tensor) -> None:
        attentions = [block.cross_attn for block in model.decoder.blocks]
        self.layers = [_heard_by(attention, sound.unsqueeze(0)) for attention in attentions]


def _heard_by(attention: Any, sound: Tensor) -> _Layer:
    keys, values = (
        _by_head(linear(sound), attention.n_head)[0] for linear in (attention.key, attention.value)
    )
    return _Layer(keys.contiguous(), values.mT.contiguous())


class DecoderSteps(Inference):
    """Logits of a decoder for one batch of windows, without searching by beams.

    A window whose text has ended is read no further: its logits are zero from then on.
    """

    def __init__(
        self, model: Any, *, end: int, check: Check, heard: Sequence[HeardSound] = ()
    ) -> None:
        self._model = model
        self._decoder = model.decoder
        self._known = heard
        self._most_tokens = model.dims.n_text_ctx
        self._end = end
        self._check = check
        self.cleanup_caching()

    def cleanup_caching(self) -> None:
        """Forget the windows: what comes next is a new batch."""
        self._said: list[_Text] = []
        self._heard: Sequence[HeardSound] = []
        self._length = 0

    def logits(self, tokens: Tensor, audio_features: Tensor) -> Tensor:
        """Of every token the first time, then of the last one: (windows, tokens, vocabulary)."""
        self._check()
        if not self._length:
            self._begin(audio_features)
        windows = (tokens[:, -1] != self._end).nonzero().flatten()
        found = self._read(tokens[windows, self._length :], windows.tolist())
        if len(windows) == len(tokens):
            return found
        answer = found.new_zeros(len(tokens), *found.shape[1:])
        answer[windows] = found
        return answer

    def _begin(self, sound: Tensor) -> None:
        self._heard = self._known or [HeardSound(self._model, window) for window in sound]
        for block in self._decoder.blocks:
            heads = block.cross_attn.n_head
            room = sound.new_empty(len(sound), heads, self._most_tokens, sound.shape[2] // heads)
            self._said.append(_Text(room, torch.empty_like(room)))

    def _read(self, tokens: Tensor, windows: Sequence[int]) -> Tensor:
        decoder, first = self._decoder, self._length
        last = self._length = first + tokens.shape[1]
        mask = decoder.mask[first:last, :last]
        x = decoder.token_embedding(tokens) + decoder.positional_embedding[first:last]
        heard = zip(*(self._heard[window].layers for window in windows), strict=True)
        for block, said, sounds in zip(decoder.blocks, self._said, heard, strict=True):
            normal = block.attn_ln(x)
            said.write(block.attn, normal, windows, first)
            x = x + said.attend(block.attn, normal, windows, mask)
            x = x + _listen(block.cross_attn, block.cross_attn_ln(x), sounds)
            widened = functional.gelu(_apply(block.mlp[0], block.mlp_ln(x)))
            x = x + block.mlp[2](widened)
        return _project(decoder.token_embedding.weight, decoder.ln(x))


def _listen(layer: Any, x: Tensor, sounds: Sequence[_Layer]) -> Tensor:
    """What each window finds in its own sound."""
    found = []
    for (keys, values), asked in zip(
        sounds, _by_head(_apply(layer.query, x), layer.n_head), strict=True
    ):
        scores = (keys @ asked.mT).mT * asked.shape[-1] ** -0.5
        found.append((values @ scores.softmax(-1).mT).mT)
    return _apply(layer.out, torch.stack(found).transpose(1, 2).flatten(2))


class _Text:
    """Keys and values of what one layer has said: (windows, heads, tokens, size of a head)."""

    def __init__(self, keys: Tensor, values: Tensor) -> None:
        self._keys = keys
        self._values = values

    def write(self, layer: Any, x: Tensor, windows: Sequence[int], first: int) -> None:
        place = slice(first, first + x.shape[1])
        for memory, part in ((self._keys, layer.key), (self._values, layer.value)):
            for window, made in zip(windows, _by_head(_apply(part, x), layer.n_head), strict=True):
                memory[window, :, place] = made

    def attend(self, layer: Any, x: Tensor, windows: Sequence[int], mask: Tensor) -> Tensor:
        """What each window finds in its own text, as far as the mask reaches."""
        length = mask.shape[1]
        found = []
        for window, asked in zip(
            windows, _by_head(_apply(layer.query, x), layer.n_head), strict=True
        ):
            scores = asked @ self._keys[window, :, :length].mT * asked.shape[-1] ** -0.5
            if len(mask) > 1:  # a single token may look at all before it
                scores = scores + mask
            found.append(scores.softmax(-1) @ self._values[window, :, :length])
        return _apply(layer.out, torch.stack(found).transpose(1, 2).flatten(2))


def _by_head(x: Tensor, heads: int) -> Tensor:
    return x.unflatten(2, (heads, -1)).transpose(1, 2)


def _apply(layer: Any, x: Tensor) -> Tensor:
    windows, moments, _ = x.shape
    if windows * moments > _FEW_ROWS:
        return layer(x)
    answer = (layer.weight @ x.flatten(0, 1).T).T
    if layer.bias is not None:
        answer = answer + layer.bias
    return answer.unflatten(0, (windows, moments))


def _project(embedding: Tensor, x: Tensor) -> Tensor:
    """How well each token of the vocabulary fits."""
    rows = x.flatten(0, 1)
    if len(rows) > _FEW_ROWS:
        return x @ embedding.T
    # A single column is read twice as slowly as two.
    columns = rows if len(rows) > 1 else rows.repeat(2, 1)
    answer = (embedding @ columns.T)[:, : len(rows)].T.contiguous()
    return answer.unflatten(0, x.shape[:2])
