#!/usr/bin/env python3
"""A network that ships in; train/out/shipped-AS.pt, from which `learn.py --after shipped-AS` goes on, out.

    python train/unpack.py AS [...]       AS is one of `cross.NETWORKS`

The weights are those of the graph, whole numbers times their scales: what was learned, to one part in 254 of each column's largest.
"""

from __future__ import annotations

import argparse
import gzip
import os
from pathlib import Path

import network
import numpy as np
import onnx
import torch
from export import TO
from learn import OUT
from onnx import numpy_helper

from showcause.assess import cross

ENDS = (".whole", ".scale", ".zero")
Arrays = dict[str, "np.ndarray[tuple[int, ...], np.dtype[np.float32]]"]


def weights(model: onnx.ModelProto) -> Arrays:
    """The graph's own weights by the names that the network has for them."""
    held: Arrays = {t.name: numpy_helper.to_array(t) for t in model.graph.initializer}
    for node in model.graph.node:
        if node.op_type == "DequantizeLinear":
            numbers, scale, _ = (held[name] for name in node.input)
            held[node.output[0]] = numbers.astype(np.float32) * scale
    out = {name.removeprefix("net."): v for name, v in held.items() if name.startswith("net.")}
    for node in model.graph.node:  # the exporter turns a layer's matrix round, and names it by a number
        if node.op_type == "MatMul" and node.input[1] in held:
            out[".".join([*node.output[0].split("/")[1:-1], "weight"])] = held[node.input[1]].T
    numbered = sorted((int(name.rsplit("_", 1)[1]), name) for name, v in held.items() if v.ndim == 0 and "::" in name)
    out["scale"] = np.array([held[name] for _, name in numbered], dtype=np.float32)
    return {name: v for name, v in out.items() if not name.endswith(ENDS)}


def unpacked(name: str, minilm: Path) -> network.Network:
    """The network of that name, its vectors of pieces MiniLM's own; raises SystemExit where the graph lacks a weight."""
    net = network.started(minilm)
    model = onnx.load_from_string(gzip.decompress((TO / cross.WEIGHTS.format(name)).read_bytes()))
    found = {key: torch.tensor(np.array(value)) for key, value in weights(model).items()}
    missing, unknown = net.load_state_dict(found, strict=False)
    if unknown or set(missing) != {"word.weight"}:
        raise SystemExit(f"{name}: not a graph of `export.py`: {sorted({*unknown, *missing} - {'word.weight'})[:3]}")
    return net


def main() -> None:
    """Write them."""
    asked = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    asked.add_argument("names", nargs="+", choices=cross.NETWORKS)
    asked.add_argument("--minilm", type=Path, default=Path(os.environ.get("MINILM", OUT / "minilm/model.safetensors")))
    args = asked.parse_args()
    for name in args.names:
        torch.save(unpacked(name, args.minilm).state_dict(), OUT / f"shipped-{name}.pt")


if __name__ == "__main__":
    main()
