"""Dates in the words of an article, resolved against the article's own date into partial dates. Pure functions.

`read_dates("on Tuesday", published="2017-06-20")` gives 2017-06-20 with the reason and with how sure it is. A language
with a folder by rules of our own; another by dateparser with that one language, and then never sure.
"""

from .date_reader import own_day, read_dates
from .resolutions import DateInWords

__all__ = ["DateInWords", "own_day", "read_dates"]
