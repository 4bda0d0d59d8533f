"""Counting what stands in each state, for the front page of a large desk."""

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("claims", "0011_form_drafts")]

    operations = [
        migrations.AddIndex(
            model_name="release",
            index=models.Index(fields=["state", "kind"], name="release_by_state"),
        ),
    ]
