"""Records in: paths in, every thing in them in the store out, each in a named state."""

from showcause.gather.gathering import Gathering, document_of
from showcause.gather.rules import Progress, Rules, Scope, Tell, silent, unheard

__all__ = ["Gathering", "Progress", "Rules", "Scope", "Tell", "document_of", "silent", "unheard"]
