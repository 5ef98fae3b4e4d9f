"""showcause: a law, a letter and a body's records in; findings that the other side can check out."""

__version__ = "0.1.0"
__all__ = ["__version__"]
