"""A sentence in, Norms out."""

from showcause.norm import acts, gist
from showcause.norm.deontic import OPERATIVE, Manner, Modality, Norm
from showcause.norm.parse import parse, sentence
from showcause.norm.verbs import Lexicon, lexicon

__all__ = ["OPERATIVE", "Lexicon", "Manner", "Modality", "Norm", "acts", "gist", "lexicon", "parse", "sentence"]
