r"""Images in, the lines of an Opticon OPT or an IPRO LFP out; and both read back, line by line.

OPT: `key,volume,path,Y at a document's first page,folder break,box break,pages of the document`. LFP:
`IM,key,boundary,offset,@volume;path;file;type,rotate`. Neither can quote or escape, so that a name with a separator in
it is refused, never altered: the pages of a production are found by these names. Keys are case-sensitive.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from enum import IntEnum, StrEnum
from typing import BinaryIO, Final

from showcause.errors import BadInput
from showcause.produce.lettering import LINE, Encoding, Fault, lines, told, unheld

PDF: Final = ".pdf"
YES: Final = "Y"
_QUARTERS = (0, 90, 180, 270)
_TURNS = {str(place): degrees for place, degrees in enumerate(_QUARTERS)}


class Boundary(StrEnum):
    """What begins with an image; the empty one is a page inside a document (IPRO's flags)."""

    SOURCE = "S"
    BOX = "B"
    FOLDER = "F"
    DOCUMENT = "D"
    CHILD = "C"
    PAGE = ""


class ImageType(IntEnum):
    """IPRO's number for the kind of an image file."""

    TIFF = 2
    COLOUR = 4
    PDF = 5
    PDF_COLOUR = 6


_TYPES = {str(int(kind)): kind for kind in ImageType}


@dataclass(frozen=True, slots=True)
class Image:
    r"""One page of a volume, or a whole document where the file holds many pages.

    `path` runs from the volume's root, its steps apart by `\`; `pages` counts those of the document and stands on its
    first image alone; `offset` is the page inside a file of many pages, from 1, and 0 in a file of one; `rotate` counts
    degrees clockwise.
    """

    key: str
    volume: str
    path: str
    boundary: Boundary = Boundary.PAGE
    pages: int | None = None
    offset: int = 0
    type: ImageType = ImageType.TIFF
    rotate: int = 0


@dataclass(frozen=True, slots=True)
class ImageLine:
    """A line that was read, counted from 1, and the image on it."""

    line: int
    image: Image


def opt(images: Iterable[Image], *, encoding: Encoding = Encoding.CP1252) -> Iterator[bytes]:
    """The lines of an OPT, one an image; plain names give the same bytes in CP1252 as in ASCII.

    Raises BadInput where the first image begins no document, or a name holds what the format or encoding can't.
    """
    for place, image in enumerate(images):
        _begins(image, place)
        named = (image.key, image.volume, image.path)
        _plain(named, ",", encoding)
        first = image.boundary is not Boundary.PAGE
        breaks = (first, image.boundary is Boundary.FOLDER, image.boundary is Boundary.BOX)
        count = str(image.pages) if first and image.pages is not None else ""
        line = ",".join((*named, *(YES if b else "" for b in breaks), count)) + LINE
        yield (b"" if place else encoding.mark) + line.encode(encoding)


def lfp(images: Iterable[Image], *, encoding: Encoding = Encoding.CP1252) -> Iterator[bytes]:
    """The lines of an LFP, one an image. Raises BadInput as `opt` does, and where a page is turned by no quarter."""
    for place, image in enumerate(images):
        _begins(image, place)
        folder, _, file = image.path.rpartition("\\")
        _plain((image.key, image.volume, folder, file), ",;@", encoding)
        if image.rotate not in _QUARTERS:
            raise BadInput(f"{image.key}: turned by {image.rotate} degrees; an LFP knows {_QUARTERS}")
        turn = _QUARTERS.index(image.rotate)
        what = f"@{image.volume};{folder};{file};{image.type:d},{turn}"
        line = f"IM,{image.key},{image.boundary},{image.offset},{what}{LINE}"
        yield (b"" if place else encoding.mark) + line.encode(encoding)


def _begins(image: Image, place: int) -> None:
    if place == 0 and image.boundary is Boundary.PAGE:
        raise BadInput(f"{image.key}: the first image of a load file begins a document")


def _plain(names: tuple[str, ...], special: str, encoding: Encoding) -> None:
    """Raises BadInput where a name, the key first, is no name for this format: nothing can stand for its characters."""
    if not names[0] or not names[-1]:
        raise BadInput(f"{names[0] or names[-1] or 'an image'}: an image needs a key and a path")
    for name in names:
        bad = unheld(encoding, special).search(name)
        if bad or name != name.strip():
            what = f"the character {bad[0]!r}" if bad else "white space at an end"
            raise BadInput(f"{name!r}: {what} can't stand in a load file of images; name it otherwise")


# --- reading --------------------------------------------------------------------------------------


def read_opt(stream: BinaryIO, *, name: str, encoding: Encoding | None = None) -> Iterator[ImageLine | Fault]:
    """The images of an OPT as they are asked for, and a Fault for each line that is wrong or belies the page count."""
    counted = _Counted()
    last = 0
    for one in _lines(stream, name, encoding):
        if isinstance(one, Fault):
            yield one
            continue
        last, line = one
        image = _opt_image(line, last)
        if isinstance(image, str):
            yield Fault(last, image)
            continue
        yield from counted.next(last, image)
        yield ImageLine(last, image)
    yield from counted.end()


def read_lfp(stream: BinaryIO, *, name: str, encoding: Encoding | None = None) -> Iterator[ImageLine | Fault]:
    """The images of an LFP as they are asked for, and a Fault for each line that is wrong; other commands are Faults."""
    for one in _lines(stream, name, encoding):
        if isinstance(one, Fault):
            yield one
            continue
        number, line = one
        image = _lfp_image(line)
        yield Fault(number, image) if isinstance(image, str) else ImageLine(number, image)


def _lines(stream: BinaryIO, name: str, encoding: Encoding | None) -> Iterator[tuple[int, str] | Fault]:
    used = told(stream, name=name, encoding=encoding)
    for one in lines(stream, used):
        if isinstance(one, Fault) or one[1].strip():
            yield one
        else:
            yield Fault(one[0], "is blank")


class _Counted:
    """Whether the pages of each document are as many as its first line says."""

    def __init__(self) -> None:
        self._line, self._said, self._key, self._found = 0, None, "", 0
        self._whole = False

    _said: int | None

    def next(self, line: int, image: Image) -> Iterator[Fault]:
        """The fault of the document before, where `image` begins another one."""
        if image.boundary is Boundary.PAGE:
            self._found += 1
            return
        yield from self.end()
        self._line, self._said, self._key, self._found = line, image.pages, image.key, 1
        self._whole = image.path.casefold().endswith(PDF)

    def end(self) -> Iterator[Fault]:
        """The fault of the last document."""
        if self._said is None or self._said == self._found or (self._whole and self._found == 1):
            return
        yield Fault(self._line, f"{self._key} is said to have {self._said} pages, and {self._found} stand here")


def _opt_image(line: str, number: int) -> Image | str:
    """The image of a line, or what is wrong with the line in words."""
    columns = line.split(",")
    if len(columns) != 7:
        return f"{len(columns)} columns, where an OPT has 7"
    key, volume, path, *breaks, count = columns
    document, folder, box = (b == YES for b in breaks)
    odd = next((b for b in breaks if b not in ("", YES)), None)
    digits = count.isascii() and count.isdigit() and int(count) > 0
    flaws = (
        (not key, "has no image key"),
        (not path, f"{key} has no path"),
        (odd is not None, f"{key}: a break is Y or nothing, not {odd!r}"),
        (number == 1 and not document, f"{key}: the first line begins no document (its fourth column is not Y)"),
        (bool(count) and not digits, f"{key}: {count!r} is no count of pages"),
        (bool(count) and not document, f"{key}: a count of pages stands on the first page of a document alone"),
        ((folder or box) and not document, f"{key}: a folder or box begins with a document"),
    )
    boundary = Boundary.BOX if box else Boundary.FOLDER if folder else Boundary.DOCUMENT if document else Boundary.PAGE
    flaw = next((words for wrong, words in flaws if wrong), None)
    return flaw or Image(key, volume, path, boundary, int(count) if count else None, type=_type(path))


def _lfp_image(line: str) -> Image | str:
    """The image of a line, or what is wrong with the line in words."""
    columns = line.split(",")
    if columns[0] != "IM":
        return f"the command {columns[0]!r} is not read here, only IM"
    if len(columns) not in (5, 6):
        return f"{len(columns)} columns, where an IM line has 6"
    _, key, boundary, offset, where, turn = (*columns, "0")[:6]
    pieces = where.split(";")
    kind = pieces[-1]
    boundary = boundary.strip()
    flaws = (
        (not key, "has no image key"),
        (boundary not in tuple(Boundary), f"{key}: {boundary!r} is no boundary; known are S, B, F, D and C"),
        (not (offset.isascii() and offset.isdigit()), f"{key}: {offset!r} is no offset"),
        (len(pieces) != 4 or pieces[0][:1] != "@" or not pieces[2], f"{key}: {where!r} is not @volume;path;file;type"),
        (kind not in _TYPES, f"{key}: {kind!r} is no type of image known here"),
        (turn.strip() not in _TURNS, f"{key}: {turn!r} is no rotation"),
    )
    flaw = next((words for wrong, words in flaws if wrong), None)
    if flaw:
        return flaw
    path = "\\".join(p for p in pieces[1:3] if p)
    place = {"offset": int(offset), "rotate": _TURNS[turn.strip()]}
    return Image(key, pieces[0].removeprefix("@"), path, Boundary(boundary), type=_TYPES[kind], **place)


def _type(path: str) -> ImageType:
    """The kind of an image by the name of its file; a PDF's colours can't be told from it."""
    lower = path.casefold()
    if lower.endswith(PDF):
        return ImageType.PDF
    return ImageType.COLOUR if lower.endswith((".jpg", ".jpeg", ".png", ".bmp")) else ImageType.TIFF
