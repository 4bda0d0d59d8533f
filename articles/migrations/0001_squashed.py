"""The tables of what was printed."""

import articles.models.tracked
import django.core.validators
import django.db.models.deletion
import django.db.models.expressions
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):

    initial = True

    replaces = [
        ('articles', '0001_initial'),
        ('articles', '0002_passage_gone_from'),
        ('articles', '0003_capture_adopted'),
        ('articles', '0004_passage_marked'),
        ('articles', '0005_passage_moved_from'),
    ]

    dependencies = [
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name='Article',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('public_id', models.CharField(default=articles.models.tracked.new_public_id, editable=False, max_length=12, unique=True)),
                ('revision', models.PositiveIntegerField(default=1, editable=False)),
                ('created_at', models.DateTimeField(auto_now_add=True)),
                ('changed_at', models.DateTimeField(auto_now=True)),
                ('slug', models.SlugField(max_length=120, unique=True)),
                ('url', models.URLField(blank=True, max_length=1000)),
                ('headline', models.CharField(blank=True, max_length=500)),
                ('byline', models.CharField(blank=True, max_length=300)),
                ('dateline', models.CharField(blank=True, max_length=200)),
                ('language', models.CharField(default='en', help_text='BCP 47, such as en or kk-Cyrl', max_length=35, validators=[django.core.validators.RegexValidator('\\A[a-zA-Z]{2,8}(-[a-zA-Z0-9]{1,8})*\\Z', 'This is not a language tag of BCP 47, such as en, kk-Cyrl or zh-Hans.')])),
                ('published', models.CharField(blank=True, help_text='2019, 2019-09 or 2019-09-03; ~ for about', max_length=23)),
                ('published_earliest', models.DateField(blank=True, editable=False, null=True)),
                ('published_latest', models.DateField(blank=True, editable=False, null=True)),
                ('credited_agency', models.CharField(blank=True, help_text='as the credit line names it', max_length=200)),
                ('derivation', models.CharField(blank=True, choices=[('', 'not derived'), ('verbatim', 'Verbatim'), ('edited', 'Edited'), ('excerpt', 'Excerpt'), ('translation', 'Translation')], default='', max_length=20)),
                ('derived_from', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='derivatives', to='articles.article')),
            ],
            options={
                'ordering': ['-published_latest', '-id'],
            },
        ),
        migrations.CreateModel(
            name='Capture',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('text', models.TextField()),
                ('removed', models.JSONField(blank=True, default=list, help_text='lines taken for clutter: [line number, kind, text] each, none thrown away')),
                ('sha256', models.CharField(editable=False, max_length=64)),
                ('retrieved_at', models.DateTimeField()),
                ('method', models.CharField(choices=[('pasted', 'Pasted'), ('uploaded', 'Uploaded'), ('fetched', 'Fetched'), ('excerpt', 'Excerpt')], default='pasted', max_length=20)),
                ('archive_url', models.URLField(blank=True, max_length=1000)),
                ('complete', models.BooleanField(default=True, help_text='the whole article, not an excerpt of it')),
                ('adopted', models.BooleanField(default=False, editable=False, help_text='known from a published record alone: the SHA-256 is that of the whole text, of which the published words stand in their places')),
                ('article', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='captures', to='articles.article')),
            ],
            options={
                'ordering': ['id'],
            },
        ),
        migrations.CreateModel(
            name='Outlet',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('public_id', models.CharField(default=articles.models.tracked.new_public_id, editable=False, max_length=12, unique=True)),
                ('revision', models.PositiveIntegerField(default=1, editable=False)),
                ('created_at', models.DateTimeField(auto_now_add=True)),
                ('changed_at', models.DateTimeField(auto_now=True)),
                ('name', models.CharField(max_length=200, unique=True)),
                ('slug', models.SlugField(max_length=100, unique=True)),
                ('kind', models.CharField(choices=[('newspaper', 'Newspaper'), ('agency', 'Agency'), ('broadcaster', 'Broadcaster'), ('magazine', 'Magazine'), ('platform', 'Platform'), ('other', 'Other')], default='newspaper', max_length=20)),
                ('country', models.CharField(blank=True, help_text='ISO 3166 code, two letters, such as KZ', max_length=2)),
                ('homepage', models.URLField(blank=True, max_length=500)),
                ('owner', models.CharField(blank=True, max_length=200)),
                ('state_controlled', models.CharField(choices=[('yes', 'state-controlled'), ('no', 'not state-controlled'), ('unknown', 'not known')], default='unknown', max_length=10)),
            ],
            options={
                'ordering': ['name'],
                'constraints': [models.CheckConstraint(condition=models.Q(('homepage__regex', '\\A(https?://[^\\s/@?#]+\\.[^\\s/@?#]+([/?#]\\S*)?)?\\Z')), name='outlet_homepage_is_web', violation_error_message='An address must begin with http:// or https:// and name a site of the web.'), models.CheckConstraint(condition=models.Q(('country__regex', '\\A([A-Z]{2})?\\Z')), name='outlet_country_is_iso', violation_error_message='A country is given by the two capital letters of ISO 3166, such as KZ.'), models.CheckConstraint(condition=models.Q(('name', ''), _negated=True), name='outlet_has_name', violation_error_message='An outlet has a name.')],
            },
        ),
        migrations.AddField(
            model_name='article',
            name='outlet',
            field=models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='articles', to='articles.outlet'),
        ),
        migrations.CreateModel(
            name='Passage',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('public_id', models.CharField(default=articles.models.tracked.new_public_id, editable=False, max_length=12, unique=True)),
                ('revision', models.PositiveIntegerField(default=1, editable=False)),
                ('created_at', models.DateTimeField(auto_now_add=True)),
                ('changed_at', models.DateTimeField(auto_now=True)),
                ('start', models.PositiveIntegerField()),
                ('end', models.PositiveIntegerField()),
                ('exact', models.TextField()),
                ('prefix', models.CharField(blank=True, max_length=64)),
                ('suffix', models.CharField(blank=True, max_length=64)),
                ('marked', models.JSONField(blank=True, editable=False, help_text='the stretches between quotation marks, [start, end] in the words; empty where that is not known', null=True)),
                ('capture', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='passages', to='articles.capture')),
                ('gone_from', models.ForeignKey(blank=True, editable=False, help_text='the later capture in which an editor has looked for these words and says that they are gone', null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='articles.capture')),
                ('moved_from', models.ForeignKey(blank=True, editable=False, help_text='the capture from which it was moved, until a person has confirmed that these are the words', null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='articles.capture')),
            ],
            options={
                'ordering': ['capture', 'start'],
            },
        ),
        migrations.CreateModel(
            name='Shingle',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('value', models.BigIntegerField()),
                ('capture', models.ForeignKey(db_index=False, on_delete=django.db.models.deletion.CASCADE, related_name='shingles', to='articles.capture')),
            ],
        ),
        migrations.CreateModel(
            name='Trace',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('at', models.DateTimeField(auto_now_add=True, db_index=True)),
                ('verb', models.CharField(max_length=40)),
                ('kind', models.CharField(max_length=40)),
                ('public_id', models.CharField(max_length=12)),
                ('label', models.CharField(max_length=300)),
                ('revision', models.PositiveIntegerField()),
                ('changes', models.JSONField(default=dict)),
                ('why', models.TextField(blank=True)),
                ('by', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
            ],
            options={
                'ordering': ['-id'],
            },
        ),
        migrations.AddIndex(
            model_name='capture',
            index=models.Index(fields=['sha256'], name='capture_by_sha256'),
        ),
        migrations.AddConstraint(
            model_name='capture',
            constraint=models.UniqueConstraint(fields=('article', 'sha256'), name='capture_text_is_once_per_article', violation_error_message='This text of the article has been captured already.'),
        ),
        migrations.AddConstraint(
            model_name='capture',
            constraint=models.CheckConstraint(condition=models.Q(('sha256__regex', '\\A[0-9a-f]{64}\\Z')), name='capture_has_sha256', violation_error_message='A capture carries the SHA-256 of its text.'),
        ),
        migrations.AddConstraint(
            model_name='capture',
            constraint=models.CheckConstraint(condition=models.Q(('text', ''), _negated=True), name='capture_has_text', violation_error_message='A capture has a text.'),
        ),
        migrations.AddConstraint(
            model_name='capture',
            constraint=models.CheckConstraint(condition=models.Q(('archive_url__regex', '\\A(https?://[^\\s/@?#]+\\.[^\\s/@?#]+([/?#]\\S*)?)?\\Z')), name='capture_archive_is_web', violation_error_message='An address must begin with http:// or https:// and name a site of the web.'),
        ),
        migrations.AddConstraint(
            model_name='capture',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('method', 'excerpt'), _negated=True), ('complete', False), _connector='OR'), name='capture_excerpt_is_not_complete', violation_error_message='An excerpt is not the complete article.'),
        ),
        migrations.AddConstraint(
            model_name='article',
            constraint=models.UniqueConstraint(condition=models.Q(('url', ''), _negated=True), fields=('url',), name='article_url_is_unique', violation_error_message='There is an article with this address already.'),
        ),
        migrations.AddConstraint(
            model_name='article',
            constraint=models.CheckConstraint(condition=models.Q(('url__regex', '\\A(https?://[^\\s/@?#]+\\.[^\\s/@?#]+([/?#]\\S*)?)?\\Z')), name='article_url_is_web', violation_error_message='An address must begin with http:// or https:// and name a site of the web.'),
        ),
        migrations.AddConstraint(
            model_name='article',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('derivation', ''), ('derived_from', None)), models.Q(('derived_from__isnull', False), models.Q(('derivation', ''), _negated=True)), _connector='OR'), name='article_derivation_is_whole', violation_error_message='Say both: from which article this one derives, and how.'),
        ),
        migrations.AddConstraint(
            model_name='article',
            constraint=models.CheckConstraint(condition=models.Q(('derived_from', models.F('id')), _negated=True), name='article_not_derived_from_itself', violation_error_message='An article cannot derive from itself.'),
        ),
        migrations.AddConstraint(
            model_name='article',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('published', ''), ('published_earliest', None), ('published_latest', None)), models.Q(models.Q(('published', ''), _negated=True), ('published_earliest__isnull', False), ('published_latest__isnull', False), ('published_earliest__lte', models.F('published_latest'))), _connector='OR'), name='article_published_has_interval', violation_error_message='The date of publication has no first and last day.'),
        ),
        migrations.AddConstraint(
            model_name='passage',
            constraint=models.UniqueConstraint(fields=('capture', 'start', 'end'), name='passage_span_is_once_per_capture', violation_error_message='These words are marked already.'),
        ),
        migrations.AddConstraint(
            model_name='passage',
            constraint=models.CheckConstraint(condition=models.Q(('start__lt', models.F('end'))), name='passage_starts_before_it_ends', violation_error_message='A passage starts before it ends.'),
        ),
        migrations.AddConstraint(
            model_name='passage',
            constraint=models.CheckConstraint(condition=models.Q(('exact__length', django.db.models.expressions.CombinedExpression(models.F('end'), '-', models.F('start')))), name='passage_is_as_long_as_its_words', violation_error_message='A passage is as long as its words.'),
        ),
        migrations.AddConstraint(
            model_name='shingle',
            constraint=models.UniqueConstraint(fields=('value', 'capture'), name='shingle_is_once_per_capture'),
        ),
        migrations.AddIndex(
            model_name='trace',
            index=models.Index(fields=['public_id', '-id'], name='trace_of_object'),
        ),
        migrations.AddConstraint(
            model_name='trace',
            constraint=models.CheckConstraint(condition=models.Q(('verb', ''), _negated=True), name='trace_names_its_verb', violation_error_message='A trace names its verb.'),
        ),
    ]
