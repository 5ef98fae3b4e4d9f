"""A pack with wordings and contraries: they show what a sentence is about, and which acts keep or break a requirement."""

from __future__ import annotations

from datetime import UTC, datetime

import pytest

from showcause.ask import law as packs
from showcause.assess import judge, judge_explained
from showcause.assess.wordings import wordings
from showcause.core import Document
from showcause.norm import acts

AT = datetime(2031, 1, 1, tzinfo=UTC)
PACK = """
id = "xx/bees"
citation = "Bees Act"

[[requirements]]
name = "smoke"
text = "A keeper shall not smoke a hive in winter."
modality = "forbidden"
acts = ["smoke"]
matters = ["hive"]

[[requirements]]
name = "warn"
text = "A keeper shall warn the neighbours of a swarm."
modality = "obliged"
acts = ["warn"]
matters = ["hive"]
{told}
[[readings]]
id = "plain"

[acts.smoke]
verbs = ["smoke"]

[acts.warn]
verbs = ["ring a bell"]

[matters.hive]
words = ["hive*", "swarm*", "bees"]
"""
TOLD = """wordings = ["Tell the neighbours when a swarm is about."]
contraries = ["Hush up a swarm before the neighbours hear of it."]
"""


def law(tmp_path, told: str = TOLD):
    pack = tmp_path / "bees.toml"
    pack.write_text(PACK.replace("{told}", told), encoding="utf-8")
    return packs.load(str(pack))


def said(words: str, bees) -> dict[str, str]:
    found = judge(Document("d", "", "txt", "", None, words), laws=[bees], at=AT)
    return {f.question.partition("#")[2]: str(f.verdict) for f in found}


@pytest.mark.parametrize(
    ("words", "verdict"),
    [
        ("Keepers shall notify the neighbours of a swarm.", "complies"),
        ("Keepers shall not alert the neighbours to a swarm.", "conflict"),
        ("Keepers hush up a swarm before the neighbours hear.", "conflict"),
        ("Keepers shall tell the vicar of the weather.", "silent"),
        ("Do keepers notify the neighbours of a swarm?", "silent"),
        ("DRAFT, never adopted: keepers shall notify the neighbours of a swarm.", "silent"),
    ],
)
def test_an_act_of_the_wordings_families_keeps_or_breaks_the_requirement(tmp_path, words, verdict):
    assert said(words, law(tmp_path))["warn"] == verdict


def test_without_wordings_only_the_packs_own_verbs_are_heard(tmp_path):
    assert said("Keepers shall notify the neighbours of a swarm.", law(tmp_path, ""))["warn"] == "silent"


def test_a_rule_far_from_every_wording_is_not_about_the_requirement(tmp_path):
    words = "Keepers shall ring a bell at noon and at dusk when the bees have been fed in the garden."
    assert said(words, law(tmp_path, ""))["warn"] == "complies"
    assert said(words, law(tmp_path))["warn"] == "silent"


def test_the_acts_on_which_the_wordings_agree_are_told_apart_by_what_they_come_to(tmp_path):
    told = wordings(law(tmp_path))
    assert told is not None
    assert told.does["xx/bees#warn"][acts.NAMED + "tell"] == 1


def test_the_explanation_names_the_wording(tmp_path):
    bees = law(tmp_path)
    document = Document("d", "", "txt", "", None, "Keepers shall notify the neighbours of a swarm.")
    found = {f.question: why for f, why in judge_explained(document, laws=[bees], at=AT)}
    assert "by the wording “A keeper shall warn the neighbours of a swarm.”" in found["xx/bees#warn"].cell
