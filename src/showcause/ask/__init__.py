"""What is asked of the record, and read from what comes in."""

from showcause.ask.citation import Citation, Source, citations
from showcause.ask.clock import Computed, Step, Told, compute
from showcause.ask.deadline import owed, promised, rule_of
from showcause.ask.follow import follows
from showcause.ask.ical import calendar
from showcause.ask.letter import letter_rows, read_letter
from showcause.ask.official import read_official, version_at
from showcause.ask.rulebook import Clock, Extension, Pause, Rule, Service, Trigger, read_rules, rules
from showcause.ask.statement import read_statement, statement_rows

__all__ = [
    "Citation",
    "Clock",
    "Computed",
    "Extension",
    "Pause",
    "Rule",
    "Service",
    "Source",
    "Step",
    "Told",
    "Trigger",
    "calendar",
    "citations",
    "compute",
    "follows",
    "letter_rows",
    "owed",
    "promised",
    "read_letter",
    "read_official",
    "read_rules",
    "read_statement",
    "rule_of",
    "rules",
    "statement_rows",
    "version_at",
]
