"""The nouns of what was printed, exactly: outlets, articles, captures, passages, and the trace of every change."""

from .article import Article, Capture, Outlet, Passage, Shingle
from .discarded import DiscardedObject
from .original import Attachment, Original
from .tracked import Trace, TrackedModel, new_public_id

__all__ = [
    "Article",
    "Attachment",
    "Capture",
    "DiscardedObject",
    "Original",
    "Outlet",
    "Passage",
    "Shingle",
    "Trace",
    "TrackedModel",
    "new_public_id",
]
