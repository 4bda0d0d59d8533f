"""The index by which the desk is searched, with what is there already."""

from django.db import migrations

from articles.desk_index import create_index, drop_index


def create_desk_index(apps, schema_editor):
    """The index is derived: the code that fills it makes it (claims/migrations/0009_fill_desk_index.py)."""
    create_index(schema_editor.connection)


def drop_desk_index(apps, schema_editor):
    drop_index(schema_editor.connection)


class Migration(migrations.Migration):

    dependencies = [
        ('articles', '0008_read_again_at'),
    ]

    operations = [
        migrations.RunPython(create_desk_index, drop_desk_index),
    ]
