"""manage.py record_verify: whether the record is what it was."""

import sys
from argparse import ArgumentTypeError
from contextlib import ExitStack

from django.core.management.base import BaseCommand, CommandParser
from tqdm import tqdm

from record.models import Publication

from ...log import head
from ...log.last_verification import remember_verification
from ...log.noted_heads import note_head
from ...log.verification import MAX_ORIGINALS, Remark, faults


def _number_or_all(said: str) -> int | None:
    if said == "all":
        return None
    if not said.isdecimal() or len(said) > 9:
        raise ArgumentTypeError(f"“{said}” is neither a number nor “all”.")
    return int(said)


class Command(BaseCommand):
    help = (
        "Checks the chain, every digest, all that is derived, and that every end of the log noted earlier is in it; "
        "prints each fault, and ends with 1 if there is one. Notes the end of a sound log."
    )

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument(
            "--log-only", action="store_true", help="check the log and leave out what is derived from it"
        )

        parser.add_argument(
            "--originals",
            metavar="N",
            type=_number_or_all,
            default=MAX_ORIGINALS,
            help="how many texts at the desk are read again from their originals: those read longest ago first, "
            f'{MAX_ORIGINALS} unless another number or "all" is given',
        )
        parser.add_argument("--link", metavar="LINK", help="a link written down earlier: it must still be in the chain")

    def handle(self, *args: str, log_only: bool, originals: int | None, link: str | None, **options: object) -> None:
        count = checked = 0
        bars: dict[str, tqdm] = {}

        def show(rows: int, /, *, unit: str = "entries", total: int | None = None) -> None:
            nonlocal checked
            checked += rows if unit == "entries" else 0
            if unit not in bars:
                stack.enter_context(bars.setdefault(unit, tqdm(total=total, unit=f" {unit}", disable=None)))
            bars[unit].update(rows)

        with ExitStack() as stack:
            show(0, total=Publication.objects.count())
            for fault in faults(projections=not log_only, originals=originals, progress=show):
                count += not isinstance(fault, Remark)
                self.stdout.write(fault)
        if link and not Publication.objects.filter(link=link).exists():
            count += 1
            self.stdout.write(f"The link {link} is not in the chain: the log was cut or written anew since.")
        remember_verification(entries=checked, faults=count)
        if count:
            self.stderr.write(f"{count} {'fault' if count == 1 else 'faults'} in {checked} entries.")
            sys.exit(1)
        try:
            note_head()
        except OSError as error:
            self.stderr.write(f"The end of the log could not be noted: {error.strerror}.")
        erased = Publication.objects.filter(document=None, erased=True).count()
        what = "the chain and the digests are" if log_only else "the chain, the digests and all that is derived are"
        self.stdout.write(f"{checked} entries, {erased} of them erased: {what} sound.")
        end = head()
        self.stdout.write(f"The log ends with entry {end.seq}, link {end.link}.")
