"""By which code and style a page or an export was made, so that a new version of either makes a new ETag."""

import hashlib
from functools import cache
from pathlib import Path

from django.conf import settings


@cache
def code_version() -> str:
    """A digest of what pages are made of beside the log: code, templates, style, the name, address, publisher."""
    digest = hashlib.sha256(f"{settings.SITE_NAME} {settings.SITE_ADDRESS} {settings.PUBLISHER}".encode())
    room = Path(__file__).parent
    shown = (room.parent / "templates/record", room.parent / "static/record", room.parent / "locale")
    files = [*room.rglob("*.py"), *(path for folder in shown for path in folder.rglob("*"))]
    for path in sorted(files):
        if path.is_file():
            digest.update(path.name.encode() + path.read_bytes())
    return digest.hexdigest()[:12]
