"""The search index. It is derived, so the code that fills it makes it."""

from django.db import migrations

from record import search


def create(apps, schema_editor):
    search.create(schema_editor.connection)


def drop(apps, schema_editor):
    search.drop(schema_editor.connection)


class Migration(migrations.Migration):
    dependencies = [("record", "0001_initial")]

    operations = [migrations.RunPython(create, drop)]
