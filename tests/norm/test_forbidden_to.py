"""What is said not to be forbidden is let, whatever word forbids and whatever denies it."""

from __future__ import annotations

import pytest

from showcause.norm import Modality, parse

M = Modality
CALLED = (
    "forbidden to",
    "prohibited to",
    "barred from",
    "unlawful for a clerk to",
    "an offense to",
    "a violation of this order to",
)
ACTS = {"to": "share", "from": "sharing"}


def modalities(words: str) -> set[Modality]:
    return {n.modality for n in parse(words) if n.family == "tell"}


def said(subject: str, called: str) -> str:
    return f"{subject} {called} {ACTS[called.rpartition(' ')[2]]} the list with the press."


@pytest.mark.parametrize("called", CALLED)
@pytest.mark.parametrize("subject", ["It shall not be", "It is not", "It shall never be", "It will not be"])
def test_what_is_not_forbidden_is_let(subject, called):
    assert modalities(said(subject, called)) <= {M.UNRESTRICTED, M.PERMITTED}


@pytest.mark.parametrize("called", CALLED[:3])
@pytest.mark.parametrize(
    "subject", ["Clerks shall not be", "Clerks are not", "No clerk shall be", "Nobody is", "Clerks must never be"]
)
def test_whom_nothing_forbids_is_let(subject, called):
    assert modalities(said(subject, called)) == {M.UNRESTRICTED}


@pytest.mark.parametrize("called", CALLED)
@pytest.mark.parametrize("subject", ["It shall be", "It is"])
def test_what_is_forbidden_is_banned(subject, called):
    assert modalities(said(subject, called)) == {M.FORBIDDEN}


@pytest.mark.parametrize("called", CALLED[:3])
@pytest.mark.parametrize("subject", ["Clerks shall be", "Every clerk is", "A clerk is hereby"])
def test_who_is_forbidden_may_not(subject, called):
    assert modalities(said(subject, called)) == {M.FORBIDDEN}


@pytest.mark.parametrize(
    "words",
    [
        "No person or agency may prohibit, or in any way restrict, a clerk from sending the list to the press.",
        "No board or authority shall restrict a clerk from sending the list to the press.",
        "No clerk or assistant may be barred from sending the list to the press.",
    ],
)
def test_a_second_subject_that_begins_like_an_article_opens_no_clause(words):
    assert modalities(words) == {M.UNRESTRICTED}


def test_to_be_asked_to_do_it_is_no_question():
    assert not [n for n in parse("The college neither forbids it nor asks you to do it.") if n.family == "ask"]
