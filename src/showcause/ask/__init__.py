"""What is asked of the record, and read from what comes in."""

from showcause.ask.citation import Citation, Source, citations
from showcause.ask.deadline import RULES, Clock, Computed, Rule, Trigger, compute, owed, promised, rule_of
from showcause.ask.letter import letter_rows, read_letter
from showcause.ask.official import read_official, version_at
from showcause.ask.statement import read_statement, statement_rows

__all__ = [
    "RULES",
    "Citation",
    "Clock",
    "Computed",
    "Rule",
    "Source",
    "Trigger",
    "citations",
    "compute",
    "letter_rows",
    "owed",
    "promised",
    "read_letter",
    "read_official",
    "read_statement",
    "rule_of",
    "statement_rows",
    "version_at",
]
