from .citation import Citation, Source, citations
from .clock import Computed, Step, Told, compute, plain_day, working_days
from .coming import Before, Coming, Effect, effect
from .deadline import Known, governing, owed, promised, reckoned, rule_named, rule_of
from .errand import Errand, errands
from .follow import follows
from .holding import holds, unacknowledged
from .ical import calendar
from .letter import letter_rows, read_letter
from .official import read_official, version_at
from .rulebook import (
    Clock,
    Counting,
    Extension,
    Pause,
    Rule,
    Service,
    Trigger,
    counting,
    read_rules,
    rules,
)
from .running import (
    DONE,
    STATES,
    Running,
    Stated,
    Terms,
    exchange_of,
    known_of,
    labels,
    owed_under,
    question,
)
from .statement import read_statement, statement_rows

__all__ = [
    "DONE",
    "STATES",
    "Before",
    "Citation",
    "Clock",
    "Coming",
    "Computed",
    "Counting",
    "Effect",
    "Errand",
    "Extension",
    "Known",
    "Pause",
    "Rule",
    "Running",
    "Service",
    "Source",
    "Stated",
    "Step",
    "Terms",
    "Told",
    "Trigger",
    "calendar",
    "citations",
    "compute",
    "counting",
    "effect",
    "errands",
    "exchange_of",
    "follows",
    "governing",
    "holds",
    "known_of",
    "labels",
    "letter_rows",
    "owed",
    "owed_under",
    "plain_day",
    "promised",
    "question",
    "read_letter",
    "read_official",
    "read_rules",
    "read_statement",
    "reckoned",
    "rule_named",
    "rule_of",
    "rules",
    "statement_rows",
    "unacknowledged",
    "version_at",
    "working_days",
]
