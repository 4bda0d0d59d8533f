"""The desk's pages for who said what, and for the road of all of it to the public; one subject a file."""

from . import actors, framings, matters, merging, printed, review, statements

__all__ = ["actors", "framings", "matters", "merging", "printed", "review", "statements"]
