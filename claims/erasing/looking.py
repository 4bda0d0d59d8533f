"""What is left of a name in this server's database and files: rows of every table, and bytes of every file."""

import json
import subprocess
import sys
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path

from django.conf import settings
from django.db import connection

from ..names import fold

SHORTEST = 5  # bytes of a name, and of its fold, that do not stand anywhere by chance


@dataclass(frozen=True)
class Left:
    """One table or file in which a name was found, and how often (rows, or places)."""

    where: str
    times: int


def what_is_left(names: Iterable[str]) -> list[Left]:
    """Every table of the database and every file of this installation in which one of the names stands.

    Looked for are the names as given and in small and large letters, as JSON escapes them, and romanised without
    spaces; a name of fewer than five bytes stands anywhere by chance, and is not looked for. The files are that of
    SQLite with its write-ahead log, and all of the folder for data; those of PostgreSQL are the server's, and out of
    reach here.
    """
    long_enough = (name for name in names if len(name.encode()) >= SHORTEST)
    spelt = sorted({one for name in long_enough for one in _spellings(name)})
    return [*_in_tables(spelt), *_in_files(spelt)] if spelt else []


def _spellings(name: str) -> set[str]:
    written = {name, name.lower(), name.upper(), name.title()}
    folded = fold(name)
    escaped = {json.dumps(one)[1:-1] for one in written}
    joined = {"-".join(name.lower().split()), "+".join(name.lower().split())}
    # Latin letters small, as the text is read that they are looked for in; SQLite knows no other small letters.
    small = {one.encode().lower().decode() for one in written | escaped | joined}
    return small | ({folded} if len(folded) >= SHORTEST else set())


def _in_tables(spelt: list[str]) -> Iterator[Left]:
    with connection.cursor() as cursor:
        for table in sorted(connection.introspection.table_names(cursor)):
            quoted = connection.ops.quote_name(table)
            row = f"CAST({quoted}.* AS text)"
            if connection.vendor == "sqlite":
                columns = [one.name for one in connection.introspection.get_table_description(cursor, table)]
                row = " || ' ' || ".join(
                    f"COALESCE(CAST({connection.ops.quote_name(one)} AS TEXT), '')" for one in columns
                )
            holds = "instr(lower({}), %s) > 0" if connection.vendor == "sqlite" else "position(%s in lower({})) > 0"
            conditions = " OR ".join([holds.format(row)] * len(spelt))
            cursor.execute(f"SELECT count(*) FROM {quoted} WHERE {conditions}", spelt)  # noqa: S608
            if times := cursor.fetchone()[0]:
                yield Left(f"table {table}", times)


def _in_files(spelt: list[str]) -> Iterator[Left]:
    asked = {"patterns": spelt, "paths": [str(path) for path in sorted(_files())]}
    searcher = Path(__file__).with_name("searching.py")
    done = subprocess.run(  # noqa: S603 - our own file, and the names stand in no argument
        [sys.executable, "-I", searcher], input=json.dumps(asked), capture_output=True, text=True, check=True
    )
    for path, times in json.loads(done.stdout).items():
        if times is None:
            yield Left(f"file {path}, perhaps: it cannot be read", 1)
        elif times:
            yield Left(f"file {path}", times)


def _files() -> set[Path]:
    found = {path for path in Path(settings.STATE_DIR).rglob("*") if path.is_file()}
    if connection.vendor == "sqlite":
        database = Path(connection.settings_dict["NAME"])
        found |= {path for path in database.parent.glob(f"{database.name}*") if path.is_file()}
    return found
