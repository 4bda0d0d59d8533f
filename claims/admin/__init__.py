"""The desk's pages for who said what, and for its way to publication; one subject a file."""

from . import actors, articles, claims_and_questions, discard_pages, framings, merge_pages, review, statements

__all__ = [
    "actors",
    "articles",
    "claims_and_questions",
    "discard_pages",
    "framings",
    "merge_pages",
    "review",
    "statements",
]
