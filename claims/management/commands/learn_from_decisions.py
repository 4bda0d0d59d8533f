"""`manage.py learn_from_decisions`: what this desk accepts and rejects, as a small model that orders proposals."""

from django.conf import settings
from django.core.management import BaseCommand

from claims.learning.arranging import OFF
from claims.learning.decisions import TooFewDecisions, keep, learn, read_decisions
from claims.learning.features import in_words

STRONGEST = 12


class Command(BaseCommand):
    help = (
        "Learns from the decisions on proposals which of them this desk uses, prints how well that would have served, "
        "and keeps it for CLAIMTRACK_LEARNING. Records nothing and decides nothing."
    )

    def add_arguments(self, parser):
        parser.add_argument("--dry-run", action="store_true", help="only print, keep what was learned before")

    def handle(self, *, dry_run, **options):
        decided = read_decisions()
        if decided.gone:
            self.stdout.write(f"Left out: {decided.gone} on words that are no longer proposed.")
        try:
            learned = learn(decided)
        except TooFewDecisions as refusal:
            self.stdout.write(f"{refusal} Nothing was learned.")
            return
        told = ", ".join(f"{learned.counts[kind]} {kind}" for kind in ("accepted", "changed", "rejected"))
        figures = learned.figures
        self.stdout.write(f"Learned from {told}.")
        self.stdout.write("On decisions that it had not seen:")
        self.stdout.write(f"  a used one before a rejected one: {figures['in order']:.0%}")
        self.stdout.write(f"  the same by the rules' confidence alone: {figures['in order by the rules alone']:.0%}")
        self.stdout.write(
            f"  filtering under {learned.threshold:.2f} hides {figures['rejected and hidden']:.0%} of the rejected "
            f"and {figures['used and hidden']:.0%} of the used"
        )
        if figures["in order"] <= figures["in order by the rules alone"]:
            self.stdout.write("That is no better than the rules: leave CLAIMTRACK_LEARNING off.")
        self.stdout.write("What weighs most (log odds, + for use):")
        weights = {name: weight for name, weight in learned.weights.items() if name != "always"}
        for name in sorted(weights, key=lambda name: (-abs(weights[name]), name))[:STRONGEST]:
            self.stdout.write(f"  {weights[name]:+.2f}  {in_words(name)}")
        if dry_run:
            self.stdout.write("A dry run: nothing was kept.")
            return
        keep(learned)
        use = "the workspace does not use it: CLAIMTRACK_LEARNING is off"
        self.stdout.write(
            f"Kept; {use if settings.LEARNING == OFF else f'the workspace uses it to {settings.LEARNING}'}."
        )
