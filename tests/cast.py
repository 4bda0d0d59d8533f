"""The people of the tests, a small fixed cast, and the database that they meet in."""

from importlib import import_module
from urllib.parse import quote

from django.apps import apps
from django.contrib.auth.management import create_permissions
from django.contrib.auth.models import Group, Permission, User
from django.contrib.contenttypes.models import ContentType
from django.db import connection

permissions_of_editors = import_module("claims.migrations.0002_groups").permissions_of_editors


def member_of(group: str, username: str) -> User:
    """A user of the desk in the group of that name, made once."""
    user, new = User.objects.get_or_create(username=username, defaults={"is_staff": True, "is_active": True})
    if new:
        user.set_unusable_password()
        user.save()
        user.groups.add(group_called(group))
    return user


def group_called(name: str) -> Group:
    """The group as its migration makes it, made again where a test that commits has emptied the tables."""
    group, _ = Group.objects.get_or_create(name=name)
    wanted = [*permissions_of_editors(), *([("claims", "publish")] if name == "reviewer" else [])]
    found = permissions_there()
    if not found.keys() >= set(wanted):
        ContentType.objects.clear_cache()
        for room in ("articles", "claims"):
            create_permissions(apps.get_app_config(room), verbosity=0)
        found = permissions_there()
    group.permissions.set([found[one] for one in wanted])
    return group


def permissions_there() -> dict:
    rows = Permission.objects.select_related("content_type")
    return {(one.content_type.app_label, one.codename): one for one in rows}


def url_under_test(user=None, password=None) -> str:
    """The database of this test run as a URL, for another process; optionally as another user of it."""
    database = connection.settings_dict
    if connection.vendor == "sqlite":
        return f"sqlite:///{database['NAME']}"
    user, password = user or database["USER"], password or database["PASSWORD"]
    who = quote(user, safe="") + (f":{quote(password, safe='')}" if password else "") + "@" if user else ""
    port = f":{database['PORT']}" if database["PORT"] else ""
    if database["HOST"].startswith("/"):
        return f"postgres://{who}{port}/{database['HOST']}/{database['NAME']}"
    return f"postgres://{who}{database['HOST']}{port}/{database['NAME']}"
