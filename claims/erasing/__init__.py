"""A withheld name taken out of everything that this server keeps, and the search for what is left of it."""

from .forgetting import Erasure, erase_name
from .looking import Left, what_is_left

__all__ = ["Erasure", "Left", "erase_name", "what_is_left"]
