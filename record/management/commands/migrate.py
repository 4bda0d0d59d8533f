"""manage.py migrate: Django's own, but it waits for no table so long that readers and editors queue behind it."""

from typing import Any

from django.core.management.base import CommandError, CommandParser
from django.core.management.commands import migrate
from django.db import OperationalError, connections

REFUSED_CODES = {"55P03": "lock", "57014": "statement"}  # PostgreSQL: no lock, cancelled


class Command(migrate.Command):
    help = (
        f"{migrate.Command.help} On PostgreSQL a migration that does not get its lock in time, or takes too long, is "
        "undone: run it again when less is going on."
    )

    def add_arguments(self, parser: CommandParser) -> None:
        super().add_arguments(parser)
        parser.add_argument("--lock-timeout", type=int, default=5, metavar="SECONDS", help="for each lock; 0 waits")
        parser.add_argument("--statement-timeout", type=int, default=600, metavar="SECONDS", help="0 has no end")

    def handle(self, *args: Any, lock_timeout: int, statement_timeout: int, **options: Any) -> None:
        connection = connections[options["database"]]
        limits = {"lock_timeout": lock_timeout, "statement_timeout": statement_timeout}
        if connection.vendor != "postgresql":  # SQLite has one lock, and its own time to wait for it
            super().handle(*args, **options)
            return
        with connection.cursor() as cursor:
            for name, seconds in limits.items():
                cursor.execute("SELECT set_config(%s, %s, false)", [name, f"{max(seconds, 0)}s"])
        try:
            super().handle(*args, **options)
        except OperationalError as error:
            what = REFUSED_CODES.get(getattr(error.__cause__, "sqlstate", None) or "")
            if what is None:
                raise
            raise CommandError(
                f"The {what} timeout was reached, and the migration undone: {str(error).splitlines()[0]}. Run it again "
                f"when less is going on, or with a longer --{what}-timeout."
            ) from None
        finally:
            if connection.connection is not None and not connection.connection.closed:
                with connection.cursor() as cursor:
                    for name in limits:
                        cursor.execute(f"RESET {name}")
