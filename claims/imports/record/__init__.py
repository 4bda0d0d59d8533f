"""A new desk that goes on from somebody's published record: its working tables, filled from the documents."""

from .adopting import Adopted, adopt_record

__all__ = ["Adopted", "adopt_record"]
