"""The people of the desk: inviting one in a role, and what becomes of the work of one who leaves."""

from dataclasses import dataclass

from anyascii import anyascii
from django.contrib.auth import get_user_model
from django.contrib.auth.models import Group, User
from django.contrib.sessions.models import Session
from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils.text import slugify

from articles.history import tracked_model
from articles.models import TrackedModel
from articles.tracked_changes import Refusal

from ..models import Assignment
from .batch import RequestedChange, assign, may_work_on
from .transactions import explain_conflicts

EDITOR, REVIEWER, ADMINISTRATOR = "editor", "reviewer", "administrator"
# Each role in a sentence.
ROLES = {
    EDITOR: "imports articles, records what is said in them, and submits it for review.",
    REVIEWER: "does the same; publishes, sends back and withdraws what others have made.",
    ADMINISTRATOR: "does all of this; invites people and ends their access.",
}


def may_invite(user: User) -> bool:
    """Whether `user` may add people and take them away."""
    return user.is_superuser or (user.has_perm("auth.add_user") and user.has_perm("auth.change_user"))


def invite(*, name: str, role: str, email: str = "", by: User) -> User:
    """A new account in a role, without a password: its owner sets one. The username is made of the name."""
    if not may_invite(by) or (role == ADMINISTRATOR and not by.is_superuser):
        raise Refusal("You may not invite somebody in this role.", field="role")
    if role not in ROLES:
        raise Refusal("Choose a role.", field="role")
    name = " ".join(name.split())
    first, _, last = name.partition(" ")
    users = get_user_model().objects
    base = slugify(anyascii(name)).replace("-", ".")[:100].strip(".")
    if not base:
        raise Refusal("Write the name of the person.", field="name")
    if email and users.filter(email__iexact=email).exists():
        raise Refusal("Somebody with this address has an account already.", field="email")
    with explain_conflicts(), transaction.atomic():
        # Whoever is mentioned is found in any case.
        taken = {
            username.lower() for username in users.filter(username__istartswith=base).values_list("username", flat=True)
        }
        username = next(base + end for end in ["", *map(str, range(2, len(taken) + 3))] if base + end not in taken)
        user = User(username=username, first_name=first[:150], last_name=last[:150], email=email, is_staff=True)
        user.is_superuser = role == ADMINISTRATOR
        user.set_unusable_password()
        try:
            user.full_clean(exclude=["password"])
        except ValidationError as error:
            raise Refusal(error.messages[0], field="name") from error
        user.save()
        if role != ADMINISTRATOR:
            user.groups.add(Group.objects.get(name=role))
    return user


@dataclass(frozen=True)
class Departure:
    """What was done when somebody left: how much work went to whom, and how many sessions were ended."""

    reassigned: int
    unassigned: int
    sessions: int


def end_access(user: User, *, successor: User | None, by: User) -> Departure:
    """Ends the access and the sessions of `user`, and gives their work to `successor`, in one act.

    What the successor may not change, and everything where there is none, is nobody's afterwards. What `user` has
    done keeps their name.
    """
    if not may_invite(by) or (user.is_superuser and not by.is_superuser):
        raise Refusal("You may not end this access.")
    if user.pk == by.pk:
        raise Refusal("You cannot end your own access: ask another administrator.")
    if successor is not None and (successor.pk == user.pk or not successor.is_active):
        raise Refusal("Choose somebody else who works at the desk.", field="successor")
    with transaction.atomic():
        user = User.objects.select_for_update().get(pk=user.pk)
        given = left = 0
        for kind in Assignment.objects.assigned_to(user).order_by().values_list("kind", flat=True).distinct():
            model = tracked_model(kind)
            if model is None or not issubclass(model, TrackedModel):
                continue
            ids = Assignment.objects.assigned_to(user).filter(kind=kind).values("public_id")
            heir = successor if successor and may_work_on(successor, model) else None
            rows = [obj for obj in model._base_manager.filter(public_id__in=ids) if not _is_merged(obj)]
            assign([RequestedChange(obj, heir, user.username) for obj in rows], by=by, why=f"{user.username} has left")
            given, left = given + (len(rows) if heir else 0), left + (0 if heir else len(rows))
        # What was merged away, and what somebody has given them just now.
        Assignment.objects.assigned_to(user).update(editor=None, due=None)
        user.is_active = False
        user.set_unusable_password()
        user.save(update_fields=["is_active", "password"])
        return Departure(given, left, _end_sessions(user))


def _is_merged(obj: TrackedModel) -> bool:
    return bool(getattr(obj, "merged_into_id", None))


def _end_sessions(user: User) -> int:
    theirs = [
        session.pk
        for session in Session.objects.iterator()
        if session.get_decoded().get("_auth_user_id") == str(user.pk)
    ]
    return Session.objects.filter(pk__in=theirs).delete()[0]
