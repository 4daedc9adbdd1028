"""The training loop: stages of growing windows, one seed, one thread."""

import logging
import math
import time
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np
import torch
import whisper
from torch import Tensor
from whisper.tokenizer import Tokenizer, get_tokenizer

from scripts.checkpoint.network import DIMENSIONS, Network
from scripts.checkpoint.sentences import SENTENCES
from scripts.checkpoint.targets import FRAMES_PER_SECOND, Target, target_for
from scripts.checkpoint.windows import WINDOW_SECONDS, Plan, Window, clips, random_window
from scripts.speech.flite import Speech

logger = logging.getLogger(__name__)
IGNORED = -100
ATTENTION_WEIGHT = 0.5
SILENT_LANGUAGE_SHARE = 0.1


@dataclass(frozen=True)
class Stage:
    """A number of steps on windows of one plan."""

    steps: int
    batch_size: int
    plan: Plan
    may_shift: bool


STAGES = (
    Stage(1600, 8, Plan(9.0, 2, 0.02, may_cut_last=False), may_shift=True),
    Stage(1200, 6, Plan(WINDOW_SECONDS, 7, 0.05, may_cut_last=True), may_shift=False),
)
PEAK_RATE = 1.5e-3
WARM_UP_STEPS = 100
SAVE_EVERY_STEPS = 200


@dataclass(frozen=True)
class Batch:
    """Spectrograms and targets as tensors, all windows of one length."""

    mel: Tensor
    inputs: Tensor
    answers: Tensor
    listened: Tensor
    is_silent: Tensor
    first_position: int


def train(path: Path, *, seed: int = 7, stages: Sequence[Stage] = STAGES) -> None:
    """Train from nothing; write the checkpoint to `path` at the end and on the way there."""
    torch.manual_seed(seed)
    random = np.random.default_rng(seed)
    tokenizer = get_tokenizer(True, num_languages=99, language="en", task="transcribe")
    network = Network(used_tokens(tokenizer), tokenizer.timestamp_begin)
    bank = clips()
    optimizer = torch.optim.AdamW(
        [parameter for parameter in network.parameters() if parameter.requires_grad],
        lr=PEAK_RATE,
        betas=(0.9, 0.98),
        weight_decay=0.01,
    )
    total, step, began = sum(stage.steps for stage in stages), 0, time.monotonic()
    for stage in stages:
        for _ in range(stage.steps):
            for group in optimizer.param_groups:
                group["lr"] = _rate(step, total)
            losses = _step(network, optimizer, _batch(bank, stage, tokenizer, network, random))
            step += 1
            if step % 20 == 0:
                logger.info("step %d/%d, %.0f s, %s", step, total, time.monotonic() - began, losses)
            if step % SAVE_EVERY_STEPS == 0:
                network.save(path)
    network.save(path)


def used_tokens(tokenizer: Tokenizer) -> set[int]:
    """Every token that training answers or prompts with."""
    tokens = {tokenizer.eot, tokenizer.no_speech, tokenizer.no_timestamps, *tokenizer.sot_sequence}
    tokens.update(range(tokenizer.timestamp_begin, tokenizer.timestamp_begin + 1501))
    for sentence in SENTENCES:
        tokens.update(tokenizer.encode(" " + sentence))
    return tokens


def _rate(step: int, total: int) -> float:
    warm = min(1.0, (step + 1) / WARM_UP_STEPS)
    return PEAK_RATE * warm * (0.02 + 0.98 * 0.5 * (1 + math.cos(math.pi * step / total)))


def _step(network: Network, optimizer: torch.optim.Optimizer, batch: Batch) -> str:
    log_probabilities, attention = network(batch.mel, batch.inputs, batch.first_position)
    words = torch.nn.functional.nll_loss(
        log_probabilities.flatten(0, 1), batch.answers.flatten(), ignore_index=IGNORED
    )
    if batch.is_silent.any():
        words = words + _silence_loss(network, log_probabilities[batch.is_silent])
    listening = _listening_loss(attention, batch.listened)
    optimizer.zero_grad()
    (words + ATTENTION_WEIGHT * listening).backward()
    torch.nn.utils.clip_grad_norm_(network.parameters(), 1.0)
    optimizer.step()
    with torch.no_grad():
        right = log_probabilities.argmax(-1) == batch.answers
        share = right[batch.answers != IGNORED].float().mean()
    return f"words {words.item():.3f}, listening {listening.item():.3f}, right {share.item():.3f}"


def _silence_loss(network: Network, log_probabilities: Tensor) -> Tensor:
    """Without speech the first answer is <|nospeech|>, with a little of the language beside it."""
    tokenizer = get_tokenizer(True, num_languages=99, language="en", task="transcribe")
    first = log_probabilities[:, 0]
    silent = first[:, network.row_of[tokenizer.no_speech]]
    language = first[:, network.row_of[tokenizer.sot_sequence[1]]]
    share = SILENT_LANGUAGE_SHARE
    return -((1 - share) * silent + share * language).mean() * 0.2


def _listening_loss(attention: Tensor, listened: Tensor) -> Tensor:
    """Cross-entropy of every head against an even look over the frames of the token."""
    expected = listened.sum(-1) > 0
    cross_entropy = -(attention * listened.unsqueeze(1)).sum(-1).mean(1)
    entropy = -(listened * listened.clamp_min(1e-9).log()).sum(-1)
    return (cross_entropy - entropy)[expected].mean()


def _batch(
    bank: Sequence[Sequence[Speech]],
    stage: Stage,
    tokenizer: Tokenizer,
    network: Network,
    random: np.random.Generator,
) -> Batch:
    windows = [random_window(bank, stage.plan, random) for _ in range(stage.batch_size)]
    with_timestamps = random.random(stage.batch_size) < 0.65
    targets = [
        target_for(window, tokenizer, with_timestamps=bool(timed) or _is_cut(window))
        for window, timed in zip(windows, with_timestamps, strict=True)
    ]
    frames = round(stage.plan.seconds * FRAMES_PER_SECOND)
    shift = 0
    if stage.may_shift and random.random() < 0.7:
        shift = int(random.integers(0, DIMENSIONS.n_audio_ctx - frames))
    samples = torch.from_numpy(np.stack([window.samples for window in windows]))
    mel = torch.stack([whisper.log_mel_spectrogram(one) for one in samples])
    return _stacked(mel, targets, network, shift, frames)


def _is_cut(window: Window) -> bool:
    return any(not placed.is_whole for placed in window.sentences)


def _stacked(
    mel: Tensor, targets: Sequence[Target], network: Network, shift: int, frames: int
) -> Batch:
    length = max(len(target.inputs) for target in targets)
    rows = network.row_of
    first_stamp = max(rows) - 1500
    inputs = torch.zeros(len(targets), length, dtype=torch.long)
    answers = torch.full((len(targets), length), IGNORED)
    listened = torch.zeros(len(targets), length, frames)
    for index, target in enumerate(targets):
        moved_inputs = [_moved(token, shift, first_stamp) for token in target.inputs]
        moved_answers = [_moved(token, shift, first_stamp) for token in target.answers]
        inputs[index, : len(moved_inputs)] = torch.tensor([rows[token] for token in moved_inputs])
        answers[index, : len(moved_answers)] = torch.tensor(
            [rows[token] for token in moved_answers]
        )
        if target.is_silent:
            answers[index, 0] = IGNORED
        for position, span in enumerate(target.spans):
            if span is not None:
                listened[index, position] = _even_look(span, frames)
    silent = torch.tensor([target.is_silent for target in targets])
    return Batch(mel, inputs, answers, listened, silent, shift)


def _moved(token: int, shift: int, first_stamp: int) -> int:
    return token + shift if token >= first_stamp else token


def _even_look(span: tuple[float, float], frames: int) -> Tensor:
    """Weights of the frames inside `span`, by the part of each frame that lies in it."""
    starts = torch.arange(frames) / FRAMES_PER_SECOND
    inside = torch.minimum(starts + 1 / FRAMES_PER_SECOND, torch.tensor(span[1]))
    inside = (inside - torch.maximum(starts, torch.tensor(span[0]))).clamp_min(0.0)
    total = inside.sum()
    return inside / total if total > 0 else inside
