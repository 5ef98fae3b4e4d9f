"""The files of a bag and the words that must stand nowhere in, a refusal out where one does.

What is withheld was left out before; this is the second pair of eyes, on the bag's own lines and on its papers.
"""

from __future__ import annotations

import html
import io
import json
import re
import zipfile
from collections.abc import Iterable, Iterator
from typing import Final

from showcause.errors import NotProven
from showcause.prove.bag import Member
from showcause.prove.choose import named_in

SHOWN: Final = ("data/documents/", "data/sources/", "data/laws/")  # shown whole; what they say is no secret
TAG: Final = re.compile(r"<[^>]*>")


def search(payload: Iterable[Member], secret: Iterable[str]) -> None:
    """Raise NotProven, naming the file, where a withheld document's name, id, path or digest stands in one."""
    words = tuple(secret)
    written = tuple(json.dumps(word, ensure_ascii=False)[1:-1] for word in words)
    for member in payload if words else ():
        if isinstance(member.source, bytes) and not member.path.startswith(SHOWN):
            for text in _texts(member.path, member.source):
                if found := next((word for word in (*words, *written) if named_in(text, word)), None):
                    raise NotProven(f"{member.path}: would name a withheld document ({found}); no bag was written")


def _texts(path: str, data: bytes) -> Iterator[str]:
    """What a file says: its characters, and for a paper also its words without marks of their form."""
    text = data.decode("utf-8", "replace")
    yield text
    if path.endswith((".html", ".htm")):
        yield html.unescape(TAG.sub("", text))
    elif path.endswith(".docx") and zipfile.is_zipfile(io.BytesIO(data)):
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            for part in archive.namelist():
                yield html.unescape(TAG.sub("", archive.read(part).decode("utf-8", "replace")))
    elif path.endswith(".pdf"):
        yield from _pages(data)


def _pages(data: bytes) -> Iterator[str]:
    import pypdfium2

    try:
        pdf = pypdfium2.PdfDocument(data)
    except pypdfium2.PdfiumError:
        return  # no PDF at all: its characters were searched
    try:
        yield json.dumps(pdf.get_metadata_dict(), ensure_ascii=False)
        for number in range(len(pdf)):
            text = pdf[number].get_textpage().get_text_bounded()
            yield re.sub(r"\s+", " ", text)
    finally:
        pdf.close()
