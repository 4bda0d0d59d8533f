"""manage.py index_captures: makes the index for reprints and recognition anew from the captures."""

from typing import Any

from django.core.management.base import BaseCommand
from django.db import transaction
from tqdm import tqdm

from articles.ingest import index_capture
from articles.models import Capture, Shingle


class Command(BaseCommand):
    help = "Makes the index by which reprints and fuller texts are found anew, from the captures, oldest first."

    def handle(self, **options: Any) -> None:
        with transaction.atomic():
            Shingle.objects.all().delete()
            captures = Capture.objects.order_by("pk")
            for capture in tqdm(captures.iterator(200), total=captures.count(), desc="Indexing", disable=None):
                index_capture(capture)
        self.stdout.write(f"{Shingle.objects.count()} shingles of {captures.count()} captures.")
