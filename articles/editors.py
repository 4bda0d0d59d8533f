"""Who looks at a page of the desk, and who acts there."""

from typing import TypeAlias

from django.contrib.auth.models import AnonymousUser, User
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest

AnyUser: TypeAlias = User | AnonymousUser


def acting_editor(request: HttpRequest) -> User:
    """Who is signed in: nobody else acts at the desk, whose pages are shown to nobody else."""
    if not request.user.is_authenticated:
        raise PermissionDenied
    return request.user
