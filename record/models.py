"""The public record: an append-only log of documents, and the projections of it that pages and exports read.

Everything but `Publication` and `LedgerEntry` can be thrown away and rebuilt from it (`manage.py record_rebuild`).

Rows of a projection say from which entry of the log they hold and before which (`HeldRow`): what changes closes rows
and adds others, so that the record can be read as it stood after any entry. Kept summaries (`Voice`, `Summary`,
`RecordState`) are of the record as it stands now alone.
"""

from typing import Any

from django.db import models
from django.db.backends.base.schema import BaseDatabaseSchemaEditor
from django.db.backends.ddl_references import Statement
from django.db.models import F, Q


class NewestFirstIndex(models.Index):
    """Rows in the order of `querysets.newest_positions`: the last day first, those without one at the end.

    PostgreSQL must be told where these stand, or it sorts all rows of a page. SQLite has them there, and refuses to be
    told of it in an index.
    """

    def create_sql(
        self, model: type[models.Model], schema_editor: BaseDatabaseSchemaEditor, using: str = "", **kwargs: Any
    ) -> Statement:
        plain = self.fields_orders
        if schema_editor.connection.vendor == "postgresql":
            self.fields_orders = [
                (name, f"{order} NULLS LAST" if order and model._meta.get_field(name).null else order)
                for name, order in plain
            ]
        try:
            return super().create_sql(model, schema_editor, using, **kwargs)
        finally:
            self.fields_orders = plain


class Publication(models.Model):
    """One version of one document. Rows are never changed, with two exceptions.

    `superseded_by` is set when a newer version lands. An erasure empties `document`, `reason` and `salt`; the chain
    still verifies, because `link` covers `digest` and not the document.

    `digest` is HMAC-SHA-256 under `salt` of the canonical JSON of `[document, reason]`: without the salt nobody can
    confirm a guess of what an erased document said. `link` is SHA-256 over the previous link and the row's head
    (record/documents/entries.py). A withdrawal is a row whose `document` is null. `kind` is the document's type,
    "redirect" where the object was merged into another.
    """

    seq = models.PositiveBigIntegerField(primary_key=True)
    kind = models.CharField(max_length=20)
    public_id = models.CharField(max_length=12)
    version = models.PositiveIntegerField()
    document = models.TextField(null=True)  # noqa: DJ001 - null is a withdrawal or an erasure, "" would be a document
    reason = models.TextField(blank=True)
    published_at = models.DateTimeField()
    superseded_by = models.PositiveBigIntegerField(null=True)
    erased = models.BooleanField(default=False)
    salt = models.CharField(max_length=32)
    digest = models.CharField(max_length=64)
    link = models.CharField(max_length=64)

    class Meta:
        ordering = ["seq"]
        constraints = [
            models.UniqueConstraint(fields=["public_id", "version"], name="publication_version_is_once"),
            models.UniqueConstraint(
                fields=["public_id"], condition=Q(superseded_by=None), name="publication_one_current_version"
            ),
            models.CheckConstraint(condition=Q(seq__gte=1), name="publication_seq_from_one"),
            models.CheckConstraint(
                condition=Q(superseded_by=None) | Q(superseded_by__gt=F("seq")), name="publication_superseded_by_later"
            ),
            models.CheckConstraint(
                condition=(Q(erased=False) & ~Q(salt="")) | Q(erased=True, document=None, reason="", salt=""),
                name="publication_erased_is_empty",
            ),
        ]
        indexes = [
            models.Index(fields=["kind", "seq"], name="publication_by_kind"),
            models.Index(fields=["seq"], name="publication_empty", condition=Q(document=None)),
            models.Index(fields=["seq"], name="publication_superseded", condition=Q(superseded_by__isnull=False)),
        ]

    def __str__(self) -> str:
        return f"{self.seq} {self.kind} {self.public_id} v{self.version}"


class LedgerEntry(models.Model):
    """One erasure that this database has been through: a line of the ledger (record/log/ledger.py). Never changed."""

    number = models.PositiveIntegerField(primary_key=True)
    line = models.TextField()

    class Meta:
        constraints = [
            models.CheckConstraint(condition=Q(number__gte=1), name="ledgerentry_number_from_one"),
        ]

    def __str__(self) -> str:
        return f"erasure {self.number}"


class Correction(models.Model):
    """A row of the log that changed or took away what was said before: see `is_correction` of record/documents."""

    seq = models.PositiveBigIntegerField(primary_key=True)
    public_id = models.CharField(max_length=12)

    class Meta:
        indexes = [models.Index(fields=["public_id"], name="correction_by_object")]

    def __str__(self) -> str:
        return f"{self.seq} corrects {self.public_id}"


class OutdatedObject(models.Model):
    """An object whose rows wait to be derived anew, because one entry of the log changed those of thousands.

    Until then they are what they were before that entry.
    """

    public_id = models.CharField(max_length=12, primary_key=True)

    def __str__(self) -> str:
        return f"{self.public_id} is outdated"


class Derivation(models.Model):
    """What was derived in steps of their own, not by an append: one row, with the primary key 1.

    While the projections are being rebuilt, `reached_seq` is how far that has come and `until_seq` where the log ended
    when it began.
    """

    reached_seq = models.PositiveBigIntegerField(null=True)
    until_seq = models.PositiveBigIntegerField(null=True)

    class Meta:
        constraints = [
            models.CheckConstraint(condition=Q(id=1), name="derivation_is_one"),
            models.CheckConstraint(
                condition=Q(reached_seq=None, until_seq=None) | Q(reached_seq__lte=F("until_seq")),
                name="derivation_reaches_its_end",
            ),
        ]

    def __str__(self) -> str:
        return f"rebuilt up to {self.reached_seq} of {self.until_seq}"


class CurrentRows(models.Manager):
    """The rows that hold now. Those that once held are in `history` alone, so that nobody counts them by mistake."""

    def get_queryset(self) -> models.QuerySet:
        return super().get_queryset().filter(valid_before_seq=None)


class AllRows(models.Manager):
    """The rows that hold now and those that once held."""


class HeldRow(models.Model):
    """A row that holds from one entry of the log on and before another, None for now.

    Rows follow from what is given out of the log: of a document that was withdrawn or erased since there are none, not
    even closed ones. `valid_before_seq` ends the indexes that lists are read in order from. Others hold what is looked
    up and nothing more: PostgreSQL writes a value down once for all rows that have it.
    """

    valid_from_seq = models.BigIntegerField()
    valid_before_seq = models.BigIntegerField(null=True)

    objects = CurrentRows()
    history = AllRows()

    class Meta:
        abstract = True


def _ends_after_it_begins(name: str) -> models.CheckConstraint:
    return models.CheckConstraint(
        condition=Q(valid_before_seq=None) | Q(valid_before_seq__gt=F("valid_from_seq")), name=f"{name}_ends_later"
    )


class Address(HeldRow):
    """One address that an object has or once had: the last part of its path. Addresses lead somewhere for ever.

    `owner` is the object whose address it is, `public_id` the object to which it leads now: another one where the
    owner was merged. Every object's own id is an address of it too. `current` marks the address under which the
    owner stands; a withdrawn or merged owner has none. `kind` is never "redirect".
    """

    kind = models.CharField(max_length=20)
    slug = models.CharField(max_length=120)
    owner = models.CharField(max_length=12)
    public_id = models.CharField(max_length=12)
    current = models.BooleanField()

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["kind", "slug"], condition=Q(valid_before_seq=None), name="address_leads_to_one"
            ),
            models.UniqueConstraint(fields=["kind", "slug", "valid_from_seq"], name="address_led_to_one"),
            _ends_after_it_begins("address"),
        ]
        indexes = [
            models.Index(fields=["owner"], name="address_by_owner"),
            models.Index(fields=["public_id"], name="address_by_object"),
        ]

    def __str__(self) -> str:
        return f"{self.kind} {self.slug}"


class Current(HeldRow):
    """The document that stands for one object, with what lists are sorted and found by.

    Withdrawn and merged objects have no row. `sort` is the position of a topic, question or claim, the folded name of
    an actor or outlet, the last day that the date of an article or statement can mean (empty where it has none).
    """

    public_id = models.CharField(max_length=12)
    kind = models.CharField(max_length=20)
    publication = models.ForeignKey(Publication, on_delete=models.DO_NOTHING, related_name="+")
    slug = models.CharField(max_length=120)
    label = models.CharField(max_length=500)
    parent = models.CharField(
        max_length=12,
        blank=True,
        help_text="question of a claim, outlet of an article, speaker of a statement, article of an unnamed source",
    )
    sort = models.CharField(max_length=40, blank=True)
    name_key = models.CharField(
        max_length=40, blank=True, db_default="", help_text="folded label, in Latin letters; none of a statement"
    )
    facet = models.CharField(
        max_length=35, blank=True, db_default="", help_text="kind of an actor, claim or outlet; language of an article"
    )

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["public_id", "valid_from_seq"], name="current_is_one"),
            _ends_after_it_begins("current"),
        ]
        indexes = [
            models.Index(fields=["kind", "sort", "public_id", "valid_before_seq"], name="current_by_kind"),
            models.Index(fields=["parent", "sort", "public_id", "valid_before_seq"], name="current_by_parent"),
            models.Index(
                fields=["kind", "name_key", "public_id", "valid_before_seq"],
                name="current_by_name",
                condition=Q(name_key__gt=""),
            ),
            models.Index(
                fields=["kind", "facet", "name_key", "public_id", "valid_before_seq"],
                name="current_by_facet",
                condition=Q(facet__gt=""),
            ),
            models.Index(fields=["parent", "-publication", "public_id"], name="current_by_entry"),
        ]

    def __str__(self) -> str:
        return f"{self.kind} {self.label}"


class Reference(HeldRow):
    """One document names another: what would break, or must be derived anew, when `target` changes.

    Ids as the documents write them, not as redirects lead. `kind` is that of the source ("redirect" for a redirect),
    `seq` where its document stands in the log: a selection goes from numbers, which are found sooner than ids.
    """

    seq = models.BigIntegerField()
    source = models.CharField(max_length=12)
    kind = models.CharField(max_length=20)
    target = models.CharField(max_length=12)

    class Meta:
        indexes = [
            models.Index(fields=["source"], name="reference_by_source"),
            models.Index(fields=["seq"], name="reference_by_seq"),
            models.Index(fields=["target", "kind"], name="reference_by_target"),
        ]
        constraints = [_ends_after_it_begins("reference")]

    def __str__(self) -> str:
        return f"{self.kind} {self.source} names {self.target}"


_NEWEST_FIRST = ("-latest", "-statement", "seq", "valid_before_seq")


class Position(HeldRow):
    """One stance of one current statement towards one claim: what comparisons and filters read.

    Claim, question and actor are those to which redirects lead; `seq` is where the statement stands in the log.
    """

    seq = models.BigIntegerField()
    statement = models.CharField(max_length=12)
    claim = models.CharField(max_length=12)
    question = models.CharField(max_length=12)
    actor = models.CharField(max_length=12, blank=True)
    actor_kind = models.CharField(max_length=30, blank=True)
    speaker = models.CharField(
        max_length=160, help_text="the actor, or the article and the label of a speaker without an id"
    )
    stance = models.CharField(max_length=20)
    earliest = models.DateField(null=True)
    latest = models.DateField(null=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["statement", "claim", "valid_from_seq"], name="position_is_one_per_claim"),
            _ends_after_it_begins("position"),
        ]
        indexes = [
            NewestFirstIndex(fields=["question", *_NEWEST_FIRST], name="position_by_question"),
            NewestFirstIndex(fields=["claim", *_NEWEST_FIRST], name="position_by_claim"),
            NewestFirstIndex(fields=["actor", *_NEWEST_FIRST], name="position_by_actor"),
            models.Index(fields=["question", "-seq", "statement"], name="position_question_entry"),
            models.Index(fields=["claim", "-seq", "statement"], name="position_claim_entry"),
            models.Index(
                fields=["claim", "stance", "speaker", "latest", "statement"],
                name="position_by_stance",
                condition=Q(valid_before_seq=None),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.statement} {self.stance} {self.claim}"


class Printing(HeldRow):
    """One appearance of one current statement: what counts of articles and of origins are made from.

    `origin` names the independent report on which this printing rests (record/documents/origins.py): two printings with
    the same origin are one origin.
    """

    statement = models.CharField(max_length=12)
    number = models.PositiveIntegerField(help_text="index of the appearance in its statement's document, from 0")
    article = models.CharField(max_length=12)
    outlet = models.CharField(max_length=12)
    language = models.CharField(max_length=35)
    origin = models.CharField(max_length=230)
    seq = models.BigIntegerField(db_default=0, help_text="where the statement stands in the log")

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["statement", "number", "valid_from_seq"], name="printing_is_once"),
            _ends_after_it_begins("printing"),
        ]
        indexes = [
            models.Index(fields=["article", "-seq"], name="printing_article_entry"),
            models.Index(fields=["outlet", "-seq"], name="printing_outlet_entry"),
            models.Index(fields=["origin"], name="printing_by_origin"),
        ]

    def __str__(self) -> str:
        return f"{self.statement} in {self.article}"


class Relay(HeldRow):
    """One hop of one printing's chain: what finds "all that rests on this ministry's account"."""

    statement = models.CharField(max_length=12)
    number = models.PositiveIntegerField(help_text="of the printing")
    position = models.PositiveIntegerField(help_text="index of the step in its chain, from 0: nearest to the page")
    actor = models.CharField(max_length=12, blank=True)
    outlet = models.CharField(max_length=12, blank=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["statement", "number", "position", "valid_from_seq"], name="relay_is_once"),
            _ends_after_it_begins("relay"),
        ]
        indexes = [
            models.Index(fields=["actor"], name="relay_by_actor"),
            models.Index(fields=["outlet"], name="relay_by_outlet"),
        ]

    def __str__(self) -> str:
        return f"{self.statement} through {self.actor or self.outlet}"


class Voice(models.Model):
    """Where one speaker stands on one claim now: its newest position of one `sort`. See record/projections/voices.py.

    What is passed on stands beside what is held, and beside both that a speaker was asked and said nothing.
    """

    claim = models.CharField(max_length=12)
    question = models.CharField(max_length=12)
    speaker = models.CharField(max_length=160)
    actor = models.CharField(max_length=12, blank=True)
    sort = models.CharField(max_length=8, help_text="held, relayed or other")
    stance = models.CharField(max_length=20)
    statement = models.CharField(max_length=12)
    latest = models.PositiveIntegerField(help_text="last day that its date can mean, as an ordinal; 0 without a date")
    origins = models.PositiveIntegerField(help_text="of that statement")

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["claim", "speaker", "sort"], name="voice_is_one_per_claim"),
        ]
        indexes = [
            models.Index(fields=["claim", "stance", "-latest", "speaker"], name="voice_by_day"),
            models.Index(fields=["claim", "stance", "-origins", "-latest", "statement"], name="voice_by_origins"),
            models.Index(fields=["question", "speaker"], name="voice_by_question"),
        ]

    def __str__(self) -> str:
        return f"{self.speaker} {self.stance} {self.claim}"


class Summary(models.Model):
    """What a page counts, kept up to date by publishing: of a question, claim, actor, outlet or article, and "home".

    Numbers alone, so that an erasure has nothing to purge here. Every page that stands has a row; a statement has one
    where something that its page shows changed after it. What is counted: record/projections/page_counts.py.
    """

    page = models.CharField(max_length=12, primary_key=True)
    kind = models.CharField(max_length=20)
    parent = models.CharField(max_length=12, blank=True, help_text="question of a claim")
    sort = models.CharField(max_length=40, blank=True, help_text="place among questions or claims, as in Current")
    changed_seq = models.BigIntegerField(help_text="newest entry that changed what the page shows")
    statements = models.PositiveIntegerField(default=0)
    actors = models.PositiveIntegerField(default=0)
    articles = models.PositiveIntegerField(default=0)
    origins = models.PositiveIntegerField(default=0)
    claims = models.PositiveIntegerField(default=0)
    contested = models.PositiveIntegerField(default=0, help_text="claims; 1 or 0 for a claim")
    details = models.TextField(
        blank=True, help_text="JSON: of a claim, by stance, positions and voices; of home, by kind, what stands"
    )

    class Meta:
        indexes = [
            models.Index(
                fields=["parent", "-contested", "-statements", "sort", "page"],
                name="summary_by_question",
                condition=Q(parent__gt=""),
            ),
            models.Index(
                fields=["-contested", "-changed_seq", "page"],
                name="summary_of_questions",
                condition=Q(kind="question"),
            ),
            models.Index(fields=["-claims", "page"], name="summary_of_actors", condition=Q(kind="actor")),
            models.Index(fields=["-statements", "page"], name="summary_of_articles", condition=Q(kind="article")),
        ]

    def __str__(self) -> str:
        return f"{self.kind} {self.page}: {self.statements} statements"


class RecordState(models.Model):
    """One row: what is known of the record as a whole. Missing where summaries are not kept yet, after an upgrade."""

    id = models.PositiveSmallIntegerField(primary_key=True, default=1)
    wide_seq = models.BigIntegerField(help_text="newest entry that changed more pages than are noted one by one")
    emptied = models.BigIntegerField(help_text="rows of the log that say nothing any more")
    rewrites = models.BigIntegerField(default=0, help_text="how often rows were made anew without a new entry")

    class Meta:
        constraints = [models.CheckConstraint(condition=Q(id=1), name="recordstate_is_one")]

    def __str__(self) -> str:
        return f"emptied {self.emptied}"
