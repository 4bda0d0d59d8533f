"""The people of the tests: a small fixed cast."""

from django.contrib.auth.models import Group, User


def member_of(group: str, username: str) -> User:
    """A user of the desk in the group of that name, made once."""
    user, new = User.objects.get_or_create(username=username, defaults={"is_staff": True, "is_active": True})
    if new:
        user.set_unusable_password()
        user.save()
        user.groups.add(Group.objects.get_or_create(name=group)[0])
    return user
