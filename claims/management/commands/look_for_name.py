"""manage.py look_for_name: shows where in the database and its files a name stands, in whatever form."""

import sys
from typing import Any

from django.core.management.base import BaseCommand, CommandError

from ...erasure.leftovers import MIN_NAME_BYTES, find_leftovers


class Command(BaseCommand):
    help = (
        "Looks for names, one a line on standard input (so that no shell keeps them), in every table and in every file "
        "of this installation, in every form that claimtrack knows, and fails if one is found."
    )

    def handle(self, **options: Any) -> None:
        names = [line.strip() for line in sys.stdin if line.strip()]
        if not names:
            raise CommandError("Write the names that are looked for on standard input, one a line.")
        short = [name for name in names if len(name.encode()) < MIN_NAME_BYTES]
        leftovers = find_leftovers(names)
        for leftover in leftovers:
            forms = ", ".join(f"“{form}”" for form in leftover.forms)
            self.stdout.write(f"{leftover.times:6} {leftover.where}" + (f": {forms}" if forms else ""))
        if leftovers:
            raise CommandError("The name was found.")
        if short:
            raise CommandError(
                f"{len(short)} of {len(names)} names are too short to search for: they would match anywhere."
            )
        self.stdout.write("No table or file here contains the name.")
