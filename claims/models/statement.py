"""Statements, their stances towards claims, their appearances in print, the chains behind these, and editors' notes."""

from collections.abc import Iterable

from django.db import models
from django.db.models import F, Q

from articles.models import Article, Outlet, Passage, TrackedModel
from record.documents.vocabulary import BASES, MODES, NOTES, STANCES, STEPS, TREATMENTS

from .actor import Actor
from .choices import choices_of
from .claim import Claim, Question
from .querysets import StatementQuerySet
from .topic import Topic


class Statement(TrackedModel):
    """One utterance of one actor. An utterance is not its printing: where it was printed is in its appearances."""

    Mode = choices_of(
        "Mode",
        MODES,
        {
            "direct": "direct speech",
            "indirect": "indirect speech",
            "mixed": "partly quoted",
            "gesture": "act or gesture",
        },
    )
    Basis = choices_of("Basis", BASES)

    speaker = models.ForeignKey(Actor, null=True, blank=True, on_delete=models.PROTECT, related_name="statements")
    speaker_label = models.CharField(
        "describe an unnamed speaker",
        max_length=200,
        blank=True,
        help_text="only if no speaker can be named, such as “reports” or “local residents”",
    )
    role = models.CharField(max_length=200, blank=True, help_text="the speaker's role at the time")
    summary = models.CharField(max_length=300, help_text="what was said, in the desk's own words")
    said_on = models.CharField(max_length=23, blank=True, help_text="2019, 2019-09 or 2019-09-03; ~ for about")
    said_earliest = models.DateField(null=True, blank=True, editable=False)
    said_latest = models.DateField(null=True, blank=True, editable=False)
    venue = models.CharField(max_length=200, blank=True)
    mode = models.CharField(max_length=20, choices=Mode)
    basis = models.CharField(max_length=20, choices=Basis, default=Basis.NOT_STATED)
    words = models.TextField(blank=True, help_text="verbatim, in the original language")
    language = models.CharField(max_length=35, blank=True, help_text="of the verbatim words, as a BCP 47 code")
    translation = models.TextField(blank=True)

    objects = StatementQuerySet.as_manager()

    class Meta:
        ordering = ["-said_latest", "-id"]
        indexes = [models.Index(fields=["-said_latest", "-id"], name="statement_newest_first")]
        constraints = [
            models.CheckConstraint(
                condition=Q(speaker__isnull=False) | ~Q(speaker_label=""),
                name="statement_has_speaker_or_label",
                violation_error_message="Without a named speaker, describe the unnamed one, such as “reports”.",
            ),
            models.CheckConstraint(
                condition=~Q(summary=""),
                name="statement_has_summary",
                violation_error_message="A statement needs a summary in the desk's own words.",
            ),
            models.CheckConstraint(
                condition=Q(said_on="", said_earliest=None, said_latest=None)
                | (~Q(said_on="") & Q(said_earliest__lte=F("said_latest"))),
                name="statement_said_on_has_interval",
                violation_error_message="The date of a statement needs a first and last day, or must be left unknown.",
            ),
        ]

    index_rank = 8
    indexed_relations = ("appearances",)

    def indexed_texts(self) -> list[str]:
        printed = [appearance.printed_name for appearance in self.appearances.all()]  # the words are in the saved texts
        return [self.summary, self.words, self.translation, self.speaker_label, self.role, *dict.fromkeys(printed)]

    def __str__(self) -> str:
        return f"{self.speaker or self.speaker_label}: {self.summary}"

    @property
    def mention(self) -> str:
        return self.summary


class Stance(models.Model):
    """How one statement stands to one claim."""

    # The desk lists what is said of facts, then of policies, then by those who keep out of it.
    Kind = choices_of(
        "Kind",
        sorted(STANCES, key=lambda code: ("fact", "policy", "neither").index(STANCES[code].towards)),
        {
            "disputes": "disputes (contests without denying)",
            "qualifies": "qualifies (puts it in a different context)",
            "supports": "supports (a policy)",
            "opposes": "opposes (a policy)",
            "relays": "relays (without taking a side)",
            "declines": "declines to comment",
        },
    )

    statement = models.ForeignKey(Statement, on_delete=models.CASCADE, related_name="stances")
    claim = models.ForeignKey(Claim, on_delete=models.PROTECT, related_name="stances")
    kind = models.CharField(max_length=20, choices=Kind)
    hedge = models.CharField(max_length=120, blank=True, help_text="hedging as worded: “estimated”, “reportedly”")
    printed = models.CharField(
        max_length=200, blank=True, help_text="the figure as printed: “millions more”, “hundreds”"
    )

    class Meta:
        ordering = ["statement", "id"]
        constraints = [
            models.UniqueConstraint(
                fields=["statement", "claim"],
                name="stance_is_one_per_claim",
                violation_error_message="A statement takes only one stance on a claim.",
            )
        ]

    def __str__(self) -> str:
        return f"{self.kind} {self.claim}"


class Appearance(models.Model):
    """One printing of a statement: the passage, the name as printed there, and the cue that attributes the words."""

    statement = models.ForeignKey(Statement, on_delete=models.CASCADE, related_name="appearances")
    passage = models.ForeignKey(Passage, on_delete=models.PROTECT, related_name="appearances")
    printed_name = models.CharField(
        max_length=200, blank=True, help_text="the speaker’s name as printed in this article"
    )
    cue = models.CharField(max_length=120, blank=True, help_text="“said”, “according to”")

    class Meta:
        verbose_name = "appearance in print"
        verbose_name_plural = "where printed"
        ordering = ["statement", "id"]
        constraints = [
            models.UniqueConstraint(
                fields=["statement", "passage"],
                name="appearance_is_once_per_passage",
                violation_error_message="A statement is recorded only once per passage.",
            )
        ]

    def __str__(self) -> str:
        return f"{self.printed_name} {self.cue} “{self.passage}”".strip()


class AttributionStep(models.Model):
    """One hop of the chain between the page and the speaker. Position 1 is nearest to the page.

    The printing outlet itself is not a step (the article says it), nor is the speaker (the statement says it).
    """

    Relation = choices_of("Relation", STEPS)

    appearance = models.ForeignKey(Appearance, on_delete=models.CASCADE, related_name="steps")
    position = models.PositiveSmallIntegerField()
    actor = models.ForeignKey(Actor, null=True, blank=True, on_delete=models.PROTECT, related_name="attribution_steps")
    outlet = models.ForeignKey(
        Outlet, null=True, blank=True, on_delete=models.PROTECT, related_name="attribution_steps"
    )
    label = models.CharField(
        "unnamed source", max_length=200, blank=True, help_text="if it is neither a known actor nor a known outlet"
    )
    cue = models.CharField(max_length=120, blank=True)
    relation = models.CharField(max_length=20, choices=Relation, default=Relation.RELAYS)

    class Meta:
        ordering = ["appearance", "position"]
        constraints = [
            models.UniqueConstraint(
                fields=["appearance", "position"],
                name="attributionstep_position_is_once",
                violation_error_message="A chain has one hop at each position.",
            ),
            models.CheckConstraint(
                condition=Q(position__gte=1),
                name="attributionstep_position_from_one",
                violation_error_message="Positions in a chain start at 1.",
            ),
            models.CheckConstraint(
                condition=(Q(actor__isnull=False) & Q(outlet=None) & Q(label=""))
                | (Q(actor=None) & Q(outlet__isnull=False) & Q(label=""))
                | (Q(actor=None) & Q(outlet=None) & ~Q(label="")),
                name="attributionstep_names_exactly_one",
                violation_error_message="A hop of the chain names one: an actor, an outlet or an unnamed source.",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.position}. {self.actor or self.outlet or self.label} {self.relation}"


class Framing(models.Model):
    """How an article treats a claim in one of its parts, in its own voice, apart from what its sources say."""

    Treatment = choices_of("Treatment", TREATMENTS)

    class Part(models.TextChoices):
        HEADLINE = "headline"
        BODY = "body"

    article = models.ForeignKey(Article, on_delete=models.PROTECT, related_name="framings")
    claim = models.ForeignKey(Claim, on_delete=models.PROTECT, related_name="framings")
    part = models.CharField(max_length=10, choices=Part)
    treatment = models.CharField(max_length=20, choices=Treatment)
    words = models.CharField(max_length=200, blank=True, help_text="the words that show this")
    written_by = models.ForeignKey(
        Outlet,
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="framings_written",
        help_text="who wrote these words, if not the outlet that printed them: usually the agency",
    )

    class Meta:
        verbose_name = "outlet's presentation of a claim"
        verbose_name_plural = "how the outlet presents claims"
        ordering = ["article", "id"]
        constraints = [
            models.UniqueConstraint(
                fields=["article", "claim", "part"],
                name="framing_is_once_per_part",
                violation_error_message="An article presents a claim in only one way in each of its parts.",
            )
        ]

    def __str__(self) -> str:
        return f"{self.article} {self.treatment} “{self.claim}” in its {self.part}"


NOTE_OWNERS = ("topic", "question", "claim", "actor", "outlet", "article", "statement")


def _exactly_one_is_set(names: Iterable[str]) -> Q:
    """Of these fields one is set and all others are null."""
    whole = Q()
    for name in names:
        whole |= Q(**{f"{other}__isnull": other != name for other in names})
    return whole


class EditorsNote(models.Model):
    """One public note on one object: what was inferred and from what, or what is implausible as printed.

    It belongs to its object as a name belongs to an actor: a change of it raises the object's revision.
    """

    About = choices_of(
        "About",
        NOTES,
        {
            "identity": "who it is",
            "date": "a date",
            "figure": "a figure",
            "wording": "the wording",
            "other": "something else",
        },
    )

    topic = models.ForeignKey(Topic, null=True, blank=True, on_delete=models.CASCADE, related_name="notes")
    question = models.ForeignKey(Question, null=True, blank=True, on_delete=models.CASCADE, related_name="notes")
    claim = models.ForeignKey(Claim, null=True, blank=True, on_delete=models.CASCADE, related_name="notes")
    actor = models.ForeignKey(Actor, null=True, blank=True, on_delete=models.CASCADE, related_name="notes")
    outlet = models.ForeignKey(Outlet, null=True, blank=True, on_delete=models.CASCADE, related_name="notes")
    article = models.ForeignKey(Article, null=True, blank=True, on_delete=models.CASCADE, related_name="notes")
    statement = models.ForeignKey(Statement, null=True, blank=True, on_delete=models.CASCADE, related_name="notes")
    about = models.CharField(max_length=20, choices=About)
    text = models.CharField(max_length=1000, help_text="for readers: what was inferred, and from what")

    class Meta:
        ordering = ["id"]
        constraints = [
            models.CheckConstraint(
                condition=_exactly_one_is_set(NOTE_OWNERS),
                name="editorsnote_is_on_one_object",
                violation_error_message="A note belongs to exactly one object.",
            ),
            models.CheckConstraint(
                condition=~Q(text=""), name="editorsnote_has_text", violation_error_message="A note must not be empty."
            ),
        ]

    def __str__(self) -> str:
        return self.text

    @property
    def owner(self) -> TrackedModel:
        return next(owner for name in NOTE_OWNERS if (owner := getattr(self, name)))
