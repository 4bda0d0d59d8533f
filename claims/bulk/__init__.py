"""Statements handed in as a table: read, tried row by row, shown, and recorded by the verbs of the desk."""

from .recording import ADDED, APPEARANCE, KNOWN, NEW, REFUSED, Outcome, import_statements
from .rows import COLUMNS, StatementRows, statement_rows

__all__ = [
    "ADDED",
    "APPEARANCE",
    "COLUMNS",
    "KNOWN",
    "NEW",
    "REFUSED",
    "Outcome",
    "StatementRows",
    "import_statements",
    "statement_rows",
]
