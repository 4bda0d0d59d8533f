#!/usr/bin/env python
"""Django's command line for claimtrack."""

import os
import sys


def main():
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "claimtrack.settings")
    from django.core.management import execute_from_command_line
    from django.db import Error

    try:
        execute_from_command_line(sys.argv)
    except (Error, OSError, UnicodeError) as error:
        from claimtrack.outages import describe_cause, is_outage, lacks_tables

        if lacks_tables(error):
            sys.exit(
                f"The database lacks what this version needs: run manage.py migrate. ({str(error).splitlines()[0]})"
            )
        if not is_outage(error):
            raise
        sys.exit(f"{describe_cause(error)} ({str(error).splitlines()[0]})")


if __name__ == "__main__":
    main()
