"""What must hold before something becomes public, and what a reviewer should look at and may publish all the same.

A name that was public and is withheld from now on: what stands must not tell it, and the history forgets it.

Every breach is a sentence about one object.
"""

from collections.abc import Callable, Iterable, Iterator, Sequence
from functools import partial

from django.contrib.auth.models import User

from articles.editors import AnyUser
from articles.models import Article, Passage, TrackedModel
from articles.text import fingerprint
from articles.tracked_changes import Refusal
from record import documents as public
from record.documents import Redirect, decode, label_of
from record.documents import kind_of as kind_of_document
from record.log import erase_versions, ledger
from record.models import Address, Publication

from ..changes.claims_and_actors import refuse_invalid_figure
from ..changes.outlet_framings import refuse_absent_words
from ..changes.recording import is_derived_from
from ..changes.wording import doubt_of_mode, fault_of_mode, fault_of_wording, markings_of_statement
from ..models import Actor, Appearance, Claim, Release, Stance, Statement
from ..privacy import HINT
from ..privacy.redactor import Redactor, possible_names, revealed_labels
from .loading import is_public, kind_of
from .planned_documents import Complaint, Plan, PlannedDocument
from .speakers import first_positions, has_lost_name, names_by_actor, other_speaker

PUBLISH_PERMISSION = "claims.publish"


def complaints(plan: Plan, *, withheld: Redactor, by: User | None = None) -> Iterator[Complaint]:
    """Every breach of a rule in a plan. With `by`, also what keeps this user from publishing it."""
    fingerprints: dict[int, str] = {}
    for planned in plan.planned_documents:
        obj = planned.obj
        yield from _workflow_complaints(planned, plan.releases.get(obj.public_id))
        if isinstance(planned.document, Redirect):
            continue
        if isinstance(obj, Statement):
            yield from _statement_complaints(obj, fingerprints)
        elif isinstance(obj, Claim):
            yield from _complaint_of_rule(obj, partial(refuse_invalid_figure, obj))
        elif isinstance(obj, Article) and isinstance(planned.document, public.Article):
            yield from _framing_complaints(obj, planned.document)
    yield from _withheld_name_complaints([*plan.planned_documents, *plan.neighbours], withheld)
    yield from _address_complaints(plan.planned_documents)
    if by is not None and not may_publish(by):
        yield from (
            Complaint(entry.obj, f"{by} may not publish: only reviewers do.") for entry in plan.planned_documents[:1]
        )


def may_publish(by: AnyUser | None) -> bool:
    """Whether this user may publish, send back and withdraw at all."""
    return by is not None and by.has_perm(PUBLISH_PERMISSION)


def _complaint_of_rule(obj: TrackedModel, rule: Callable[[], object]) -> Iterator[Complaint]:
    try:
        rule()
    except Refusal as refused:
        yield Complaint(obj, f"“{obj.mention}”: {refused.sentence}", refused.field)


def _workflow_complaints(planned: PlannedDocument, release: Release | None) -> Iterator[Complaint]:
    obj = planned.obj
    if isinstance(obj, Actor | Claim) and obj.merged_into_id and not is_public(release):
        yield Complaint(
            obj, f"“{obj.mention}” was merged into “{obj.merged_into}” and is not public: publish that one."
        )
    if release is None:
        return
    if release.state == Release.State.SENT_BACK:
        word = f" with the word “{release.note}”" if release.note else ""
        yield Complaint(obj, f"“{obj.mention}” was sent back{word}: it must be submitted again first.")
    if release.state == Release.State.WITHDRAWN and planned.is_added:
        yield Complaint(
            obj,
            f"“{planned.needed_by}” needs “{obj.mention}”, which was withdrawn: select it too to make it public again.",
        )


def _statement_complaints(statement: Statement, fingerprints: dict[int, str]) -> Iterator[Complaint]:
    appearances = list(statement.appearances.all())
    if not appearances:
        yield Complaint(
            statement,
            f"“{statement.mention}” needs at least one passage before it can be published.",
            "appearances",
        )
    if not statement.stances.all():
        yield Complaint(
            statement,
            f"“{statement.mention}” needs a stance towards at least one claim before it is published.",
            "stances",
        )
    for appearance in appearances:
        yield from _quotation_complaints(statement, appearance.passage, fingerprints)
        yield from _chain_complaints(statement, appearance)
    speakers = [statement.speaker] if statement.speaker else []
    relaying = [step.actor for appearance in appearances for step in appearance.steps.all() if step.actor]
    sources: list[Actor | Claim] = [*speakers, *relaying]
    for other in [*sources, *(stance.claim for stance in statement.stances.all())]:
        if other.merged_into_id:
            yield Complaint(
                statement, f"“{statement.mention}” uses “{other}”, which was merged: use the entry it was merged into."
            )
    yield from _silence_complaints(statement, appearances)


def _quotation_complaints(statement: Statement, passage: Passage, fingerprints: dict[int, str]) -> Iterator[Complaint]:
    """The words of a passage, once more, character by character; and that the text of its capture is untouched.

    A capture known from a published record alone has the SHA-256 of a text that is not here.
    """
    capture = passage.capture
    if capture.pk not in fingerprints:
        fingerprints[capture.pk] = capture.sha256 if capture.adopted else fingerprint(capture.text)
    if fingerprints[capture.pk] != capture.sha256:
        yield Complaint(
            statement,
            f"“{statement.mention}”: the saved text of “{capture.article}” has been altered since it was saved "
            "(its SHA-256 differs).",
            "appearances",
        )
    if not passage.exact or capture.text[passage.start : passage.end] != passage.exact:
        yield Complaint(
            statement,
            f"“{statement.mention}”: the words “{passage}” are not where the passage says in “{capture.article}”.",
            "appearances",
        )


def _chain_complaints(statement: Statement, appearance: Appearance) -> Iterator[Complaint]:
    positions = sorted(step.position for step in appearance.steps.all())
    if positions != list(range(1, len(positions) + 1)):
        yield Complaint(
            statement, f"“{statement.mention}”: the chain in “{appearance.passage}” has a gap.", "appearances"
        )
    article = appearance.passage.capture.article
    actors = [step.actor for step in appearance.steps.all() if step.actor]
    for actor in [*actors, *([statement.speaker] if statement.speaker else [])]:
        own = actor.reported_in_id is not None and is_derived_from(article, actor.reported_in_id)
        if actor.kind == Actor.Kind.UNNAMED and not own:
            yield Complaint(
                statement,
                f"“{statement.mention}”: the unnamed source “{actor}” comes from a different article than “{article}”, "
                "which is not derived from it.",
                "appearances",
            )


def _silence_complaints(statement: Statement, appearances: Sequence[Appearance]) -> Iterator[Complaint]:
    """Silence by omission rests on a text that is there as a whole; silence as told on words that tell it.

    The words that tell it are the cue ("did not mention"), and it stands in the passage.
    """
    if not any(stance.kind == Stance.Kind.SILENT for stance in statement.stances.all()) or not appearances:
        return
    if any(appearance.passage.capture.complete for appearance in appearances):
        return
    if any(
        appearance.cue and appearance.cue.casefold() in appearance.passage.exact.casefold()
        for appearance in appearances
    ):
        return
    yield Complaint(
        statement,
        f"“{statement.mention}”: silence needs either the complete text of what was said or a passage that reports it. "
        "Import the complete text, or choose that passage and enter as its cue the words that say so "
        "(“did not mention”).",
        "stances",
    )


def _framing_complaints(article: Article, document: public.Article) -> Iterator[Complaint]:
    public = {(framing.claim, framing.part) for framing in document.framings}
    for framing in article.framings.all():
        if (framing.claim.public_id, framing.part) in public:
            yield from _complaint_of_rule(article, partial(refuse_absent_words, article, framing.part, framing.words))


def _withheld_name_complaints(planned: Iterable[PlannedDocument], withheld: Redactor) -> Iterator[Complaint]:
    for entry in planned:
        obj = entry.obj
        for field, label in revealed_labels(entry.document, withheld):
            yield Complaint(
                obj,
                f"The {kind_of(obj)} “{obj.mention}” reveals a withheld name (that of “{label}”) in its {field}.",
                field.partition(" ")[0],
            )


def _address_complaints(planned: Iterable[PlannedDocument]) -> Iterator[Complaint]:
    """An address that leads to one object for ever cannot become another's."""
    slugs = {(entry.kind, entry.document.slug): entry.obj for entry in planned}
    taken = Address.objects.filter(slug__in={slug for _, slug in slugs})
    for kind, slug, owner in taken.values_list("kind", "slug", "owner"):
        obj = slugs.get((kind, slug))
        if obj is not None and owner != obj.public_id:
            yield Complaint(
                obj, f"“{obj.mention}” needs another address: “{slug}” is, or once was, another {kind}’s.", "slug"
            )


def misplaced_words(plan: Plan) -> Iterator[Complaint]:
    """A sentence for every passage of the plan's statements that was moved and not confirmed, or is somebody else's."""
    statements = [
        entry.obj
        for entry in plan.planned_documents
        if isinstance(entry.obj, Statement) and not isinstance(entry.document, Redirect)
    ]
    appearances = [(statement, appearance) for statement in statements for appearance in statement.appearances.all()]
    if not appearances:
        return
    places = first_positions(appearance.passage for _, appearance in appearances)
    names = names_by_actor(key for statement, appearance in appearances for key in _actor_keys(statement, appearance))
    for statement, appearance in appearances:
        passage, article = appearance.passage, appearance.passage.capture.article
        if passage.moved_from_id is not None:
            yield Complaint(
                statement,
                f"“{statement.mention}”: the words “{passage}” were moved to a newer text of “{article}”, and nobody "
                "has confirmed the match yet: compare both texts on the passage's page.",
                "appearances",
            )
        other = _speaker_in_text(statement, appearance, names)
        if other:
            yield Complaint(
                statement,
                f"“{statement.mention}”: “{article}” attributes the words “{passage}” to {other}, "
                f"not to {statement.speaker}.",
                "appearances",
            )
        elif has_lost_name(passage, appearance.printed_name, places):
            yield Complaint(
                statement,
                f"“{statement.mention}”: the name “{appearance.printed_name}” was next to the words “{passage}” before "
                f"they were moved, but no longer is in “{article}”. Check who says them there.",
                "appearances",
            )


def _speaker_in_text(statement: Statement, appearance: Appearance, names: dict[int, list[str]]) -> str:
    """Another person than the statement's, to whom the article surely gives the words; "" where that is not sure."""
    speaker, passage = statement.speaker, appearance.passage
    if speaker is None or speaker.kind != Actor.Kind.PERSON or not passage.capture.complete or passage.capture.adopted:
        return ""
    known = [name for actor in _actor_keys(statement, appearance) for name in names.get(actor, ())]
    known += [name for name in (appearance.printed_name, *(step.label for step in appearance.steps.all())) if name]
    return other_speaker(passage.capture.text, passage.capture.article.language, passage.start, passage.end, known)


def _actor_keys(statement: Statement, appearance: Appearance) -> list[int]:
    """Whoever may be named beside the words: the speaker, and those who relay it."""
    return [key for key in (statement.speaker_id, *(step.actor_id for step in appearance.steps.all())) if key]


def wording_warnings(becoming: Sequence[PlannedDocument]) -> Iterator[Complaint]:
    """Of claims and summaries that do not stand alone, and of modes that the marks in the articles speak against."""
    for planned in becoming:
        obj = planned.obj
        if isinstance(planned.document, Redirect):
            continue
        if isinstance(obj, Claim) and (fault := fault_of_wording(obj.text, language=obj.language)):
            yield Complaint(obj, f"“{obj.mention}”: {fault}", "text")
        if isinstance(obj, Statement):
            if fault := fault_of_wording(obj.summary):
                yield Complaint(obj, f"“{obj.mention}”: {fault}", "summary")
            marks = markings_of_statement(obj)
            if doubt := fault_of_mode(obj.mode, marks) or doubt_of_mode(obj.mode, marks):
                yield Complaint(obj, f"“{obj.mention}”: {doubt}", "mode")


MIN_SEARCHABLE_WORDS = 8  # words of a quotation by which a search engine finds one article


def newly_withheld_actors(becoming: Sequence[PlannedDocument]) -> list[Actor]:
    """The actors among what becomes public whose name some earlier version told."""
    actors = [
        planned.obj
        for planned in becoming
        if isinstance(planned.obj, Actor) and planned.obj.protection == Actor.Protection.WITHHELD
    ]
    older = Publication.objects.filter(public_id__in=[actor.public_id for actor in actors], kind="actor")
    naming = {row.public_id for row in older.exclude(document=None) if _names_its_actor(row)}
    return [actor for actor in actors if actor.public_id in naming]


def _names_its_actor(row: Publication) -> bool:
    """Whether a version of the document of an actor tells its name."""
    document = decode(row.document) if row.document else None
    return isinstance(document, public.Actor) and not document.withheld


def name_warnings(becoming: Sequence[PlannedDocument], *, withheld: Redactor) -> Iterator[Complaint]:
    """What the reviewer should know before publishing, and may publish all the same."""
    for planned in becoming:
        for field, found in possible_names(planned.document, withheld):
            what = (
                "a word that is part of a withheld name"
                if found.grade == HINT
                else "what is very likely a form of a withheld name"
            )
            yield Complaint(
                planned.obj,
                f"The {planned.kind} “{planned.obj}” contains {what} (that of “{found.label}”) in its {field}. "
                "Readers might make the connection.",
                field.partition(" ")[0],
                form=found.form,
            )
    for actor in newly_withheld_actors(becoming):
        yield Complaint(
            actor,
            f"Readers have seen the name of “{actor}”. Publishing erases older versions that contain it from the "
            "public log, but not from copies made elsewhere.",
            "protection",
        )
    for planned in becoming:
        if isinstance(planned.obj, Statement) and not isinstance(planned.document, Redirect):
            yield from _searchable_words_warnings(planned.obj)


def _searchable_words_warnings(statement: Statement) -> Iterator[Complaint]:
    """Of a statement whose speaker is withheld, the words that a search engine finds the article by."""
    if statement.speaker is None or statement.speaker.protection != Actor.Protection.WITHHELD:
        return
    quotations = [statement.words, *(appearance.passage.exact for appearance in statement.appearances.all())]
    for words in dict.fromkeys(quotations):
        if len(words.split()) >= MIN_SEARCHABLE_WORDS:
            yield Complaint(
                statement,
                f"“{words}”: {len(words.split())} words from a person whose name is withheld. Searching for them could "
                "lead to where they were printed, and so to the name: choose a shorter passage.",
                "protection",
            )


def remaining_name_complaints(made: Plan, withheld: Redactor) -> Iterator[Complaint]:
    """Every public document outside the plan that still tells a name which the plan withholds."""
    actors = newly_withheld_actors(made.planned_documents)
    if not actors:
        return
    names = withheld.limited_to(actors)
    changing = [entry.obj.public_id for entry in [*made.planned_documents, *made.neighbours]]
    others = Publication.objects.filter(superseded_by=None).exclude(document=None).exclude(public_id__in=changing)
    for row in others.iterator():
        if not row.document or not names.label_in_json(row.document):
            continue
        document = decode(row.document)
        if any(revealed_labels(document, names)):
            yield Complaint(
                actors[0],
                f"The public {kind_of_document(document)} “{label_of(document)}” reveals a name to be withheld: "
                "publish it without the name at the same time, or withdraw it first.",
            )


def erase_revealing_versions(made: Plan) -> None:
    """Erases the replaced versions that tell a name which the plan has withheld, whosever versions they are."""
    everybody = Redactor.load()
    for actor in newly_withheld_actors(made.planned_documents):
        names = everybody.limited_to([actor])
        replaced = Publication.objects.filter(superseded_by__isnull=False).exclude(document=None)
        seqs = [
            row.seq
            for row in replaced.iterator()
            if names.label_in_json(row.document or "") or names.label_in(row.reason)
        ]
        erase_versions(seqs)
        ledger.enter(
            "withheld",
            ids=[actor.public_id],
            seqs=seqs,
            label=actor.public_label,
            person=actor.kind == Actor.Kind.PERSON,
            names={"names": {name for person in names.people for name in person.names}},
        )
