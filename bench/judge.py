"""Passages judged a second by the rule judge, one core, every requirement and reading of three packs that ship.

The peer is the bare reading of the same characters: one search of one compiled expression over each passage, which is
the least that any judge must do. Passages are seeded; in the first run one in twenty bears, in the second all do. Then
the same with the learned judge, on all cores.
"""

from __future__ import annotations

import random
import re
import time
from datetime import UTC, datetime

from showcause.ask import law as packs
from showcause.assess import judge
from showcause.core import Document

PLAIN = (
    "The property clerk receipts every item at the window and gives the owner a copy of the {form}.",
    "Members on the {form} shift check the oil, the tyres and the spare before the vehicle leaves the yard.",
    "A supervisor reviews each {form} within three working days and returns it with written remarks.",
    "No member shall consume alcohol while on duty or within eight hours of reporting for the {form} detail.",
    "Training records are kept for seven years and are destroyed under the {form} schedule of the City Clerk.",
    "The dispatcher reads the address back to the caller and enters it in the {form} screen before the unit is sent.",
)
BEARING = (
    "No employee of the {form} unit shall disclose the citizenship or immigration status of any person to federal immigration authorities.",
    "Jail staff assigned to the {form} desk shall not tell immigration agents when a prisoner is due for release.",
    "A member of the {form} team may send information regarding immigration status to the federal immigration agency.",
    "Officers of the {form} squad shall not ask a witness about immigration status.",
)
FORMS = ("F-12", "blue", "evening", "north", "evidence", "intake", "traffic", "quarterly")
LAWS = ("us/8-usc-1373", "us/8-usc-1644", "ca/gov-7284.6")
WORDS = re.compile(r"immigra|citizen|alien|status|release", re.IGNORECASE)


def passages(count: int, *, every: int) -> list[Document]:
    """`count` one-sentence documents, of which one in `every` bears."""
    dice = random.Random(1373)  # noqa: S311 - a seeded benchmark, not a secret
    texts = [dice.choice(BEARING if n % every == 0 else PLAIN).format(form=dice.choice(FORMS)) for n in range(count)]
    return [Document(f"d{n}", "", "txt", "", None, text) for n, text in enumerate(texts)]


def rate(documents: list[Document], *, rules_alone: bool = True) -> float:
    """Passages judged a second."""
    laws, at = [packs.load(name) for name in LAWS], datetime(2031, 1, 1, tzinfo=UTC)
    for document in documents[:2]:
        judge(document, laws=laws, at=at, rules_alone=rules_alone)
    began = time.perf_counter()
    for document in documents:
        judge(document, laws=laws, at=at, rules_alone=rules_alone)
    return len(documents) / (time.perf_counter() - began)


def bare(documents: list[Document]) -> float:
    """Passages searched a second by one expression."""
    began = time.perf_counter()
    for document in documents:
        WORDS.search(document.text)
    return len(documents) / (time.perf_counter() - began)


def main() -> None:
    """Print the median rate of three runs of each mixture, beside the bare search."""
    for name, every, count in (("one in twenty bears", 20, 20_000), ("all bear", 1, 4_000)):
        documents = passages(count, every=every)
        runs = sorted((rate(documents), bare(documents)) for _ in range(3))
        ours, peer = runs[1]
        print(
            f"rule judge ({name}): showcause {ours:,.0f} passages/s, bare search {peer:,.0f}/s, ratio {ours / peer:.3f} (want >= 5,000/s where one in twenty bears)"
        )
    documents = passages(2_000, every=20)
    print(f"both judges (one in twenty bears): {rate(documents, rules_alone=False):,.0f} passages/s")
