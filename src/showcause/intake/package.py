"""A ZIP file of XML parts, as office programs write it: bounded unpacking, safe XML, the links between parts."""

from __future__ import annotations

import io
import posixpath
import re
import struct
import zipfile
import zlib
from collections.abc import Callable, Iterable, Iterator
from functools import lru_cache
from typing import Any, NamedTuple, TypeVar

from showcause.errors import Unreadable
from showcause.intake.reading import Limits, Part, unique

# What the standard library, and code that believes a hostile file, raise on bytes that are not what they say.
DAMAGE = (
    zipfile.BadZipFile,
    zlib.error,
    OSError,
    EOFError,
    LookupError,
    ValueError,
    ArithmeticError,
    TypeError,
    AttributeError,
    AssertionError,
    NotImplementedError,  # what zipfile says of a method that it can't unpack
    struct.error,
)
ZIP = b"PK\x03\x04"
_END = b"PK\x05\x06"  # of the end record (APPNOTE 4.3.16), which a comment of 65,535 bytes may follow
_LAST = struct.Struct("<4s4H2IH")  # the end record
_CENTRAL = struct.Struct("<4s6H3I5H2I")  # a header of the central directory (4.3.12)
_ENTITY = re.compile("&(?!(?:amp|lt|gt|quot|apos);)")
_HEADER, _FAR = b"PK\x01\x02", 0xFFFFFFFF  # how such a header begins; a size that stands elsewhere
_TOO_NEW = 63  # the version of the format from which on zipfile says no
_RELATION = r'<Relationship((?:\s+[A-Za-z]+="[^"&<]*")+)\s*/>'
_RELATIONS = re.compile(
    rf'(?:<\?xml version="1\.0"[^?]*\?>)?\s*<Relationships\s+xmlns="[^"&<]*"\s*>(?:\s*{_RELATION})*\s*</Relationships>\s*'
)
_RELATED, _SAID = re.compile(_RELATION), re.compile(r'([A-Za-z]+)="([^"]*)"')
_PICTURES = (".png", ".jpg", ".jpeg", ".gif", ".tif", ".tiff", ".bmp", ".webp")

_T = TypeVar("_T")


@lru_cache(maxsize=4096)
def bare(tag: Any) -> str:
    """A name without its namespace; nothing for what is no element."""
    return tag.rpartition("}")[2] if isinstance(tag, str) else ""


def local(node: Any) -> str:
    """The name of an element without its namespace, so that the transitional and the strict form read alike."""
    return bare(node.tag)


def children(node: Any, name: str) -> Iterator[Any]:
    """The children of that name."""
    return (each for each in node if bare(each.tag) == name) if node is not None else iter(())


def child(node: Any, *path: str) -> Any:
    """The first descendant along `path`, or None."""
    for name in path:
        if node is None:
            return None
        for each in node.getchildren():  # a list, which lxml gives several times faster than it gives an iterator
            if bare(each.tag) == name:
                node = each
                break
        else:
            return None
    return node


def value(node: Any, name: str = "val") -> str | None:
    """The attribute of that name, whatever its namespace, or None."""
    if node is None:
        return None
    for key in node.keys():  # noqa: SIM118 - an element's own iterator gives its children
        if key.endswith(name) and bare(key) == name:
            return str(node.get(key))
    return None


def truth(node: Any) -> bool:
    """Whether an on-off property is on (ECMA-376-1, 17.17.4: present without a value is on)."""
    return node is not None and value(node) not in {"0", "false", "off", "none"}


@lru_cache(maxsize=2)
def _parser(*, deep: bool) -> Any:
    from lxml import etree

    return etree.XMLParser(
        resolve_entities=False, no_network=True, load_dtd=False, remove_comments=True, remove_pis=True, huge_tree=deep
    )


def tree(blob: bytes, name: str = "the XML") -> Any:
    """The root element of an XML text, with no entity unfolded and nothing fetched. Raises Unreadable if it is broken."""
    from lxml import etree

    try:
        return etree.fromstring(blob, _parser(deep=False))
    except etree.XMLSyntaxError as error:
        if "depth" not in (error.msg or "") or b"<!DOCTYPE" in blob[:4096]:
            raise Unreadable(f"damaged: {name}: {error.msg}") from None
    try:  # tables within tables: up to 2,048 elements within one another
        return etree.fromstring(blob, _parser(deep=True))
    except etree.XMLSyntaxError as error:
        raise Unreadable(f"damaged: {name}: {error.msg}") from None


def unescaped(words: str) -> str | None:
    """Words as XML writes them without the five entities that every file has; None where there is another one."""
    if "&" not in words:
        return words
    if _ENTITY.search(words):
        return None
    for entity, sign in (("&lt;", "<"), ("&gt;", ">"), ("&quot;", '"'), ("&apos;", "'"), ("&amp;", "&")):
        words = words.replace(entity, sign)
    return words


def holds(blob: bytes, part: re.Pattern[str], sign: bytes) -> bool:
    """Whether the bytes are a ZIP file with a `part`; of one that is cut off, `sign` among its bytes tells."""
    if not blob.startswith(ZIP):
        return False
    try:
        return sign.decode() in _spoken(Same(blob)) and any(map(part.search, directory(blob)))
    except DAMAGE:
        return sign in blob and _END not in blob[-66_000:]


def unpacked(blob: bytes, limits: Limits, reads: Callable[[Package], _T]) -> _T:
    """What `reads` makes of the package. Raises Unreadable where the bytes are cut off or damaged."""
    try:
        return reads(Package(blob, limits))
    except DAMAGE as error:
        cut = _END not in blob[-66_000:]
        raise Unreadable("truncated: the end of the file is missing" if cut else f"damaged: {error}") from None
    finally:
        _directory.cache_clear()
        _spoken.cache_clear()


class Same:
    """Bytes that are known again by being the same object, so that nobody needs to go through them."""

    __slots__ = ("blob",)

    def __init__(self, blob: bytes) -> None:
        self.blob = blob

    def __hash__(self) -> int:
        return id(self.blob)

    def __eq__(self, other: object) -> bool:
        return isinstance(other, Same) and self.blob is other.blob


class Entry(NamedTuple):
    """What the directory says of a part: its name as written, flags, method, checksum, sizes, place of its own header."""

    name: str
    flags: int
    method: int
    crc: int
    packed: int
    size: int
    at: int


def directory(blob: bytes) -> dict[str, Entry]:
    """The parts of a ZIP file by name; the last one is kept, since several readers ask for it in turn."""
    return _directory(Same(blob))


@lru_cache(maxsize=1)
def _directory(same: Same) -> dict[str, Entry]:
    listed = _listed(same.blob)
    if listed is not None:
        return listed
    with zipfile.ZipFile(io.BytesIO(same.blob)) as archive:
        return {name: _entry(info) for name, info in archive.NameToInfo.items()}


@lru_cache(maxsize=1)
def _spoken(same: Same) -> str:
    """The names of all parts."""
    return "\n".join(_directory(same))


def _entry(info: zipfile.ZipInfo) -> Entry:
    sizes = (info.CRC, info.compress_size, info.file_size, info.header_offset)
    return Entry(info.orig_filename, info.flag_bits, info.compress_type, *sizes)


def _listed(blob: bytes) -> dict[str, Entry] | None:
    """The directory of a ZIP file as office programs write it; None for any other, which zipfile reads or refuses."""
    last = len(blob) - _LAST.size
    if last < 0 or not blob.startswith(_END, last):
        return None
    _, disk, first, here, count, length, at, comment = _LAST.unpack_from(blob, last)
    if disk or first or comment or here != count or count == 0xFFFF or at + length != last:
        return None
    names: dict[str, Entry] = {}
    unpack, size_of = _CENTRAL.unpack_from, _CENTRAL.size
    while at + size_of <= last:
        sign, _, version, flags, method, _, _, crc, packed, size, long, extra, said, part, _, _, place = unpack(
            blob, at
        )
        start = at + size_of
        at = start + long + said
        if sign != _HEADER or extra or part or version > _TOO_NEW or _FAR in (packed, size, place):
            return None
        try:
            held = blob[start : start + long].decode("ascii")
        except UnicodeDecodeError:
            return None
        names[held] = Entry(held, flags, method, crc, packed, size, place)
        count -= 1
    return names if at == last and not count and "\0" not in "".join(names) else None


def _taken(blob: bytes, part: Entry) -> bytes | None:
    """The bytes of a part that is stored or deflated and whole (APPNOTE 4.3.7), else None."""
    at = part.at
    if part.method not in {0, 8} or blob[at : at + 4] != ZIP or at + 30 > len(blob) or part.flags & 0x2061:
        return None
    name, extra = struct.unpack_from("<HH", blob, at + 26)
    if not part.name.isascii() or blob[at + 30 : at + 30 + name] != part.name.encode():
        return None
    start = at + 30 + name + extra
    held = blob[start : start + part.packed]
    try:
        said = zlib.decompressobj(-15).decompress(held, part.size + 1) if part.method else held
    except zlib.error:
        return None
    return said if len(said) == part.size and zlib.crc32(said) == part.crc else None


class Package:
    """A ZIP file of XML parts that unpacks to `limits.unpacked` bytes at most. Raises what zipfile raises (DAMAGE)."""

    def __init__(self, blob: bytes, limits: Limits) -> None:
        self.names = directory(blob)
        self.limits = limits
        self._blob = blob
        self._archive: zipfile.ZipFile | None = None
        self._left = limits.unpacked
        self._links: dict[str, dict[str, tuple[str, str, bool]]] = {}

    def blob(self, name: str) -> bytes:
        """The bytes of a part. Raises Unreadable where the limit is passed, or a password is needed."""
        info = self.names[name]
        if info.flags & 1:
            raise Unreadable("needs a password")
        self._left -= info.size  # the bytes that zipfile gives at most
        if self._left < 0:
            raise Unreadable(f"unpacks to more than {self.limits.unpacked:,} bytes")
        said = _taken(self._blob, info)
        if said is not None:
            return said
        if self._archive is None:
            self._archive = zipfile.ZipFile(io.BytesIO(self._blob))
        return self._archive.read(name)  # which says what is wrong with it

    def find(self, part: re.Pattern[str]) -> str | None:
        """The name of the first part that `part` matches, or None."""
        return next(filter(part.search, self.names), None)

    def xml(self, name: str | None) -> Any:
        """The root element of a part, or None where there is no such part. Raises Unreadable where it is broken."""
        if name is None or name not in self.names:
            return None
        return tree(self.blob(name), name)

    def links(self, name: str) -> dict[str, tuple[str, str, bool]]:
        """What a part names: for each id the kind ("styles", "slide", ...), the part or address, whether it is outside."""
        if name not in self._links:
            folder, _, leaf = name.rpartition("/")
            part = posixpath.join(folder, "_rels", f"{leaf}.rels")
            self._links[name] = _related(folder, self.blob(part), part) if part in self.names else {}
        return self._links[name]

    def linked(self, name: str, kind: str) -> list[str]:
        """The parts that a part names as `kind`, in the order in which it names them."""
        return [target for said, target, outside in self.links(name).values() if said == kind and not outside]

    def related(self, name: str, kind: str) -> Any:
        """The root of the first part that a part names as `kind`, or None."""
        return self.xml(next(iter(self.linked(name, kind)), None))

    def outside(self) -> int:
        """How many links of the parts read so far lead outside, those of mere hyperlinks left out."""
        links = [link for held in self._links.values() for link in held.values()]
        return sum(outside and kind != "hyperlink" for kind, _, outside in links)

    def embedded(self, folder: str) -> tuple[tuple[Part, ...], tuple[str, ...]]:
        """The files and pictures that a document under `folder` holds as parts, and notes on what else it holds."""
        files = [n for n in self.names if n.startswith(f"{folder}/embeddings/") and not n.endswith("/")]
        media = [n for n in self.names if n.startswith(f"{folder}/media/") and not n.endswith("/")]
        pictures = [n for n in media if n.lower().endswith(_PICTURES)]
        most = self.limits.parts
        parts = [Part(n.rpartition("/")[2], self.blob(n)) for n in files[:most]]
        parts += [Part(n.rpartition("/")[2], self.blob(n), inline=True) for n in pictures[: most - len(parts)]]
        notes = []
        if len(parts) < len(files) + len(pictures):
            notes.append(f"embedded files and pictures beyond the first {most:,} are left out")
        if len(media) > len(pictures):
            notes.append(f"drawings, sound or film that are not shown: {len(media) - len(pictures)}")
        if any(n.rpartition("/")[2].lower() == "vbaproject.bin" for n in self.names):
            notes.append("holds macros, which are not shown")
        return unique(parts), tuple(notes)

    def properties(self) -> tuple[str, str]:
        """The title and the day (as the file writes it) that the package states of itself."""
        root = self.xml("docProps/core.xml") if "docProps/core.xml" in self.names else None
        said = [child(root, name) for name in ("title", "modified", "created")]
        title, *stamps = ["" if node is None else (node.text or "") for node in said]
        return title, next(filter(None, stamps), "")


def _related(folder: str, blob: bytes, name: str) -> dict[str, tuple[str, str, bool]]:
    """The links that a part of them names, those of a part in `folder`; a tree is made of what is not in the common form."""
    plain = _RELATIONS.fullmatch(blob.decode("ascii")) if blob.isascii() else None
    if plain:
        said: Iterable[Any] = (dict(_SAID.findall(each)) for each in _RELATED.findall(plain[0]))
    else:
        said = children(tree(blob, name), "Relationship")
    links = {}
    for link in said:
        kind, target = (link.get("Type") or "").rpartition("/")[2], link.get("Target") or ""
        outside = link.get("TargetMode") == "External"
        links[link.get("Id") or ""] = kind, target if outside else _joined(folder, target), outside
    return links


@lru_cache(maxsize=4096)
def _joined(folder: str, target: str) -> str:
    return target.lstrip("/") if target.startswith("/") else posixpath.normpath(posixpath.join(folder, target))
