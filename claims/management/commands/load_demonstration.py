"""`manage.py load_demonstration`: five real articles and all that is said in them, recorded and published."""

from pathlib import Path
from typing import Any

from django.contrib.auth.models import Group, User
from django.core.management import BaseCommand, CommandError, CommandParser
from django.db import transaction
from tqdm import tqdm

from articles.models import Trace
from claims.imports import dossier
from record.imports import ImportRefused

DEMONSTRATION_FOLDER = Path(__file__).resolve().parents[2] / "demonstration"


class Command(BaseCommand):
    help = (
        "Loads the demonstration: questions, articles, actors and statements, recorded by one account and published by "
        "another, through the same verbs as people's work. All or nothing; where it is loaded already, nothing changes."
    )

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument(
            "folder", nargs="?", default=DEMONSTRATION_FOLDER, type=Path, help="another dossier to load instead"
        )

    def handle(self, *, folder: Path, **options: Any) -> None:
        try:
            with transaction.atomic():
                editor, reviewer = demonstration_account("editor"), demonstration_account("reviewer")
                if Trace.objects.filter(by=editor).exists():
                    self.stdout.write("The demonstration is there already: nothing was changed.")
                    return
                counts = self.load(dossier.read_dossier(folder), editor, reviewer)
                deactivate_accounts(editor, reviewer)
        except ImportRefused as error:
            raise CommandError(f"{error}\nNothing was loaded.") from error
        except Group.DoesNotExist as error:
            raise CommandError(
                "The groups of editors and reviewers are missing: run manage.py migrate first."
            ) from error
        self.stdout.write(
            "The demonstration is loaded: " + ", ".join(f"{n} {noun}" for noun, n in counts.items()) + "."
        )

    def load(self, read: dossier.Dossier, editor: User, reviewer: User) -> dict[str, int]:
        # disable=None: no bar where nobody watches, as in a log file.
        with tqdm(total=dossier.count_steps(read), desc="Demonstration", unit="", disable=None, leave=False) as bar:
            return dossier.record_dossier(read, editor=editor, reviewer=reviewer, done=bar.update)


def demonstration_account(group: str) -> User:
    """The account that stands for the demonstration's editor or reviewer: in the group, and without a password."""
    user, new = User.objects.get_or_create(
        username=f"demonstration-{group}",
        defaults={"first_name": "Demonstration", "last_name": group, "password": ""},
    )
    if new:
        user.set_unusable_password()
        user.save()
        user.groups.add(Group.objects.get(name=group))
    return user


def deactivate_accounts(*users: User) -> None:
    """Makes the accounts inactive. An inactive account has no permissions, so it is one only when the work is done."""
    User.objects.filter(pk__in=[user.pk for user in users]).update(is_active=False)
