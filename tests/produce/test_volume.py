"""A volume stands whole or not at all, its families together, its files found by strangers; every check can stop it."""

from __future__ import annotations

import hashlib
import json
import subprocess
from dataclasses import replace
from datetime import UTC, date, datetime
from pathlib import Path

import independent
import papers
import pytest
from papers import Area, Mail, Verdict, coded, item, pdf

from showcause.errors import BadInput
from showcause.produce import writing
from showcause.produce.bates import Ledger, Series, Span
from showcause.produce.item import Form
from showcause.produce.order import Check, Order, Override
from showcause.produce.profile import ImageForm, profile
from showcause.produce.volume import make

SHEET = b"PK fake sheet"


def order(**more) -> Order:
    known = {"volume": "VOL001", "profile": profile("plain"), "ledger": Ledger(Series("ABC-", 6)), "party": "City"}
    return Order(**{**known, **more})


def family() -> list:
    head = item(
        "mail.eml", b"From: x", family="mail.eml", text="Please see attached.\fSecond page.",
        mail=Mail("a@city.example", ("b@city.example", "c; d"), subject="Budget þ", sent=datetime(2030, 1, 2, 3, 4, 5, tzinfo=UTC)),
        custodians=("Clerk", "Mayor"),
    )  # fmt: skip
    child = item("sheet.xlsx", SHEET, family="mail.eml", parent="mail.eml", text="1 2 3", custodians=("Clerk",))
    return [head, child]


def plain() -> list:
    return [*family(), item("report.pdf", pdf("#lorem(80)", "#text(fill: red)[#lorem(80)]"), text="report text")]


def sums(root: Path) -> None:
    manifest = root / "DATA" / "manifest-sha256.txt"
    ran = subprocess.run(
        ["sha256sum", "--strict", "--quiet", "-c", str(manifest)], cwd=root, capture_output=True, check=False
    )
    assert ran.returncode == 0, ran.stdout


def test_a_volume_is_what_a_stranger_expects(tmp_path: Path) -> None:
    made = make(plain(), order(), folder=tmp_path)
    root = made.place
    assert root == tmp_path / "VOL001"
    assert made.flags == ()
    assert sorted(p.name for p in tmp_path.iterdir()) == ["VOL001", "VOL001.record"]
    names, rows = independent.dat((root / "DATA/VOL001.DAT").read_bytes())
    values = [dict(zip(names, row, strict=True)) for row in rows]
    assert [(v["BEGBATES"], v["ENDBATES"], v["BEGATTACH"], v["ENDATTACH"], v["PARENTBATES"]) for v in values] == [
        ("ABC-000001", "ABC-000002", "ABC-000001", "ABC-000003", ""),
        ("ABC-000003", "ABC-000003", "ABC-000001", "ABC-000003", "ABC-000001"),
        ("ABC-000004", "ABC-000005", "", "", ""),
    ]
    assert values[0]["SUBJECT"] == "Budget th"
    assert values[0]["TO"] == "b@city.example;c, d"
    assert (values[0]["DATESENT"], values[0]["TIMESENT"]) == ("2030-01-02", "03:04:05")
    assert values[0]["ALLCUSTODIANS"] == "Clerk;Mayor"
    assert independent.at(root, values[1]["NATIVELINK"]).read_bytes() == SHEET
    assert values[1]["SHA256"] == hashlib.sha256(SHEET).hexdigest()
    for value in values:
        assert independent.at(root, value["TEXTLINK"]).name == f"{value['BEGBATES']}.TXT"
    text = independent.at(root, values[0]["TEXTLINK"]).read_bytes()
    assert text == b"\xef\xbb\xbfPlease see attached.\x0cSecond page."
    images = independent.opt((root / "DATA/VOL001.OPT").read_bytes())
    assert [(i["key"], i["document"], i["pages"]) for i in images] == [
        ("ABC-000001", "Y", "2"),
        ("ABC-000002", "", ""),
        ("ABC-000003", "Y", "1"),
        ("ABC-000004", "Y", "2"),
        ("ABC-000005", "", ""),
    ]
    assert [independent.at(root, i["path"]).suffix for i in images] == [".TIF", ".TIF", ".TIF", ".TIF", ".JPG"]
    sums(root)
    record = (tmp_path / "VOL001.record/substitutions.csv").read_text().splitlines()
    assert record[1:] == ['VOL001.DAT,ABC-000001,TO,U+003B,",",1', "VOL001.DAT,ABC-000001,SUBJECT,U+00FE,th,1"]
    assert made.summary.custodians == (("Clerk", 2), ("Records Bureau", 1))
    assert made.summary.ranges == (("ABC-000001", "ABC-000005"),)


@pytest.mark.parametrize("name", ["sec", "ftc", "doj-antitrust"])
def test_a_volume_keeps_to_each_profile_that_ships(name: str, tmp_path: Path) -> None:
    approved = frozenset(profile(name).approvals)
    made = make(plain(), order(profile=profile(name), volume="ABC001", approved=approved), folder=tmp_path)
    assert made.stopped == ()
    rules = profile(name).volume
    data = made.place / rules.data
    names, rows = independent.dat((data / "ABC001.DAT").read_bytes())
    assert names == [f.name for f in profile(name).fields]
    assert len(rows) == 3
    assert (made.place / rules.text).is_dir()
    images = independent.opt((data / "ABC001.OPT").read_bytes())
    if rules.by_custodian:
        assert {i["path"].split("\\")[1] for i in images} == {"CLERK", "RECORDS_BUREAU"}


def test_every_load_file_and_pdf_images(tmp_path: Path) -> None:
    mine = profile("plain")
    kinds = ("dat", "opt", "lfp", "edrm")
    mine = replace(mine, load=replace(mine.load, kinds=kinds), images=replace(mine.images, form=ImageForm.PDF))
    made = make(plain(), order(profile=mine), folder=tmp_path)
    assert made.stopped == ()
    data = made.place / "DATA"
    assert [i["pages"] for i in independent.opt((data / "VOL001.OPT").read_bytes())] == ["2", "1", "2"]
    assert [i["boundary"] for i in independent.lfp((data / "VOL001.LFP").read_bytes())] == ["D", "C", "D"]
    found = independent.edrm((data / "VOL001.XML").read_bytes())
    documents = [a for path, a, _ in found if path == "Root/Batch/Documents/Document"]
    assert [(d["DocID"], d["DocType"]) for d in documents] == [
        ("ABC-000001", "Message"), ("ABC-000003", "File"), ("ABC-000004", "File"),
    ]  # fmt: skip


def test_folders_hold_no_more_than_the_limit_and_records_no_more_than_theirs(tmp_path: Path) -> None:
    mine = profile("plain")
    mine = replace(mine, volume=replace(mine.volume, files_per_folder=3, records_per_load_file=2))
    made = make([*plain(), item("last.txt", b"x", text="a\fb\fc\fd\fe")], order(profile=mine), folder=tmp_path)
    assert made.stopped == ()
    for folder in (p for p in made.place.rglob("*") if p.is_dir() and p.parent.name in {"IMAGES", "TEXT", "NATIVES"}):
        assert 0 < len(list(folder.iterdir())) <= 3
    assert sorted(p.name for p in (made.place / "DATA").glob("*.DAT")) == ["VOL001.DAT", "VOL001_002.DAT"]
    first = [p.parent.name for p in sorted((made.place / "IMAGES").rglob("*.*"))]
    assert first[:3] == ["001"] * 3  # a family's pages together


STOPS = [
    (Check.UNREVIEWED, {"coding": papers.Coding()}, {}),
    (Check.NOT_RESPONSIVE, {"coding": papers.Coding(Verdict.NOT_RESPONSIVE, Verdict.PRODUCE)}, {}),
    (Check.PRIVILEGED, {"coding": coded(Verdict.UNCLEAR)}, {}),
    (Check.PRIVILEGED, {}, {"privileged": frozenset({"d.pdf"})}),
    (Check.NEAR_PRIVILEGED, {"near": ("other",)}, {"privileged": frozenset({"other"})}),
    (Check.NEAR_PRIVILEGED, {"mail": Mail(thread="t1")}, {"threads": frozenset({"t1"})}),
    (Check.NOT_TAGGED, {"areas": (Area(1, 0, 0, 9, 9, "X"),)}, {}),
    (Check.NOT_REDACTED, {"coding": coded(Verdict.REDACT)}, {}),
    (Check.BEFORE, {}, {"ledger": Ledger(Series("ABC-", 6)).allot("V0", [[("d.pdf", 1)]])}),
    (Check.PERIOD, {}, {"period": (date(2031, 1, 1), None)}),
    (Check.PERIOD, {}, {"period": (None, date(2029, 1, 1))}),
    (Check.MISSING, {"text": " "}, {}),
    (Check.NOT_IMAGED, {"source": b"no pdf at all"}, {}),
    (Check.APPROVAL, {"custodians": ("A", "B")}, {"profile": profile("sec")}),
    (Check.NOT_REDACTED, {"coding": coded(Verdict.REDACT), "areas": (Area(7, 0, 0, 9, 9, "X"),)}, {}),
    (Check.UNDER_REDACTION, {"coding": coded(Verdict.REDACT), "areas": (Area(1, 70, 60, 130, 90, "X"),)}, {}),
]


@pytest.mark.parametrize(("check", "document", "wanted"), STOPS)
def test_each_check_stops_the_volume_unless_a_person_overrides_it(
    check: Check, document, wanted, tmp_path: Path
) -> None:
    body = pdf("Overton here.\n\nAnd again: Overton here.")
    one = [item("d.pdf", body, **{"text": "Overton here.", **document})]
    made = make(one, order(**wanted), folder=tmp_path)
    assert made.place is None
    assert {f.check for f in made.stopped} == {check}
    assert not (tmp_path / "VOL001").exists()
    if check is Check.BEFORE:
        return
    override = Override(check, "k.ito", "agreed with the recipient on 5 May", "d.pdf")
    made = make(one, order(**wanted, overrides=(override,)), folder=tmp_path)
    assert made.place is not None
    record = json.loads((tmp_path / "VOL001.record/checks.json").read_text())
    assert [f["by"]["who"] for f in record["flags"]] == ["k.ito"]


def test_a_page_that_cannot_be_opened_stops_the_volume_or_has_a_slip(tmp_path: Path) -> None:
    broken = pdf("One", "Two").replace(b"<</Type/Page/", b"<</Type/Font/", 1)
    one = [item("d.pdf", broken, text="Two", coding=coded(Verdict.REDACT), areas=(Area(2, 0, 0, 9, 9, "X"),))]
    stopped = make(one, order(), folder=tmp_path).stopped
    assert [(f.check, f.what[:6]) for f in stopped] == [(Check.NOT_IMAGED, "page 1"), (Check.MISSING, "page 1")]
    agreed = tuple(Override(f.check, "k.ito", "the page is lost in the original, too") for f in stopped)
    made = make(one, order(overrides=agreed), folder=tmp_path)
    assert made.summary.pages == 2
    assert len(independent.opt((made.place / "DATA/VOL001.OPT").read_bytes())) == 2


def test_an_override_names_who_and_why() -> None:
    with pytest.raises(BadInput, match="who gives it and why"):
        Override(Check.PERIOD, "k.ito", " ")


def test_a_withheld_child_stops_its_family_and_shows_nothing_but_a_slip(tmp_path: Path) -> None:
    head, _ = family()
    child = item(
        "counsel-memo.pdf", pdf("Secret"), family=head.id, parent=head.id, text="Secret", coding=coded(Verdict.WITHHOLD)
    )
    assert {f.check for f in make([head, child], order(), folder=tmp_path).stopped} == {Check.FAMILY_PRIVILEGED}
    override = Override(Check.FAMILY_PRIVILEGED, "k.ito", "the message itself is not privileged")
    made = make([head, child], order(overrides=(override,)), folder=tmp_path)
    assert made.summary.forms == ((Form.IMAGES, 1), (Form.WITHHELD, 1))
    names, rows = independent.dat((made.place / "DATA/VOL001.DAT").read_bytes())
    slip = dict(zip(names, rows[1], strict=True))
    assert {k: v for k, v in slip.items() if v} == {
        "BEGBATES": "ABC-000003", "ENDBATES": "ABC-000003", "BEGATTACH": "ABC-000001", "ENDATTACH": "ABC-000003",
        "PARENTBATES": "ABC-000001", "PGCOUNT": "1", "CUSTODIAN": "Records Bureau", "ALLCUSTODIANS": "Records Bureau",
        "WITHHELD": "Yes", "TEXTLINK": "TEXT\\001\\ABC-000003.TXT",
    }  # fmt: skip
    assert not (made.place / "NATIVES").exists()


@pytest.mark.parametrize(
    "told", [{"text": "as Overton wrote"}, {"title": "OVERTON"}, {"mail": Mail(subject="re over ton")}]
)
def test_words_redacted_in_a_child_stop_a_parent_that_tells_them(told, tmp_path: Path) -> None:
    head = replace(family()[0], **told)
    areas = (Area(1, 70, 60, 120, 90, "X"),)
    child = item(
        "c.pdf",
        pdf("Overton"),
        family=head.id,
        parent=head.id,
        text="Overton",
        coding=coded(Verdict.REDACT),
        areas=areas,
    )
    made = make([head, child], order(), folder=tmp_path)
    assert [(f.check, f.document) for f in made.stopped] == [(Check.UNDER_REDACTION, head.id)]


def test_metadata_that_tells_a_redacted_word_is_marked_and_listed_and_long_values_are_cut_and_listed(
    tmp_path: Path,
) -> None:
    areas = (Area(1, 70, 60, 120, 90, "X"),)
    mine = profile("plain")
    fields = tuple(replace(f, at_most=5) if f.name == "AUTHOR" else f for f in mine.fields)
    one = item(
        "OVERTON.pdf",
        pdf("Overton"),
        title="On Overton",
        author="Somebody else",
        coding=coded(Verdict.REDACT),
        areas=areas,
    )
    made = make([one], order(profile=replace(mine, fields=fields)), folder=tmp_path)
    names, rows = independent.dat((made.place / "DATA/VOL001.DAT").read_bytes())
    value = dict(zip(names, rows[0], strict=True))
    assert (value["FILENAME"], value["TITLE"], value["AUTHOR"]) == ("[redacted]", "[redacted]", "Someb")
    assert (tmp_path / "VOL001.record/cuts.csv").read_text().splitlines()[1:] == [
        "ABC-000001,FILENAME,11,0", "ABC-000001,TITLE,10,0", "ABC-000001,AUTHOR,13,5",
    ]  # fmt: skip


def test_a_family_is_never_split_and_comes_in_order(tmp_path: Path) -> None:
    head, child = family()
    for wrong in ([child, head], [head, item("x.pdf", b""), child], [child]):
        with pytest.raises(BadInput):
            make(wrong, order(), folder=tmp_path)
    with pytest.raises(BadInput, match="gone through several times"):
        make(iter([head, child]), order(), folder=tmp_path)


class Cut(RuntimeError):
    """The power is out."""


@pytest.mark.parametrize("stop", range(1, 9))
def test_a_run_that_is_cut_anywhere_goes_on_and_gives_the_same_bytes(stop: int, tmp_path: Path, monkeypatch) -> None:
    whole = make(plain(), order(), folder=tmp_path / "whole").place
    real, calls = writing._put, []

    def cut(root, path, content):
        calls.append(path)
        if len(calls) == stop:
            real(root, path, content[: len(content) // 2])
            raise Cut
        return real(root, path, content)

    (tmp_path / "cut").mkdir()
    monkeypatch.setattr(writing, "_put", cut)
    if stop <= 8:
        with pytest.raises(Cut):
            make(plain(), order(), folder=tmp_path / "cut")
    monkeypatch.setattr(writing, "_put", real)
    journal = tmp_path / "cut/.VOL001.part/journal.jsonl"
    if journal.exists():
        with journal.open("ab") as torn:
            torn.write(b'[{"document": "mai')
    made = make(plain(), order(), folder=tmp_path / "cut")
    assert made.stopped == ()
    files = {p.relative_to(whole): p.read_bytes() for p in whole.rglob("*") if p.is_file()}
    assert {p.relative_to(made.place): p.read_bytes() for p in made.place.rglob("*") if p.is_file()} == files


def test_a_changed_decision_begins_the_run_anew(tmp_path: Path) -> None:
    changed = [*family(), item("report.pdf", pdf("#lorem(80)"), text="report text")]
    stopped = make(changed, order(privileged=frozenset({"report.pdf"})), folder=tmp_path)
    assert stopped.place is None
    made = make(plain(), order(), folder=tmp_path)
    assert made.summary.pages == 5


def test_volumes_go_on_where_the_last_one_ended_and_are_never_written_over(tmp_path: Path) -> None:
    first = make(plain(), order(), folder=tmp_path)
    with pytest.raises(BadInput, match="never written over"):
        make(plain(), order(), folder=tmp_path)
    ledger = first.ledger.reserve(Span(7, 9), "exhibits")
    more = [item("a.txt", b"", text="a"), item("b.txt", b"", text="b\fc")]
    second = make(more, order(volume="VOL002", ledger=ledger), folder=tmp_path)
    assert second.summary.ranges == (("ABC-000006", "ABC-000006"), ("ABC-000010", "ABC-000011"))
    assert second.summary.gaps == (("ABC-000007", "ABC-000009", "exhibits"),)


def test_a_clawed_back_document_is_a_placeholder_under_its_old_numbers(tmp_path: Path) -> None:
    first = make(plain(), order(), folder=tmp_path)
    again = order(volume="VOL001R", ledger=first.ledger, replaces=True, clawed_back=frozenset({"report.pdf"}))
    made = make(plain()[2:], again, folder=tmp_path)
    assert made.stopped == ()
    images = independent.opt((made.place / "DATA/VOL001R.OPT").read_bytes())
    assert [i["key"] for i in images] == ["ABC-000004", "ABC-000005"]
    assert made.summary.forms == ((Form.CLAWED_BACK, 1),)
    names, rows = independent.dat((made.place / "DATA/VOL001R.DAT").read_bytes())
    assert dict(zip(names, rows[0], strict=True))["FILENAME"] == ""


WRONG = [
    {"volume": ".x"},
    {"volume": "a b"},
    {"ledger": Ledger(Series("A ".strip(), 2))},
    {"profile": profile("doj-antitrust")},
]


@pytest.mark.parametrize("wanted", WRONG)
def test_names_that_the_recipient_refuses_are_refused_here(wanted) -> None:
    with pytest.raises(BadInput, match="wants"):
        order(**{"volume": "vol1", **wanted})


def test_files_that_change_after_they_were_written_stop_the_volume(tmp_path: Path, monkeypatch) -> None:
    from showcause.produce import volume

    real = volume.load_files

    def meddled(*args, **more) -> None:
        real(*args, **more)
        root = more["folder"].parent
        next(iter(root.rglob("*.TIF"))).write_bytes(b"x")
        next(iter(root.rglob("ABC-000003.TXT"))).unlink()
        (root / "stray").write_text("x")
        dat = more["folder"] / "VOL001.DAT"
        dat.write_bytes(dat.read_bytes().replace(b"ABC-000004", b"ABC-000009"))
        opt = more["folder"] / "VOL001.OPT"
        opt.write_bytes(opt.read_bytes().replace(b",Y,,,1", b",,,,"))

    monkeypatch.setattr(volume, "load_files", meddled)
    made = make(plain(), order(), folder=tmp_path)
    assert made.place is None
    assert {f.check for f in made.flags} == {Check.HASHES, Check.MISSING, Check.ENDS, Check.PATHS, Check.DOCUMENTS}
