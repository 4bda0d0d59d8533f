"""Positions get the key of their speaker, so that speakers without an id are told apart too."""

import hashlib
import json

from django.db import migrations, models
from django.db.models import F

LABEL_LENGTH = 120


def fill(apps, editor):
    """An actor's id; for others, as `record.contested.speaker_key` made it when this was written."""
    Position, Publication = apps.get_model("record", "Position"), apps.get_model("record", "Publication")
    Address = apps.get_model("record", "Address")
    Position.objects.exclude(actor="").update(speaker=F("actor"))
    unnamed = Position.objects.filter(actor="").values("statement")
    rows = Publication.objects.filter(superseded_by=None, public_id__in=unnamed).exclude(document=None)
    for text in rows.values_list("document", flat=True).iterator():
        statement = json.loads(text)
        home = statement["id"]
        if statement["appearances"]:
            home = statement["appearances"][0]["article"]
            leads = Address.objects.filter(kind="article", slug=home).values_list("public_id", flat=True).first()
            home = leads or home
        label = " ".join(statement["speaker_label"].split())
        if len(label) > LABEL_LENGTH:
            label = f"{label[:LABEL_LENGTH]}…#{hashlib.sha256(label.encode()).hexdigest()[:16]}"
        Position.objects.filter(statement=statement["id"]).update(speaker=f"{home} {label}")


class Migration(migrations.Migration):
    dependencies = [("record", "0004_selections")]

    operations = [
        migrations.AddField(
            "position",
            "speaker",
            models.CharField(
                default="", help_text="the actor, or the article and the label of a speaker without an id", max_length=160
            ),
            preserve_default=False,
        ),
        migrations.RunPython(fill, migrations.RunPython.noop),
    ]
