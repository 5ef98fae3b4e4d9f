"""Documents and their families in, an EDRM XML 1.2 load file out, piece by piece; and one read back, piece by piece.

`Root` (1.2) holds `Fields`, then `Batch` with `Documents` and `Relationships`. XML escapes what the format keeps for
itself and what an encoding lacks, so that only characters that no XML can hold are substituted (XML 1.0, 2.2).
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from enum import StrEnum
from typing import Any, BinaryIO, Final

from showcause.errors import BadInput
from showcause.produce.lettering import Encoding, Fault, Substitution, Table, Written

_NO_XML = re.compile("[\0-\x08\x0b\x0c\x0e-\x1f\ud800-\udfff\ufffe\uffff]")
_ESCAPED = re.compile('[&<>"\t\n\r\x7f-\x9f]')
_NAMED = {"&": "&amp;", "<": "&lt;", ">": "&gt;", '"': "&quot;"}
_DECLARED = {Encoding.UTF8: "UTF-8", Encoding.CP1252: "windows-1252", Encoding.UTF16LE: "UTF-16"}
ATTACHMENT: Final = "Attachment"


class DocType(StrEnum):
    """What EDRM knows a document as."""

    MESSAGE = "Message"
    FILE = "File"


class DataType(StrEnum):
    """The kind of a tag's value."""

    TEXT = "Text"
    DATETIME = "DateTime"
    LONG = "LongInteger"
    BOOLEAN = "Boolean"


class FileType(StrEnum):
    """What a file of a document is."""

    NATIVE = "Native"
    TEXT = "Text"
    IMAGE = "Image"


@dataclass(frozen=True, slots=True)
class Field:
    """A tag that the documents may carry: its name, "#From", and the kind of its values."""

    name: str
    type: DataType = DataType.TEXT


@dataclass(frozen=True, slots=True)
class ExternalFile:
    """A file beside the load file; `size` counts bytes, `sha256` is in hexadecimal."""

    type: FileType
    folder: str
    name: str
    size: int
    sha256: str


@dataclass(frozen=True, slots=True)
class Location:
    """Where a document came from: its custodian and its address there."""

    custodian: str
    uri: str = ""


@dataclass(frozen=True, slots=True)
class EdrmDocument:
    """One document; `tags` are names and values in order, `parent` the id of the document that it is attached to."""

    id: str
    type: DocType
    mime: str = ""
    tags: tuple[tuple[str, str], ...] = ()
    files: tuple[ExternalFile, ...] = ()
    locations: tuple[Location, ...] = ()
    parent: str | None = None


@dataclass(frozen=True, slots=True)
class Relationship:
    """A child and the document that it is attached to, by their ids."""

    parent: str
    child: str


@dataclass(frozen=True, slots=True)
class EdrmFields:
    """The fields that a load file declares before its documents."""

    fields: tuple[Field, ...]


class _Pen:
    """Writes attributes, and counts what no XML can hold."""

    def __init__(self, encoding: Encoding, table: Table) -> None:
        self.encoding, self.table = encoding, table
        self.swaps: list[Substitution] = []
        bad = next((w for w in (*table.of.values(), table.controls, table.missing) if _NO_XML.search(w)), None)
        if bad is not None:
            raise BadInput(f"substitutions: {bad!r} can't stand in XML")

    def element(self, name: str, *, document: str = "", end: str = " />", **attributes: str) -> str:
        """An element's tag; attributes without a value are left out."""
        said = (f' {key}="{self._held(value, document, key)}"' for key, value in attributes.items() if value)
        return f"<{name}{''.join(said)}{end}"

    def tag(self, name: str, value: str, kind: DataType, document: str) -> str:
        """A Tag; what is substituted in its value is told under the tag's own name."""
        held, said = self._held(value, document, name), self._held(name, document, "TagName")
        return f'<Tag TagName="{said}" TagValue="{held}" TagDataType="{kind}" />'

    def words(self, name: str, value: str, document: str) -> str:
        """An element that holds words."""
        return f"<{name}>{self._held(value, document, name)}</{name}>"

    def _held(self, value: str, document: str, field: str) -> str:
        swapped = Counter(_NO_XML.findall(value))
        if swapped:
            self.swaps += [
                Substitution(document, field, c, self.table.written(c), n) for c, n in sorted(swapped.items())
            ]
            value = _NO_XML.sub(lambda found: self.table.written(found[0]), value)
        return _ESCAPED.sub(lambda found: _NAMED.get(found[0]) or f"&#{ord(found[0])};", value)

    def line(self, text: str) -> Written:
        """The text as bytes, with what was swapped since the last one."""
        swaps, self.swaps = tuple(self.swaps), []
        return Written(f"{text}\r\n".encode(self.encoding, "xmlcharrefreplace"), swaps)


def edrm(
    fields: Iterable[Field],
    documents: Iterable[EdrmDocument],
    *,
    encoding: Encoding = Encoding.UTF8,
    table: Table | None = None,
) -> Iterator[Written]:
    """The pieces of an EDRM XML load file, one a document; only the pairs of parent and child are kept meanwhile.

    Raises BadInput where a document carries a tag that no field declares.
    """
    pen = _Pen(encoding, table or Table())
    kinds = {field.name: field.type for field in fields}
    yield _head(pen, kinds)
    families: list[tuple[str, str]] = []
    for document in documents:
        unknown = next((name for name, _ in document.tags if name not in kinds), None)
        if unknown is not None:
            raise BadInput(f"{document.id}: no field declares the tag {unknown}")
        if document.parent is not None:
            families.append((document.parent, document.id))
        yield pen.line("".join(_document(document, kinds, pen)))
    yield pen.line("</Documents>\r\n<Relationships>")
    for parent, child in families:
        yield pen.line(pen.element("Relationship", RelationshipType=ATTACHMENT, ParentDocId=parent, ChildDocId=child))
    yield pen.line("</Relationships>\r\n</Batch>\r\n</Root>")


def _head(pen: _Pen, kinds: dict[str, DataType]) -> Written:
    declared = "".join(pen.element("Field", Name=name, DataType=kind) for name, kind in kinds.items())
    head = pen.line(
        f'<?xml version="1.0" encoding="{_DECLARED[pen.encoding]}"?>\r\n'
        '<Root MajorVersion="1" MinorVersion="2" Description="Production" DataInterchangeType="Update">\r\n'
        f"<Fields>{declared}</Fields>\r\n<Batch>\r\n<Documents>"
    )
    return Written(pen.encoding.mark + head.line, head.swaps)


def _document(document: EdrmDocument, kinds: dict[str, DataType], pen: _Pen) -> Iterator[str]:
    own = document.id
    yield pen.element("Document", document=own, end=">", DocID=own, DocType=document.type, MimeType=document.mime)
    yield "<Tags>"
    for name, value in document.tags:
        yield pen.tag(name, value, kinds[name], own)
    yield "</Tags><Files>"
    for file in document.files:
        place = {"FilePath": file.folder, "FileName": file.name, "FileSize": str(file.size)}
        inner = pen.element("ExternalFile", document=own, **place, Hash=file.sha256, HashType="SHA-256")
        yield f"{pen.element('File', end='>', FileType=file.type)}{inner}</File>"
    yield "</Files><Locations>"
    for location in document.locations:
        custodian, uri = pen.words("Custodian", location.custodian, own), pen.words("LocationURI", location.uri, own)
        yield f"<Location>{custodian}{uri}</Location>"
    yield "</Locations></Document>"


# --- reading --------------------------------------------------------------------------------------

Piece = EdrmFields | EdrmDocument | Relationship | Fault


def read_edrm(stream: BinaryIO, *, name: str) -> Iterator[Piece]:
    """The fields, documents and relationships of an EDRM XML file in its order; a Fault for each that is wrong.

    Entities are not resolved and nothing is fetched. Raises BadInput where the file is no XML, or no EDRM XML 1.
    """
    from lxml import etree

    found = etree.iterparse(
        stream, events=("start", "end"), resolve_entities=False, no_network=True, load_dtd=False, huge_tree=True
    )
    try:
        yield from _pieces(found, name)
    except etree.XMLSyntaxError as wrong:
        raise BadInput(f"{name}: line {wrong.lineno}: {wrong.msg}") from wrong


def _pieces(found: Iterable[tuple[str, Any]], name: str) -> Iterator[Piece]:
    seen = False
    for event, element in found:
        kind = _local(element)
        if event == "start":
            if not seen and (kind != "Root" or element.get("MajorVersion", "1") != "1"):
                raise BadInput(f"{name}: begins with {kind}; EDRM XML begins with Root, MajorVersion 1")
            seen = True
        elif kind in _READERS:
            yield _READERS[kind](element)
            element.clear()
            while element.getprevious() is not None:
                del element.getparent()[0]


def _local(element: Any) -> str:
    return str(element.tag).rpartition("}")[2]


def _each(element: Any, *names: str) -> Iterator[Any]:
    """The elements that stand below by these names, one in another."""
    if not names:
        yield element
        return
    for child in element:
        if _local(child) == names[0]:
            yield from _each(child, *names[1:])


def _read_fields(element: Any) -> Piece:
    try:
        return EdrmFields(
            tuple(Field(f.get("Name", ""), DataType(f.get("DataType", "Text"))) for f in _each(element, "Field"))
        )
    except ValueError as wrong:
        return Fault(element.sourceline, f"Fields: {wrong}")


def _read_document(element: Any) -> Piece:
    own = element.get("DocID")
    if not own:
        return Fault(element.sourceline, "a Document has no DocID")
    if element.get("DocType") not in tuple(DocType):
        return Fault(element.sourceline, f"{own}: DocType {element.get('DocType')!r} is neither Message nor File")
    files = [_read_file(own, kind, f) for kind in _each(element, "Files", "File") for f in _each(kind, "ExternalFile")]
    wrong = next((f for f in files if isinstance(f, Fault)), None)
    if wrong:
        return wrong
    return EdrmDocument(
        own,
        DocType(element.get("DocType")),
        element.get("MimeType", ""),
        tuple((t.get("TagName", ""), t.get("TagValue", "")) for t in _each(element, "Tags", "Tag")),
        tuple(f for f in files if isinstance(f, ExternalFile)),
        tuple(
            Location(_words(one, "Custodian"), _words(one, "LocationURI"))
            for one in _each(element, "Locations", "Location")
        ),
    )


def _read_file(own: str, kind: Any, file: Any) -> ExternalFile | Fault:
    size = file.get("FileSize", "0")
    if kind.get("FileType") not in tuple(FileType) or not size.isdigit():
        return Fault(file.sourceline, f"{own}: a file of type {kind.get('FileType')!r} and of {size!r} bytes")
    return ExternalFile(
        FileType(kind.get("FileType")),
        file.get("FilePath", ""),
        file.get("FileName", ""),
        int(size),
        file.get("Hash", ""),
    )


def _words(element: Any, name: str) -> str:
    return next((one.text or "" for one in _each(element, name)), "")


def _read_relationship(element: Any) -> Piece:
    parent, child = element.get("ParentDocId"), element.get("ChildDocId")
    if not parent or not child:
        return Fault(element.sourceline, "a Relationship needs ParentDocId and ChildDocId")
    return Relationship(parent, child)


_READERS = {"Fields": _read_fields, "Document": _read_document, "Relationship": _read_relationship}
