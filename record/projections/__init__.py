"""What is derived from the log and from nothing else: the current documents, addresses, indexes and search.

`update` follows one append, `rebuild` makes everything anew; both end with the same rows, which tests compare.
"""

from .maintain import Change, forget, rebuild, update
from .tables import analyze

__all__ = ["Change", "analyze", "forget", "rebuild", "update"]
