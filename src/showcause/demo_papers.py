"""Sources of the sample matter in, its papers out: PDF, DOCX, mail, HTML and text, the same bytes each time.

The matter is invented, all but the statutes and the cases. What each paper is for is told in `demo_data/README.md`;
what a careful reader finds in it, in `demo_data/expected.toml`.
"""

from __future__ import annotations

import datetime as dt
import html
import io
import json
import re
import zipfile
from collections.abc import Callable, Iterable, Iterator
from email.message import EmailMessage
from email.policy import SMTP
from functools import partial
from pathlib import Path
from typing import Any

SOURCES = Path(__file__).parent / "demo_data"
ZIP_EPOCH = (1980, 1, 1, 0, 0, 0)
TRUNCATED_AT = 6000  # bytes; no page of a PDF can be rebuilt from so few

Block = dict[str, Any]
Front = dict[str, str]


def write(folder: Path) -> list[Path]:
    """Write every paper of the sample matter below a folder.

    Args:
        folder: where `law`, `letters`, `press` and `records` are made; files of the same name are replaced.

    Returns:
        The files in the order of `PAPERS`.
    """
    return [_put(folder / name, make()) for name, make in PAPERS]


def _put(path: Path, content: bytes) -> Path:
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes(content)
    return path


def source(name: str) -> str:
    """Give the text of one source of `demo_data`."""
    return (SOURCES / name).read_text("utf-8")


def copied(name: str) -> bytes:
    """Give a source as it stands."""
    return (SOURCES / name).read_bytes()


def truncated(name: str) -> bytes:
    """Give the first bytes of the PDF of a letter source, as a broken transfer leaves them."""
    return letter_pdf(name)[:TRUNCATED_AT]


# Markdown sources


def front_matter(text: str) -> tuple[Front, str]:
    """Split a Markdown source into its `key: value` head and its body."""
    _, head, body = text.split("---\n", 2)
    return dict(_pair(line) for line in head.splitlines()), body.strip("\n")


def signed(front: Front) -> dt.datetime:
    """Give the day on which a paper was signed, which stands in its file as the day on which it was made."""
    return dt.datetime.fromisoformat(front["signed"]).replace(tzinfo=dt.UTC)


def _pair(line: str) -> tuple[str, str]:
    key, value = line.split(": ", 1)
    return key, value


def blocks(body: str) -> Iterator[Block]:
    """Give the blocks of a Markdown body in order: chapter, policy, section, title, paragraph, quote, item and table."""
    for chunk in re.split(r"\n\s*\n", body.strip()):
        lines = chunk.splitlines()
        if lines[0].startswith("#"):
            yield heading(lines.pop(0))
        plain = " ".join(line for line in lines if not line.startswith(("|", "- ")))
        if plain:
            yield {"kind": "quote" if plain.startswith("> ") else "paragraph", "text": plain.removeprefix("> ")}
        for line in lines:
            if line.startswith("- "):
                mark, text = line[2:].split(" ", 1)
                yield {"kind": "item", "mark": mark, "text": text}
        rows = [[cell.strip() for cell in line.strip("| ").split("|")] for line in lines if line.startswith("|")]
        if rows:
            yield {"kind": "table", "rows": rows}


def heading(line: str) -> Block:
    """Read `# 4 | Field Operations`, `## 428 | Immigration Matters | Issued ...`, `### 428.1 Purpose` or `## Title`."""
    marks, rest = line.split(" ", 1)
    if len(marks) == 3:
        number, title = rest.split(" ", 1)
        return {"kind": "section", "num": number, "title": title}
    if "|" not in rest:
        return {"kind": "title", "text": rest}
    number, title, *dates = [part.strip() for part in rest.split("|")]
    if len(marks) == 2:
        return {"kind": "policy", "num": number, "title": title, "dates": " ".join(dates)}
    return {"kind": "chapter", "label": f"Chapter {number}. {title}" if number.isdigit() else title}


# PDF


def typeset(template: str, name: str) -> bytes:
    """Set one PDF by Typst from a template and a Markdown source, with the fonts that Typst carries."""
    import typst

    front, body = front_matter(source(name))
    pdf = typst.compile(
        SOURCES / template,
        format="pdf",
        root=SOURCES,
        ignore_system_fonts=True,
        timestamp=signed(front),
        sys_inputs={"front": json.dumps(front), "blocks": json.dumps(list(blocks(body)))},
    )
    if not isinstance(pdf, bytes):
        raise TypeError(f"{template}: expected one PDF")
    return pdf


manual_pdf = partial(typeset, "manual.typ", "manual.md")
letter_pdf = partial(typeset, "letter.typ")


# DOCX


def ordinance_docx(name: str) -> bytes:
    """Make the ordinance as a Word file; struck and added words are runs with strike-through and underline."""
    front, body = front_matter(source(name))
    paper = _word_file(front, title=front["title"], footer=f"{front['title']}. City of Santa Ondina")
    for text, size in ((front["body"], 11), (front["title"], 18), (front["caption"], 12), (front["adopted"], 10)):
        _centred(paper, text, size=size)
    paper.add_paragraph(front["note"], style="Intense Quote")
    for one in blocks(body):
        _ordinance_block(paper, one)
    return _saved(paper)


def _ordinance_block(paper: Any, one: Block) -> None:
    if one["kind"] == "title":
        paper.add_heading(one["text"], level=1)
    elif one["kind"] == "section":
        paper.add_heading(f"{one['num']} {one['title']}", level=2)
    elif one["kind"] == "item":
        _redline(paper.add_paragraph(style="List Continue"), f"{one['mark']} {one['text']}")
    else:
        _redline(paper.add_paragraph(), one["text"])


def _redline(paragraph: Any, text: str) -> None:
    """Set `~~struck~~` and `++added++` words as runs with strike-through and underline."""
    for piece in re.split(r"(~~.+?~~|\+\+.+?\+\+)", text):
        run = paragraph.add_run(piece.strip("~+"))
        run.font.strike = piece.startswith("~~") or None
        run.font.underline = piece.startswith("++") or None


def reply_docx(name: str) -> bytes:
    """Make a letter as a Word file."""
    front, body = front_matter(source(name))
    paper = _word_file(front, title=front["re"], footer=front["footer"])
    for text, size in ((front["sender"], 16), (front["office"], 12), (front["street"], 9)):
        _centred(paper, text, size=size)
    paper.add_paragraph(front["date"])
    paper.add_paragraph(front["by"])
    paper.add_paragraph(front["to"].replace(" / ", "\n"))
    paper.add_paragraph().add_run(f"Re: {front['re']}").bold = True
    for one in blocks(body):
        if one["kind"] == "item":
            paper.add_paragraph(f"{one['mark']} {one['text']}", style="List Continue")
        else:
            paper.add_paragraph(one["text"])
    paper.add_paragraph(front["close"])
    paper.add_paragraph(f"/s/ {front['signer']}\n{front['signer']}\n{front['signer_title']}")
    return _saved(paper)


def _word_file(front: Front, *, title: str, footer: str) -> Any:
    """Open a Word file of US letter size in a book face, with a footer and fixed properties."""
    import docx
    from docx.shared import Inches, Pt, RGBColor

    paper = docx.Document()
    core = paper.core_properties
    core.title, core.author, core.last_modified_by = title, "City of Santa Ondina", "City of Santa Ondina"
    core.created = core.modified = signed(front).replace(tzinfo=None)
    for style in ("Normal", "Heading 1", "Heading 2"):
        paper.styles[style].font.name = "Georgia"
        paper.styles[style].font.color.rgb = RGBColor(0x20, 0x24, 0x2B)
    paper.styles["Normal"].font.size = Pt(11)
    paper.styles["Normal"].paragraph_format.space_after = Pt(8)
    page = paper.sections[0]
    page.page_width, page.page_height = Inches(8.5), Inches(11)
    page.left_margin = page.right_margin = Inches(1.2)
    page.footer.paragraphs[0].text = footer
    return paper


def _centred(paper: Any, text: str, *, size: int) -> None:
    from docx.enum.text import WD_ALIGN_PARAGRAPH
    from docx.shared import Pt

    paragraph = paper.add_paragraph()
    paragraph.alignment = WD_ALIGN_PARAGRAPH.CENTER
    run = paragraph.add_run(text)
    run.font.size = Pt(size)
    run.bold = size > 11


def _saved(paper: Any) -> bytes:
    """Save a Word file with its members in one order and without the time of day."""
    draft, clean = io.BytesIO(), io.BytesIO()
    paper.save(draft)
    with zipfile.ZipFile(draft) as old, zipfile.ZipFile(clean, "w", zipfile.ZIP_DEFLATED) as new:
        for name in sorted(old.namelist(), key=lambda name: (name != "[Content_Types].xml", name)):
            new.writestr(zipfile.ZipInfo(name, ZIP_EPOCH), old.read(name), zipfile.ZIP_DEFLATED)
    return clean.getvalue()


# Mail (RFC 5322; multipart bodies, RFC 2046, 5.1)


def message(name: str, *, attached: Iterable[str] = (), rich: bool = False) -> bytes:
    """Make one mail message from a source.

    Args:
        name: the source; its head gives the header fields.
        attached: sources that go with it as text attachments.
        rich: add an HTML alternative of the body.
    """
    front, body = front_matter(source(name))
    mail = EmailMessage(policy=SMTP)
    for key, value in front.items():
        mail[key.replace("_", "-").title().replace("-Id", "-ID")] = value
    mail.set_content(body + "\n")
    if rich:
        mail.add_alternative(_mail_html(body), subtype="html")
    for extra in attached:
        mail.add_attachment(source(extra), filename=extra)
    for number, part in enumerate(part for part in mail.walk() if part.is_multipart()):
        part.set_boundary(f"=_{Path(name).stem}_{number}")
    return mail.as_bytes()


def _mail_html(body: str) -> str:
    paragraphs = (html.escape(chunk, quote=False).replace("\n", "<br>\n") for chunk in body.split("\n\n"))
    inner = "\n".join(f"<p>{paragraph}</p>" for paragraph in paragraphs)
    return f'<html><body style="font-family: sans-serif">\n{inner}\n</body></html>\n'


ORDER = "general-order-26-04.md"

# One row a file, in the order in which a matter takes them: the law, the letters, the records, the press.
PAPERS: tuple[tuple[str, Callable[[], bytes]], ...] = (
    ("law/usc08_demo.xml", partial(copied, "usc08_demo.xml")),
    ("letters/demand-2027-01-25.pdf", partial(letter_pdf, "demand.md")),
    ("letters/acknowledgement-2027-01-27.docx", partial(reply_docx, "acknowledgement.md")),
    ("letters/reply-2027-02-08.docx", partial(reply_docx, "reply.md")),
    ("letters/more-time-2027-02-24.docx", partial(reply_docx, "more-time.md")),
    ("letters/grant-2027-03-01.pdf", partial(letter_pdf, "grant.md")),
    ("letters/follow-up-2027-03-08.pdf", partial(letter_pdf, "follow-up.md")),
    ("records/police/police-manual-2026.pdf", manual_pdf),
    ("records/police/general-order-26-04.md", partial(copied, ORDER)),
    ("records/police/archive/general-order-16-11.md", partial(copied, "general-order-16-11.md")),
    ("records/police/intranet-faq-428.html", partial(copied, "faq.html")),
    ("records/police/jail-inspection-2024.pdf", partial(truncated, "inspection.md")),
    ("records/clerk/ordinance-2244.docx", partial(ordinance_docx, "ordinance.md")),
    ("records/shared-drive/GO 26-04 (copy).md", partial(copied, ORDER)),
    (
        "records/mail/training-bulletin-26-07.eml",
        partial(message, "bulletin.md", attached=("pocket-card.txt",), rich=True),
    ),
    ("records/mail/re-form-h-14.eml", partial(message, "thread.md")),
    ("records/mail/sections-722-724.eml", partial(message, "advice.md")),
    ("press/article-1.html", partial(copied, "article-1.html")),
    ("press/article-2.txt", partial(copied, "article-2.txt")),
)
