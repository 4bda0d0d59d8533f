"""Comments, and what waits for whom: told at the desk, and by mail that holds no name and no claim."""

import fcntl
import logging
import os
import re
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from datetime import date
from pathlib import Path
from smtplib import SMTPException, SMTPRecipientsRefused

from django.conf import settings
from django.contrib.auth import get_user_model
from django.contrib.auth.models import User
from django.core.mail import send_mail
from django.db import transaction
from django.utils import timezone

from articles.models import TrackedModel
from articles.tracked_changes import Refusal, check_object

from ..models import Assignment, Comment, MailChoice, Notice
from . import cleaning

logger = logging.getLogger(__name__)
MENTION = re.compile(r"(?<![\w@.+-])@([\w.+-]*\w)")
MAX_MENTIONS = 20
MAX_MAILS = 500  # that one run of the command sends


class MailFailed(Exception):
    """The mail server took no mail; its argument says how many it had taken before."""


def comment_on(obj: TrackedModel, text: str, *, by: User, field: str = "") -> Comment:
    """Adds a comment; whoever it mentions (@username), and whoever works on the object, is told. Raises `Refusal`."""
    text = cleaning.long_text(text, "text")
    if not text:
        raise Refusal("Write the comment first.", field="text")
    mentioned = mentioned_people(text)
    with transaction.atomic():
        comment = Comment(kind=obj.kind_name(), public_id=obj.public_id, field=field, text=text, by=by)
        check_object(comment)
        comment.save()
        notify(mentioned, Notice.Reason.MENTIONED, obj, by=by)
        workers = User.objects.filter(pk__in=Assignment.objects.filter(public_id=obj.public_id).values("editor"))
        notify([user for user in workers if user not in mentioned], Notice.Reason.ANSWERED, obj, by=by)
    return comment


def mentioned_people(text: str) -> list[User]:
    """Whom a text mentions. Refused for a name that nobody at the desk has: somebody would wait for an answer."""
    names = list(dict.fromkeys(name.casefold() for name in MENTION.findall(text)))
    if len(names) > MAX_MENTIONS:
        raise Refusal(f"Mention at most {MAX_MENTIONS} people.", field="text")
    active = get_user_model().objects.filter(is_active=True, is_staff=True)
    found: list[User] = []
    for name in names:
        user = active.filter(username__iexact=name).first()
        if user is None:
            raise Refusal(f"Nobody at the desk is called @{name}: write the username.", field="text")
        found.append(user)
    return found


def settle_comment(comment: Comment, *, by: User) -> Comment:
    """Says that a comment has been dealt with; saying so twice changes nothing."""
    Comment.objects.filter(pk=comment.pk, settled_at=None).update(settled_at=timezone.now(), settled_by=by)
    comment.refresh_from_db()
    return comment


def notify(users: Iterable[User], reason: str, obj: TrackedModel, *, by: User) -> None:
    """Tells `users` that something waits for them, but for whoever did it; once as long as it waits."""
    for user in users:
        if user.pk == by.pk or not user.is_active:
            continue
        waiting = {"user": user, "reason": reason, "public_id": obj.public_id, "done_at": None}
        if not Notice.objects.filter(**waiting).exists():
            Notice.objects.create(**waiting, kind=obj.kind_name(), by=by)


def set_due_date(obj: TrackedModel, due: date | None) -> None:
    """Says by when whoever has been given `obj` should be done with it, or that there is no such day."""
    if not Assignment.objects.filter(public_id=obj.public_id, editor__isnull=False).update(due=due):
        raise Refusal(f"Nobody works on “{obj.mention}”: assign it first.", field="due")


def send_waiting_mail(address: str, *, digest: bool) -> int:
    """Mails everybody for whom something new waits that it does, with `address`; returns how many.

    Who wants it at once is mailed by every run, who wants one mail a day by those with `digest`. Without a mail server
    nothing is sent, and what waits goes on waiting. A notice is marked once its mail is sent: a run that is killed in
    between mails it again, and never not at all; a slow mail server keeps nobody from saving. An address that the
    server refuses is tried again by the next run. A run that finds another at work leaves it to that one and returns 0.
    Raises `MailFailed` where the server takes no mail.
    """
    if not settings.SENDS_MAIL:
        return 0
    with _only_run() as alone:
        return _send_waiting_mail(address, digest=digest) if alone else 0


@contextmanager
def _only_run() -> Iterator[bool]:
    """Whether no other process of this machine sends mail, and keeps others from it meanwhile."""
    lock = os.open(Path(settings.STATE_DIR) / ".mail-lock", os.O_RDWR | os.O_CREAT, 0o600)
    try:
        fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except BlockingIOError:
        yield False
    else:
        yield True
    finally:
        os.close(lock)


def _send_waiting_mail(address: str, *, digest: bool) -> int:
    choices = [MailChoice.When.AT_ONCE, MailChoice.When.DIGEST] if digest else [MailChoice.When.AT_ONCE]
    unmailed = Notice.objects.filter(mailed_at=None, done_at=None)
    people = User.objects.filter(is_active=True, pk__in=unmailed.values("user")).exclude(email="")
    others = MailChoice.objects.exclude(when__in=choices).values("user")
    count = 0
    for user in people.exclude(pk__in=others).order_by("pk")[:MAX_MAILS]:
        told = list(unmailed.filter(user=user).values_list("pk", flat=True))
        text = f"Something waits for you:\n\n{address}\n"
        try:
            send_mail("Something waits for you at the desk", text, None, [user.email])
        except (OSError, SMTPException) as error:
            if not isinstance(error, SMTPRecipientsRefused):
                # Each of the others would wait for the server as long.
                raise MailFailed(count) from error
            logger.warning("The mail server refuses the address of account %s.", user.pk)
            continue
        Notice.objects.filter(pk__in=told).update(mailed_at=timezone.now())
        count += 1
    return count
