"""What the templates of a plan need: what would become public, what hinders it, and who else could publish it."""

from collections.abc import Sequence
from typing import Any
from urllib.parse import urlencode

from django.contrib.auth.models import User
from django.urls import reverse

from articles.models import TrackedModel

from .. import publishing
from ..privacy.viewer import may_see_names
from .previews import document_previews
from .workflow import may_publish


def plan_context(objects: Sequence[TrackedModel], user: User) -> dict[str, Any]:
    """What the template of a plan needs."""
    # An editor reads what the objects lack, not that editors may not publish.
    made = publishing.plan(objects, by=user if may_publish(user) else None)
    others, at_once = publishing.alternative_reviewers(made, but=user) if made.own_changes else ([], False)
    ids = [obj.public_id for obj in objects]
    return {
        "plan": made,
        "named": may_see_names(user),
        "becoming": document_previews(made.planned_documents),
        "neighbours": document_previews(made.neighbours),
        "seen": [f"{public_id}:{revision}" for public_id, revision in made.revisions.items()],
        "refusals": list(dict.fromkeys(complaint.sentence for complaint in made.refusals)),
        "others": [str(reviewer) for reviewer in others],
        "at_once": at_once,
        "seeing": f"{reverse('admin:claims_release_preview')}?{urlencode({'of': ids}, doseq=True)}",
    }
