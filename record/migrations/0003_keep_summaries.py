"""Kept summaries. They are made by `manage.py record_rebuild`; until then pages count for themselves."""

from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('record', '0002_say_from_when_rows_hold'),
    ]

    operations = [
        migrations.CreateModel(
            name='RecordState',
            fields=[
                ('id', models.PositiveSmallIntegerField(default=1, primary_key=True, serialize=False)),
                ('wide_seq', models.BigIntegerField(help_text='newest entry that changed more pages than are noted one by one')),
                ('emptied', models.BigIntegerField(help_text='rows of the log that say nothing any more')),
                ('rewrites', models.BigIntegerField(default=0, help_text='how often rows were made anew without a new entry')),
            ],
        ),
        migrations.CreateModel(
            name='Summary',
            fields=[
                ('page', models.CharField(max_length=12, primary_key=True, serialize=False)),
                ('kind', models.CharField(max_length=20)),
                ('parent', models.CharField(blank=True, help_text='question of a claim', max_length=12)),
                ('sort', models.CharField(blank=True, help_text='place among questions or claims, as in Current', max_length=40)),
                ('changed_seq', models.BigIntegerField(help_text='newest entry that changed what the page shows')),
                ('statements', models.PositiveIntegerField(default=0)),
                ('actors', models.PositiveIntegerField(default=0)),
                ('articles', models.PositiveIntegerField(default=0)),
                ('origins', models.PositiveIntegerField(default=0)),
                ('claims', models.PositiveIntegerField(default=0)),
                ('contested', models.PositiveIntegerField(default=0, help_text='claims; 1 or 0 for a claim')),
                ('details', models.TextField(blank=True, help_text='JSON: of a claim, by stance, positions and voices; of home, by kind, what stands')),
            ],
        ),
        migrations.CreateModel(
            name='Voice',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('claim', models.CharField(max_length=12)),
                ('question', models.CharField(max_length=12)),
                ('speaker', models.CharField(max_length=160)),
                ('actor', models.CharField(blank=True, max_length=12)),
                ('sort', models.CharField(help_text='held, relayed or other', max_length=8)),
                ('stance', models.CharField(max_length=20)),
                ('statement', models.CharField(max_length=12)),
                ('latest', models.PositiveIntegerField(help_text='last day that its date can mean, as an ordinal; 0 without a date')),
                ('origins', models.PositiveIntegerField(help_text='of that statement')),
            ],
        ),
        migrations.AddIndex(
            model_name='position',
            index=models.Index(condition=models.Q(('valid_before_seq', None)), fields=['claim', 'stance', 'speaker', 'latest', 'statement'], name='position_by_stance'),
        ),
        migrations.AddIndex(
            model_name='printing',
            index=models.Index(fields=['origin'], name='printing_by_origin'),
        ),
        migrations.AddConstraint(
            model_name='recordstate',
            constraint=models.CheckConstraint(condition=models.Q(('id', 1)), name='recordstate_is_one'),
        ),
        migrations.AddIndex(
            model_name='summary',
            index=models.Index(condition=models.Q(('parent__gt', '')), fields=['parent', '-contested', '-statements', 'sort', 'page'], name='summary_by_question'),
        ),
        migrations.AddIndex(
            model_name='summary',
            index=models.Index(condition=models.Q(('kind', 'question')), fields=['-contested', '-changed_seq', 'page'], name='summary_of_questions'),
        ),
        migrations.AddIndex(
            model_name='voice',
            index=models.Index(fields=['claim', 'stance', '-latest', 'speaker'], name='voice_by_day'),
        ),
        migrations.AddIndex(
            model_name='voice',
            index=models.Index(fields=['claim', 'stance', '-origins', '-latest', 'statement'], name='voice_by_origins'),
        ),
        migrations.AddIndex(
            model_name='voice',
            index=models.Index(fields=['question', 'speaker'], name='voice_by_question'),
        ),
        migrations.AddConstraint(
            model_name='voice',
            constraint=models.UniqueConstraint(fields=('claim', 'speaker', 'sort'), name='voice_is_one_per_claim'),
        ),
    ]
