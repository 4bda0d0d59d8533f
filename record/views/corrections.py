"""Corrections: what had been published and was changed or taken back, with the reason, newest first."""

from django.utils.translation import gettext as _

from .. import querysets
from ..asking import BeforeForm, NoSuchPage
from ..changelog import changes
from ..twins import page

AT_ONCE = 30


@page("record/corrections.html", accepts=BeforeForm.names())
def corrections(request):
    start = BeforeForm(request.GET).asked()["before"]
    rows = querysets.corrections(AT_ONCE + 1, before=start)
    if not rows and start is not None:
        raise NoSuchPage(_("There is no correction before that entry."))
    shown = rows[:AT_ONCE]
    return {
        "page": "corrections",
        "title": _("Corrections"),
        "description": _(
            "What had been published and was changed or taken back, with the public reason, newest first."
        ),
        "changes": changes(shown, querysets.replaced_by(shown)),
        "older": shown[-1].seq if len(rows) > AT_ONCE else None,
    }
