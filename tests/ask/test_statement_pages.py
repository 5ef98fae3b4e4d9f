"""Articles as they come: saved pages with all that stands around them, PDF, posts and transcripts as text."""

from __future__ import annotations

import html
from datetime import date

import pytest

from showcause.ask.statement import read_statement
from showcause.core.exchange import Statement
from showcause.core.record import Document
from showcause.intake import read

BODY = """<p>Town Clerk Petra Vance said on Friday that the permits would be released by May&nbsp;20.</p>
<p>&ldquo;We have nothing to hide,&rdquo; Vance said. &ldquo;We never did.&rdquo;</p>
<p>Inspector Noor Talbot said the town &ldquo;has stalled since March.&rdquo;</p>"""
CONSENT = """<div id="onetrust-banner-sdk"><p>By clicking “Accept all” you agree, said the banner.</p><button>Accept all</button></div>"""
NAV = """<header><a href="/">The Saltgrass Call</a><nav><ul><li><a href="/n">News</a></li><li><a href="/o">Opinion: “Enough,” said Roe</a></li></ul></nav></header>"""
RELATED = """<div class="related-links"><h3>Related</h3><ul><li><a href="/1">Mayor Lu Marsh says “no” to bridge</a></li></ul></div>"""
AD = """<div class="ad-slot"><p>ADVERTISEMENT</p><p>“Best mattress ever,” said Bob.</p></div>"""
PULL = """<blockquote class="pullquote">“We have nothing to hide”</blockquote>"""
COMMENTS = """<section id="comments" class="comments"><h2>2 comments</h2><div><p>“She is lying,” said my cousin, who knows the town and its clerks
and has for years.</p></div><div><p>Vance said she would resign.</p></div></section>"""
FOOT = """<footer><p>© 2033 The Saltgrass Call. “All rights reserved,” said nobody.</p></footer>"""
HEAD = """<h1>Clerk locks the cabinet</h1><p class="byline">By Odile Marrow</p>"""
LINKED = """<script type="application/ld+json">{"@context":"https://schema.org","@type":"NewsArticle","datePublished":"2033-05-06T07:00:00Z",
"author":{"name":"Odile Marrow"},"articleBody":"“Not from here,” said nobody."}</script>"""


def page(head: str, body: str) -> str:
    return f"<!doctype html><html><head><title>Clerk locks the cabinet | The Saltgrass Call</title>{head}</head><body>{body}</body></html>"


PAGES = {
    "an article element": page(
        '<meta property="article:published_time" content="2033-05-06">',
        f"{CONSENT}{NAV}<article>{HEAD}{BODY}{RELATED}{AD}{PULL}</article>{COMMENTS}{FOOT}",
    ),
    "divisions only, told by JSON-LD": page(
        LINKED,
        f"{CONSENT}{NAV}<div class='wrap'>{HEAD}<div class='c'>{BODY}{AD}{PULL}</div>{RELATED}</div>{COMMENTS}{FOOT}",
    ),
    "an AMP page": page(
        LINKED + "<style amp-boilerplate>body{visibility:hidden}</style>",
        f"<amp-consent><div>“We value your privacy,” said the page.</div></amp-consent>{NAV}<main>{HEAD}{BODY}<amp-ad><div>“Buy now,” said the sign.</div></amp-ad>{PULL}</main>{COMMENTS}{FOOT}",
    ),
    "comments that are articles too": page(
        '<meta property="og:type" content="article"><meta name="date" content="2033-05-06">',
        f"{NAV}<main>{HEAD}{BODY}{RELATED}<div class='comment-list'><article class='comment'><p>“She is lying,” said Mayor Lu Marsh.</p></article>"
        f"<article class='comment'><p>Vance said no.</p></article></div></main>{FOOT}",
    ),
}
SAID = [
    ("the permits would be released by May\N{NO-BREAK SPACE}20", "Petra Vance"),
    ("We have nothing to hide,", "Petra Vance"),
    ("We never did.", "Petra Vance"),
    ("has stalled since March.", "Noor Talbot"),
]


def heard(blob: bytes, name: str) -> tuple[Document, Statement]:
    seen = read(blob, name=name)
    document = Document(
        "d", "0" * 64, seen.kind, "", seen.date, seen.text, pages=seen.pages, name=name, title=seen.title
    )
    return document, read_statement(document)


@pytest.mark.parametrize("kind", PAGES)
def test_a_saved_page_gives_its_article_and_nothing_that_stands_around_it(kind: str) -> None:
    document, statement = heard(PAGES[kind].encode(), "page.html")
    assert [(q.text, q.speaker) for q in statement.quotes] == SAID
    assert (statement.outlet, statement.byline, statement.date) == ("Saltgrass Call", "Odile Marrow", date(2033, 5, 6))
    around = (
        "Accept all",
        "Opinion",
        "Related",
        "mattress",
        "Buy now",
        "privacy",
        "cousin",
        "lying",
        "rights reserved",
    )
    assert [words for words in around if words in document.text] == []


@pytest.mark.parametrize("kind", PAGES)
def test_a_promise_on_a_page_takes_its_year_from_what_the_page_says_of_itself(kind: str) -> None:
    _, statement = heard(PAGES[kind].encode(), "page.html")
    assert [c.date_promised for c in statement.claims if c.stance == "will_produce"] == [date(2033, 5, 20)]


@pytest.mark.parametrize("kind", PAGES)
def test_offsets_are_exact_and_lead_back_to_the_page(kind: str) -> None:
    document, statement = heard(PAGES[kind].encode(), "page.html")
    source = " ".join(html.unescape(PAGES[kind]).split())
    starts = [mark.start for mark in document.pages.marks]
    for one in [*statement.quotes, *statement.claims, *statement.loaded]:
        assert document.text[one.start : one.end] == one.text
        assert " ".join(one.text.split()) in source
        paragraph = max(at for at in starts if at <= one.start)
        assert "\n\n" not in document.text[paragraph : one.end]


def test_a_record_that_is_no_article_keeps_what_its_classes_call_comments() -> None:
    comments = '<div class="comments"><p>The clerk shall answer within ten days, and the chief shall sign.</p></div>'
    text = read(
        f"<html><body><h1>Rule 4</h1><p>Staff shall reply.</p>{comments}</body></html>".encode(), name="r.html"
    ).text
    assert "The clerk shall answer" in text


def test_an_article_printed_as_pdf_is_read_as_its_text_is() -> None:
    import typst

    words = "Town Clerk Petra Vance said on Friday that the permits would be released by May 20, 2033. “We have nothing to hide,” Vance said."
    blob = typst.compile(words.encode(), format="pdf", ignore_system_fonts=True)
    _, statement = heard(bytes(blob), "page.pdf")
    said = [(" ".join(q.text.split()), q.speaker) for q in statement.quotes]
    assert said == [
        ("the permits would be released by May 20, 2033", "Petra Vance"),
        ("We have nothing to hide,", "Petra Vance"),
    ]
