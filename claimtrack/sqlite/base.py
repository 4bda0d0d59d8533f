"""Django's database backend for SQLite, on the driver that `claimtrack.sqlite` has chosen."""

import os
import sqlite3
from pathlib import Path
from typing import Any
from urllib.parse import quote

from . import driver

# Django's backend takes the driver of Python's standard library by its name: for this one import the name means ours.
_STANDARD_DRIVER = sqlite3.dbapi2
sqlite3.dbapi2 = driver
try:
    from django.db.backends.sqlite3 import base, features
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


class DatabaseFeatures(features.DatabaseFeatures):
    """Django's, but what belongs to many objects is read by one list of their keys.

    Else Django joins as many comparisons with OR, of which SQLite takes a thousand. Lists of several columns it would
    not take; no key here has more than one.
    """

    supports_tuple_lookups = True


class DatabaseWrapper(base.DatabaseWrapper):
    """Django's, which for connections that only read also opens a file on a disk that cannot be written.

    A database with a write-ahead log needs a file beside it even to be read, and where that cannot be made SQLite has
    to be told that nobody changes the database: nobody can. Once somebody can again the connection is made anew.
    """

    features_class = DatabaseFeatures
    is_frozen = False

    def get_connection_params(self) -> dict[str, Any]:
        params = super().get_connection_params()
        self.is_frozen = (
            "query_only=ON" in self.settings_dict["OPTIONS"].get("init_command", "") and self.is_on_read_only_disk()
        )
        if self.is_frozen:
            params["database"] = f"file:{quote(str(self.settings_dict['NAME']))}?mode=ro&immutable=1"
        return params if hasattr(driver.Connection, "getlimit") else {**params, "factory": Connection}

    def is_on_read_only_disk(self) -> bool:
        """Whether the file lies on a read-only disk, and all that was written is in it: its log is empty or gone."""
        path = Path(self.settings_dict["NAME"])
        log = Path(f"{path}-wal")
        try:
            read_only = bool(os.statvfs(path).f_flag & os.ST_RDONLY)
            return read_only and not (log.exists() and log.stat().st_size)
        except OSError:
            return False

    def close_if_unusable_or_obsolete(self) -> None:
        if (
            self.is_frozen
            and self.connection is not None
            and not self.in_atomic_block
            and not self.is_on_read_only_disk()
        ):
            self.close()
        super().close_if_unusable_or_obsolete()
