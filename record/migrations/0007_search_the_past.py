"""The search index has the versions that were replaced too, in a table beside that of what stands."""

from django.db import migrations

from record import search
from record.projections.past_search import fill_past_entries
from record.search.index import PAST_TABLE


def create_past_search(apps, schema_editor):
    """The index is derived: the code that fills it makes it."""
    search.create(schema_editor.connection, PAST_TABLE)
    fill_past_entries()


def drop_past_search(apps, schema_editor):
    search.drop(schema_editor.connection, PAST_TABLE)


class Migration(migrations.Migration):

    dependencies = [
        ('record', '0006_ledger_of_erasures'),
    ]

    operations = [
        migrations.RunPython(create_past_search, drop_past_search),
    ]
