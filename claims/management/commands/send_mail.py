"""manage.py send_mail: tells by mail that something waits at the desk."""

from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.urls import reverse

from claims.changes.comments_and_notices import MailFailed, send_waiting_mail


class Command(BaseCommand):
    help = (
        "Mails everybody for whom something new waits that it does, and no more: no name, no claim. Does nothing until "
        "CLAIMTRACK_EMAIL_URL is set."
    )

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("--digest", action="store_true", help="also whoever wants one mail a day")
        parser.add_argument("--desk", default="", help="address of the desk, such as https://desk.example.org")

    def handle(self, **options: Any) -> None:
        host = next((host for host in settings.ALLOWED_HOSTS if not host.startswith((".", "*"))), "localhost")
        desk = (options["desk"] or f"https://{host}").rstrip("/")
        if not desk.startswith(("http://", "https://")):
            raise CommandError("--desk is an address that begins with https://.")
        try:
            sent = send_waiting_mail(desk + reverse("admin:desk_mine"), digest=options["digest"])
        except MailFailed as failed:
            before, why = failed.args[0], failed.__cause__
            raise CommandError(
                f"The mail server took {before} and then no more: {why}. The next run tries again."
            ) from failed
        self.stdout.write(f"Mails sent: {sent}." if settings.SENDS_MAIL else "Mail is not set up: nothing was sent.")
