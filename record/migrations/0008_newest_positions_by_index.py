"""Pages read their newest rows in the order of an index, and what is compared most without counting."""

from django.db import migrations, models

import record.models


class Migration(migrations.Migration):

    dependencies = [
        ('record', '0007_search_the_past'),
    ]

    operations = [
        migrations.RemoveIndex(
            model_name='position',
            name='position_by_question',
        ),
        migrations.RemoveIndex(
            model_name='position',
            name='position_by_claim',
        ),
        migrations.RemoveIndex(
            model_name='position',
            name='position_by_actor',
        ),
        migrations.AddIndex(
            model_name='position',
            index=record.models.NewestFirstIndex(fields=['question', '-latest', '-statement', 'seq', 'valid_before_seq'], name='position_by_question'),
        ),
        migrations.AddIndex(
            model_name='position',
            index=record.models.NewestFirstIndex(fields=['claim', '-latest', '-statement', 'seq', 'valid_before_seq'], name='position_by_claim'),
        ),
        migrations.AddIndex(
            model_name='position',
            index=record.models.NewestFirstIndex(fields=['actor', '-latest', '-statement', 'seq', 'valid_before_seq'], name='position_by_actor'),
        ),
        migrations.AddIndex(
            model_name="position",
            index=models.Index(fields=["question", "-seq", "statement"], name="position_question_entry"),
        ),
        migrations.AddIndex(
            model_name="position",
            index=models.Index(fields=["claim", "-seq", "statement"], name="position_claim_entry"),
        ),
        migrations.AddIndex(
            model_name="current",
            index=models.Index(fields=["parent", "-publication", "public_id"], name="current_by_entry"),
        ),
        migrations.AddIndex(
            model_name='summary',
            index=models.Index(condition=models.Q(('kind', 'actor')), fields=['-claims', 'page'], name='summary_of_actors'),
        ),
        migrations.AddIndex(
            model_name='summary',
            index=models.Index(condition=models.Q(('kind', 'article')), fields=['-statements', 'page'], name='summary_of_articles'),
        ),
    ]
