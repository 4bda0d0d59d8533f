"""One change of several objects chosen in a list, looked at before it is made and taken back in one act."""

from .assigning import Assignable, assigned_to
from .pages import ACTIONS_OF_ARTICLES, take_back

__all__ = ["ACTIONS_OF_ARTICLES", "Assignable", "assigned_to", "take_back"]
