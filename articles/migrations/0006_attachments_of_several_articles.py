import django.db.models.deletion
from django.db import migrations, models


def copy_to_rows(apps, schema_editor):
    """Every attachment of one article becomes a row of its own."""
    Original, Attachment = apps.get_model("articles", "Original"), apps.get_model("articles", "Attachment")
    attached = Original.objects.exclude(attached_to=None).values_list("pk", "attached_to_id")
    Attachment.objects.bulk_create(
        [Attachment(original_id=original, article_id=article) for original, article in attached], batch_size=500
    )


def copy_to_column(apps, schema_editor):
    """The column holds one article: of several the one that was first stays."""
    Original, Attachment = apps.get_model("articles", "Original"), apps.get_model("articles", "Attachment")
    for attachment in Attachment.objects.order_by("-pk"):
        Original.objects.filter(pk=attachment.original_id).update(attached_to=attachment.article_id)


class Migration(migrations.Migration):

    dependencies = [
        ("articles", "0005_attachments"),
    ]

    operations = [
        migrations.CreateModel(
            name="Attachment",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                (
                    "article",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to="articles.article"
                    ),
                ),
                (
                    "original",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to="articles.original"
                    ),
                ),
            ],
            options={
                "ordering": ["pk"],
                "constraints": [
                    models.UniqueConstraint(
                        fields=("article", "original"), name="attachment_once_beside_an_article"
                    )
                ],
            },
        ),
        migrations.RunPython(copy_to_rows, copy_to_column),
    ]
