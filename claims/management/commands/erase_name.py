"""manage.py erase_name: a withheld name taken out of the database, and the search for what is left of it."""

from django.contrib.auth import get_user_model
from django.core.management.base import BaseCommand, CommandError
from django.db import connection

from articles.trace import Refused
from claims.erasing import erase_name, what_is_left
from claims.models import Actor
from record.management.commands.record_erase import sweep


class Command(BaseCommand):
    help = (
        "Takes every name of a withheld actor out of the desk's tables and their history, the articles' texts, the log "
        "of the record and the search index; then looks for it in every table and file. This cannot be undone."
    )

    def add_arguments(self, parser):
        parser.add_argument("public_id", help="the actor's identity: twelve signs")
        parser.add_argument("--by", required=True, metavar="USERNAME", help="who erases: a reviewer who may see names")
        parser.add_argument("--reason", required=True, help="kept in the history, without the name")
        parser.add_argument("--full", action="store_true", help="PostgreSQL: rewrite all tables, which locks them")
        parser.add_argument("--yes", action="store_true", help="do not ask")

    def handle(self, *, public_id, by, reason, full, yes, **options):
        user = get_user_model().objects.filter(username=by).first()
        if user is None:
            raise CommandError(f"There is no user “{by}”.")
        actor = Actor.objects.filter(public_id=public_id).first()
        if actor is None:
            raise CommandError(f"There is no actor with the identity “{public_id}”.")
        if not yes:
            told = (
                f"Erase every name of “{actor.public_label or actor.public_id}” for good? Type the identity to go on: "
            )
            if input(told).strip() != public_id:
                raise CommandError("Nothing was erased.")
        try:
            done = erase_name(actor, by=user, reason=reason)
        except Refused as refused:
            raise CommandError(f"{refused.sentence} Nothing was erased.") from None
        for table, rows in done.rows.items():
            self.stdout.write(f"{rows:6} {table} changed")
        self.stdout.write(f"{done.versions:6} older versions of the public record emptied")
        self.stdout.write(f"{done.sessions:6} sessions ended")
        sweep()
        if connection.vendor == "postgresql":
            with connection.cursor() as cursor:
                cursor.execute("VACUUM (FULL)" if full else "VACUUM")
        left = what_is_left(done.names)
        if left:
            told = "; ".join(f"{one.where} ({one.times})" for one in left)
            raise CommandError(f"The name was erased, and still stands in: {told}.")
        self.stdout.write("No table and no file here holds the name any more.")
        if connection.vendor == "postgresql":
            self.stdout.write("PostgreSQL's own files and write-ahead log were not looked at: docs/record.md says why.")
        self.stdout.write("Backups, replicas, mirrors and readers' copies keep theirs.")
