"""Questions, the claims that compete to answer them, and how claims stand to one another."""

from django.db import models
from django.db.models import F, Q

from articles.models import TrackedModel
from record.documents.vocabulary import CLAIM_KINDS, MODIFIERS, RELATIONS, SUBJECT_KINDS

from .actor import Actor
from .choices import choices_of
from .querysets import MergeableQuerySet, ReleasableQuerySet


class Question(TrackedModel):
    """What a set of claims compete to answer."""

    title = models.CharField(max_length=200, unique=True)
    slug = models.SlugField(max_length=120, unique=True)
    description = models.TextField(blank=True)
    position = models.PositiveIntegerField(default=0, help_text="order on the home page, smallest first")

    objects = ReleasableQuerySet.as_manager()

    class Meta:
        ordering = ["position", "title"]
        constraints = [
            models.CheckConstraint(
                condition=~Q(title=""), name="question_has_title", violation_error_message="A question needs a title."
            )
        ]

    index_rank = 6

    def indexed_texts(self) -> list[str]:
        return [self.title, self.description]

    def __str__(self) -> str:
        return self.title


class Claim(TrackedModel):
    """A neutral proposition under a question, to which statements take a stance. A figure says what it counts."""

    Kind = choices_of("Kind", CLAIM_KINDS)
    Modifier = choices_of("Modifier", MODIFIERS, {"": "as given"})

    question = models.ForeignKey(Question, on_delete=models.PROTECT, related_name="claims")
    text = models.CharField(max_length=500)
    slug = models.SlugField(max_length=120, unique=True)
    kind = models.CharField(max_length=20, choices=Kind, default=Kind.FACT)
    language = models.CharField(max_length=35, default="en")
    position = models.PositiveIntegerField(default=0, help_text="order within the question, smallest first")
    amount = models.DecimalField(max_digits=20, decimal_places=4, null=True, blank=True)
    lower = models.DecimalField(max_digits=20, decimal_places=4, null=True, blank=True)
    upper = models.DecimalField(max_digits=20, decimal_places=4, null=True, blank=True)
    unit = models.CharField(max_length=60, blank=True, help_text="people, km², plants")
    modifier = models.CharField(max_length=20, choices=Modifier, blank=True, default=Modifier.NONE)
    counted = models.CharField(max_length=200, blank=True, help_text="what exactly is counted")
    as_of = models.CharField(max_length=23, blank=True, help_text="the date the figure refers to")
    derived = models.BooleanField(
        default=False, help_text="the numbers were inferred from words such as “hundreds” and were not printed"
    )
    merged_into = models.ForeignKey("self", null=True, blank=True, on_delete=models.PROTECT, related_name="merged")

    objects = MergeableQuerySet.as_manager()

    class Meta:
        ordering = ["question", "position", "id"]
        constraints = [
            models.CheckConstraint(
                condition=~Q(text=""), name="claim_has_text", violation_error_message="A claim needs a text."
            ),
            models.CheckConstraint(
                condition=~Q(kind="figure")
                | (
                    (Q(amount__isnull=False) | Q(lower__isnull=False) | Q(upper__isnull=False))
                    & ~Q(unit="")
                    & ~Q(counted="")
                ),
                name="claim_figure_has_unit_and_counted",
                violation_error_message="A figure needs an amount or a bound, a unit, and what is counted.",
            ),
            models.CheckConstraint(
                condition=Q(kind="figure")
                | Q(amount=None, lower=None, upper=None, unit="", modifier="", counted="", as_of="", derived=False),
                name="claim_only_figures_have_amounts",
                violation_error_message="Only a claim of kind “figure” has an amount, a unit and what is counted.",
            ),
            models.CheckConstraint(
                condition=(Q(lower=None) | Q(amount=None) | Q(lower__lte=F("amount")))
                & (Q(upper=None) | Q(amount=None) | Q(upper__gte=F("amount")))
                & (Q(lower=None) | Q(upper=None) | Q(lower__lte=F("upper"))),
                name="claim_lower_amount_upper_in_order",
                violation_error_message="The amount must lie between the bounds: lower ≤ amount ≤ upper.",
            ),
            models.CheckConstraint(
                condition=~Q(merged_into=F("id")),
                name="claim_not_merged_into_itself",
                violation_error_message="A claim cannot be merged into itself.",
            ),
        ]

    index_rank = 4
    indexed_relations = ("subjects",)

    def indexed_texts(self) -> list[str]:
        numbers = (format(number, "f") for number in (self.amount, self.lower, self.upper) if number is not None)
        names = (name for subject in self.subjects.all() for name, _ in subject.names)
        return [self.text, *names, *numbers, self.unit, self.counted]

    def __str__(self) -> str:
        return self.text


class ClaimTerm(models.Model):
    """A term of the text of a claim: the index by which claims are found (`claims.suggestions.claim_index`)."""

    claim = models.ForeignKey(Claim, on_delete=models.CASCADE, related_name="terms")
    term = models.CharField(max_length=40)

    class Meta:
        ordering = ["term", "claim"]
        constraints = [
            # Its index is what every search reads: by term, and within a term by claim.
            models.UniqueConstraint(
                fields=["term", "claim"],
                name="claimterm_is_once",
                violation_error_message="A claim stands under each of its terms once.",
            )
        ]

    def __str__(self) -> str:
        return self.term


class ClaimRelation(models.Model):
    """How `claim` stands to `other`, read from left to right: "claim narrows other"."""

    Kind = choices_of(
        "Kind",
        RELATIONS,
        {
            "contradicts": "contradicts (both cannot be true, one must be)",
            "contrary to": "contrary to (both cannot be true)",
        },
    )

    claim = models.ForeignKey(Claim, on_delete=models.CASCADE, related_name="relations")
    kind = models.CharField(max_length=20, choices=Kind)
    other = models.ForeignKey(Claim, on_delete=models.PROTECT, related_name="relations_to_it")

    class Meta:
        ordering = ["claim", "id"]
        constraints = [
            models.UniqueConstraint(
                fields=["claim", "kind", "other"],
                name="claimrelation_is_once",
                violation_error_message="This relation is already recorded.",
            ),
            models.CheckConstraint(
                condition=~Q(claim=F("other")),
                name="claimrelation_is_between_two",
                violation_error_message="A claim cannot be related to itself.",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.claim} {self.kind} {self.other}"


class ClaimSubject(models.Model):
    """What a claim is about: an actor, or a place or another thing under its names.

    `other_names` has a further name a line, with its language and a colon in front: “zh-Hans: 新疆”.
    """

    Kind = choices_of("Kind", SUBJECT_KINDS, {"other": "something else with a name"})

    claim = models.ForeignKey(Claim, on_delete=models.CASCADE, related_name="subjects")
    kind = models.CharField(max_length=10, choices=Kind)
    actor = models.ForeignKey(Actor, null=True, blank=True, on_delete=models.PROTECT, related_name="claims_about")
    name = models.CharField(max_length=200, blank=True, help_text="of a place or thing")
    language = models.CharField(max_length=35, blank=True, help_text="of that name (BCP 47)")
    other_names = models.TextField(blank=True, help_text="one a line, after its language: “zh-Hans: 新疆”")

    class Meta:
        ordering = ["claim", "id"]
        constraints = [
            models.UniqueConstraint(
                fields=["claim", "actor"],
                name="claimsubject_actor_is_once",
                violation_error_message="A claim is about an actor once.",
            ),
            models.CheckConstraint(
                condition=Q(kind="actor", actor__isnull=False, name="", language="", other_names="")
                | (~Q(kind="actor") & Q(actor=None) & ~Q(name="")),
                name="claimsubject_is_actor_or_named",
                violation_error_message=(
                    "What a claim is about is an actor, or a place or something else that has a name: never both."
                ),
            ),
        ]

    def __str__(self) -> str:
        return str(self.actor) if self.actor else self.name

    @property
    def names(self) -> list[tuple[str, str]]:
        """Every name with its language, the first one first; none of an actor, who has names of its own."""
        if not self.name:
            return []
        others = [line.partition(":") for line in self.other_names.split("\n") if line]
        return [(self.name, self.language), *((name.strip(), language.strip()) for language, _, name in others)]
