"""Records in: bytes of any kind in, a Reading with its way back to the source out.

The readers of formats come when they are first named: whoever only hands files to workers does without them.
"""

from typing import TYPE_CHECKING

import lazy_loader

from showcause.intake.bulk import HEAD, Bulky, Container, Piece, contained, singles
from showcause.intake.pages import PageText, completed
from showcause.intake.reading import Limits, Part, Reading
from showcause.intake.software import Software, digest, software
from showcause.intake.walk import Found, walk

if TYPE_CHECKING:
    from showcause.intake.containers import CONTAINERS
    from showcause.intake.image import own_size
    from showcause.intake.placed import Box, boxes, page_image
    from showcause.intake.readers import READERS, read
    from showcause.intake.recognise import recognise_pages

__getattr__, _, _ = lazy_loader.attach(
    __name__,
    submod_attrs={
        "containers": ["CONTAINERS"],
        "image": ["own_size"],
        "placed": ["Box", "boxes", "page_image"],
        "readers": ["READERS", "read"],
        "recognise": ["recognise_pages"],
    },
)

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
