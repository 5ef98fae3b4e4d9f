"""The City of Brackwater Falls, invented: three laws, four records, a letter, a statement, and every kind of finding."""

from __future__ import annotations

import hashlib
from dataclasses import replace
from datetime import UTC, date, datetime

from showcause.ask import law as packs
from showcause.core import (
    RECORD,
    Case,
    Claim,
    Consequence,
    Deadline,
    Document,
    Finding,
    Given,
    Kind,
    Letter,
    Mark,
    OfficialText,
    PageMap,
    Passage,
    Provision,
    Question,
    Request,
    Requirement,
    Stance,
    State,
    Statement,
    Threat,
    Verdict,
)

V = Verdict
T = datetime(2027, 2, 10, 16, 45, tzinfo=UTC)
BY = "duty:1"
HOSTILE = '<script>window.pwned=1</script><img src=x onerror="window.pwned=1">\'"`${7*7}`{{7*7}}#panic("x")'
A, B = "us/8-usc-1373#a", "us/8-usc-1373#b"
CAL = "ca/gov-7284.6#release-date"

MANUAL = """BRACKWATER FALLS POLICE DEPARTMENT MANUAL

Section 210.1 Purpose
This chapter tells members how to handle what they learn about the people they serve.

Section 210.4 Release dates
Members shall not tell any federal agency the date or hour at which a person leaves the holding facility. The watch
commander keeps the list of departures and answers for it.

Section 210.5 Status
Members may send to and receive from the federal immigration authority information on the citizenship or immigration
status of any person, as section 1373 of title 8 allows.

Section 305.2 Records division
The records division shall keep no note of a person's immigration status and shall not exchange such a note with any
other agency.

Section 305.7 Vehicles
No member shall use a marked vehicle for a private errand.
"""
ORDER = """GENERAL ORDER 27-01

1. Scope. This order binds every member.
2. Inquiries. Members shall not answer an inquiry of the federal immigration authority about any person.
3. Savings. Nothing in this order limits what federal law allows.
"""
ORDINANCE = """ORDINANCE NO. 881

Sec. 4. No officer shall give a person's home address to the immigration authority unless the person consents.
"""
LETTER = """January 12, 2027
Prove that you comply with 8 U.S.C. § 1373. Produce by March 1, 2027:
1. All general orders in force since 2025.
2. All training given on release dates.
Otherwise we will issue a subpoena.
"""
ARTICLE = (
    """“We comply with every federal law,” said Mayor Ines Dahl. Federal counsel Rob Ekker said the city is in violation
of section 1373. """
    + HOSTILE
    + "\n"
)


def _doc(name: str, title: str, text: str, kind: str = "pdf", breaks: tuple[str, ...] = ()) -> Document:
    marks = (Mark(0, page=1), *(Mark(text.index(b), page=n) for n, b in enumerate(breaks, start=2)))
    sha = hashlib.sha256(name.encode()).hexdigest()
    return Document("d-" + sha[:8], sha, kind, "Clerk", None, text, PageMap(marks), name, title)


def _at(doc: Document, words: str) -> Passage:
    start = doc.text.index(words)
    return doc.passage(start, start + len(words))


def laws():
    loaded = [packs.load(name) for name in ("us/8-usc-1373", "us/8-usc-1644", "ca/gov-7284.6")]
    words = (
        "(a) Notwithstanding any other provision of Federal, State, or local law, a Federal, State, or local government entity "
        "or official may not prohibit, or in any way restrict, any government entity or official from sending to, or receiving "
        "from, the Immigration and Naturalization Service information regarding the citizenship or immigration status, lawful "
        "or unlawful, of any individual."
    )
    official = OfficialText(
        "8 U.S.C. § 1373",
        "/us/usc/t8/s1373",
        "Communication",
        words,
        (Provision("/us/usc/t8/s1373/a", "(a)", "", "subsection", 0, len(words)),),
        "demo",
        "ab" * 32,
        date(2026, 1, 5),
    )
    duty = Requirement("us/8-usc-1644#notice", "The body shall publish a notice of this section.", "(z)", duty=True)
    first, second, third = loaded
    return (replace(first, official=official), replace(second, requirements=(*second.requirements, duty)), third)


def casebook() -> Case:
    manual = _doc("manual.pdf", "Police Manual", MANUAL, breaks=("Section 210.4", "Section 305.2"))
    order = _doc("go-27-01.md", "General Order 27-01", ORDER, "md")
    ordinance = _doc("ordinance-881.docx", "Ordinance 881", ORDINANCE, "docx")
    letter = _doc("demand.pdf", "Demand of January 12", LETTER)
    article = _doc("courier.html", HOSTILE, ARTICLE, "html")
    docs = (manual, order, ordinance, letter, article)
    requests = tuple(
        Request(str(n), words, period, LETTER.index(words), LETTER.index(words) + len(words))
        for n, words, period in (
            (1, "All general orders in force since 2025.", "since 2025"),
            (2, "All training given on release dates.", None),
        )
    )
    claims = tuple(
        Claim(by, words, stance, "8 U.S.C. § 1373", None, ARTICLE.index(words), ARTICLE.index(words) + len(words))
        for by, words, stance in (
            ("Mayor Ines Dahl", "We comply with every federal law", Stance.COMPLIES),
            ("Rob Ekker", "the city is in violation\nof section 1373", Stance.VIOLATES),
        )
    )
    questions = (
        *(
            Question(r.id, Kind.REQUIREMENT, r.text, law.citation + r.pinpoint)
            for law in laws()
            for r in law.requirements
        ),
        *(
            Question(f"{letter.id}/request-{r.label}", Kind.REQUEST, r.text, letter.passage(r.start, r.end))
            for r in requests
        ),
        *(
            Question(f"{article.id}/claim-{n}", Kind.CLAIM, c.text, article.passage(c.start, c.end))
            for n, c in enumerate(claims, start=1)
        ),
    )
    return Case(
        name="Brackwater Falls",
        respondent="City of Brackwater Falls",
        as_of=T,
        laws=laws(),
        documents={d.id: d for d in docs},
        given=_given(docs),
        questions=questions,
        findings=tuple(_findings(manual, order, ordinance, article)),
        letters={
            letter.id: Letter(
                "Rob Ekker",
                "Office of Federal Grants",
                ("Mayor Ines Dahl",),
                date(2027, 1, 12),
                date(2027, 3, 1),
                "by March 1, 2027",
                ("8 U.S.C. § 1373",),
                requests,
                (),
                (Consequence(Threat.SUBPOENA, "we will issue a subpoena"),),
                "Rob Ekker",
                None,
            )
        },
        statements={article.id: Statement((), claims, (), outlet="The Courier", date=date(2027, 2, 1))},
        deadlines=(
            Deadline(
                "the documents requested", "Office of Federal Grants", date(2027, 3, 1), "by March 1, 2027", letter.id
            ),
            Deadline("the answer", "the council", None, "at the next meeting", letter.id),
        ),
        request_states={f"{letter.id}/request-1": "answered", f"{letter.id}/request-2": "open"},
    )


def _given(docs):
    for_each = [Given(f"in/{d.name}", d.name, 900, d.sha256, State.READ, "Clerk", "k", T, None, d.id) for d in docs[:3]]
    rest = [
        Given("in/copy.md", "copy.md", 200, docs[1].sha256, State.DUPLICATE, "Clerk", "k", T, None, docs[1].id),
        Given("in/box.zip", "box.zip", 4000, "cd" * 32, State.CONTAINER, "Clerk", "k", T),
        Given(
            "/srv/kim/box.zip!/a/scan.pdf",
            "scan.pdf",
            6000,
            "ef" * 32,
            State.UNREADABLE,
            "Clerk",
            "k",
            T,
            reason="the file ends in the middle",
        ),
        Given("in/.DS_Store", HOSTILE, 12, "aa" * 32, State.SKIPPED, "Clerk", "k", T, reason="a system file"),
    ]
    return (*for_each, *rest)


def _findings(manual, order, ordinance, article):
    release = _at(
        manual,
        "Members shall not tell any federal agency the date or hour at which a person leaves the holding facility.",
    )
    status = _at(
        manual,
        "Members may send to and receive from the federal immigration authority information on the citizenship or immigration\nstatus of any person",
    )
    note = _at(manual, "shall not exchange such a note with any\nother agency")
    answer = _at(order, "Members shall not answer an inquiry of the federal immigration authority about any person.")
    saving = _at(order, "Nothing in this order limits what federal law allows.")
    address = _at(
        ordinance,
        "No officer shall give a person's home address to the immigration authority unless the person consents.",
    )
    vehicle = _at(manual, "No member shall use a marked vehicle for a private errand.")
    out = []

    def found(question, about, verdicts, cites, why, **more):
        for reading, verdict in zip(("narrow", "broad", "doj-2017"), verdicts, strict=False):
            out.append(Finding(question, about, reading, verdict, cites, why, BY, T, **more))

    found(
        A,
        release,
        (V.SILENT, V.CONFLICT, V.CONFLICT),
        (release,),
        "a ban on giving release dates, which are within the words only as the broad reading has them",
        caught_between=(CAL,),
    )
    found(A, status, (V.COMPLIES,) * 3, (status,), "an express leave to send and receive status")
    found(
        A,
        answer,
        (V.COMPLIES, V.COMPLIES, V.CONFLICT),
        (answer, saving),
        "a ban that a bare savings clause cures except as the Department reads it",
        clashes_with=(status,),
    )
    found(A, vehicle, (V.SILENT,) * 3, (vehicle,), "restricts vehicles, not information")
    found(B, note, (V.CONFLICT,) * 3, (note,), "forbids maintaining and exchanging status")
    found(B, address, (V.SILENT, V.UNCLEAR, V.CONFLICT), (address,), "an address may be more than status")
    out.append(Finding(A, address, "narrow", V.UNCLEAR, (address,), "a person looked at it", "person:k.ito", T))
    out.append(
        Finding(
            CAL,
            release,
            "plain",
            V.COMPLIES,
            (release,),
            "keeps release dates from the authority",
            BY,
            T,
            caught_between=(A,),
        )
    )
    found(A, RECORD, (V.COMPLIES, V.CONFLICT, V.CONFLICT), (release, answer), "Passages in 2 documents bear on it.")
    found(B, RECORD, (V.CONFLICT,) * 3, (note,), "A passage in manual.pdf conflicts with it.")
    out.append(Finding(CAL, RECORD, "plain", V.COMPLIES, (release,), "A passage in manual.pdf keeps it.", BY, T))
    for name in ("us/8-usc-1644#info", "us/8-usc-1644#notice"):
        found(name, RECORD, (V.SILENT,) * 3, (), "Nothing in the record bears on this requirement.")
    for n, verdicts in ((1, (V.SUPPORTED, V.CONTRADICTED)), (2, (V.CONTRADICTED, V.SUPPORTED))):
        found(
            f"{article.id}/claim-{n}",
            RECORD,
            verdicts,
            (release,),
            "held to the record's findings on 8 U.S.C. § 1373(a)",
        )
    return out
