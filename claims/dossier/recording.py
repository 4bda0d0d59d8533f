"""From a dossier to the desk and to the public record, through the same verbs as an editor's and a reviewer's work."""

from collections.abc import Callable
from contextlib import contextmanager

from django.db import transaction

from articles.changes import add_article, add_outlet, quote_passage
from articles.ingest import take_in
from articles.models import Article, Capture, Outlet
from articles.trace import Refused
from record.fields import STATEMENT_FIELDS

from .. import changes, publishing
from ..models import Actor, Claim, Question, Statement
from .reading import DossierIsBroken
from .shapes import ArticleEntry, ClaimEntry, Dossier, NoteLine, Printed, StatementEntry, StatementsFile, StepLine

QUESTIONS_REASON = "The questions of this account, and the claims that compete to answer them."
REST_REASON = "Outlets that are credited, and people who are spoken of without being quoted."


def record(dossier: Dossier, *, editor, reviewer, done: Callable[[], None] = lambda: None) -> dict[str, int]:
    """Records the whole dossier as `editor` and publishes it as `reviewer`, all or nothing; calls `done` at each step.

    Published are first the questions with their claims, then what each article prints, in the order of the files of
    statements, at last what nothing has needed so far and the claims that were reworded. Returns how many of each there
    are now. What a verb refuses is raised as `DossierIsBroken`, with the place in the dossier.
    """
    with transaction.atomic():
        recording = _Recording(dossier, editor, reviewer, done)
        recording.all()
    return recording.counts()


def steps_in(dossier: Dossier) -> int:
    """How often `record` calls `done`."""
    claims = sum(len(question.claims) for question in dossier.questions)
    statements = sum(len(file.statements) + len(file.printings) for file in dossier.statements.values())
    heads = len(dossier.questions) + len(dossier.outlets) + len(dossier.articles) + len(dossier.actors)
    return heads + claims + statements


@contextmanager
def _place(where: str):
    """Tells a refusal of a verb with the place in the dossier that it is about."""
    try:
        yield
    except Refused as refused:
        raise DossierIsBroken(f"{where}: {refused.sentence}") from refused


class _Recording:
    """What has been recorded so far, by the names that the dossier uses."""

    def __init__(self, dossier: Dossier, editor, reviewer, done: Callable[[], None]):
        self.dossier, self.editor, self.reviewer, self.done = dossier, editor, reviewer, done
        self.questions: dict[str, Question] = {}
        self.claims: dict[str, Claim] = {}
        self.outlets: dict[str, Outlet] = {}
        self.articles: dict[str, Article] = {}
        self.captures: dict[str, Capture] = {}
        self.actors: dict[str, Actor] = {}
        self.statements: dict[str, Statement] = {}
        self.acts = 0

    def all(self) -> None:
        self.record_questions()
        self.record_articles()
        self.record_actors()
        self.publish([*self.questions.values(), *self.claims.values()], QUESTIONS_REASON, "questions.toml")
        for name, file in self.dossier.statements.items():
            self.publish(self.record_statements(name, file), file.reason, name)
        self.publish_rest()
        self.reword_claims()

    def counts(self) -> dict[str, int]:
        return {
            "questions": len(self.questions),
            "claims": len(self.claims),
            "outlets": len(self.outlets),
            "articles": len(self.articles),
            "actors": len(self.actors),
            "statements": len(self.statements),
            "printings": sum(len(list(file.quotations())) for file in self.dossier.statements.values()),
            "acts of publishing": self.acts,
        }

    def publish(self, objects: list, reason: str, where: str) -> None:
        with _place(f"{where}, publishing"):
            publishing.submit(objects, by=self.editor)
            publishing.publish(objects, by=self.reviewer, reason=reason)
        self.acts += 1

    def publish_rest(self) -> None:
        """What no article has needed: publishing a statement publishes its speaker, article and outlet as well."""
        everything = [*self.outlets.values(), *self.articles.values(), *self.actors.values()]
        rest = [planned.obj for planned in publishing.plan(everything).becoming]
        if rest:
            self.publish(rest, REST_REASON, "actors.toml")

    # Questions and claims

    def record_questions(self) -> None:
        for position, entry in enumerate(self.dossier.questions, start=1):
            with _place(f"questions.toml, question “{entry.slug}”"):
                self.questions[entry.slug] = question = changes.add_question(
                    title=entry.title,
                    slug=entry.slug,
                    description=entry.description,
                    position=position,
                    by=self.editor,
                )
                self.annotate(question, entry.notes)
            self.done()
            for place, claim in enumerate(entry.claims, start=1):
                with _place(f"questions.toml, claim “{claim.slug}”"):
                    self.claims[claim.slug] = self.record_claim(question, claim, place)
                self.done()
        for claim in self._claim_entries():
            for relation in claim.relations:
                with _place(f"questions.toml, claim “{claim.slug}”"):
                    standing = self.claims[claim.slug]
                    self.claims[claim.slug] = changes.relate_claims(
                        standing,
                        relation.kind,
                        self.claims[relation.claim],
                        by=self.editor,
                        seen=standing.revision,
                    )

    def record_claim(self, question: Question, entry: ClaimEntry, position: int) -> Claim:
        figure = entry.figure
        values = {name: getattr(figure, name) for name in figure.__struct_fields__} if figure else {}
        text = entry.earlier.text if entry.earlier else entry.text
        claim = changes.add_claim(
            question=question,
            text=text,
            kind=entry.kind,
            slug=entry.slug,
            position=position,
            by=self.editor,
            **values,
        )
        return self.annotate(claim, entry.notes)

    def annotate(self, obj, notes: list[NoteLine]):
        """The object with the notes of its entry on it."""
        if not notes:
            return obj
        inputs = [changes.NoteInput(note.about, note.text) for note in notes]
        return changes.annotate(obj, inputs, by=self.editor, seen=None)

    def reword_claims(self) -> None:
        for entry in self._claim_entries():
            if not entry.earlier:
                continue
            with _place(f"questions.toml, claim “{entry.slug}”"):
                claim = Claim.objects.get(pk=self.claims[entry.slug].pk)
                claim = changes.reword_claim(
                    claim, text=entry.text, by=self.editor, seen=claim.revision, why=entry.earlier.why
                )
            self.publish([claim], entry.earlier.why, f"questions.toml, claim “{entry.slug}”")

    def _claim_entries(self) -> list[ClaimEntry]:
        return [claim for question in self.dossier.questions for claim in question.claims]

    # Outlets, articles, actors

    def record_articles(self) -> None:
        for entry in self.dossier.outlets:
            with _place(f"outlets_and_articles.toml, outlet “{entry.key}”"):
                self.outlets[entry.key] = add_outlet(
                    name=entry.name,
                    slug=entry.key,
                    kind=entry.kind,
                    country=entry.country,
                    homepage=entry.homepage,
                    owner=entry.owner,
                    state_controlled=entry.state_controlled,
                    by=self.editor,
                )
                self.annotate(self.outlets[entry.key], entry.notes)
            self.done()
        for entry in self.dossier.articles:
            with _place(f"outlets_and_articles.toml, article “{entry.key}”"):
                self.record_article(entry)
            self.done()

    def record_article(self, entry: ArticleEntry) -> None:
        article = add_article(
            outlet=self.outlets[entry.outlet],
            url=entry.url,
            headline=entry.headline,
            byline=entry.byline,
            dateline=entry.dateline,
            language=entry.language,
            published=entry.published,
            credited_agency=entry.credited_agency,
            derived_from=self.articles.get(entry.derived_from),
            derivation=entry.derivation,
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
        self.annotate(taken.article, entry.notes)
        self.articles[entry.key], self.captures[entry.key] = taken.article, taken.capture

    def record_actors(self) -> None:
        for entry in self.dossier.actors:
            with _place(f"actors.toml, actor “{entry.slug}”"):
                self.actors[entry.slug] = changes.add_actor(
                    name=entry.name,
                    kind=entry.kind,
                    slug=entry.slug,
                    description=entry.description,
                    reported_in=self.articles.get(entry.reported_in),
                    names=[changes.NameInput(one.name, one.language, one.kind, one.scheme) for one in entry.names],
                    identifiers=[changes.IdentifierInput(one.register, one.value) for one in entry.identifiers],
                    by=self.editor,
                )
                self.annotate(self.actors[entry.slug], entry.notes)
            self.done()

    # What one article prints

    def record_statements(self, name: str, file: StatementsFile) -> list[Article | Statement]:
        """Records the framings, statements and printings of one file; returns what is to be published for it."""
        entry = next(article for article in self.dossier.articles if article.key == file.article)
        article = self.articles[file.article]
        for framing in entry.framings:
            with _place(f"outlets_and_articles.toml, article “{entry.key}”, framing of “{framing.claim}”"):
                changes.frame(
                    article,
                    claim=self.claims[framing.claim],
                    part=framing.part,
                    treatment=framing.treatment,
                    words=framing.words,
                    written_by=self.outlets.get(framing.written_by),
                    by=self.editor,
                )
        touched = []
        for statement in file.statements:
            with _place(f"{name}, statement “{statement.key}”"):
                self.statements[statement.key] = self.record_statement(file, statement)
            touched.append(statement.key)
            self.done()
        for printing in file.printings:
            with _place(f"{name}, printing of “{printing.of}”"):
                standing = self.statements[printing.of]
                self.statements[printing.of] = changes.add_appearance(
                    standing,
                    self.appearance(file, printing),
                    by=self.editor,
                    seen=standing.revision,
                    why=file.reason,
                )
            touched.append(printing.of)
            self.done()
        return [article, *(self.statements[key] for key in dict.fromkeys(touched))]

    def record_statement(self, file: StatementsFile, entry: StatementEntry) -> Statement:
        statement = changes.record_statement(
            **{field.name: getattr(entry, field.name) for field in STATEMENT_FIELDS}
            | {"speaker": self.actors.get(entry.speaker)},
            stances=[
                changes.StanceInput(self.claims[one.claim], one.stance, one.hedge, one.printed) for one in entry.stances
            ],
            appearances=[self.appearance(file, printed) for printed in entry.printed],
            by=self.editor,
        )
        return self.annotate(statement, entry.notes)

    def appearance(self, file: StatementsFile, printed: Printed) -> changes.AppearanceInput:
        passage = quote_passage(self.captures[file.article], printed.quote, by=self.editor)
        chain = [self.step(line) for line in file.chain_of(printed)]
        return changes.AppearanceInput(passage, printed.printed_name, printed.cue, chain)

    def step(self, line: StepLine) -> changes.StepInput:
        return changes.StepInput(
            line.relation, self.actors.get(line.actor), self.outlets.get(line.outlet), line.label, line.cue
        )
