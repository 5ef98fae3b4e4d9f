"""A thousand families with secrets in every place that a document has, produced, and every byte of the volume searched.

The documents and the searcher are those of the tests; another seed makes other documents. Anything found is a defect.
"""

from __future__ import annotations

import shutil
import sys
import time
from dataclasses import replace
from pathlib import Path
from random import Random

sys.path.insert(0, str(Path(__file__).parents[1] / "tests" / "produce"))
import leaky
import searcher

from showcause.produce.bates import Ledger, Series
from showcause.produce.order import Check, Order, Override
from showcause.produce.profile import LoadKind, profile
from showcause.produce.volume import make

OUT = Path(__file__).parent / "out" / "leaks"
FAMILIES = 1000
SEED = 23


def main() -> float:
    """Print one line; how many places were found."""
    chance = Random(SEED)  # noqa: S311 - a seeded choice of documents, no secret
    families = [leaky.family(number, chance) for number in range(FAMILIES)]
    plain = profile("plain")
    plain = replace(plain, load=replace(plain.load, kinds=tuple(LoadKind)))
    override = Override(Check.FAMILY_PRIVILEGED, "the bench", "what is measured are leaks")
    order = Order("LEAK", plain, Ledger(Series("L-", 6)), overrides=(override,))
    shutil.rmtree(OUT, ignore_errors=True)
    OUT.mkdir(parents=True)
    begun = time.perf_counter()
    made = make([item for items, _ in families for item in items], order, folder=OUT)
    if made.place is None:
        raise SystemExit(f"leaks: the volume was stopped: {made.stopped[:3]}")
    took = time.perf_counter() - begun
    places = searcher.found(made.place, [secret for _, secret in families])
    documents = made.summary.documents if made.summary else 0
    print(f"leaks: {len(places)} in {documents} documents of {FAMILIES} families (want 0); written in {took:.0f} s")
    for place in places[:20]:
        print(f"  {place}")
    return float(len(places))


if __name__ == "__main__":
    main()
