"""Lists, emphasis, quotation bars, narrow lines, odd apostrophes and struck words turn no rule into its contrary."""

from __future__ import annotations

from datetime import UTC, datetime
from functools import partial
from unicodedata import normalize

import alone
import pytest
from hypothesis import given
from hypothesis import strategies as st

from showcause import text
from showcause.ask import law
from showcause.assess import judge as both
from showcause.assess import judge_explained, judge_plain
from showcause.assess.cleaning import cleaned
from showcause.core import Document, Heading, Kind, Question

judge = partial(both, rules_alone=True)
AT = datetime(2031, 1, 1, tzinfo=UTC)
STATUS, ASKING, RECORDS = ("us/8-usc-1373", "a", "broad"), ("ca/gov-7284.6", "inquire", "plain"), ("ca/gov-34090", "attorney", "plain")  # fmt: skip
GIVE = "give immigration status to ICE"
ASK = "ask any person about immigration status"
MARKS = [("-", "-"), ("*", "*"), ("•", "•"), ("(a)", "(b)"), ("1.", "2."), ("i.", "ii."), ("A.", "B."), ("[1]", "[2]"), ("①", "②"), ("o", "o"), ("–", "–")]  # fmt: skip


def verdict(words: str, of: tuple[str, ...] = STATUS) -> str:
    return alone.verdict(words, of)


@pytest.mark.parametrize(("first", "second"), MARKS)
@pytest.mark.parametrize("stop", [".", "", ";"])
@pytest.mark.parametrize("space", ["\n", "\n\n", "\n  "])
def test_a_ban_reaches_each_item_of_its_list(first, second, stop, space):
    items = f"{space}{first} lend keys{stop}{space}{second} {{}}{stop}"
    for chapeau in ("Deputies shall not:", "No deputy may:"):
        assert verdict(chapeau + items.format(GIVE)) == "conflict"
        assert verdict(chapeau + items.format(ASK), ASKING) == "complies"
    assert verdict("Deputies may:" + items.format(GIVE)) == "complies"


@pytest.mark.parametrize(
    "words",
    [
        f"No deputy shall\n(a) sing\n(b) {GIVE}",
        f"Deputies may not\n- sing.\n- {GIVE}.",
        "The following are prohibited:\n1. Singing.\n2. Giving immigration status to ICE.",
        f"Deputies shall not: (a) sing in the hall. (b) {GIVE}.",
        f"Deputies shall not:\n- lend keys. They are the county's.\n- {GIVE}.",
        f"Deputies shall not:\n1. Sing.\n2. Do any of these:\n   (a) lend keys.\n   (b) {GIVE}.\n3. Smoke.",
        f"Deputies shall not:\n1. Do any of these:\n   (a) lend keys.\n   (b) whistle.\n2. {GIVE.capitalize()}.",
    ],
)
def test_a_list_stays_open_whatever_its_items_end_in(words):
    assert verdict(words) == "conflict"


@pytest.mark.parametrize(
    "rest",
    [
        f"Deputies shall {GIVE}.",
        f"\nDeputies may {GIVE}.",
        f"- Deputies may {GIVE}.",
        f"\n7. {GIVE.capitalize()}.",
        f"\n(c) {GIVE.capitalize()}.",
    ],
)
def test_a_list_is_closed_by_what_is_no_item_of_it(rest):
    assert verdict(f"Deputies shall not:\n- lend keys.\n- smoke.\n{rest}") == "complies"


@pytest.mark.parametrize(
    "items",
    [
        "(a) “Pupil” means a child.\n(b) “Status information” means the immigration status of a person.\n",
        '(1) "Pupil" includes a child.\n(2) "Status," when used alone, means immigration status.\n',
        "(a) Pupil means a child.\n(b) Status information means the immigration status of a person.\n",
    ],
)
def test_each_definition_of_a_list_is_a_sentence(items):
    words = f"In this chapter:\n{items}"
    assert [words[s.start :].split(maxsplit=1)[0] for s in text.sentences(words)] == [
        "In",
        items.split("\n")[1].split()[0],
    ]


def test_an_item_less_indented_is_of_the_list_without():
    words = f"- Deputies shall not:\n    - lend keys.\n    - smoke.\n- {GIVE.capitalize()}."
    assert verdict(words) == "complies"


@pytest.mark.parametrize(
    "words",
    [
        "Deputies shall *not* {}.",
        "*No* deputy shall {}.",
        "<b>No</b> deputy shall {}.",
        "Deputies shall <EM>not</EM> {}.",
        "*Deputies shall not {}.*",
        "Deputies* shall ***not*** {}.",
        "* Deputies shall not {}.",
        "Deputies canʼt {}.",
        "Deputies can´t {}.",
        "Deputies can‛t {}.",
        "Deputies can＇t {}.",
        "Deputies can`t {}.",
        "> It is the policy of the port that no\n> deputy will {}.",
        "The port says:\n> > No deputy may\n> > {}.",
        "~~Deputies may {}.~~ No deputy may {}.",
        "<del>Deputies may\n{}.</del> No deputy may {}.",
        "[1] No deputy may {}.",
    ],
)
def test_marks_of_a_text_hide_no_ban(words):
    assert verdict(words.replace("{}", GIVE)) == "conflict"
    assert verdict(words.replace("{}", ASK), ASKING) == "complies"


@pytest.mark.parametrize("words", ["Deputies *may* {}.", "<b>Deputies</b> may {}.", "* Deputies may {}.\n* A lamp is lit.", "> Deputies may\n> {}."])  # fmt: skip
def test_marks_of_a_text_make_no_ban(words):
    assert verdict(words.replace("{}", GIVE)) == "complies"


@pytest.mark.parametrize(
    "words", [f"~~Deputies may {GIVE}.~~", f"<s>No deputy may {GIVE}.</s>", f"~~No deputy may {GIVE}.~~ A lamp is lit."]
)
def test_struck_words_say_nothing(words):
    assert verdict(words) == "silent"


def test_a_mail_that_a_mail_quotes_is_put_aside():
    assert verdict(f"From: a@port.example\nTo: b@port.example\n\nHello.\n> No deputy may\n> {GIVE}.\n") == "silent"


@pytest.mark.parametrize(
    "words",
    [
        "No clerk of the\nHarbor District may give immigration status to ICE.",
        "Staff must obtain the approval of the\nDirector before sending immigration status to ICE.",
        "No clerk may give immigration status to\nUnited States immigration authorities.",
        "It is the port's policy that no\nDeputy may give immigration status to ICE.",
    ],
)
def test_a_narrow_line_ends_no_sentence(words):
    assert verdict(words) == verdict(words.replace("\n", " ")) == "conflict"


def test_a_narrow_line_ends_no_sentence_about_records():
    words = "The clerk may destroy any city record without the consent of the{}City Attorney."
    assert verdict(words.format("\n"), RECORDS) == verdict(words.format(" "), RECORDS) == "conflict"


@pytest.mark.parametrize(
    "line", ["Lent to a neighbour: no", "Keys, if any", "Parking: yes or no", "Shared  no", "No\nNO", "MAY"]
)
def test_a_line_that_answers_or_heads_is_not_joined(line):
    assert text.unwrapped(f"{line}\nDeputies may sing.") == f"{line}\nDeputies may sing."


@pytest.mark.parametrize(
    "words",
    ["2 * 3 and 4 * 5", "* one\n* two", "a<b and b>c", "5*6*7", "> one line"],
)
def test_what_is_no_mark_stays(words):
    assert text.standing(words) == words


def test_a_hyphen_that_breaks_no_line_is_a_hyphen():
    assert verdict("Deputies shall try de\u2011escalation first.", ("ca/gov-7286", "deescalate", "plain")) == "complies"


UNCLEAN = [
    "Deputies shall \u200bnot {}.",
    "Deputies shall n\u00adot {}.",
    "\ufeffNo deputy shall {}.",
    "\u2060No deputy \u200cshall {}.",
    "Ｄｅｐｕｔｉｅｓ shall ｎｏｔ {}.",
    "Deputies of this oﬃce shall not {}.",
    "Depu-\nties shall not {}.",
    "Depu\u00ad\n  ties shall not {}.",
]


@pytest.mark.parametrize("words", UNCLEAN)
def test_characters_that_no_reader_sees_change_nothing(words):
    for give in (GIVE, "give immi-\r\ngration status to ICE", "give immi\u00adgration sta\u200btus to ICE"):
        assert verdict(words.replace("{}", give)) == "conflict"
    assert verdict(words.replace("{}", ASK.replace("immi", "immi\u00ad")), ASKING) == "complies"
    assert verdict(words.replace("not ", "").replace("No deputy", "Any deputy").replace("n\u00adot ", "").replace("ｎｏｔ ", "").replace("{}", GIVE)) == "complies"  # fmt: skip


def test_what_is_cited_of_an_unclean_text_is_verbatim():
    words = "The lamp is lit. Oﬃ\u00adcers shall not con\u00adﬁrm immi-\ngration status to ICE.\u200b The lamp is out."
    found = judge(Document("d", "", "txt", "", None, words), laws=[law.load(STATUS[0])], at=AT)
    cites = {c.text for f in found for c in f.cites}
    assert cites == {"Oﬃ\u00adcers shall not con\u00adﬁrm immi-\ngration status to ICE."}
    assert all(f.about.text == words for f in found if isinstance(f.about, Document))


@pytest.mark.parametrize(
    ("words", "copy"),
    [
        ("a body-\nworn camera", "a bodyworn camera"),
        ("a body-\nworn camera; body-worn it is", "a body-worn camera; body-worn it is"),
        ("non-\npublic", "non-public"),
        ("immi-\n  gration", "immigration"),
        ("pre- and post-\nand so on", "pre- and post-\nand so on"),
        ("Title IX-\nB", "Title IX-\nB"),
        ("- one\n- two", "- one\n- two"),
        ("① café ½ ’", "① café ½ ’"),
    ],
)
def test_a_broken_word_is_made_whole(words, copy):
    assert cleaned(Document("d", "", "txt", "", None, words)).document.text == copy


@given(st.text(alphabet="abz -\n\u00ad\u200b\ufeffﬁﬄＡ.é", max_size=60))
def test_each_place_of_the_copy_has_its_place_in_the_source(words):
    clean = cleaned(Document("d", "", "txt", "", None, words))
    copy, places = clean.document.text, [clean.span(n, n + 1) for n in range(len(clean.document.text))]
    assert places == sorted(places)
    assert all(words[s:e] == c or c in normalize("NFKC", words[s]) for c, (s, e) in zip(copy, places, strict=True))
    assert all(clean.offsets.cleaned(s) <= n for n, (s, _) in enumerate(places))


def test_the_sentence_explained_is_verbatim_of_the_source():
    words = "The lamp is lit. Deputies shall not give immi\u00adgration status to ICE."
    document = Document("d", "", "txt", "", None, words)
    explained = judge_explained(document, laws=[law.load(STATUS[0])], at=AT, rules_alone=True)
    places = {why.sentence for _, why in explained if why.sentence}
    assert {words[s:e] for s, e in places} == {"Deputies shall not give immi\u00adgration status to ICE."}


def test_headings_move_with_the_words_of_the_copy():
    words = "\ufeffTi\u00adtle\nDeputies sing."
    clean = cleaned(Document("d", "", "md", "", None, words, headings=(Heading(1, 7, 1),)))
    assert [clean.document.text[h.start : h.end] for h in clean.document.headings] == ["Title"]


def test_a_plain_sentence_is_held_against_the_clean_copy():
    words = "The clerk must not ke\u00adep the ta-\npes for longer than a year."
    asked = Question("q", Kind.REQUIREMENT, "The clerk must not keep tapes.", "asks")
    (said,) = judge_plain(Document("d", "", "txt", "", None, words), questions=[asked], at=AT)
    assert (str(said.verdict), [c.text for c in said.cites]) == ("complies", [words])
