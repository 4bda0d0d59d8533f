"""Taking in what another instance has exported: verified byte by byte, all or nothing."""

from .landing import Imported, import_record
from .reading import ImportRefused

__all__ = ["ImportRefused", "Imported", "import_record"]
