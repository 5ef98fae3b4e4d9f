"""A law's text becomes a first pack: nothing of it is lost, the pack is sound, and it judges."""

from __future__ import annotations

import hashlib
import json
import subprocess
import sys
import tomllib
from datetime import UTC, date, datetime
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from showcause.ask import drafted, packtext
from showcause.ask import law as packs
from showcause.ask.frame import Apart, Frame, Term, heard
from showcause.ask.official import read_official
from showcause.ask.statute import Article, articles, articles_of
from showcause.assess import judge
from showcause.core import Document
from showcause.errors import BadInput

STATUTES = sorted((Path(__file__).parent / "statutes").glob("*.txt"))
AT = datetime(2026, 1, 1, tzinfo=UTC)


def article(text: str) -> Article:
    return Article("1", "(a)", "", "", text)


@pytest.mark.parametrize(
    ("text", "modality", "verb", "what", "save"),
    [
        ("An agency shall retain the data for at least three years.", "obliged", "retain", "data", ""),
        ("A clerk shall not charge a fee for inspection.", "forbidden", "charge", "fee", ""),
        ("No officer may sell a record.", "forbidden", "sell", "record", ""),
        ("A record shall not be destroyed.", "forbidden", "destroy", "", ""),
        ("It shall be unlawful for a landlord to refuse a voucher.", "forbidden", "refuse", "voucher", ""),
        ("A city may destroy a book only with the consent of its attorney.", "forbidden", "destroy", "book", "only"),
        ("A tenant may inspect the file.", "permitted", "inspect", "file", ""),
        ("Workers shall have the right to join a union.", "permitted", "join", "union", ""),
        ("No board may prohibit any teacher from wearing a badge.", "unrestricted", "wear", "badge", ""),
        (
            "Upon a request, each agency shall, within ten days, notify the requester.",
            "obliged",
            "notify",
            "requester",
            "",
        ),
        ("Records shall not be released unless a court orders it.", "forbidden", "release", "", "unless"),
    ],
)
def test_a_norm_is_restated_with_its_parts(text: str, modality: str, verb: str, what: str, save: str) -> None:
    (found,) = heard(article(text))
    assert isinstance(found, Frame)
    assert (found.modality, found.verbs[0]) == (modality, verb)
    assert what in found.object
    assert found.exception.startswith(save)


@pytest.mark.parametrize(
    ("text", "kind"),
    [
        ("This chapter may be cited as the Harbor Act.", "title"),
        ("Nothing in this section limits any other right.", "savings"),
        ("Nothing in this section shall be construed to limit any other right.", "savings"),
        ("This section does not apply to a school.", "savings"),
        ("The provisions of this act are severable.", "severability"),
        ("This section shall become operative on July 1.", "term of the law"),
        ("It is the intent of the Legislature to protect tenants.", "purpose"),
        ("Whoever breaks this section is guilty of an infraction.", "penalty"),
        ("A person harmed may bring a civil action.", "remedy"),
        ("The director may adopt rules.", "permission"),
        ("The water is deep.", "statement"),
    ],
)
def test_what_asks_nothing_is_named_with_the_reason(text: str, kind: str) -> None:
    (found,) = heard(article(text))
    assert isinstance(found, Apart)
    assert found.kind == kind
    assert found.why


def test_a_definition_is_no_requirement_and_its_words_reach_the_matter() -> None:
    text = "§ 5. (a) An agency shall not release a plate read. (b) “Plate read” means a picture of a license plate or its number.\n"
    drawn = packtext.of_text(text, name="plates.txt")
    assert [t.names for t in drawn.draft.terms] == [("plate read",)]
    table = tomllib.loads(drawn.text)
    (name,) = table["requirements"][0]["matters"]
    assert "license plate*" in table["matters"][name]["words"]


def test_a_list_is_read_with_the_words_that_it_hangs_on() -> None:
    text = "§ 7. A city shall not: (1) sell a camera; (2) lend a camera, unless: (A) the council votes for it, and (B) a bond is posted. (b) The clerk shall keep a log.\n"
    found = articles_of(text)
    assert [a.pinpoint for a in found] == ["(1)", "(2)", "(b)"] or [a.pinpoint for a in found][:2] == ["(1)", "(2)"]
    assert found[1].text.startswith("A city shall not:")
    assert "a bond is posted" in found[1].text


def test_a_reference_to_a_subdivision_begins_none() -> None:
    text = "§ 7. (a) A city shall act as subdivision (b) says. (b) A city shall post the list under paragraphs (1), (2), or (3) of Section 9(a).\n"
    assert [a.pinpoint for a in articles_of(text)] == ["(a)", "(b)"]


@pytest.mark.parametrize("path", STATUTES, ids=lambda p: p.stem)
def test_nothing_of_a_statute_is_lost(path: Path) -> None:
    text = path.read_text(encoding="utf-8")
    drawn = packtext.of_text(text, name=path.name)
    told = {
        *(r.frame.article for r in drawn.draft.requirements),
        *(t.article for t in drawn.draft.terms),
        *(a.article for a in drawn.draft.apart),
    }
    places = {(a.section, a.pinpoint) for a in told}
    assert places >= {(a.section, a.pinpoint) for a in articles_of(text)}
    held = " ".join(" ".join(a.text.split()) for a in told).replace("—", " ")
    words = [w for w in text.split() if w.strip(".,;:§").isalpha()]
    headings = " ".join(a.heading for a in told)
    assert [w for w in words if w.strip(".,;:") not in held + headings] == []


@pytest.mark.parametrize("path", STATUTES, ids=lambda p: p.stem)
def test_a_drafted_pack_is_sound_at_once_and_says_where_to_look(path: Path, tmp_path: Path) -> None:
    drawn = packtext.of_text(path.read_text(encoding="utf-8"), name=path.name)
    made = tmp_path / "pack.toml"
    made.write_text(drawn.text, encoding="utf-8")
    assert packs.check(made) == ()
    assert drawn.problems == ()
    assert "# look: " in drawn.text
    law = packs.load(str(made))
    assert len(law.requirements) == len(drawn.draft.requirements)
    assert [r.id for r in law.readings] == ["plain"]
    assert law.readings[0].authorities[0].citation == law.citation


def test_a_verb_stands_in_one_act_alone() -> None:
    for path in STATUTES:
        acts = tomllib.loads(packtext.of_text(path.read_text(encoding="utf-8"), name=path.name).text)["acts"]
        verbs = [v for act in acts.values() for v in (*act.get("verbs", ()), *act.get("opposed", ()))]
        assert len(verbs) == len(set(verbs)), path.name


def test_an_official_file_keeps_its_identifiers_and_its_version() -> None:
    blob = (Path(packs.__file__).parents[1] / "demo_data" / "usc08_demo.xml").read_bytes()
    texts = read_official(blob, name="usc08_demo.xml")
    drawn = packtext.of_official(texts, day=date(2027, 1, 1))
    table = tomllib.loads(drawn.text)
    known = {p.identifier for t in texts for p in t.provisions}
    assert {i for r in table["requirements"] for i in r["official"]} <= known
    assert {r["modality"] for r in table["requirements"]} >= {"unrestricted"}
    assert hashlib.sha256(blob).hexdigest()[:16] in drawn.text
    assert all(articles(t) for t in texts)
    with pytest.raises(BadInput, match="no section 9"):
        packtext.of_official(texts, day=date(2027, 1, 1), sections=("9",))


@pytest.mark.parametrize(
    ("statute", "name", "text", "verdict"),
    [
        ("retention", "d", "The clerk may shred any city record that is one year old.", "conflict"),
        ("retention", "e", "Minutes, ordinances and resolutions of the council shall not be destroyed.", "complies"),
        ("stops", "e", "The unit shall keep stop data for five years.", "complies"),
        ("stops", "e", "Stop data shall be deleted after one year.", "conflict"),
        ("force", "7286.5-a-1", "Officers may use a choke hold.", "conflict"),
        (
            "force",
            "7286-b-9",
            "An officer who sees force beyond what is needed shall intervene and stop it.",
            "complies",
        ),
        ("cameras", "b-7-3", "No employee shall upload recordings to any web site.", "complies"),
        ("breach", "e", "The form shall be printed on blue paper.", "silent"),
    ],
)
def test_a_drafted_pack_judges(tmp_path: Path, statute: str, name: str, text: str, verdict: str) -> None:
    source = Path(__file__).parent / "statutes" / f"{statute}.txt"
    made = tmp_path / "pack.toml"
    made.write_text(packtext.of_text(source.read_text(encoding="utf-8"), name=source.name).text, encoding="utf-8")
    law = packs.load(str(made))
    document = Document("d", "", "txt", "", None, text)
    said = {f.question.partition("#")[2]: str(f.verdict) for f in judge(document, laws=[law], at=AT)}
    assert said[name] == verdict


@settings(deadline=None)  # a busy machine is no fault
@given(st.text(max_size=400))
def test_any_text_is_drafted_or_refused(text: str) -> None:
    try:
        drawn = packtext.of_text(text, name="x.txt")
    except BadInput:
        return
    table = tomllib.loads(drawn.text)
    assert table["id"]
    assert len(table.get("requirements", [])) == len(drawn.draft.requirements)


@settings(deadline=None)  # a busy machine is no fault
@given(
    st.lists(
        st.sampled_from(
            [
                "(a)",
                "(1)",
                "(A)",
                "shall",
                "not",
                "keep",
                "a record,",
                "unless",
                "may",
                "“x” means",
                "if",
                ":",
                ".",
                ";",
                "§ 2.",
            ]
        ),
        max_size=40,
    )
)
def test_any_shuffle_of_the_words_of_laws_is_drafted(words: list[str]) -> None:
    text = " ".join(words)
    found = [h for a in articles_of(text) for h in heard(a)]
    assert all(isinstance(h, (Frame, Term, Apart)) for h in found)


# --- the command ---------------------------------------------------------------------------------

COMMAND = Path(sys.executable).with_name("showcause")


def showcause(*words: object, cwd: Path) -> subprocess.CompletedProcess[str]:
    return subprocess.run([COMMAND, *map(str, words)], cwd=cwd, capture_output=True, text=True, check=False)


def test_the_command_writes_once_and_takes_nobodys_work_away(tmp_path: Path) -> None:
    text = next(p for p in STATUTES if p.stem == "stops")
    first = showcause("law", "draft", text, "--to", "mine/stops.toml", "--id", "xx/stops", cwd=tmp_path)
    assert first.returncode == 0, first.stderr
    assert "7 requirements" in first.stdout
    again = showcause("law", "draft", text, "--to", "mine/stops.toml", cwd=tmp_path)
    assert (again.returncode, again.stdout) == (2, "")
    assert "does not take the place" in again.stderr
    told = json.loads(showcause("law", "draft", text, "--json", cwd=tmp_path).stdout)
    assert {r["modality"] for r in told["requirements"]} == {"obliged", "forbidden"}
    assert tomllib.loads(told["pack"])["requirements"]


def test_a_word_file_of_a_statute_is_drafted(tmp_path: Path) -> None:
    import docx

    paper = docx.Document()
    for line in (
        "§ 4. Cameras",
        "(a) A city shall not sell a camera.",
        "(b) The clerk shall keep a log of every camera.",
    ):
        paper.add_paragraph(line)
    paper.save(str(tmp_path / "law.docx"))
    told = json.loads(showcause("law", "draft", "law.docx", "--json", cwd=tmp_path).stdout)
    assert [(r["pinpoint"], r["modality"]) for r in told["requirements"]] == [
        ("4(a)", "forbidden"),
        ("4(b)", "obliged"),
    ]


def test_check_says_how_a_sound_pack_is_heard(tmp_path: Path) -> None:
    pack = packs.SHIPPED / "ca" / "gov-34090.toml"
    run = showcause("law", "check", pack, cwd=tmp_path)
    assert run.stdout.splitlines()[0].endswith("nothing wrong")
    assert "#attorney is heard as: The head of a city department | must not | destroy" in run.stdout
    rows = [json.loads(line) for line in showcause("law", "check", pack, "--json", cwd=tmp_path).stdout.splitlines()]
    assert {r["requirement"] for r in rows} == {r.id for r in packs.load("ca/gov-34090").requirements}
    assert rows[0]["frame"]["modality"] == "forbidden"


@pytest.mark.parametrize(
    ("change", "says"),
    [
        (('modality = "forbidden"', 'modality = "forbiden"'), "do you mean forbidden?"),
        (('acts = ["destroy"]', 'acts = ["destory"]'), "do you mean destroy? Else define it: a table [acts.destory]"),
        (('text = "The head', 'txt = "The head'), "do you mean text?"),
        (('name = "two-years"', 'name = "title"'), "give the second one a name of its own"),
        (('citation = "Cal. Gov. Code § 34090"\ntitle', "title"), 'write citation = "My Act § 2"'),
        (('own_exceptions = ["reproduced"]', 'own_exceptions = "reproduced"'), 'write own_exceptions = ["one", "two"]'),
    ],
)
def test_check_says_what_to_write_instead(tmp_path: Path, change: tuple[str, str], says: str) -> None:
    pack = (packs.SHIPPED / "ca" / "gov-34090.toml").read_text(encoding="utf-8")
    assert change[0] in pack
    (tmp_path / "bad.toml").write_text(pack.replace(change[0], change[1], 1), encoding="utf-8")
    run = showcause("law", "check", "bad.toml", cwd=tmp_path)
    assert run.returncode == 5
    assert says in run.stdout


def test_check_remarks_where_the_sentence_and_the_pack_disagree(tmp_path: Path) -> None:
    pack = (packs.SHIPPED / "ca" / "gov-34090.toml").read_text(encoding="utf-8")
    stated = 'modality = "forbidden"'
    (tmp_path / "other.toml").write_text(pack.replace(stated, 'modality = "permitted"', 1), encoding="utf-8")
    run = showcause("law", "check", "other.toml", cwd=tmp_path)
    assert (run.returncode, "the pack says permitted" in run.stdout) == (0, True)
    assert "remark: the sentence reads as" in run.stdout
    (tmp_path / "turned.toml").write_text(pack.replace(stated, 'modality = "obliged"', 1), encoding="utf-8")
    run = showcause("law", "check", "turned.toml", cwd=tmp_path)
    assert run.returncode == 5
    assert "the pack says obliged" in run.stdout


def test_what_joins_the_parts_of_a_list_is_no_part_of_a_duty() -> None:
    text = "§ 9. Footage\n(a) An agency shall:\n(1) keep footage for two years; and\n(2) mask each face; or\n(3) post a notice.\n"
    made = packtext.of_text(text, name="footage.txt")
    found = [r["text"] for r in tomllib.loads(made.text)["requirements"]]
    assert [t.rstrip(".").split()[-1] for t in found] == ["years", "face", "notice"]


def test_a_list_of_terms_is_so_many_definitions() -> None:
    text = "§ 9. Footage\n(a) Definitions. In this section—\n(1) the term “footage” means any recording made by a camera; and\n(2) the term “agency” means a department of the city.\n(b) An agency shall not sell footage.\n"
    made = packtext.of_text(text, name="footage.txt")
    assert "“footage”: any recording made by a camera" in made.text
    assert "“agency”: a department of the city" in made.text
    assert made.text.splitlines()[2].endswith(f"{made.text.count(packtext.LOOK)} places to look at.")


LIMITED = """§ 12. Berth logs.

(a) DUTY TO KEEP.—The harbor office shall keep each berth log for five years.

(b) Exceptions. The office may destroy a log that was copied.
(1) The harbor office shall not disclose a berth log to any person who is not the owner of the vessel.
(2) A clerk shall not sell a berth log.

(c) APPLICATION.—
(1) Subsection (a) does not apply to a log of a vessel of the Navy.
(2) Paragraph (1) of subsection (b) shall not apply when a court orders it.
(3) Subsections (a) and (b)(2) do not apply to the Coast Guard.
"""


def test_what_a_provision_does_not_apply_to_is_its_exception() -> None:
    made = drafted.draft(articles_of(LIMITED))
    saved = {r.name: r.frame.exception for r in made.requirements}
    assert saved == {
        "a": "except in the case of a log of a vessel of the Navy; except in the case of the Coast Guard",
        "b-1": "except when a court orders it",
        "b-2": "except in the case of the Coast Guard",
    }
    assert made.exceptions["a"][1] == ("vessel*", "navy*", "coast guard*")  # not "log": that is what the rule is about
    named = [one.why for one in made.apart if one.article.pinpoint.startswith("(c)")]
    assert named == [
        "it is the exception of (a)",
        "it is the exception of (b)(1)",
        "it is the exception of (a), (b)(2)",
    ]


def test_a_heading_is_no_word_of_the_rule() -> None:
    """What stands before a subdivision's words, with a stop or a stop and a dash, is its heading."""
    found = {one.pinpoint: (one.heading, one.text) for one in articles_of(LIMITED)}
    assert found["(a)"] == ("DUTY TO KEEP", "The harbor office shall keep each berth log for five years.")
    assert found["(b)"][0] == "Exceptions"
    assert articles_of("SEC. 3. VESSEL DATA.—A port shall not sell vessel data.")[0].heading == "VESSEL DATA"


@pytest.mark.parametrize(
    ("chapeau", "joint", "many"),
    [
        ("The office shall, before it destroys a log, do one of the following:", "or", 1),
        ("The office shall do at least one of the following:", "or", 1),
        ("The office shall either:", "or", 1),
        ("The office shall:", "or", 1),
        ("The office shall:", "and", 2),
        ("The office shall do each of the following:", "and", 2),
        ("The office shall not:", "or", 2),
        ("The office shall not do any of the following:", "or", 2),
    ],
)
def test_a_list_of_which_one_is_enough_is_one_duty(chapeau: str, joint: str, many: int) -> None:
    text = f"§ 12. Notice.\n\n(a) {chapeau}\n(1) notify the owner in writing; {joint}\n(2) post a sign at the berth.\n"
    made = drafted.draft(articles_of(text))
    assert len(made.requirements) == many
    if many == 1:
        (one,) = made.requirements
        assert (one.frame.verbs, one.frame.also) == (("notify",), ("post",))
        assert {"notify", "post"} <= set(one.acts)


def test_a_condition_between_the_word_of_force_and_its_verb_is_kept() -> None:
    made = drafted.draft(articles_of("§ 1. Logs.\n\nThe office shall, within ten days, notify the owner.\n"))
    assert made.requirements[0].text == "The office shall notify the owner within ten days."


def test_a_limit_on_a_run_of_provisions_reaches_each() -> None:
    parts = "".join(
        f"({m}) A port shall not {verb} a log.\n" for m, verb in zip("abc", ("sell", "hide", "burn"), strict=True)
    )
    text = f"§ 2. Logs.\n\n{parts}(d) Subdivisions (a) through (c), inclusive, are law.\n(e) Subdivisions (a) to (c) do not apply to a school.\n"
    made = drafted.draft(articles_of(text))
    assert {r.name: r.frame.exception for r in made.requirements} == dict.fromkeys(
        "abc", "except in the case of a school"
    )


def test_an_abbreviation_is_no_heading() -> None:
    (one,) = articles_of("§ 2. Piers.\n\n(a) St. Anne Pier shall be open to all.\n")
    assert one.text == "St. Anne Pier shall be open to all."
