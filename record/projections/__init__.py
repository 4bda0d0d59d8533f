"""What is derived from the log and from nothing else: the current documents, addresses, indexes and search.

`update_projections` follows one append, `derive_outdated` does what that has put off, `rebuild_projections` makes
everything anew; all end with the same rows, which tests compare.
"""

from .lookup import analyze
from .maintain import Change, forget_erased, update_projections
from .steps import derive_outdated, rebuild_projections

__all__ = ["Change", "analyze", "derive_outdated", "forget_erased", "rebuild_projections", "update_projections"]
