"""Records the statements of a table, after trying all of them."""

from pathlib import Path
from typing import Any

from django.contrib.auth import get_user_model
from django.core.management.base import BaseCommand, CommandError, CommandParser
from tqdm import tqdm

from articles.intake_files import MAX_LIST_SIZE
from articles.models import Article
from articles.uploaded_tables import TABLE_SUFFIXES, FileIsBroken, read_table
from claims.imports.table import COLUMNS, REFUSED, import_statements, statement_rows


class Command(BaseCommand):
    help = (
        "Records the statements of a table (.csv, .json or .xlsx): one row a printing and stance. Columns: "
        + ", ".join(sorted(COLUMNS.known))
        + ". All or nothing: a refused row is reported with its number and reason, and nothing is imported. Anyone "
        "with shell access to the server may read every name, so withheld names are matched and shown."
    )

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("file", type=Path)
        parser.add_argument("--by", required=True, metavar="USERNAME", help="the editor who records")
        parser.add_argument("--article", default="", help="public identity of the article of rows that name none")
        parser.add_argument("--dry-run", action="store_true", help="only say what would happen")

    def handle(self, *, file: Path, by: str, article: str, dry_run: bool, **options: Any) -> None:
        editor = get_user_model().objects.filter(username=by).first()
        if editor is None:
            raise CommandError(f"There is no user “{by}”.")
        own = Article.objects.filter(public_id=article).first() if article else None
        if article and own is None:
            raise CommandError(f"There is no article with the identity “{article}”.")
        if file.suffix.lower() not in TABLE_SUFFIXES:
            raise CommandError(f"{file.name} must end in {', '.join(TABLE_SUFFIXES)}.")
        try:
            if file.stat().st_size > MAX_LIST_SIZE:
                raise FileIsBroken(f"It is larger than {MAX_LIST_SIZE:,} bytes.")
            statements = statement_rows(read_table(file.read_bytes(), file.name, COLUMNS))
        except OSError as error:
            raise CommandError(f"{file}: it cannot be read: {error.strerror}.") from None
        except FileIsBroken as error:
            raise CommandError(f"{file}: {error}") from None
        with tqdm(total=len(statements), unit="statement", disable=None) as bar:
            outcomes = import_statements(
                statements, by=editor, article=own, named=True, dry_run=dry_run, done=bar.update
            )
        for outcome in outcomes:
            self.stdout.write(f"{', '.join(outcome.rows.row_places):14} {outcome.state:11} {outcome.sentence}")
        refused = sum(outcome.state == REFUSED for outcome in outcomes)
        if refused:
            raise CommandError(f"{refused} of {len(outcomes)} refused: nothing was recorded.")
        self.stdout.write("Nothing was recorded: this was a dry run." if dry_run else f"{len(outcomes)} done.")
