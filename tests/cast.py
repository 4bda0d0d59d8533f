"""The people of the tests, a small fixed cast, and the database that they meet in."""

from urllib.parse import quote

from django.contrib.auth.models import Group, User
from django.db import connection


def member_of(group: str, username: str) -> User:
    """A user of the desk in the group of that name, made once."""
    user, new = User.objects.get_or_create(username=username, defaults={"is_staff": True, "is_active": True})
    if new:
        user.set_unusable_password()
        user.save()
        user.groups.add(Group.objects.get(name=group))
    return user


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
