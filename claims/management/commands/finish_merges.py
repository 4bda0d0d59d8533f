"""manage.py finish_merges: what merges of much-used actors and claims have still to move."""

from typing import Any

from django.core.management.base import BaseCommand
from tqdm import tqdm

from ...changes import continue_merges


class Command(BaseCommand):
    help = (
        "Moves what merges, and merges that were undone, have still to move, a few hundred statements at a time. It "
        "can be ended and run again."
    )

    def handle(self, *args: str, **options: Any) -> None:
        with tqdm(unit=" changes", disable=None) as bar:
            done = continue_merges(progress=bar.update)
        self.stdout.write(f"{done} {'statement or article' if done == 1 else 'statements and articles'} changed.")
