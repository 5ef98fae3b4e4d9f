"""The opinion's own fixed words: they say nothing about a matter, cite nothing, and are the same in every opinion."""

from __future__ import annotations

from enum import StrEnum


class Wording(StrEnum):
    """Every heading, label and sentence that may stand without a cite."""

    TITLE = "Memorandum"
    BANNER = "Draft for an attorney’s review · not legal advice"
    MATTER = "Matter"
    RESPONDENT = "Respondent"
    LAWS = "Under"
    AS_OF = "As of"
    RECORD = "Record"

    QUESTION = "Question presented"
    SHORT = "Short answer"
    PARTING = "Where the readings part"
    LAW = "The law in its words"
    READINGS = "The readings and who holds them"
    FINDINGS = "Findings"
    CAUGHT = "Caught between two laws"
    CLASHES = "Clashes in the record"
    SILENCE = "What the record is silent on"
    CLAIMS = "What is said in public, held against the record"
    REQUESTS = "Requests and deadlines"
    UNREAD = "What could not be read"
    METHOD = "Method and limits"
    AUTHORITIES = "Table of authorities"
    NEAR = "What restricts something near, but different"
    REQUESTED = "What is asked for"
    OWED = "What is owed, and by when"
    REQUIREMENT = "Requirement"

    PART_LEAD = (
        "A law can be read in more than one way, and the dispute lies where the readings part; so that comes first."
    )
    NO_PART = (
        "On no provision and no requirement do the readings part: on this record nothing turns on which one binds."
    )
    PART_RECORD = "Here they part on what the record as a whole comes to:"
    PART_PROVISIONS = "Here they part on a provision; each stands with its words and the reasons among the findings:"
    PROVISION = "Provision"
    UNDER = "Under law"
    ANSWERS_LEAD = "The answers, reading by reading, for the record as a whole:"
    NOT_JUDGED = "This reading changes no verdict; it is reported beside the others."
    OFFICIAL = "The words are quoted from the official text."
    RESTATED = "No official text has been imported; what stands here is a restatement, not the words of the law."
    FINDINGS_LEAD = (
        "Each finding gives the deciding words, where they stand, and under each law the verdict, reading by reading, with "
        "the reason; instrument by instrument, in the order of the text."
    )
    NOTHING_BEARS = "Nothing in the record bears on any requirement."
    UNMET = "The requirement is a duty, and a duty of which the record says nothing is unmet."
    NOT_UNMET = "The requirement forbids or permits; silence of the record is not a breach of it."
    CAUGHT_LEAD = "These words satisfy one law by breaking another. No reading of one of them alone can settle that."
    NO_CAUGHT = "No passage was found that satisfies one law by breaking another."
    CLASH_LEAD = "These passages of the record pull apart. Which of them governs is for a person to decide."
    NO_CLASH = "No passages were found that pull apart."
    AGAINST = "Against it:"
    NO_SILENCE = "The record speaks to every requirement."
    NO_CLAIMS = "No public claim was read."
    CLAIMS_LEAD = (
        "Claims of either side are held to the same record. A loaded word is never a verdict, nor part of one."
    )
    NOT_HELD = "The claim asserts nothing that the record alone can bear out or contradict."
    NO_REQUESTS = "No request was read."
    NO_DEADLINES = "Nothing with a date is owed."
    ALL_READ = "Everything given was read."
    UNREAD_LEAD = "Nothing is said here of what these files hold. Each of them may change an answer."
    METHOD_1 = (
        "Each requirement of each law was set against each passage that bears on it, under each reading; exceptions, savings "
        "clauses, definitions and cross-references were resolved with the whole document in view."
    )
    METHOD_2 = (
        "Where judges of one passage disagree the verdict is “unclear”; a person’s finding stands above every other. "
        "A document is as its worst passage, and the record as its worst document."
    )
    METHOD_3 = (
        "“Conflict” means that the words, so read, do what the law forbids or forbid what it protects; “unclear”, that fair "
        "readers would differ; “complies”, that the words keep the requirement; “silent”, that nothing bears on it."
    )
    METHOD_4 = (
        "Every quotation is exact and stands at the characters given with it. Section numbers and headings are read from the "
        "documents and may be wrong where a document numbers itself in an unusual way."
    )
    METHOD_5 = (
        "The findings are about what the papers say. Of practice they say only what a paper records; of facts outside the "
        "record they say nothing."
    )
    METHOD_6 = (
        "This draft finds and cites; it decides nothing. An attorney must review it, and above all check that each authority "
        "is still good law, before anyone relies on it."
    )
