"""The index and its search: what fits, where it stands, and that the index is never trusted more than the store."""

from __future__ import annotations

import itertools
import re
from collections.abc import Iterable, Sequence
from datetime import UTC, date, datetime
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from showcause.core import Address, Document, Given, Mail, State
from showcause.find import Source, Words, alike, refreshed, search
from showcause.find import words as room

AT = datetime(2026, 1, 1, tzinfo=UTC)
TEXTS = {
    "a": "The body camera footage is kept for ninety days.",
    "b": "Footage of the camera: body worn. Retention schedule.",
    "c": "retent retention Retentive colour color colours",
    "d": "draft body policy camera",
    "e": "A résumé of Ito, K.; 8 U.S.C. 1373; co-operate.",
    "f": "",
    "g": "𝔘nicode and emoji 🙂 camera; 数据保护 and Straße",
}


def document(name: str, text: str, *, day: date | None = None, mail: Mail | None = None) -> Document:
    return Document(name, name, "eml" if mail else "txt", "Records", day, text, name=f"{name}.txt", mail=mail)


def given_of(doc: Document, path: str, *, parent: str | None = None, custodian: str = "Records") -> Given:
    return Given(
        path, Path(path).name, 1, doc.sha256, State.READ, custodian, "clerk", AT, document=doc.id, parent=parent
    )


def indexed(folder: Path, documents: Iterable[Document], given: Sequence[Given] = (), stamp: str = "1") -> Words:
    held = {one.id: one for one in documents}
    source = Source(sorted(held), lambda ids: (held[i] for i in sorted(ids)), lambda: given, stamp)
    return refreshed(folder, source)


@pytest.fixture
def words(tmp_path: Path) -> Words:
    return indexed(tmp_path, (document(name, text) for name, text in TEXTS.items()))


@pytest.mark.parametrize(
    ("query", "fits", "hits"),
    [
        ("body camera", "a", ["body camera"]),
        ("camera w/3 footage", "ab", ["Footage of the camera", "camera footage"]),
        ("camera pre/3 footage", "a", ["camera footage"]),
        ("camera w/2 footage", "a", ["camera footage"]),
        ("camera not w/3 footage", "dg", ["camera", "camera"]),
        ("retent*", "bc", ["Retention", "Retentive", "retent", "retention"]),
        ("*ention", "bc", ["Retention", "retention"]),
        ("colou?s OR col?r", "c", ["color", "colours"]),
        ("colour~1", "c", ["color", "colour", "colours"]),
        ("colour~2", "c", ["color", "colour", "colours"]),
        ("clour~1", "c", ["colour"]),
        ("cloour~1", "c", ["colour"]),
        ("resume", "e", ["résumé"]),
        ("cooperate", "", []),
        ("co-operate", "e", ["co-operate"]),
        ("8 U.S.C. 1373", "e", ["8 U.S.C. 1373"]),
        ("strasse", "g", ["Straße"]),
        ("数据", "g", ["数据"]),
        ('"the * camera"', "a", ["The body camera"]),
        ("NOT camera", "cef", []),
        ("camera AND NOT (body OR emoji)", "", []),
        ("(footage or retention) w/3 (days or schedule)", "b", ["Retention schedule"]),
        ("the pre/3 footage w/5 days", "a", ["The body camera footage is kept for ninety days"]),
        ("date:none", "abcdefg", []),
        ("*", "abcdefg", []),
    ],
)
def test_a_query_finds_what_it_says_at_its_exact_place(words: Words, query: str, fits: str, hits: list[str]) -> None:
    found = search(words, query)
    assert "".join(sorted(found.documents)) == fits
    said = [TEXTS[hit.document][a:b] for hit in found.shown for a, b in hit.spans]
    assert sorted(said) == sorted(hits)
    assert found.hits == len(hits)


def test_fields_find_what_header_custody_and_date_say(tmp_path: Path) -> None:
    mail = Mail(Address("Kay Ito", "k.ito@city.example"), (Address("", "desk@county.example"),), subject="Second draft")
    one = document("m", "Please read.", day=date(2024, 2, 29), mail=mail)
    two = document("n", "Ito, second draft.", day=date(2025, 1, 1))
    given = [given_of(one, "box/m.eml", custodian="Mayor"), given_of(two, "files/n.txt")]
    words = indexed(tmp_path, [one, two], given)
    expected = {
        "from:ito": "m",
        "from:k.ito@city.example": "m",
        "to:county": "m",
        'subject:"second draft"': "m",
        "second draft": "n",
        "custodian:mayor": "m",
        "path:files": "n",
        "name:n.txt": "n",
        "kind:mail": "m",
        "kind:txt": "n",
        "date:2024": "m",
        "date:2024-02-29..2025": "mn",
        "date:>2024-02-29": "n",
        "from:ito OR path:files": "mn",
    }
    assert {query: "".join(sorted(search(words, query).documents)) for query in expected} == expected


def test_a_changed_custody_is_found_and_the_old_one_is_not(tmp_path: Path) -> None:
    one = document("m", "words")
    indexed(tmp_path, [one], [given_of(one, "a.txt", custodian="Mayor")], "1")
    words = indexed(tmp_path, [one], [given_of(one, "a.txt", custodian="Clerk")], "2")
    assert search(words, "custodian:mayor").documents == ()
    assert search(words, "custodian:clerk").documents == ("m",)


def test_what_is_new_is_added_and_what_left_the_record_is_not_found(tmp_path: Path) -> None:
    for count in range(1, 12):
        held = [document(f"d{n:02}", f"common word{n}") for n in range(count)]
        words = indexed(tmp_path, held, stamp=str(count))
        assert len(search(words, "common").documents) == count
        assert search(words, f"word{count - 1}").documents == (f"d{count - 1:02}",)
    assert len(words.segments) <= 4
    left = indexed(tmp_path, held[3:], stamp="later")
    assert len(search(left, "common").documents) == 8
    assert search(left, "NOT word5").documents != ()
    assert "d00" not in search(left, "NOT word5").documents


@pytest.mark.parametrize("harm", ["gone", "cut", "garbage", "no manifest", "half a manifest"])
def test_a_lost_or_damaged_index_is_built_anew(tmp_path: Path, harm: str) -> None:
    held = [document(name, text) for name, text in TEXTS.items()]
    indexed(tmp_path, held)
    for path in tmp_path.glob("*.words"):
        if harm == "gone":
            path.unlink()
        elif harm == "cut":
            path.write_bytes(path.read_bytes()[:-100])
        elif harm == "garbage":
            path.write_bytes(b"nothing of ours")
    if harm == "no manifest":
        (tmp_path / room.MANIFEST).unlink()
    if harm == "half a manifest":
        (tmp_path / room.MANIFEST).write_text('{"form": 1, "segm')
    assert search(indexed(tmp_path, held), "body camera").documents == ("a",)


def test_a_run_that_is_cut_off_keeps_whole_batches_and_the_next_one_ends_it(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(room, "BATCH", 2)
    held = {n: document(f"d{n}", f"common word{n}") for n in range(6)}

    def broken(ids: Sequence[str]) -> Iterable[Document]:
        for place, name in enumerate(sorted(ids)):
            if place == 4:
                raise RuntimeError("killed")
            yield held[int(name[1:])]

    ids = [f"d{n}" for n in range(6)]
    with pytest.raises(RuntimeError, match="killed"):
        refreshed(tmp_path, Source(ids, broken, list, "1"))
    read: list[str] = []

    def whole(ids: Sequence[str]) -> Iterable[Document]:
        read.extend(ids)
        return (held[int(name[1:])] for name in sorted(ids))

    words = refreshed(tmp_path, Source(ids, whole, list, "1"))
    assert len(search(words, "common").documents) == 6
    assert read == ["d4", "d5"]


def test_families_end_below_archives_and_threads_hold_copies(tmp_path: Path) -> None:
    mails = [
        Mail(Address("", "a@x.example"), message_id="1", digest="q", sent=AT),
        Mail(Address("", "b@x.example"), message_id="2", in_reply_to=("1",), digest="r", sent=AT),
    ]
    top = document("m1", "hello there", mail=mails[0])
    child, grandchild = document("c", "attached"), document("k", "inside")
    other = document("m2", "answer", mail=mails[1])
    given = [
        Given("box.zip", "box.zip", 1, "z", State.CONTAINER, "R", "clerk", AT),
        given_of(top, "box.zip!/m1.eml", parent="box.zip"),
        given_of(child, "box.zip!/m1.eml!/c.eml", parent="box.zip!/m1.eml"),
        given_of(grandchild, "box.zip!/m1.eml!/c.eml!/k.txt", parent="box.zip!/m1.eml!/c.eml"),
        given_of(other, "box.zip!/m2.eml", parent="box.zip"),
    ]
    words = indexed(tmp_path, [top, child, grandchild, other], given)
    assert words.family(words.numbers["k"]) == ["c", "k", "m1"]
    assert words.family(words.numbers["m2"]) == ["m2"]
    assert words.thread(words.numbers["m2"]) == ["m1", "m2"]
    found = search(words, "inside OR answer")
    assert (len(found.documents), found.with_families) == (2, 4)


def near(text: str, left: str, right: str, within: int) -> bool:
    """The oracle: words by a regular expression, nearness by counting."""
    said = re.findall(r"[a-z]+", text)
    places = {word: [n for n, one in enumerate(said) if one == word] for word in (left, right)}
    pairs = itertools.product(places[left], places[right])
    return any(0 < abs(a - b) <= within for a, b in pairs)


@settings(max_examples=60, deadline=None)
@given(
    st.lists(st.lists(st.sampled_from("abcd"), max_size=12).map(" ".join), min_size=1, max_size=6),
    st.sampled_from("abcd"),
    st.sampled_from("abcd"),
    st.integers(1, 5),
)
def test_nearness_is_what_counting_words_says(
    tmp_path_factory: pytest.TempPathFactory, texts: list[str], left: str, right: str, within: int
) -> None:
    words = indexed(tmp_path_factory.mktemp("index"), (document(f"d{n}", text) for n, text in enumerate(texts)))
    found = search(words, f"{left} w/{within} {right}").documents
    assert sorted(found) == [f"d{n}" for n, text in enumerate(texts) if near(text, left, right, within)]


@settings(max_examples=60, deadline=None)
@given(st.lists(st.text(max_size=30), min_size=1, max_size=5))
def test_every_word_of_every_text_is_found_at_its_place(
    tmp_path_factory: pytest.TempPathFactory, texts: list[str]
) -> None:
    words = indexed(tmp_path_factory.mktemp("index"), (document(f"d{n}", text) for n, text in enumerate(texts)))
    for n, text in enumerate(texts):
        for m in re.finditer(r"[A-Za-z0-9]+", text):
            whole = re.search(r"\S*\Z", text[: m.start()])[0] + re.match(r"\S*", text[m.start() :])[0]
            if not whole.isascii() or "_" in whole:
                continue
            found = {hit.document: hit.spans for hit in search(words, f'"{m[0]}"').shown}
            assert m.span() in found[f"d{n}"]


def body(seed: int, count: int = 200) -> list[str]:
    return [f"w{(seed * 7919 + n * n * 31 + n * seed) % 977}" for n in range(count)]


def test_near_duplicates_are_grouped_around_the_longest_and_others_are_not(tmp_path: Path) -> None:
    one = body(1)
    edited = [*one[:90], "changed", *one[91:]]
    longer = [*one, *body(5, 12)]
    texts = {"a": one, "b": edited, "c": longer, "d": body(2), "e": body(3), "f": []}
    words = indexed(tmp_path, (document(name, " ".join(said)) for name, said in texts.items()))
    groups = alike(words)
    assert [group.head for group in groups] == ["c"]
    assert {name for name, _ in groups[0].others} == {"a", "b"}
    assert all(0.8 <= share <= 1 for _, share in groups[0].others)
    assert alike(words, least=0.999) == ()


def test_the_same_words_in_another_order_are_no_near_duplicates(tmp_path: Path) -> None:
    said = body(4)
    turned = sorted(said)
    words = indexed(tmp_path, [document("a", " ".join(said)), document("b", " ".join(turned))])
    assert alike(words) == ()
