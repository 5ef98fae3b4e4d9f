"""A profile says what a recipient wants; one that says something wrong is refused with the line."""

from __future__ import annotations

from pathlib import Path

import pytest

from showcause.errors import BadInput
from showcause.produce.lettering import Encoding
from showcause.produce.profile import ImageForm, LoadKind, parsed, problems, profile, shipped

GOOD = """id = "mine"
title = "Mine"
[load_files]
kinds = ["dat", "edrm"]
encoding = "cp1252"
[load_files.substitutions]
"þ" = "TH"
missing = "#"
[images]
form = "pdf"
[[fields]]
name = "BEG"
source = "bates.first"
[[fields]]
name = "SENT"
source = "mail.sent date"
written = "YYYY/MM"
at_most = 7
"""


def test_the_profiles_that_ship_are_sound_and_keep_their_limits() -> None:
    assert shipped() == ("doj-antitrust", "ftc", "plain", "sec")
    sec, doj, ftc = profile("sec"), profile("doj-antitrust"), profile("ftc")
    assert (sec.volume.files_per_folder, sec.volume.by_custodian) == (500, True)
    assert (doj.volume.files_per_folder, doj.volume.records_per_load_file) == (5000, 50000)
    assert (doj.volume.text, doj.volume.data) == ("FULLTEXT", "LOADFILES")
    assert max(len(f.name) for f in doj.fields) <= 8
    assert [f.name for f in doj.fields] == [
        "COMPANY",
        "CUSTDIAN",
        "BEGDOC#",
        "ENDDOC#",
        "DOCID",
        "PGCOUNT",
        "PARENTID",
        "ATTCHIDS",
        "FAMLYRNG",
        "PRPRTIES",
        "FROM",
        "TO",
        "CC",
        "BCC",
        "SUBJECT",
        "DOCDATE",
        "TIMESENT",
        "DATECRTD",
        "DATESVD",
        "DATERCVD",
        "FILESIZE",
    ]
    assert {"gaps", "ranges", "totals", "custodians", "records per custodian"} <= set(doj.cover)
    assert {"BEGBATES", "ENDBATES", "PGCOUNT", "CUSTODIAN", "CREATEDATE", "CREATETIME", "MODDATE", "MODTIME", "FILESIZE", "FILENAME"} <= {
        f.name for f in ftc.fields
    }  # fmt: skip
    assert all(p.images.dpi >= 300 and p.images.shrink <= 10 for p in (sec, doj, ftc, profile("plain")))


def test_a_users_profile_is_read_from_its_file(tmp_path: Path) -> None:
    place = tmp_path / "mine.toml"
    place.write_text(GOOD)
    mine = profile(place)
    assert mine.load.kinds == (LoadKind.DAT, LoadKind.EDRM)
    assert mine.load.encoding is Encoding.CP1252
    assert mine.load.table.written("þ") == "TH"
    assert mine.load.table.written("漢") == "#"
    assert mine.images.form is ImageForm.PDF
    assert mine.fields[1].at_most == 7


WRONG = [
    ("id =", 'id = "a" ]\nx', "line 1: TOML"),
    ('id = "mine"\n', "", "line 1: id: is missing"),
    (
        'encoding = "cp1252"',
        'encoding = "latin-1"',
        "line 5: load_files.encoding: unknown 'latin-1'; known are utf-8, cp1252",
    ),
    ('encoding = "cp1252"', 'encodig = "cp1252"', "line 5: load_files.encodig: unknown key; known are kinds"),
    ('kinds = ["dat", "edrm"]', 'kinds = "dat"', "line 4: load_files.kinds: is a list, not 'dat'"),
    ('kinds = ["dat", "edrm"]', 'kinds = ["dii"]', "line 4: load_files.kinds: unknown 'dii'"),
    ('form = "pdf"', "dpi = 200", "line 10: images.dpi: 200 is not from 300 to 1200"),
    ('form = "pdf"', "shrink = 20", "line 10: images.shrink: 20 is not from 0 to 10"),
    ('form = "pdf"', "dpi = true", "line 10: images.dpi: is a whole number, not True"),
    ('source = "bates.first"', 'source = "bates"', "line 13: fields.source: unknown 'bates'"),
    ('name = "SENT"', 'name = "BEG"', "line 15: fields.name: 'BEG' stands twice"),
    ('encoding = "cp1252"', "field_names_at_most = 3", "line 15: fields.name: 'SENT' has more than 3 characters"),
    ('written = "YYYY/MM"', 'written = "dmy"', "line 17: fields.written: 'dmy' holds none of YYYY, MM, DD"),
    ('source = "mail.sent date"', 'source = "mail.to"', "line 17: fields.written: only a date or a time"),
    ('encoding = "cp1252"', 'zone = "Nowhere/Else"', "line 5: load_files.zone: 'Nowhere/Else' is no time zone"),
    ('"þ" = "TH"', '"ab" = "c"', "load_files.substitutions: 'ab' = 'c': one character stands for words"),
    ("[images]", '[volume]\nname = "("\n[images]', "line 10: volume.name: '(' is no pattern"),
    ("[images]", '[volume]\ntext = "../x"\n[images]', "line 10: volume.text: '../x' is no name for a folder"),
]


@pytest.mark.parametrize(("old", "new", "want"), WRONG)
def test_what_is_wrong_is_told_with_its_line(old: str, new: str, want: str) -> None:
    assert old in GOOD
    with pytest.raises(BadInput) as refused:
        parsed(GOOD.replace(old, new, 1).encode(), name="mine.toml")
    assert want in str(refused.value)
    assert str(refused.value).startswith("mine.toml: line")


def test_bytes_that_are_no_utf_8_are_refused() -> None:
    assert str(problems(b'id = "a"\n\xff')[0]) == "line 2: file: it is not UTF-8"


def test_an_unknown_name_lists_what_ships() -> None:
    with pytest.raises(BadInput, match="doj-antitrust, ftc, plain, sec"):
        profile("nothing")
