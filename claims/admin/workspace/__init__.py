"""The workspace of an article at the desk: its pages, its forms, what fills them, and the counts beside it."""

from .counts import PROPOSALS, ProposalsFilter, articles_with_proposals
from .pages import workspace_urls

__all__ = ["PROPOSALS", "ProposalsFilter", "articles_with_proposals", "workspace_urls"]
