"""The decoder in steps gives what Whisper's own gives: the same tokens, nearly the same logits."""

from typing import Any

import numpy as np
import pytest
import torch
import whisper
from whisper.decoding import DecodingOptions, Inference, PyTorchInference
from whisper.model import ModelDimensions, Whisper

from tests.worker.speech.test_whisper import CHECKPOINT
from tests.worker.speech.test_windows import load
from worker.speech.decoder_steps import DecoderSteps, HeardSound, decode_in_steps
from worker.speech.whisper_engine import WhisperEngine

Encoded = tuple[Any, torch.Tensor]
_START, _END = [50_258, 50_259, 50_359], 50_257


def go_on() -> None:
    """Nobody interrupts."""


@pytest.fixture(scope="module")
def trained() -> Encoded:
    """The project's checkpoint, and three windows of speech as its encoder tells them."""
    engine = WhisperEngine.load(str(CHECKPOINT), "cpu")
    sound = load("two_sentences.wav").astype(np.float32) / 32_768
    cuts = (sound, sound[: len(sound) // 2], sound[len(sound) // 2 :])
    return engine._model, engine._encode([engine._mel(cut) for cut in cuts])


@pytest.fixture(scope="module")
def untrained() -> Encoded:
    """More layers and heads than the checkpoint has, and weights of noise."""
    torch.manual_seed(7)
    dims = ModelDimensions(80, 1500, 64, 4, 1, 51_865, 448, 64, 4, 3)
    model = Whisper(dims).eval()
    torch.nn.init.normal_(model.decoder.positional_embedding)
    torch.nn.init.normal_(model.decoder.token_embedding.weight, std=0.3)
    return model, torch.randn(3, 1500, 64)


@pytest.fixture(params=["trained", "untrained"])
def encoded(request: pytest.FixtureRequest) -> Encoded:
    found: Encoded = request.getfixturevalue(request.param)
    return found


@pytest.mark.parametrize("windows", [1, 2, 3])
@pytest.mark.parametrize("before", [0, 40], ids=["without a prompt", "with a prompt"])
@torch.no_grad()
def test_logits_are_those_of_whisper(encoded: Encoded, windows: int, before: int) -> None:
    model, sound = encoded
    texts = torch.Generator().manual_seed(5)
    told = torch.randint(50_000, (windows, before), generator=texts)
    first = torch.cat([told, torch.tensor([_START] * windows)], dim=1)
    said = torch.randint(50_000, (windows, 12), generator=texts)
    tokens = torch.cat([first, said], dim=1)
    expected = _logits(PyTorchInference(model, first.shape[1]), tokens, sound[:windows])
    ours = _logits(DecoderSteps(model, end=_END, check=go_on), tokens, sound[:windows])
    for own, theirs in zip(ours, expected, strict=True):
        torch.testing.assert_close(own, theirs, atol=1e-4, rtol=1e-5)


@torch.no_grad()
def test_what_was_heard_before_need_not_be_heard_again(untrained: Encoded) -> None:
    model, sound = untrained
    tokens = torch.tensor([[*_START, *range(100 + row, 112 + row)] for row in range(3)])
    heard = [HeardSound(model, window) for window in sound]
    model.decoder.blocks[0].cross_attn.key.register_forward_pre_hook(refuse)
    try:
        again = DecoderSteps(model, end=_END, check=go_on, heard=heard)
        ours = _logits(again, tokens, sound)
    finally:
        model.decoder.blocks[0].cross_attn.key._forward_pre_hooks.clear()
    anew = _logits(DecoderSteps(model, end=_END, check=go_on), tokens, sound)
    assert all(torch.equal(own, other) for own, other in zip(ours, anew, strict=True))


def refuse(*_: Any) -> None:
    """What is known is not asked for."""
    raise AssertionError


@torch.no_grad()
def test_windows_that_have_ended_are_left_out_and_the_others_go_on(untrained: Encoded) -> None:
    model, sound = untrained
    tokens = torch.tensor([[*_START, *range(100 + row, 112 + row)] for row in range(3)])
    whole = _logits(DecoderSteps(model, end=_END, check=go_on), tokens, sound)
    tokens[0, 8:], tokens[2, 11:] = _END, _END
    shortened = _logits(DecoderSteps(model, end=_END, check=go_on), tokens, sound)
    for length, (own, whole_one) in enumerate(zip(shortened, whole, strict=True), start=3):
        torch.testing.assert_close(own[1], whole_one[1], atol=1e-4, rtol=1e-5)
        assert bool(own[0].any()) is (length <= 8)
        assert bool(own[2].any()) is (length <= 11)


def _logits(inference: Inference, tokens: torch.Tensor, sound: torch.Tensor) -> list[torch.Tensor]:
    """As a text grows by its last twelve tokens."""
    lengths = range(tokens.shape[1] - 12, tokens.shape[1] + 1)
    found = [inference.logits(tokens[:, :length], sound) for length in lengths]
    inference.cleanup_caching()  # else its hooks stay in the model
    return found


@pytest.mark.parametrize(
    "options",
    [
        DecodingOptions(language="en", fp16=False),
        DecodingOptions(language="en", fp16=False, prompt="Medisafe, Anja, the night nurse."),
        DecodingOptions(language="en", fp16=False, temperature=0.4),
    ],
    ids=["as usual", "with a prompt", "sampled"],
)
def test_windows_are_decoded_to_the_same_tokens(trained: Encoded, options: DecodingOptions) -> None:
    model, sound = trained
    torch.manual_seed(3)
    ours = decode_in_steps(model, sound, options, check=go_on)
    torch.manual_seed(3)
    for own, stock in zip(ours, whisper.decode(model, sound, options), strict=True):
        assert own.tokens == stock.tokens
        assert own.text == stock.text
        assert own.avg_logprob == pytest.approx(stock.avg_logprob, abs=1e-4)
        assert own.no_speech_prob == pytest.approx(stock.no_speech_prob, abs=1e-5)
    assert any(own.text for own in ours)


def test_a_text_that_never_ends_is_cut_where_whisper_cuts_it(untrained: Encoded) -> None:
    model, sound = untrained
    options = DecodingOptions(language="en", fp16=False, prompt="word " * 300)
    ours = decode_in_steps(model, sound[:1], options, check=go_on)
    stock = whisper.decode(model, sound[:1], options)
    assert ours[0].tokens == stock[0].tokens


def test_it_asks_before_each_step_and_stops_at_once(trained: Encoded) -> None:
    class StopError(Exception):
        """Somebody cancels in the middle."""

    asked: list[int] = []

    def check() -> None:
        asked.append(1)
        if len(asked) == 4:
            raise StopError

    model, sound = trained
    with pytest.raises(StopError):
        decode_in_steps(model, sound, DecodingOptions(language="en", fp16=False), check=check)
    assert len(asked) == 4
