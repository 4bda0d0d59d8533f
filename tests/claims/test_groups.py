"""The groups that a migration makes, and what each may do."""

import pytest
from django.contrib.auth.models import Group, Permission

pytestmark = pytest.mark.django_db


def permissions_of(group):
    return set(Permission.objects.filter(group__name=group).values_list("content_type__app_label", "codename"))


def test_a_reviewer_may_do_what_an_editor_may_and_publish():
    assert permissions_of("reviewer") - permissions_of("editor") == {("claims", "publish")}


@pytest.mark.parametrize(
    "noun", ["question", "claim", "actor", "statement", "stance", "appearance", "attributionstep", "framing"]
)
def test_an_editor_may_view_add_and_change_each_noun_of_the_desk(noun):
    assert {("claims", f"{act}_{noun}") for act in ("view", "add", "change")} <= permissions_of("editor")


@pytest.mark.parametrize("noun", ["outlet", "article", "capture", "passage"])
def test_an_editor_may_view_add_and_change_what_was_printed(noun):
    assert {("articles", f"{act}_{noun}") for act in ("view", "add", "change")} <= permissions_of("editor")


def test_nobody_may_delete_what_verbs_protect():
    protected = {"question", "claim", "actor", "statement", "outlet", "article", "capture", "passage", "trace"}
    protected |= {"release", "merge"}
    for group in ("editor", "reviewer"):
        deleted = {name.removeprefix("delete_") for _, name in permissions_of(group) if name.startswith("delete_")}
        assert deleted & protected == set()


def test_nobody_writes_traces_releases_and_merges_by_hand():
    for group in ("editor", "reviewer"):
        written = {name for _, name in permissions_of(group) if name.startswith(("add_", "change_"))}
        assert written.isdisjoint(
            f"{act}_{noun}" for act in ("add", "change") for noun in ("trace", "release", "merge")
        )


def test_migrating_again_keeps_what_a_desk_has_added_to_a_group(editor):
    assert editor.has_perm("claims.add_statement")
    assert not editor.has_perm("claims.publish")
    assert Group.objects.filter(name__in=["editor", "reviewer"]).count() == 2
