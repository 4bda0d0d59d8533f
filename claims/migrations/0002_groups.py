"""The two groups of the desk: editors write, reviewers publish as well.

Permissions are made after all migrations have run (`post_migrate`), which is too late for a migration that hands them
out: they are made here for the rooms concerned, in the way Django itself makes them.
"""

from django.contrib.auth.management import create_permissions
from django.db import migrations

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
    dependencies = [
        ("claims", "0001_initial"),
        ("articles", "0001_initial"),
        ("auth", "0012_alter_user_first_name_max_length"),
        ("contenttypes", "0002_remove_content_type_name"),
    ]

    operations = [migrations.RunPython(make_groups, keep_groups)]
