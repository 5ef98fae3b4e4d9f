#!/usr/bin/env python3
"""The cases of `pairs.py` in; the network's weights in train/out/ out. Seeded; begins again where it was broken off.

python train/learn.py NAME --stage STAGE [--after NAME]      train/out/NAME.pt; the stages of what ships stand in the Makefile
"""

from __future__ import annotations

import argparse
import logging
import os
import random
import time
from collections.abc import Sequence
from contextlib import ExitStack
from functools import cache
from pathlib import Path
from typing import Any

import examples
import network
import pairs
import torch
from torch.nn import functional as F  # noqa: N812 - torch's own custom
from torch.nn.attention import SDPBackend, sdpa_kernel

from showcause.assess import framing

HERE = Path(__file__).resolve().parent
OUT = HERE / "out"
CONTRACTNLI = HERE.parents[1] / "shared/data/contractnli"
SAVE = 100  # steps between two savings
WAY = 1.0  # weight of the loss of the way beside that of bearing
log = logging.getLogger("train")
read = cache(framing.pieces)


def rows(batch: Sequence[pairs.Case]) -> list[dict[str, Sequence[int]]]:
    """Cases as the network reads them."""
    out = []
    for p in batch:
        found = framing.framed(read(p.sentence), read(p.contrary), read(p.passage))
        out.append({"pieces": found.pieces, "parts": found.parts})
    return out


def length(p: pairs.Case) -> int:
    """How many pieces the network reads, about."""
    return len(read(p.sentence)) + len(read(p.contrary)) + min(len(read(p.passage)), framing.PASSAGE)


def plan(args: argparse.Namespace) -> list[list[pairs.Case]]:
    """Every batch of every epoch, cases of like length together; the same for the same seed."""
    out = []
    left = examples.fold_of_sentences(args.contractnli, args.fold) if args.fold is not None else ()
    late = pairs.Late(args.since, args.times, args.again, args.rows) if args.since else None
    for number in range(args.epochs):
        found = pairs.epoch(
            args.stage, seed=args.seed, number=number, contractnli=args.contractnli, left_out=left, late=late
        )
        dice = random.Random(f"order {args.seed} {number}")  # noqa: S311 - reproducible, no secret
        dice.shuffle(found)
        batches = []
        for start in range(0, len(found), 32 * args.batch):
            stretch = sorted(found[start : start + 32 * args.batch], key=length)
            batches += [stretch[i : i + args.batch] for i in range(0, len(stretch), args.batch)]
        dice.shuffle(batches)
        out += batches
    return out[: args.steps]


def loss(net: network.Network, batch: Sequence[pairs.Case]) -> torch.Tensor:
    """Whether it bears, and where it does and the way is known, which way."""
    said = net(*network.batch(rows(batch)))
    bears = torch.tensor([p.bears for p in batch])
    known = torch.tensor([float(p.way is not None) for p in batch])
    way = torch.tensor([0.5 if p.way is None else p.way for p in batch])
    first = F.binary_cross_entropy_with_logits(said[:, 0], bears)
    second = (F.binary_cross_entropy_with_logits(said[:, 1], way, reduction="none") * known).sum() / len(batch)
    return first + WAY * second


def reckoning() -> ExitStack:
    """How a step is reckoned: matrices in bfloat16 where the processor can, and attention plainly, which is faster at these lengths."""
    held = ExitStack()
    able = torch.ops.mkldnn._is_mkldnn_bf16_supported()  # noqa: SLF001 - torch has no public name for it
    held.enter_context(torch.autocast("cpu", dtype=torch.bfloat16, enabled=able))
    held.enter_context(sdpa_kernel(SDPBackend.MATH))
    return held


def trained(name: str) -> network.Network:
    """The network in train/out/NAME.pt, to be asked."""
    net = network.Network()
    net.load_state_dict(torch.load(OUT / f"{name}.pt"))
    return net.eval()


def pace(step: int, steps: int) -> float:
    """The share of the rate: warms up over the first twentieth, then falls in a line to a fiftieth."""
    return min(1.0, step / (0.05 * steps)) * max(0.02, 1 - step / steps)


def learn(args: argparse.Namespace) -> None:
    """Run one stage, or go on with it."""
    OUT.mkdir(exist_ok=True)
    kept, done = OUT / f"{args.name}.kept", 0
    steps = plan(args)
    net = network.started(args.minilm)
    if args.after:
        net.load_state_dict(torch.load(OUT / f"{args.after}.pt"))
    optim = torch.optim.AdamW(network.groups(net, args.rate), weight_decay=0.01)
    base: list[Any] = [g["lr"] for g in optim.param_groups]
    if kept.exists():
        held = torch.load(kept)
        net.load_state_dict(held["net"])
        optim.load_state_dict(held["optim"])
        done = held["done"]
    log.info("%s: %d steps, %d done", args.name, len(steps), done)
    net.train()
    begun, smooth = time.monotonic(), 1.2
    for step in range(done, len(steps)):
        torch.manual_seed(args.seed * 1_000_003 + step)
        for group, own in zip(optim.param_groups, base, strict=True):
            group["lr"] = own * pace(step + 1, len(steps))
        optim.zero_grad()
        with reckoning():
            value = loss(net, steps[step])
        value.backward()  # type: ignore[no-untyped-call]
        torch.nn.utils.clip_grad_norm_(net.parameters(), 1.0)
        optim.step()
        smooth += 0.02 * (value.item() - smooth)
        if (step + 1) % 20 == 0:
            each = (time.monotonic() - begun) / (step + 1 - done)
            log.info("%d/%d loss %.4f, %.2f s a step", step + 1, len(steps), smooth, each)
        if (step + 1) % SAVE == 0:
            torch.save({"net": net.state_dict(), "optim": optim.state_dict(), "done": step + 1}, f"{kept}.part")
            Path(f"{kept}.part").replace(kept)
    torch.save(net.state_dict(), OUT / f"{args.name}.pt")
    kept.unlink(missing_ok=True)


def main() -> None:
    """Read the command line."""
    asked = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    asked.add_argument("name", help="what the weights are kept as in train/out/")
    asked.add_argument("--stage", choices=("all", "hard", "wide", "laws", *pairs.APART), default="all")
    asked.add_argument(
        "--fold", type=int, help="leave out this fold of ContractNLI's sentences, 0 to 3 (train/unseen.py)"
    )
    asked.add_argument("--after", help="begin with the weights of that name, not with MiniLM's")
    asked.add_argument(
        "--since", type=int, default=0, help="go on with what writers from this number on wrote, and a part of all else"
    )
    asked.add_argument("--times", type=int, default=1, help="how often each of their passages comes in an epoch")
    asked.add_argument("--again", type=float, default=pairs.AGAIN, help="the share of all else that comes again")
    asked.add_argument("--rows", type=float, default=1.0, help="the share of the provisions that comes again")
    asked.add_argument("--epochs", type=int, default=2)
    asked.add_argument("--steps", type=int, help="no more batches than these")
    asked.add_argument("--batch", type=int, default=32, help="cases of a step")
    asked.add_argument("--rate", type=float, default=1.2e-4)
    asked.add_argument("--seed", type=int, default=1)
    asked.add_argument("--threads", type=int, default=2)
    asked.add_argument("--minilm", type=Path, default=Path(os.environ.get("MINILM", OUT / "minilm/model.safetensors")))
    asked.add_argument(
        "--contractnli",
        type=Path,
        default=Path(os.environ.get("CONTRACTNLI", CONTRACTNLI)),
    )
    args = asked.parse_args()
    logging.basicConfig(level=logging.INFO, format="%(asctime)s %(message)s")
    torch.set_num_threads(args.threads)
    learn(args)


if __name__ == "__main__":
    main()
