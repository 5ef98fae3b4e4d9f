"""A first pack and where it comes from in, the TOML of it out, with a comment wherever a person must look."""

from __future__ import annotations

import json
import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date

from showcause.ask.drafted import Draft, Drafted, bearers, contraries, draft, wordings
from showcause.ask.frame import spoken
from showcause.ask.official import version_at
from showcause.ask.pack import FEWEST, Problem, problems
from showcause.ask.statute import Article, articles, articles_of
from showcause.core import OfficialText
from showcause.errors import BadInput
from showcause.text import sentences

WIDE = 116


@dataclass(frozen=True, slots=True)
class Head:
    """What stands at the top of a pack, and the text it was drafted from."""

    id: str
    citation: str
    title: str
    jurisdiction: str
    source: str
    drawn_from: str


def pack_text(made: Draft, head: Head) -> str:
    """The pack as TOML, in the order of docs/packs.md."""
    below = [
        _rule("what the law asks"),
        *(_requirement(one, head) for one in made.requirements),
        _rule("how it is read"),
        _reading(made, head),
        _rule("acts: which verbs do them"),
        *_acts(made),
        *_lists(made),
        _cures(made, head),
        _terms(made),
        _apart(made),
    ]
    words = "\n".join(part.rstrip("\n") + "\n" for part in below if part)
    looks = f"{_top(made, head, 0)}\n{words}".count(LOOK)
    return f"{_top(made, head, looks)}\n\n{words}"


LOOK = "\n# look: "  # what a line begins with that a person must settle


def head_of(citation: str, *, title: str, identifier: str, drawn_from: str, pack_id: str = "") -> Head:
    """The head of the pack of the law with that citation; the id is made from it where none is given."""
    place = jurisdiction(citation, identifier)
    return Head(
        pack_id or _id(citation, identifier),
        citation,
        title or citation,
        place,
        identifier if identifier.startswith("http") else "",
        drawn_from,
    )


def jurisdiction(citation: str, identifier: str) -> str:
    """Whose law it is, where citation or identifier tell; "" where they don't."""
    if re.search(r"U\.S\.C\.|C\.F\.R\.|Pub\. L\.", citation):
        return "United States"
    if "/us/dc/" in identifier or citation.startswith("D.C."):
        return "District of Columbia"
    return ""


def _id(citation: str, identifier: str) -> str:
    slug = re.sub(
        r"[^a-z0-9.-]+", "-", re.sub(r"(?<=[A-Z])\.(?=[A-Z]\b|\s)", "", citation.replace("§", " ")).lower()
    ).strip("-.")
    where = jurisdiction(citation, identifier)
    folder = {"United States": "us", "District of Columbia": "dc"}.get(where, "own")
    return f"{folder}/{slug or 'law'}"


def _rule(words: str) -> str:
    return f"# --- {words} " + "-" * max(3, 92 - len(words))


def _top(made: Draft, head: Head, looks: int) -> str:
    lines = [
        f"# A first draft, made from {head.drawn_from}.",
        "# It restates and guesses. Read each requirement beside the law's own words, and settle each line that says look.",
        f"# {len(made.requirements)} requirements, {len(made.terms)} definitions, {len(made.apart)} sentences that ask nothing here; {looks} places to look at.",
        "",
        f"id = {_q(head.id)}",
        f"citation = {_q(head.citation)}",
        f"title = {_q(head.title)}",
    ]
    if head.jurisdiction:
        lines.append(f"jurisdiction = {_q(head.jurisdiction)}")
    else:
        lines.append('# look: whose law is it? jurisdiction = "..."')
    lines.append(
        f"source = {_q(head.source)}"
        if head.source
        else '# look: where is the official text found? source = "https://..."'
    )
    lines += [
        "# The learned judge reads too, and is heard where the rules are silent; false when the word lists below say enough.",
        "network = true",
    ]
    who = bearers(made)
    if len(who) > 1:
        lines.append("# look: these are bound; take out the requirements that bind none of the bodies you will check")
        lines += [_comment(f"  {name}: {', '.join(names)}") for name, names in who.items()]
    if not made.requirements:
        lines.append(
            "# look: no norm was heard in this text. Write at least one [[requirements]] (docs/packs.md) and its [acts.NAME]."
        )
    return "\n".join(lines)


def _requirement(one: Drafted, head: Head) -> str:
    article = one.frame.article
    pinpoint = (
        article.pinpoint
        if article.section in head.citation or not article.section
        else article.section + article.pinpoint
    )
    lines = [
        _comment(f"The law: {_short(article.text)}"),
        *(_comment(f"look: {look}") for look in one.looks),
        "[[requirements]]",
        f"name = {_q(one.name)}",
    ]
    lines += [f"pinpoint = {_q(pinpoint)}"] if pinpoint else []
    lines += [f"official = [{_q(article.official)}]"] if article.official else []
    lines += [
        f"text = {_q(one.text)}",
        f"modality = {_q(one.frame.modality)}",
        f"acts = {_list(one.acts)}",
        f"matters = [{_q(one.matter)}]",
    ]
    lines += [f"own_exceptions = [{_q(one.exception)}]"] if one.exception else []
    lines += _said(one)
    lines.append(_comment("heard as " + "; ".join(spoken(one.frame))))
    return "\n".join(lines) + "\n"


def _said(one: Drafted) -> list[str]:
    """The norm and its contrary in plain sentences."""
    told = (("wordings", wordings(one.frame)), ("contraries", contraries(one.frame)))
    kept = [(key, [said for said in found if _plain(said)]) for key, found in told]
    return [f"{key} = {_list(said)}" for key, said in kept if said]


def _plain(said: str) -> bool:
    """Whether it is one sentence of a few words, as `law check` wants it."""
    return len(said.split()) >= FEWEST and len(tuple(sentences(said))) == 1


def _reading(made: Draft, head: Head) -> str:
    free = any(one.frame.modality == "unrestricted" for one in made.requirements)
    lines = [
        "# look: does a court or an agency read the law another way? Then add a [[readings]] with its authorities.",
        "[[readings]]",
        'id = "plain"',
        'title = "As written"',
        'says = "The words as they stand."',
        *(['cured_by = ["words", "citation", "self-limit", "leave"]'] if free else []),
        *([f"forums = [{_q(head.jurisdiction)}]"] if head.jurisdiction else []),
        "",
        "[[readings.authorities]]",
        f"citation = {_q(head.citation)}",
        f"forum = {_q(head.jurisdiction or 'where the law is in force')}",
        'holds = "The text itself."',
    ]
    return "\n".join(lines)


def _acts(made: Draft) -> Iterator[str]:
    for name, act in made.acts.items():
        lines = [f"[acts.{_key(name)}]", f"says = {_q(act.says)}"]
        lines += [f"families = {_list(act.families)}"] if act.families else []
        lines += [f"verbs = {_list(act.verbs)}"] if act.verbs else []
        lines += [f"opposed = {_list(act.opposed)}"] if act.opposed else []
        lines += [f"toward = {_list(act.toward)}"]
        yield "\n".join(lines) + "\n"


def _lists(made: Draft) -> Iterator[str]:
    for table, title, held in (
        ("parties", "parties", made.parties),
        ("matters", "matters: the words that speak of them", made.matters),
        ("exceptions", "the law's own exceptions", made.exceptions),
    ):
        if held:
            yield _rule(title)
            yield "# look: add the words that the documents in your field use, and take out those that are too wide."
        for name, (says, words) in held.items():
            yield f"[{table}.{_key(name)}]\nsays = {_q(says)}\nwords = {_list(words)}\n"


def _cures(made: Draft, head: Head) -> str:
    if not any(one.frame.modality == "unrestricted" for one in made.requirements):
        return ""
    sections = sorted({one.frame.article.section for one in made.requirements if one.frame.article.section})
    words = [w for s in sections for w in (f"section {s}", f"§ {s}")]
    plain = re.sub(r"[^\w§ -]", "", head.citation.lower())
    return f"# look: by which words does a savings clause point to this law?\n[cures]\ncitation = {_list(dict.fromkeys([*words, *([plain] if plain else [])]))}"


def _terms(made: Draft) -> str:
    if not made.terms:
        return ""
    lines = [
        _rule("the law's own definitions"),
        "# Their words stand in the matters of the requirements that use them.",
    ]
    lines += [
        _comment(f"{_place(t.article.section, t.article.pinpoint)} “{'”, “'.join(t.names)}”: {_short(t.means)}")
        for t in made.terms
    ]
    return "\n".join(lines)


def _apart(made: Draft) -> str:
    if not made.apart:
        return ""
    lines = [_rule("what makes no requirement here")]
    for one in made.apart:
        place = _place(one.article.section, one.article.pinpoint)
        doubtful = one.kind in ("statement", "permission", "penalty", "remedy")
        lines.append(
            _comment(f"{'look: ' * doubtful}{place} {one.why}: {_short(one.article.text[one.article.own :], 150)}")
        )
    return "\n".join(lines)


def _place(section: str, pinpoint: str) -> str:
    return f"{section}{pinpoint}" or "the text"


CONTROL = re.compile(r"[\x00-\x09\x0b-\x1f\x7f]")  # TOML bears none of them in a comment


def _comment(words: str) -> str:
    """One or more comment lines."""
    import textwrap

    words = CONTROL.sub(" ", words)
    flat = " ".join(words.split()) if not words.startswith("  ") else words
    return (
        "\n".join(f"# {line}" for line in textwrap.wrap(flat, WIDE, subsequent_indent="  ", break_long_words=False))
        or "#"
    )


def _short(words: str, length: int = 420) -> str:
    flat = " ".join(words.split())
    return flat if len(flat) <= length else flat[:length].rsplit(" ", 1)[0] + " ..."


def _list(words: Iterable[str]) -> str:
    held: Sequence[str] = list(words)
    line = f"[{', '.join(_q(w) for w in held)}]"
    if len(line) <= WIDE:
        return line
    rows: list[str] = []
    row = " "
    for word in held:
        if len(row) + len(_q(word)) > WIDE and row.strip():
            rows, row = [*rows, row], " "
        row += f" {_q(word)},"
    return "\n".join(["[", *rows, row, "]"])


def _key(name: str) -> str:
    return name if re.fullmatch(r"[A-Za-z0-9_-]+", name) else _q(name)


def _q(words: str) -> str:
    """A TOML basic string; JSON's escapes are among TOML's."""
    return json.dumps(words, ensure_ascii=False).replace("\x7f", "\\u007f")


# --- from the text of a law to its pack --------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class Drawn:
    """A drafted pack: its TOML, what it was made of, and what `law check` would still say."""

    text: str
    draft: Draft
    head: Head
    problems: tuple[Problem, ...]


MOST_SECTIONS = 60


def of_official(
    texts: Sequence[OfficialText], *, day: date, sections: Sequence[str] = (), citation: str = "", pack_id: str = ""
) -> Drawn:
    """The draft of an official file's sections, each in the version in force on `day`.

    Raises BadInput where none of `sections` is in it, or where it holds more than `MOST_SECTIONS` and none was chosen.
    """
    by_id: dict[str, list[OfficialText]] = {}
    for text in texts:
        by_id.setdefault(text.identifier, []).append(text)
    alive = [version_at(found, day) or found[-1] for found in by_id.values()]
    chosen = [t for t in alive if not sections or _number(t) in sections]
    _few(len(chosen), [_number(t) for t in alive], sections, alive[0].source)
    first = chosen[0]
    told = f"{first.source} (SHA-256 {first.sha256[:16]}...{f', {first.note}' if first.note else ''})"
    cited = citation or _together([t.citation for t in chosen])
    head = head_of(cited, title=first.heading, identifier=first.identifier, drawn_from=told, pack_id=pack_id)
    return _drawn([a for t in chosen for a in articles(t)], head)


def of_text(text: str, *, name: str, sections: Sequence[str] = (), citation: str = "", pack_id: str = "") -> Drawn:
    """The draft of a statute in bare text; `name` is the file's. Raises BadInput as `of_official` does."""
    every = articles_of(text, title="")
    numbers = list(dict.fromkeys(a.section for a in every if a.section))
    chosen = [a for a in every if not sections or a.section in sections]
    _few(len({a.section for a in chosen}), numbers, sections, name)
    if not every:
        raise BadInput(f"{name}: it holds no sentence")
    headings = [a.heading for a in chosen if a.heading]
    kept = list(dict.fromkeys(a.section for a in chosen if a.section))
    cited = (
        citation
        or _cited(text)
        or " ".join(x for x in (re.sub(r"[_-]+", " ", name.rpartition(".")[0] or name), _marked(kept)) if x)
    )
    head = head_of(cited, title=headings[0] if headings else "", identifier="", drawn_from=name, pack_id=pack_id)
    return _drawn(chosen, head)


def _drawn(found: Sequence[Article], head: Head) -> Drawn:
    made = draft(found)
    text = pack_text(made, head)
    return Drawn(text, made, head, problems(text.encode()))


def _number(text: OfficialText) -> str:
    return text.provisions[0].number if text.provisions else ""


def _few(chosen: int, known: Sequence[str], wanted: Sequence[str], name: str) -> None:
    if wanted and not chosen:
        raise BadInput(
            f"{name}: no section {', '.join(wanted)}; it holds {', '.join(known[:20])}{' ...' * (len(known) > 20)}"
        )
    if chosen > MOST_SECTIONS:
        raise BadInput(f"{name}: {chosen} sections, more than a pack can be read with; choose some by --section NUMBER")


def _together(citations: Sequence[str]) -> str:
    """Several sections of one code as one citation: "8 U.S.C. §§ 1373, 1644"."""
    before = {c.partition(" § ")[0] for c in citations}
    if len(citations) == 1 or len(before) > 1:
        return citations[0] if len(before) == 1 else "; ".join(citations[:6])
    return f"{before.pop()} §§ {', '.join(c.partition(' § ')[2] for c in citations[:12])}"


def _marked(numbers: Sequence[str]) -> str:
    return f"{'§§' if len(numbers) > 1 else '§'} {', '.join(numbers[:8])}" if numbers else ""


CITED = re.compile(
    r"\b(?:\d+ (?:U\.S\.C\.|C\.F\.R\.) §§? ?[\w.,() -]*?\w(?=[.\s,;)]|$)|(?:[A-Z][a-z]+\. ){1,3}(?:Code|Stat\.|Law)[\w. ]{0,20}§§? ?[\w.:-]*\w)"
)


def _cited(text: str) -> str:
    m = CITED.search(text[:400])
    return m[0].strip() if m else ""
