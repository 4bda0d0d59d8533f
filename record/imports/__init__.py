"""Taking in what another instance has exported: verified whole, byte by byte, before anything is changed."""

from .entry import ImportRefused
from .landing import Imported, import_record

__all__ = ["ImportRefused", "Imported", "import_record"]
