"""manage.py clear_drafts: what was typed into forms of the desk and not saved within a week."""

from typing import Any

from django.core.management.base import BaseCommand
from django.utils import timezone

from ...models import FormDraft


class Command(BaseCommand):
    help = "Deletes the drafts of forms that are older than a week."

    def handle(self, **options: Any) -> None:
        count, _ = FormDraft.objects.past_lifetime(timezone.now()).delete()
        self.stdout.write(f"{count} draft{'' if count == 1 else 's'} deleted.")
