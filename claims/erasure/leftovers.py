"""What is left of a name in this server's database and files: rows of every table, and bytes of every file."""

import json
import subprocess
import sys
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import TypeGuard

from django.conf import settings
from django.db import connection

from ..privacy import CERTAIN, HINT, LIKELY, Matcher, Person
from ..privacy.raw_bytes import Searcher, unescape_text
from . import pending_names
from .file_search import FileSearch, FormsInFile
from .originals import originals_with_forms

MIN_NAME_BYTES = 5  # bytes of a name that does not stand anywhere by chance
FETCH_SIZE = 500  # read at once
MAX_FORMS = 8  # told of one place
_GRADE_ORDER = (CERTAIN, LIKELY, HINT)


@dataclass(frozen=True)
class Leftover:
    """One table or file in which a name was found, how often (rows, or blocks), and in which forms.

    `grade` is that of the most certain form; a file that cannot be read has none of its own.
    """

    where: str
    times: int
    grade: str = CERTAIN
    forms: tuple[str, ...] = ()


def find_leftovers(names: Iterable[str]) -> list[Leftover]:
    """Every table of the database and every file of this installation in which a form of one of the names stands.

    Looked for are all forms that `claims.privacy` knows, as they are, as JSON and addresses escape them, and romanised
    without spaces; a name of fewer than five bytes stands anywhere by chance, and is not looked for. The files are
    that of SQLite with its write-ahead log, and all of the folder for data; those of PostgreSQL are the server's, and
    out of reach here.
    """
    names = sorted({name for name in names if len(name.encode()) >= MIN_NAME_BYTES})
    return [*find_in_tables(names), *_find_in_files(names), *_find_in_originals(names)] if names else []


def _find_in_originals(names: list[str]) -> Iterator[Leftover]:
    """Originals in which a form stands that their bytes do not show as they are: packed, or in another encoding."""
    for original, forms in originals_with_forms(Searcher(Matcher([Person("", tuple(names))]))):
        grade = min((grade for _, grade in forms), key=_GRADE_ORDER.index)
        yield Leftover(f"original {original.sha256}", 1, grade, tuple(form for form, _ in forms)[:MAX_FORMS])


def find_in_tables(names: Iterable[str]) -> Iterator[Leftover]:
    """Every table of the database in which a form of one of the names stands."""
    matcher = Matcher([Person("", tuple(names))])
    with connection.cursor() as cursor:
        for table in sorted(connection.introspection.table_names(cursor)):
            columns = [info.name for info in connection.introspection.get_table_description(cursor, table)]
            # Columns of PostgreSQL as texts, JSON too; SQLite gives what it has, and its index has blobs.
            shape = "{}" if connection.vendor == "sqlite" else "CAST({} AS text)"
            texts = ", ".join(shape.format(connection.ops.quote_name(column)) for column in columns)
            cursor.execute(f"SELECT {texts} FROM {connection.ops.quote_name(table)}")  # noqa: S608
            times = 0
            grades: set[str] = set()
            forms: dict[str, None] = {}
            while rows := cursor.fetchmany(FETCH_SIZE):
                for row in rows:
                    found = [match for text in row if _may_be_words(text) for match in matcher.find(_plain_text(text))]
                    times += bool(found)
                    grades |= {match.grade for match in found}
                    forms |= dict.fromkeys(match.form for match in found)
            if times:
                yield Leftover(f"table {table}", times, min(grades, key=_GRADE_ORDER.index), tuple(forms)[:MAX_FORMS])


def _may_be_words(value: object) -> TypeGuard[str | bytes | memoryview]:
    return isinstance(value, str | bytes | memoryview) and len(value) > 1


def _plain_text(text: str | bytes | memoryview) -> str:
    if isinstance(text, bytes | memoryview):
        text = bytes(text).decode("utf-8", "replace")
    return unescape_text(str(text))


def _find_in_files(names: list[str]) -> Iterator[Leftover]:
    asked: FileSearch = {"names": names, "paths": [str(path) for path in sorted(_installation_files())]}
    searcher = Path(__file__).with_name("file_search.py")
    done = subprocess.run(  # noqa: S603 - our own file, and the names stand in no argument
        [sys.executable, "-I", searcher], input=json.dumps(asked), capture_output=True, text=True, check=True
    )
    answer: dict[str, FormsInFile | None] = json.loads(done.stdout)
    for path, found in answer.items():
        if found is None:
            yield Leftover(f"file {path}, perhaps: it cannot be read", 1)
        elif found["times"]:
            grade = min(found["forms"].values(), key=_GRADE_ORDER.index)
            yield Leftover(f"file {path}", found["times"], grade, tuple(found["forms"])[:MAX_FORMS])


def _installation_files() -> set[Path]:
    state = Path(settings.STATE_DIR)
    found = {path for path in state.rglob("*") if path.is_file() and path.parent != state / pending_names.FOLDER}
    if connection.vendor == "sqlite":
        database = Path(connection.settings_dict["NAME"])
        found |= {path for path in database.parent.glob(f"{database.name}*") if path.is_file()}
    return found
