"""Law packs: what ships, what an author is told, and how a pack is found."""

from __future__ import annotations

from pathlib import Path

import pytest

from showcause.ask import law as packs
from showcause.errors import BadPack, NotFound

GOOD = """id = "xx/act"
citation = "Act § 1"

[[requirements]]
name = "a"
text = "A board shall publish its minutes."
modality = "obliged"
acts = ["publish"]

[[readings]]
id = "plain"

[[readings.authorities]]
citation = "Smith v. Board"
forum = "Sup. Ct."
date = 2020-01-02

[acts.publish]
verbs = ["publish"]

[matters.minutes]
words = [
  "minutes",
]
"""


def written(folder: Path, words: str) -> Path:
    path = folder / "act.toml"
    path.write_text(words, encoding="utf-8")
    return path


def test_the_packs_that_ship_are_known_and_say_nothing_wrong():
    assert {"ca/gov-7284.6", "us/8-usc-1373", "us/8-usc-1644"} <= set(packs.available())
    assert all(packs.check(packs.SHIPPED / f"{one}.toml") == () for one in packs.available())


def test_a_reading_that_changes_no_verdict_is_not_judged():
    law = packs.load("us/8-usc-1373")
    assert [r.id for r in law.judged()] == ["narrow", "broad", "doj-2017"]
    assert [r.id for r in law.readings if not r.judged] == ["unenforceable"]


def test_every_reading_that_is_judged_stands_on_an_authority():
    for one in packs.available():
        assert all(r.authorities and r.says for r in packs.load(one).readings)


def test_a_users_folder_comes_before_the_packs_that_ship(tmp_path):
    written(tmp_path, GOOD.replace("xx/act", "us/8-usc-1644"))
    assert packs.load("us/8-usc-1644", folders=[tmp_path]).citation == "Act § 1"
    assert packs.load("us/8-usc-1644").citation == "8 U.S.C. § 1644"


def test_a_pack_is_loaded_by_its_file(tmp_path):
    law = packs.load(str(written(tmp_path, GOOD)))
    assert (law.id, law.requirements[0].id, law.requirements[0].duty) == ("xx/act", "xx/act#a", True)
    assert law.readings[0].authorities[0].date.isoformat() == "2020-01-02"


@pytest.mark.parametrize(
    ("before", "after", "line", "where"),
    [
        ('citation = "Act § 1"', 'colour = "red"\ncitation = "Act § 1"', 2, "colour"),
        ('citation = "Act § 1"\n', "", 1, "citation"),
        ('modality = "obliged"', 'modality = "must"', 7, "requirements.modality"),
        ('acts = ["publish"]', 'acts = ["fly"]', 8, "requirements.acts"),
        ('acts = ["publish"]', 'acts = ["publish"]\nwordings = "Post it."', 9, "requirements.wordings"),
        ('acts = ["publish"]', 'acts = ["publish"]\nwordings = ["Post"]', 9, "requirements.wordings"),
        (
            'acts = ["publish"]',
            'acts = ["publish"]\ncontraries = ["Hide it well. Burn it all."]',
            9,
            "requirements.contraries",
        ),
        (
            "[[readings]]",
            '[[requirements]]\nname = "a"\ntext = "t"\nmodality = "obliged"\nacts = ["publish"]\n[[readings]]',
            11,
            "requirements.name",
        ),
        ('id = "plain"', 'id = "plain"\nreaches = ["things"]', 12, "readings.reaches"),
        ('id = "plain"', 'id = "plain"\ncured_by = ["magic"]', 12, "readings.cured_by"),
        ('citation = "Smith v. Board"\n', "", 13, "readings.authorities.citation"),
        ("date = 2020-01-02", 'date = "2 January"', 16, "readings.authorities.date"),
        ('verbs = ["publish"]', 'families = ["shout"]', 19, "acts.publish.families"),
        ('  "minutes",', '  "/(minutes/",', 23, "matters.minutes.words"),
        ('words = [\n  "minutes",\n]', "words = []", 22, "matters.minutes.words"),
        ('citation = "Act § 1"', 'citation = "Act § 1"\nuses = "xx/none"', 3, "uses"),
        ('id = "xx/act"', "id = ", 1, "TOML"),
        ('id = "xx/act"', "id = 3", 1, "id"),
        ('citation = "Act § 1"', "citation = false", 2, "citation"),
        ('text = "A board shall publish its minutes."', 'text = ["A board shall publish."]', 6, "requirements.text"),
        ('name = "a"', "name = 7", 5, "requirements.name"),
        ('id = "plain"', "id = 2001-01-01", 11, "readings.id"),
        ('forum = "Sup. Ct."', "forum = 1.5", 15, "readings.authorities.forum"),
        ('citation = "Act § 1"', 'citation = "Act § 1"\nuses = 4', 3, "uses"),
        ('[acts.publish]\nverbs = ["publish"]', '[acts]\npublish = "publish"', 19, "acts.publish"),
        ('[matters.minutes]\nwords = [\n  "minutes",\n]', "[matters]\nminutes = [1]", 22, "matters.minutes"),
    ],
)
def test_an_author_is_told_what_is_wrong_and_where(tmp_path, before, after, line, where):
    path = written(tmp_path, GOOD.replace(before, after, 1))
    first = packs.check(path)[0]
    assert (first.line, first.where) == (line, where)
    with pytest.raises(BadPack, match=f"act.toml:{line}: "):
        packs.load(str(path))


def test_every_wrong_type_is_told_even_where_no_table_can_be_read(tmp_path):
    words = 'id = 3\ncitation = "Act § 1"\nrequirements = "a"\nreadings = 4\nmatters = ["minutes"]\n'
    found = packs.check(written(tmp_path, words))
    assert [(p.line, p.where, p.what) for p in found] == [
        (1, "id", "is a number, no text in quotation marks"),
        (3, "requirements", "is text, no table [[requirements]]"),
        (4, "readings", "is a number, no table [[readings]]"),
        (5, "matters", "is a list, no table [matters]"),
    ]


def test_a_file_that_is_not_there_is_no_law_by_that_name(tmp_path):
    for name in ("../x.toml", str(tmp_path / "none.toml"), "mine.toml"):
        with pytest.raises(NotFound, match=r"\.toml: there is no such file\Z"):
            packs.load(name)


def test_a_law_that_is_not_there_is_named_with_those_that_are():
    with pytest.raises(NotFound, match="us/8-usc-1373"):
        packs.load("us/none")
    with pytest.raises(NotFound):
        packs.check(Path("nowhere.toml"))
