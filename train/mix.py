#!/usr/bin/env python3
"""Two stages' weights in; their mean, one weighing more than the other, out.

A mean of what one run came to and what a later one did forgets less than the later (Wortsman and others, "Model soups", ICML 2022).

python train/mix.py NAME --of FIRST SECOND --share SHARE      train/out/NAME.pt; SHARE is the second's, in [0, 1]
"""

from __future__ import annotations

import argparse

import torch
from learn import OUT


def main() -> None:
    """Read the command line, and mix."""
    asked = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    asked.add_argument("name")
    asked.add_argument("--of", nargs=2, required=True)
    asked.add_argument("--share", type=float, required=True)
    args = asked.parse_args()
    first, second = (torch.load(OUT / f"{name}.pt") for name in args.of)
    mean = {
        key: torch.lerp(one, second[key], args.share) if one.is_floating_point() else one for key, one in first.items()
    }
    torch.save(mean, OUT / f"{args.name}.pt")


if __name__ == "__main__":
    main()
