"""Statements in the order of the desk's list, so that the first fifty are found without sorting all."""

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("claims", "0012_release_by_state")]

    operations = [
        migrations.AddIndex(
            model_name="statement",
            index=models.Index(fields=["-said_latest", "-id"], name="statement_newest_first"),
        ),
    ]
