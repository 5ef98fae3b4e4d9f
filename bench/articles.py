"""Articles read a second on one core: quotations, speakers, claims and loaded words, from cleaned text and from saved pages.

The peer is the bare search of the same characters for the verbs of saying and for marks, which is the least that any
reader of quotations must do. The articles are the labelled ones of the test suite, of ten voices, read over and over;
time is the processor's own, so that other work on the machine counts for little.
"""

from __future__ import annotations

import html
import re
import time
from pathlib import Path

from showcause.ask import read_statement
from showcause.core import Document
from showcause.intake import read

ARTICLES = Path(__file__).parents[1] / "tests" / "ask"
SAYS = re.compile(r"[“”\"]|\b(?:said|says|told|wrote|writes|added|according)\b")
ROUNDS = 5
WANT = 200  # articles a second


def texts() -> list[str]:
    """The text of every article of the develop half and of the older set."""
    paths = sorted([*ARTICLES.glob("articles/*.txt"), *ARTICLES.glob("voices/develop/*.txt")])
    return [path.read_text(encoding="utf-8") for path in paths]


def page(text: str) -> bytes:
    """The article as a page that was saved, with what stands around it."""
    body = "".join(f"<p>{html.escape(line)}</p>" for line in text.split("\n") if line.strip())
    around = "<li><a href='/a'>More</a></li>" * 40
    return f"<!doctype html><html><body><nav><ul>{around}</ul></nav><article>{body}</article><footer>{around}</footer></body></html>".encode()


def rate(documents: list[Document]) -> float:
    """Articles read a second."""
    began = time.process_time()
    for document in documents:
        read_statement(document)
    return len(documents) / (time.process_time() - began)


def from_pages(pages: list[bytes]) -> float:
    """Saved pages cleaned and read a second."""
    began = time.process_time()
    for blob in pages:
        seen = read(blob, name="page.html")
        read_statement(Document("d", "0" * 64, seen.kind, seen.title, seen.date, seen.text))
    return len(pages) / (time.process_time() - began)


def bare(documents: list[Document]) -> float:
    """Articles searched a second by one expression."""
    began = time.process_time()
    for document in documents:
        SAYS.findall(document.text)
    return len(documents) / (time.process_time() - began)


def main() -> None:
    """Print the median of the rounds for cleaned text and for saved pages, beside the bare search."""
    said = texts()
    documents = [Document(f"d{n}", "0" * 64, "txt", "", None, text) for n, text in enumerate(said)]
    pages = [page(text) for text in said]
    rate(documents), from_pages(pages[:4])
    ours, peer = sorted((rate(documents), bare(documents)) for _ in range(ROUNDS))[ROUNDS // 2]
    saved = sorted(from_pages(pages) for _ in range(ROUNDS))[ROUNDS // 2]
    length = sum(map(len, said)) / len(said)
    print(
        f"articles ({len(said)} of {length:,.0f} characters on average): showcause {ours:,.0f}/s as text, {saved:,.0f}/s as saved pages, "
        f"bare search {peer:,.0f}/s, ratio {ours / peer:.4f} (want >= {WANT}/s on one core)"
    )


if __name__ == "__main__":
    main()
