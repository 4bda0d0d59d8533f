"""Indexes that are looked up and not read in order hold what is looked up alone: a fifth of what they were."""

from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('record', '0003_keep_summaries'),
    ]

    operations = [
        migrations.RemoveIndex(
            model_name='printing',
            name='printing_by_article',
        ),
        migrations.RemoveIndex(
            model_name='printing',
            name='printing_by_outlet',
        ),
        migrations.RemoveIndex(
            model_name='reference',
            name='reference_by_source',
        ),
        migrations.RemoveIndex(
            model_name='reference',
            name='reference_by_seq',
        ),
        migrations.RemoveIndex(
            model_name='reference',
            name='reference_by_target',
        ),
        migrations.RemoveIndex(
            model_name='relay',
            name='relay_by_actor',
        ),
        migrations.RemoveIndex(
            model_name='relay',
            name='relay_by_outlet',
        ),
        migrations.AlterField(
            model_name='address',
            name='owner',
            field=models.CharField(max_length=12),
        ),
        migrations.AlterField(
            model_name='address',
            name='public_id',
            field=models.CharField(max_length=12),
        ),
        migrations.AlterField(
            model_name='correction',
            name='public_id',
            field=models.CharField(max_length=12),
        ),
        migrations.AddIndex(
            model_name='address',
            index=models.Index(fields=['owner'], name='address_by_owner'),
        ),
        migrations.AddIndex(
            model_name='address',
            index=models.Index(fields=['public_id'], name='address_by_object'),
        ),
        migrations.AddIndex(
            model_name='correction',
            index=models.Index(fields=['public_id'], name='correction_by_object'),
        ),
        migrations.AddIndex(
            model_name='printing',
            index=models.Index(fields=['article'], name='printing_by_article'),
        ),
        migrations.AddIndex(
            model_name='printing',
            index=models.Index(fields=['outlet'], name='printing_by_outlet'),
        ),
        migrations.AddIndex(
            model_name='reference',
            index=models.Index(fields=['source'], name='reference_by_source'),
        ),
        migrations.AddIndex(
            model_name='reference',
            index=models.Index(fields=['seq'], name='reference_by_seq'),
        ),
        migrations.AddIndex(
            model_name='reference',
            index=models.Index(fields=['target', 'kind'], name='reference_by_target'),
        ),
        migrations.AddIndex(
            model_name='relay',
            index=models.Index(fields=['actor'], name='relay_by_actor'),
        ),
        migrations.AddIndex(
            model_name='relay',
            index=models.Index(fields=['outlet'], name='relay_by_outlet'),
        ),
    ]
