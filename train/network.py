"""A sentence, its contrary and a passage in; how far the passage bears, and which of the two it says, out (torch, for training alone)."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from pathlib import Path

import torch
from torch import Tensor, nn
from torch.nn import functional as F  # noqa: N812 - torch's own custom

WIDE, DEEP, HEADS, INNER = 384, 6, 12, 1536  # MiniLM-L6-H384


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
    """A cross-encoder: MiniLM reads a sentence, its contrary and a passage together; each is pooled apart.

    Which way the passage goes is how much better it stands with the one than with the other, by one and the same measure, so
    that neither topic nor the tone of the passage alone can tell it.
    """

    def __init__(self) -> None:
        super().__init__()
        self.word, self.place, self.side = nn.Embedding(30522, WIDE), nn.Embedding(512, WIDE), nn.Embedding(2, WIDE)
        self.norm = nn.LayerNorm(WIDE, eps=1e-12)
        self.layers = nn.ModuleList(Layer() for _ in range(DEEP))
        self.scale = nn.Parameter(torch.tensor([8.0, -4.0, 6.0]))
        self.bears = nn.Linear(5 * WIDE, 1)
        self.inner, self.way = nn.Linear(4 * WIDE, WIDE), nn.Linear(WIDE, 1)
        for head in (self.bears, self.way):
            nn.init.zeros_(head.weight)
            nn.init.zeros_(head.bias)

    def forward(self, pieces: Tensor, parts: Tensor, there: Tensor) -> Tensor:
        """`pieces`, `parts` (1 the sentence, 2 the contrary, 3 the passage, 0 marks) and `there` (0 over padding) in.

        Each is (batch, length). Out come log-odds (batch, 2): that the passage bears, and that it says the sentence rather than
        the contrary.
        """
        said: Tensor = self.reads(self.word(pieces), parts, there)
        return said

    def reads(self, words: Tensor, parts: Tensor, there: Tensor) -> Tensor:
        """The same from the vectors of the pieces, (batch, length, 384): what ships, since all networks share the vectors."""
        places = torch.arange(words.shape[1]).unsqueeze(0)
        x = self.norm(words + self.place(places) + self.side((parts == 3).long()))
        veil = (1.0 - there.to(x.dtype))[:, None, None, :] * -10000.0
        for layer in self.layers:
            x = layer(x, veil)
        yes, no, passage = (pooled(x, (parts == n).long()) for n in (1, 2, 3))
        asked = pooled(x, ((parts == 1) | (parts == 2)).long())
        both = F.dropout(torch.cat([*beside(asked, passage), x[:, 0]], dim=-1), 0.1, self.training)
        bears = near(asked, passage) * self.scale[0] + self.scale[1] + self.bears(both)
        return torch.cat([bears, self.says(yes, passage) - self.says(no, passage)], dim=-1)

    def says(self, sentence: Tensor, passage: Tensor) -> Tensor:
        """How well a passage stands with a sentence: (batch, 384) each in, (batch, 1) out."""
        found = F.dropout(torch.cat(beside(sentence, passage), dim=-1), 0.1, self.training)
        return near(sentence, passage) * self.scale[2] + self.way(F.gelu(self.inner(found)))


def beside(u: Tensor, v: Tensor) -> list[Tensor]:
    """Two vectors, how far they are apart and what they share, place by place."""
    return [u, v, (u - v).abs(), u * v]


def near(u: Tensor, v: Tensor) -> Tensor:
    """The cosine of each pair: (batch, 1)."""
    return F.cosine_similarity(u, v, dim=-1).unsqueeze(-1)


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
    for part in (net.word, net.place):
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
    """What was framed, of several lengths side by side, as the network takes them."""
    longest = max(len(r["pieces"]) for r in rows)
    pieces, parts, there = (torch.zeros(len(rows), longest, dtype=torch.long) for _ in range(3))
    for n, row in enumerate(rows):
        pieces[n, : len(row["pieces"])] = torch.tensor(row["pieces"])
        parts[n, : len(row["parts"])] = torch.tensor(row["parts"])
        there[n, : len(row["pieces"])] = 1
    return pieces, parts, there
