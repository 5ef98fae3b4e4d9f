#!/usr/bin/env python3
"""A trained network in; the graph that ships, weights/<AS>.onnx.gz, and the vectors of the pieces, weights/pieces.npz, out.

    python train/export.py NAME --as AS       train/out/NAME.pt; AS is one of `cross.NETWORKS`

Each row of a matrix is kept as whole numbers from -127 to 127 and one scale. They are made floats again when the graph is loaded,
so what is computed doesn't hang on which integer instructions a processor has. No network learned the vectors of the pieces (they
are MiniLM's), so one file holds them for all.
"""

from __future__ import annotations

import argparse
import gzip
import logging
from pathlib import Path
from typing import Any

import network
import numpy as np
import numpy.typing as npt
import onnx
import torch
from onnx import helper, numpy_helper
from torch import Tensor, nn

from showcause.assess import cross

HERE = Path(__file__).resolve().parent
TO = HERE.parent / "src/showcause/assess"
log = logging.getLogger("train")
SMALL = 4096  # numbers below which a tensor is kept as it is
Floats = npt.NDArray[np.float32]


class Reader(nn.Module):
    """A network as it ships: from the vectors of the pieces."""

    def __init__(self, net: network.Network) -> None:
        super().__init__()
        self.net = net

    def forward(self, words: Tensor, parts: Tensor, there: Tensor) -> Tensor:
        """As `network.Network.reads`."""
        return self.net.reads(words, parts, there)


def graph(net: network.Network, to: Path) -> onnx.ModelProto:
    """The network as ONNX, in floats."""
    pieces = torch.tensor([[101, 2023, 102, 2025, 102, 2008, 102]] * 2)
    parts = torch.tensor([[0, 1, 0, 2, 0, 3, 0]] * 2)
    names = ["words", "parts", "there"]
    torch.onnx.export(
        Reader(net).eval(),
        (net.word(pieces).detach(), parts, torch.ones_like(pieces)),
        str(to),
        input_names=names,
        output_names=["odds"],
        dynamic_axes={n: {0: "pairs", 1: "length"} for n in names} | {"odds": {0: "pairs"}},
        opset_version=17,
        dynamo=False,
    )
    return onnx.load(str(to))


def whole(values: Floats, axis: int) -> tuple[npt.NDArray[np.int8], Floats]:
    """A matrix as whole numbers and the scale of each row (`axis` 0) or column (1)."""
    scale = np.abs(values).max(axis=1 - axis) / 127
    scale[scale == 0] = 1.0
    across = scale[:, None] if axis == 0 else scale[None, :]
    return np.clip(np.rint(values / across), -127, 127).astype(np.int8), scale.astype(np.float32)


def packed(model: onnx.ModelProto) -> onnx.ModelProto:
    """Large tensors as bytes with a scale for each column, made floats again by the graph itself."""
    kept, nodes = [], []
    for tensor in model.graph.initializer:
        values = numpy_helper.to_array(tensor)
        if values.dtype != np.float32 or values.size < SMALL or values.ndim != 2:
            kept.append(tensor)
            continue
        numbers, scale = whole(values, 1)
        parts = [f"{tensor.name}.{p}" for p in ("whole", "scale", "zero")]
        of: tuple[npt.NDArray[Any], ...] = (numbers, scale, np.zeros(scale.shape, np.int8))
        kept += [numpy_helper.from_array(v, n) for v, n in zip(of, parts, strict=True)]
        nodes.append(helper.make_node("DequantizeLinear", parts, [tensor.name], axis=1))
    made = helper.make_graph(
        [*nodes, *model.graph.node], "network", list(model.graph.input), list(model.graph.output), initializer=kept
    )
    out = helper.make_model(made, opset_imports=list(model.opset_import), producer_name="showcause")
    out.ir_version = model.ir_version
    onnx.checker.check_model(out)
    return out


def main() -> None:
    """Write the graph, and the vectors."""
    asked = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    asked.add_argument("name")
    asked.add_argument("--as", dest="to", choices=cross.NETWORKS, required=True)
    args = asked.parse_args()
    logging.basicConfig(level=logging.INFO, format="%(asctime)s %(message)s")
    net = network.Network()
    net.load_state_dict(torch.load(HERE / f"out/{args.name}.pt"))
    floats, to = HERE / f"out/{args.name}.onnx", TO / cross.WEIGHTS.format(args.to)
    to.write_bytes(gzip.compress(packed(graph(net, floats)).SerializeToString(), 9, mtime=0))
    log.info("%s: %.1f MB, floats %.1f MB", to.name, to.stat().st_size / 1e6, floats.stat().st_size / 1e6)
    numbers, scale = whole(net.word.weight.detach().numpy(), 0)
    if (TO / cross.VECTORS).exists():
        with np.load(TO / cross.VECTORS) as held:
            if not np.array_equal(held["whole"], numbers):
                raise SystemExit(f"{args.name}: its vectors of pieces are not those of the other networks")
    np.savez(TO / cross.VECTORS, whole=numbers, scale=scale)


if __name__ == "__main__":
    main()
