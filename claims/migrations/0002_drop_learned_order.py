"""The one table of a layer that is gone: databases made before it was cut still have it."""

from django.db import migrations


class Migration(migrations.Migration):

    dependencies = [
        ('claims', '0001_squashed'),
    ]

    operations = [
        migrations.RunSQL("DROP TABLE IF EXISTS claims_learnedorder", migrations.RunSQL.noop),
    ]
