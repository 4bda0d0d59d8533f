"""`manage.py prepare`: everything between an installed claimtrack and one that can be looked at."""

import secrets
from pathlib import Path
from typing import Any

from django.conf import settings
from django.contrib.auth.models import Group, User
from django.contrib.staticfiles.finders import get_finders
from django.core.management import BaseCommand, CommandError, call_command
from django.db import OperationalError, connection, transaction

ACCOUNT_NAMES = ("editor", "reviewer")
ADMINISTRATOR_NAME = "administrator"  # of a desk that begins empty: somebody has to invite the others


class Command(BaseCommand):
    help = (
        "Makes the tables, collects static files, creates an editor and a reviewer, and loads the demonstration; with "
        "CLAIMTRACK_DEMONSTRATION=off creates an administrator instead. What is there already stays as it is."
    )

    def handle(self, **options: Any) -> None:
        try:
            connection.ensure_connection()
        except OperationalError as error:
            raise CommandError(f"The database cannot be reached: {error}") from None
        call_command("migrate", skip_checks=False, verbosity=0)
        if not settings.DEBUG and are_static_files_stale():
            call_command("collectstatic", interactive=False, verbosity=0)
        if settings.DEMONSTRATION:
            call_command("load_demonstration", stdout=self.stdout, stderr=self.stderr)
        # Last, so that nothing can fail between the making of a password and its one showing.
        passwords = create_accounts()
        for name, password in passwords.items():
            self.stdout.write(f"Account {name}, password {password}")
        if passwords:
            self.stdout.write("Keep them: they are not shown again (manage.py changepassword NAME sets another).")


def create_accounts() -> dict[str, str]:
    """Sees to it that these accounts are there; returns the passwords of those that had none until now."""
    passwords = {}
    with transaction.atomic():
        for name in (*ACCOUNT_NAMES, *(() if settings.DEMONSTRATION else (ADMINISTRATOR_NAME,))):
            user, _ = User.objects.get_or_create(username=name, defaults={"password": ""})
            if user.has_usable_password() and user.password:
                continue
            passwords[name] = secrets.token_urlsafe(12)
            user.set_password(passwords[name])
            user.is_staff = True
            user.is_superuser = name == ADMINISTRATOR_NAME
            user.save()
            if not user.is_superuser:
                user.groups.add(Group.objects.get(name=name))
    return passwords


def are_static_files_stale() -> bool:
    """Whether a file that is to be served is newer than the last collection, or there was none."""
    manifest = Path(settings.STATIC_ROOT) / "staticfiles.json"
    if not manifest.exists():
        return True
    collected = manifest.stat().st_mtime
    return any(
        Path(storage.path(path)).stat().st_mtime > collected
        for finder in get_finders()
        for path, storage in finder.list([])
    )
