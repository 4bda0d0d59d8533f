from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ("articles", "0006_attachments_of_several_articles"),
    ]

    operations = [
        migrations.RemoveField(model_name="original", name="attached_to"),
        migrations.AddField(
            model_name="original",
            name="attached_to",
            field=models.ManyToManyField(
                help_text="the articles beside whose texts a picture, sound or film lies",
                related_name="attachments",
                through="articles.Attachment",
                to="articles.article",
            ),
        ),
    ]
