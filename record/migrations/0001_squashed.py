"""The log, what is derived from it, and the search index."""

import django.db.models.deletion
from django.db import migrations, models

from record import search


def create_search(apps, schema_editor):
    """The search index is derived: the code that fills it makes it."""
    search.create(schema_editor.connection)


def drop_search(apps, schema_editor):
    search.drop(schema_editor.connection)


class Migration(migrations.Migration):

    initial = True

    replaces = [
        ('record', '0001_initial'),
        ('record', '0002_search'),
        ('record', '0003_corrections'),
        ('record', '0004_selections'),
        ('record', '0005_speakers'),
        ('record', '0006_corrections'),
    ]

    dependencies = [
    ]

    operations = [
        migrations.CreateModel(
            name='Correction',
            fields=[
                ('seq', models.PositiveBigIntegerField(primary_key=True, serialize=False)),
                ('public_id', models.CharField(db_index=True, max_length=12)),
            ],
        ),
        migrations.CreateModel(
            name='Address',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('kind', models.CharField(max_length=20)),
                ('slug', models.CharField(max_length=120)),
                ('owner', models.CharField(db_index=True, max_length=12)),
                ('public_id', models.CharField(db_index=True, max_length=12)),
                ('current', models.BooleanField()),
            ],
            options={
                'constraints': [models.UniqueConstraint(fields=('kind', 'slug'), name='address_leads_to_one')],
            },
        ),
        migrations.CreateModel(
            name='Position',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('seq', models.BigIntegerField()),
                ('statement', models.CharField(max_length=12)),
                ('claim', models.CharField(max_length=12)),
                ('question', models.CharField(max_length=12)),
                ('actor', models.CharField(blank=True, max_length=12)),
                ('actor_kind', models.CharField(blank=True, max_length=30)),
                ('speaker', models.CharField(help_text='the actor, or the article and the label of a speaker without an id', max_length=160)),
                ('stance', models.CharField(max_length=20)),
                ('earliest', models.DateField(null=True)),
                ('latest', models.DateField(null=True)),
            ],
            options={
                'indexes': [models.Index(fields=['question', 'latest', 'statement', 'seq'], name='position_by_question'), models.Index(fields=['claim', 'latest', 'statement', 'seq'], name='position_by_claim'), models.Index(fields=['actor', 'latest', 'statement', 'seq'], name='position_by_actor')],
                'constraints': [models.UniqueConstraint(fields=('statement', 'claim'), name='position_is_one_per_claim')],
            },
        ),
        migrations.CreateModel(
            name='Printing',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('statement', models.CharField(max_length=12)),
                ('number', models.PositiveIntegerField(help_text="index of the appearance in its statement's document, from 0")),
                ('article', models.CharField(max_length=12)),
                ('outlet', models.CharField(max_length=12)),
                ('language', models.CharField(max_length=35)),
                ('origin', models.CharField(max_length=230)),
            ],
            options={
                'indexes': [models.Index(fields=['article', 'statement'], name='printing_by_article'), models.Index(fields=['outlet', 'statement'], name='printing_by_outlet')],
                'constraints': [models.UniqueConstraint(fields=('statement', 'number'), name='printing_is_once')],
            },
        ),
        migrations.CreateModel(
            name='Publication',
            fields=[
                ('seq', models.PositiveBigIntegerField(primary_key=True, serialize=False)),
                ('kind', models.CharField(max_length=20)),
                ('public_id', models.CharField(max_length=12)),
                ('version', models.PositiveIntegerField()),
                ('document', models.TextField(null=True)),
                ('reason', models.TextField(blank=True)),
                ('published_at', models.DateTimeField()),
                ('superseded_by', models.PositiveBigIntegerField(null=True)),
                ('erased', models.BooleanField(default=False)),
                ('salt', models.CharField(max_length=32)),
                ('digest', models.CharField(max_length=64)),
                ('link', models.CharField(max_length=64)),
            ],
            options={
                'ordering': ['seq'],
                'indexes': [models.Index(fields=['kind', 'seq'], name='publication_by_kind'), models.Index(condition=models.Q(('document', None)), fields=['seq'], name='publication_empty'), models.Index(condition=models.Q(('superseded_by__isnull', False)), fields=['seq'], name='publication_superseded')],
                'constraints': [models.UniqueConstraint(fields=('public_id', 'version'), name='publication_version_is_once'), models.UniqueConstraint(condition=models.Q(('superseded_by', None)), fields=('public_id',), name='publication_one_current_version'), models.CheckConstraint(condition=models.Q(('seq__gte', 1)), name='publication_seq_from_one'), models.CheckConstraint(condition=models.Q(('superseded_by', None), ('superseded_by__gt', models.F('seq')), _connector='OR'), name='publication_superseded_by_later'), models.CheckConstraint(condition=models.Q(models.Q(('erased', False), models.Q(('salt', ''), _negated=True)), models.Q(('document', None), ('erased', True), ('reason', ''), ('salt', '')), _connector='OR'), name='publication_erased_is_empty')],
            },
        ),
        migrations.CreateModel(
            name='Reference',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('seq', models.BigIntegerField()),
                ('source', models.CharField(max_length=12)),
                ('kind', models.CharField(max_length=20)),
                ('target', models.CharField(max_length=12)),
            ],
            options={
                'indexes': [models.Index(fields=['source', 'target'], name='reference_by_source'), models.Index(fields=['seq', 'target'], name='reference_by_seq')],
                'constraints': [models.UniqueConstraint(fields=('target', 'kind', 'source'), name='reference_is_once')],
            },
        ),
        migrations.CreateModel(
            name='Relay',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('statement', models.CharField(max_length=12)),
                ('number', models.PositiveIntegerField(help_text='of the printing')),
                ('position', models.PositiveIntegerField(help_text='index of the step in its chain, from 0: nearest to the page')),
                ('actor', models.CharField(blank=True, max_length=12)),
                ('outlet', models.CharField(blank=True, max_length=12)),
            ],
            options={
                'indexes': [models.Index(fields=['actor', 'statement'], name='relay_by_actor'), models.Index(fields=['outlet', 'statement'], name='relay_by_outlet')],
                'constraints': [models.UniqueConstraint(fields=('statement', 'number', 'position'), name='relay_is_once')],
            },
        ),
        migrations.CreateModel(
            name='Current',
            fields=[
                ('public_id', models.CharField(max_length=12, primary_key=True, serialize=False)),
                ('kind', models.CharField(max_length=20)),
                ('slug', models.CharField(max_length=120)),
                ('label', models.CharField(max_length=500)),
                ('parent', models.CharField(blank=True, help_text='question of a claim, outlet of an article, speaker of a statement, article of an unnamed source', max_length=12)),
                ('sort', models.CharField(blank=True, max_length=40)),
                ('publication', models.OneToOneField(on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', to='record.publication')),
            ],
            options={
                'indexes': [models.Index(fields=['kind', 'sort', 'public_id'], name='current_by_kind'), models.Index(fields=['parent', 'sort', 'public_id'], name='current_by_parent')],
            },
        ),
        migrations.RunPython(create_search, drop_search),
    ]
