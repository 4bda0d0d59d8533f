"""A new desk that goes on from somebody's published record: its working tables, filled from the documents."""

from .adopting import Adopted, AdoptionRefused, adopt_record

__all__ = ["Adopted", "AdoptionRefused", "adopt_record"]
