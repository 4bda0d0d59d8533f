"""Printings know where their statement stands in the log: what an outlet printed last is read in that order."""

from django.db import migrations, models

BATCH = 50_000  # rows

# A row of a statement follows from the version that stood when it began to hold.
FILL = """
    UPDATE record_printing SET seq = COALESCE(
        (SELECT MAX(log.seq) FROM record_publication log
          WHERE log.public_id = record_printing.statement AND log.seq <= record_printing.valid_from_seq), 0)
     WHERE id > %s AND id <= %s
"""


def fill(apps, schema_editor):
    """Fills the column of the rows that are there, of every moment."""
    rows = apps.get_model("record", "Printing")._base_manager.using(schema_editor.connection.alias)
    last = rows.aggregate(last=models.Max("id"))["last"] or 0
    with schema_editor.connection.cursor() as cursor:
        for after in range(0, last, BATCH):
            cursor.execute(FILL, [after, after + BATCH])


class Migration(migrations.Migration):
    dependencies = [("record", "0009_lists_by_name")]

    operations = [
        migrations.AddField(
            "printing",
            "seq",
            models.BigIntegerField(db_default=0, help_text="where the statement stands in the log"),
        ),
        migrations.RunPython(fill, migrations.RunPython.noop),
        migrations.RemoveIndex("printing", "printing_by_article"),
        migrations.RemoveIndex("printing", "printing_by_outlet"),
        migrations.AddIndex("printing", models.Index(fields=["article", "-seq"], name="printing_article_entry")),
        migrations.AddIndex("printing", models.Index(fields=["outlet", "-seq"], name="printing_outlet_entry")),
    ]
