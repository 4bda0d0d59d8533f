"""Logs: each line of a request carries its id, and with `CLAIMTRACK_LOG=json` each line is a JSON object.

The lines hold nothing that a reader asked for and nothing that an editor typed.
"""

import logging
from contextvars import ContextVar
from typing import Any

from pythonjsonlogger.json import JsonFormatter

# The id of the request that this thread answers; "" between requests and in commands.
request_id: ContextVar[str] = ContextVar("request_id", default="")


class RequestIdFilter(logging.Filter):
    """Puts the id of the request on every record that has none."""

    def filter(self, record: logging.LogRecord) -> bool:
        if not isinstance(getattr(record, "request", None), str):  # Django puts the request itself on its records
            record.request = request_id.get()
        return True


class StructuredFormatter(JsonFormatter):
    """One JSON object a line: time, level, logger, message, request, and what the caller named in `extra`."""

    def __init__(self) -> None:
        super().__init__(
            ["levelname", "name", "message", "request"],
            rename_fields={"levelname": "level", "name": "logger"},
            timestamp="time",
            json_ensure_ascii=False,
        )


def log_settings(form: str) -> dict[str, Any]:
    """Django's LOGGING for the form "text" or "json"."""
    return {
        "version": 1,
        "disable_existing_loggers": False,
        "filters": {"request_id": {"()": RequestIdFilter}},
        "formatters": {"json": {"()": StructuredFormatter}, "text": {"format": "%(message)s"}},
        "handlers": {
            "console": {"class": "logging.StreamHandler", "filters": ["request_id"], "formatter": form},
        },
        "root": {"handlers": ["console"], "level": "WARNING"},
        # Wrong addresses and made-up host names are the weather of the web: only faults of ours are told.
        "loggers": {
            "django.request": {"level": "ERROR"},
            "django.security.DisallowedHost": {"level": "CRITICAL"},
            "claimtrack.security": {"level": "INFO"},
            # Says of each failed sign-in the name that was typed; claimtrack.security says it without.
            "axes": {"level": "CRITICAL"},
        },
    }
