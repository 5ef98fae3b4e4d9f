"""A bag is what stock tools accept, shows nothing withheld, is the same twice, and falls by one changed bit."""

from __future__ import annotations

import dataclasses
import hashlib
import io
import json
import re
import subprocess
import zipfile
from collections.abc import Iterable
from pathlib import Path

import bagit
import pytest
from small_matter import CANARY, T, judge

from showcause.core import RECORD, Finding, Given, State, Verdict
from showcause.errors import BadInput, NoRoom, NotFound, NotProven
from showcause.prove import Report, make_key, prove, shown, verify
from showcause.store import Entry


@pytest.fixture(params=["proof", "proof.zip"])
def made(request: pytest.FixtureRequest, matter, tmp_path: Path) -> Path:
    """The bag, as a folder and as a zip."""
    return prove(matter.case, to=tmp_path / "out" / request.param, evidence=matter.evidence, key=matter.key)


def unpacked(bag: Path, to: Path) -> Path:
    if bag.is_dir():
        return bag
    with zipfile.ZipFile(bag) as archive:
        archive.extractall(to)
    return to / bag.stem


def held(report: Report) -> dict[str, bool]:
    return {check.name: check.ok for check in report.checks}


# --- stock tools -----------------------------------------------------------------------------------


def test_stock_sha256sum_ssh_keygen_and_bagit_accept_it(made: Path, tmp_path: Path) -> None:
    folder = unpacked(made, tmp_path / "unpacked")
    for manifest in ("manifest-sha256.txt", "tagmanifest-sha256.txt"):
        ran = subprocess.run(["sha256sum", "--strict", "-c", manifest], cwd=folder, capture_output=True, check=False)
        assert ran.returncode == 0, ran.stderr
    commands = (folder / "HOWTO.txt").read_text()
    said = []
    for command in (line.strip() for line in commands.splitlines() if line.strip().startswith("ssh-keygen")):
        ran = subprocess.run(command, shell=True, cwd=folder, capture_output=True, text=True, check=False)  # noqa: S602 - the very lines a stranger is told to type
        said.append(ran.stdout)
    good, fingerprint = said
    assert good.startswith('Good "showcause" signature for signer with ED25519 key SHA256:')
    assert good.split()[-1] == fingerprint.split()[1]
    (folder / "data" / "matter.json").touch()
    bagit.Bag(str(folder)).validate()


def test_stock_ssh_keygen_refuses_another_message_and_another_key(made: Path, tmp_path: Path) -> None:
    folder = unpacked(made, tmp_path / "unpacked")
    verify_with = ["ssh-keygen", "-Y", "verify", "-I", "signer", "-n", "showcause"]
    other = make_key(tmp_path / "other").read_text()
    (tmp_path / "others").write_text(f"signer {other}")
    signed = (folder / "tagmanifest-sha256.txt").read_bytes()
    for signers, message in ((folder / "allowed_signers", b"x"), (tmp_path / "others", signed)):
        signature = folder / "tagmanifest-sha256.txt.sig"
        ran = subprocess.run(
            [*verify_with, "-f", signers, "-s", signature], input=message, capture_output=True, check=False
        )
        assert ran.returncode != 0


def test_a_signature_made_by_ssh_keygen_is_accepted_here(matter, tmp_path: Path) -> None:
    from showcause.prove import sshsig

    message = tmp_path / "message"
    message.write_bytes(b"any bytes")
    subprocess.run(
        ["ssh-keygen", "-Y", "sign", "-f", matter.key, "-n", "showcause", message], check=True, capture_output=True
    )
    theirs = (tmp_path / "message.sig").read_text()
    ours, public = sshsig.sign(b"any bytes", key=matter.key)
    assert theirs == ours
    assert sshsig.check(b"any bytes", theirs) == public
    assert f"{public} showcause\n" == Path(f"{matter.key}.pub").read_text()
    printed = subprocess.run(
        ["ssh-keygen", "-l", "-f", f"{matter.key}.pub"], check=True, capture_output=True, text=True
    )
    assert sshsig.fingerprint(public) in printed.stdout


def test_a_key_is_its_owners_alone_and_never_written_over(tmp_path: Path) -> None:
    make_key(tmp_path / "deep" / "key")
    assert (tmp_path / "deep" / "key").stat().st_mode & 0o777 == 0o600
    with pytest.raises(BadInput, match="never written over"):
        make_key(tmp_path / "deep" / "key")


def test_keys_that_cannot_sign_are_named(matter, tmp_path: Path) -> None:
    locked, ecdsa = tmp_path / "locked", tmp_path / "ecdsa"
    subprocess.run(["ssh-keygen", "-q", "-t", "ed25519", "-N", "words", "-f", locked], check=True)
    subprocess.run(["ssh-keygen", "-q", "-t", "ecdsa", "-N", "", "-f", ecdsa], check=True)
    for key, error, said in (
        (tmp_path / "none", NotFound, "there is no signing key"),
        (locked, BadInput, "without a passphrase"),
        (ecdsa, BadInput, "no Ed25519 key"),
        (tmp_path / "matter.db", BadInput, "no OpenSSH key"),
    ):
        with pytest.raises(error, match=said):
            prove(matter.case, to=tmp_path / "bag", evidence=matter.evidence, key=key)
    assert not (tmp_path / "bag").exists()


# --- verify ----------------------------------------------------------------------------------------


def test_a_whole_bag_passes_every_check(made: Path, matter) -> None:
    report = verify(made, signers=Path(f"{matter.key}.pub"))
    assert report.failures == ()
    names = ["container", "tag files", "manifest", "files", "signature", "log", "passages", "papers"]
    assert [check.name for check in report.checks] == names


def test_signers_that_do_not_hold_the_key_are_not_enough(made: Path, tmp_path: Path) -> None:
    report = verify(made, signers=make_key(tmp_path / "other"))
    assert [failure.partition(":")[0] for failure in report.failures] == ["signature"]
    assert "not among the signers you named" in report.failures[0]


def test_an_unsigned_bag_is_said_to_be_so(matter, tmp_path: Path) -> None:
    report = verify(prove(matter.case, to=tmp_path / "bag", evidence=matter.evidence, key=None))
    assert report.failures == ("signature: tagmanifest-sha256.txt.sig: is missing; the bag is not signed",)


def test_judging_again_reaches_every_finding_that_stands_whole(made: Path) -> None:
    report = verify(made, rederive=judge)
    assert report.failures == ()
    assert report.rederived == 6  # two readings of: a passage and the whole of the manual, the order
    reasons = {one.reason for one in report.not_rederivable}
    assert reasons == {"rests on a withheld document", "rests on a person's judgement"}


def test_a_judge_that_finds_otherwise_is_reported_both_ways(made: Path) -> None:
    def milder(doc, **how) -> Iterable[Finding]:
        for finding in judge(doc, **how):
            if finding.verdict is Verdict.CONFLICT:
                yield dataclasses.replace(finding, verdict=Verdict.UNCLEAR)

    report = verify(made, rederive=milder)
    said = "\n".join(report.failures)
    assert "t/telling#a, broad: manual.txt (duty:1) is not reached again" in said
    assert "lacks t/telling#a, broad: manual.txt (duty:1), which judging again finds" in said
    assert "t/telling#a, broad: order.txt (duty:1) is not reached again" in said


def test_another_version_of_the_judge_is_said_in_one_line(made: Path) -> None:
    def newer(doc, **how) -> Iterable[Finding]:
        return [dataclasses.replace(finding, by="duty:2") for finding in judge(doc, **how)]

    failures = verify(made, rederive=newer).failures
    assert failures == ("rederive: data/findings.jsonl: was judged by duty:1; here judges duty:2",)


def test_a_record_finding_must_be_the_worst_of_its_documents(matter, tmp_path: Path) -> None:
    kept = [f for f in matter.case.findings if not f.by.startswith("person")]
    whole = dataclasses.replace(matter.case, findings=tuple(kept))
    bag = prove(whole, to=tmp_path / "a", evidence=matter.evidence, key=matter.key, internal=True)
    report = verify(bag, rederive=judge)
    assert report.failures == ()
    assert report.rederived == 12
    assert [one.finding for one in report.not_rederivable] == ["c1, plain: the record (duty:1)"]
    record = next(f for f in kept if f.why == "worst of the record")
    milder = dataclasses.replace(record, verdict=Verdict.UNCLEAR)
    wrong = dataclasses.replace(whole, findings=tuple(milder if f is record else f for f in kept))
    bag = prove(wrong, to=tmp_path / "b", evidence=matter.evidence, key=matter.key, internal=True)
    assert "says unclear; judged again it is conflict" in verify(bag, rederive=judge).failures[0]


FILES_FLIPPED_AT = (0, 0.37, 0.5, 0.93, 1)  # places in each file, as parts of its length


def test_one_flipped_bit_in_any_file_is_caught_and_named(matter, tmp_path: Path) -> None:
    bag = prove(matter.case, to=tmp_path / "bag", evidence=matter.evidence, key=matter.key)
    files = sorted(path for path in bag.rglob("*") if path.is_file())
    assert len(files) > 20
    for number, path in enumerate(files):
        good = path.read_bytes()
        for part in FILES_FLIPPED_AT:
            bad = bytearray(good)
            bad[int(part * (len(good) - 1))] ^= 1 << (number % 8)
            path.write_bytes(bytes(bad))
            failures = "\n".join(verify(bag, rederive=judge).failures)
            assert path.relative_to(bag).as_posix() in failures, (path, part, failures)
        path.write_bytes(good)
    assert verify(bag).failures == ()


def test_one_flipped_bit_anywhere_in_a_zip_is_caught(matter, tmp_path: Path) -> None:
    bag = prove(matter.case, to=tmp_path / "bag.zip", evidence=matter.evidence, key=matter.key)
    good = bag.read_bytes()
    for place in range(0, len(good), 211):
        bad = bytearray(good)
        bad[place] ^= 1 << (place % 8)
        bag.write_bytes(bytes(bad))
        assert verify(bag).failures, place
    with zipfile.ZipFile(bag.with_name("good.zip"), "w"):
        pass
    bag.write_bytes(good)
    with zipfile.ZipFile(bag) as archive:
        for info in archive.infolist():
            bad = bytearray(good)
            bad[info.header_offset + 30 + len(info.filename.encode()) + info.file_size // 2] ^= 16
            bag.write_bytes(bytes(bad))
            assert info.filename.removeprefix("bag/") in "\n".join(verify(bag).failures)


@pytest.mark.parametrize("where", ["front", "back", "comment", "twice"])
def test_bytes_smuggled_into_a_zip_are_caught(matter, tmp_path: Path, where: str) -> None:
    bag = prove(matter.case, to=tmp_path / "bag.zip", evidence=matter.evidence, key=matter.key)
    data = bag.read_bytes()
    if where == "front":
        bag.write_bytes(b"#!" + data)
    elif where == "back":
        bag.write_bytes(data + b"more")
    else:
        with (
            zipfile.ZipFile(bag, "a") as archive,
            pytest.warns(UserWarning, match="Duplicate name") if where == "twice" else _quiet(),
        ):
            if where == "twice":
                archive.writestr("bag/bagit.txt", "other")
            else:
                archive.comment = b"comment"
    assert any(failure.startswith("container") for failure in verify(bag).failures)


class _quiet:  # noqa: N801 - stands where pytest.warns does
    def __enter__(self) -> None:
        pass

    def __exit__(self, *_: object) -> None:
        pass


@pytest.mark.parametrize(
    ("path", "check"),
    [
        ("data/extra.txt", "files"),
        ("extra.txt", "files"),
        ("data/documents/.hidden", "files"),
        ("data/link", "container"),
    ],
)
def test_a_file_too_many_is_named(matter, tmp_path: Path, path: str, check: str) -> None:
    bag = prove(matter.case, to=tmp_path / "bag", evidence=matter.evidence, key=matter.key)
    if path.endswith("link"):
        (bag / path).symlink_to("/etc/hostname")
    else:
        (bag / path).write_text("more")
    assert any(failure.startswith(f"{check}: {path}") for failure in verify(bag).failures)


def test_a_file_too_few_is_named_whichever_it_is(matter, tmp_path: Path) -> None:
    bag = prove(matter.case, to=tmp_path / "bag", evidence=matter.evidence, key=matter.key)
    for path in sorted(p for p in bag.rglob("*") if p.is_file()):
        good = path.read_bytes()
        path.unlink()
        assert path.relative_to(bag).as_posix() in "\n".join(verify(bag, rederive=judge).failures)
        path.write_bytes(good)


def resigned(bag: Path, key: Path) -> None:
    """What a signer could do who tells falsehoods: all digests and the signature made anew."""
    from showcause.prove import bag as bags
    from showcause.prove import sshsig

    for name, wanted in ((bags.MANIFEST, "data/*"), (bags.TAGS, "*")):
        files = [
            p for p in bag.glob("**/*") if p.is_file() and (p.is_relative_to(bag / "data") == (wanted == "data/*"))
        ]
        paths = [p for p in files if p.name not in {bags.TAGS, bags.SIGNATURE}]
        sums = ((p.relative_to(bag).as_posix(), hashlib.sha256(p.read_bytes()).hexdigest()) for p in paths)
        (bag / name).write_bytes(bags.manifest(sums))
    (bag / bags.SIGNATURE).write_text(sshsig.sign((bag / bags.TAGS).read_bytes(), key=key)[0])


FALSEHOODS = {
    "a passage's words": ("data/passages.jsonl", "never tell", "always tell", "passages", "data/passages.jsonl line 1"),
    "a finding's place": ("data/findings.jsonl", '"start": 22', '"start": 21', "passages", "data/findings.jsonl line 1"),
    "a document's text": ("data/documents/*.txt", "never tell", "ever, tell", "passages", "data/passages.jsonl line 1"),
    "a source": ("data/sources/*.txt", "Members", "Embers!", "passages", "is not the source of the document"),
    "an opened entry": ("data/log.jsonl", "order.txt", "ordre.txt", "log", "is not what was committed to"),
    "a commitment": ("data/log.jsonl", '"n": 2', '"n": 3', "log", "data/log.jsonl line 2"),
    "a paper": ("data/matter.json", "opinion.pdf", "opinion.doc", "papers", "data/papers/opinion.doc"),
    "a verdict": ("data/findings.jsonl", '"conflict"', '"unclear"', "rederive", "is not reached again"),
    "a rule": ("data/laws/*.json", "never tell", "tell", "rederive", "which judging again finds"),
    "what can't be judged again": ("data/not-rederivable.jsonl", "k.ito", "k.eto", "rederive", "does not list"),
}  # fmt: skip


@pytest.mark.parametrize("case", FALSEHOODS.values(), ids=FALSEHOODS.keys())
def test_a_falsehood_is_caught_even_if_it_is_signed(matter, tmp_path: Path, case: tuple[str, ...]) -> None:
    pattern, true, false, check, said = case
    bag = prove(matter.case, to=tmp_path / "bag", evidence=matter.evidence, key=matter.key)
    changed = [p for p in sorted(bag.glob(pattern)) if true.encode() in p.read_bytes()]
    assert changed
    changed[0].write_bytes(changed[0].read_bytes().replace(true.encode(), false.encode()))
    resigned(bag, matter.key)
    report = verify(bag, rederive=judge)
    assert held(report)["manifest"]
    assert held(report)["signature"]
    assert not held(report)[check]
    assert said in "\n".join(report.failures)


@pytest.mark.parametrize("what", ["nothing", "folder", "file"])
def test_what_is_no_bag_is_bad_input_or_no_proof(tmp_path: Path, what: str) -> None:
    place = tmp_path / "place"
    if what == "folder":
        place.mkdir()
    if what == "file":
        place.write_text("words")
        assert verify(place).failures[0].startswith("container: place: can't be read as a zip")
        return
    with pytest.raises(BadInput):
        verify(place)


# --- the same twice --------------------------------------------------------------------------------


@pytest.mark.parametrize("name", ["bag", "bag.zip"])
def test_the_same_state_gives_the_same_bytes(matter, tmp_path: Path, name: str) -> None:
    first, second = tmp_path / "one" / name, tmp_path / "two" / name
    for to in (first, second, second):  # the last takes the place of a bag that is there
        prove(matter.case, to=to, evidence=matter.evidence, key=matter.key)
    assert contents(first) == contents(second)


def contents(bag: Path) -> dict[str, bytes]:
    files = [bag] if bag.is_file() else sorted(p for p in bag.rglob("*") if p.is_file())
    return {p.relative_to(bag).as_posix(): p.read_bytes() for p in files}


def test_what_is_no_bag_is_never_written_over(matter, tmp_path: Path) -> None:
    (tmp_path / "mine").mkdir()
    (tmp_path / "mine" / "work.txt").write_text("mine")
    (tmp_path / "mine.zip").write_text("mine")
    for name in ("mine", "mine.zip"):
        with pytest.raises(BadInput):
            prove(matter.case, to=tmp_path / name, evidence=matter.evidence, key=matter.key)
    with pytest.raises(NoRoom):
        prove(matter.case, to=tmp_path / "mine.zip" / "bag", evidence=matter.evidence, key=matter.key)
    assert (tmp_path / "mine" / "work.txt").read_text() == "mine"


# --- what is withheld ------------------------------------------------------------------------------


def secrets_of(matter) -> list[bytes]:
    secret = matter.secret
    words = [CANARY, secret.id, secret.sha256, secret.sha256[:12], hashlib.sha256(secret.text.encode()).hexdigest()]
    return [word.encode() for word in words]


def test_no_byte_of_the_bag_tells_of_what_is_withheld(made: Path, matter) -> None:
    for path, data in contents(made).items():
        for word in secrets_of(matter):
            assert word not in data, (path, word)
            assert word.decode() not in path


def test_the_filtered_case_hides_as_much(matter, tmp_path: Path) -> None:
    """A caller who has already left the withheld document out of the case: its attachment's parent stays out too."""
    secret = matter.secret.id
    case = dataclasses.replace(
        matter.case,
        documents={name: doc for name, doc in matter.case.documents.items() if name != secret},
        given=tuple(g for g in matter.case.given if g.document != secret),
        findings=tuple(f for f in matter.case.findings if CANARY not in f.why and matter.secret not in (f.about, *(c.doc for c in f.cites))),
    )  # fmt: skip
    case = dataclasses.replace(
        case, findings=tuple(f for f in case.findings if getattr(f.about, "doc", None) != matter.secret)
    )
    bag = prove(case, to=tmp_path / "bag", evidence=matter.evidence, key=matter.key)
    assert not [path for path, data in contents(bag).items() if any(word in data for word in secrets_of(matter))]
    assert not (bag / "data" / "sources" / f"{matter.holder.id}.eml").exists()


def test_the_message_that_holds_a_withheld_attachment_is_shown_as_text_alone(matter, tmp_path: Path) -> None:
    bag = prove(matter.case, to=tmp_path / "bag", evidence=matter.evidence, key=matter.key)
    assert (bag / "data" / "documents" / f"{matter.holder.id}.txt").is_file()
    assert not (bag / "data" / "sources" / f"{matter.holder.id}.eml").exists()


def test_findings_that_rest_on_it_are_named_by_question_and_reading_alone(matter, tmp_path: Path) -> None:
    bag = prove(matter.case, to=tmp_path / "bag", evidence=matter.evidence, key=matter.key)
    listed = [json.loads(line) for line in (bag / "data" / "not-rederivable.jsonl").read_text().splitlines()]
    withheld = [line["finding"] for line in listed if line["reason"] == "rests on a withheld document"]
    assert withheld == ["t/telling#a, narrow", "t/telling#a, broad", "c1, plain"]


def test_the_log_carries_every_commitment_and_opens_only_what_concerns_the_bag(matter, tmp_path: Path) -> None:
    bag = prove(matter.case, to=tmp_path / "bag", evidence=matter.evidence, key=matter.key)
    lines = [json.loads(line) for line in (bag / "data" / "log.jsonl").read_text().splitlines()]
    assert [line["commitment"] for line in lines] == [entry.commitment.hex() for entry in matter.evidence.entries]
    opened = {line["n"] for line in lines if "entry" in line}
    closed = [entry for entry in matter.evidence.entries if entry.act.seq not in opened]
    assert all(salt_of(entry) not in json.dumps(lines) for entry in closed)
    assert {entry.act.act for entry in closed} == {"add", "read", "give", "assess", "find"}
    manual = next(name for name, doc in matter.case.documents.items() if doc.name == "manual.txt")
    mine = {e.act.act for e in matter.evidence.entries if e.act.seq in opened and manual in e.about}
    assert mine == {"read", "give", "assess", "find"}


def salt_of(entry: Entry) -> str:
    return entry.salt.hex()


def test_a_finding_of_the_whole_record_rests_on_a_withheld_document_that_it_does_not_cite(matter) -> None:
    """The record's verdict cites a few passages only, and yet every document that bears has made it."""
    record = [
        f for f in matter.case.findings if f.about is RECORD and matter.secret.id not in {c.doc.id for c in f.cites}
    ]
    assert len(record) == 2
    clear = shown(matter.case, matter.evidence.entries, matter.evidence.withheld).case
    assert not set(record) & set(clear.findings)


def test_papers_are_printed_from_a_case_that_tells_of_what_could_not_be_read_and_not_of_what_is_withheld(
    matter,
) -> None:
    unread = Given("scan.pdf", "scan.pdf", 3, "ee" * 32, State.UNREADABLE, "Records", "k", T, None, None, "no text")
    case = dataclasses.replace(matter.case, given=(*matter.case.given, unread))
    clear = shown(case, matter.evidence.entries, matter.evidence.withheld).case
    assert unread in clear.given
    assert matter.secret.id not in {one.document for one in clear.given} | clear.documents.keys()


def test_a_withheld_name_that_would_slip_in_by_another_way_stops_the_proof(matter, tmp_path: Path) -> None:
    leaking = dataclasses.replace(matter.case, request_states={"t/telling#a": f"see {matter.secret.name}"})
    with pytest.raises(NotProven, match=r"data/matter\.json: would name a withheld document"):
        prove(leaking, to=tmp_path / "bag", evidence=matter.evidence, key=matter.key)
    assert not (tmp_path / "bag").exists()


def typst_pdf(words: str) -> bytes:
    import typst

    return bytes(typst.compile(words.encode()))


def docx(words: str) -> bytes:
    import docx as library

    made, out = library.Document(), io.BytesIO()
    half = len(words) // 2
    paragraph = made.add_paragraph(words[:half])
    paragraph.add_run(words[half:]).bold = True
    made.save(out)
    return out.getvalue()


@pytest.mark.parametrize(
    ("name", "printed"),
    [
        ("report.html", lambda word: f"<p>See <b>{word[:4]}</b>{word[4:]}.</p>".encode()),
        ("opinion.docx", lambda word: docx(f"See {word}.")),
        ("opinion.pdf", lambda word: typst_pdf(f"See #emph[{word}].")),
    ],
)
def test_a_paper_printed_from_the_full_case_stops_the_proof(matter, tmp_path: Path, name: str, printed) -> None:
    for word, stops in ((matter.secret.name, True), ("Peregrination.txt", False)):
        evidence = dataclasses.replace(matter.evidence, papers={name: printed(word)})
        if stops:
            with pytest.raises(NotProven, match=rf"data/papers/{re.escape(name)}: would name a withheld document"):
                prove(matter.case, to=tmp_path / "bag", evidence=evidence, key=matter.key)
        else:
            prove(matter.case, to=tmp_path / "bag", evidence=evidence, key=matter.key)


def test_a_word_that_a_shown_document_speaks_is_no_secret(matter, tmp_path: Path) -> None:
    spoken = dataclasses.replace(matter.secret, name="mail.eml")
    documents = {name: spoken if name == spoken.id else doc for name, doc in matter.case.documents.items()}
    case = dataclasses.replace(matter.case, documents=documents, findings=())
    holder = dataclasses.replace(matter.holder, text="See mail.eml, attached.")
    case = dataclasses.replace(case, documents={**documents, holder.id: holder})
    bag = prove(case, to=tmp_path / "bag", evidence=matter.evidence, key=matter.key)
    assert any(b"See mail.eml, attached." in data for data in contents(bag).values())


def test_the_internal_edition_holds_everything(matter, tmp_path: Path) -> None:
    bag = prove(matter.case, to=tmp_path / "bag", evidence=matter.evidence, key=matter.key, internal=True)
    report = verify(bag, rederive=judge)
    assert report.failures == ()
    everything = b"".join(contents(bag).values())
    assert all(word in everything for word in secrets_of(matter)[:3])
    lines = (bag / "data" / "log.jsonl").read_text().splitlines()
    assert all("entry" in json.loads(line) for line in lines)
