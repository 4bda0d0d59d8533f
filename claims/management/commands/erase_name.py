"""manage.py erase_name: a withheld name taken out of the database, and the search for what is left of it."""

from collections.abc import Iterable, Sequence
from typing import Any

from django.contrib.auth import get_user_model
from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.db import connection

from articles.tracked_changes import Refusal
from claims.models import Actor
from claims.privacy import CERTAIN
from record.log import ledger
from record.management.commands.record_erase import purge_deleted_rows

from ...erasure.erase import Erasure, erase_name
from ...erasure.leftovers import Leftover, find_leftovers
from ...erasure.pending_names import forget_names, kept_names, names_file
from ...erasure.rewrite import UndecidedForm

MAX_LISTED = 200  # forms, and places


class Command(BaseCommand):
    help = (
        "Takes every name of a withheld actor out of the desk's tables and their history, the articles' texts, the log "
        "of the record and the search index; then looks for every form of it in every table and file. This cannot be "
        "undone. It can be run again at any time and resumes where it was interrupted."
    )

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("public_id", help="the actor's identity: twelve signs")
        parser.add_argument("--by", required=True, metavar="USERNAME", help="who erases: a reviewer who may see names")
        parser.add_argument("--reason", required=True, help="kept in the history, without the name")
        parser.add_argument("--full", action="store_true", help="PostgreSQL: rewrite all tables, which locks them")
        parser.add_argument(
            "--done", action="store_true", help="what is left and may be somebody else's stays: forget the name at last"
        )
        parser.add_argument("--yes", action="store_true", help="do not ask")

    def handle(
        self, *, public_id: str, by: str, reason: str, full: bool, done: bool, yes: bool, **options: Any
    ) -> None:
        user = get_user_model().objects.filter(username=by).first()
        if user is None:
            raise CommandError(f"There is no user “{by}”.")
        actor = Actor.objects.filter(public_id=public_id).first()
        if actor is None:
            raise CommandError(f"There is no actor with the identity “{public_id}”.")
        if public_id in ledger.erased_people() and not kept_names(public_id) and actor.name == f"erased {public_id}":
            self.stdout.write(
                f"The name of “{actor.public_label}” was erased before, and nothing here knows it any more: nothing "
                "was looked for. Write the names to look_for_name to see what may be left."
            )
            return
        if not yes:
            question = (
                f"Erase every name of “{actor.public_label or actor.public_id}” for good? Type the identity to go on: "
            )
            if input(question).strip() != public_id:
                raise CommandError("Nothing was erased.")
        try:
            erasure = erase_name(actor, by=user, reason=reason)
        except Refusal as refused:
            raise CommandError(f"{refused.sentence} Nothing was erased.") from None
        self._describe(erasure)
        purge_deleted_rows()
        if connection.vendor == "postgresql":
            with connection.cursor() as cursor:
                cursor.execute("VACUUM (FULL)" if full else "VACUUM")
        self._report_leftovers(public_id, erasure, done=done)

    def _describe(self, erasure: Erasure) -> None:
        for table, rows in erasure.rows.items():
            self.stdout.write(f"{rows:6} {table} changed")
        self.stdout.write(f"{erasure.versions:6} older versions of the public record emptied")
        self.stdout.write(f"{erasure.sessions:6} sessions ended")
        self.stdout.write(f"{erasure.originals:6} originals removed")
        if erasure.covered_forms:
            forms = ", ".join(
                f"“{form}” ({times})" for form, times in sorted(erasure.covered_forms.items())[:MAX_LISTED]
            )
            self.stdout.write(f"Covered: {forms}.")

    def _report_leftovers(self, public_id: str, erasure: Erasure, *, done: bool) -> None:
        """Says what is left, and forgets the names only when nothing is, or when somebody has looked at it."""
        leftovers = find_leftovers(erasure.names)
        certain = [leftover for leftover in leftovers if leftover.grade == CERTAIN]
        if certain:
            places = "; ".join(f"{leftover.where} ({leftover.times})" for leftover in certain)
            raise CommandError(
                f"The name was erased, but remains in: {places}. The names are stored in "
                f"{names_file(public_id)}: run this again when that is dealt with."
            )
        if leftovers or erasure.undecided_forms:
            self._list_undecided(leftovers, erasure.undecided_forms)
        if (leftovers or erasure.undecided_forms) and not done:
            self.stdout.write(
                f"Somebody has to decide whether these mean the same person. The names are stored in "
                f"{names_file(public_id)} until then: change the texts and run this again, or run it with --done to "
                "leave them."
            )
            return
        forget_names(public_id)
        if leftovers or erasure.undecided_forms:
            self.stdout.write("What is listed here stays. Nothing else was found.")
        else:
            self.stdout.write(
                "No table or file here contains the name any more. Searched for in every "
                "case, title, initial and transcription that claimtrack knows."
            )
        if connection.vendor == "postgresql":
            self.stdout.write("PostgreSQL's own files and write-ahead log were not looked at: docs/record.md says why.")
        self.stdout.write(
            "Replicas, mirrors and readers' copies keep theirs; backups are erased again when they are restored."
        )

    def _list_undecided(self, leftovers: Iterable[Leftover], undecided: Sequence[UndecidedForm]) -> None:
        self.stdout.write("Left, because it may mean somebody else:")
        for form in undecided[:MAX_LISTED]:
            self.stdout.write(f"  “{form.form}” in {form.field} of {form.table} {form.row}")
        if len(undecided) > MAX_LISTED:
            self.stdout.write(f"  and {len(undecided) - MAX_LISTED} places more")
        for leftover in leftovers:
            forms = ", ".join(f"“{form}”" for form in leftover.forms)
            self.stdout.write(f"  {forms} in {leftover.where} ({leftover.times})")
