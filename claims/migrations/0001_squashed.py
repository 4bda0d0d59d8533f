"""The tables of the desk, and its two groups: editors write, reviewers publish as well.

Permissions are made after all migrations have run (`post_migrate`), which is too late for a migration that hands them
out: they are made here for the rooms concerned, in the way Django itself makes them.
"""

import articles.models.tracked
import django.db.models.deletion
from django.conf import settings
from django.contrib.auth.management import create_permissions
from django.db import migrations, models

WRITTEN = {
    "articles": ["outlet", "article", "capture", "passage"],
    "claims": [
        "question",
        "claim",
        "claimrelation",
        "actor",
        "actorname",
        "identifier",
        "statement",
        "stance",
        "appearance",
        "attributionstep",
        "framing",
    ],
}
# Rows of a list that is edited with its owner: the verbs replace the list, so that a row may go. Nothing else may.
PARTS = ["claimrelation", "actorname", "identifier", "stance", "appearance", "attributionstep", "framing"]
READ = {"articles": ["trace"], "claims": ["release", "merge"]}


def permissions_of_editors():
    for room, nouns in WRITTEN.items():
        for noun in nouns:
            yield from ((room, f"{act}_{noun}") for act in ("view", "add", "change"))
    for room, nouns in READ.items():
        yield from ((room, f"view_{noun}") for noun in nouns)
    yield from (("claims", f"delete_{noun}") for noun in PARTS)


def make_groups(apps, schema_editor):
    database = schema_editor.connection.alias
    for room in WRITTEN:
        config = apps.get_app_config(room)
        # Without a models module Django takes the room for one that has no models at all.
        config.models_module = True
        create_permissions(config, verbosity=0, using=database, apps=apps)
        config.models_module = None
    Group = apps.get_model("auth", "Group")
    Permission = apps.get_model("auth", "Permission")
    permissions = {
        (one.content_type.app_label, one.codename): one
        for one in Permission.objects.using(database)
        .filter(content_type__app_label__in=WRITTEN)
        .select_related("content_type")
    }
    editors = [permissions[name] for name in permissions_of_editors()]
    reviewers = [*editors, permissions["claims", "publish"]]
    for name, granted in (("editor", editors), ("reviewer", reviewers)):
        group, _ = Group.objects.using(database).get_or_create(name=name)
        group.permissions.add(*granted)


def keep_groups(apps, schema_editor):
    """Going back leaves the groups: people are in them."""


class Migration(migrations.Migration):

    initial = True

    replaces = [
        ('claims', '0001_initial'),
        ('claims', '0002_groups'),
        ('claims', '0003_workspace'),
        ('claims', '0004_naming_permission'),
        ('claims', '0005_learning'),
        ('claims', '0006_assignments'),
        ('claims', '0007_notes_and_figures'),
        ('claims', '0008_approvals'),
        ('claims', '0009_basis_not_chosen'),
    ]

    dependencies = [
        ('articles', '0001_squashed'),
        ('auth', '0012_alter_user_first_name_max_length'),
        ('contenttypes', '0002_remove_content_type_name'),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name='Actor',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('public_id', models.CharField(default=articles.models.tracked.new_public_id, editable=False, max_length=12, unique=True)),
                ('revision', models.PositiveIntegerField(default=1, editable=False)),
                ('created_at', models.DateTimeField(auto_now_add=True)),
                ('changed_at', models.DateTimeField(auto_now=True)),
                ('name', models.CharField(help_text='as the desk calls this actor', max_length=200)),
                ('slug', models.SlugField(max_length=120, unique=True)),
                ('kind', models.CharField(choices=[('person', 'Person'), ('state', 'State'), ('government body', 'Government Body'), ('intergovernmental body', 'Intergovernmental Body'), ('organisation', 'Organisation'), ('group', 'Group'), ('outlet', 'Outlet'), ('unnamed', 'unnamed source')], max_length=30)),
                ('description', models.CharField(blank=True, max_length=500)),
                ('protection', models.CharField(choices=[('named', 'Named'), ('withheld', 'Withheld')], default='named', max_length=10)),
                ('public_label', models.CharField(blank=True, help_text='shown instead of a withheld name', max_length=200)),
                ('merged_into', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='merged', to='claims.actor')),
                ('reported_in', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='unnamed_sources', to='articles.article')),
            ],
            options={
                'ordering': ['name'],
                'permissions': [('see_withheld_names', 'Can see names that are withheld')],
            },
        ),
        migrations.CreateModel(
            name='ActorName',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('name', models.CharField(max_length=200)),
                ('folded', models.CharField(db_index=True, editable=False, max_length=300)),
                ('language', models.CharField(blank=True, help_text='BCP 47 with script where it matters: kk-Cyrl', max_length=35)),
                ('kind', models.CharField(choices=[('primary', 'Primary'), ('alias', 'Alias'), ('former', 'Former'), ('as printed', 'As Printed')], default='alias', max_length=20)),
                ('scheme', models.CharField(blank=True, help_text='transliteration scheme, such as BGN/PCGN 1979', max_length=60)),
                ('actor', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='names', to='claims.actor')),
            ],
            options={
                'ordering': ['actor', 'id'],
            },
        ),
        migrations.CreateModel(
            name='Appearance',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('printed_name', models.CharField(blank=True, help_text='the speaker as this article names them', max_length=200)),
                ('cue', models.CharField(blank=True, help_text='“said”, “according to”', max_length=120)),
                ('passage', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='appearances', to='articles.passage')),
            ],
            options={
                'ordering': ['statement', 'id'],
            },
        ),
        migrations.CreateModel(
            name='Approval',
            fields=[
                ('trace', models.OneToOneField(on_delete=django.db.models.deletion.PROTECT, primary_key=True, related_name='approval', serialize=False, to='articles.trace')),
                ('at', models.DateTimeField(auto_now_add=True)),
                ('by', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
            ],
        ),
        migrations.CreateModel(
            name='Assignment',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('kind', models.CharField(max_length=20)),
                ('public_id', models.CharField(max_length=12, unique=True)),
                ('editor', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='+', to=settings.AUTH_USER_MODEL)),
            ],
            options={
                'ordering': ['id'],
            },
        ),
        migrations.CreateModel(
            name='AttributionStep',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('position', models.PositiveSmallIntegerField()),
                ('label', models.CharField(blank=True, help_text='where it is neither an actor nor an outlet we know', max_length=200)),
                ('cue', models.CharField(blank=True, max_length=120)),
                ('relation', models.CharField(choices=[('says', 'Says'), ('cites', 'Cites'), ('relays', 'Relays'), ('translates', 'Translates'), ('on behalf of', 'On Behalf Of')], default='relays', max_length=20)),
                ('actor', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='attribution_steps', to='claims.actor')),
                ('appearance', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='steps', to='claims.appearance')),
                ('outlet', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='attribution_steps', to='articles.outlet')),
            ],
            options={
                'ordering': ['appearance', 'position'],
            },
        ),
        migrations.CreateModel(
            name='Claim',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('public_id', models.CharField(default=articles.models.tracked.new_public_id, editable=False, max_length=12, unique=True)),
                ('revision', models.PositiveIntegerField(default=1, editable=False)),
                ('created_at', models.DateTimeField(auto_now_add=True)),
                ('changed_at', models.DateTimeField(auto_now=True)),
                ('text', models.CharField(max_length=500)),
                ('slug', models.SlugField(max_length=120, unique=True)),
                ('kind', models.CharField(choices=[('fact', 'Fact'), ('figure', 'Figure'), ('description', 'Description'), ('evaluation', 'Evaluation'), ('demand', 'Demand'), ('commitment', 'Commitment'), ('forecast', 'Forecast')], default='fact', max_length=20)),
                ('language', models.CharField(default='en', max_length=35)),
                ('position', models.PositiveIntegerField(default=0, help_text='order within the question, smallest first')),
                ('amount', models.DecimalField(blank=True, decimal_places=4, max_digits=20, null=True)),
                ('lower', models.DecimalField(blank=True, decimal_places=4, max_digits=20, null=True)),
                ('upper', models.DecimalField(blank=True, decimal_places=4, max_digits=20, null=True)),
                ('unit', models.CharField(blank=True, help_text='people, km², plants', max_length=60)),
                ('modifier', models.CharField(blank=True, choices=[('', 'as given'), ('about', 'About'), ('at least', 'At Least'), ('up to', 'Up To'), ('estimated', 'Estimated')], default='', max_length=20)),
                ('counted', models.CharField(blank=True, help_text='what exactly is counted', max_length=200)),
                ('as_of', models.CharField(blank=True, help_text='the date for which the figure is given', max_length=23)),
                ('derived', models.BooleanField(default=False, help_text='the numbers were read out of words such as “hundreds”: nobody printed them')),
                ('merged_into', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='merged', to='claims.claim')),
            ],
            options={
                'ordering': ['question', 'position', 'id'],
            },
        ),
        migrations.CreateModel(
            name='ClaimRelation',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('kind', models.CharField(choices=[('contradicts', 'contradicts (both cannot be true, one must be)'), ('contrary to', 'contrary to (both cannot be true)'), ('narrows', 'Narrows'), ('broadens', 'Broadens'), ('repeats', 'Repeats'), ('supersedes', 'Supersedes')], max_length=20)),
                ('claim', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='relations', to='claims.claim')),
                ('other', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='relations_to_it', to='claims.claim')),
            ],
            options={
                'ordering': ['claim', 'id'],
            },
        ),
        migrations.CreateModel(
            name='Framing',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('part', models.CharField(choices=[('headline', 'Headline'), ('body', 'Body')], max_length=10)),
                ('treatment', models.CharField(choices=[('endorses', 'Endorses'), ('contests', 'Contests'), ('relays', 'Relays'), ('does not mention', 'Does Not Mention')], max_length=20)),
                ('words', models.CharField(blank=True, help_text='the words that show it', max_length=200)),
                ('article', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='framings', to='articles.article')),
                ('claim', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='framings', to='claims.claim')),
                ('written_by', models.ForeignKey(blank=True, help_text='who wrote these words, where it is not the outlet that printed them: the agency', null=True, on_delete=django.db.models.deletion.PROTECT, related_name='framings_written', to='articles.outlet')),
            ],
            options={
                'ordering': ['article', 'id'],
            },
        ),
        migrations.CreateModel(
            name='Identifier',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('register', models.CharField(default='wikidata', max_length=40)),
                ('value', models.CharField(max_length=200)),
                ('actor', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='identifiers', to='claims.actor')),
            ],
            options={
                'ordering': ['actor', 'register'],
            },
        ),
        migrations.CreateModel(
            name='Merge',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('kind', models.CharField(choices=[('actor', 'actor'), ('claim', 'claim')], max_length=10)),
                ('kept', models.CharField(max_length=12)),
                ('gone', models.CharField(max_length=12)),
                ('moved', models.JSONField(help_text='model and field, to the primary keys that were moved')),
                ('undone_at', models.DateTimeField(null=True)),
                ('trace', models.OneToOneField(on_delete=django.db.models.deletion.PROTECT, related_name='merge', to='articles.trace')),
                ('undone_by', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
            ],
            options={
                'ordering': ['-id'],
            },
        ),
        migrations.CreateModel(
            name='Presence',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('at', models.DateTimeField()),
                ('article', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='presences', to='articles.article')),
                ('user', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='+', to=settings.AUTH_USER_MODEL)),
            ],
        ),
        migrations.CreateModel(
            name='ProposalDecision',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('digest', models.CharField(max_length=64)),
                ('start', models.PositiveIntegerField()),
                ('end', models.PositiveIntegerField()),
                ('rule', models.CharField(max_length=80)),
                ('decision', models.CharField(choices=[('accepted', 'Accepted'), ('changed', 'accepted with changes'), ('rejected', 'Rejected'), ('reopened', 'put back')], max_length=10)),
                ('statement', models.CharField(blank=True, help_text='public identity of what was recorded from it', max_length=12)),
                ('at', models.DateTimeField(auto_now_add=True)),
                ('by', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('capture', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='proposal_decisions', to='articles.capture')),
            ],
            options={
                'ordering': ['id'],
            },
        ),
        migrations.CreateModel(
            name='ProposalTally',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('waiting', models.PositiveIntegerField()),
                ('capture', models.OneToOneField(on_delete=django.db.models.deletion.CASCADE, related_name='proposal_tally', to='articles.capture')),
            ],
        ),
        migrations.CreateModel(
            name='Question',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('public_id', models.CharField(default=articles.models.tracked.new_public_id, editable=False, max_length=12, unique=True)),
                ('revision', models.PositiveIntegerField(default=1, editable=False)),
                ('created_at', models.DateTimeField(auto_now_add=True)),
                ('changed_at', models.DateTimeField(auto_now=True)),
                ('title', models.CharField(max_length=200, unique=True)),
                ('slug', models.SlugField(max_length=120, unique=True)),
                ('description', models.TextField(blank=True)),
                ('position', models.PositiveIntegerField(default=0, help_text='order on the home page, smallest first')),
            ],
            options={
                'ordering': ['position', 'title'],
                'constraints': [models.CheckConstraint(condition=models.Q(('title', ''), _negated=True), name='question_has_title', violation_error_message='A question needs a title.')],
            },
        ),
        migrations.AddField(
            model_name='claim',
            name='question',
            field=models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='claims', to='claims.question'),
        ),
        migrations.CreateModel(
            name='Release',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('kind', models.CharField(max_length=20)),
                ('public_id', models.CharField(max_length=12, unique=True)),
                ('label', models.CharField(max_length=300)),
                ('state', models.CharField(choices=[('draft', 'Draft'), ('in review', 'In Review'), ('sent back', 'Sent Back'), ('published', 'Published'), ('withdrawn', 'Withdrawn')], default='draft', max_length=12)),
                ('submitted_at', models.DateTimeField(null=True)),
                ('note', models.TextField(blank=True, help_text='the word with which it was submitted or sent back')),
                ('published_revision', models.PositiveIntegerField(null=True)),
                ('published_at', models.DateTimeField(null=True)),
                ('record_seq', models.PositiveBigIntegerField(null=True)),
                ('submitted_by', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
            ],
            options={
                'ordering': ['submitted_at', 'id'],
                'permissions': [('publish', 'Can publish, send back and withdraw')],
            },
        ),
        migrations.CreateModel(
            name='Statement',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('public_id', models.CharField(default=articles.models.tracked.new_public_id, editable=False, max_length=12, unique=True)),
                ('revision', models.PositiveIntegerField(default=1, editable=False)),
                ('created_at', models.DateTimeField(auto_now_add=True)),
                ('changed_at', models.DateTimeField(auto_now=True)),
                ('speaker_label', models.CharField(blank=True, help_text='where no speaker can be named', max_length=200)),
                ('role', models.CharField(blank=True, help_text="the speaker's role at the time", max_length=200)),
                ('summary', models.CharField(help_text="what was said, in the desk's own words", max_length=300)),
                ('said_on', models.CharField(blank=True, help_text='2019, 2019-09 or 2019-09-03; ~ for about', max_length=23)),
                ('said_earliest', models.DateField(blank=True, editable=False, null=True)),
                ('said_latest', models.DateField(blank=True, editable=False, null=True)),
                ('venue', models.CharField(blank=True, max_length=200)),
                ('mode', models.CharField(choices=[('direct', 'direct speech'), ('indirect', 'indirect speech'), ('mixed', 'partly quoted'), ('document', 'Document'), ('gesture', 'act or gesture')], max_length=20)),
                ('basis', models.CharField(choices=[('witnessed', 'Witnessed'), ('told', 'Told'), ('document', 'Document'), ('estimate', 'Estimate'), ('not stated', 'Not Stated')], default='not stated', max_length=20)),
                ('words', models.TextField(blank=True, help_text='the words themselves, in the language they were said in')),
                ('language', models.CharField(blank=True, help_text='of the words, BCP 47', max_length=35)),
                ('translation', models.TextField(blank=True)),
                ('speaker', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='statements', to='claims.actor')),
            ],
            options={
                'ordering': ['-said_latest', '-id'],
            },
        ),
        migrations.CreateModel(
            name='Stance',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('kind', models.CharField(choices=[('affirms', 'Affirms'), ('denies', 'Denies'), ('disputes', 'disputes (contests without denying)'), ('qualifies', 'qualifies (puts it in another frame)'), ('supports', 'supports (a policy)'), ('opposes', 'opposes (a policy)'), ('relays', 'relays (without taking a side)'), ('declines', 'declines to comment'), ('silent', 'Silent')], max_length=20)),
                ('hedge', models.CharField(blank=True, help_text='the hedge as worded: “estimated”, “reportedly”', max_length=120)),
                ('printed', models.CharField(blank=True, help_text='the figure as the passage puts it: “millions more”, “hundreds”', max_length=200)),
                ('claim', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='stances', to='claims.claim')),
                ('statement', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='stances', to='claims.statement')),
            ],
            options={
                'ordering': ['statement', 'id'],
            },
        ),
        migrations.CreateModel(
            name='EditorsNote',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('about', models.CharField(choices=[('identity', 'who it is'), ('date', 'a date'), ('figure', 'a figure'), ('wording', 'the wording'), ('other', 'something else')], max_length=20)),
                ('text', models.CharField(help_text='for readers: what was inferred, and from what', max_length=1000)),
                ('actor', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.CASCADE, related_name='notes', to='claims.actor')),
                ('article', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.CASCADE, related_name='notes', to='articles.article')),
                ('claim', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.CASCADE, related_name='notes', to='claims.claim')),
                ('outlet', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.CASCADE, related_name='notes', to='articles.outlet')),
                ('question', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.CASCADE, related_name='notes', to='claims.question')),
                ('statement', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.CASCADE, related_name='notes', to='claims.statement')),
            ],
            options={
                'ordering': ['id'],
            },
        ),
        migrations.AddField(
            model_name='appearance',
            name='statement',
            field=models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='appearances', to='claims.statement'),
        ),
        migrations.CreateModel(
            name='ToldApart',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('digest', models.CharField(max_length=64)),
                ('at', models.DateTimeField(auto_now_add=True)),
                ('by', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('statement', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='told_apart', to='claims.statement')),
            ],
            options={
                'ordering': ['id'],
            },
        ),
        migrations.AddConstraint(
            model_name='actor',
            constraint=models.CheckConstraint(condition=models.Q(('name', ''), _negated=True), name='actor_has_name', violation_error_message='An actor needs a name.'),
        ),
        migrations.AddConstraint(
            model_name='actor',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('kind', 'unnamed'), ('reported_in__isnull', False)), models.Q(models.Q(('kind', 'unnamed'), _negated=True), ('reported_in', None)), _connector='OR'), name='actor_unnamed_belongs_to_article', violation_error_message='An unnamed source belongs to the article that reports it, and only an unnamed source does.'),
        ),
        migrations.AddConstraint(
            model_name='actor',
            constraint=models.CheckConstraint(condition=models.Q(('protection', 'named'), models.Q(('public_label', ''), _negated=True), _connector='OR'), name='actor_withheld_has_public_label', violation_error_message='A name that is withheld needs a label to be shown instead of it.'),
        ),
        migrations.AddConstraint(
            model_name='actor',
            constraint=models.CheckConstraint(condition=models.Q(('merged_into', models.F('id')), _negated=True), name='actor_not_merged_into_itself', violation_error_message='An actor cannot be merged into itself.'),
        ),
        migrations.AddConstraint(
            model_name='actorname',
            constraint=models.UniqueConstraint(fields=('actor', 'name', 'language'), name='actorname_is_once_per_language', violation_error_message='An actor has a name in a language once.'),
        ),
        migrations.AddConstraint(
            model_name='actorname',
            constraint=models.UniqueConstraint(condition=models.Q(('kind', 'primary')), fields=('actor', 'language'), name='actorname_one_primary_per_language', violation_error_message='An actor has one primary name in a language.'),
        ),
        migrations.AddConstraint(
            model_name='actorname',
            constraint=models.CheckConstraint(condition=models.Q(('name', ''), _negated=True), name='actorname_has_name', violation_error_message='A name must not be empty.'),
        ),
        migrations.AddConstraint(
            model_name='assignment',
            constraint=models.CheckConstraint(condition=models.Q(('kind__in', ['question', 'claim', 'actor', 'outlet', 'article', 'statement'])), name='assignment_kind_is_publishable', violation_error_message='Questions, claims, actors, outlets, articles and statements are assigned.'),
        ),
        migrations.AddConstraint(
            model_name='attributionstep',
            constraint=models.UniqueConstraint(fields=('appearance', 'position'), name='attributionstep_position_is_once', violation_error_message='A chain has one step at each position.'),
        ),
        migrations.AddConstraint(
            model_name='attributionstep',
            constraint=models.CheckConstraint(condition=models.Q(('position__gte', 1)), name='attributionstep_position_from_one', violation_error_message='The positions of a chain begin with 1.'),
        ),
        migrations.AddConstraint(
            model_name='attributionstep',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('actor__isnull', False), ('outlet', None), ('label', '')), models.Q(('actor', None), ('outlet__isnull', False), ('label', '')), models.Q(('actor', None), ('outlet', None), models.Q(('label', ''), _negated=True)), _connector='OR'), name='attributionstep_names_exactly_one', violation_error_message='A step of the chain names exactly one: an actor, an outlet or a label.'),
        ),
        migrations.AddConstraint(
            model_name='claimrelation',
            constraint=models.UniqueConstraint(fields=('claim', 'kind', 'other'), name='claimrelation_is_once', violation_error_message='This relation stands already.'),
        ),
        migrations.AddConstraint(
            model_name='claimrelation',
            constraint=models.CheckConstraint(condition=models.Q(('claim', models.F('other')), _negated=True), name='claimrelation_is_between_two', violation_error_message='A claim has no relation to itself.'),
        ),
        migrations.AddConstraint(
            model_name='framing',
            constraint=models.UniqueConstraint(fields=('article', 'claim', 'part'), name='framing_is_once_per_part', violation_error_message='An article treats a claim in one way in each of its parts.'),
        ),
        migrations.AddConstraint(
            model_name='identifier',
            constraint=models.UniqueConstraint(fields=('register', 'value'), name='identifier_names_one_actor', violation_error_message='Another actor has this identifier.'),
        ),
        migrations.AddConstraint(
            model_name='identifier',
            constraint=models.UniqueConstraint(fields=('actor', 'register'), name='identifier_is_one_per_register', violation_error_message='An actor has one identifier in each register.'),
        ),
        migrations.AddConstraint(
            model_name='identifier',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('register', 'wikidata'), _negated=True), ('value__regex', '^Q[1-9][0-9]*$'), _connector='OR'), name='identifier_wikidata_is_item', violation_error_message='A Wikidata identifier is a Q and a number, such as Q17.'),
        ),
        migrations.AddConstraint(
            model_name='presence',
            constraint=models.UniqueConstraint(fields=('article', 'user'), name='presence_is_one_per_article', violation_error_message='Somebody is present at an article once.'),
        ),
        migrations.AddIndex(
            model_name='proposaldecision',
            index=models.Index(fields=['capture', 'digest'], name='proposaldecision_by_digest'),
        ),
        migrations.AddConstraint(
            model_name='proposaldecision',
            constraint=models.CheckConstraint(condition=models.Q(('digest__regex', '\\A[0-9a-f]{64}\\Z')), name='proposaldecision_has_digest', violation_error_message='A proposal is known by the SHA-256 of its spans.'),
        ),
        migrations.AddConstraint(
            model_name='proposaldecision',
            constraint=models.CheckConstraint(condition=models.Q(('start__lt', models.F('end'))), name='proposaldecision_starts_before_it_ends', violation_error_message='A proposal starts before it ends.'),
        ),
        migrations.AddConstraint(
            model_name='proposaldecision',
            constraint=models.CheckConstraint(condition=models.Q(('decision__in', ['accepted', 'changed']), ('statement', ''), _connector='OR'), name='proposaldecision_refused_records_nothing', violation_error_message='Only an accepted proposal has become a statement.'),
        ),
        migrations.AddConstraint(
            model_name='claim',
            constraint=models.CheckConstraint(condition=models.Q(('text', ''), _negated=True), name='claim_has_text', violation_error_message='A claim needs a text.'),
        ),
        migrations.AddConstraint(
            model_name='claim',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('kind', 'figure'), _negated=True), models.Q(models.Q(('amount__isnull', False), ('lower__isnull', False), ('upper__isnull', False), _connector='OR'), models.Q(('unit', ''), _negated=True), models.Q(('counted', ''), _negated=True)), _connector='OR'), name='claim_figure_has_unit_and_counted', violation_error_message='A figure needs an amount or a bound, a unit, and what is counted.'),
        ),
        migrations.AddConstraint(
            model_name='claim',
            constraint=models.CheckConstraint(condition=models.Q(('kind', 'figure'), models.Q(('amount', None), ('as_of', ''), ('counted', ''), ('derived', False), ('lower', None), ('modifier', ''), ('unit', ''), ('upper', None)), _connector='OR'), name='claim_only_figures_have_amounts', violation_error_message='Only a claim of the kind figure has an amount, a unit and what is counted.'),
        ),
        migrations.AddConstraint(
            model_name='claim',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('lower', None), ('amount', None), ('lower__lte', models.F('amount')), _connector='OR'), models.Q(('upper', None), ('amount', None), ('upper__gte', models.F('amount')), _connector='OR'), models.Q(('lower', None), ('upper', None), ('lower__lte', models.F('upper')), _connector='OR')), name='claim_lower_amount_upper_in_order', violation_error_message='The bounds must enclose the amount: lower ≤ amount ≤ upper.'),
        ),
        migrations.AddConstraint(
            model_name='claim',
            constraint=models.CheckConstraint(condition=models.Q(('merged_into', models.F('id')), _negated=True), name='claim_not_merged_into_itself', violation_error_message='A claim cannot be merged into itself.'),
        ),
        migrations.AddConstraint(
            model_name='release',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('state__in', ['published', 'withdrawn']), _negated=True), ('record_seq__isnull', False), _connector='OR'), name='release_published_is_in_the_record', violation_error_message='What is published or withdrawn has its place in the record.'),
        ),
        migrations.AddConstraint(
            model_name='release',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('state', 'published'), _negated=True), ('published_revision__isnull', False), _connector='OR'), name='release_published_has_revision', violation_error_message='What is published says which revision readers see.'),
        ),
        migrations.AddConstraint(
            model_name='release',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('state', 'withdrawn'), _negated=True), ('published_revision', None), _connector='OR'), name='release_withdrawn_is_not_public', violation_error_message='What is withdrawn has no revision that readers see.'),
        ),
        migrations.AddConstraint(
            model_name='release',
            constraint=models.CheckConstraint(condition=models.Q(('kind__in', ['question', 'claim', 'actor', 'outlet', 'article', 'statement'])), name='release_kind_is_publishable', violation_error_message='Only questions, claims, actors, outlets, articles and statements go public.'),
        ),
        migrations.AddConstraint(
            model_name='statement',
            constraint=models.CheckConstraint(condition=models.Q(('speaker__isnull', False), models.Q(('speaker_label', ''), _negated=True), _connector='OR'), name='statement_has_speaker_or_label', violation_error_message='A statement without a named speaker needs a label, such as “reports”.'),
        ),
        migrations.AddConstraint(
            model_name='statement',
            constraint=models.CheckConstraint(condition=models.Q(('summary', ''), _negated=True), name='statement_has_summary', violation_error_message="A statement needs a summary in the desk's own words."),
        ),
        migrations.AddConstraint(
            model_name='statement',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('said_earliest', None), ('said_latest', None), ('said_on', '')), models.Q(models.Q(('said_on', ''), _negated=True), ('said_earliest__lte', models.F('said_latest'))), _connector='OR'), name='statement_said_on_has_interval', violation_error_message='The date of a statement lies between two days, or is not known.'),
        ),
        migrations.AddConstraint(
            model_name='stance',
            constraint=models.UniqueConstraint(fields=('statement', 'claim'), name='stance_is_one_per_claim', violation_error_message='A statement takes one stance towards a claim.'),
        ),
        migrations.AddConstraint(
            model_name='editorsnote',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('actor__isnull', True), ('article__isnull', True), ('claim__isnull', True), ('outlet__isnull', True), ('question__isnull', False), ('statement__isnull', True)), models.Q(('actor__isnull', True), ('article__isnull', True), ('claim__isnull', False), ('outlet__isnull', True), ('question__isnull', True), ('statement__isnull', True)), models.Q(('actor__isnull', False), ('article__isnull', True), ('claim__isnull', True), ('outlet__isnull', True), ('question__isnull', True), ('statement__isnull', True)), models.Q(('actor__isnull', True), ('article__isnull', True), ('claim__isnull', True), ('outlet__isnull', False), ('question__isnull', True), ('statement__isnull', True)), models.Q(('actor__isnull', True), ('article__isnull', False), ('claim__isnull', True), ('outlet__isnull', True), ('question__isnull', True), ('statement__isnull', True)), models.Q(('actor__isnull', True), ('article__isnull', True), ('claim__isnull', True), ('outlet__isnull', True), ('question__isnull', True), ('statement__isnull', False)), _connector='OR'), name='editorsnote_is_on_one_object', violation_error_message='A note is on one object.'),
        ),
        migrations.AddConstraint(
            model_name='editorsnote',
            constraint=models.CheckConstraint(condition=models.Q(('text', ''), _negated=True), name='editorsnote_has_text', violation_error_message='A note has words.'),
        ),
        migrations.AddConstraint(
            model_name='appearance',
            constraint=models.UniqueConstraint(fields=('statement', 'passage'), name='appearance_is_once_per_passage', violation_error_message='A statement appears in a passage once.'),
        ),
        migrations.AddConstraint(
            model_name='toldapart',
            constraint=models.UniqueConstraint(fields=('digest', 'statement'), name='toldapart_is_said_once', violation_error_message='These two were told apart already.'),
        ),
        migrations.RunPython(make_groups, keep_groups),
    ]
