"""The index by which claims are found, filled with the terms of the claims that are there."""

import django.db.models.deletion
from django.db import migrations, models


from language.likeness import terms_of

BATCH_SIZE = 500


def fill_index(apps, schema_editor):
    claims, terms = apps.get_model("claims", "Claim"), apps.get_model("claims", "ClaimTerm")
    after = 0
    while batch := list(claims.objects.filter(pk__gt=after).order_by("pk").values_list("pk", "text")[:BATCH_SIZE]):
        terms.objects.bulk_create(
            [
                terms(claim_id=key, term=term)
                for key, text in batch
                for term in sorted({term[:40] for term in terms_of(text)})
            ]
        )
        after = batch[-1][0]


class Migration(migrations.Migration):

    dependencies = [
        ('claims', '0003_plain_names'),
    ]

    operations = [
        migrations.CreateModel(
            name='ClaimTerm',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('term', models.CharField(max_length=40)),
                ('claim', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='terms', to='claims.claim')),
            ],
            options={
                'ordering': ['term', 'claim'],
                'constraints': [models.UniqueConstraint(fields=('term', 'claim'), name='claimterm_is_once', violation_error_message='A claim stands under each of its terms once.')],
            },
        ),
        migrations.RunPython(fill_index, migrations.RunPython.noop),
    ]
