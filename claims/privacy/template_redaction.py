"""Templates and forms of the desk: every `{{ variable }}` becomes text as the current viewer may read it.

Django escapes at the same place, and as it does, this leaves HTML alone that is marked as safe.
"""

import re
from collections.abc import Iterable
from functools import cached_property
from pathlib import Path
from typing import Any

from django import forms, template
from django.forms.renderers import DjangoTemplates
from django.http import HttpRequest
from django.template import Context, Origin, Template
from django.template.backends.base import BaseEngine
from django.template.base import FilterExpression, Node, TextNode, Variable, VariableNode
from django.template.loaders import cached
from django.utils.html import escape
from django.utils.safestring import SafeString

from .viewer import Viewer, current_viewer, redacted_difference, redacted_pieces

LOOKBEHIND_LENGTH = 200  # signs in which an attribute begins that a variable stands in
# Attributes whose values are words of the program: a label would break what they name.
NAMING_ATTRIBUTES = ("class", "id", "for", "name", "type")
_NAMING_ATTRIBUTE = re.compile(rf"""\s(?:{"|".join(NAMING_ATTRIBUTES)})=(?:"[^"<>]*|'[^'<>]*)$""")
register = template.Library()
LOADERS = [
    (
        "claims.privacy.template_redaction.Loader",
        ["django.template.loaders.filesystem.Loader", "django.template.loaders.app_directories.Loader"],
    )
]


class Loader(cached.Loader):
    """Django's, whose templates ask for the viewer."""

    def get_template(self, template_name: str, skip: list[Origin] | None = None) -> Template:
        found = super().get_template(template_name, skip)
        redact_variables(found.nodelist)
        return found


def redact_variables(nodes: Iterable[Node], before: str = "") -> None:
    """Makes each variable among these nodes of a template ask for the viewer, but for those that name things."""
    for node in nodes:
        if isinstance(node, TextNode):
            before = (before + node.s)[-LOOKBEHIND_LENGTH:]
        elif not isinstance(node, VariableNode):
            for children in node.child_nodelists:
                redact_variables(getattr(node, children, None) or (), before)
        elif not (isinstance(node.filter_expression, _Expression) or _NAMING_ATTRIBUTE.search(before)):
            node.filter_expression = _Expression(node.filter_expression)  # type: ignore[assignment]  # as it is asked


class _Expression:
    """A variable with its filters: redacted before these, which may cut a name or make HTML of it, and after."""

    def __init__(self, expression: FilterExpression) -> None:
        self._expression = expression
        if expression.is_var and not {as_typed, control_value} & {function for function, _ in expression.filters}:
            expression.var = _Variable(expression.var)

    def resolve(self, context: Context, ignore_failures: bool = False) -> Any:
        value, viewer = self._expression.resolve(context, ignore_failures), current_viewer()
        return viewer.redact_output(value) if viewer else value

    def __str__(self) -> str:
        return str(self._expression)


class _Variable:
    def __init__(self, variable: Variable) -> None:
        self._variable = variable

    def resolve(self, context: Context) -> Any:
        value, viewer = self._variable.resolve(context), current_viewer()
        return viewer.redact_value(value) if viewer else value

    def __str__(self) -> str:
        return str(self._variable)


class Renderer(DjangoTemplates):
    """Forms whose controls hold what was typed, or a mark where a name stands."""

    @cached_property
    def engine(self) -> BaseEngine:
        folder = Path(forms.__file__).parent / "templates"
        return self.backend(
            {"APP_DIRS": False, "DIRS": [folder], "NAME": "djangoforms", "OPTIONS": {"loaders": LOADERS}}
        )

    def render(self, template_name: str, context: dict[str, Any], request: HttpRequest | None = None) -> str:
        if viewer := current_viewer():
            context |= {"widget": _redact_widget(viewer, context["widget"])} if "widget" in context else {}
            context |= {"attrs": _escape_attributes(context["attrs"])} if "attrs" in context else {}
        return super().render(template_name, context, request)


def _redact_widget(viewer: Viewer, widget: dict[str, Any]) -> dict[str, Any]:
    """What a widget shows, with its value, and those of its parts and choices, as they may be posted back."""
    widget = widget | {"attrs": _escape_attributes(widget["attrs"])}
    value = widget.get("value")
    if isinstance(value, str):
        typed = widget["attrs"].get("data-typed")
        widget["value"] = escape(value) if typed else viewer.value(widget["name"], value)
    if "subwidgets" in widget:
        widget["subwidgets"] = [_redact_widget(viewer, part) for part in widget["subwidgets"]]
    if "optgroups" in widget:
        widget["optgroups"] = [
            (group, [_redact_widget(viewer, option) for option in options], index)
            for group, options, index in widget["optgroups"]
        ]
    return widget


def _escape_attributes(attributes: dict[str, Any]) -> dict[str, Any]:
    """Attributes of which those that name things are left as they are."""
    return {name: escape(value) if name in NAMING_ATTRIBUTES else value for name, value in attributes.items()}


@register.filter
def as_typed(value: object) -> SafeString:
    """What this user has sent, in whatever form: shown as it is."""
    return escape(value)


@register.filter
def control_value(value: object, control: str) -> object:
    """What the control of this name holds, where a template writes the control itself."""
    viewer = current_viewer()
    return viewer.value(control, str(value)) if viewer else value


@register.filter
def pieces(objects: Any, names: str = "text") -> Any:
    """An object, or several, whose texts are the pieces of one text: a name is found across them."""
    if objects is None or isinstance(objects, list | tuple):
        return redacted_pieces(objects or [], names)
    return redacted_pieces([objects], names)[0]


register.filter("readings", redacted_difference)
