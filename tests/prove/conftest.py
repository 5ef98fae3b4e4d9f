"""The small matter that every proof here is made of."""

from small_matter import matter

__all__ = ["matter"]
