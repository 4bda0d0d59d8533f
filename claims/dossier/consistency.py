"""What no single file can tell: names that lead nowhere, names that are there twice, things in the wrong order."""

from collections import Counter
from collections.abc import Iterator

from .shapes import Dossier, StepLine


def faults(dossier: Dossier) -> Iterator[str]:
    """Sentences about what is named in one place and not there in another, or there twice."""
    claims = {claim.slug: claim for question in dossier.questions for claim in question.claims}
    known = {
        "claim": set(claims),
        "outlet": {outlet.key for outlet in dossier.outlets},
        "article": {article.key for article in dossier.articles},
        "actor": {actor.slug for actor in dossier.actors},
        "statement": {one.key for file in dossier.statements.values() for one in file.statements},
    }
    yield from _doubles(dossier)
    for where, kind, name in _references(dossier):
        if name not in known[kind]:
            yield f"{where}: there is no {kind} “{name}”."
    yield from _orders(dossier)


def _doubles(dossier: Dossier) -> Iterator[str]:
    claims = [claim.slug for question in dossier.questions for claim in question.claims]
    statements = [one.key for file in dossier.statements.values() for one in file.statements]
    named = {
        "questions.toml": [question.slug for question in dossier.questions] + claims,
        "outlets_and_articles.toml": [one.key for one in [*dossier.outlets, *dossier.articles]],
        "actors.toml": [actor.slug for actor in dossier.actors],
        "statements": statements,
    }
    for file, names in named.items():
        for name, times in Counter(names).items():
            if times > 1:
                yield f"{file}: “{name}” is there {times} times."
    for article, times in Counter(file.article for file in dossier.statements.values()).items():
        if times > 1:
            yield f"statements: the article “{article}” has {times} files."


def _references(dossier: Dossier) -> Iterator[tuple[str, str, str]]:
    """Everything that is named and must be somewhere: (place, kind, name)."""
    for question in dossier.questions:
        for claim in question.claims:
            for relation in claim.relations:
                yield f"questions.toml, claim “{claim.slug}”", "claim", relation.claim
    for article in dossier.articles:
        where = f"outlets_and_articles.toml, article “{article.key}”"
        yield where, "outlet", article.outlet
        if article.derived_from:
            yield where, "article", article.derived_from
        for framing in article.framings:
            yield where, "claim", framing.claim
    for actor in dossier.actors:
        if actor.reported_in:
            yield f"actors.toml, actor “{actor.slug}”", "article", actor.reported_in
    for name, file in dossier.statements.items():
        yield name, "article", file.article
        yield from _named_by_chain(name, file.through)
        for statement in file.statements:
            where = f"{name}, statement “{statement.key}”"
            if statement.speaker:
                yield where, "actor", statement.speaker
            for stance in statement.stances:
                yield where, "claim", stance.claim
            for printed in statement.printed:
                yield from _named_by_chain(where, printed.chain)
        for printing in file.printings:
            where = f"{name}, printing of “{printing.of}”"
            yield where, "statement", printing.of
            yield from _named_by_chain(where, printing.chain)


def _named_by_chain(where: str, chain: list[StepLine]) -> Iterator[tuple[str, str, str]]:
    for step in chain:
        if step.actor:
            yield where, "actor", step.actor
        if step.outlet:
            yield where, "outlet", step.outlet


def _orders(dossier: Dossier) -> Iterator[str]:
    """What is named must come first: an original before its reprint, a statement before its further printings."""
    before = set()
    for article in dossier.articles:
        if article.derived_from and article.derived_from not in before:
            yield f"outlets_and_articles.toml, article “{article.key}”: “{article.derived_from}” must come before it."
        before.add(article.key)
    recorded = set()
    for name, file in dossier.statements.items():
        recorded |= {one.key for one in file.statements}
        for printing in file.printings:
            if printing.of not in recorded:
                yield f"{name}, printing of “{printing.of}”: that statement is in a later file."
