"""Actors: whoever says something, under every name and in every script."""

from django.db import models
from django.db.models import F, Q

from articles.models import Article, TrackedModel
from record.documents.vocabulary import ACTOR_KINDS, NAME_KINDS

from .choices import choices_of
from .querysets import ActorQuerySet


class Actor(TrackedModel):
    """A person, state, body or group that makes statements.

    An unnamed source belongs to the one article that reports it (`reported_in`): there is never one shared
    "Anonymous". An actor whose `protection` is "withheld" is public under `public_label` alone.
    """

    Kind = choices_of("Kind", ACTOR_KINDS, {"unnamed": "unnamed source"})

    class Protection(models.TextChoices):
        NAMED = "named"
        WITHHELD = "withheld"

    name = models.CharField(max_length=200, help_text="the name used at the desk")
    slug = models.SlugField(max_length=120, unique=True)
    kind = models.CharField(max_length=30, choices=Kind)
    description = models.CharField(max_length=500, blank=True)
    protection = models.CharField(max_length=10, choices=Protection, default=Protection.NAMED)
    public_label = models.CharField(max_length=200, blank=True, help_text="shown in place of a withheld name")
    reported_in = models.ForeignKey(
        Article, null=True, blank=True, on_delete=models.PROTECT, related_name="unnamed_sources"
    )
    merged_into = models.ForeignKey("self", null=True, blank=True, on_delete=models.PROTECT, related_name="merged")

    objects = ActorQuerySet.as_manager()

    class Meta:
        ordering = ["name"]
        permissions = [("see_withheld_names", "Can see names that are withheld")]
        constraints = [
            models.CheckConstraint(
                condition=~Q(name=""), name="actor_has_name", violation_error_message="An actor needs a name."
            ),
            models.CheckConstraint(
                condition=(Q(kind="unnamed") & Q(reported_in__isnull=False))
                | (~Q(kind="unnamed") & Q(reported_in=None)),
                name="actor_unnamed_belongs_to_article",
                violation_error_message=(
                    "An unnamed source belongs to the article that reports it, and only an unnamed source does."
                ),
            ),
            models.CheckConstraint(
                condition=Q(protection="named") | ~Q(public_label=""),
                name="actor_withheld_has_public_label",
                violation_error_message="A withheld name needs a label to show in its place.",
            ),
            models.CheckConstraint(
                condition=~Q(merged_into=F("id")),
                name="actor_not_merged_into_itself",
                violation_error_message="An actor cannot be merged into itself.",
            ),
        ]

    index_rank = 5
    indexed_relations = ("names",)

    def indexed_texts(self) -> list[str]:
        return [self.name, *(name.name for name in self.names.all()), self.public_label, self.description]

    def __str__(self) -> str:
        return self.name

    @property
    def withheld(self) -> bool:
        return self.protection == self.Protection.WITHHELD

    def desk_name(self, *, named: bool) -> str:
        """How the desk calls this actor to somebody who may (`named`) or may not read withheld names."""
        return self.public_label if self.withheld and not named else self.name


class ActorName(models.Model):
    """One name of an actor in one language and script. `folded` is what any spelling of it is found by."""

    Kind = choices_of("Kind", NAME_KINDS)

    actor = models.ForeignKey(Actor, on_delete=models.CASCADE, related_name="names")
    name = models.CharField(max_length=200)
    folded = models.CharField(max_length=300, editable=False, db_index=True)
    language = models.CharField(max_length=35, blank=True, help_text="BCP 47, with script if relevant: kk-Cyrl")
    kind = models.CharField(max_length=20, choices=Kind, default=Kind.ALIAS)
    scheme = models.CharField(max_length=60, blank=True, help_text="transliteration scheme, such as BGN/PCGN 1979")

    class Meta:
        ordering = ["actor", "id"]
        constraints = [
            models.UniqueConstraint(
                fields=["actor", "name", "language"],
                name="actorname_is_once_per_language",
                violation_error_message="An actor has each name only once per language.",
            ),
            models.UniqueConstraint(
                fields=["actor", "language"],
                condition=Q(kind="primary"),
                name="actorname_one_primary_per_language",
                violation_error_message="An actor has one primary name per language.",
            ),
            models.CheckConstraint(
                condition=~Q(name=""), name="actorname_has_name", violation_error_message="A name must not be empty."
            ),
        ]

    def __str__(self) -> str:
        return self.name


class Identifier(models.Model):
    """What another register calls this actor, such as Wikidata Q17."""

    actor = models.ForeignKey(Actor, on_delete=models.CASCADE, related_name="identifiers")
    register = models.CharField(max_length=40, default="wikidata")
    value = models.CharField(max_length=200)

    class Meta:
        ordering = ["actor", "register"]
        constraints = [
            models.UniqueConstraint(
                fields=["register", "value"],
                name="identifier_names_one_actor",
                violation_error_message="Another actor already has this identifier.",
            ),
            models.UniqueConstraint(
                fields=["actor", "register"],
                name="identifier_is_one_per_register",
                violation_error_message="An actor has one identifier per register.",
            ),
            models.CheckConstraint(
                condition=~Q(register="wikidata") | Q(value__regex=r"^Q[1-9][0-9]*$"),
                name="identifier_wikidata_is_item",
                violation_error_message="A Wikidata identifier is Q followed by a number, such as Q17.",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.register} {self.value}"
