"""What is asked of the record, and read from what comes in."""

from showcause.ask.citation import Citation, Source, citations
from showcause.ask.deadline import RULES, Clock, Computed, Rule, Trigger, compute, owed, promised, rule_of
from showcause.ask.letter import letter_rows, read_letter
from showcause.ask.official import read_official, version_at
