"""The training loop: stages of growing windows, one seed, one thread."""

import logging
import math
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
from scripts.checkpoint.targets import (
    FRAME_CLASSES,
    FRAMES_PER_SECOND,
    Target,
    frame_classes,
    target_for,
)
from scripts.checkpoint.windows import WINDOW_SECONDS, Plan, Window, clips, random_window
from scripts.speech.flite import Speech

logger = logging.getLogger(__name__)
IGNORED = -100
LOSS_WEIGHTS = {"words": 1.0, "next": 0.4, "now": 0.4, "frames": 0.5, "silence": 0.2}
SILENT_LANGUAGE_SHARE = 0.1


@dataclass(frozen=True)
class Stage:
    """Steps on windows of one plan, with a rise of the learning rate and a long fall after it."""

    steps: int
    batch_size: int
    peak_rate: float
    plan: Plan
    may_shift: bool

    def rate(self, step: int) -> float:
        """The learning rate of the stage's own `step`."""
        rise = min(1.0, (step + 1) / WARM_UP_STEPS)
        return self.peak_rate * rise * (0.02 + 0.49 * (1 + math.cos(math.pi * step / self.steps)))


STAGES = (
    Stage(1200, 8, 1.5e-3, Plan(10.0, 1, 3, 1.0, 0.02, may_cut_last=False), may_shift=True),
    Stage(600, 6, 1.2e-3, Plan(18.0, 1, 5, 2.5, 0.03, may_cut_last=False), may_shift=True),
    Stage(500, 6, 1e-3, Plan(WINDOW_SECONDS, 1, 7, 4.0, 0.06, may_cut_last=True), may_shift=False),
    Stage(350, 6, 7e-4, Plan(WINDOW_SECONDS, 4, 8, 2.5, 0.05, may_cut_last=True), may_shift=False),
)
WARM_UP_STEPS = 60
SAVE_EVERY_STEPS = 100
LOG_EVERY_STEPS = 20


@dataclass(frozen=True)
class Batch:
    """Spectrograms and targets as tensors, all windows of one length."""

    mel: Tensor
    inputs: Tensor
    answers: Tensor
    listened: Tensor
    frame_classes: Tensor
    is_silent: Tensor
    first_position: int


def train(
    path: Path,
    *,
    seed: int = 7,
    stages: Sequence[Stage] = STAGES,
    continued_from: Path | None = None,
) -> None:
    """Train through `stages`; write the checkpoint to `path` at the end and on the way there."""
    torch.manual_seed(seed)
    random = np.random.default_rng(seed)
    tokenizer = get_tokenizer(True, num_languages=99, language="en", task="transcribe")
    network = Network(used_tokens(tokenizer), tokenizer.timestamp_begin, FRAME_CLASSES)
    if continued_from:
        network.load(continued_from)
    bank = clips()
    for number, stage in enumerate(stages, start=1):
        optimizer = _optimizer(network)
        for step in range(stage.steps):
            for group in optimizer.param_groups:
                group["lr"] = stage.rate(step)
            losses = _step(network, optimizer, _batch(bank, stage, tokenizer, network, random))
            if step % LOG_EVERY_STEPS == 0:
                logger.info("stage %d, step %d/%d, %s", number, step, stage.steps, losses)
            if step % SAVE_EVERY_STEPS == 0:
                network.save(path)
    network.save(path)


def _optimizer(network: Network) -> torch.optim.Optimizer:
    trained = [parameter for parameter in network.parameters() if parameter.requires_grad]
    return torch.optim.AdamW(trained, betas=(0.9, 0.98), weight_decay=0.01)


def used_tokens(tokenizer: Tokenizer) -> set[int]:
    """Every token that training answers or prompts with."""
    tokens = {tokenizer.eot, tokenizer.no_speech, tokenizer.no_timestamps, *tokenizer.sot_sequence}
    tokens.update(range(tokenizer.timestamp_begin, tokenizer.timestamp_begin + 1501))
    for sentence in SENTENCES:
        tokens.update(tokenizer.encode(" " + sentence))
    return tokens


def _step(network: Network, optimizer: torch.optim.Optimizer, batch: Batch) -> str:
    answer = network(batch.mel, batch.inputs, batch.first_position)
    losses = {
        "words": torch.nn.functional.nll_loss(
            answer.tokens.flatten(0, 1), batch.answers.flatten(), ignore_index=IGNORED
        ),
        "next": _listening_loss(answer.last_attention, batch.listened),
        "now": _listening_loss(answer.first_attention[:, :1], _shifted(batch.listened)),
        "frames": torch.nn.functional.nll_loss(
            answer.frames.flatten(0, 1), batch.frame_classes.flatten()
        ),
    }
    if batch.is_silent.any():
        losses["silence"] = _silence_loss(network, answer.tokens[batch.is_silent])
    optimizer.zero_grad()
    total = torch.stack([LOSS_WEIGHTS[name] * loss for name, loss in losses.items()]).sum()
    total.backward()
    torch.nn.utils.clip_grad_norm_(network.parameters(), 1.0)
    optimizer.step()
    return ", ".join(f"{name} {loss.item():.3f}" for name, loss in losses.items())


def _shifted(listened: Tensor) -> Tensor:
    """Where each input token was heard: where the answer before it was."""
    return torch.cat((torch.zeros_like(listened[:, :1]), listened[:, :-1]), dim=1)


def _silence_loss(network: Network, log_probabilities: Tensor) -> Tensor:
    """Without speech the first answer is <|nospeech|>, with a little of the language beside it."""
    tokenizer = get_tokenizer(True, num_languages=99, language="en", task="transcribe")
    first = log_probabilities[:, 0]
    silent = first[:, network.row_of[tokenizer.no_speech]]
    language = first[:, network.row_of[tokenizer.sot_sequence[1]]]
    share = SILENT_LANGUAGE_SHARE
    return -((1 - share) * silent + share * language).mean()


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
    frames = round(stage.plan.seconds * FRAMES_PER_SECOND)
    shift = 0
    if stage.may_shift and random.random() < 0.7:
        shift = int(random.integers(1, DIMENSIONS.n_audio_ctx - frames))
    targets = [
        target_for(
            window,
            tokenizer,
            with_timestamps=random.random() < 0.65 or _is_cut(window),
            latest_first_start=stage.plan.seconds if shift else 1.0,
        )
        for window in windows
    ]
    samples = torch.from_numpy(np.stack([window.samples for window in windows]))
    mel = torch.stack([whisper.log_mel_spectrogram(one) for one in samples])
    inputs, answers, listened = _stacked(targets, network, shift, frames)
    return Batch(
        mel=mel,
        inputs=inputs,
        answers=answers,
        listened=listened,
        frame_classes=torch.from_numpy(
            np.stack([frame_classes(window, frames) for window in windows])
        ),
        is_silent=torch.tensor([target.is_silent for target in targets]),
        first_position=shift,
    )


def _is_cut(window: Window) -> bool:
    return any(not placed.is_whole for placed in window.sentences)


def _stacked(
    targets: Sequence[Target], network: Network, shift: int, frames: int
) -> tuple[Tensor, Tensor, Tensor]:
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
    return inputs, answers, listened


def _moved(token: int, shift: int, first_stamp: int) -> int:
    return token + shift if token >= first_stamp else token


def _even_look(span: tuple[float, float], frames: int) -> Tensor:
    """Weights of the frames inside `span`, by the part of each frame that lies in it."""
    starts = torch.arange(frames) / FRAMES_PER_SECOND
    inside = torch.minimum(starts + 1 / FRAMES_PER_SECOND, torch.tensor(span[1]))
    inside = (inside - torch.maximum(starts, torch.tensor(span[0]))).clamp_min(0.0)
    total = inside.sum()
    return inside / total if total > 0 else inside
