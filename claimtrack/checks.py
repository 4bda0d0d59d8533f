"""What `manage.py check --deploy` says beside Django's own checks."""

from django.conf import settings
from django.core.checks import Tags, Warning, register

from .kept_sqlite import keeps_what_is_written


@register(Tags.database, deploy=True)
def sqlite_keeps_what_is_written(app_configs, **kwargs):
    """Warns where claimtrack runs on an SQLite that can lose writes (docs/decisions/sqlite.md)."""
    on_sqlite = settings.DATABASES["default"]["ENGINE"].endswith("sqlite3")
    if not on_sqlite or keeps_what_is_written(settings.SQLITE_VERSION):
        return []
    return [
        Warning(
            f"SQLite {'.'.join(map(str, settings.SQLITE_VERSION))} can lose what one process writes while another "
            "resets the write-ahead log.",
            hint="Install SQLite 3.51.3 or later, or the pysqlite3 wheel, or use PostgreSQL: docs/decisions/sqlite.md",
            id="claimtrack.W001",
        )
    ]
