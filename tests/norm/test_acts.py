"""The families of acts: verbs that do the same thing to the eyes of a rule are one."""

from __future__ import annotations

import pytest

from showcause import norm
from showcause.norm import Modality, acts


@pytest.mark.parametrize(
    ("sentence", "modality", "family"),
    [
        ("Clerks shall purge the index.", Modality.OBLIGED, "destroy"),
        ("Clerks throw the index away.", Modality.OBLIGED, "destroy"),
        ("Clerks shall keep the index.", Modality.FORBIDDEN, "destroy"),
        ("Clerks shall not hang on to the index.", Modality.OBLIGED, "destroy"),
        ("Clerks may postpone the hearing.", Modality.PERMITTED, "delay"),
        ("Clerks shall not retaliate.", Modality.FORBIDDEN, "punish"),
    ],
)
def test_a_verb_is_read_as_its_family_and_one_that_undoes_it_as_its_opposite(sentence, modality, family):
    assert (modality, acts.NAMED + family) in [(n.modality, n.family) for n in norm.parse(sentence, words=acts.words())]


def test_every_form_of_a_single_verb_is_known_by_its_family():
    assert {acts.forms()[w] for w in ("shred", "shreds", "shredded", "shredding")} == {"destroy"}
