from __future__ import annotations

from itertools import pairwise

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from showcause.ask.citation import Source, citations


@pytest.mark.parametrize(
    ("text", "normal", "kind"),
    [
        ("8 U.S.C. § 1373(a)", "8 U.S.C. § 1373(a)", Source.STATUTE),
        ("8 U.S.C. 1373", "8 U.S.C. § 1373", Source.STATUTE),
        ("8 U.S.C.\n§ 1373", "8 U.S.C. § 1373", Source.STATUTE),
        ("Section 1373 of Title 8", "8 U.S.C. § 1373", Source.STATUTE),
        ("section 1373(b) of title 8, United States Code", "8 U.S.C. § 1373(b)", Source.STATUTE),
        ("15 U.S.C. § 57b-1", "15 U.S.C. § 57b-1", Source.STATUTE),
        ("2 C.F.R. § 200.337", "2 C.F.R. § 200.337", Source.REGULATION),
        ("28 C.F.R. Part 66", "28 C.F.R. pt. 66", Source.REGULATION),
        ("Cal. Gov. Code § 7284.6(a)(1)(C)", "Cal. Gov. Code § 7284.6(a)(1)(C)", Source.STATUTE),
        ("Gov. Code, § 6254", "Gov. Code § 6254", Source.STATUTE),
        ("ORS 181A.820", "Or. Rev. Stat. § 181A.820", Source.STATUTE),
        ("5 ILCS 805/15", "5 Ill. Comp. Stat. 805/15", Source.STATUTE),
        ("RCW 10.93.160", "Wash. Rev. Code § 10.93.160", Source.STATUTE),
        ("Conn. Gen. Stat. § 54-192h", "Conn. Gen. Stat. § 54-192h", Source.STATUTE),
        ("Olm. Rev. Stat. § 367.240", "Olm. Rev. Stat. § 367.240", Source.STATUTE),
        ("Fed. R. Civ. P. 26(b)(5)(A)", "Fed. R. Civ. P. 26(b)(5)(A)", Source.RULE),
        ("Tenth Amendment", "U.S. Const., Tenth Amendment", Source.CONSTITUTION),
        ("§ 12.40.030", "§ 12.40.030", Source.LOCAL),
        ("Oakport Municipal Code § 2-173-030", "Oakport Municipal Code § 2-173-030", Source.LOCAL),
        ("Section 9.30.060 of the Tarn City Code", "Tarn City Code § 9.30.060", Source.LOCAL),
        ("Chapter 12.40 of the Tarn City Code", "Tarn City Code ch. 12.40", Source.LOCAL),
        ("Ordinance No. 2031-14", "Ordinance No. 2031-14", Source.LOCAL),
        (
            "Marsh v. Town of Pell, 812 F.3d 44 (1st Cir. 2016)",
            "Marsh v. Town of Pell, 812 F.3d 44 (1st Cir. 2016)",
            Source.CASE,
        ),
    ],
)
def test_a_citation_is_found_whole_and_normal(text, normal, kind):
    (found,) = citations(f"We rely on {text}, among others.")
    assert (found.text, found.normal, found.kind) == (text, normal, kind)


@pytest.mark.parametrize(
    ("text", "normals"),
    [
        ("8 U.S.C. §§ 1373 and 1644 apply", ["8 U.S.C. § 1373", "8 U.S.C. § 1644"]),
        ("sections 1373 and 1644 of title 8", ["8 U.S.C. § 1373", "8 U.S.C. § 1644"]),
        ("18 U.S.C. §§ 1001, 1621 apply", ["18 U.S.C. § 1001", "18 U.S.C. § 1621"]),
        ("8 U.S.C. § 1373 says so; Section 1373(b)(1) more", ["8 U.S.C. § 1373", "8 U.S.C. § 1373(b)(1)"]),
        ("Section 1373(b) matters (8 U.S.C. 1373)", ["8 U.S.C. § 1373(b)", "8 U.S.C. § 1373"]),
        (
            "8 U.S.C. 1373 and 8 U.S.C. 1644; Secs. 1373 and 1644",
            ["8 U.S.C. § 1373", "8 U.S.C. § 1644", "8 U.S.C. § 1373", "8 U.S.C. § 1644"],
        ),
    ],
)
def test_lists_and_bare_references_resolve_to_the_code_they_stand_for(text, normals):
    assert [c.normal for c in citations(text)] == normals


@pytest.mark.parametrize(
    "text", ["section 5 of this order", "Section 4 of the parking lot", "on page 1373 of 8 volumes", "at 10.30 a.m."]
)
def test_a_number_that_cites_no_law_is_left_alone(text):
    assert citations(text) == ()


def test_id_bears_the_name_of_its_case():
    text = "Marsh v. Town of Pell, 812 F.3d 44 (1st Cir. 2016). Id. at 46."
    assert {c.normal for c in citations(text)} == {"Marsh v. Town of Pell, 812 F.3d 44 (1st Cir. 2016)"}


PIECES = st.sampled_from(
    [
        "8 U.S.C. § 1373",
        " and ",
        "Section 1373(b)",
        "§§ 1001, 1621",
        "Roe v. Doe, 1 F.3d 2 (2d Cir. 1993)",
        "\n",
        "Id.",
        "§ 12.40.030",
        "x",
        " of title 8",
        ";",
    ]
)


@settings(max_examples=40, deadline=None)
@given(st.lists(PIECES, max_size=12))
def test_citations_quote_their_place_and_never_overlap(pieces):
    text = "".join(pieces)
    found = citations(text)
    assert all(text[c.start : c.end] == c.text for c in found)
    assert all(a.end <= b.start for a, b in pairwise(found))
