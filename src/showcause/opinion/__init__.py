"""Findings -> memorandum: one tree, printed as PDF, DOCX and HTML."""

from showcause.opinion.memo import opinion
from showcause.opinion.printing import sheet, to_docx, to_html, to_pdf
from showcause.opinion.tree import Fixed, Opinion, Said
from showcause.opinion.wording import Wording

__all__ = ["Fixed", "Opinion", "Said", "Wording", "opinion", "sheet", "to_docx", "to_html", "to_pdf"]
