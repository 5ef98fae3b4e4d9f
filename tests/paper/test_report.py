"""The report: one file, nothing hostile runs, everything is readable without scripts, and the filters work by keyboard."""

import re
import shutil
from dataclasses import replace
from itertools import pairwise

import pytest
from casebook import HOSTILE
from lxml import html as lx

from showcause import paper
from showcause.core import Case, State
from showcause.opinion.printing import strings
from showcause.paper import press, view
from showcause.paper.excerpt import AROUND, anchors, shown
from showcause.paper.place import Places, printable

CHROMIUM = shutil.which("chromium")


@pytest.fixture(scope="session")
def page(report):
    return lx.fromstring(report)


def test_it_is_one_file_that_asks_for_nothing(report):
    assert not re.findall(
        r"""(?:src|srcset|action)\s*=|@import|url\(|href="(?!#)""",
        re.sub(r"&#?\w+;", "", report).replace(HOSTILE, "").replace("img src=x", ""),
    )
    assert "default-src 'none'" in report


def test_hostile_words_are_only_ever_words(page):
    assert len(page.xpath("//script")) == 1
    assert not page.xpath("//img|//iframe|//object|//*[@onerror]")
    assert HOSTILE[:20] in page.text_content()


def test_every_link_leads_to_an_id_and_no_id_stands_twice(page):
    ids = page.xpath("//@id")
    assert len(ids) == len(set(ids))
    assert {h[1:] for h in page.xpath("//a/@href")} <= set(ids)


def test_headings_descend_one_step_at_a_time_and_landmarks_are_there(page):
    levels = [int(h.tag[1]) for h in page.xpath("//h1|//h2|//h3|//h4")]
    assert levels[0] == 1
    assert levels.count(1) == 1
    assert all(b - a <= 1 for a, b in pairwise(levels))
    assert all(len(page.xpath(f"//{tag}")) >= 1 for tag in ("header", "nav", "main", "footer"))


def test_the_accounting_adds_up(case, page):
    words = page.xpath("//*[@class='account']")[0].text_content()
    given, *rest = (int(n) for n in re.findall(r"\d+", words))
    assert given == sum(rest) == len(case.given)


def test_rows_on_which_the_readings_part_come_first_and_are_marked(page):
    rows = page.xpath("(//table[contains(@class,'matrix')])[last()]/tbody/tr")
    marks = ["parts" in (r.get("class") or "") for r in rows]
    assert any(marks)
    assert marks == sorted(marks, reverse=True)


def test_each_verdict_has_its_word_and_its_sign(page):
    chips = page.xpath("//*[contains(@class,'chip')]")
    assert chips
    assert all(c.xpath("./span[@aria-hidden='true']") and len(c.text_content().split()) >= 2 for c in chips)


@pytest.mark.parametrize(
    "words",
    [
        "a person decides", "19 days left", "no date given", "answered", "the file ends in the middle", "Unmet duty",
        "Mayor Ines Dahl", "violates", "Beyond the power of Congress", "found by k.ito", "restated", "official text",
        "A public claim that the record pulls against.",
    ],
)  # fmt: skip
def test_it_says(page, words):
    assert words in " ".join(page.text_content().split())


def test_every_cited_passage_is_marked_in_its_place(case, page):
    text = page.text_content()
    for finding in case.findings:
        for cite in finding.cites:
            assert cite.text in text
    assert page.xpath("//span[@class='page']")


def test_a_long_document_shows_only_what_surrounds_its_passages(case):
    doc = replace(next(iter(case.documents.values())), text="x " * 9000 + "the rule" + " y" * 9000, headings=())
    one = doc.passage(18000, 18008)
    (only,) = shown(anchors([one]), Places())
    (window,) = only.windows
    assert "".join(b.text for b in window.bits) == doc.text[window.start : window.end]
    assert [b.text for b in window.bits if b.marked] == ["the rule"]
    assert window.end - window.start <= 2 * AROUND + 8
    assert window.cut == (True, True)


def test_passages_that_overlap_stand_in_one_window_with_all_their_anchors(case):
    doc = next(iter(case.documents.values()))
    found = anchors([doc.passage(10, 60), doc.passage(40, 80), doc.passage(10, 20)])
    (only,) = shown(found, Places())
    (window,) = only.windows
    assert {a for b in window.bits for a in b.opens} == set(found.values())
    assert "".join(b.text for b in window.bits if b.marked) == doc.text[10:80]


def test_an_empty_matter_prints(case):
    empty = Case("n", "r", case.as_of, (), {}, (), (), ())
    assert "Nothing in the record bears" in paper.report(empty)


def test_the_same_case_gives_the_same_page_and_what_no_paper_can_hold_is_shown_as_such(case, report):
    assert paper.report(case) == report
    assert printable("a\x00b\ud800c") == "a\ufffdb\ufffdc"
    paper.report(replace(case, name="\ud800\x00")).encode()


def test_view_counts_every_state(case):
    counts = view.accounting(case)
    assert counts.pop("given") == sum(counts.values())
    assert set(counts) == {s.value for s in State}


@pytest.fixture(scope="module")
def browser_page(report, tmp_path_factory):
    if CHROMIUM is None:
        pytest.skip("CHROMIUM IS MISSING: click-through, filters and the ban on requests are NOT tested")
    from playwright.sync_api import sync_playwright

    path = tmp_path_factory.mktemp("report") / "report.html"
    path.write_text(report, encoding="utf-8")
    with sync_playwright() as play:
        browser = play.chromium.launch(executable_path=CHROMIUM, args=["--no-sandbox"])
        tab = browser.new_page()
        asked: list[str] = []
        wrong: list[str] = []
        tab.on("request", lambda r: asked.append(r.url))
        tab.on("console", lambda m: wrong.append(m.text) if m.type == "error" else None)
        tab.goto(path.as_uri())
        yield tab, asked, wrong
        browser.close()


def shown_cards(tab):
    return tab.locator(".card:visible").count()


def test_in_a_browser_nothing_is_asked_for_nothing_hostile_runs_and_nothing_is_wrong(browser_page):
    tab, asked, wrong = browser_page
    assert len(asked) == 1
    assert tab.evaluate("window.pwned") is None
    assert not wrong


def test_in_a_browser_the_filters_narrow_by_keyboard(browser_page):
    tab, _, _ = browser_page
    everything = shown_cards(tab)
    tab.focus("[name=words]")
    tab.keyboard.type("release dates")
    assert 0 < shown_cards(tab) < everything
    assert str(shown_cards(tab)) in tab.inner_text(".tally")
    tab.focus(".filters button")
    tab.keyboard.press("Enter")
    tab.wait_for_function("document.querySelector('[name=words]').value === ''")
    tab.wait_for_timeout(30)
    assert shown_cards(tab) == everything
    tab.select_option("[name=verdict]", "parts")
    assert all(c.get_attribute("data-parts") == "yes" for c in tab.locator(".card:visible").all())
    tab.select_option("[name=verdict]", "silent")
    assert "vehicle" in tab.inner_text(".cards")
    tab.focus(".filters button")
    tab.keyboard.press("Enter")
    tab.wait_for_timeout(30)


def test_in_a_browser_a_quotation_leads_to_its_place_and_back(browser_page):
    tab, _, _ = browser_page
    link = tab.locator(".card:visible .place").first
    quoted = tab.locator(".card:visible blockquote").first.inner_text()
    link.focus()
    tab.keyboard.press("Enter")
    target = tab.evaluate("document.querySelector(':target ~ mark').textContent")
    assert target.split()[0] in quoted
    assert tab.locator(".back").is_visible()
    tab.locator(".back").click()
    assert tab.evaluate("document.activeElement.className") == "place"


def luminance(colour):
    parts = [int(colour[n : n + 2], 16) / 255 for n in (1, 3, 5)]
    red, green, blue = (p / 12.92 if p <= 0.04045 else ((p + 0.055) / 1.055) ** 2.4 for p in parts)
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


@pytest.mark.parametrize("scheme", [0, 1], ids=["light", "dark"])
@pytest.mark.parametrize(
    ("front", "back"),
    [
        ("ink", "paper"), ("ink", "card"), ("faint", "paper"), ("faint", "card"), ("link", "card"), ("link", "paper"), ("ink", "mark"),
        ("faint", "mark"), ("bad", "bad-b"), ("mid", "mid-b"), ("good", "good-b"), ("mute", "mute-b"), ("flag", "flag-b"), ("ink", "flag-b"),
        ("faint", "flag-b"), ("link", "flag-b"), ("ink", "target"),
    ],
)  # fmt: skip
def test_every_pair_of_colours_has_the_contrast_of_wcag_aa(scheme, front, back):
    blocks = re.findall(r":root \{(.*?)\}", press.template("report.css"), re.DOTALL)
    colours = [dict(re.findall(r"--([\w-]+): (#\w+)", block)) for block in blocks[:2]]
    known = {
        name: "#" + "".join(c * 2 for c in value[1:]) if len(value) == 4 else value
        for name, value in colours[scheme].items()
    }
    light, dark = sorted((luminance(known[front]), luminance(known[back])), reverse=True)
    assert (light + 0.05) / (dark + 0.05) >= 4.5


def test_no_paper_tells_where_a_file_lies_on_a_machine(report, memo):
    printed = "\n".join(strings(memo))
    assert "box.zip!/a/scan.pdf" in report
    assert "box.zip!/a/scan.pdf" in printed
    assert "/srv/kim" not in report + printed
