"""Runs manage.py erase_name and is killed, as by an operator's `kill -9`, at the n-th statement or after the last.

    python -m tests.erasing_killed PLACE IDENTITY USERNAME

`PLACE` is a number, or "looking": then it is killed when the erasure is committed and what is left is looked for.
"""

import os
import signal
import sys
from itertools import count

import django


def main(place, identity, username):
    django.setup()
    from django.core.management import call_command
    from django.db import connection

    from claims.management.commands import erase_name

    numbers = count(1)

    def dies(execute, sql, parameters, many, context):
        if str(next(numbers)) == place:
            os.kill(os.getpid(), signal.SIGKILL)
        return execute(sql, parameters, many, context)

    if place == "looking":
        erase_name.find_leftovers = lambda names: os.kill(os.getpid(), signal.SIGKILL)
    with connection.execute_wrapper(dies):
        call_command("erase_name", identity, "--by", username, "--reason", "Asked", "--yes")


if __name__ == "__main__":
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "claimtrack.settings")
    main(*sys.argv[1:])
