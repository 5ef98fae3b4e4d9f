"""A sentence in, its norms out."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from showcause import norm
from showcause.norm import Manner, Modality

DUTY, F, P, ONLY, U = (
    Modality.OBLIGED,
    Modality.FORBIDDEN,
    Modality.PERMITTED,
    Modality.ONLY_IF,
    Modality.UNRESTRICTED,
)


@pytest.mark.parametrize(
    ("sentence", "norms"),
    [
        ("Clerks shall send the list.", [(DUTY, "tell")]),
        ("No clerk shall send the list.", [(F, "tell")]),
        ("Clerks must not send the list.", [(F, "tell")]),
        ("The list is not sent.", [(F, "tell")]),
        ("The list shall be kept for a year.", [(DUTY, "keep")]),
        ("Clerks may send the list.", [(P, "tell")]),
        ("Clerks may send the list only on Fridays.", [(ONLY, "tell")]),
        ("Clerks shall withhold the list.", [(F, "tell")]),
        ("Clerks shall refuse to send the list.", [(F, "tell")]),
        ("Clerks shall not refuse to send the list.", [(DUTY, "tell")]),
        ("Nothing in this order prohibits a clerk from sending the list.", [(U, "tell")]),
        ("No clerk may be prohibited from sending the list.", [(U, "tell")]),
        ("Clerks are prohibited from sending the list.", [(F, "tell")]),
        ("Disclosure of the list is forbidden.", [(F, "tell")]),
        ("Disclosure of the list is permitted.", [(P, "tell")]),
        ("Faxing the list: forbidden.", [(F, "tell")]),
        ("It is an offence for a clerk to send the list.", [(F, "tell")]),
        ("A clerk who sends the list will be disciplined.", [(F, "tell")]),
        ("Shred the old lists.", [(F, "keep")]),
        ("Send them nothing.", [(F, "tell")]),
        ("Clerks shall receive the list and shall file it.", [(DUTY, "receive"), (DUTY, "keep")]),
        ("Clerks shall neither ask for the list nor keep it.", [(F, "ask"), (F, "keep")]),
        ("Clerks need not send the list.", []),
        ("Clerks may decline to send the list.", []),
        ("A clerk who sends the list is thanked.", []),
        ("The report was sent in May.", []),
        ("No, clerks can't send the list.", [(F, "tell")]),
        ("Cost is not a ground on which a clerk may withhold the list.", [(DUTY, "tell")]),
        ("That is not stuff we're allowed to shred.", [(DUTY, "keep")]),
        ("No clerk is excused from sending the list.", [(DUTY, "tell")]),
        ("A clerk is excused from sending the list.", []),
        ("No clerk has to send the list.", []),
        ("The list shall be sent to the office of which no clerk is head.", [(DUTY, "tell")]),
        ("Whoever sends the list will be disciplined.", [(F, "tell")]),
        ("What can't be copied is sent.", [(DUTY, "tell")]),
        ("Never. Not by fax.", [(F, ""), (F, "")]),
        ("You may.", [(P, "")]),
    ],
)
def test_modality_and_family(sentence, norms):
    found = [n for n in norm.parse(sentence) if n.modality in norm.OPERATIVE]
    assert [(n.modality, n.family) for n in found] == norms


@pytest.mark.parametrize(
    ("sentence", "modality"),
    [
        ("Clerks may send the list without the captain's consent.", P),
        ("Clerks may send the list with the captain's consent.", ONLY),
        ("Clerks shall not send the list without the captain's consent.", F),
    ],
)
def test_an_approval_that_is_dispensed_with_is_no_condition(sentence, modality):
    assert [n.modality for n in norm.parse(sentence)] == [modality]


@pytest.mark.parametrize(
    ("sentence", "manner"),
    [
        ("Clerks may not send the list until the Chief has approved it.", Manner.APPROVAL),
        ("Before you send the list you need the captain's consent.", Manner.APPROVAL),
        ("Clerks should generally not send the list.", Manner.SOFT),
        ("We would rather you did not send the list.", Manner.SOFT),
        ("Clerks may send the list in order to close a case.", Manner.PURPOSE),
        ("Clerks may send the list.", Manner.PLAIN),
    ],
)
def test_manner(sentence, manner):
    assert {n.manner for n in norm.parse(sentence) if n.modality in norm.OPERATIVE} == {manner}


@pytest.mark.parametrize(
    ("sentence", "modality"),
    [
        ("Whereas clerks shall not send the list; and", Modality.RECITED),
        ('"List" means the sheet on the wall.', Modality.DEFINED),
        ("May I send the list?", Modality.ASKED),
        ("Some of you ask whether you can send the list.", Modality.ASKED),
        ("People think that clerks must not send the list.", Modality.RECITED),
    ],
)
def test_what_is_no_norm(sentence, modality):
    assert {n.modality for n in norm.parse(sentence)} == {modality}


@pytest.mark.parametrize(
    "sentence",
    [
        "The clerk may send records to any agency.",
        "The registrar shall mail certified copies of the charter to every board.",
        "Crews must not leave signed forms with the gatekeeper.",
    ],
)
def test_a_noun_after_a_verb_with_its_modal_is_no_second_verb(sentence):
    assert {sentence[slice(*n.head)] for n in norm.parse(sentence)} <= {"send", "mail", "leave"}


def test_the_items_of_a_list_have_the_force_of_their_chapeau():
    words = "No clerk shall:\n(1) send the list;\n(2) keep a copy; or\n(3) ask for another."
    found = norm.parse(words)
    assert [(n.modality, n.family, words[slice(*n.span)]) for n in found] == [
        (F, "tell", "send the list"),
        (F, "keep", "keep a copy"),
        (F, "ask", "ask for another."),
    ]


def test_a_law_may_bring_verbs_of_its_own():
    words = norm.lexicon((("act:film", 1, "switch on"), ("act:film", -1, "mute")))
    low = "officers shall switch the camera on. officers shall not mute it. officers shall mute it."
    found = [norm.sentence(low, *span, words=words) for span in ((0, 36), (37, 64), (65, 88))]
    assert [[(n.modality, n.family) for n in one] for one in found] == [
        [(DUTY, "act:film")],
        [(DUTY, "act:film")],
        [(F, "act:film")],
    ]


@given(st.text(max_size=200))
def test_any_text_parses_and_every_span_lies_in_it(words):
    for n in norm.parse(words):
        assert 0 <= n.span[0] <= n.span[1] <= len(words)
