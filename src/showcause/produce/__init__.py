"""Documents with their decisions in, production volumes, privilege logs and letters out."""

from showcause.produce.bates import Ledger, Series, Span
from showcause.produce.draft import Block, Draft, begun, from_text, merged, settled, to_text
from showcause.produce.item import Area, Coding, Form, Item, Mail
from showcause.produce.lettering import Encoding, Fault, table
from showcause.produce.loadfile import dat, read_dat
from showcause.produce.log import Certification, LogKind, entries, log
from showcause.produce.order import Check, Flag, Order, Override
from showcause.produce.patterns import PATTERNS, words
from showcause.produce.profile import Profile, profile, shipped
from showcause.produce.redact import found
from showcause.produce.reply import Answer, Head, Objection, Outcome, cover, response, sheet
from showcause.produce.volume import Made, Summary, make, summary_json, summary_of

__all__ = [
    "PATTERNS",
    "Answer",
    "Area",
    "Block",
    "Certification",
    "Check",
    "Coding",
    "Draft",
    "Encoding",
    "Fault",
    "Flag",
    "Form",
    "Head",
    "Item",
    "Ledger",
    "LogKind",
    "Made",
    "Mail",
    "Objection",
    "Order",
    "Outcome",
    "Override",
    "Profile",
    "Series",
    "Span",
    "Summary",
    "begun",
    "cover",
    "dat",
    "entries",
    "found",
    "from_text",
    "log",
    "make",
    "merged",
    "profile",
    "read_dat",
    "response",
    "settled",
    "sheet",
    "shipped",
    "summary_json",
    "summary_of",
    "table",
    "to_text",
    "words",
]
