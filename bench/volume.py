"""Documents of a matter produced a second, and the most memory that it takes, all processes together.

The documents are small PDFs, each with its own bytes, put straight into the store with a person's calls; then one volume
is made as `showcause produce` makes it. `python bench/volume.py 100000` is the measure (want: under 1 GB).
"""

from __future__ import annotations

import hashlib
import os
import sys
import tempfile
import threading
import time
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import psutil

from showcause import matter, settings
from showcause.assess import privilege
from showcause.core import Document, Finding, Given, Kind, Mark, PageMap, Question, State, Verdict
from showcause.matter.answering import Production

COUNT = 1000
WANTED = 1000  # megabytes
AT = datetime(2031, 1, 2, tzinfo=UTC)
WORDS = "The clerk counted the keys of the annex and wrote their number down. "


def pdf(number: int) -> bytes:
    """A page of two inches by one with a line of its own."""
    drawing = f"BT /F 9 Tf 8 40 Td (Sheet {number:06d} of the key book) Tj ET".encode()
    objects = (
        b"<</Type/Catalog/Pages 2 0 R>>",
        b"<</Type/Pages/Count 1/Kids[3 0 R]>>",
        b"<</Type/Page/Parent 2 0 R/MediaBox[0 0 216 144]/Contents 5 0 R/Resources<</Font<</F 4 0 R>>>>>>",
        b"<</Type/Font/Subtype/Type1/BaseFont/Helvetica>>",
        b"<</Length %d>>stream\n%s\nendstream" % (len(drawing), drawing),
    )
    out, places = bytearray(b"%PDF-1.4\n"), []
    for n, body in enumerate(objects, 1):
        places.append(len(out))
        out += b"%d 0 obj\n%s\nendobj\n" % (n, body)
    start = len(out)
    table = b"".join(b"%010d 00000 n \n" % place for place in places)
    out += b"xref\n0 6\n0000000000 65535 f \n%strailer\n<</Size 6/Root 1 0 R>>\nstartxref\n%d\n%%%%EOF\n" % (
        table,
        start,
    )
    return bytes(out)


def filled(made: matter.Matter, count: int) -> None:
    """The matter with so many documents, each called responsive by a person and proposed as not privileged."""
    store: Any = made._store  # noqa: SLF001 - a bench fills the store without reading files
    question = Question("letter/request-1", Kind.REQUEST, "The key book.", "bench")
    by = privilege.BY
    for start in range(0, count, 500):
        with store.act("bench", "fill") as act:
            act.ask(question, privilege.QUESTION)
            for number in range(start, min(start + 500, count)):
                blob = pdf(number)
                sha256 = hashlib.sha256(blob).hexdigest()
                text = f"Sheet {number:06d} of the key book\n" + WORDS * 8
                name, whose = f"sheet-{number:06d}.pdf", f"Custodian {number % 7}"
                pages = PageMap((Mark(0, page=1),))
                doc = Document(f"d-{sha256[:16]}", sha256, "pdf", whose, AT.date(), text, pages, name)
                act.blob(blob)
                act.documents(doc)
                act.give(Given(f"box/{name}", name, len(blob), sha256, State.READ, whose, "bench", AT, AT, doc.id))
                cite = (doc.passage(0, 12),)
                act.find(Finding(question.id, doc, "plain", Verdict.RESPONSIVE, cite, "it is", "person:bench", act.at))
                act.find(Finding("privilege", doc, "plain", Verdict.PRODUCE, (), "no counsel", by, act.at))


class Watch(threading.Thread):
    """The most memory of this process and those it started, in megabytes."""

    def __init__(self) -> None:
        super().__init__(daemon=True)
        self.most, self.own, self.ended = 0.0, 0.0, threading.Event()

    def run(self) -> None:
        """Look twice a second."""
        me = psutil.Process(os.getpid())
        while not self.ended.wait(0.5):
            own = me.memory_info().rss
            total = own
            for child in me.children(recursive=True):
                try:
                    total += child.memory_info().rss
                except psutil.Error:
                    continue
            self.most, self.own = max(self.most, total / 1e6), max(self.own, own / 1e6)


def main(count: int) -> float:
    """Print one line; the most memory in megabytes."""
    with tempfile.TemporaryDirectory() as folder:
        root = Path(folder)
        own = settings.read({"SHOWCAUSE_ACTOR": "bench", "SHOWCAUSE_HOME": folder, "SHOWCAUSE_WORKERS": "2"})
        with matter.init(root / "m", laws=("us/8-usc-1373",), respondent="The Annex", settings=own) as made:
            filled(made, count)
            print(f"volume: {count:,} documents are in", file=sys.stderr, flush=True)
            watch, begun = Watch(), time.perf_counter()
            watch.start()
            done = made.answer.produce(Production("VOL001", prefix="KEY-"), to=root / "out")
            spent = time.perf_counter() - begun
            watch.ended.set()
            if done.place is None or done.summary is None or done.summary.documents != count:
                raise SystemExit(f"volume: not made: {done.stopped[:3]}")
    print(
        f"volume: {count:,} documents in {spent:.0f} s, {count / spent:.0f} a second; at most {watch.most:.0f} MB, of "
        f"which {watch.own:.0f} MB in the process that leads (want < {WANTED} MB)"
    )
    return watch.most


if __name__ == "__main__":
    main(int(sys.argv[1]) if len(sys.argv) > 1 else COUNT)
