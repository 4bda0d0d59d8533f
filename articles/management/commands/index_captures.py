"""manage.py index_captures: makes the indexes of the desk anew, for reprints and for its search."""

from typing import Any

from django.core.management.base import BaseCommand
from django.db import transaction
from tqdm import tqdm

from articles.desk_index import rebuild_index
from articles.ingest import index_capture
from articles.models import Capture, Shingle


class Command(BaseCommand):
    help = "Makes the indexes anew by which the desk finds reprints, fuller texts and words, from what stands there."

    def handle(self, **options: Any) -> None:
        with transaction.atomic():
            Shingle.objects.all().delete()
            rebuild_index()
            captures = Capture.objects.order_by("pk")
            for capture in tqdm(captures.iterator(200), total=captures.count(), desc="Indexing", disable=None):
                index_capture(capture)
        self.stdout.write(f"{Shingle.objects.count()} shingles of {captures.count()} captures.")
