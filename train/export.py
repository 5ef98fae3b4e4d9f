#!/usr/bin/env python3
"""The trained network in; the graph that ships, weights/network.onnx, with its weights in bytes, out.

    python train/export.py NAME       train/out/NAME.pt

Each row of a matrix is kept as whole numbers from -127 to 127 and one scale. They are made floats again when the graph is loaded,
so what is computed doesn't hang on which integer instructions a processor has.
"""

from __future__ import annotations

import argparse
import logging
from pathlib import Path

import network
import numpy as np
import onnx
import torch
from onnx import helper, numpy_helper

HERE = Path(__file__).resolve().parent
TO = HERE.parent / "src/showcause/assess/weights/network.onnx"
log = logging.getLogger("train")
SMALL = 4096  # numbers below which a tensor is kept as it is


def graph(net: network.Network, to: Path) -> onnx.ModelProto:
    """The network as ONNX, in floats."""
    pieces = torch.tensor([[101, 2023, 102, 2025, 102, 2008, 102]] * 2)
    parts = torch.tensor([[0, 1, 0, 2, 0, 3, 0]] * 2)
    names = ["pieces", "parts", "there"]
    torch.onnx.export(
        net.eval(),
        (pieces, parts, torch.ones_like(pieces)),
        str(to),
        input_names=names,
        output_names=["odds"],
        dynamic_axes={n: {0: "pairs", 1: "length"} for n in names} | {"odds": {0: "pairs"}},
        opset_version=17,
        dynamo=False,
    )
    return onnx.load(str(to))


def packed(model: onnx.ModelProto) -> onnx.ModelProto:
    """Large tensors as bytes with a scale for each row, made floats again by the graph itself."""
    kept, nodes = [], []
    for tensor in model.graph.initializer:
        values = numpy_helper.to_array(tensor)
        if values.dtype != np.float32 or values.size < SMALL or values.ndim != 2:
            kept.append(tensor)
            continue
        axis = (
            0
            if values.shape[0] > values.shape[1] and values.shape[1] == network.WIDE and values.shape[0] > network.INNER
            else 1
        )
        scale = np.abs(values).max(axis=1 - axis) / 127
        scale[scale == 0] = 1.0
        across = scale[:, None] if axis == 0 else scale[None, :]
        whole = np.clip(np.rint(values / across), -127, 127).astype(np.int8)
        zero = np.zeros(scale.shape, np.int8)
        parts = [f"{tensor.name}.{p}" for p in ("whole", "scale", "zero")]
        kept += [
            numpy_helper.from_array(v, n) for v, n in zip((whole, scale.astype(np.float32), zero), parts, strict=True)
        ]
        nodes.append(helper.make_node("DequantizeLinear", parts, [tensor.name], axis=axis))
    made = helper.make_graph(
        [*nodes, *model.graph.node], "network", list(model.graph.input), list(model.graph.output), initializer=kept
    )
    out = helper.make_model(made, opset_imports=list(model.opset_import), producer_name="showcause")
    out.ir_version = model.ir_version
    onnx.checker.check_model(out)
    return out


def main() -> None:
    """Write the graph."""
    asked = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    asked.add_argument("name")
    args = asked.parse_args()
    logging.basicConfig(level=logging.INFO, format="%(asctime)s %(message)s")
    net = network.Network()
    net.load_state_dict(torch.load(HERE / f"out/{args.name}.pt"))
    floats = HERE / f"out/{args.name}.onnx"
    made = packed(graph(net, floats))
    TO.write_bytes(made.SerializeToString())
    log.info("%s: %.1f MB, floats %.1f MB", TO.name, TO.stat().st_size / 1e6, floats.stat().st_size / 1e6)


if __name__ == "__main__":
    main()
