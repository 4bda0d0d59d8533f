"""Where the browser of the tests is."""

import os
import shutil

NAMES = ("chromium", "chromium-browser", "google-chrome", "google-chrome-stable")


def find_chromium() -> str | None:
    """The path that CLAIMTRACK_CHROMIUM names, else that of the first Chromium or Chrome on the PATH, else None."""
    return os.environ.get("CLAIMTRACK_CHROMIUM") or next(filter(None, map(shutil.which, NAMES)), None)
