"""Who works at the desk: inviting by name and role, the link with which a password is set, and ending an access."""

from typing import Any

from django import forms
from django.conf import settings
from django.contrib import admin, messages
from django.contrib.auth.models import User
from django.contrib.auth.tokens import default_token_generator
from django.contrib.auth.views import PasswordResetConfirmView
from django.core.exceptions import PermissionDenied
from django.core.mail import send_mail
from django.db.models import Count, OuterRef, Q, Subquery
from django.http import HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import get_object_or_404, redirect
from django.urls import reverse, reverse_lazy
from django.utils.encoding import force_bytes
from django.utils.http import urlsafe_base64_encode

from articles.desk_admin import call_or_show_refusal, desk_page
from articles.editors import acting_editor

from ..changes.people import ADMINISTRATOR, ROLES, end_access, invite, may_invite
from ..models import Assignment

MAX_PEOPLE = 500
LINK_DAYS = settings.PASSWORD_RESET_TIMEOUT // (24 * 3600)


class InvitationForm(forms.Form):
    """A name, a role and, where it is known, an address."""

    name = forms.CharField(max_length=150, widget=forms.TextInput(attrs={"class": "vTextField"}))
    role = forms.ChoiceField(
        choices=[(role, f"{role}: {does}") for role, does in ROLES.items()], widget=forms.RadioSelect
    )
    email = forms.EmailField(
        required=False,
        label="Mail address",
        help_text="optional",
        widget=forms.EmailInput(attrs={"class": "vTextField"}),
    )


class DepartureForm(forms.Form):
    """Who goes on with the work of somebody who leaves."""

    successor = forms.ModelChoiceField(
        User.objects.none(), required=False, label="Who goes on with their work", empty_label="nobody yet"
    )


def people_page(request: HttpRequest) -> HttpResponse:
    """Everybody with an account, and the form of an invitation."""
    me = _require_inviter(request)
    form = InvitationForm(request.POST or None, initial={"role": "editor"})
    if not me.is_superuser:
        form.fields["role"].choices = [  # type: ignore[attr-defined]  # it is a ChoiceField
            (role, f"{role}: {does}") for role, does in ROLES.items() if role != ADMINISTRATOR
        ]
    link, invited = "", None
    if request.method == "POST" and form.is_valid():
        invited = call_or_show_refusal(form, lambda: invite(**form.cleaned_data, by=me))
        if invited:
            link = _invitation_link(request, invited)
            _mail_invitation(request, invited, link)
            form = InvitationForm(initial={"role": "editor"})
    return _render_people(request, form=form, link=link, invited=invited)


def invitation_page(request: HttpRequest, pk: int) -> HttpResponse:
    """A new link for somebody who has set no password yet."""
    me = _require_inviter(request)
    user = get_object_or_404(User, pk=pk, is_active=True)
    if user.has_usable_password() or (user.is_superuser and not me.is_superuser) or request.method != "POST":
        messages.error(request, f"{user} has a password already, or cannot be invited by you.")
        return redirect("admin:desk_people")
    return _render_people(
        request, form=InvitationForm(initial={"role": "editor"}), link=_invitation_link(request, user), invited=user
    )


def departure_page(request: HttpRequest, pk: int) -> HttpResponse:
    """Ends an access: work is given to somebody else, and sessions are ended."""
    me = _require_inviter(request)
    user = get_object_or_404(User, pk=pk, is_active=True)
    form = DepartureForm(request.POST if request.method == "POST" else None)
    form.fields["successor"].queryset = (  # type: ignore[attr-defined]  # it is a ModelChoiceField
        User.objects.filter(is_active=True, is_staff=True).exclude(pk=user.pk).order_by("username")
    )
    if request.method == "POST" and form.is_valid():
        successor = form.cleaned_data["successor"]
        done = call_or_show_refusal(form, lambda: end_access(user, successor=successor, by=me))
        if done:
            given = f" {done.reassigned} went to {successor}." if done.reassigned else ""
            left = f" {done.unassigned} are nobody’s now." if done.unassigned else ""
            messages.success(request, f"The access of {user} was ended, and {done.sessions} sessions.{given}{left}")
            return redirect("admin:desk_people")
    count = Assignment.objects.assigned_to(user).count()
    context: dict[str, Any] = {"form": form, "leaving": user, "count": count, "subtitle": str(user)}
    return desk_page(request, "admin/desk/departure.html", model=User, title="End an access", **context)


class WelcomeView(PasswordResetConfirmView):
    """Where an invited person sets the password. The link is good for some days, and once."""

    template_name = "admin/desk/welcome.html"
    success_url = reverse_lazy("admin:login")

    def dispatch(self, *args: Any, **kwargs: Any) -> HttpResponseBase:
        response = super().dispatch(*args, **kwargs)
        response["Referrer-Policy"] = "no-referrer"  # the address is the key
        return response

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        site = {"site_header": admin.site.site_header, "site_title": admin.site.site_title}
        return super().get_context_data(**kwargs, **site, is_nav_sidebar_enabled=False)


def _render_people(request: HttpRequest, **context: Any) -> HttpResponse:
    assigned = Assignment.objects.filter(editor=OuterRef("pk")).order_by().values("editor")
    people = (
        User.objects.order_by("-is_active", "username")
        .annotate(
            reviews=Count("groups", filter=Q(groups__name="reviewer")),
            assigned=Subquery(assigned.annotate(total=Count("pk")).values("total")),
        )
        .only("username", "first_name", "last_name", "is_active", "is_superuser", "last_login", "password")
    )
    context |= {"people": people[:MAX_PEOPLE], "days": LINK_DAYS, "mailed": settings.SENDS_MAIL}
    return desk_page(request, "admin/desk/people.html", model=User, title="People", **context)


def _require_inviter(request: HttpRequest) -> User:
    me = acting_editor(request)
    if not may_invite(me):
        raise PermissionDenied
    return me


def _invitation_link(request: HttpRequest, user: User) -> str:
    key = urlsafe_base64_encode(force_bytes(user.pk))
    return request.build_absolute_uri(
        reverse("admin:desk_welcome", args=[key, default_token_generator.make_token(user)])
    )


def _mail_invitation(request: HttpRequest, user: User, link: str) -> None:
    """Sends the link where there is mail and an address; the page shows it in any case."""
    if not (settings.SENDS_MAIL and user.email):
        return
    text = (
        f"You have an account at a claimtrack desk, named {user.username}. "
        f"Set your password within {LINK_DAYS} days:\n\n{link}\n"
    )
    try:
        send_mail("Your account at the desk", text, None, [user.email])
    except OSError as error:
        messages.warning(request, f"The mail could not be sent ({error}): give the link below to {user} yourself.")
