"""Rows of the projections say from which entry of the log they hold, and before which.

The rows that are there are said to hold from the end of the log on, where it is now: that is all they know. What held
before that is made from the log by `manage.py record_rebuild`; readers of what stands now need not wait for it.
"""

import django.db.models.deletion
from django.db import migrations, models

LAST = "(SELECT COALESCE(MAX(seq), 1) FROM record_publication)"
DATED = ("address", "position", "printing", "reference", "relay")
# A new table: a primary key cannot be given to another column on both databases.
COLUMNS = "public_id, kind, publication_id, slug, label, parent, sort"
KEEP_CURRENT = f"CREATE TABLE record_current_before AS SELECT {COLUMNS} FROM record_current"  # noqa: S608
FILL_CURRENT = [
    f"INSERT INTO record_current ({COLUMNS}, valid_from_seq) SELECT {COLUMNS}, {LAST} FROM record_current_before",  # noqa: S608
    "DROP TABLE record_current_before",
]


class Migration(migrations.Migration):
    dependencies = [("record", "0001_squashed")]

    operations = [
        migrations.RemoveConstraint(
            model_name="address",
            name="address_leads_to_one",
        ),
        migrations.RemoveConstraint(
            model_name="position",
            name="position_is_one_per_claim",
        ),
        migrations.RemoveConstraint(
            model_name="printing",
            name="printing_is_once",
        ),
        migrations.RemoveConstraint(
            model_name="reference",
            name="reference_is_once",
        ),
        migrations.RemoveConstraint(
            model_name="relay",
            name="relay_is_once",
        ),
        migrations.RemoveIndex(
            model_name="position",
            name="position_by_question",
        ),
        migrations.RemoveIndex(
            model_name="position",
            name="position_by_claim",
        ),
        migrations.RemoveIndex(
            model_name="position",
            name="position_by_actor",
        ),
        migrations.RemoveIndex(
            model_name="printing",
            name="printing_by_article",
        ),
        migrations.RemoveIndex(
            model_name="printing",
            name="printing_by_outlet",
        ),
        migrations.RemoveIndex(
            model_name="reference",
            name="reference_by_source",
        ),
        migrations.RemoveIndex(
            model_name="reference",
            name="reference_by_seq",
        ),
        migrations.RemoveIndex(
            model_name="relay",
            name="relay_by_actor",
        ),
        migrations.RemoveIndex(
            model_name="relay",
            name="relay_by_outlet",
        ),
        migrations.AddField(
            model_name="address",
            name="valid_before_seq",
            field=models.BigIntegerField(null=True),
        ),
        migrations.AddField(
            model_name="address",
            name="valid_from_seq",
            field=models.BigIntegerField(default=0),
            preserve_default=False,
        ),
        migrations.AddField(
            model_name="position",
            name="valid_before_seq",
            field=models.BigIntegerField(null=True),
        ),
        migrations.AddField(
            model_name="position",
            name="valid_from_seq",
            field=models.BigIntegerField(default=0),
            preserve_default=False,
        ),
        migrations.AddField(
            model_name="printing",
            name="valid_before_seq",
            field=models.BigIntegerField(null=True),
        ),
        migrations.AddField(
            model_name="printing",
            name="valid_from_seq",
            field=models.BigIntegerField(default=0),
            preserve_default=False,
        ),
        migrations.AddField(
            model_name="reference",
            name="valid_before_seq",
            field=models.BigIntegerField(null=True),
        ),
        migrations.AddField(
            model_name="reference",
            name="valid_from_seq",
            field=models.BigIntegerField(default=0),
            preserve_default=False,
        ),
        migrations.AddField(
            model_name="relay",
            name="valid_before_seq",
            field=models.BigIntegerField(null=True),
        ),
        migrations.AddField(
            model_name="relay",
            name="valid_from_seq",
            field=models.BigIntegerField(default=0),
            preserve_default=False,
        ),
        migrations.RunSQL(
            [f"UPDATE record_{table} SET valid_from_seq = {LAST}" for table in DATED],  # noqa: S608
            migrations.RunSQL.noop,
        ),
        migrations.RunSQL(KEEP_CURRENT, migrations.RunSQL.noop),
        migrations.DeleteModel(name="Current"),
        migrations.CreateModel(
            name="Current",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("valid_from_seq", models.BigIntegerField()),
                ("valid_before_seq", models.BigIntegerField(null=True)),
                ("public_id", models.CharField(max_length=12)),
                ("kind", models.CharField(max_length=20)),
                ("slug", models.CharField(max_length=120)),
                ("label", models.CharField(max_length=500)),
                (
                    "parent",
                    models.CharField(
                        blank=True,
                        help_text="question of a claim, outlet of an article, speaker of a statement, article of an unnamed source",
                        max_length=12,
                    ),
                ),
                ("sort", models.CharField(blank=True, max_length=40)),
                (
                    "publication",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.DO_NOTHING, related_name="+", to="record.publication"
                    ),
                ),
            ],
            options={"abstract": False},
        ),
        migrations.AddIndex(
            model_name="current",
            index=models.Index(fields=["kind", "sort", "public_id", "valid_before_seq"], name="current_by_kind"),
        ),
        migrations.AddIndex(
            model_name="current",
            index=models.Index(fields=["parent", "sort", "public_id", "valid_before_seq"], name="current_by_parent"),
        ),
        migrations.AddIndex(
            model_name="position",
            index=models.Index(
                fields=["question", "latest", "statement", "seq", "valid_before_seq"], name="position_by_question"
            ),
        ),
        migrations.AddIndex(
            model_name="position",
            index=models.Index(
                fields=["claim", "latest", "statement", "seq", "valid_before_seq"], name="position_by_claim"
            ),
        ),
        migrations.AddIndex(
            model_name="position",
            index=models.Index(
                fields=["actor", "latest", "statement", "seq", "valid_before_seq"], name="position_by_actor"
            ),
        ),
        migrations.AddIndex(
            model_name="printing",
            index=models.Index(fields=["article", "statement", "valid_before_seq"], name="printing_by_article"),
        ),
        migrations.AddIndex(
            model_name="printing",
            index=models.Index(fields=["outlet", "statement", "valid_before_seq"], name="printing_by_outlet"),
        ),
        migrations.AddIndex(
            model_name="reference",
            index=models.Index(fields=["source", "target", "valid_before_seq"], name="reference_by_source"),
        ),
        migrations.AddIndex(
            model_name="reference",
            index=models.Index(fields=["seq", "target", "valid_before_seq"], name="reference_by_seq"),
        ),
        migrations.AddIndex(
            model_name="reference",
            index=models.Index(fields=["target", "kind", "source", "valid_before_seq"], name="reference_by_target"),
        ),
        migrations.AddIndex(
            model_name="relay",
            index=models.Index(fields=["actor", "statement", "valid_before_seq"], name="relay_by_actor"),
        ),
        migrations.AddIndex(
            model_name="relay",
            index=models.Index(fields=["outlet", "statement", "valid_before_seq"], name="relay_by_outlet"),
        ),
        migrations.AddConstraint(
            model_name="address",
            constraint=models.UniqueConstraint(
                condition=models.Q(("valid_before_seq", None)), fields=("kind", "slug"), name="address_leads_to_one"
            ),
        ),
        migrations.AddConstraint(
            model_name="address",
            constraint=models.UniqueConstraint(fields=("kind", "slug", "valid_from_seq"), name="address_led_to_one"),
        ),
        migrations.AddConstraint(
            model_name="address",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    ("valid_before_seq", None), ("valid_before_seq__gt", models.F("valid_from_seq")), _connector="OR"
                ),
                name="address_ends_later",
            ),
        ),
        migrations.AddConstraint(
            model_name="current",
            constraint=models.UniqueConstraint(fields=("public_id", "valid_from_seq"), name="current_is_one"),
        ),
        migrations.AddConstraint(
            model_name="current",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    ("valid_before_seq", None), ("valid_before_seq__gt", models.F("valid_from_seq")), _connector="OR"
                ),
                name="current_ends_later",
            ),
        ),
        migrations.AddConstraint(
            model_name="position",
            constraint=models.UniqueConstraint(
                fields=("statement", "claim", "valid_from_seq"), name="position_is_one_per_claim"
            ),
        ),
        migrations.AddConstraint(
            model_name="position",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    ("valid_before_seq", None), ("valid_before_seq__gt", models.F("valid_from_seq")), _connector="OR"
                ),
                name="position_ends_later",
            ),
        ),
        migrations.AddConstraint(
            model_name="printing",
            constraint=models.UniqueConstraint(
                fields=("statement", "number", "valid_from_seq"), name="printing_is_once"
            ),
        ),
        migrations.AddConstraint(
            model_name="printing",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    ("valid_before_seq", None), ("valid_before_seq__gt", models.F("valid_from_seq")), _connector="OR"
                ),
                name="printing_ends_later",
            ),
        ),
        migrations.AddConstraint(
            model_name="reference",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    ("valid_before_seq", None), ("valid_before_seq__gt", models.F("valid_from_seq")), _connector="OR"
                ),
                name="reference_ends_later",
            ),
        ),
        migrations.AddConstraint(
            model_name="relay",
            constraint=models.UniqueConstraint(
                fields=("statement", "number", "position", "valid_from_seq"), name="relay_is_once"
            ),
        ),
        migrations.AddConstraint(
            model_name="relay",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    ("valid_before_seq", None), ("valid_before_seq__gt", models.F("valid_from_seq")), _connector="OR"
                ),
                name="relay_ends_later",
            ),
        ),
        migrations.RunSQL(FILL_CURRENT, migrations.RunSQL.noop),
    ]
