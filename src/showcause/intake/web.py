"""An HTML page in, its words in reading order out; nothing is fetched, and no script or style is read."""

from __future__ import annotations

import re
from datetime import date
from typing import Any

from showcause.errors import Unreadable
from showcause.intake.margins import ASKED, BESIDE, article, beside_story, outside, story, words_of
from showcause.intake.numbering import numeral
from showcause.intake.plain import characters, is_text, opening
from showcause.intake.reading import Limits, Reading, Transcript, redlined, writable

_START = re.compile(rb"(?is)\A(?>\xef\xbb\xbf|\s|<\?xml[^>]*>|<!--.*?-->)*+<(!doctype\s+html|html|[a-z][a-z0-9]*)\b")
_WHOLE = {b"html", b"head", b"body", b"title", b"meta", b"article", b"main"}
_FRAGMENT = {
    b"div",
    b"p",
    b"table",
    b"h1",
    b"h2",
    b"h3",
    b"section",
    b"span",
    b"ul",
    b"ol",
    b"font",
    b"center",
    b"b",
    b"a",
}
_CHARSET = re.compile(rb"(?i)<meta[^>]+charset\s*=\s*[\"']?\s*([\w.:-]+)|<\?xml[^>]+encoding\s*=\s*[\"']([\w.:-]+)")
_BLOCK = {
    "address",
    "article",
    "aside",
    "blockquote",
    "body",
    "center",
    "dd",
    "details",
    "div",
    "dl",
    "dt",
    "fieldset",
    "figcaption",
    "figure",
    "footer",
    "form",
    "h1",
    "h2",
    "h3",
    "h4",
    "h5",
    "h6",
    "header",
    "hr",
    "html",
    "li",
    "main",
    "ol",
    "p",
    "pre",
    "section",
    "summary",
    "table",
    "tbody",
    "tfoot",
    "thead",
    "tr",
    "ul",
}  # fmt: skip - one set, read as a sentence
_REDLINE = {"del": "-", "s": "-", "strike": "-", "ins": "+"}
_LEVELS = {f"h{level}": level for level in range(1, 7)}
_GROUPS = {"li": "list", "tr": "table", "dd": "terms", "dt": "terms"}
_SPACE = re.compile(r"[ \t\n\r\f\v]+")
_DATES = ("article:published_time", "datepublished", "date", "dc.date", "dcterms.date", "dcterms.created", "pubdate")
_PUBLISHED = re.compile(r'"datePublished"\s*:\s*"([^"]{8,40})"')
_DEPTH = 200  # elements inside one another that are followed; the parser itself stops at 256


def is_html(blob: bytes, name: str) -> bool:
    """Whether a text begins as HTML does; a Markdown file may begin with a fragment of HTML, so there the name tells."""
    found = _START.match(opening(blob))
    if found is None or not is_text(blob, name):
        return False
    tag = found[1].lower().split()[0]
    markdown = name.lower().endswith((".md", ".markdown"))
    return tag.startswith(b"!doctype") or tag in _WHOLE or (tag in _FRAGMENT and not markdown)


def read(blob: bytes, name: str, limits: Limits) -> Reading:
    """The words of a page without its navigation, with headings, a mark for each paragraph, title and date.

    Raises Unreadable where it holds no words.
    """
    del name, limits
    declared = _CHARSET.search(blob[:4096])
    encoding = next((g.decode("ascii") for g in declared.groups() if g), None) if declared else None
    text, notes = characters(blob, encoding)
    return page(text, notes)


def page(text: str, notes: tuple[str, ...] = (), *, everything: bool = False) -> Reading:
    """The Reading of a page given as characters; `notes` are what its decoding had to say.

    With `everything` nothing is left out as standing beside the words, as is right for the body of a message.
    """
    root, lost = _parsed(text)
    told, tells = _date(root), story(root)
    _strip(root)
    walker = _Walker(root, everything=everything, tells=tells)
    walker.walk()
    if not walker.transcript.text.strip():  # all of it stood in what is left out of pages with other words
        walker = _Walker(root, everything=True, tells=False)
        walker.walk()
    if not walker.transcript.text.strip():
        raise Unreadable("nested too deep to be read" if lost else "empty: the page holds no words")
    return Reading(
        kind="html",
        text=walker.transcript.text,
        pages=walker.transcript.pages,
        headings=walker.transcript.headings,
        title=_title(root),
        date=told,
        notes=(*notes, *lost, *walker.notes()),
    )


def _parsed(text: str) -> tuple[Any, tuple[str, ...]]:
    """The root of the page, and notes on what the parser could not take."""
    from lxml import etree

    parser = etree.HTMLParser(encoding="utf-8", no_network=True, remove_comments=True, remove_pis=True, huge_tree=True)
    try:
        root = etree.fromstring(writable(text).encode("utf-8"), parser)
    except etree.ParserError as error:
        raise Unreadable(f"damaged: {error}") from None
    if root is None:
        raise Unreadable("empty: the page holds no words")
    deep = any("depth" in error.message.lower() for error in parser.error_log)
    return root, ("the page is nested too deep: what follows the deepest place may be missing",) if deep else ()


def _strip(root: Any) -> None:
    """Take out what is never read, once its own statements about the page have been."""
    from lxml import etree

    etree.strip_elements(root, "script", "style", "template", "svg", with_tail=False)


class _Walker:
    """Goes through a page once and takes down its words."""

    def __init__(self, root: Any, *, everything: bool, tells: bool) -> None:
        self.transcript = Transcript()
        self._root = root
        self._everything = everything
        self._tells = tells and not everything
        self._line: list[tuple[str, str]] = []  # words, and whether they are deleted or inserted
        self._change = ""
        self._mark = ""  # of the list item whose words are to come
        self._left_out: dict[str, None] = {}
        self._deep = False
        self._kept = 0  # how many <pre> stand around
        self._items: dict[Any, int] = {}
        self._count: int | None = None

    def _whole(self) -> int:
        """How many words the page holds, counted where something depends on it."""
        if self._count is None:
            self._count = words_of(self._root)
        return self._count

    def walk(self) -> None:
        """Take down the article where the page has one, else the whole page."""
        named = None if self._everything else next(self._root.iter("article", "main"), None)
        held = None if named is None else article(self._root, self._whole())
        if held is None:
            self._element(self._root, 0)
        else:
            titles = list(self._root.iter("h1"))
            if len(titles) == 1 and next(held.iter("h1"), None) is None:
                self._element(titles[0], 0)
            self._element(held, 0)
            if words_of(held) < self._whole():
                self._left_out["what stands outside the article"] = None
        self._flush()

    def notes(self) -> tuple[str, ...]:
        said = [f"left out of the text: {', '.join(self._left_out)}"] if self._left_out else []
        return (*said, *(("deeply nested elements are shown without their structure",) if self._deep else ()))

    def _element(self, node: Any, depth: int) -> None:
        tag = node.tag
        if not isinstance(tag, str) or ((tag in ASKED or node.keys()) and self._unread(node, tag)):
            return
        if depth > _DEPTH:
            self._deep = True
            self._words(" ".join(node.itertext()))
            return
        if tag in _BLOCK:
            self._block(node, tag, depth)
        elif tag == "br":
            self._line.append(("\n", self._change))
        elif tag in {"td", "th"}:
            self._cell(node, depth)
        elif tag in _REDLINE:
            before, self._change = self._change, self._change if self._change == "-" else _REDLINE[tag]
            self._inside(node, depth)
            self._change = before
        else:
            self._inside(node, depth)

    def _inside(self, node: Any, depth: int) -> None:
        self._words(node.text)
        for child in node.getchildren():
            self._element(child, depth + 1)
            tail = child.tail
            if tail:
                self._words(tail)

    def _words(self, text: str | None) -> None:
        if not text:
            return
        if not self._kept:
            text = _spaced(text)
            if text[0] == " " and self._line and self._line[-1][0].endswith((" ", "\n")):
                text = text[1:]
        self._line.append((text, self._change))

    def _block(self, node: Any, tag: str, depth: int) -> None:
        self._flush()
        if tag == "li":
            self._mark = self._label(node)
        self._kept += tag == "pre"
        self._inside(node, depth)
        self._flush(_LEVELS.get(tag, 0), _GROUPS.get(tag, ""))
        self._kept -= tag == "pre"
        self._mark = "" if tag == "li" else self._mark

    def _cell(self, node: Any, depth: int) -> None:
        if self._line and node.getprevious() is not None:
            self._line.append((" | ", ""))
        self._inside(node, depth)

    def _flush(self, level: int = 0, group: str = "") -> None:
        if not self._line:
            return
        first, change = self._line[0]
        text = first if len(self._line) == 1 and not change else redlined(self._line)
        if self._kept or "\n" in text:
            lines = map(str.rstrip if self._kept else str.strip, text.split("\n"))
            text = "\n".join(lines).strip("\n" if self._kept else None)
        else:
            text = text.strip()
        self._line = []
        if text:
            text, self._mark = f"{self._mark}{text}", ""
        self.transcript.paragraph(text, level=level, group=group)

    def _label(self, item: Any) -> str:
        """The mark that a browser would draw before a list item."""
        parent = item.getparent()
        if parent is None or parent.tag != "ol":
            return "• "
        if parent not in self._items:
            first = parent.get("start") or "1"
            self._items[parent] = int(first) - 1 if re.fullmatch(r"-?\d{1,6}", first) else 0
        self._items[parent] += 1
        style = {"a": "lowerLetter", "A": "upperLetter", "i": "lowerRoman", "I": "upperRoman"}
        return f"{numeral(self._items[parent], style.get(parent.get('type') or '', 'decimal'))}. "

    def _unread(self, node: Any, tag: str) -> bool:
        what = outside(node, tag, self._whole) or (
            beside_story(node, tag, self._whole) if self._tells and node.keys() else None
        )
        if not what or (self._everything and what in BESIDE):
            return False
        if what not in {"script", "style", "head"} and "".join(node.itertext()).strip():
            self._left_out[what] = None
        return True


def _spaced(text: str) -> str:
    """The text with one space for each run of white space, as a browser shows it."""
    if text.isprintable() and "  " not in text:  # as most are: what is white space and no space can't be printed
        return text
    return _SPACE.sub(" ", text)


def _title(root: Any) -> str:
    for node in root.iter("title", "h1"):
        said = " ".join("".join(node.itertext()).split())
        if said:
            site = _meta(root).get("og:site_name") or ""
            return said if not site or site.casefold() in said.casefold() else f"{said} | {site}"
    return ""


def _meta(root: Any) -> dict[str, str]:
    """What the page's meta elements say, by their names in lower case."""
    return {
        str(m.get("property") or m.get("name") or m.get("itemprop")).lower(): str(m.get("content") or "").strip()
        for m in root.iter("meta")
    }


def _date(root: Any) -> date | None:
    stated = _meta(root)
    linked = (s.text or "" for s in root.iter("script") if s.get("type") == "application/ld+json")
    stamps = [stated.get(key) or "" for key in _DATES] + [m[1] for text in linked if (m := _PUBLISHED.search(text))]
    stamps += [t.get("datetime") or "" for t in root.iter("time")]
    for stamp in stamps:
        try:
            return date.fromisoformat(stamp.strip()[:10])
        except ValueError:
            continue
    return None
