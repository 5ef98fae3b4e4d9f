"""Records in: bytes of any kind in, a Reading with its way back to the source out."""

from showcause.intake.boxes import Box, boxes, page_image
from showcause.intake.bulk import HEAD, Bulky, Container, Piece, contained, singles
from showcause.intake.containers import CONTAINERS
from showcause.intake.image import own_size
from showcause.intake.pages import PageText, completed
from showcause.intake.read import READERS, read
from showcause.intake.reading import Limits, Part, Reading
from showcause.intake.recognise import recognise_pages
from showcause.intake.software import Software, digest, software
from showcause.intake.walk import Found, walk

__all__ = [
    "CONTAINERS",
    "HEAD",
    "READERS",
    "Box",
    "Bulky",
    "Container",
    "Found",
    "Limits",
    "PageText",
    "Part",
    "Piece",
    "Reading",
    "Software",
    "boxes",
    "completed",
    "contained",
    "digest",
    "own_size",
    "page_image",
    "read",
    "recognise_pages",
    "singles",
    "software",
    "walk",
]
