"""Linear layers by another library: the same numbers but for rounding, and hooks as before."""

import pytest
import torch
from torch import nn
from whisper.model import Linear

from worker.speech import linear_layers
from worker.speech.linear_layers import quicken


def layers() -> nn.Sequential:
    torch.manual_seed(4)
    return nn.Sequential(Linear(48, 96), nn.GELU(), Linear(96, 48, bias=False))


@pytest.mark.parametrize("shape", [(1, 1, 48), (2, 150, 48), (3, 48)])
def test_the_numbers_are_those_of_torch(shape: tuple[int, ...]) -> None:
    x = torch.randn(shape, generator=torch.Generator().manual_seed(5))
    quick = layers()
    quicken(quick)
    torch.testing.assert_close(quick(x), layers()(x), atol=1e-5, rtol=1e-5)


def test_it_is_used_and_what_watches_a_layer_still_sees_it() -> None:
    quick, seen = layers(), []
    quicken(quick)
    quick[0].register_forward_hook(lambda *_: seen.append(1))
    assert "forward" in vars(quick[0])
    quick(torch.zeros(1, 1, 48))
    assert seen == [1]


def test_a_torch_without_it_is_left_as_it_is(monkeypatch: pytest.MonkeyPatch) -> None:
    def refuse(layer: nn.Linear, x: torch.Tensor) -> torch.Tensor:
        raise RuntimeError("not in this build")

    monkeypatch.setattr(linear_layers, "_apply", refuse)
    plain = layers()
    quicken(plain)
    assert "forward" not in vars(plain[0])
    assert plain(torch.zeros(1, 1, 48)).shape == (1, 1, 48)
