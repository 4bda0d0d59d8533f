"""The Jinja2 environment of the public pages."""

from django.templatetags.static import static
from django.urls import reverse
from jinja2 import Environment, StrictUndefined


def environment(**options):
    """Django's options, a misspelt variable an error, and the few functions that templates may call."""
    env = Environment(**{**options, "undefined": StrictUndefined, "trim_blocks": True, "lstrip_blocks": True})  # noqa: S701
    env.globals.update(static=static, url=reverse)
    return env
