"""Taking in what another instance has exported: verified whole, byte by byte, before anything is changed."""

from .entry import ImportRefused
from .log_import import ImportResult, import_record

__all__ = ["ImportRefused", "ImportResult", "import_record"]
