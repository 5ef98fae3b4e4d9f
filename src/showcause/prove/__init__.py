"""A matter as a bag that the other side checks without trusting us; and that check."""

from showcause.prove.check import Check, Report, verify
from showcause.prove.choose import NotRederivable, shown
from showcause.prove.proof import Evidence, prove
from showcause.prove.sshsig import make_key

__all__ = ["Check", "Evidence", "NotRederivable", "Report", "make_key", "prove", "shown", "verify"]
