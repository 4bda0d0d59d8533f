"""Outlets, their articles, the captured texts of these, and the passages marked in them."""

from typing import ClassVar, Self

from django.core.validators import RegexValidator
from django.db import models
from django.db.models import Exists, F, OuterRef, Q
from django.db.models.functions import Length

from .tracked import TrackedModel

models.CharField.register_lookup(Length)
models.TextField.register_lookup(Length)

# The last line of defence, for what comes past the verbs: http or https, no user name, a host with a dot, no space.
# \Z, because $ would let a line end through on SQLite, whose REGEXP is that of Python. The rule is in addresses.py.
WEB_ADDRESS_PATTERN = r"\A(https?://[^\s/@?#]+\.[^\s/@?#]+([/?#]\S*)?)?\Z"
NOT_WEB_MESSAGE = "An address must begin with http:// or https:// and name a site of the web."

validate_language = RegexValidator(
    r"\A[a-zA-Z]{2,8}(-[a-zA-Z0-9]{1,8})*\Z", "This is not a BCP 47 language tag, such as en, kk-Cyrl or zh-Hans."
)


LONG_CAPTURE_FIELDS = ("text", "removed", "read_text", "edits", "places")

# Questions that have a name, each with a fixed number of queries.


class ArticleQuerySet(models.QuerySet["Article"]):
    def excerpts_only(self) -> Self:
        """Articles of which no whole text has been captured, but an excerpt has."""
        captures = Capture.objects.filter(article=OuterRef("pk"))
        return self.filter(Exists(captures)).exclude(Exists(captures.filter(complete=True)))


class CaptureQuerySet(models.QuerySet["Capture"]):
    def without_texts(self) -> Self:
        """Without what is long in them."""
        return self.defer(*LONG_CAPTURE_FIELDS)

    def newest_first(self) -> Self:
        return self.order_by("-retrieved_at", "-id")

    def whole(self) -> Self:
        return self.filter(complete=True)

    def newest_complete(self) -> "Capture | None":
        """The newest capture of the whole text, or None."""
        return self.whole().newest_first().first()

    def best_for_quoting(self) -> Self:
        """Newest first, whole texts before excerpts: the first one is the capture an editor marks passages in."""
        return self.order_by("-complete", "-retrieved_at", "-id")

    def with_newer_text(self) -> Self:
        """Captures that a later whole text of the same article has followed."""
        later = self.model._base_manager.filter(article=OuterRef("article"), complete=True)
        later = later.filter(
            Q(retrieved_at__gt=OuterRef("retrieved_at"))
            | Q(retrieved_at=OuterRef("retrieved_at"), id__gt=OuterRef("id"))
        )
        return self.filter(Exists(later))


class PassageQuerySet(models.QuerySet["Passage"]):
    def not_in_newest_text(self) -> Self:
        """Passages whose words were not found in the newest whole text of their article."""
        return self.filter(capture__in=self._captures().with_newer_text())

    def awaiting_decision(self) -> Self:
        """Of these, those of which no editor has said yet whether they were reworded or are gone."""
        return self.not_in_newest_text().filter(Q(gone_from=None) | Q(gone_from__in=self._captures().with_newer_text()))

    def declared_gone(self) -> Self:
        """Of these, those that an editor has looked for in the newest text and declared gone from it."""
        return (
            self.not_in_newest_text()
            .filter(gone_from__isnull=False)
            .exclude(gone_from__in=self._captures().with_newer_text())
        )

    def awaiting_confirmation(self) -> Self:
        """Passages that were moved to another text and that nobody has confirmed yet."""
        return self.filter(moved_from__isnull=False)

    def _captures(self) -> CaptureQuerySet:
        return Capture.objects.order_by()


class Outlet(TrackedModel):
    """Who prints: a newspaper, an agency, a broadcaster, a platform."""

    class Kind(models.TextChoices):
        NEWSPAPER = "newspaper"
        AGENCY = "agency"
        BROADCASTER = "broadcaster"
        MAGAZINE = "magazine"
        PLATFORM = "platform"
        OTHER = "other"

    class Control(models.TextChoices):
        YES = "yes", "state-controlled"
        NO = "no", "not state-controlled"
        UNKNOWN = "unknown", "not known"

    name = models.CharField(max_length=200, unique=True)
    slug = models.SlugField(max_length=100, unique=True)
    kind = models.CharField(max_length=20, choices=Kind, default=Kind.NEWSPAPER)
    country = models.CharField(max_length=2, blank=True, help_text="ISO 3166 code, two letters, such as KZ")
    homepage = models.URLField(max_length=500, blank=True)
    owner = models.CharField(max_length=200, blank=True)
    state_controlled = models.CharField(max_length=10, choices=Control, default=Control.UNKNOWN)

    class Meta:
        ordering = ["name"]
        constraints = [
            models.CheckConstraint(
                condition=Q(homepage__regex=WEB_ADDRESS_PATTERN),
                name="outlet_homepage_is_web",
                violation_error_message=NOT_WEB_MESSAGE,
            ),
            models.CheckConstraint(
                condition=Q(country__regex=r"\A([A-Z]{2})?\Z"),
                name="outlet_country_is_iso",
                violation_error_message="Use the two-letter ISO 3166 country code, such as KZ.",
            ),
            models.CheckConstraint(
                condition=~Q(name=""), name="outlet_has_name", violation_error_message="An outlet needs a name."
            ),
        ]

    index_rank = 3

    def indexed_texts(self) -> list[str]:
        return [self.name, self.owner]

    def __str__(self) -> str:
        return self.name


class Article(TrackedModel):
    """One article as one outlet printed it. Its text is in its captures."""

    class Derivation(models.TextChoices):
        NONE = "", "not derived"
        VERBATIM = "verbatim"
        EDITED = "edited"
        EXCERPT = "excerpt"
        TRANSLATION = "translation"

    outlet = models.ForeignKey(Outlet, on_delete=models.PROTECT, related_name="articles")
    slug = models.SlugField(max_length=120, unique=True)
    url = models.URLField(max_length=1000, blank=True)
    headline = models.CharField(max_length=500, blank=True)
    byline = models.CharField(max_length=300, blank=True)
    dateline = models.CharField(max_length=200, blank=True)
    language = models.CharField(
        max_length=35, default="en", validators=[validate_language], help_text="BCP 47, such as en or kk-Cyrl"
    )
    published = models.CharField(max_length=23, blank=True, help_text="2019, 2019-09 or 2019-09-03; ~ for about")
    published_earliest = models.DateField(null=True, blank=True, editable=False)
    published_latest = models.DateField(null=True, blank=True, editable=False)
    credited_agency = models.CharField(max_length=200, blank=True, help_text="as named in the credit line")
    derived_from = models.ForeignKey(
        "self", null=True, blank=True, on_delete=models.PROTECT, related_name="derivatives"
    )
    derivation = models.CharField(max_length=20, choices=Derivation, blank=True, default=Derivation.NONE)

    objects = ArticleQuerySet.as_manager()

    class Meta:
        ordering = ["-published_latest", "-id"]
        constraints = [
            models.UniqueConstraint(
                fields=["url"],
                condition=~Q(url=""),
                name="article_url_is_unique",
                violation_error_message="There is already an article with this address.",
            ),
            models.CheckConstraint(
                condition=Q(url__regex=WEB_ADDRESS_PATTERN),
                name="article_url_is_web",
                violation_error_message=NOT_WEB_MESSAGE,
            ),
            models.CheckConstraint(
                condition=Q(derived_from=None, derivation="") | (Q(derived_from__isnull=False) & ~Q(derivation="")),
                name="article_derivation_is_whole",
                violation_error_message="Give both: the article this one derives from, and how it derives.",
            ),
            models.CheckConstraint(
                condition=~Q(derived_from=F("id")),
                name="article_not_derived_from_itself",
                violation_error_message="An article cannot derive from itself.",
            ),
            models.CheckConstraint(
                condition=Q(published="", published_earliest=None, published_latest=None)
                | (
                    ~Q(published="")
                    & Q(published_earliest__isnull=False)  # NULL <= NULL is not false, and would pass
                    & Q(published_latest__isnull=False)
                    & Q(published_earliest__lte=F("published_latest"))
                ),
                name="article_published_has_interval",
                violation_error_message="The date of publication has no first and last day.",
            ),
        ]

    index_rank = 2

    def indexed_texts(self) -> list[str]:
        return [self.headline, self.byline, self.dateline, self.credited_agency]

    def __str__(self) -> str:
        return self.headline or f"{self.outlet} {self.published or self.public_id}"


class Capture(models.Model):
    """One immutable text of an article, as it was on one day. Never changed, only followed by another."""

    class Method(models.TextChoices):
        PASTED = "pasted"
        UPLOADED = "uploaded"
        FETCHED = "fetched"
        EXCERPT = "excerpt"
        BOOKMARKLET = "bookmarklet"

    article = models.ForeignKey(Article, on_delete=models.PROTECT, related_name="captures")
    text = models.TextField()
    removed = models.JSONField(
        default=list,
        blank=True,
        help_text="lines left out of the article text: [line number, kind, text] each, none discarded",
    )
    sha256 = models.CharField(max_length=64, editable=False)
    retrieved_at = models.DateTimeField()
    method = models.CharField(max_length=20, choices=Method, default=Method.PASTED)
    archive_url = models.URLField(max_length=1000, blank=True)
    complete = models.BooleanField(default=True, help_text="the whole article, not an excerpt of it")
    adopted = models.BooleanField(
        default=False,
        editable=False,
        help_text="known only from a published record: the SHA-256 is that of the whole text; only the published "
        "words are here, in their places",
    )
    original = models.ForeignKey(
        "Original",
        null=True,
        blank=True,
        editable=False,
        on_delete=models.PROTECT,
        related_name="captures",
        help_text="the bytes that the text was read from; empty for what was taken in before originals were kept",
    )
    reader = models.CharField(
        max_length=100,
        blank=True,
        db_default="",
        editable=False,
        help_text="what made the text of the bytes, with its version",
    )
    chosen = models.CharField(
        max_length=2000,
        blank=True,
        db_default="",
        editable=False,
        help_text="which page or part of the original was read, where it has several",
    )
    read_text = models.TextField(
        blank=True,
        db_default="",
        editable=False,
        help_text="the text as the reader made it, where an editor changed it",
    )
    edits = models.JSONField(
        default=list,
        db_default=models.Value([], models.JSONField()),
        blank=True,
        editable=False,
        help_text="what an editor changed by hand: [start, end] in the reader's text, [start, end] in this one, each",
    )
    edit_count = models.PositiveIntegerField(default=0, db_default=0, editable=False)
    places = models.JSONField(
        default=list,
        db_default=models.Value([], models.JSONField()),
        blank=True,
        editable=False,
        help_text="where the text stands in the original: [start, end, page, begins at, ends at, speaker] each",
    )
    read_again_at = models.DateTimeField(
        null=True,
        blank=True,
        editable=False,
        help_text="when record_verify last found that the original makes this text",
    )

    objects = CaptureQuerySet.as_manager()

    class Meta:
        verbose_name = "saved text"
        ordering = ["id"]
        constraints = [
            models.UniqueConstraint(
                fields=["article", "sha256"],
                name="capture_text_is_once_per_article",
                violation_error_message="This text of the article has already been saved.",
            ),
            models.CheckConstraint(
                condition=Q(sha256__regex=r"\A[0-9a-f]{64}\Z"),
                name="capture_has_sha256",
                violation_error_message="A saved text needs the SHA-256 of its text.",
            ),
            models.CheckConstraint(
                condition=~Q(text=""),
                name="capture_has_text",
                violation_error_message="A saved text must not be empty.",
            ),
            models.CheckConstraint(
                condition=Q(archive_url__regex=WEB_ADDRESS_PATTERN),
                name="capture_archive_is_web",
                violation_error_message=NOT_WEB_MESSAGE,
            ),
            models.CheckConstraint(
                condition=~Q(method="excerpt") | Q(complete=False),
                name="capture_excerpt_is_not_complete",
                violation_error_message="An excerpt is not the complete article.",
            ),
        ]
        indexes = [models.Index(fields=["sha256"], name="capture_by_sha256")]

    index_rank: ClassVar[int] = 1  # in the index of the desk, as of what is tracked

    def __str__(self) -> str:
        return f"{self.article} ({self.retrieved_at:%Y-%m-%d}, {self.method})"

    @property
    def text_of_reader(self) -> str:
        """The text as the reader made it, before an editor changed it by hand."""
        return self.read_text if self.edits else self.text

    def indexed_texts(self) -> list[str]:
        return [self.text]


class Passage(TrackedModel):
    """A span of a capture: `start` and `end` in code points, the exact words, and what stands around them.

    W3C Web Annotation Data Model, TextPositionSelector and TextQuoteSelector (section 4.2). A passage keeps its
    identity when its article is captured again: it is then found in the new text and moved there.
    """

    capture = models.ForeignKey(Capture, on_delete=models.PROTECT, related_name="passages")
    start = models.PositiveIntegerField()
    end = models.PositiveIntegerField()
    exact = models.TextField()
    prefix = models.CharField(max_length=64, blank=True)
    suffix = models.CharField(max_length=64, blank=True)
    marked = models.JSONField(
        null=True,
        blank=True,
        editable=False,
        help_text="the parts in quotation marks, [start, end] within the words; empty if unknown",
    )
    before = models.TextField(
        blank=True,
        db_default="",
        editable=False,
        help_text="what else its sentence has before the words, of a saved text that is known from a record alone",
    )
    after = models.TextField(
        blank=True,
        db_default="",
        editable=False,
        help_text="what else its sentence has after the words, of a saved text that is known from a record alone",
    )
    gone_from = models.ForeignKey(
        Capture,
        null=True,
        blank=True,
        editable=False,
        on_delete=models.PROTECT,
        related_name="+",
        help_text="the later saved text in which an editor looked for these words and found them gone",
    )
    moved_from = models.ForeignKey(
        Capture,
        null=True,
        blank=True,
        editable=False,
        on_delete=models.PROTECT,
        related_name="+",
        help_text="the saved text it was moved from, until somebody confirms that these are the words",
    )

    objects = PassageQuerySet.as_manager()

    class Meta:
        ordering = ["capture", "start"]
        constraints = [
            models.UniqueConstraint(
                fields=["capture", "start", "end"],
                name="passage_span_is_once_per_capture",
                violation_error_message="These words are already marked.",
            ),
            models.CheckConstraint(
                condition=Q(start__lt=F("end")),
                name="passage_starts_before_it_ends",
                violation_error_message="A passage starts before it ends.",
            ),
            models.CheckConstraint(
                condition=Q(exact__length=F("end") - F("start")),
                name="passage_is_as_long_as_its_words",
                violation_error_message="A passage is as long as its words.",
            ),
        ]

    def __str__(self) -> str:
        return self.exact if len(self.exact) <= 80 else self.exact[:79] + "…"


class Shingle(models.Model):
    """A fingerprint of a few words running in a capture, by which reprints and fuller texts of it are found.

    An index that can be made anew from the captures (`manage.py index_captures`): reprints.py says what goes in.
    """

    # Looked up by value alone, so the millions of rows carry no second index.
    capture = models.ForeignKey(Capture, on_delete=models.CASCADE, related_name="shingles", db_index=False)
    value = models.BigIntegerField()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["value", "capture"], name="shingle_is_once_per_capture")]

    def __str__(self) -> str:
        return f"{self.value:x}"
