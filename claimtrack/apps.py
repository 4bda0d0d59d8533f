"""claimtrack itself as an app: its commands, and what listens for security events where there is a desk."""

from django.apps import AppConfig
from django.conf import settings


class ClaimtrackConfig(AppConfig):
    name = "claimtrack"

    def ready(self) -> None:
        if settings.SERVES_DESK:
            from .security_log import connect_receivers

            connect_receivers()
