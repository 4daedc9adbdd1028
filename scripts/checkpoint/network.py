"""The Whisper network under training, with only the rows of the vocabulary that occur."""

import io
import math
from collections.abc import Collection
from dataclasses import asdict
from pathlib import Path

import torch
from torch import Tensor, nn
from whisper.model import ModelDimensions, Whisper, sinusoids

DIMENSIONS = ModelDimensions(
    n_mels=80,
    n_audio_ctx=1500,
    n_audio_state=96,
    n_audio_head=3,
    n_audio_layer=2,
    n_vocab=51865,
    n_text_ctx=448,
    n_text_state=96,
    n_text_head=3,
    n_text_layer=2,
)


class Network(nn.Module):
    """Whisper whose token embedding is `rows` for `tokens` and zero for every other token.

    Zero rows answer logit 0, so their share of the softmax is known without computing them.
    """

    def __init__(self, tokens: Collection[int], timestamp_begin: int) -> None:
        super().__init__()
        self.whisper = Whisper(DIMENSIONS)
        self.tokens = torch.tensor(sorted(tokens))
        self.row_of = {int(token): row for row, token in enumerate(self.tokens)}
        self.rows = nn.Parameter(torch.randn(len(self.tokens), DIMENSIONS.n_text_state) * 0.05)
        self.unused_log_count = math.log(DIMENSIONS.n_vocab - len(self.tokens))
        with torch.no_grad():
            self._start_timestamps_as_positions(timestamp_begin)
        nn.init.normal_(self.whisper.decoder.positional_embedding, std=0.02)
        self.whisper.decoder.token_embedding.weight.requires_grad_(False)

    def _start_timestamps_as_positions(self, timestamp_begin: int) -> None:
        """Timestamp n names audio position n: starting alike, the answer is half copied."""
        count = DIMENSIONS.n_audio_ctx + 1
        first = self.row_of[timestamp_begin]
        self.rows[first : first + count] = sinusoids(count, DIMENSIONS.n_text_state) * 0.15

    def encode(self, mel: Tensor, first_position: int) -> Tensor:
        """Whisper's encoder, for audio of any length up to 30 s placed at `first_position`."""
        encoder = self.whisper.encoder
        x = nn.functional.gelu(encoder.conv1(mel))
        x = nn.functional.gelu(encoder.conv2(x)).permute(0, 2, 1)
        x = x + encoder.positional_embedding[first_position : first_position + x.shape[1]]
        for block in encoder.blocks:
            x = block(x)
        return encoder.ln_post(x)

    def forward(self, mel: Tensor, rows: Tensor, first_position: int) -> tuple[Tensor, Tensor]:
        """Log probabilities [batch, token, row] and attention [batch, head, token, frame].

        The attention is that of the last layer to the audio, as logarithms too. `rows` are
        decoder inputs as indices into `self.tokens`.
        """
        audio = self.encode(mel, first_position)
        decoder = self.whisper.decoder
        x = self.rows[rows] + decoder.positional_embedding[: rows.shape[1]]
        listening = decoder.blocks[-1].cross_attn
        asked: list[Tensor] = []
        hooks = [
            layer.register_forward_hook(lambda _module, _inputs, output: asked.append(output))
            for layer in (listening.query, listening.key)
        ]
        for block in decoder.blocks:
            x = block(x, audio, mask=decoder.mask)
        for hook in hooks:
            hook.remove()
        logits = decoder.ln(x) @ self.rows.T
        unused = torch.full_like(logits[..., :1], self.unused_log_count)
        total = torch.logsumexp(torch.cat((logits, unused), dim=-1), dim=-1, keepdim=True)
        return logits - total, _attention(*asked, heads=listening.n_head)

    def save(self, path: Path) -> None:
        """Write Whisper's own checkpoint format in half precision."""
        with torch.no_grad():
            weight = self.whisper.decoder.token_embedding.weight
            weight.zero_()
            weight[self.tokens] = self.rows
        state = {name: value.half() for name, value in self.whisper.state_dict().items()}
        buffer = io.BytesIO()
        torch.save({"dims": asdict(DIMENSIONS), "model_state_dict": state}, buffer)
        path.write_bytes(buffer.getvalue())


def _attention(query: Tensor, key: Tensor, *, heads: int) -> Tensor:
    """Log attention; Whisper's own layer detaches these weights, and here they are trained."""
    size = query.shape[-1] // heads
    query = query.unflatten(-1, (heads, size)).transpose(1, 2)
    key = key.unflatten(-1, (heads, size)).transpose(1, 2)
    return (query @ key.transpose(-1, -2) * size**-0.5).log_softmax(dim=-1)
