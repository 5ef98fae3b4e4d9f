"""The text of a letter in, a PDF of it out: plain, or on small pages with a running head and foot."""

from __future__ import annotations

import json
import re

MARK = re.compile(
    r"\s*(?P<mark>[-*•]|\(?(?:\d{1,2}|[a-zA-Z]|[ivxIVX]{2,4})[.)]|(?:Request|Item|Interrogatory|Specification)\s+(?:No\.\s*)?\d+[.:])\s+(?P<rest>\S.*)"
)
COLUMN = 80  # characters: no line of a source broken to a column is longer

PLAIN = """
#set page(paper: "us-letter", margin: 1in)
#set text(font: "Libertinus Serif", size: 11pt, hyphenate: false)
#set par(justify: true, leading: 0.6em, spacing: 1em)
"""
RUNNING = """
#set page(width: 6in, height: 6.4in, margin: (x: 0.9in, y: 0.9in),
  header: context if here().page() > 1 [#text(size: 8pt)[#who #h(1fr) Page #here().page()]],
  footer: text(size: 8pt)[#align(center)[12 Example Court, Suite 3, Anytown, Somestate 40099 | (555) 012-3456]])
#set text(font: "Libertinus Serif", size: 11pt, hyphenate: false)
#set par(justify: false, leading: 0.6em, spacing: 1em)
"""
CONTINUED = """
#set page(width: 6in, height: 6.4in, margin: (x: 0.9in, y: 0.9in),
  header: context if here().page() > 1 [#text(size: 9pt)[#who \\ #when \\ Page #here().page()]],
  footer: context align(center)[#text(size: 8pt)[\\- #here().page() \\-]])
#set text(font: "DejaVu Sans Mono", size: 8.5pt, hyphenate: false)
#set par(justify: false, leading: 0.6em, spacing: 1em)
"""
LAYOUTS = {"plain": PLAIN, "running": RUNNING, "continued": CONTINUED}
BODY = """
#let who = sys.inputs.who
#let when = sys.inputs.when
{layout}
#for one in json(bytes(sys.inputs.blocks)) {{
  if one.len() == 2 {{
    block(above: 0.8em, below: 0.8em, inset: (left: 1em), grid(columns: (auto, 1fr), gutter: 0.5em, one.at(0), one.at(1)))
  }} else {{ par(one.at(0).split("\\n").join(linebreak())) }}
}}
"""


def blocks(text: str) -> list[list[str]]:
    """Paragraphs as [words], items as [mark, words]; lines that were broken to a column are joined."""
    out: list[list[str]] = []
    column = max(map(len, text.split("\n")))
    for chunk in re.split(r"\n[ \t]*\n+", text.strip("\n")):
        joins = False
        for number, line in enumerate(chunk.split("\n")):
            item = MARK.match(line)
            if item and (number == 0 or not joins or len(out[-1]) == 2 or item["mark"] in "-*•"):
                out.append([item["mark"], item["rest"].strip()])
            elif number:
                out[-1][-1] += (" " if joins else "\n") + line.strip()
            else:
                out.append([line.strip()])
            joins = column < COLUMN and (len(line.strip()) > 0.7 * column or len(out[-1]) == 2)
    return out


def letter_pdf(text: str, layout: str, *, who: str, when: str) -> bytes:
    """The letter set on pages in one of the `LAYOUTS`; `who` and `when` stand in the running head."""
    import typst

    pdf = typst.compile(
        BODY.format(layout=LAYOUTS[layout]).encode(),
        format="pdf",
        ignore_system_fonts=True,
        sys_inputs={"blocks": json.dumps(blocks(text)), "who": who, "when": when},
    )
    assert isinstance(pdf, bytes)
    return pdf
