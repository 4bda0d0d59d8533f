"""Whether a version of a document corrects the one before it, or only adds to it. Pure functions."""

from collections import Counter

import msgspec

from . import AnyDocument

MOST_ITEMS = 100  # of a list that are looked for one by one in another version of it

# What is no word about the world: places in lists and texts, what was checked and when.
_IGNORED_FIELDS = {"id", "slug", "position", "start", "end", "prefix", "suffix", "marked", "capture"}
# Where saying nothing says something: a speaker who does not hedge, a figure that is not "about", words of the outlet.
_MEANINGFUL_WHEN_EMPTY = {"speaker", "hedge", "chain", "written_by", "amount", "lower", "upper", "modifier"}
_EMPTY_VALUES = ("", None, (), "unknown", "not stated")


def is_correction(now: AnyDocument, before: AnyDocument) -> bool:
    """Whether a version changes or removes something that the one before it said: the rule for the page of corrections.

    What only adds is none: a further printing, name, note, relation, stance or capture, a field that said nothing and
    is filled, another place in a list.
    """
    return type(now) is not type(before) or not _is_kept(now, before)


def _is_kept(now: object, before: object) -> bool:
    """Whether everything that `before` says is said by `now` too."""
    if isinstance(before, msgspec.Struct) and type(now) is type(before):
        return all(
            _is_field_kept(field, getattr(now, field), getattr(before, field))
            for field in before.__struct_fields__
            if field not in _IGNORED_FIELDS
        )
    return now == before


def _is_field_kept(field: str, now: object, before: object) -> bool:
    if field not in _MEANINGFUL_WHEN_EMPTY:
        if before in _EMPTY_VALUES:
            return True
        if isinstance(before, tuple) and isinstance(now, tuple):
            return _are_items_kept(now, before)
    return _is_kept(now, before)


def _are_items_kept(now: tuple[object, ...], before: tuple[object, ...]) -> bool:
    """Whether each item is still there, itself or with more in it. Very many that are not the same count as changed."""
    missing, further = Counter(before) - Counter(now), list((Counter(now) - Counter(before)).elements())
    if missing.total() > MOST_ITEMS:
        return False
    for item in missing.elements():
        kept = next((place for place, other in enumerate(further) if _is_kept(other, item)), None)
        if kept is None:
            return False
        del further[kept]
    return True
