"""Nothing redacted or withheld can be found in any byte of a volume; and the searcher finds it in what it came from."""

from __future__ import annotations

import tempfile
from dataclasses import replace
from pathlib import Path
from random import Random

import leaky
import pytest
import searcher
from hypothesis import given, settings
from hypothesis import strategies as st
from papers import Area

from showcause.produce.bates import Ledger, Series
from showcause.produce.order import Check, Order, Override
from showcause.produce.paging import opened
from showcause.produce.profile import ImageForm, LoadKind, profile
from showcause.produce.redact import MARK, left
from showcause.produce.volume import make

FAMILIES = 100
WORD = "Agreed with counsel."
WANTED = "Qzvvvvvvvvvv"


def order(form: ImageForm = ImageForm.TIFF) -> Order:
    plain = profile("plain")
    plain = replace(plain, load=replace(plain.load, kinds=tuple(LoadKind)), images=replace(plain.images, form=form))
    return Order("LEAK", plain, Ledger(Series("L-", 6)), overrides=(Override(Check.FAMILY_PRIVILEGED, "k.ito", WORD),))


def volume(families, folder: Path, form: ImageForm = ImageForm.TIFF) -> Path:
    made = make([item for items, _ in families for item in items], order(form), folder=folder)
    assert made.stopped == ()
    assert made.place is not None
    return made.place


@pytest.mark.parametrize("form", list(ImageForm))
def test_nothing_redacted_or_withheld_is_in_any_byte_of_a_hundred_families(form: ImageForm, tmp_path: Path) -> None:
    chance = Random(11)  # noqa: S311 - a seeded choice of documents, no secret
    families = [leaky.family(number, chance) for number in range(FAMILIES // 2)]
    root = volume(families, tmp_path, form)
    assert searcher.found(root, [secret for _, secret in families]) == []
    assert searcher.found(root, [leaky.KEEP]) != []


@given(
    st.lists(st.tuples(st.sets(st.sampled_from(leaky.HIDES)), st.sampled_from(leaky.FILTERS), st.sampled_from([0, 90, 180, 270])), min_size=1, max_size=3)
)  # fmt: skip
@settings(max_examples=25, deadline=None)
def test_wherever_a_paper_hides_it_the_volume_does_not_show_it(papers) -> None:
    chance = Random(5)  # noqa: S311 - the same
    families = []
    for number, (hides, way, rotate) in enumerate(papers):
        secret = leaky.token(chance)
        families.append(([leaky.redacted(number, secret, hides=tuple(sorted(hides)), way=way, rotate=rotate)], secret))
    with tempfile.TemporaryDirectory() as folder:
        root = volume(families, Path(folder))
        assert searcher.found(root, [secret for _, secret in families]) == []
        for text in (root / "TEXT").rglob("*.TXT"):
            assert sorted(text.read_text("utf-8-sig").split()) == [leaky.KEEP, MARK]


@pytest.mark.parametrize("rotate", [0, 90, 180, 270])
@pytest.mark.parametrize("hides", [(), leaky.HIDES])
def test_two_papers_that_differ_in_what_is_redacted_alone_give_the_same_bytes(
    hides, rotate: int, tmp_path: Path
) -> None:
    roots = []
    for secret in ("Qzbbbbbbbbbb", "Qzkkwwvvxxzz"):
        item = leaky.redacted(1, secret, hides=hides, way="FlateDecode", rotate=rotate)
        item = replace(item, size=1000)  # the size of the source is told, and zlib makes it another
        roots.append(volume([([item], secret)], tmp_path / secret))
    one, other = ({p.relative_to(r): p.read_bytes() for p in r.rglob("*") if p.is_file()} for r in roots)
    assert one == other


@pytest.mark.parametrize("hide", leaky.HIDES)
@pytest.mark.parametrize("way", leaky.FILTERS)
def test_the_searcher_finds_it_in_the_paper_itself(hide: str, way: str, tmp_path: Path) -> None:
    """Without this, a searcher that finds nothing would let everything pass."""
    secret = WANTED
    seen = secret if hide == "form" else "Otherwordsxx"
    name = f"{secret}.pdf" if hide == "name" else "paper.pdf"
    (tmp_path / name).write_bytes(leaky.pdf(secret, (hide,), way, seen=seen))
    assert searcher.found(tmp_path, [secret])


WRAPS = {
    "name in a mail": lambda s: leaky.mail("Nothing", b"", f"{s}.pdf"),
    "sheet": leaky.sheet,
    "utf-16": lambda s: s.encode("utf-16"),
}


@pytest.mark.parametrize("wrap", list(WRAPS))
def test_the_searcher_finds_it_in_other_wrappings(wrap: str, tmp_path: Path) -> None:
    (tmp_path / "x.bin").write_bytes(WRAPS[wrap](WANTED))
    assert searcher.found(tmp_path, [WANTED])


def test_a_message_whose_attachment_is_kept_back_is_not_produced_as_it_is(tmp_path: Path) -> None:
    chance = Random(3)  # noqa: S311 - the same
    kinds = (leaky.family(number, chance) for number in range(100))
    withheld = next(f for f in kinds if f[0][-1].withheld)
    root = volume([withheld], tmp_path)
    assert not (root / "NATIVES").exists()
    assert withheld[0][0].coding.native


def test_the_visible_secret_is_where_the_area_says() -> None:
    """The papers themselves are right: the area covers the secret as it is seen, on pages that lie too."""
    for rotate in (0, 90, 180, 270):
        item = leaky.redacted(1, WANTED, hides=(), way="", rotate=rotate)
        with opened(item) as pages:
            assert left(pages, 1, areas=item.areas).gone == (WANTED,)
            away = Area(1, 0, 0, 1, 1, "X")
            assert WANTED in left(pages, 1, areas=(away,)).text
