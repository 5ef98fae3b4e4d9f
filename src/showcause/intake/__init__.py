"""Records in: bytes of any kind in, a Reading with its way back to the source out."""

from showcause.intake.bulk import HEAD, Bulky, Container, Piece, contained, singles
from showcause.intake.containers import CONTAINERS
from showcause.intake.pdf import Box, boxes, page_image
from showcause.intake.read import READERS, read
from showcause.intake.reading import Limits, Part, Reading
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
    "Part",
    "Piece",
    "Reading",
    "Software",
    "boxes",
    "contained",
    "digest",
    "page_image",
    "read",
    "singles",
    "software",
    "walk",
]
