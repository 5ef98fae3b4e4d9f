"""Records in: bytes of any kind in, a Reading with its way back to the source out."""

from showcause.intake.pdf import Box, boxes, page_image
from showcause.intake.read import READERS, read
from showcause.intake.reading import Limits, Part, Reading
from showcause.intake.walk import Found, walk

__all__ = ["READERS", "Box", "Found", "Limits", "Part", "Reading", "boxes", "page_image", "read", "walk"]
