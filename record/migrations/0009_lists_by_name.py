"""What lists are read by: the folded name of everything that has one, and a kind or a language."""

import json

from django.db import migrations, models

BATCH = 2000  # rows


def fill(apps, schema_editor):
    """Fills the columns of the rows that are there, of every moment."""
    from record.projections.derive import name_key

    rows = apps.get_model("record", "Current")._base_manager.using(schema_editor.connection.alias)
    last = 0
    while some := list(
        rows.exclude(kind="statement").filter(id__gt=last).select_related("publication").order_by("id")[:BATCH]
    ):
        for row in some:
            document = json.loads(row.publication.document or "{}")
            row.name_key = name_key(row.label)
            facets = {"actor": "kind", "claim": "kind", "outlet": "kind", "article": "language"}
            row.facet = document.get(facets[row.kind], "") if row.kind in facets else ""
        rows.bulk_update(some, ["name_key", "facet"])
        last = some[-1].id


class Migration(migrations.Migration):
    dependencies = [("record", "0008_newest_positions_by_index")]

    operations = [
        migrations.AddField(
            "current",
            "name_key",
            models.CharField(
                max_length=40, blank=True, db_default="", help_text="folded label, in Latin letters; none of a statement"
            ),
        ),
        migrations.AddField(
            "current",
            "facet",
            models.CharField(
                max_length=35,
                blank=True,
                db_default="",
                help_text="kind of an actor, claim or outlet; language of an article",
            ),
        ),
        migrations.AddIndex(
            "current",
            models.Index(
                fields=["kind", "name_key", "public_id", "valid_before_seq"],
                name="current_by_name",
                condition=models.Q(name_key__gt=""),
            ),
        ),
        migrations.AddIndex(
            "current",
            models.Index(
                fields=["kind", "facet", "name_key", "public_id", "valid_before_seq"],
                name="current_by_facet",
                condition=models.Q(facet__gt=""),
            ),
        ),
        migrations.RunPython(fill, migrations.RunPython.noop),
    ]
