"""A withheld name taken out of everything that this server keeps, and the search for what is left of it."""

from .forgetting import Erasure, erase_name
from .looking import Left, what_is_left
from .rewriting import Undecided
from .unfinished import ended_erasures, forget_names, names_kept

__all__ = [
    "Erasure",
    "Left",
    "Undecided",
    "ended_erasures",
    "erase_name",
    "forget_names",
    "names_kept",
    "what_is_left",
]
