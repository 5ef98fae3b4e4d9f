from __future__ import annotations

import pytest

from showcause.find import Scope, suppression


@pytest.mark.parametrize(
    ("scope", "first", "second", "same"),
    [
        (Scope.GLOBAL, ("d1", "Ana"), ("d1", "Ben"), True),
        (Scope.GLOBAL, ("d1", "Ana"), ("d2", "Ana"), False),
        (Scope.CUSTODIAN, ("d1", "Ana"), ("d1", "Ana"), True),
        (Scope.CUSTODIAN, ("d1", "Ana"), ("d1", "Ben"), False),
        (Scope("custodian"), ("d1", "Ana"), ("d2", "Ana"), False),
    ],
)
def test_copies_share_a_key_within_their_scope(scope, first, second, same):
    assert (suppression(scope, *first) == suppression(scope, *second)) is same


@pytest.mark.parametrize(("scope", "digest"), [(Scope.NONE, "d1"), (Scope.GLOBAL, ""), (Scope.CUSTODIAN, "")])
def test_nothing_is_suppressed_out_of_scope_or_without_a_hash(scope, digest):
    assert suppression(scope, digest, "Ana") is None
