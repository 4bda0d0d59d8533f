"""Which withheld names a page shows as they are recorded: for the log of who looked at them."""

import json

from django.utils.html import escape

from ..models import Actor, ActorName


def withheld_actors_named_in(page: str) -> set[str]:
    """The public IDs of withheld actors of whom a recorded name stands in `page`, as text, in HTML or in JSON."""
    withheld = Actor.Protection.WITHHELD
    names = [
        *Actor.objects.filter(protection=withheld).values_list("public_id", "name"),
        *ActorName.objects.filter(actor__protection=withheld).values_list("actor__public_id", "name"),
    ]
    return {
        public_id for public_id, name in names if name in page or escape(name) in page or json.dumps(name)[1:-1] in page
    }
