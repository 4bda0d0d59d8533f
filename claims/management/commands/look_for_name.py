"""manage.py look_for_name: shows where in the database and its files a name stands, byte for byte."""

import sys

from django.core.management.base import BaseCommand, CommandError

from claims.erasing import what_is_left


class Command(BaseCommand):
    help = (
        "Looks for names, one a line on standard input (so that no shell keeps them), in every table and in every file "
        "of this installation, and fails if one is found."
    )

    def handle(self, **options):
        names = [line.strip() for line in sys.stdin if line.strip()]
        if not names:
            raise CommandError("Write the names that are looked for on standard input, one a line.")
        left = what_is_left(names)
        for one in left:
            self.stdout.write(f"{one.times:6} {one.where}")
        if left:
            raise CommandError("The name was found.")
        self.stdout.write("No table and no file here holds the name.")
