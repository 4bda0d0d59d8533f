"""Puts what is there already into the index by which the desk is searched."""

from django.db import migrations

from articles.desk_index import KEY_SHIFT, TABLE, add_texts

BATCH_SIZE = 500


def claim_texts(claim):
    numbers = [format(number, "f") for number in (claim.amount, claim.lower, claim.upper) if number is not None]
    names = [text for subject in claim.subjects.all() for text in (subject.name, subject.other_names)]
    return [claim.text, *names, *numbers, claim.unit, claim.counted]


def actor_texts(actor):
    return [actor.name, *(name.name for name in actor.names.all()), actor.public_label, actor.description]


def statement_texts(statement):
    printed = [appearance.printed_name for appearance in statement.appearances.all()]
    return [statement.summary, statement.words, statement.translation, statement.speaker_label, statement.role, *printed]


# (app, model, its rank, what is read with it, its texts)
NOUNS = [
    ("articles", "Capture", 1, (), lambda row: [row.text]),
    ("articles", "Article", 2, (), lambda row: [row.headline, row.byline, row.dateline, row.credited_agency]),
    ("articles", "Outlet", 3, (), lambda row: [row.name, row.owner]),
    ("claims", "Claim", 4, ("subjects",), claim_texts),
    ("claims", "Actor", 5, ("names",), actor_texts),
    ("claims", "Question", 6, (), lambda row: [row.title, row.description]),
    ("claims", "Topic", 7, (), lambda row: [row.title, row.introduction]),
    ("claims", "Statement", 8, ("appearances",), statement_texts),
]


def fill_index(apps, schema_editor):
    for app, model, rank, related, texts_of in NOUNS:
        rows, last = apps.get_model(app, model)._base_manager.order_by("pk").prefetch_related(*related), 0
        while batch := list(rows.filter(pk__gt=last)[:BATCH_SIZE]):
            add_texts([((rank << KEY_SHIFT) + row.pk, texts_of(row)) for row in batch])
            last = batch[-1].pk


def empty_index(apps, schema_editor):
    with schema_editor.connection.cursor() as cursor:
        cursor.execute(f"DELETE FROM {TABLE}")


class Migration(migrations.Migration):

    dependencies = [
        ('articles', '0009_desk_index'),
        ('claims', '0008_merge_in_steps'),
    ]

    operations = [
        migrations.RunPython(fill_index, empty_index),
    ]
