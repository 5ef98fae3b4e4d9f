"""Templates and data -> PDF by Typst, DOCX by python-docx, HTML by Jinja; and the report of a whole case."""

from showcause.paper.exceptions import exceptions
from showcause.paper.hold import Notice, hold_notice
from showcause.paper.press import html, pdf, sheet_html, sheet_pdf
from showcause.paper.report import report
from showcause.paper.sheet import Block, Look, Piece, Run, Sheet
from showcause.paper.terms import Term, term_report
from showcause.paper.timeline import timeline
from showcause.paper.word import docx

__all__ = [
    "Block",
    "Look",
    "Notice",
    "Piece",
    "Run",
    "Sheet",
    "Term",
    "docx",
    "exceptions",
    "hold_notice",
    "html",
    "pdf",
    "report",
    "sheet_html",
    "sheet_pdf",
    "term_report",
    "timeline",
]
