"""The page of corrections lists what corrects: which rows of the log do is kept."""

from django.db import migrations, models


def fill(apps, editor):
    from record.projections.revisions import does_correct  # a rule on documents alone

    Publication, Correction = apps.get_model("record", "Publication"), apps.get_model("record", "Correction")
    rows = Publication.objects.filter(version__gt=1, erased=False).order_by("seq")
    found = []
    for seq, public_id, version, text in rows.values_list("seq", "public_id", "version", "document").iterator():
        if text is not None and Publication.objects.filter(
            public_id=public_id, version__gt=version, document=None, erased=False
        ):
            continue  # taken back
        before = Publication.objects.filter(public_id=public_id, version=version - 1)
        if does_correct(text, before.values_list("document", flat=True).first()):
            found.append(Correction(seq=seq, public_id=public_id))
    Correction.objects.bulk_create(found, batch_size=2000)


class Migration(migrations.Migration):
    dependencies = [("record", "0005_speakers")]

    operations = [
        migrations.CreateModel(
            name="Correction",
            fields=[
                ("seq", models.PositiveBigIntegerField(primary_key=True, serialize=False)),
                ("public_id", models.CharField(db_index=True, max_length=12)),
            ],
        ),
        migrations.RunPython(fill, migrations.RunPython.noop),
        migrations.RemoveIndex("publication", "publication_correction"),
    ]
