"""One change of several objects chosen in a list, looked at before it is made and taken back in one act."""

from .pages import (
    ACTIONS_OF_ARTICLES,
    ASSIGNED,
    ME,
    AssigneeFilter,
    actions_on,
    assigned_panel,
    several_page,
    take_back,
)

__all__ = [
    "ACTIONS_OF_ARTICLES",
    "ASSIGNED",
    "ME",
    "AssigneeFilter",
    "actions_on",
    "assigned_panel",
    "several_page",
    "take_back",
]
