"""The tree of errors; a class carries its exit code and HTTP status, its message carries the facts.

ShowcauseError                     1   500
├── BadInput                       2   400   a file or argument that can't be used; names it and the reason
│   ├── NoMatter                   3   404   the folder is no matter, nor any above it
│   ├── NotFound                   4   404   a law, document, question or finding that isn't there
│   ├── BadPack                    5   422   a law pack that says something wrong, with the place
│   └── Unreadable                 6   422   a document that no reader can read, with the reason in plain words
├── NotProven                      7   409   a bundle that fails a check, with the check and the file
├── Busy                           8   423   another process is writing this matter
├── NoRoom                         9   507   the disk is full or the place can't be written
└── Unheard                       10   502   a service that was asked gave no answer at all
"""

from __future__ import annotations


class ShowcauseError(Exception):
    """Anything showcause says no to; the message is one clear line."""

    exit_code = 1
    http_status = 500


class BadInput(ShowcauseError):
    """A file or argument that can't be used; the message names it and the reason."""

    exit_code = 2
    http_status = 400


class NoMatter(BadInput):
    """The folder is no matter, nor is any folder above it."""

    exit_code = 3
    http_status = 404


class NotFound(BadInput):
    """A law, document, question or finding that isn't there."""

    exit_code = 4
    http_status = 404


class BadPack(BadInput):
    """A law pack that says something wrong; the message gives the place."""

    exit_code = 5
    http_status = 422


class Unreadable(BadInput):
    """A document that can't be read; the message is the reason in plain words."""

    exit_code = 6
    http_status = 422


class NotProven(ShowcauseError):
    """A bundle that fails a check; the message names the check and the file."""

    exit_code = 7
    http_status = 409


class Busy(ShowcauseError):
    """Another process is writing this matter."""

    exit_code = 8
    http_status = 423


class NoRoom(ShowcauseError):
    """The disk is full, or the place can't be written; nothing was lost."""

    exit_code = 9
    http_status = 507


class Unheard(ShowcauseError):
    """A service that was asked gave no answer at all; what was done without it stands."""

    exit_code = 10
    http_status = 502
