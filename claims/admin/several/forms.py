"""What several objects are to get: an outlet, a date, an editor. Each form says what is missing, and where."""

from django import forms
from django.contrib import admin
from django.contrib.auth import get_user_model

from articles.forms import clean_partial_date
from articles.models import Article, Outlet
from articles.verbforms import PickOne

THIS, PROPOSED, UNKNOWN = "this", "proposed", "unknown"
LEFT_TO_NOBODY = "nobody"


class OutletChoice(forms.Form):
    """An outlet, picked; or named, where the picker has no script to fill it."""

    outlet = forms.ModelChoiceField(
        Outlet.objects.all(), required=False, widget=PickOne(Article._meta.get_field("outlet"), admin.site)
    )
    named = forms.CharField(required=False, max_length=200, label="Its name, as the desk has it")

    def clean(self):
        values = super().clean()
        name = values.get("named", "")
        if name and "outlet" in values:
            known = list(Outlet.objects.filter(name__iexact=name)[:2])
            if len(known) == 1:
                values["outlet"] = known[0]
            else:
                self.add_error("named", f"No outlet is called “{name}”: write its name as the list of outlets has it.")
        elif not values.get("outlet") and not self.errors:
            self.add_error("outlet", "Choose the outlet: none was chosen.")
        return values


class DateChoice(forms.Form):
    """A partial date, or that none is known; for articles also the date that is proposed for each."""

    how = forms.ChoiceField(widget=forms.RadioSelect, label="Which date?")
    date = forms.CharField(
        required=False,
        max_length=60,
        help_text="2019, 2019-09 or 2019-09-03, as much as is known; 2019~ for about, 2018/2019-03 for from … to …",
    )

    def __init__(self, *args, proposing: bool, **kwargs):
        super().__init__(*args, **kwargs)
        offered = [(PROPOSED, "the one proposed for each, from the lines around its text or its dateline")]
        self.fields["how"].choices = [
            (THIS, "this one, for all"),
            *(offered if proposing else ()),
            (UNKNOWN, "none: it is not known"),
        ]

    def clean_date(self):
        return clean_partial_date(self.cleaned_data["date"])

    def clean(self):
        values = super().clean()
        if "date" in values and "how" in values:
            if values["how"] == THIS and not values["date"]:
                self.add_error("date", "Write the date: none was written.")
            if values["how"] != THIS and values["date"]:
                self.add_error("date", "A date is written here, and another answer is chosen above: take one away.")
        return values


class EditorChoice(forms.Form):
    """Who works on it, or nobody. `me` stands first."""

    editor = forms.ChoiceField(
        label="Who works on it?", error_messages={"required": "Choose an editor, or that nobody works on it."}
    )

    def __init__(self, *args, me, permission: str, **kwargs):
        super().__init__(*args, **kwargs)
        self.users = {str(user.pk): user for user in editors(permission)}
        mine = {str(me.pk): self.users[str(me.pk)]} if str(me.pk) in self.users else {}
        self.fields["editor"].choices = [
            ("", "choose …"),
            *((key, f"{told_user(user)} (you)") for key, user in mine.items()),
            (LEFT_TO_NOBODY, "nobody"),
            *((key, told_user(user)) for key, user in self.users.items() if key not in mine),
        ]

    def clean_editor(self):
        """The user, or None for nobody."""
        return self.users.get(self.cleaned_data["editor"])


def editors(permission: str):
    """The staff who hold `permission`, by name."""
    users = get_user_model().objects.with_perm(permission, backend="django.contrib.auth.backends.ModelBackend")
    return users.filter(is_staff=True).order_by("username")


def told_user(user) -> str:
    """A user's username, with the full name where it is known."""
    return f"{user.get_full_name()} ({user.username})" if user.get_full_name() else user.username
