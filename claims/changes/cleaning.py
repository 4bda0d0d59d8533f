"""Outside words in, clean values out: what every verb of the desk does with what it is given, before it asks the
database anything. Each function raises `Refusal` with the name of the field.
"""

import re
from collections.abc import Callable, Iterable
from decimal import Decimal, InvalidOperation
from typing import Any

from anyascii import anyascii
from django.db import models
from django.db.models import Q
from django.utils.text import slugify

from articles.text import TextIsBroken, settle, settle_line
from articles.tracked_changes import Refusal
from language.dates.partial import read_date
from record.models import Address

MAX_TEXT_LENGTH = 20_000  # code points of any longer text that the desk writes itself
MAX_POSITION = 1_000_000
MAX_SLUG_LENGTH = 100
# A float keeps 15 digits, and that is how SQLite keeps a decimal: with more the two databases would disagree.
MAX_DIGITS, SMALLEST_STEP = 15, Decimal("0.0001")

Reader = Callable[[object, str], Any]
Values = dict[str, Any]  # of the fields of an object, by name

# RFC 5646, section 2.1, without what no newspaper needs: extensions, private use and grandfathered tags.
_LANGUAGE_TAG = re.compile(
    r"(?P<language>[a-z]{2,3})(-(?P<script>[a-z]{4}))?(-(?P<region>[a-z]{2}|[0-9]{3}))?"
    r"(?P<variants>(-([a-z0-9]{5,8}|[0-9][a-z0-9]{3}))*)",
    re.ASCII | re.IGNORECASE,
)


def line(value: object, field: str, what: str = "") -> str:
    """A name, label or summary: one line, without control characters and marks of direction that do not close.

    `what` is what a sentence calls it, where that is not the name of the field.
    """
    what = what or field.replace("_", " ")
    try:
        return settle_line(_require_text(value, field, what), what)
    except TextIsBroken as error:
        raise Refusal(str(error), field=field) from None


def long_text(value: object, field: str) -> str:
    """Longer text: settled, line breaks kept, at most 20,000 characters."""
    try:
        settled = settle(_require_text(value, field, field.replace("_", " "))).strip()
    except TextIsBroken as error:
        raise Refusal(str(error), field=field) from None
    if len(settled) > MAX_TEXT_LENGTH:
        raise Refusal(
            f"The {field.replace('_', ' ')} has {len(settled):,} characters; the limit is {MAX_TEXT_LENGTH:,}.",
            field=field,
        )
    return settled


def _require_text(value: object, field: str, what: str) -> str:
    if value is None:
        return ""
    if not isinstance(value, str):
        raise Refusal(f"The {what} must be text, not {type(value).__name__}.", field=field)
    return value


def language(value: object, field: str = "language", *, required: bool = False) -> str:
    """A BCP 47 tag by its shape, in the usual case: "kk-cyrl" becomes "kk-Cyrl"."""
    tag = line(value, field).replace("_", "-")
    if not tag and not required:
        return ""
    match = _LANGUAGE_TAG.fullmatch(tag)
    if not match:
        raise Refusal(f"“{tag[:40]}” is not a language tag. Use BCP 47, such as en, kk-Cyrl or zh-Hans.", field=field)
    parts = [match["language"].lower()]
    parts += [match["script"].title()] if match["script"] else []
    parts += [match["region"].upper()] if match["region"] else []
    return "-".join(parts) + match["variants"].lower()


def partial_date(value: object, field: str) -> str:
    """A partial date as EDTF text, or nothing."""
    text = line(value, field)
    if not text:
        return ""
    try:
        return read_date(text).edtf
    except ValueError as error:
        raise Refusal(str(error), field=field) from None


def number(value: object, field: str) -> Decimal | None:
    """A figure: finite, at most 15 digits of which four stand after the point."""
    if value is None or value == "":
        return None
    name = field.replace("_", " ")
    try:
        amount = Decimal(str(value).strip())
    except InvalidOperation:
        raise Refusal(f"The {name} “{str(value)[:40]}” is not a number.", field=field) from None
    digits, exponent = amount.as_tuple().digits, amount.as_tuple().exponent
    if not isinstance(exponent, int):  # a letter instead: infinite, or not a number
        raise Refusal(f"The {name} must be a finite number.", field=field)
    # Counted before anything is computed: writing out 1E+999999999 would take all the memory there is.
    if amount and (amount.adjusted() >= MAX_DIGITS or len(digits) > 2 * MAX_DIGITS or exponent < -2 * MAX_DIGITS):
        raise Refusal(f"The {name} is too long: the limit is {MAX_DIGITS} digits.", field=field)
    whole = amount.quantize(SMALLEST_STEP) if amount else Decimal("0.0000")
    if whole != amount:
        raise Refusal(f"The {name} has more than four decimal places.", field=field)
    if len(format(whole.normalize(), "f").replace(".", "").replace("-", "").strip("0")) > MAX_DIGITS:
        raise Refusal(f"The {name} is too long: the limit is {MAX_DIGITS} digits.", field=field)
    return whole


def position(value: object, field: str = "position") -> int:
    """A place in an order, from 0."""
    if isinstance(value, bool) or not isinstance(value, int) or not 0 <= value <= MAX_POSITION:
        raise Refusal(f"The {field} must be a whole number from 0 to {MAX_POSITION:,}.", field=field)
    return value


def raw_value(value: Any, field: str) -> Any:
    """A choice, or another object of the desk: the model's own checks look at it."""
    return value


def readers_of(model: type[models.Model], names: Iterable[str], **special: Reader) -> dict[str, Reader]:
    """How each of these fields of `model` is read: a longer text, a line, or as it is given; `special` as it says."""
    return {name: special.get(name) or _reader_of(model._meta.get_field(name)) for name in names}


def _reader_of(field: "models.Field[Any, Any] | models.ForeignObjectRel") -> Reader:
    if isinstance(field, models.TextField):
        return long_text
    return line if isinstance(field, models.CharField) and not field.choices else raw_value


def free_slug(model: type[models.Model], text: str, public_id: str) -> str:
    """An address made of `text`, romanised, with a number after it where another object has or once had it."""
    base = slugify(anyascii(text))[:MAX_SLUG_LENGTH].strip("-_") or public_id
    taken = _slugs_beginning_with(model, base, public_id)
    slug, number = base, 1
    while slug in taken:
        number += 1
        slug = f"{base}-{number}"
    return slug


def chosen_slug(model: type[models.Model], value: object, public_id: str) -> str:
    """The address that an editor has chosen; refused where it leads to another object, or once did."""
    slug = line(value, "slug")
    if slug and slug in _slugs_beginning_with(model, slug, public_id):
        raise Refusal(
            f"The address “{slug}” belongs, or once belonged, to another {model._meta.verbose_name}.", field="slug"
        )
    return slug


def _slugs_beginning_with(model: type[models.Model], base: str, public_id: str) -> set[str]:
    at_the_desk = model._base_manager.filter(slug__startswith=base).exclude(public_id=public_id)
    # Addresses lead somewhere for ever: one that was published must not lead to another object one day.
    published = Address.objects.filter(kind=model._meta.model_name, slug__startswith=base).exclude(owner=public_id)
    # Public identities are addresses too.
    identities = model._base_manager.filter(Q(public_id=base) & ~Q(public_id=public_id))
    return {
        *at_the_desk.values_list("slug", flat=True),
        *published.values_list("slug", flat=True),
        *identities.values_list("public_id", flat=True),
    }
