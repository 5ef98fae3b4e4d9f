"""The formats of wrappers, in the order in which they are asked whether a file is theirs."""

from __future__ import annotations

from showcause.intake import archive, mailbox, outlook, sevenzip
from showcause.intake.bulk import Container

CONTAINERS: tuple[Container, ...] = (
    archive.ZIP,
    sevenzip.SEVENZIP,
    archive.SQUEEZED,
    archive.TAR,
    outlook.PST,
    mailbox.MBOX,
)
