"""What is derived from the log and from nothing else: the current documents, addresses, indexes and search.

`update` follows one append, `rebuild` makes everything anew; both end with the same rows, which tests compare.
"""

from .lookup import analyze
from .maintain import Change, forget_erased, rebuild_projections, update_projections

__all__ = ["Change", "analyze", "forget_erased", "rebuild_projections", "update_projections"]
