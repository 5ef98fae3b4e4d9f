"""A long section without numbers inside is judged paragraph by paragraph."""

from showcause.assess.page import LONG, page

FILLER = "The desk is open from eight to five, and the log is signed by whoever opens it. " * 7


def test_long_sections_are_parted_into_their_paragraphs():
    words = "CONDUCT\n\n" + "\n\n".join(
        f"{thing} are counted. {FILLER}".strip() for thing in ("Keys", "Cards", "Coins")
    )
    paper = page(words)
    assert len(words) > LONG
    assert [words[s.start : s.end].strip()[:5] for s in paper.sections] == ["CONDU", "Cards", "Coins"]
    assert set(paper.roots) == {0}


def test_items_stay_with_what_they_hang_on():
    words = f"{FILLER}\n\nStaff shall not:\n\n(a) lend keys; or\n\n(b) copy cards.\n\n{FILLER}\n\n{FILLER}"
    parts = [words[s.start : s.end] for s in page(words).sections]
    assert any("lend keys" in p and "copy cards" in p and "shall not:" in p for p in parts)


def test_a_short_section_stays_whole():
    assert len(page("Keys are counted.\n\nCards are counted.\n\nCash is counted.").sections) == 1
