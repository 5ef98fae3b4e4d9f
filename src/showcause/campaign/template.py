"""A letter template and the words for one body in, the letter out as files that can be sent.

A template is Typst (`.typ`, its words at `sys.inputs.NAME`), Word (`.docx`) or plain text and Markdown (`.md`, `.txt`),
the last two with words as `{{ name }}`. A text is printed as PDF and DOCX; Typst gives PDF, Word a DOCX.
"""

from __future__ import annotations

import io
import re
from collections.abc import Iterator, Mapping
from dataclasses import asdict
from datetime import datetime
from itertools import accumulate
from pathlib import Path
from typing import Any

from showcause import paper
from showcause.errors import BadInput
from showcause.paper import Block as Part
from showcause.paper import Piece, Run, Sheet

KINDS = (".typ", ".docx", ".md", ".txt")
FIELD = re.compile(r"\{[{%]")
HEADING = re.compile(r"(#{1,3})\s+(.*)", re.DOTALL)


def letter(template: Path, words: Mapping[str, str], *, at: datetime) -> dict[str, bytes]:
    """The letter of one body by file ending; `at` (UTC) is the only time that its files carry.

    Raises BadInput, naming the template and what is wrong: a word that no column gives, a mark that doesn't close, no
    letter at all.
    """
    ending = template.suffix.lower()
    if ending not in KINDS:
        raise BadInput(f"{template}: a letter's template is a {', '.join(KINDS)} file")
    if not template.is_file():
        raise BadInput(f"{template}: no such file")
    if ending == ".typ":
        return {".pdf": _typst(template, words, at=at)}
    if ending == ".docx":
        return {".docx": _word(template, words)}
    text = filled(_read(template), words, name=str(template))
    return printed(text, at=at)


def filled(text: str, words: Mapping[str, Any], *, name: str) -> str:
    """The text with its `{{ name }}` and `{% if %}` filled in, in a sandbox; raises BadInput naming `name`."""
    from jinja2 import StrictUndefined, TemplateError
    from jinja2.sandbox import SandboxedEnvironment

    world = SandboxedEnvironment(undefined=StrictUndefined, keep_trailing_newline=True, trim_blocks=True)
    try:
        return world.from_string(text).render(words)
    except TemplateError as bad:
        number = getattr(bad, "lineno", None)
        line = f" line {number}:" if number else ""
        known = ", ".join(sorted(words))
        raise BadInput(f"{name}:{line} {bad.message}; the words at hand are {known}") from bad


def printed(text: str, *, at: datetime) -> dict[str, bytes]:
    """A letter in plain words as PDF and DOCX: paragraphs parted by empty lines, `#` headings, `>` quotations."""
    sheet = Sheet("Letter", "", "", at, pieces=tuple(pieces(text)))
    return {".pdf": paper.pdf("letter.typ", asdict(sheet), at=at), ".docx": paper.docx(sheet)}


def pieces(text: str) -> Iterator[Piece]:
    """The pieces of a letter in plain words."""
    for block in re.split(r"\n[ \t]*\n", text.replace("\r\n", "\n").strip("\n")):
        if not block.strip():
            continue
        if head := HEADING.fullmatch(block.strip()):
            yield Piece(Part.HEADING, (Run(" ".join(head[2].split())),), len(head[1]))
        elif all(line.lstrip().startswith(">") for line in block.split("\n")):
            quoted = "\n".join(line.lstrip()[1:].strip() for line in block.split("\n"))
            yield Piece(Part.QUOTE, (Run(quoted),))
        else:
            yield Piece(Part.PARAGRAPH, (Run("\n".join(line.rstrip() for line in block.split("\n"))),))


def _read(path: Path) -> str:
    try:
        return path.read_text(encoding="utf-8-sig")
    except UnicodeDecodeError as bad:
        raise BadInput(f"{path}: not UTF-8 text ({bad.reason} at byte {bad.start})") from bad


def _typst(template: Path, words: Mapping[str, str], *, at: datetime) -> bytes:
    import typst

    try:
        made = typst.compile(
            str(template),
            root=str(template.parent),
            sys_inputs=dict(words),
            ignore_system_fonts=True,
            format="pdf",
            timestamp=int(at.timestamp()),
        )
    except typst.TypstError as bad:
        raise BadInput(
            f"{template}: {' '.join(str(bad).split())}; words are at sys.inputs: {', '.join(sorted(words))}"
        ) from bad
    return bytes(made)


def _word(template: Path, words: Mapping[str, str]) -> bytes:
    """The Word file with the words in its paragraphs, tables, heads and feet; each keeps the look where it begins."""
    import docx
    from docx.opc.exceptions import PackageNotFoundError

    try:
        doc = docx.Document(str(template))
    except (PackageNotFoundError, ValueError, KeyError, OSError) as bad:
        raise BadInput(f"{template}: no Word file that can be read") from bad
    for paragraph in _paragraphs(doc):
        if FIELD.search(paragraph.text):
            _fill(paragraph, words, name=str(template))
    out = io.BytesIO()
    doc.save(out)
    return out.getvalue()


def _paragraphs(doc: Any) -> Iterator[Any]:
    yield from _within(doc)
    for section in doc.sections:
        for part in (section.header, section.footer, section.first_page_header, section.first_page_footer):
            yield from _within(part)


def _within(holder: Any) -> Iterator[Any]:
    yield from holder.paragraphs
    for table in holder.tables:
        for row in table.rows:
            for cell in row.cells:
                yield from _within(cell)


def _fill(paragraph: Any, words: Mapping[str, str], *, name: str) -> None:
    """Fill a paragraph in; Word cuts words into runs as it likes, so a mark may begin in one and end in another."""
    runs = paragraph.runs
    whole = "".join(run.text for run in runs)
    depth = [0]  # before each character, how many marks stand open
    for place in range(len(whole)):
        opened = whole[place : place + 2] in {"{{", "{%"}
        closed = whole[max(0, place - 1) : place + 1] in {"}}", "%}"}
        depth.append(max(0, depth[-1] + opened - closed))
    pieces_, taken = [], 0
    ends = accumulate(len(run.text) for run in runs)
    for reach in ends:  # a run that ends within a mark takes the rest of it
        end = max(taken, reach)
        while end < len(whole) and depth[end]:
            end += 1
        pieces_.append(whole[taken:end])
        taken = end
    blocks = any("{%" in piece for piece in pieces_)
    if blocks:  # a condition may span runs: filled as one, in the look of the first
        pieces_ = [whole, *[""] * (len(runs) - 1)]
    for run, piece in zip(runs, pieces_, strict=True):
        text = filled(piece, words, name=name) if piece else ""
        if run.text != text:
            run.text = text
