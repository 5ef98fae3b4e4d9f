"""A message's hash and whose it is in, the key under which only its first copy is kept out."""

from __future__ import annotations

from enum import Enum


class Scope(str, Enum):
    """Among which messages a copy is suppressed: all of the record, those of one custodian, or none."""

    GLOBAL = "global"
    CUSTODIAN = "custodian"
    NONE = "none"


def suppression(scope: Scope, digest: str, custodian: str) -> str | None:
    """The key that two messages share when the second is to be suppressed; None where it must never be.

    `digest` is the mail hash (`core.Mail.digest`). Only a message that stands by itself is suppressed, never one attached
    to another, and the custodian of every copy is kept; both are up to the caller.
    """
    if not digest or scope is Scope.NONE:
        return None
    return digest if scope is Scope.GLOBAL else f"{digest} {custodian}"
