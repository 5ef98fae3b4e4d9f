"""Signs: phrases of a pack that keep or break a requirement, read with their negation and force."""

from __future__ import annotations

from datetime import UTC, datetime
from pathlib import Path

import pytest

from showcause.ask import law
from showcause.ask.pack import problems
from showcause.assess import judge
from showcause.core import Document

PACK = """
id = "xx/boats"
citation = "Boats Act § 1"

[[requirements]]
name = "row"
text = "A ferryman shall row whoever comes to the farther bank."
modality = "obliged"
acts = ["ferry"]
keeps = ["(fetch|bring) ... {over}", "=whoever is there goes {over}", "@within 2 days & ferry*"]
breaks = ["@over 4 days & ferry*", "{wait} ... (tide|full boat) & (oar|oars)", "leave* (him|her|them) on the (bank|quay) & !drunk"]

[[readings]]
id = "plain"

[words]
over = "(over|across|to the other side)"

[acts.ferry]
verbs = ["ferry"]

[matters.boat]
words = ["zzz"]
"""


@pytest.fixture
def boats(tmp_path: Path) -> law.Law:
    path = tmp_path / "boats.toml"
    path.write_text(PACK, encoding="utf-8")
    return law.load(str(path))


def judged(folder: Path, pack: str, words: str) -> list[str]:
    """The verdicts on `words` under the law that `pack` writes down."""
    path = folder / "boats.toml"
    path.write_text(pack, encoding="utf-8")
    found = judge(
        Document("d", "", "txt", "", None, words), laws=[law.load(str(path))], at=datetime(2031, 1, 1, tzinfo=UTC)
    )
    return [str(f.verdict) for f in found]


@pytest.mark.parametrize(
    ("words", "verdict"),
    [
        ("Fetch each of them over.", "complies"),
        ("Do not fetch strangers across.", "conflict"),
        ("You may bring strangers across.", "unclear"),
        ("Whoever is there goes over.", "complies"),
        ("Hold the oars for a full boat.", "conflict"),
        ("Here are the oars. Wait until the tide turns.", "conflict"),
        ("Take the oars and never wait for the tide.", "complies"),
        ("Wait for the tide.", "silent"),
        ("Leave him on the quay.", "conflict"),
        ("Leave him on the quay if he is drunk.", "silent"),
        ("The ferry crosses within 48 hours.", "complies"),
        ("The ferry crosses no later than a day after the call.", "complies"),
        ("The ferry crosses in three days.", "silent"),
        ("The ferry crosses a week after the call.", "conflict"),
        ("The ferry crosses no sooner than one day after the call.", "silent"),
        ("Do you fetch them over?", "silent"),
        ("Do you fetch them over? Yes, each of them.", "complies"),
        ("Do you fetch them over? No.", "conflict"),
        ("Q. Must I wait for the tide with the oars in my hand? A. No, row.", "complies"),
        ("Do you fetch them over? That depends.", "silent"),
        ("The oars wait for the tide and nobody ferries strangers.", "conflict"),
        ("Whereas they are fetched over, we are glad of it.", "silent"),
    ],
)
def test_a_sign_is_read_with_its_negation_and_force(boats: law.Law, words: str, verdict: str) -> None:
    found = judge(Document("d", "", "txt", "", None, words), laws=[boats], at=datetime(2031, 1, 1, tzinfo=UTC))
    assert [str(f.verdict) for f in found] == [verdict]
    for cite in found[0].cites:
        assert words[cite.start : cite.end] == cite.text


def test_a_sound_pack_has_no_problem() -> None:
    assert problems(PACK.encode()) == ()


@pytest.mark.parametrize(
    ("sign", "what"),
    [
        ("fetch {them}", "there is no word list 'them' in [words]"),
        ("(fetch", "is no sign"),
        ("@kept & over", "'@kept' names no period"),
    ],
)
def test_a_sign_that_cannot_be_read_is_a_problem(sign: str, what: str) -> None:
    found = problems(PACK.replace("=whoever is there goes {over}", sign).encode())
    assert len(found) == 1
    assert what in found[0].what
    assert found[0].line == PACK[: PACK.index("keeps")].count("\n") + 1


HEDGED = PACK.replace("keeps = [", 'asides = ["(duck|hen)*"]\nkeeps = ["+row ... {over} & ~stranger*", ')


@pytest.mark.parametrize(
    ("words", "verdict"),
    [
        ("Row every stranger across.", "complies"),
        ("Row the mail across, and let strangers be.", "silent"),
        ("Fetch each of them over unless the harbor master objects.", "conflict"),
        ("Fetch each of them over unless a statute forbids it.", "complies"),
        ("Fetch each of them over once the fare is paid and the fee is in the box.", "conflict"),
        ("Fetch each of them over when they call.", "complies"),
        ("Bring the ducks over.", "silent"),
    ],
)
def test_a_sign_near_its_object_under_its_condition_and_not_in_an_aside(
    tmp_path: Path, words: str, verdict: str
) -> None:
    assert judged(tmp_path, HEDGED, words) == [verdict]


TURNED = PACK.replace(
    "breaks = [", 'breaks = ["^(toll|harbor master) & row*", "-stranger* && quay", "?=are you (drunk|sober)", '
)


@pytest.mark.parametrize(
    ("words", "verdict"),
    [
        ("Nothing here forbids a man to fetch them over.", "complies"),
        ("No one who is sober may be refused: bring him over.", "complies"),
        ("No ferryman who is sober shall fetch them over.", "conflict"),
        ("A ferryman who leaves them on the bank is guilty of an offense.", "complies"),
        ("Must I fetch them over? Yes.", "complies"),
        ("Must I fetch them over? No. Let them swim.", "conflict"),
        ("Are you drunk? You look it.", "conflict"),
        ("He does not row until the toll is paid.", "conflict"),
        ("He rows without a toll.", "complies"),
        ("No one is rowed without a toll.", "conflict"),
        ("No toll is asked of those who row.", "complies"),
        ("The quay is wide. It rained. Strangers wait.", "conflict"),
        ("The quay is wide. Strangers are here. Bring them over.", "complies"),
        ("It rained. Strangers wait.", "silent"),
    ],
)
def test_a_sign_is_turned_by_one_negation_and_not_by_two(tmp_path: Path, words: str, verdict: str) -> None:
    assert judged(tmp_path, TURNED, words) == [verdict]


DEAF = PACK.replace("keeps = [", 'keeps = ["%@within 2 days & ~raft & !~(mail|ducks)", ')


@pytest.mark.parametrize(
    ("words", "verdict"),
    [
        ("The raft is never let go without a crossing within 2 days.", "complies"),
        ("The mail goes within 2 days; the raft when it likes.", "silent"),
        ("The mail goes in 2 days, and the raft goes within two days.", "complies"),
    ],
)
def test_a_sign_may_be_deaf_to_negation_and_want_a_word_out_of_its_clause(
    tmp_path: Path, words: str, verdict: str
) -> None:
    assert judged(tmp_path, DEAF, words) == [verdict]


@pytest.mark.parametrize(
    ("words", "verdict"),
    [
        ("The river is high. Fetch each of them over.", "complies"),
        ("Fetch each of them over. The river is high.", "complies"),
        ("The mail is late. Fetch each of them over.", "silent"),
    ],
)
def test_a_sign_counts_only_in_words_about_the_requirement(tmp_path: Path, words: str, verdict: str) -> None:
    pack = PACK.replace("keeps = [", 'about = ["(river|ferry)"]\nkeeps = [', 1)
    assert judged(tmp_path, pack, words) == [verdict]
