"""A problem of a law pack in; what its author should write instead out."""

from __future__ import annotations

import difflib
import re

from showcause.ask.pack import Problem

MISSING = {  # where a key is missing, an example of it
    "id": 'id = "us/my-act", the name that findings and commands use',
    "citation": 'citation = "My Act § 2", as a court would cite it',
    "requirements": "a table [[requirements]] with name, text, modality and acts",
    "requirements.name": 'name = "a", short and its own; the requirement\'s id is LAW#NAME',
    "requirements.text": 'text = "An officer shall not ...", the rule restated in one sentence',
    "requirements.modality": 'modality = "obliged", "forbidden", "permitted" or "unrestricted"',
    "requirements.acts": 'acts = ["keep"], each with a table [acts.keep] of the verbs that do it',
    "readings.id": 'id = "plain"',
    "readings.authorities.citation": 'citation = "City v. State, 1 F.4th 2"',
    "readings.authorities.forum": 'forum = "9th Cir.", where it binds',
}
DEFINED = {  # names that a key points to, and the table that defines them
    "acts": "acts",
    "matters": "matters",
    "own_exceptions": "exceptions",
    "reaches": "matters",
    "toward": "parties",
    "needs": "matters",
}


def instead(problem: Problem) -> str:
    """What to write in place of what is wrong, in one line; "" where the problem says it all."""
    where, what = problem.where, problem.what
    key = where.rpartition(".")[2]
    if what == "is missing":
        return f"write {MISSING[where]}" if where in MISSING else f"write {key} = ..."
    if m := re.match(r"unknown key; known are (?P<known>.+)", what):
        return _near(key, m["known"]) or f"take {key} out, or write it as a comment"
    if m := re.match(r"unknown '(?P<said>[^']*)'; known are (?P<known>.*)", what):
        table = DEFINED.get(key)
        near = _near(m["said"], m["known"])
        defined = f"define it: a table [{table}.{m['said']}]" if table else "write one of the known names"
        return f"{near.removesuffix('?')}? Else {defined}" if near else defined
    return _other(where, what, key)


def _other(where: str, what: str, key: str) -> str:  # noqa: PLR0911 - one case a line
    if what == "is a list of names":
        return f'write {key} = ["one", "two"]'
    if what == "words are missing":
        return f'add words = ["the ways", "in which documents name it"] under [{where}]'
    if what.startswith("an act needs"):
        return f'add verbs = ["keep", "retain"] or families = ["keep"] under [{where}]'
    if what.startswith("a word list holds"):
        return f'write {key} = ["one way", "another"], each in small letters; take empty ones out'
    if "stands twice" in what:
        return "give the second one a name of its own"
    if what.endswith("no text in quotation marks"):
        return f'write {key} = "..."'
    if m := re.match(r"the sentence reads as (\w+)", what):
        return f'write modality = "{m[1]}", or mend the sentence'
    if where == "TOML":
        return 'mend the line: text stands in "...", a list in [...], a quotation mark in text as \\"'
    if where == "uses":
        return "name a pack of `showcause law list`, or put the folder of yours in SHOWCAUSE_PACKS"
    if where == "file":
        return "save the file as UTF-8"
    return (
        "mend the expression, or write plain words with * for any ending"
        if re.search(r"position \d+|unterminated|nothing to repeat", what)
        else ""
    )


def _near(said: str, known: str) -> str:
    found = difflib.get_close_matches(said, [name.strip() for name in known.split(",")], n=1, cutoff=0.6)
    return f"do you mean {found[0]}?" if found else ""
