from django.db import migrations, models

STANDS = "SELECT seq FROM record_publication WHERE public_id = {} AND superseded_by IS NULL"


class Migration(migrations.Migration):
    dependencies = [("record", "0003_corrections")]

    operations = [
        migrations.RemoveIndex("position", "position_by_question"),
        migrations.RemoveIndex("position", "position_by_claim"),
        migrations.RemoveIndex("position", "position_by_actor"),
        migrations.AddField("position", "seq", models.BigIntegerField(default=0), preserve_default=False),
        migrations.AddField("reference", "seq", models.BigIntegerField(default=0), preserve_default=False),
        migrations.AlterField("reference", "source", models.CharField(max_length=12)),
        migrations.RunSQL(
            f"UPDATE record_position SET seq = ({STANDS.format('record_position.statement')})",
            migrations.RunSQL.noop,
        ),
        migrations.RunSQL(
            f"UPDATE record_reference SET seq = ({STANDS.format('record_reference.source')})",
            migrations.RunSQL.noop,
        ),
        migrations.AddIndex(
            "position", models.Index(fields=["question", "latest", "statement", "seq"], name="position_by_question")
        ),
        migrations.AddIndex(
            "position", models.Index(fields=["claim", "latest", "statement", "seq"], name="position_by_claim")
        ),
        migrations.AddIndex(
            "position", models.Index(fields=["actor", "latest", "statement", "seq"], name="position_by_actor")
        ),
        migrations.AddIndex("reference", models.Index(fields=["source", "target"], name="reference_by_source")),
        migrations.AddIndex("reference", models.Index(fields=["seq", "target"], name="reference_by_seq")),
    ]
