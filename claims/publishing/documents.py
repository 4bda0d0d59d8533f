"""From the desk's nouns to public documents: the one place where it is decided what of them is public.

Each function names every field that it publishes; those of a statement are named in `record/documents/fields.py`. What
is not named never leaves the desk: notes, traces, texts of captures, removed lines, who wrote it. Where a name is
withheld, its label stands instead.
"""

from collections.abc import Container, Iterable
from decimal import Decimal
from typing import TypeAlias

from django.conf import settings
from msgspec.structs import replace

from articles.models import Article, Capture, Original, Outlet, Passage, TrackedModel
from articles.passage_places import place_of_span
from language.dates.partial import read_date
from language.sentence_edges import rest_of_sentence
from record import documents as public
from record.documents.entries import format_moment
from record.documents.fields import STATEMENT_FIELDS

from ..models import Actor, Appearance, Claim, ClaimSubject, Framing, Question, Release, Statement, Topic
from ..privacy.redactor import Redactor

Publishable: TypeAlias = Topic | Question | Claim | Actor | Outlet | Article | Statement


def document_of(
    obj: TrackedModel, *, named: Container[str] | None = None, withheld: Redactor | None = None
) -> public.AnyDocument:
    """The public document of a topic, question, claim, actor, outlet, article or statement, as the desk has it now.

    `named` holds the public ids that may be named where naming is optional: the questions of a topic, the other claim
    of a relation, an actor that a claim is about, the claim of a framing, the original of an article. Left
    out, those are what is public now, and one query asks for them; so does another for `withheld`. What was merged into
    another becomes a redirect to where that leads.
    """
    if isinstance(obj, Actor | Claim) and obj.merged_into_id:
        return public.Redirect(id=obj.public_id, slug=slug_of(obj), into=survivor(obj).public_id)
    if named is None:
        optional = {neighbour.public_id for neighbour in optional_neighbours(obj)}
        named = set(
            Release.objects.public().filter(public_id__in=optional).values_list("public_id", flat=True)
            if optional
            else ()
        )
    withheld = Redactor.load() if withheld is None else withheld
    match obj:
        case Topic():
            return _topic(obj, named)
        case Question():
            return _question(obj)
        case Claim():
            return _claim(obj, named)
        case Actor():
            return _actor(obj)
        case Outlet():
            return _outlet(obj)
        case Article():
            return _article(obj, named)
        case Statement():
            return _statement(obj, withheld)
    raise TypeError(f"There are no documents of the kind of “{obj.mention}”.")


def slug_of(obj: Publishable) -> str:
    """The last part of the public address: a statement has its identity, and so has whoever's name is withheld."""
    if isinstance(obj, Statement) or (isinstance(obj, Actor) and obj.protection == Actor.Protection.WITHHELD):
        return obj.public_id
    return obj.slug


def survivor(obj: Actor | Claim) -> Actor | Claim:
    """Where merging has led to in the end: the object itself if it was not merged."""
    while obj.merged_into:
        obj = obj.merged_into
    return obj


def optional_neighbours(obj: TrackedModel) -> Iterable[TrackedModel]:
    """What the document names only while that is public too."""
    if isinstance(obj, Claim):
        actors = [subject.actor for subject in obj.subjects.all() if subject.actor]
        return [*(relation.other for relation in obj.relations.all()), *actors]
    if isinstance(obj, Topic):
        return [entry.question for entry in obj.questions.all()]
    if isinstance(obj, Article):
        framed = [framing.claim for framing in obj.framings.all()]
        return [*framed, obj.derived_from] if obj.derived_from else framed
    return []


def remove_mentions(document: public.AnyDocument, ids: Container[str]) -> public.AnyDocument:
    """The document with no optional mention of any of `ids`."""
    if isinstance(document, public.Claim):
        return replace(
            document,
            relations=tuple(relation for relation in document.relations if relation.claim not in ids),
            subjects=tuple(subject for subject in document.subjects if subject.actor not in ids),
        )
    if isinstance(document, public.Topic):
        return replace(document, questions=tuple(question for question in document.questions if question not in ids))
    if isinstance(document, public.Article):
        framings = tuple(framing for framing in document.framings if framing.claim not in ids)
        if document.derived_from in ids:
            return replace(document, framings=framings, derived_from=None, derivation="")
        return replace(document, framings=framings)
    return document


def _topic(topic: Topic, named: Container[str]) -> public.Topic:
    return public.Topic(
        id=topic.public_id,
        slug=slug_of(topic),
        title=topic.title,
        introduction=topic.introduction,
        position=topic.position,
        questions=tuple(
            entry.question.public_id
            for entry in sorted(topic.questions.all(), key=lambda row: row.position)
            if entry.question.public_id in named
        ),
        notes=_notes(topic),
    )


def _question(question: Question) -> public.Question:
    return public.Question(
        id=question.public_id,
        slug=slug_of(question),
        title=question.title,
        description=question.description,
        position=question.position,
        notes=_notes(question),
    )


def _claim(claim: Claim, named: Container[str]) -> public.Claim:
    return public.Claim(
        id=claim.public_id,
        slug=slug_of(claim),
        question=claim.question.public_id,
        text=claim.text,
        kind=claim.kind,
        language=claim.language,
        position=claim.position,
        figure=_figure(claim) if claim.kind == Claim.Kind.FIGURE else None,
        relations=tuple(
            public.Relation(kind=relation.kind, claim=relation.other.public_id)
            for relation in sorted(claim.relations.all(), key=lambda row: row.pk)
            if relation.other.public_id in named
        ),
        subjects=tuple(
            _subject(subject)
            for subject in sorted(claim.subjects.all(), key=lambda row: row.pk)
            if subject.actor is None or subject.actor.public_id in named
        ),
        notes=_notes(claim),
    )


def _subject(subject: ClaimSubject) -> public.Subject:
    return public.Subject(
        kind=subject.kind,
        actor=subject.actor.public_id if subject.actor else None,
        names=tuple(public.SubjectName(text=name, language=language) for name, language in subject.names),
    )


def _notes(obj: Publishable) -> tuple[public.Note, ...]:
    notes = sorted(obj.notes.all(), key=lambda note: note.pk)
    return tuple(public.Note(about=note.about, text=note.text) for note in notes)


def _figure(claim: Claim) -> public.Figure:
    return public.Figure(
        amount=claim.amount,
        lower=claim.lower,
        upper=claim.upper,
        unit=claim.unit,
        modifier=claim.modifier,
        counted=claim.counted,
        as_of=_date(claim.as_of),
        derived=claim.derived,
    )


def _date(edtf: str) -> public.PartialDate | None:
    if not edtf:
        return None
    date = read_date(edtf)
    return public.PartialDate(edtf=date.edtf, earliest=date.earliest, latest=date.latest)


def _actor(actor: Actor) -> public.Actor:
    hidden = actor.protection == Actor.Protection.WITHHELD
    names = [] if hidden else sorted(actor.names.all(), key=lambda row: row.pk)
    identifiers = [] if hidden else sorted(actor.identifiers.all(), key=lambda row: row.register)
    return public.Actor(
        id=actor.public_id,
        slug=slug_of(actor),
        name=actor.public_label if hidden else actor.name,
        kind=actor.kind,
        # A description is written about a person who is known at the desk; the label is written to be read instead.
        description="" if hidden else actor.description,
        withheld=hidden,
        names=tuple(
            public.Name(text=name.name, language=name.language, kind=name.kind, scheme=name.scheme) for name in names
        ),
        identifiers=tuple(
            public.Identifier(register=identifier.register, value=identifier.value) for identifier in identifiers
        ),
        reported_in=actor.reported_in.public_id if actor.reported_in else None,
        notes=() if hidden else _notes(actor),
    )


def _outlet(outlet: Outlet) -> public.Outlet:
    return public.Outlet(
        id=outlet.public_id,
        slug=slug_of(outlet),
        name=outlet.name,
        kind=outlet.kind,
        country=outlet.country,
        homepage=outlet.homepage,
        owner=outlet.owner,
        state_controlled=outlet.state_controlled,
        notes=_notes(outlet),
    )


def _article(article: Article, named: Container[str]) -> public.Article:
    original = article.derived_from
    if original and original.public_id not in named:
        original = None
    return public.Article(
        id=article.public_id,
        slug=slug_of(article),
        outlet=article.outlet.public_id,
        url=article.url,
        headline=article.headline,
        byline=article.byline,
        dateline=article.dateline,
        language=article.language,
        published=_date(article.published),
        credited_agency=article.credited_agency,
        derived_from=original.public_id if original else None,
        derivation=article.derivation if original else "",
        captures=captures_of(article),
        framings=tuple(
            public.Framing(
                claim=framing.claim.public_id,
                part="headline" if framing.part == Framing.Part.HEADLINE else "body",
                treatment=framing.treatment,
                words=framing.words,
                written_by=framing.written_by.public_id if framing.written_by else None,
            )
            for framing in sorted(article.framings.all(), key=lambda row: row.pk)
            if framing.claim.public_id in named
        ),
        notes=_notes(article),
    )


def captures_of(article: Article) -> tuple[public.Capture, ...]:
    """Which texts of the article there are: their hashes, never the texts."""
    return tuple(_capture(capture) for capture in sorted(article.captures.all(), key=lambda row: row.pk))


def _capture(capture: Capture) -> public.Capture:
    return public.Capture(
        sha256=capture.sha256,
        retrieved_at=format_moment(capture.retrieved_at),
        method=capture.method,
        complete=capture.complete,
        archive_url=capture.archive_url,
        original=_original(capture.original) if capture.original else None,
        reader=capture.reader if capture.original else "",
        edit_count=capture.edit_count if capture.original else 0,
    )


def _original(original: Original) -> public.Original:
    return public.Original(
        sha256=original.sha256,
        media_type=original.media_type,
        removed=original.place == Original.Place.REMOVED,
    )


def _statement(statement: Statement, withheld: Redactor) -> public.Statement:
    appearances = sorted(statement.appearances.all(), key=lambda row: row.pk)
    values = {field.name: getattr(statement, field.name) for field in STATEMENT_FIELDS}
    values["speaker"] = statement.speaker.public_id if statement.speaker else None
    values["said_on"] = _date(statement.said_on)
    return public.Statement(
        id=statement.public_id,
        slug=slug_of(statement),
        **values,
        stances=tuple(
            public.Stance(claim=stance.claim.public_id, stance=stance.kind, hedge=stance.hedge, printed=stance.printed)
            for stance in sorted(statement.stances.all(), key=lambda row: row.pk)
        ),
        appearances=tuple(_appearance(appearance, statement.speaker, withheld) for appearance in appearances),
        notes=_notes(statement),
    )


def _appearance(appearance: Appearance, speaker: Actor | None, withheld: Redactor) -> public.Appearance:
    printed = appearance.printed_name
    if printed and speaker and speaker.protection == Actor.Protection.WITHHELD:
        printed = speaker.public_label
    return public.Appearance(
        article=appearance.passage.capture.article.public_id,
        passage=_passage(appearance.passage, withheld, speaker),
        printed_name=printed,
        cue=appearance.cue,
        chain=tuple(
            public.Step(
                actor=step.actor.public_id if step.actor else None,
                outlet=step.outlet.public_id if step.outlet else None,
                label=step.label,
                cue=step.cue,
                relation=step.relation,
            )
            for step in sorted(appearance.steps.all(), key=lambda row: row.position)
        ),
    )


def _passage(passage: Passage, withheld: Redactor, speaker: Actor | None) -> public.Passage:
    prefix, suffix = passage.prefix, passage.suffix
    before, after = _sentence_around(passage, withheld, speaker)
    # The words around a quotation only help to find it. Together with it they may tell a name that it does not tell.
    if withheld.is_likely_in(prefix + passage.exact + suffix):
        prefix = suffix = ""
    return public.Passage(
        exact=passage.exact,
        prefix=prefix,
        suffix=suffix,
        start=passage.start,
        end=passage.end,
        capture=passage.capture.sha256,
        marked=None
        if passage.marked is None
        else tuple(public.Stretch(start=start, end=end) for start, end in passage.marked),
        place=_place(passage, withheld),
        before=before,
        after=after,
    )


def _sentence_around(passage: Passage, withheld: Redactor, speaker: Actor | None) -> tuple[str, str]:
    """The rest of the sentence, as far as the site quotes it; of a capture known from a record what that published.

    Nothing where it may tell a withheld name, in what is left out too, or where it would describe a speaker whose name
    is withheld.
    """
    if speaker and speaker.protection == Actor.Protection.WITHHELD:
        return "", ""
    capture, most = passage.capture, settings.CONTEXT_LENGTH
    if capture.adopted:
        before, after = passage.before, passage.after
        whole = (before, after)
    else:
        before, after = rest_of_sentence(capture.text, passage.start, passage.end, most)
        whole = rest_of_sentence(capture.text, passage.start, passage.end, len(capture.text))
    return ("", "") if withheld.is_likely_in(passage.exact.join(whole)) else (before, after)


def _place(passage: Passage, withheld: Redactor) -> public.Place | None:
    """The place in the original, without a speaker whose name is withheld."""
    found = place_of_span(passage.capture.places, passage.start, passage.end)
    if found is None:
        return None
    speaker = "" if withheld.is_likely_in(found.speaker) else found.speaker
    if found.page is None and found.begins_at is None and not speaker:
        return None
    return public.Place(
        page=found.page,
        last_page=found.last_page,
        begins_at=_seconds(found.begins_at),
        ends_at=_seconds(found.ends_at),
        speaker=speaker,
    )


def _seconds(seconds: float | None) -> Decimal | None:
    return None if seconds is None else Decimal(f"{seconds:.3f}")
