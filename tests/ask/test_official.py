from __future__ import annotations

import hashlib
from datetime import date
from pathlib import Path

import pytest

from showcause.ask.official import read_official, version_at
from showcause.core import OfficialText
from showcause.errors import BadInput

SHARED = Path(__file__).parents[2].parent / "shared" / "data" / "law"

USLM = """<uscDoc xmlns="{space}" identifier="/us/usc/t90"><meta><docNumber>90</docNumber>
<processedDate>2031-05-02T09:00:00</processedDate><docPublicationName>Online</docPublicationName></meta>
<main><title identifier="/us/usc/t90"><num value="90">Title 90</num><heading>HARBORS</heading>
<section identifier="/us/usc/t90/s12" status="amended"><num value="12">§ 12. </num><heading>Piers</heading>
<subsection identifier="/us/usc/t90/s12/a"><num value="a">(a)</num><heading> Duty.—</heading><chapeau>Each harbor shall—</chapeau>
<paragraph><num value="1">(1)</num><content>light its piers; and</content></paragraph>
<paragraph><num value="2">(2)</num><content>mark them<ref class="footnoteRef">1</ref><footnote>So in original.</footnote>,</content></paragraph>
<continuation>from dusk to dawn.</continuation></subsection>
<subsection><num value="b">(b)</num><paragraph><num value="1">(1)</num><content>A <i>pier</i> is a jetty.</content></paragraph></subsection>
<sourceCredit>(Added 2030.)</sourceCredit>
<notes><note><p>The Act said: <quotedContent><section><num>§ 1.</num><content>Old words.</content></section></quotedContent></p></note></notes>
</section></title></main></uscDoc>"""
HOUSE = "http://xml.house.gov/schemas/uslm/1.0"
PRINTER = "http://schemas.gpo.gov/xml/uslm"

AKOMA = """<akomaNtoso xmlns="http://docs.oasis-open.org/legaldocml/ns/akn/3.0"><act name="act" contains="multipleVersions"><meta>
<identification source="#x"><FRBRWork><FRBRthis value="/akn/zz/act/2028/9/!main"/><FRBRuri value="/akn/zz/act/2028/9"/>
<FRBRalias value="Harbour Lights Act 2028"/><FRBRdate date="2028-02-01" name="enacted"/></FRBRWork>
<FRBRExpression><FRBRdate date="2031-01-01" name="version"/></FRBRExpression></identification>
<lifecycle source="#x"><eventRef eId="e1" date="2028-03-01" type="generation"/><eventRef eId="e2" date="2030-07-15" type="amendment"/></lifecycle>
<temporalData source="#x"><temporalGroup eId="was"><timeInterval start="#e1" end="#e2" refersTo="#inForce"/></temporalGroup>
<temporalGroup eId="now"><timeInterval start="#e2" refersTo="#inForce"/></temporalGroup></temporalData></meta><body>
<section eId="sec_1"><num>1.</num><heading>Lights</heading>
<subsection eId="sec_1__subsec_1" period="#was"><num>(1)</num><content><p>A pier shall have one light.</p></content></subsection>
<subsection eId="sec_1__subsec_1" period="#now"><num>(1)</num><intro><p>A pier shall have—</p></intro>
<paragraph><num>(a)</num><content><p>two lights; and</p></content></paragraph>
<paragraph><num>(b)</num><content><p>a bell,</p></content></paragraph><wrapUp><p>at its head.</p></wrapUp></subsection>
<subsection eId="sec_1__subsec_2"><num>(2)</num><content><p>Section 4 reads:</p>
<quotedStructure><section><num>4.</num><content><p>Repealed.</p></content></section></quotedStructure></content></subsection>
</section></body></act></akomaNtoso>"""

COUNCIL = """<section xmlns="https://code.dccouncil.us/schemas/dc-library"><num>9-101</num><heading>Lamps.</heading>
<para><num>(a)</num><text>A lamp shall:</text><para><num>(1)</num><text>burn; and</text></para></para>
<annotations><annotation type="History" eff="2029-04-27">Law 1</annotation><annotation type="History" eff="2030-01-01" display="false"/>
</annotations></section>"""


def texts(xml: str) -> tuple[OfficialText, ...]:
    return read_official(xml.encode(), name="law.xml")


@pytest.mark.parametrize("space", [HOUSE, PRINTER])
def test_uslm_of_either_namespace_is_laid_out_line_by_line(space):
    (text,) = texts(USLM.format(space=space))
    assert text.text == (
        "§ 12. Piers\n(a) Duty.—Each harbor shall—\n(1) light its piers; and\n(2) mark them,\nfrom dusk to dawn.\n"
        "(b)(1) A pier is a jetty."
    )
    assert (text.citation, text.identifier, text.published) == ("90 U.S.C. § 12", "/us/usc/t90/s12", date(2031, 5, 2))
    assert text.note == "Online; status: amended"
    assert text.sha256 == hashlib.sha256(USLM.format(space=space).encode()).hexdigest()


@pytest.mark.parametrize(
    ("identifier", "level", "words"),
    [
        (
            "/us/usc/t90/s12/a",
            "subsection",
            "(a) Duty.—Each harbor shall—\n(1) light its piers; and\n(2) mark them,\nfrom dusk to dawn.",
        ),
        ("/us/usc/t90/s12/a/2", "paragraph", "(2) mark them,"),
        ("/us/usc/t90/s12/b", "subsection", "(b)(1) A pier is a jetty."),
        ("/us/usc/t90/s12/b/1", "paragraph", "(1) A pier is a jetty."),
    ],
)
def test_a_provision_has_its_identifier_level_and_exact_words(identifier, level, words):
    (text,) = texts(USLM.format(space=PRINTER))
    assert text.words(identifier) == words
    assert next(p.level for p in text.provisions if p.identifier == identifier) == level


def test_akoma_ntoso_gives_each_stretch_of_time_its_version():
    was, now = texts(AKOMA)
    assert (was.in_force, was.repealed) == (date(2028, 3, 1), date(2030, 7, 15))
    assert (now.in_force, now.repealed) == (date(2030, 7, 15), None)
    assert "one light" in was.text
    assert "bell" not in was.text
    assert now.text == (
        "1. Lights\n(1) A pier shall have—\n(a) two lights; and\n(b) a bell,\nat its head.\n(2) Section 4 reads:\n4.\nRepealed."
    )
    assert now.citation == "Harbour Lights Act 2028, § 1"
    assert now.identifier == "/akn/zz/act/2028/9/~sec_1"


@pytest.mark.parametrize(
    ("day", "words"),
    [(date(2028, 3, 1), "one light"), (date(2030, 7, 14), "one light"), (date(2030, 7, 15), "two lights")],
)
def test_the_version_at_a_day_is_the_one_in_force_on_it(day, words):
    found = version_at(texts(AKOMA), day)
    assert found is not None
    assert words in found.text


def test_a_day_before_the_law_has_no_version():
    known = OfficialText("c", "/c", "h", "t", (), in_force=date(2028, 1, 1))
    assert version_at([known], date(2027, 12, 31)) is None
    assert version_at([], date(2027, 12, 31)) is None


def test_uslm_periods_end_on_their_last_day():
    dated = USLM.format(space=PRINTER).replace('status="amended"', 'startPeriod="2029-01-01" endPeriod="2029-12-31"')
    (text,) = texts(dated)
    assert (text.in_force, text.repealed) == (date(2029, 1, 1), date(2030, 1, 1))


def test_the_council_shape_derives_identifiers_and_the_day_of_the_last_permanent_act():
    (text,) = texts(COUNCIL)
    assert text.text == "9-101 Lamps.\n(a) A lamp shall:\n(1) burn; and"
    assert (text.citation, text.in_force) == ("D.C. Code § 9-101", date(2029, 4, 27))
    assert text.words("/us/dc/code/9-101/a/1") == "(1) burn; and"
    assert [p.level for p in text.provisions] == ["section", "subsection", "paragraph"]


@pytest.mark.parametrize(
    ("xml", "says"),
    [
        ("<a>\n<b></a>", "law.xml: line 2: not well-formed"),
        ("", "law.xml: line 1: not well-formed"),
        ("<html><body/></html>", "law.xml: line 1: <html> is no USLM"),
        (
            '<!DOCTYPE uscDoc [<!ENTITY e SYSTEM "file:///etc/passwd">]>\n<uscDoc><main><section>&e;</section></main></uscDoc>',
            "entity &e;",
        ),
        ("<uscDoc><main/></uscDoc>", "USLM without a section"),
    ],
)
def test_a_file_that_is_no_law_is_named_with_line_and_reason(xml, says):
    with pytest.raises(BadInput, match=r"^law\.xml: ") as refused:
        texts(xml)
    assert says in str(refused.value)


@pytest.mark.shared
@pytest.mark.skipif(not SHARED.is_dir(), reason="the data folder is not beside the checkout")
class TestRealFiles:
    def read(self, name: str) -> tuple[OfficialText, ...]:
        return read_official((SHARED / name).read_bytes(), name=name)

    def test_title_1_has_its_own_39_sections_and_none_of_the_quoted_ones(self):
        found = self.read("usc01_sample_uslm2.xml")
        assert len(found) == 39
        assert len({t.identifier for t in found}) == 39
        assert {t.published for t in found} == {date(2023, 6, 29)}

    def test_every_provision_of_title_1_lies_in_its_parent_and_opens_with_its_number(self):
        for text in self.read("usc01_sample_uslm2.xml"):
            spans = {p.identifier: p for p in text.provisions}
            for p in text.provisions[1:]:
                above = spans[p.identifier.rpartition("/")[0]]
                assert above.start <= p.start < p.end <= above.end
                assert text.text[p.start : p.end].startswith(p.number)

    def test_the_words_of_a_subdivision_are_those_of_the_plain_text(self):
        plain = " ".join((SHARED / "8usc1373_1644_assembled.txt").read_text().split())
        for text in self.read("usc08_s1373_s1644_uslm.xml"):
            for p in text.provisions[1:]:
                assert " ".join(text.text[p.start : p.end].split()) in plain
        first = self.read("usc08_s1373_s1644_uslm.xml")[0]
        assert [p.number for p in first.provisions] == ["1373", "(a)", "(b)", "(1)", "(2)", "(3)", "(c)"]

    def test_the_old_namespace_and_the_council_shape_are_read(self):
        (water,) = self.read("usc42_s10307_fixture.xml")
        assert len(water.provisions) == 11
        (council,) = self.read("dc_code_24-211.07.xml")
        assert len(council.provisions) == 20
        assert council.words("/us/dc/code/24-211.07/b").startswith("(b) The District shall not inquire")
