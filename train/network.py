"""Pairs of a sentence and a passage in; how far the passage bears on the sentence, and which way, out (torch, for training alone)."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from pathlib import Path

import torch
from torch import Tensor, nn
from torch.nn import functional as F  # noqa: N812 - torch's own custom

WIDE, DEEP, HEADS, INNER = 384, 6, 12, 1536  # MiniLM-L6-H384
FROZEN = 1  # layers that stay as they are, like the embeddings of words


class Layer(nn.Module):
    """One layer of a BERT encoder."""

    def __init__(self) -> None:
        super().__init__()
        self.query, self.key, self.value, self.out = (nn.Linear(WIDE, WIDE) for _ in range(4))
        self.first, self.last = nn.LayerNorm(WIDE, eps=1e-12), nn.LayerNorm(WIDE, eps=1e-12)
        self.up, self.down = nn.Linear(WIDE, INNER), nn.Linear(INNER, WIDE)

    def forward(self, x: Tensor, veil: Tensor) -> Tensor:
        """`x` (batch, length, 384); `veil` (batch, 1, 1, length) is added to the attention, -10000 over padding."""
        b, n, _ = x.shape
        q, k, v = (m(x).view(b, n, HEADS, WIDE // HEADS).transpose(1, 2) for m in (self.query, self.key, self.value))
        seen = F.scaled_dot_product_attention(q, k, v, attn_mask=veil)
        x = self.first(x + self.out(seen.transpose(1, 2).reshape(b, n, WIDE)))
        return self.last(x + self.down(F.gelu(self.up(x))))


class Network(nn.Module):
    """A cross-encoder: MiniLM reads sentence and passage together, each is pooled apart, and two heads read both."""

    def __init__(self) -> None:
        super().__init__()
        self.word, self.place, self.side = nn.Embedding(30522, WIDE), nn.Embedding(512, WIDE), nn.Embedding(2, WIDE)
        self.norm = nn.LayerNorm(WIDE, eps=1e-12)
        self.layers = nn.ModuleList(Layer() for _ in range(DEEP))
        self.scale = nn.Parameter(torch.tensor([8.0, -4.0]))
        self.bears = nn.Linear(5 * WIDE, 1)
        self.inner, self.way = nn.Linear(5 * WIDE, WIDE), nn.Linear(WIDE, 1)
        for head in (self.bears, self.way):
            nn.init.zeros_(head.weight)
            nn.init.zeros_(head.bias)

    def forward(self, pieces: Tensor, sides: Tensor, there: Tensor) -> Tensor:
        """`pieces`, `sides` (0 the sentence, 1 the passage) and `there` (0 over padding), each (batch, length), in.

        Out come log-odds (batch, 2): that the passage bears, and that it says the sentence rather than denies it.
        """
        places = torch.arange(pieces.shape[1]).unsqueeze(0)
        x = self.norm(self.word(pieces) + self.place(places) + self.side(sides))
        veil = (1.0 - there.to(x.dtype))[:, None, None, :] * -10000.0
        for layer in self.layers:
            x = layer(x, veil)
        u, v = pooled(x, there * (1 - sides)), pooled(x, there * sides)
        both = F.dropout(torch.cat([u, v, (u - v).abs(), u * v, x[:, 0]], dim=-1), 0.1, self.training)
        near = F.cosine_similarity(u, v, dim=-1).unsqueeze(-1)
        bears = near * self.scale[0] + self.scale[1] + self.bears(both)
        return torch.cat([bears, self.way(F.gelu(self.inner(both)))], dim=-1)


def pooled(x: Tensor, of: Tensor) -> Tensor:
    """The mean of the places that `of` (batch, length) marks."""
    marks = of.to(x.dtype).unsqueeze(-1)
    return (x * marks).sum(1) / marks.sum(1).clamp(min=1.0)


NAMES = {
    "attention.self.query": "query",
    "attention.self.key": "key",
    "attention.self.value": "value",
    "attention.output.dense": "out",
    "attention.output.LayerNorm": "first",
    "intermediate.dense": "up",
    "output.dense": "down",
    "output.LayerNorm": "last",
}


def started(weights: Path) -> Network:
    """The network with the weights of all-MiniLM-L6-v2, a safetensors file; its heads are new."""
    from safetensors.torch import load_file

    found, net = load_file(weights), Network()
    named = {f"norm.{end}": found[f"embeddings.LayerNorm.{end}"] for end in ("weight", "bias")}
    for end in ("weight", "bias"):
        for n in range(DEEP):
            named |= {f"layers.{n}.{to}.{end}": found[f"encoder.layer.{n}.{of}.{end}"] for of, to in NAMES.items()}
    for of, to in (("word_embeddings", "word"), ("position_embeddings", "place"), ("token_type_embeddings", "side")):
        named[f"{to}.weight"] = found[f"embeddings.{of}.weight"]
    net.load_state_dict(named, strict=False)
    for part in (net.word, net.place, *net.layers[:FROZEN]):
        part.requires_grad_(requires_grad=False)
    return net


def groups(net: Network, rate: float) -> list[dict[str, object]]:
    """Parameters for the optimiser: the heads learn five times as fast as the layers."""
    named = [(n.split(".")[0] in {"layers", "norm", "side"}, p) for n, p in net.named_parameters() if p.requires_grad]
    return [
        {"params": [p for deep, p in named if deep], "lr": rate},
        {"params": [p for deep, p in named if not deep], "lr": 5 * rate},
    ]


def batch(rows: Sequence[Mapping[str, Sequence[int]]]) -> tuple[Tensor, Tensor, Tensor]:
    """Framed pairs of several lengths side by side, as the network takes them."""
    longest = max(len(r["pieces"]) for r in rows)
    pieces, sides, there = (torch.zeros(len(rows), longest, dtype=torch.long) for _ in range(3))
    for n, row in enumerate(rows):
        pieces[n, : len(row["pieces"])] = torch.tensor(row["pieces"])
        sides[n, : len(row["sides"])] = torch.tensor(row["sides"])
        there[n, : len(row["pieces"])] = 1
    return pieces, sides, there
