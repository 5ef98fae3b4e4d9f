"""The whole motion on the data folder beside the checkout: `python examples/real_input.py [DATA] [MATTER]`.

DATA holds `law`, `gold` and `article` (default: ../shared/data). The manuals become the record, the letters are asked,
the articles heard, the official text imported; then the record is assessed, the papers are printed, and the proof is
made, checked and judged again. The matter is left in MATTER (default: build/real) for a look.
"""

from __future__ import annotations

import shutil
import sys
from pathlib import Path

from showcause import matter, prove, settings
from showcause.assess import judge

LAWS = ("us/8-usc-1373", "us/8-usc-1644", "ca/gov-7284.6")


def main(data: Path, root: Path) -> None:
    """Run every step, and print what each came to."""
    if not data.is_dir():
        sys.exit(f"{data}: no such folder; give the data folder as the first argument")
    shutil.rmtree(root, ignore_errors=True)
    own = settings.read({"SHOWCAUSE_ACTOR": "example", "SHOWCAUSE_KEY": str(root.parent / "real-key")})
    if not own.key.exists():
        own.key.parent.mkdir(parents=True, exist_ok=True)
        prove.make_key(own.key)
    with matter.init(root, laws=LAWS, respondent="Two invented bodies", settings=own) as made:
        for text in made.import_law(data / "law" / "usc08_s1373_s1644_uslm.xml"):
            print(f"law      {text.citation}: {len(text.provisions)} provisions")
        made.add(sorted((data / "gold" / "manuals").glob("*.txt")))
        for given in made.given():
            print(f"record   {given.name}: {given.state}")
        for path in sorted((data / "gold" / "letters").glob("*.txt")):
            letter = made.ask(path)
            print(
                f"letter   {path.name}: {letter.sender_office}, {len(letter.requests)} requests, due {letter.due or letter.due_rule}"
            )
        for path in sorted([*(data / "article").glob("*.txt"), *(data / "gold" / "articles").glob("*.txt")]):
            statement = made.hear(path)
            print(f"article  {path.name}: {len(statement.quotes)} quotations, {len(statement.claims)} claims")
        done = made.assess()
        print(f"assessed {done.judged} documents, {done.kept} kept")
        for law, readings in made.status()["findings"].items():
            for reading, counts in readings.items():
                print(f"         {law} {reading}: {counts}")
        papers = [*made.opinion(root), *made.report(root)]
        bag = made.prove(root / "proof")
        checked = prove.verify(bag, rederive=judge)
        print("papers   " + ", ".join(path.name for path in papers))
        print(f"proof    {bag.name}: {'stands' if not checked.failures else checked.failures}")


if __name__ == "__main__":
    words = [Path(word) for word in sys.argv[1:]]
    here = Path(__file__).resolve().parents[1]
    main(
        words[0] if words else here.parent / "shared" / "data", words[1] if len(words) > 1 else here / "build" / "real"
    )
