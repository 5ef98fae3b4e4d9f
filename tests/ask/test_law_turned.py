"""Laws whose words of force come before their subject, and laws that count by capitals; a pack that says the contrary of its sentence."""

from __future__ import annotations

from pathlib import Path

import pytest

from showcause import settings
from showcause.ask import drafted, packtext
from showcause.ask import law as packs
from showcause.ask.frame import Frame, heard
from showcause.ask.statute import Article, articles_of
from showcause.faces import drafting


def drawn(text: str) -> list[tuple[str, str, str, str]]:
    """Of each requirement that a law is drafted into: its place, modality, first verb and the restated sentence."""
    made = drafted.draft(articles_of(text))
    return [(r.frame.article.pinpoint, r.frame.modality, r.frame.verbs[0], r.text) for r in made.requirements]


@pytest.mark.parametrize(
    ("law", "verb", "restated"),
    [
        ("In no event shall a beekeeper keep more than ten hives.", "keep", "A beekeeper shall not keep more than ten hives."),
        ("Under no circumstances may the permit holder sell a record.", "sell", "The permit holder shall not sell a record."),
        ("At no time shall records be destroyed.", "destroy", "Records shall not be destroyed."),
        ("Never may a clerk, or a deputy, copy the log.", "copy", "A clerk, or a deputy shall not copy the log."),
        ("On no account shall a request for records be denied.", "deny", "A request for records shall not be denied."),
        ("Nor shall any officer who holds a permit lend it.", "lend", "Any officer who holds a permit shall not lend it."),
        ("For no reason will a ferry carry cattle.", "carry", "A ferry shall not carry cattle."),
        ("A ferry shall in no case carry cattle.", "carry", "A ferry shall not carry cattle."),
        ("If the fee is paid, in no case may the clerk delay the copy.", "delay", "The clerk shall not delay the copy if the fee is paid."),
    ],
)  # fmt: skip
def test_a_ban_is_heard_though_its_subject_stands_behind(law: str, verb: str, restated: str) -> None:
    (found,) = drawn(f"§ 4. Piers.\n\n(a) {law}\n")
    assert found[1:3] == ("forbidden", verb)
    assert found[3] == restated


@pytest.mark.parametrize(
    ("law", "modality"),
    [
        ("In the event of a fire the clerk shall call the office.", "obliged"),
        ("In no more than ten days the clerk shall send a copy.", "obliged"),
        ("A keeper shall register each hive in no less than a week.", "obliged"),
        ("At a time when no other clerk is there the keeper shall lock the gate.", "obliged"),
        ("No clerk shall sell a log.", "forbidden"),
    ],
)
def test_what_is_not_turned_round_is_heard_as_before(law: str, modality: str) -> None:
    (found,) = drawn(f"§ 4. Piers.\n\n(a) {law}\n")
    assert found[1] == modality


def test_a_ban_behind_a_duty_is_one_of_its_own() -> None:
    law = "§ 4. Logs.\n\n(a) The clerk shall keep a log, and in no case shall the clerk sell it.\n(b) An office may not hide a log, nor may a deputy burn it.\n"
    assert [f[:3] for f in drawn(law)] == [
        ("(a)", "obliged", "keep"),
        ("(a)", "forbidden", "sell"),
        ("(b)", "forbidden", "hide"),
        ("(b)", "forbidden", "burn"),
    ]


def test_a_list_under_words_turned_round_is_so_many_bans() -> None:
    law = "§ 4. Cameras.\n\n(a) Except as a court orders, in no event may an agency:\n(1) sell a camera; or\n(2) lend a camera.\n"
    assert [f[1:3] for f in drawn(law)] == [("forbidden", "sell"), ("forbidden", "lend")]


def test_an_item_that_begins_with_not_is_a_ban_among_duties() -> None:
    law = "§ 4. Tolls.\n\n(a) The bridgemaster shall—\n(1) keep a log;\n(2) not disclose a name; and\n(3) never delay a hearse.\n"
    assert [f[1:3] for f in drawn(law)] == [("obliged", "keep"), ("forbidden", "disclose"), ("forbidden", "delay")]


COUNTED = """§ 6. Bridges.

{one} The bridgemaster shall keep a log of each opening.
{two} The bridgemaster shall not disclose the log.
{three} A toll collector may not charge a hearse.
{four} The city shall publish the tolls.
"""


@pytest.mark.parametrize(
    "marks",
    [
        ("I.", "II.", "III.", "IV."),
        ("I)", "II)", "III)", "IV)"),
        ("A.", "B.", "C.", "D."),
        ("A)", "B)", "C)", "D)"),
        ("i.", "ii.", "iii.", "iv."),
        ("H.", "I.", "J.", "K."),
    ],
)
def test_paragraphs_are_counted_by_capitals_and_roman_numbers(marks: tuple[str, ...]) -> None:
    law = COUNTED.format(**dict(zip(("one", "two", "three", "four"), marks, strict=True)))
    found = drawn(law)
    assert [f[0] for f in found] == [f"({m.rstrip('.)')})" for m in marks]
    assert found[0][3] == "The bridgemaster shall keep a log of each opening."


def test_a_capital_with_a_heading_opens_a_list_of_figures() -> None:
    law = "§ 6. Bridges.\n\nA. Collection.—The bridgemaster shall collect a toll from each carriage.\nB. Exemptions.—A toll shall not be charged to a hearse.\nC. Records. The bridgemaster shall—\n1. keep a log of each opening;\n2. post the tolls at each end; and\n3. not disclose the name of any traveler.\n"
    assert drawn(law) == [
        ("(A)", "obliged", "collect", "The bridgemaster shall collect a toll from each carriage."),
        ("(B)", "forbidden", "charge", "A toll shall not be charged to a hearse."),
        ("(C)(1)", "obliged", "keep", "The bridgemaster shall keep a log of each opening."),
        ("(C)(2)", "obliged", "post", "The bridgemaster shall post the tolls at each end."),
        ("(C)(3)", "forbidden", "disclose", "The bridgemaster shall not disclose the name of any traveler."),
    ]


@pytest.mark.parametrize("law", ["A. Smith shall sign each log.", "A. Smith, the clerk of the harbor, shall sign each log."])  # fmt: skip
def test_an_initial_is_no_number(law: str) -> None:
    found = articles_of(f"§ 7. Clerks.\n\n{law}\n\nThe harbor office shall keep it.\n")
    assert {a.pinpoint for a in found} == {""}
    assert found[0].text == law


# --- checking ------------------------------------------------------------------------------------

PACK = """id = "xx/act"
citation = "Act § 1"

[[requirements]]
name = "b"
text = "A board shall publish its minutes."
modality = "obliged"
acts = ["publish"]

[[requirements]]
name = "a"
text = "{text}"
modality = "{modality}"
acts = ["publish", "destroy"]
matters = ["minutes"]

[[readings]]
id = "plain"

[acts.publish]
verbs = ["publish"]

[acts.destroy]
families = ["keep"]
opposed = ["sell"]

[matters.minutes]
words = ["minutes", "log*"]
"""


def check(folder: Path, text: str, modality: str) -> drafting.Checked:
    path = folder / "act.toml"
    path.write_text(PACK.format(text=text, modality=modality), encoding="utf-8")
    return drafting.checked(path, settings=settings.read())


@pytest.mark.parametrize(
    ("text", "modality", "right"),
    [
        ("In no event shall a board publish a log.", "obliged", "forbidden"),
        ("A board shall not publish its minutes.", "obliged", "forbidden"),
        ("No board may publish a log.", "permitted", "forbidden"),
        ("A board shall publish its minutes.", "forbidden", "obliged"),
        ("A tenant may publish the minutes.", "forbidden", "permitted"),
    ],
)
def test_a_pack_that_says_the_contrary_of_its_sentence_is_wrong(
    tmp_path: Path, text: str, modality: str, right: str
) -> None:
    found = check(tmp_path, text, modality)
    assert found.problems == 1
    assert found.lines[0].endswith(
        f"act.toml:13: requirements.modality: the sentence reads as {right}, the pack says {modality}"
    )
    assert found.lines[1].strip() == f'write modality = "{right}", or mend the sentence'
    assert found.rows[0]["line"] == 13


@pytest.mark.parametrize(
    ("text", "modality"),
    [
        ("A board shall publish its minutes.", "obliged"),
        ("In no event shall a board publish a log.", "forbidden"),
        ("A board may publish its log only with the approval of the council.", "forbidden"),  # another manner
        ("A board may publish its log only with the approval of the council.", "permitted"),
        ("A tenant may publish the minutes.", "unrestricted"),
        ("No board shall publish a log that lacks its date.", "obliged"),  # a ban on a want
        ("No board shall fail to publish its minutes.", "obliged"),
        ("The minutes are a public thing.", "obliged"),  # no force is heard
    ],
)
def test_another_manner_is_no_contrary(tmp_path: Path, text: str, modality: str) -> None:
    assert check(tmp_path, text, modality).problems == 0


def test_no_pack_that_ships_and_no_drafted_one_says_the_contrary(tmp_path: Path) -> None:
    for path in sorted(packs.SHIPPED.rglob("*.toml")):
        assert drafting.checked(path, settings=settings.read()).problems == 0, path.name
    for source in sorted((Path(__file__).parent / "statutes").glob("*.txt")):
        path = tmp_path / f"{source.stem}.toml"
        path.write_text(packtext.of_text(source.read_text(encoding="utf-8"), name=source.name).text, encoding="utf-8")
        assert drafting.checked(path, settings=settings.read()).problems == 0, path.name


def test_the_law_is_cited_in_its_own_order() -> None:
    law = Article("1", "(a)", "", "", "In no event shall a clerk sell a log.")
    (found,) = heard(law)
    assert isinstance(found, Frame)
    assert found.article is law
