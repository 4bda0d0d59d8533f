"""The log of security events: who came in, who was kept out, whose rights changed, whose withheld name was shown.

An event names accounts by their number and actors by their public ID. No line holds a name, a word that was typed, or
an address. The events come as Django's and axes' signals, because those are where they happen.
"""

import logging
from collections.abc import Iterable
from typing import Any

from axes.signals import user_locked_out
from django.contrib.auth.models import Group, User
from django.contrib.auth.signals import user_logged_in, user_logged_out, user_login_failed
from django.db.models.signals import m2m_changed, post_delete, post_init, post_save
from django.http import HttpRequest
from django.http.response import HttpResponseBase
from django.template.response import SimpleTemplateResponse

from claims.privacy.viewer import may_see_names
from claims.privacy.withheld_names import withheld_actors_named_in

from .metrics import count_security_event

logger = logging.getLogger("claimtrack.security")

# Fields of an account that decide what it may do.
_RIGHTS_FIELDS = ("is_active", "is_staff", "is_superuser", "password")
_loaded_rights = "_loaded_rights"


def log_event(event: str, **facts: int | str | list[str]) -> None:
    """Writes one event; facts are numbers, public IDs and words of this file."""
    count_security_event(event)
    logger.info(
        "%s %s", event, " ".join(f"{name}={value}" for name, value in facts.items()), extra={"event": event, **facts}
    )


_next_refusal_logged = [0.0]


def log_refused_attempt(now: float) -> None:
    """Counts an attempt to sign in beyond the limits, and logs one a minute in each process: a flood is no log."""
    count_security_event("sign_in_limited")
    if now >= _next_refusal_logged[0]:
        _next_refusal_logged[0] = now + 60
        logger.info("sign_in_limited", extra={"event": "sign_in_limited"})


def connect_receivers() -> None:
    """Called once, when the desk's apps are ready."""
    user_logged_in.connect(lambda user, **_: log_event("signed_in", account=user.pk), weak=False)
    user_logged_out.connect(log_sign_out)
    user_login_failed.connect(lambda **_: log_event("sign_in_failed"), weak=False)
    user_locked_out.connect(lambda **_: log_event("locked_out"), weak=False)
    post_init.connect(remember_rights, sender=User)
    post_save.connect(log_account_change, sender=User)
    post_delete.connect(
        lambda instance, **_: log_event("account_deleted", account=instance.pk), sender=User, weak=False
    )
    for through, of in ((User.groups.through, "groups"), (User.user_permissions.through, "permissions")):
        m2m_changed.connect(_membership_receiver(of), sender=through, weak=False)
    m2m_changed.connect(_membership_receiver("group permissions"), sender=Group.permissions.through, weak=False)


def log_sign_out(user: User | None, **_: Any) -> None:
    if user:
        log_event("signed_out", account=user.pk)


def remember_rights(instance: User, **_: Any) -> None:
    loaded = {name: instance.__dict__.get(name) for name in _RIGHTS_FIELDS}
    setattr(instance, _loaded_rights, loaded)


def log_account_change(instance: User, created: bool, **_: Any) -> None:
    if created:
        log_event("account_created", account=instance.pk)
    before = getattr(instance, _loaded_rights, {})
    changed = [name for name in _RIGHTS_FIELDS if not created and before.get(name) != getattr(instance, name)]
    if changed:
        log_event("rights_changed", account=instance.pk, changed=changed)
    remember_rights(instance)


def _membership_receiver(of: str) -> Any:
    def log_membership(instance: Any, action: str, reverse: bool, pk_set: set[int] | None, **_: Any) -> None:
        if action not in ("post_add", "post_remove", "post_clear"):
            return
        changed = [f"{of}: {action.removeprefix('post_')}"]
        if isinstance(instance, Group) and reverse and pk_set:
            for account in sorted(pk_set):
                log_event("rights_changed", account=account, changed=changed)
        else:
            kind = "group" if isinstance(instance, Group) else "account"
            log_event("rights_changed", changed=changed, **{kind: instance.pk})

    return log_membership


def log_names_shown(request: HttpRequest, response: HttpResponseBase) -> None:
    """Logs which withheld names a page of the desk shows to somebody who may see them; streams are left out."""
    if not request.user.is_authenticated or not may_see_names(request.user):
        return
    account = request.user.pk
    if isinstance(response, SimpleTemplateResponse) and not response.is_rendered:
        response.add_post_render_callback(lambda rendered: _log_names_in(account, rendered))
    elif not response.streaming:
        _log_names_in(account, response)


def _log_names_in(account: int, response: HttpResponseBase) -> None:
    content = getattr(response, "content", b"")
    shown: Iterable[str] = withheld_actors_named_in(content.decode("utf-8", "replace")) if content else []
    if shown := sorted(shown):
        log_event("withheld_names_shown", account=account, actors=shown)
