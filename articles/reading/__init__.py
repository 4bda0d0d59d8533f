"""Reading what was saved from a page: the article apart from the clutter around it, and what it says about itself.

Pure functions. Nothing read here is taken for true: every removed line is kept, every proposal names its line and rule.
"""

from .article_reading import ArticleReading, Choice, ChoiceIsNeeded, NotReadable, Place, Proposal
from .html_pages import PageIsBroken, read_html
from .plain_text import clutter_spans, read_plain

__all__ = [
    "ArticleReading",
    "Choice",
    "ChoiceIsNeeded",
    "NotReadable",
    "PageIsBroken",
    "Place",
    "Proposal",
    "clutter_spans",
    "read_html",
    "read_plain",
]
