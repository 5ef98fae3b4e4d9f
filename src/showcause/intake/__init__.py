"""Records in: bytes of any kind in, a Reading with its way back to the source out."""

from showcause.intake.boxes import Box, boxes, page_image
from showcause.intake.pages import PageText, completed
from showcause.intake.read import READERS, read
from showcause.intake.reading import Limits, Part, Reading
from showcause.intake.recognise import recognise_pages
from showcause.intake.walk import Found, walk

__all__ = [
    "READERS",
    "Box",
    "Found",
    "Limits",
    "PageText",
    "Part",
    "Reading",
    "boxes",
    "completed",
    "page_image",
    "read",
    "recognise_pages",
    "walk",
]
