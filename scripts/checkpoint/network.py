"""The Whisper network under training, with only the rows of the vocabulary that occur."""

import io
import math
from collections.abc import Collection
from dataclasses import asdict, dataclass
from pathlib import Path

import torch
from torch import Tensor, nn
from whisper.model import ModelDimensions, MultiHeadAttention, Whisper, sinusoids

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


@dataclass(frozen=True)
class Listening:
    """Where the heads of an encoder layer start: offsets in frames, and the fastest position
    frequency used; the slower it is, the wider they listen.
    """

    offsets: tuple[int, ...]
    first_frequency: int
    sharpness: float


LOCAL_LISTENING = (Listening((-8, 0, 8), 5, 1.0), Listening((-25, 0, 25), 9, 0.9))


@dataclass(frozen=True)
class Answer:
    """Log probabilities of tokens [batch, token, row] and of frame classes [batch, frame, class],
    and the log attention of the first and last layer to the audio [batch, head, token, frame].
    """

    tokens: Tensor
    first_attention: Tensor
    last_attention: Tensor
    frames: Tensor


class Network(nn.Module):
    """Whisper whose token embedding is `rows` for `tokens` and zero for every other token.

    Zero rows answer logit 0, so their share of the softmax is known without computing them. The
    frame classifier serves training alone and is not saved.
    """

    def __init__(self, tokens: Collection[int], timestamp_begin: int, frame_classes: int) -> None:
        super().__init__()
        self.whisper = Whisper(DIMENSIONS)
        self.tokens = torch.tensor(sorted(tokens))
        self.row_of = {int(token): row for row, token in enumerate(self.tokens)}
        self.rows = nn.Parameter(torch.randn(len(self.tokens), DIMENSIONS.n_text_state) * 0.05)
        self.frame_classifier = nn.Linear(DIMENSIONS.n_audio_state, frame_classes)
        self.unused_log_count = math.log(DIMENSIONS.n_vocab - len(self.tokens))
        with torch.no_grad():
            self._start_timestamps_as_positions(timestamp_begin)
            self.whisper.encoder.conv2.weight.mul_(3.0)
            for block, listening in zip(self.whisper.encoder.blocks, LOCAL_LISTENING, strict=True):
                _listen_locally(block.attn, listening)
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

    def forward(self, mel: Tensor, rows: Tensor, first_position: int) -> Answer:
        """`rows` are decoder inputs as indices into `self.tokens`."""
        audio = self.encode(mel, first_position)
        decoder = self.whisper.decoder
        x = self.rows[rows] + decoder.positional_embedding[: rows.shape[1]]
        asked: list[Tensor] = []
        hooks = [
            layer.register_forward_hook(lambda _module, _inputs, output: asked.append(output))
            for block in decoder.blocks
            for layer in (block.cross_attn.query, block.cross_attn.key)
        ]
        for block in decoder.blocks:
            x = block(x, audio, mask=decoder.mask)
        for hook in hooks:
            hook.remove()
        logits = decoder.ln(x) @ self.rows.T
        unused = torch.full_like(logits[..., :1], self.unused_log_count)
        total = torch.logsumexp(torch.cat((logits, unused), dim=-1), dim=-1, keepdim=True)
        heads = DIMENSIONS.n_text_head
        return Answer(
            tokens=logits - total,
            first_attention=_attention(asked[0], asked[1], heads=heads),
            last_attention=_attention(asked[-2], asked[-1], heads=heads),
            frames=self.frame_classifier(audio).log_softmax(dim=-1),
        )

    def load(self, path: Path) -> None:
        """Take the weights of a checkpoint that `save` wrote."""
        state = torch.load(path, weights_only=True)["model_state_dict"]
        self.whisper.load_state_dict({name: value.float() for name, value in state.items()})
        with torch.no_grad():
            self.rows.copy_(state["decoder.token_embedding.weight"][self.tokens].float())

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


def _listen_locally(attention: MultiHeadAttention, listening: Listening) -> None:
    """Start each head as a window around an offset, as a convolution would be.

    For sinusoidal positions a shift is a rotation: query sin w(p + d), cos w(p + d) against key
    sin wp', cos wp' gives the sum of cos w(p + d - p') over the frequencies w: most at p' = p + d.
    """
    count, states = DIMENSIONS.n_audio_state // 2, DIMENSIONS.n_audio_state
    size = states // DIMENSIONS.n_audio_head
    increment = math.log(10000) / (count - 1)
    attention.query.weight.mul_(0.1)
    attention.key.weight.mul_(0.1)
    for head, offset in enumerate(listening.offsets):
        for pair in range(size // 2):
            sine = listening.first_frequency + pair
            cosine, row = sine + count, head * size + 2 * pair
            angle = offset * math.exp(-increment * sine)
            turn = torch.tensor(
                [[math.cos(angle), math.sin(angle)], [-math.sin(angle), math.cos(angle)]]
            )
            attention.query.weight[row : row + 2, [sine, cosine]] += turn * listening.sharpness
            attention.key.weight[row : row + 2, [sine, cosine]] += (
                torch.eye(2) * listening.sharpness
            )
