"""What is common to OpenDocument files (ODF 1.3, OASIS): the package, its styles, numbers of lists, words of a paragraph."""

from __future__ import annotations

import io
import re
import zipfile
from collections.abc import Callable, Iterator
from operator import attrgetter
from typing import Any

from showcause.errors import Unreadable
from showcause.intake.numbering import numeral
from showcause.intake.package import (
    DAMAGE,
    ZIP,
    Package,
    bare,
    child,
    children,
    directory,
    local,
    tree,
    unpacked,
    value,
)
from showcause.intake.reading import Limits, Part, Reading, redlined, stated, unique

_KINDS = {  # the last word of the media type -> the kind
    "text": "odt",
    "text-template": "odt",
    "text-master": "odt",
    "spreadsheet": "ods",
    "spreadsheet-template": "ods",
    "presentation": "odp",
    "presentation-template": "odp",
    "graphics": "odg",
    "graphics-template": "odg",
}
_TYPE = re.compile(
    rb"application/(?:vnd\.oasis\.opendocument|vnd\.sun\.xml|x-vnd\.oasis\.opendocument)\.([a-z-]{4,30})"
)
_FLAT = re.compile(rb"<(?:[\w.-]+:)?document\s[^>]*?urn:oasis:names:tc:opendocument:xmlns:office:1\.0")
_FORMATS = {"1": "decimal", "a": "lowerLetter", "A": "upperLetter", "i": "lowerRoman", "I": "upperRoman"}
_PICTURES = (".png", ".jpg", ".jpeg", ".gif", ".tif", ".tiff", ".bmp", ".webp")
_TAG = attrgetter("tag")
_SPACES = 1000  # that one element may stand for


def kind(blob: bytes) -> str:
    """The kind of an OpenDocument file ("odt", "ods", "odp", "odg"), or "" for what is none."""
    if blob.startswith(ZIP):
        found = _TYPE.search(blob, 30, 200) if blob[30:38] == b"mimetype" else None
        return _KINDS.get(found[1].decode() if found else _stated(blob), "")
    if blob.lstrip(b"\xef\xbb\xbf \t\r\n").startswith(b"<?xml") and _FLAT.search(blob, 0, 16_384):
        found = _TYPE.search(blob, 0, 65_536)
        return _KINDS.get(found[1].decode(), "") if found else "odt"
    return ""


def _stated(blob: bytes) -> str:
    """The media type of a package whose first part is not its type."""
    if b"content.xml" not in blob:
        return ""
    try:
        if not {"content.xml", "mimetype"} <= directory(blob).keys():
            return ""
        with zipfile.ZipFile(io.BytesIO(blob)) as archive, archive.open("mimetype") as part:
            found = _TYPE.match(part.read(200))
        return found[1].decode() if found else ""
    except DAMAGE:
        return ""


def opened(
    blob: bytes, limits: Limits, reads: Callable[[Source], Reading], *, lean: Callable[[bytes], bytes] = bytes
) -> Reading:
    """What `reads` makes of the file, packed or flat; of a packed one, the tree is made of what `lean` leaves of it.

    Raises Unreadable where it is cut off, damaged or locked.
    """
    if not blob.startswith(ZIP):
        try:
            return reads(Source(tree(blob), None, limits))
        except DAMAGE as error:
            raise Unreadable(f"damaged: {error}") from None

    def inside(package: Package) -> Reading:
        if "content.xml" not in package.names:
            raise Unreadable("damaged: content.xml is missing")
        content = package.blob("content.xml")
        try:
            root = tree(lean(content), "content.xml")
        except Unreadable:  # the whole says at which place, or is sound after all
            root = tree(content, "content.xml")
        return reads(Source(root, package, limits))

    return unpacked(blob, limits, inside)


class Source:
    """An OpenDocument file: the root of its content, its styles, its title and day, the things inside it."""

    def __init__(self, root: Any, package: Package | None, limits: Limits) -> None:
        self.root = root
        self.limits = limits
        self._package = package
        self._styles: Any = None

    def body(self, kind: str) -> Any:
        """The element under `office:body` that holds the content ("text", "spreadsheet", "presentation"), or None."""
        return child(self.root, "body", kind)

    @property
    def styles(self) -> Any:
        """The root of the styles of the whole document."""
        if self._styles is None:
            held = self._package.xml("styles.xml") if self._package is not None else None
            self._styles = self.root if held is None else held
        return self._styles

    def automatic(self, *, common: bool = False) -> Iterator[Any]:
        """The styles that the content makes for itself, and with `common` those of the document."""
        yield from child(self.root, "automatic-styles") if child(self.root, "automatic-styles") is not None else ()
        held = child(self.styles, "styles") if common else None
        yield from held if held is not None else ()

    def properties(self) -> tuple[str, str]:
        """The title and the day that the file states."""
        root = self._package.xml("meta.xml") if self._package is not None else self.root
        meta = child(root, "meta")
        said = [child(meta, name) for name in ("title", "date", "creation-date")]
        title, *stamps = ["" if node is None else (node.text or "") for node in said]
        return title, next(filter(None, stamps), "")

    def embedded(self) -> tuple[tuple[Part, ...], tuple[str, ...]]:
        """Pictures and documents within the file as parts, and notes on what else it holds."""
        package = self._package
        if package is None:
            inside = sum(1 for _ in self.root.iter("{*}binary-data"))
            return (), (f"pictures and objects that are not shown: {inside}",) if inside else ()
        pictures = [n for n in package.names if n.startswith("Pictures/") and n.lower().endswith(_PICTURES)]
        objects = [n for n in package.names if re.fullmatch(r"[^/]+/content\.xml", n)]
        notes = []
        if any(n.startswith("Basic/") and n.endswith(".xml") and "script-l" not in n for n in package.names):
            notes.append("holds macros, which are not shown")
        most = self.limits.parts
        types = self._types() if objects else {}
        parts = [_document(package, n.partition("/")[0], types) for n in objects[:most]]
        parts += [Part(n.rpartition("/")[2], package.blob(n), inline=True) for n in pictures[: most - len(parts)]]
        if len(parts) < len(pictures) + len(objects):
            notes.append(f"embedded files and pictures beyond the first {most:,} are left out")
        return unique([part for part in parts if part is not None]), tuple(notes)

    def _types(self) -> dict[str, str]:
        root = self._package.xml("META-INF/manifest.xml") if self._package is not None else None
        return {value(e, "full-path") or "": value(e, "media-type") or "" for e in children(root, "file-entry")}

    def margins(self) -> Iterator[tuple[str, Any]]:
        """The headers and footers of the pages, as ("header" or "footer", element)."""
        for page in children(child(self.styles, "master-styles"), "master-page"):
            for node in page:
                part = local(node).partition("-")[0]
                if part in {"header", "footer"}:
                    yield part, node


def _document(package: Package, folder: str, types: dict[str, str]) -> Part | None:
    """A document within the package as a file of its own; None for a formula or a chart, which have no reader."""
    said = types.get(f"{folder}/", "")
    found = _TYPE.match(said.encode())
    inner = _KINDS.get(found[1].decode()) if found else None
    if inner is None:
        return None
    stream = io.BytesIO()
    with zipfile.ZipFile(stream, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr(zipfile.ZipInfo("mimetype"), said)
        for leaf in ("content.xml", "styles.xml", "meta.xml"):
            if f"{folder}/{leaf}" in package.names:
                archive.writestr(zipfile.ZipInfo(leaf), package.blob(f"{folder}/{leaf}"))
    return Part(f"{folder}.{inner}", stream.getvalue())


class Inline:
    """The words of paragraphs, with tracked changes in brackets and the notes, comments and boxes met on the way."""

    def __init__(self, changes: Any = None) -> None:
        self.notes: list[tuple[str, str, Any]] = []  # kind, sign, body
        self.comments: list[tuple[str, Any]] = []  # author, element
        self.boxes: list[Any] = []
        self._change = ""
        self._deleted: dict[str, Any] = {}
        self._inserted: set[str] = set()
        for region in children(changes, "changed-region"):
            key = value(region, "id") or ""
            gone = child(region, "deletion")
            if gone is not None:
                self._deleted[key] = gone
            elif child(region, "insertion") is not None:
                self._inserted.add(key)

    def words(self, node: Any) -> str:
        """The words of a paragraph or heading."""
        inside = node.getchildren()
        if not inside and not self._change:
            text = node.text or ""
            return " ".join(text.split()) if "  " in text or "\n" in text else text
        if (
            not self._change
            and not any(map(len, inside))
            and all(bare(tag) == "span" for tag in set(map(_TAG, inside)))
        ):
            said = "".join(node.itertext())
            if "\n" not in said and "  " not in said and "\t" not in said:
                return said
        return redlined(self._pieces(node))

    def _pieces(self, node: Any) -> Iterator[tuple[str, str]]:
        if node.text:
            yield _plain(node.text), self._change
        for each in node.getchildren():
            name = local(each)
            special = _SPECIAL.get(name)
            if special is not None:
                yield from special(self, each)
            elif name and name not in _SILENT:
                yield from self._pieces(each)
            if each.tail:
                yield _plain(each.tail), self._change

    def _space(self, node: Any) -> Iterator[tuple[str, str]]:
        count = value(node, "c") or "1"
        yield " " * (min(int(count), _SPACES) if count.isdecimal() and len(count) < 9 else 1), self._change

    def _tab(self, _: Any) -> Iterator[tuple[str, str]]:
        yield "\t", self._change

    def _break(self, _: Any) -> Iterator[tuple[str, str]]:
        yield "\n", self._change

    def _note(self, node: Any) -> Iterator[tuple[str, str]]:
        sign = str(len(self.notes) + 1)
        self.notes.append((value(node, "note-class") or "footnote", sign, child(node, "note-body")))
        yield f"[{sign}]", self._change

    def _comment(self, node: Any) -> Iterator[tuple[str, str]]:
        creator = child(node, "creator")
        self.comments.append(((creator.text or "") if creator is not None else "", node))
        yield from ()

    def _frame(self, node: Any) -> Iterator[tuple[str, str]]:
        self.boxes.append(node)
        yield from ()

    def _begin(self, node: Any) -> Iterator[tuple[str, str]]:
        self._change = "+" if value(node, "change-id") in self._inserted else self._change
        yield from ()

    def _end(self, node: Any) -> Iterator[tuple[str, str]]:
        self._change = "" if value(node, "change-id") in self._inserted else self._change
        yield from ()

    def _gone(self, node: Any) -> Iterator[tuple[str, str]]:
        held = self._deleted.get(value(node, "change-id") or "")
        paragraphs = list(held.iter("{*}p", "{*}h")) if held is not None else []
        yield "\n".join(" ".join("".join(p.itertext()).split()) for p in paragraphs), "-"

    def standing(self, node: Any) -> str:
        """The words that a change between paragraphs stands for."""
        special = _SPECIAL.get(local(node))
        return redlined(special(self, node)) if special is not None else ""


_SPECIAL: dict[str, Callable[[Inline, Any], Iterator[tuple[str, str]]]] = {
    "s": Inline._space,  # noqa: SLF001 - a table of the class's own methods
    "tab": Inline._tab,  # noqa: SLF001
    "line-break": Inline._break,  # noqa: SLF001
    "note": Inline._note,  # noqa: SLF001
    "annotation": Inline._comment,  # noqa: SLF001
    "frame": Inline._frame,  # noqa: SLF001
    "custom-shape": Inline._frame,  # noqa: SLF001
    "rect": Inline._frame,  # noqa: SLF001
    "g": Inline._frame,  # noqa: SLF001
    "change-start": Inline._begin,  # noqa: SLF001
    "change-end": Inline._end,  # noqa: SLF001
    "change": Inline._gone,  # noqa: SLF001
}
_SILENT = {"ruby-text", "tracked-changes", "forms", "annotation-end", "title", "desc", "binary-data", "event-listeners"}


def _plain(text: str) -> str:
    """White space as OpenDocument reads it (ODF 1.3, part 3, 6.1.2): a run of it is one space."""
    if "\n" in text or "  " in text or "\t" in text:
        lead, trail = " " if text[0].isspace() else "", " " if text[-1].isspace() else ""
        return (lead + " ".join(text.split()) + trail) if text.strip() else " "
    return text


class Lists:
    """The numbers that lists and headings print, counted as they come."""

    def __init__(self, source: Source) -> None:
        self._source = source
        self._levels: dict[str, dict[int, Any]] | None = None
        self._own: dict[str, str] = {}
        self._counts: dict[str, list[int]] = {}
        self._outline: list[int] = [0] * 10
        self._outlined: dict[int, Any] = {}

    def _known(self) -> dict[str, dict[int, Any]]:
        if self._levels is None:
            self._levels = {}
            for node in self._source.automatic(common=True):
                name = local(node)
                if name in {"list-style", "outline-style"}:
                    levels = {int(value(level, "level") or 1): level for level in node}
                    if name == "outline-style":
                        self._outlined = levels
                    else:
                        self._levels[value(node, "name") or ""] = levels
                elif name == "style":
                    listed = value(node, "list-style-name")
                    if listed:
                        self._own[value(node, "name") or ""] = listed
        return self._levels

    def heading(self, level: int) -> str:
        """The number before the next heading of that level."""
        self._known()
        return self._next(self._outline, self._outlined, min(level, 10), None)

    def label(self, style: str | None, paragraph: Any, level: int, start: int | None) -> str:
        """The number or bullet before the next item of the list of that style, at that level from 1."""
        levels = self._known()
        named = style or self._own.get(value(paragraph, "style-name") or "") or ""
        held = levels.get(named)
        if held is None:
            return "•"
        return self._next(self._counts.setdefault(named, [0] * 10), held, min(level, 10), start)

    def restart(self, style: str | None) -> None:
        """Begin a list of that style at its first number again."""
        if style in self._counts:
            del self._counts[style or ""]

    def _next(self, counts: list[int], levels: dict[int, Any], level: int, start: int | None) -> str:
        own = levels.get(level)
        if own is None:
            return ""
        if local(own) == "list-level-style-bullet":
            return "•"
        begin = value(own, "start-value") or "1"
        first = start if start is not None else int(begin) if begin.isdecimal() and len(begin) < 7 else 1
        counts[level - 1] = first if start is not None or not counts[level - 1] else counts[level - 1] + 1
        counts[level:] = [0] * (10 - level)
        shown = _FORMATS.get(value(own, "num-format") or "")
        if shown is None:
            return ""
        deep = value(own, "display-levels") or "1"
        above = range(max(1, level - (int(deep) if deep.isdecimal() and len(deep) < 3 else 1) + 1), level + 1)
        said = ".".join(
            numeral(counts[n - 1] or 1, _FORMATS.get(value(levels.get(n), "num-format") or "", "decimal"))
            for n in above
        )
        return f"{value(own, 'num-prefix') or ''}{said}{value(own, 'num-suffix') or ''}".strip()


def dated(source: Source) -> tuple[str, Any]:
    """The title and the date of a file."""
    title, day = source.properties()
    return title, stated(day)
