"""Corrections: what had been published and was changed or taken back, with the reason, newest first."""

from django.utils.translation import gettext as _

from .. import querysets
from ..changelog import changes
from ..twins import NoSuchPage, page, place_before

AT_ONCE = 30


@page("record/corrections.html", accepts=("before",))
def corrections(request):
    start = place_before(request.GET)
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
