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
        if "query_only" in str(self.settings_dict["OPTIONS"].get("init_command")) and is_frozen(params["database"]):
            params["database"] = f"file:{quote(str(params['database']))}?immutable=1"
        return params if hasattr(driver.Connection, "getlimit") else {**params, "factory": Connection}

    def connect(self) -> None:
        super().connect()
        if is_frozen(self.settings_dict["NAME"]):
            self.close_at = 0.0  # at the end of the request: by the next one the disk may be writable again


def is_frozen(path: str | Path) -> bool:
    """Whether a database lies on a disk that cannot be written, and nothing of it is in a write-ahead log.

    To read in WAL mode SQLite wants to make files beside it, unless it is told that the file will not change.
    """
    return not os.access(Path(path).parent, os.W_OK) and Path(path).exists() and not Path(f"{path}-wal").exists()
