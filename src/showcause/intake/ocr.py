"""The image of a page in, its words out: their text in reading order, where each stands and how sure the engine was.

The engine is the set of PP-OCR models that the `rapidocr` wheel carries, run by onnxruntime on one thread; nothing is
fetched. A line is cut out at the resolution of the page and read by itself, so what is read, and how surely, hangs on
nothing but the image: not on the lines beside it, on the number of workers or on what was read before.
"""

from __future__ import annotations

import io
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import cache
from importlib.metadata import version
from importlib.util import find_spec
from pathlib import Path
from typing import Any

import numpy as np

from showcause.errors import Unreadable
from showcause.intake.glyphs import Token, decoded, spaced
from showcause.intake.hyphens import MARK, mender
from showcause.intake.order import Line, Spot, reading_order
from showcause.intake.straight import Grey, Upright, levelled, on_its_head, upright

_DETECTOR = "PP-OCRv6_det_small.onnx"
_READER = "PP-OCRv6_rec_small.onnx"
_TURNS = "ch_ppocr_mobile_v2.0_cls_mobile.onnx"
_LONG = 1600  # pixels: the long side of the copy on which lines are looked for
_LIKELY = 0.3  # the detector's share of text in a pixel from which on it counts
_SURE = 0.45  # the same on average over a line
_GROWN = 1.6  # the detector marks the core of a line; by so much of area / circumference the line is larger
_HIGH = 48  # pixels: the height at which a line is read
_LONGEST = 4096  # pixels at that height: a line that is longer is read squeezed
_VOTES = 12  # lines asked whether they stand on their heads
_WRONG_WAY = 0.5  # share of votes
_DOUBTFUL = 0.5  # confidence below which a line is taken for no text


@dataclass(frozen=True, slots=True)
class Engine:
    """The models, loaded, and the characters that the reader knows."""

    detector: Any
    reader: Any
    turns: Any
    characters: tuple[str, ...]
    name: str


@dataclass(frozen=True, slots=True)
class Seen:
    """What one image says.

    `words` are (start, end, corners, confidence): characters of `text`, and an array (4, 2) of places on the image in
    pixels from its upper left corner. `turned` is by how many degrees clockwise the image was turned to be read.
    """

    text: str
    words: tuple[tuple[int, int, Spot, float], ...]
    turned: float
    engine: str


@cache
def engine() -> Engine:
    """The engine of this process, loaded when it is first asked for. Raises Unreadable where it is not installed."""
    import onnxruntime

    spec = find_spec("rapidocr")
    if spec is None or not spec.submodule_search_locations:
        raise Unreadable("a scan; OCR is not installed")
    models = Path(spec.submodule_search_locations[0]) / "models"

    def load(name: str) -> Any:
        options = onnxruntime.SessionOptions()
        options.intra_op_num_threads = options.inter_op_num_threads = 1
        options.log_severity_level = 4
        options.enable_cpu_mem_arena = options.enable_mem_pattern = False  # lines differ in length: 0.6 GB, not 0.9
        return onnxruntime.InferenceSession(models / name, options, providers=["CPUExecutionProvider"])

    reader = load(_READER)
    known = reader.get_modelmeta().custom_metadata_map["character"].splitlines()
    characters = ("", *known, " ")  # the first is the reader's blank (A. Graves et al., ICML 2006), the last a space
    return Engine(load(_DETECTOR), reader, load(_TURNS), characters, f"rapidocr {version('rapidocr')} {_READER[:-5]}")


def page_of(image: bytes) -> str:
    """The text on an image, in the bytes of any format that Pillow opens."""
    from PIL import Image

    with Image.open(io.BytesIO(image)) as picture:
        return recognised(np.asarray(picture.convert("L")), engine()).text


def recognised(grey: Grey, own: Engine) -> Seen:
    """What the image of a page says; `grey` are its pixels, rows from the top, dark ink on light paper."""
    page, lines = _lines(grey, own)
    ordered = reading_order(lines, page.grey)
    texts, words = _written(ordered)
    back = tuple((start, end, page.source(corners), sure) for start, end, corners, sure in words)
    return Seen(texts, back, page.turned, own.name)


def _lines(grey: Grey, own: Engine) -> tuple[Upright, list[Line]]:
    """The page upright, and its lines, read."""
    page = upright(grey)
    spots = _spots(page.grey, own)
    if _upended(spots):
        page = levelled(grey, quarters=page.quarters + 1, lean=0.0)
        spots = _spots(page.grey, own)
    if _stands_on_its_head(page.grey, spots, own):
        height, width = page.grey.shape
        page = on_its_head(page)
        spots = [(width - right, height - bottom, width - left, height - top) for left, top, right, bottom in spots]
    read = (_read(page.grey, spot, own) for spot in spots)
    return page, [line for line in read if line is not None]


def _spots(grey: Grey, own: Engine) -> list[tuple[int, int, int, int]]:
    """Where lines of text are on the page: left, top, right, bottom in pixels, from the top down."""
    import cv2

    scale = min(1.0, _LONG / max(grey.shape))
    wide, high = (max(32, round(side * scale / 32) * 32) for side in (grey.shape[1], grey.shape[0]))
    small: Any = cv2.resize(grey, (wide, high), interpolation=cv2.INTER_AREA)
    likely = own.detector.run(None, {own.detector.get_inputs()[0].name: _blob(small)})[0][0, 0]
    marked: Any = (likely > _LIKELY).astype(np.uint8)
    _, _, facts, _ = cv2.connectedComponentsWithStats(marked)
    across, down = grey.shape[1] / wide, grey.shape[0] / high
    found: list[tuple[int, int, int, int]] = []
    for left, top, width, height, _ in facts[1:].tolist():
        if min(width, height) < 3 or likely[top : top + height, left : left + width].mean() < _SURE:
            continue
        grown = _GROWN * width * height / (2 * (width + height))
        found.append(
            (
                max(0, int((left - grown) * across)),
                max(0, int((top - grown) * down)),
                min(grey.shape[1], int(np.ceil((left + width + grown) * across))),
                min(grey.shape[0], int(np.ceil((top + height + grown) * down))),
            )
        )
    return sorted(found, key=lambda spot: (spot[1], spot[0]))


def _blob(small: Grey) -> Any:
    """Pixels as the models take them: (1, 3, rows, columns) from -1 to 1."""
    scaled = small.astype(np.float32) / 127.5 - 1.0
    return np.repeat(scaled[None, None], 3, axis=1)


def _upended(spots: list[tuple[int, int, int, int]]) -> bool:
    """Whether most of the lines run up or down the page."""
    tall = sum(bottom - top for left, top, right, bottom in spots if bottom - top > 2 * (right - left))
    wide = sum(right - left for left, top, right, bottom in spots if right - left > 2 * (bottom - top))
    return tall > 2 * wide


def _stands_on_its_head(grey: Grey, spots: list[tuple[int, int, int, int]], own: Engine) -> bool:
    """What the longest lines say, by vote."""
    longest = sorted(spots, key=lambda spot: spot[0] - spot[2])[:_VOTES]
    votes = [share for spot in longest for share in _turned_shares(grey, spot, own)]
    return bool(votes) and sum(votes) / len(votes) > _WRONG_WAY


def _turned_shares(grey: Grey, spot: tuple[int, int, int, int], own: Engine) -> Iterator[float]:
    """How likely the line stands on its head, from pieces of it, each four times as wide as it is high."""
    import cv2

    left, top, right, bottom = spot
    piece = 4 * (bottom - top)
    for start in (left, max(left, (left + right - piece) // 2)):
        cut = grey[top:bottom, start : min(right, start + piece)]
        wide = min(192, max(1, round(_HIGH * cut.shape[1] / cut.shape[0])))
        small: Any = cv2.resize(cut, (wide, _HIGH), interpolation=cv2.INTER_AREA)
        blob = np.zeros((1, 3, _HIGH, 192), np.float32)
        blob[..., :wide] = _blob(small)
        yield float(own.turns.run(None, {own.turns.get_inputs()[0].name: blob})[0][0, 1])


def _read(grey: Grey, spot: tuple[int, int, int, int], own: Engine) -> Line | None:
    """The words of a line, or None where it is no text."""
    left, top, right, bottom = spot
    cut = grey[top:bottom, left:right]
    upended = bottom - top > 2 * (right - left)
    ways = (1, 3) if upended else (0,)
    best: tuple[float, list[Token], int] = (0.0, [], 0)
    for way in ways:
        strip = np.ascontiguousarray(np.rot90(cut, way))
        tokens = _tokens(strip, own)
        sure = sum(token.confidence * len(token.text) for token in tokens) / max(1, sum(len(t.text) for t in tokens))
        if sure > best[0]:
            best = (sure, tokens, way)
    sure, tokens, way = best
    if not tokens or sure < _DOUBTFUL:
        return None
    words = tuple(
        (token.text, np.add(_corners(token, cut.shape, way), (left, top)), token.confidence) for token in tokens
    )
    lefts, rights = zip(*((corners[:, 0].min(), corners[:, 0].max()) for _, corners, _ in words), strict=True)
    return Line(int(min(lefts)), top, int(max(rights)), bottom, words)


def _tokens(strip: Grey, own: Engine) -> list[Token]:
    import cv2

    high, wide = strip.shape
    columns = min(_LONGEST, max(16, round(_HIGH * wide / high)))
    how = cv2.INTER_AREA if high > _HIGH else cv2.INTER_CUBIC
    small: Any = cv2.resize(strip, (columns, _HIGH), interpolation=how)
    shares = own.reader.run(None, {own.reader.get_inputs()[0].name: _blob(small)})[0][0]
    return spaced(decoded(shares, own.characters, width=wide), strip)


def _corners(token: Token, shape: tuple[int, ...], way: int) -> Spot:
    """The corners of a word on the piece of the page that was turned counter-clockwise by `way` quarters."""
    corners = np.array(
        [[token.left, token.top], [token.right, token.top], [token.right, token.bottom], [token.left, token.bottom]],
        np.float64,
    )
    high, wide = shape[:2]
    if way == 1:
        return np.stack([wide - corners[:, 1], corners[:, 0]], axis=1)
    if way == 3:
        return np.stack([corners[:, 1], high - corners[:, 0]], axis=1)
    return corners


def _written(blocks: Iterable[list[list[Line]]]) -> tuple[str, list[tuple[int, int, Spot, float]]]:
    """The text of the page and its words; a word broken at a line's end within a block is written as one."""
    rows = [(row, number) for number, block in enumerate(blocks) for row in block]
    bare = ["" if not row else " ".join(word for line in row for word, _, _ in line.words) for row, _ in rows]
    pieces: list[str] = []
    for place, text in enumerate(bare):
        follows = place + 1 < len(bare) and rows[place + 1][1] == rows[place][1] and bare[place + 1][:1].islower()
        broken = follows and len(text) > 1 and text[-1] == "-" and text[-2].isalpha()
        pieces.append(f"{text[:-1]}{MARK}" if broken else f"{text}\n")
    written = mender(["".join(pieces)])
    return _placed("".join(pieces).rstrip("\n"), [row for row, _ in rows], written)


def _placed(marked: str, rows: list[list[Line]], written: Any) -> tuple[str, list[tuple[int, int, Spot, float]]]:
    """The text without its marks, and the words with their places in it."""
    import re

    own = {found.start(): written(found) for found in re.finditer(MARK, marked)}
    words: list[tuple[int, int, Spot, float]] = []
    text: list[str] = []
    place = length = 0
    for row in rows:
        for said, corners, sure in (word for line in row for word in line.words):
            while marked[place].isspace():
                text.append(marked[place])
                place, length = place + 1, length + 1
            last = place + len(said) - 1
            mended = own.get(last)
            kept = said if mended is None else said[:-1] + mended
            text.append(kept)
            words.append((length, length + len(kept), corners, sure))
            place, length = place + len(said), length + len(kept)
    return "".join(text), words
