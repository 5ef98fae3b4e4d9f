"""People's calls: how documents stand, in which order to read them, and what the calls say of all that was not read."""

from showcause.review.measure import Agreement, Interval, Recall, agreement, exact, recall, sample_size, upper, wilson
from showcause.review.queue import batched, drawn, ordered
from showcause.review.standing import PERSON, Stand, doubles, rate, stands

__all__ = [
    "PERSON",
    "Agreement",
    "Interval",
    "Recall",
    "Stand",
    "agreement",
    "batched",
    "doubles",
    "drawn",
    "exact",
    "ordered",
    "rate",
    "recall",
    "sample_size",
    "stands",
    "upper",
    "wilson",
]
