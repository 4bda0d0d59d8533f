"""Amounts in the words of an article, as the figures of claims: amount, bounds, modifier, unit, what is counted.

`read_amounts("an estimated 1 million people")` gives 1,000,000, "estimated", "people". Pure functions; the words are
those of a language's folder.
"""

from .amount_reader import read_amounts
from .amount_types import AmountInWords

__all__ = ["AmountInWords", "read_amounts"]
