"""From a dossier to the desk and to the public record, through the same verbs as an editor's and a reviewer's work."""

from collections.abc import Callable, Sequence
from typing import Any, Concatenate, ParamSpec, TypeVar

from django.contrib.auth.models import User
from django.db import transaction
from msgspec.structs import asdict

from articles.changes import add_article, add_outlet
from articles.ingest import take_in
from articles.models import Article, Capture, Outlet, TrackedModel

from ... import changes, publishing
from ...changes import PrintingInput, StanceInput, StatementInput, StepInput, SubjectInput, TopicQuestionInput
from ...changes.text_recording import record_from_text
from ...models import Actor, Claim, Question, Statement, Topic
from .. import locate_refusals
from .dossier_types import (
    ActorEntry,
    ArticleEntry,
    ClaimEntry,
    Dossier,
    ObjectEntry,
    OutletEntry,
    PrintedQuotation,
    QuestionEntry,
    StatementEntry,
    StatementsFile,
    TopicEntry,
)

Entry = TypeVar("Entry", bound=ObjectEntry)
Noun = TypeVar("Noun", bound=TrackedModel)
More = ParamSpec("More")

QUESTIONS_FILE, OUTLETS_FILE, ACTORS_FILE = "questions.toml", "outlets_and_articles.toml", "actors.toml"
QUESTIONS_REASON = "The questions of this account, and the claims that compete to answer them."
REST_REASON = "Outlets that are credited, and people who are spoken of without being quoted."


def record_dossier(
    dossier: Dossier, *, editor: User, reviewer: User, done: Callable[[], object] = lambda: None
) -> dict[str, int]:
    """Records the whole dossier as `editor` and publishes it as `reviewer`, all or nothing; calls `done` at each step.

    Published are first the topics and the questions with their claims and whom these are about, then what each article
    prints, in the order of the files of statements, then what nothing has needed so far. What was corrected, withdrawn
    or merged since follows, each in an act of its own. Returns how many of each there are now. What a verb refuses is
    raised as `ImportRefused`, with the place in the dossier.
    """
    with transaction.atomic():
        recording = _DossierRecorder(dossier, editor, reviewer, done)
        recording.all()
    return recording.counts()


def count_steps(dossier: Dossier) -> int:
    """How often `record_dossier` calls `done`."""
    statements = sum(len(file.statements) + len(file.printings) for file in dossier.statements.values())
    heads = (
        len(dossier.questions)
        + len(dossier.topics)
        + len(dossier.outlets)
        + len(dossier.articles)
        + len(dossier.actors)
    )
    return heads + len(dossier.claims) + statements


class _DossierRecorder:
    """What has been recorded so far, each object by its name in the dossier."""

    def __init__(self, dossier: Dossier, editor: User, reviewer: User, done: Callable[[], object]):
        self.dossier, self.editor, self.reviewer, self.done = dossier, editor, reviewer, done
        self.questions: dict[str, Question] = {}
        self.topics: dict[str, Topic] = {}
        self.claims: dict[str, Claim] = {}
        self.outlets: dict[str, Outlet] = {}
        self.articles: dict[str, Article] = {}
        self.actors: dict[str, Actor] = {}
        self.statements: dict[str, Statement] = {}
        self.captures: dict[str, Capture] = {}
        self.acts = 0

    def all(self) -> None:
        for position, question in enumerate(self.dossier.questions, start=1):
            self.keep(self.questions, QUESTIONS_FILE, question, self.add_question, position)
            for place, claim in enumerate(question.claims, start=1):
                self.keep(self.claims, QUESTIONS_FILE, claim, self.add_claim, self.questions[question.slug], place)
        for position, topic in enumerate(self.dossier.topics, start=1):
            self.keep(self.topics, QUESTIONS_FILE, topic, self.add_topic, position)
        self.relate_claims()
        for outlet in self.dossier.outlets:
            self.keep(self.outlets, OUTLETS_FILE, outlet, self.add_outlet)
        for article in self.dossier.articles:
            self.keep(self.articles, OUTLETS_FILE, article, self.add_article)
        for actor in self.dossier.actors:
            self.keep(self.actors, ACTORS_FILE, actor, self.add_actor)
        self.name_subjects()
        asked = [*self.topics.values(), *self.questions.values(), *self.claims.values()]
        self.publish(asked, QUESTIONS_REASON, QUESTIONS_FILE)
        for name, file in self.dossier.statements.items():
            self.publish(self.record_statements(name, file), file.reason, name)
        self.publish_rest()
        self.reword_claims()
        for name, file in self.dossier.statements.items():
            for statement in file.statements:
                with locate_refusals(f"{name}, {statement.display_name}"):
                    self.correct_statement(name, statement)
                    self.withdraw_and_restore(statement)
        self.merge_actors()

    def keep(
        self,
        objects: dict[str, Noun],
        file: str,
        entry: Entry,
        add: Callable[Concatenate[Entry, More], Noun],
        *more: More.args,
        **options: More.kwargs,
    ) -> None:
        """Adds the object of one entry, with its notes, to `objects` under its name in the dossier."""
        with locate_refusals(f"{file}, {entry.display_name}"):
            obj = add(entry, *more, **options)
            if entry.notes:
                obj = changes.annotate(obj, entry.notes, by=self.editor, seen=None)
        objects[entry.dossier_name] = obj
        self.done()

    def counts(self) -> dict[str, int]:
        return {
            "topics": len(self.topics),
            "questions": len(self.questions),
            "claims": len(self.claims),
            "outlets": len(self.outlets),
            "articles": len(self.articles),
            "actors": len(self.actors),
            "statements": len(self.statements),
            "printings": sum(len(list(file.quotations())) for file in self.dossier.statements.values()),
            "acts of publishing": self.acts,
        }

    def publish(self, objects: Sequence[TrackedModel], reason: str, where: str) -> None:
        with locate_refusals(f"{where}, publishing"):
            publishing.submit(objects, by=self.editor)
            publishing.publish(objects, by=self.reviewer, reason=reason)
        self.acts += 1

    def publish_rest(self) -> None:
        """What no article has needed: publishing a statement publishes its speaker, article and outlet as well."""
        rest = [
            planned.obj
            for planned in publishing.plan(
                [*self.outlets.values(), *self.articles.values(), *self.actors.values()]
            ).planned_documents
        ]
        if rest:
            self.publish(rest, REST_REASON, ACTORS_FILE)

    # What happened after the first publication

    def reword_claims(self) -> None:
        for entry in self.dossier.claims:
            if not entry.earlier:
                continue
            place, why = f"{QUESTIONS_FILE}, {entry.display_name}", entry.earlier.why
            with locate_refusals(place):
                claim = Claim.objects.get(pk=self.claims[entry.slug].pk)
                claim = changes.reword_claim(claim, text=entry.text, by=self.editor, seen=claim.revision, why=why)
            self.publish([claim], why, place)

    def correct_statement(self, file: str, entry: StatementEntry) -> None:
        if not entry.earlier:
            return
        statement = Statement.objects.get(pk=self.statements[entry.key].pk)
        statement = changes.revise(
            statement,
            self.with_speaker({name: entry.values[name] for name in entry.earlier.values}),
            by=self.editor,
            seen=statement.revision,
            why=entry.earlier.why,
            stances=self.with_claims(entry.stances),
        )
        self.publish([statement], entry.earlier.why, file)

    def withdraw_and_restore(self, entry: StatementEntry) -> None:
        if not entry.withdrawn:
            return
        statement = Statement.objects.get(pk=self.statements[entry.key].pk)
        publishing.withdraw([statement], by=self.reviewer, reason=entry.withdrawn.why)
        publishing.undo_withdrawal([statement], by=self.reviewer, reason=entry.withdrawn.restored)
        self.acts += 2

    def merge_actors(self) -> None:
        for entry in self.dossier.actors:
            if not entry.merged:
                continue
            place, why = f"{ACTORS_FILE}, {entry.display_name}", entry.merged.why
            with locate_refusals(place):
                actor, into = (Actor.objects.get(pk=self.actors[slug].pk) for slug in (entry.slug, entry.merged.into))
                changes.merge_actors(actor, into=into, by=self.editor, why=why, seen=actor.revision)
                actor.refresh_from_db()
                into.refresh_from_db()
            self.publish([actor, into], why, place)

    # Topics, questions and claims

    def add_topic(self, entry: TopicEntry, position: int) -> Topic:
        questions = [TopicQuestionInput(self.questions[slug]) for slug in entry.questions]
        return changes.add_topic(
            **entry.values, slug=entry.slug, position=position, questions=questions, by=self.editor
        )

    def add_question(self, entry: QuestionEntry, position: int) -> Question:
        return changes.add_question(**entry.values, slug=entry.slug, position=position, by=self.editor)

    def add_claim(self, entry: ClaimEntry, question: Question, position: int) -> Claim:
        values = entry.values | (asdict(entry.figure) if entry.figure else {})
        if entry.earlier:
            values["text"] = entry.earlier.text
        return changes.add_claim(**values, question=question, slug=entry.slug, position=position, by=self.editor)

    def relate_claims(self) -> None:
        claims = self.claims
        for entry in self.dossier.claims:
            for relation in entry.relations:
                with locate_refusals(f"{QUESTIONS_FILE}, {entry.display_name}"):
                    claim, other = claims[entry.slug], claims[relation.claim]
                    seen = claim.revision
                    claims[entry.slug] = changes.relate_claims(claim, relation.kind, other, by=self.editor, seen=seen)

    def name_subjects(self) -> None:
        things = {thing.slug: SubjectInput(**thing.values) for thing in self.dossier.things}
        for entry in self.dossier.claims:
            if entry.subjects:
                with locate_refusals(f"{QUESTIONS_FILE}, {entry.display_name}"):
                    claim = self.claims[entry.slug]
                    subjects = [things.get(slug) or SubjectInput(actor=self.actors[slug]) for slug in entry.subjects]
                    self.claims[entry.slug] = changes.revise(
                        claim, {}, subjects=subjects, by=self.editor, seen=claim.revision
                    )

    # Outlets, articles, actors

    def add_outlet(self, entry: OutletEntry) -> Outlet:
        return add_outlet(**entry.values, slug=entry.key, by=self.editor)

    def add_article(self, entry: ArticleEntry) -> Article:
        article = add_article(
            **entry.values,
            outlet=self.outlets[entry.outlet],
            derived_from=self.articles.get(entry.derived_from),
            by=self.editor,
        )
        taken = take_in(
            text=self.dossier.excerpt_of(entry),
            outlet=article.outlet,
            article=article,
            method=Capture.Method.EXCERPT,
            complete=False,
            by=self.editor,
        )
        self.captures[entry.key] = taken.capture
        return taken.article

    def add_actor(self, entry: ActorEntry) -> Actor:
        return changes.add_actor(
            **entry.values,
            slug=entry.slug,
            reported_in=self.articles.get(entry.reported_in),
            names=entry.names,
            identifiers=entry.identifiers,
            by=self.editor,
        )

    # What one article prints

    def record_statements(self, name: str, file: StatementsFile) -> list[Article | Statement]:
        """Records the framings, statements and printings of one file; returns what is to be published for it."""
        reported = next(article for article in self.dossier.articles if article.key == file.article)
        article, statements = self.articles[file.article], self.statements
        for framing in reported.framings:
            with locate_refusals(f"{OUTLETS_FILE}, {reported.display_name}, framing of “{framing.claim}”"):
                claim, writer = self.claims[framing.claim], self.outlets.get(framing.written_by)
                changes.record_framing(article, **framing.values, claim=claim, written_by=writer, by=self.editor)
        for entry in file.statements:
            self.keep(self.statements, name, entry, self.add_statement, file)
        for printing in file.printings:
            with locate_refusals(f"{name}, {printing.display_name}"):
                statement = statements[printing.of]
                appearance = changes.quote_printing(
                    self.captures[file.article], self.printing(file, printing), by=self.editor
                )
                statements[printing.of] = changes.add_appearance(
                    statement, appearance, by=self.editor, seen=statement.revision, why=file.reason
                )
            self.done()
        keys = [*(entry.key for entry in file.statements), *(printing.of for printing in file.printings)]
        return [article, *(statements[key] for key in dict.fromkeys(keys))]

    def add_statement(self, entry: StatementEntry, file: StatementsFile) -> Statement:
        values, stances = entry.values, entry.stances
        if entry.earlier:
            values, stances = values | entry.earlier.values, entry.earlier.stances or stances
        said = StatementInput(
            self.with_speaker(values),
            self.with_claims(stances),
            [self.printing(file, printed) for printed in entry.printed],
        )
        return record_from_text(self.captures[file.article], said, by=self.editor)

    def with_speaker(self, values: dict[str, str]) -> dict[str, Any]:
        """`values` of a statement with the actor instead of its slug."""
        return values | ({"speaker": self.actors.get(values["speaker"])} if "speaker" in values else {})

    def with_claims(self, stances: Sequence[StanceInput[str]]) -> list[StanceInput[Claim]]:
        """`stances` with the claims instead of their slugs."""
        return [
            StanceInput(self.claims[stance.claim], stance.kind, hedge=stance.hedge, printed=stance.printed)
            for stance in stances
        ]

    def printing(self, file: StatementsFile, printed: PrintedQuotation) -> PrintingInput:
        actors, outlets = self.actors, self.outlets
        chain = [
            StepInput.from_source(line, actor=actors.get(line.actor), outlet=outlets.get(line.outlet))
            for line in file.chain_of(printed)
        ]
        return PrintingInput(printed.quote, printed_name=printed.printed_name, cue=printed.cue, chain=chain)
