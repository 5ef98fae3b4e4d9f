"""A Case in, report.html out."""

from __future__ import annotations

from showcause.core import Case


def report(case: Case) -> str:
    """The report of a case."""
    return f"<!doctype html><title>{len(case.findings)}</title>"
