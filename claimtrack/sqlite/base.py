"""Django's database backend for SQLite, on the driver that `claimtrack.sqlite` has chosen."""

import sqlite3
from typing import Any

from . import driver

# Django's backend takes the driver of Python's standard library by its name: for this one import the name means ours.
_STANDARD_DRIVER = sqlite3.dbapi2
sqlite3.dbapi2 = driver
try:
    from django.db.backends.sqlite3 import base
finally:
    sqlite3.dbapi2 = _STANDARD_DRIVER

# What SQLite is compiled with where nothing else is said (https://sqlite.org/limits.html), by the number of the limit.
LIMIT_OPTIONS = {
    sqlite3.SQLITE_LIMIT_COLUMN: ("MAX_COLUMN", 2000),
    sqlite3.SQLITE_LIMIT_VARIABLE_NUMBER: ("MAX_VARIABLE_NUMBER", 32766),
}


class Connection(driver.Connection):
    """A connection that tells its limits, which Django asks from 6.0 on; the wheel's connections cannot."""

    def getlimit(self, category: int) -> int:
        """How many there may be of what `category` counts, as `sqlite3.Connection.getlimit` says it."""
        name, usual = LIMIT_OPTIONS[category]
        options = dict(option.partition("=")[::2] for (option,) in self.execute("PRAGMA compile_options"))
        return int(options.get(name, usual))


class DatabaseWrapper(base.DatabaseWrapper):
    def get_connection_params(self) -> dict[str, Any]:
        params = super().get_connection_params()
        return params if hasattr(driver.Connection, "getlimit") else {**params, "factory": Connection}
