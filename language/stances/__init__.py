"""Which stance a sentence takes towards a claim: by what the speaker does, and by what is said, held against the claim.

What turns a sentence (a denial, a negation, a word of the opposite sense) is counted on both sides, and what turns both
turns neither, so that a denial of a negative claim affirms it (polarity as the product of operators: MacCartney and
Manning, Natural Logic for Textual Inference, 2007). Where the words leave it open, there is no answer.
"""

from .stance_reader import MAX_LENGTH, stance_towards

__all__ = ["MAX_LENGTH", "stance_towards"]
