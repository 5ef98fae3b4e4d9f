from __future__ import annotations

from datetime import date

import pytest

from showcause.errors import Unreadable
from showcause.intake import read

ARTICLE = """<!DOCTYPE html><html><head><title>City replies | Herald</title>
<meta property="article:published_time" content="2031-05-04T10:00:00Z"><style>p{}</style></head><body>
<nav><a href="/">Home</a> <a href="/news">News</a></nav>
<header role="banner">The Herald</header>
<article><header><h1>City replies</h1></header>
<div class="share-tools"><a href="#">Share</a></div>
<p>The city <b>shall</b>
  not&nbsp;reply,&#32;said   Ms. O&rsquo;Hara.<br>She left.</p><script>alert("x")</script>
<aside><a href="/1">Read more about the mayor</a></aside>
<aside>The ordinance was passed in 2029.</aside>
<h2>What comes</h2>
<ol start="3" type="a"><li>One thing<li><p>Another</p></ol>
<ul><li>Third</ul>
<table><tr><th>Year</th><th>Requests</th></tr><tr><td>2030</td><td>12</td></tr></table>
<p>It <del>may</del> <ins>shall</ins> answer.</p>
<p style="display: none">A hidden line</p>
<pre>a  b
c</pre>
</article>
<form><label>Mail</label><input><button>Subscribe</button></form>
<footer>Copyright</footer></body></html>"""


def test_an_article_is_read_without_what_stands_around_it():
    reading = read(ARTICLE.encode(), name="a.html")
    assert reading.text.split("\n\n") == [
        "City replies",
        "The city shall not\N{NO-BREAK SPACE}reply, said Ms. O’Hara.\nShe left.",
        "The ordinance was passed in 2029.",
        "What comes",
        "c. One thing",
        "d. Another",
        "• Third",
        "Year | Requests\n2030 | 12",
        "It [-may-] {+shall+} answer.",
        "a  b\nc",
    ]
    assert [(reading.text[h.start : h.end], h.level) for h in reading.headings] == [
        ("City replies", 1),
        ("What comes", 2),
    ]
    assert (reading.title, reading.date) == ("City replies | Herald", date(2031, 5, 4))
    assert reading.notes == ("left out of the text: small print, aside, hidden text, what stands outside the article",)


def test_every_paragraph_has_its_mark():
    reading = read(ARTICLE.encode(), name="a.html")
    begun = [reading.text[m.start :][:8] for m in reading.pages.marks]
    assert [m.paragraph for m in reading.pages.marks] == list(range(1, len(begun) + 1))
    assert begun[:2] == ["City rep", "The city"]


@pytest.mark.parametrize(
    ("page", "text"),
    [
        ("<html><body><form>" + "The whole page stands in a form. " * 12 + "</form>", "The whole page"),
        ("<html><body><footer>Only a footer has words.</footer>", "Only a footer"),
        (
            "<html><h1>Title</h1><p>Ad</p><main><p>The words of the page.</main><p>More ads",
            "Title\n\nThe words of the page.",
        ),
        ("<html><article><p>One.</article><article><p>Two.</article>", "One.\n\nTwo."),
        (
            "<html><script>" + "x " * 99 + "</script><p>Short.<footer>A longer footer of words.</footer>",
            "A longer footer",
        ),
        ('<html><div class="subscribe">' + "A section of the code. " * 20 + "</div>", "A section"),
        ("<html><p>Unclosed <b>tags <p>mend themselves</html>", "Unclosed tags\n\nmend themselves"),
        ("<!DOCTYPE html [<!ENTITY a 'x'>]><p>&a;&lt;b&gt; &unknown;</p>", "<b>"),
        ("<html><p>a<!-- no --><?php no ?>b", "ab"),
        ("<html><p>&#0;&#xD800;x", "x"),
        ("<html><body>" + "<div>" * 1500 + "deep" + "</div>" * 1500 + "<p>after", "deep\n\nafter"),
        ("<html><p><del>a <b>b</b></del><ins>c</ins>", "[-a b-]{+c+}"),
        ("<html><del><p>one<p>two</del>", "[-one-]\n\n[-two-]"),
    ],
)
def test_traps(page, text):
    assert text in read(page.encode(), name="a.html").text


@pytest.mark.parametrize(
    ("blob", "text"),
    [
        ('<html><meta charset="iso-8859-1"><p>José'.encode("latin-1"), "José"),
        ('<html><meta charset="utf-8"><p>José'.encode(), "José"),
        ('<html><meta http-equiv="x" content="text/html; charset=windows-1251"><p>Да'.encode("cp1251"), "Да"),
        ('<html><meta charset="nonsense"><p>José'.encode(), "José"),
        ("<html><p>José".encode("utf-16"), "José"),
    ],
)
def test_the_encoding_that_a_page_names_is_used(blob, text):
    assert read(blob, name="a.html").text == text


def test_nothing_is_fetched(tmp_path):
    secret = tmp_path / "secret"
    secret.write_text("hush")
    page = f'<!DOCTYPE html SYSTEM "{secret.as_uri()}"><html><iframe src="{secret.as_uri()}"></iframe><p>Words'
    assert read(page.encode(), name="a.html").text == "Words"


def test_a_page_that_no_parser_can_follow_is_refused_or_noted():
    with pytest.raises(Unreadable, match="nested too deep"):
        read(b"<html>" + b"<b>" * 100_000 + b"deep", name="a.html")
    assert read(b"<html>" + b"<div>x" * 100_000, name="a.html").notes[0].startswith("the page is nested too deep")


def test_a_page_without_words_is_refused():
    with pytest.raises(Unreadable, match="holds no words"):
        read(b"<html><script>x</script><body> </body></html>", name="a.html")
