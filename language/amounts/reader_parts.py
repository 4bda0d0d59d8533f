"""What the readers of ranges, shares and single numbers have in common, made once for a language."""

from dataclasses import dataclass

from .amount_bounds import BoundReader
from .amount_grammar import Grammar
from .amount_maker import AmountMaker
from .counted_units import UnitReader
from .exclusion_rules import ExclusionRules
from .quantities import QuantityReader


@dataclass(frozen=True)
class ReaderParts:
    grammar: Grammar
    quantities: QuantityReader
    rules: ExclusionRules
    bounds: BoundReader
    units: UnitReader
    maker: AmountMaker


def parts_of(grammar: Grammar) -> ReaderParts:
    """The parts with the words of one language."""
    quantities = QuantityReader(grammar)
    return ReaderParts(
        grammar, quantities, ExclusionRules(grammar), BoundReader(grammar), UnitReader(grammar, quantities),
        AmountMaker(grammar),
    )  # fmt: skip
