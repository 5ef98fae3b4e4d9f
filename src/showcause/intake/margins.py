"""What of a web page is no part of its words: navigation, banners, scripts, what is hidden, what is advertised."""

from __future__ import annotations

import re
from collections.abc import Callable
from typing import Any

_DROPPED = {
    "script",
    "style",
    "head",
    "template",
    "noscript",
    "svg",
    "math",
    "canvas",
    "iframe",
    "object",
    "embed",
    "audio",
    "video",
    "map",
    "input",
    "select",
    "textarea",
    "button",
    "datalist",
    "dialog",
    "nav",
    "noframes",
    "amp-ad",
    "amp-analytics",
    "amp-consent",
    "amp-embed",
    "amp-sidebar",
    "amp-sticky-ad",
}  # fmt: skip - one set, read as a sentence
_MARGIN = {"footer", "aside", "header", "form"}  # beside the words, unless the words themselves stand there
ASKED = frozenset({*_DROPPED, *_MARGIN})  # elements that may be left out for what they are
_ROLES = {"navigation", "banner", "contentinfo", "search", "complementary", "menu", "dialog"}
_HIDDEN = re.compile(r"display\s*:\s*none|visibility\s*:\s*hidden", re.IGNORECASE)
_SOLD = re.compile(
    r"(?:^|[\s_-])(?:share|sharing|social|promo|advert|ads?|newsletter|subscribe|cookies?|paywall|crumbs|breadcrumbs?|skip)(?:[\s_-]|$)",
    re.IGNORECASE,
)  # classes that sites give to such blocks; only small blocks are left out for their class
_SMALL = 60  # words
_STORY = re.compile(  # classes of what sites set beside a story: other stories, its own words again in large, readers' words
    r"(?:^|[\s_-])(?:(?P<others>related|recirc\w*|recommended|trending|outbrain|taboola|sponsored|most-?read|more-?(?:from|on|stories)|read-?next"
    r"|gdpr|consent|onetrust)|(?P<again>pull-?quote)|(?P<readers>comments?(?:-?(?:list|area|section|thread))?|disqus(?:[_-]thread)?|discussion))(?:[\s_-]|$)",
    re.IGNORECASE,
)
_SET_BESIDE = {"others": "links to other pages", "again": "words set again in large", "readers": "readers' comments"}
_TOLD = re.compile(r'"@type"\s*:\s*\[?\s*"(?:\w*Article|BlogPosting|LiveBlogPosting|Report)"')
BESIDE = frozenset({"nav", "small print", *_MARGIN})  # what is read after all where a page has no other words


def words_of(node: Any) -> int:
    """How many words an element holds."""
    return sum(len(text.split()) for text in node.itertext())


def article(root: Any, whole: int) -> Any:
    """The one element in which the page says that its words stand, if at least half of all words do; else None."""
    for name in ("article", "main"):
        found = list(root.iter(name))
        if len(found) == 1 and words_of(found[0]) * 2 >= whole:
            return found[0]
    return None


def story(root: Any) -> bool:
    """Whether a page says of itself that it is an article: by its one element, by Open Graph or by JSON-LD."""
    if len(list(root.iter("article"))) == 1:
        return True
    if any(m.get("property") == "og:type" and m.get("content") == "article" for m in root.iter("meta")):
        return True
    return any(_TOLD.search(s.text or "") for s in root.iter("script") if s.get("type") == "application/ld+json")


def beside_story(node: Any, tag: str, whole: Callable[[], int]) -> str | None:
    """What an element is that stands beside the words of an article, or None; `whole` counts the words of the page."""
    if tag not in {"div", "section", "ul", "ol", "aside", "blockquote", "figure", "article", "p"}:
        return None
    found = _STORY.search(f"{node.get('class') or ''} {node.get('id') or ''}")
    words = words_of(node) if found else 0
    if found is None or words * 2 >= whole() or (found.lastgroup == "others" and words >= _SMALL * 2):
        return None
    return _SET_BESIDE[found.lastgroup or "others"]


def outside(node: Any, tag: str, whole: Callable[[], int]) -> str | None:
    """Why an element is no part of the words of a page, or None; `whole` counts the words of the page."""
    if tag in _DROPPED:
        return tag
    if not node.keys():  # most elements have no attribute to be asked for
        return tag if tag in _MARGIN and _beside(node, tag, whole) else None
    if node.get("hidden") is not None or _HIDDEN.search(node.get("style") or ""):
        return "hidden text"
    if tag not in {"body", "html", "main", "article"} and (node.get("role") or "").lower() in _ROLES:
        return "nav"
    named = f"{node.get('class') or ''} {node.get('id') or ''}"
    if tag in {"div", "section", "ul", "p"} and _SOLD.search(named) and words_of(node) < _SMALL:
        return "small print"
    return tag if tag in _MARGIN and _beside(node, tag, whole) else None


def _beside(node: Any, tag: str, whole: Callable[[], int]) -> bool:
    """Whether a footer, aside, header or form stands beside the words of the page rather than holding them."""
    words = words_of(node)
    inside = any(True for _ in node.iterancestors("article", "main"))
    if tag == "form" or inside:  # some pages stand in one form; inside an article only lists of links are beside it
        links = sum(words_of(link) for link in node.iter("a", "button", "label", "select", "option"))
        return words < 40 if tag == "form" else links * 2 > words
    return words * 2 < whole()
