"""A record of hostile shapes, as a file may bring them: one thing, a thousand times. All is shown or counted."""

import io
import sys
from itertools import pairwise

import pytest
from django.db import connection

from record.exports import FORMATS, take_snapshot
from record.imports import import_record
from record.log import append
from record.log.verification import faults
from record.models import Publication
from tests import record_cast as cast
from tests.public_pages import all_pages, text_of, tree_of, twin_of
from tests.record_cast import appearance, append_cast, replace, stance, step

pytestmark = pytest.mark.django_db
MANY = 1000
KEPT = ("/questions/how-many-moved", "/claims/nine-hundred-moved", "/actors/sergei-toqaev", "/claims/for-the-dam")


def number(prefix, count):
    return f"{prefix}{count:07d}"


def said_again(shape, **values):
    """A statement of its own for each shape, as the ministry's in all else."""
    public_id = number("stati", shape)
    return replace(cast.ministry_counts, id=public_id, slug=public_id, **values)


def printed_in_one_article():
    return [said_again(0, appearances=(appearance("artic0000003", "fewer than 900"),) * MANY)]


def printed_with_other_words_each_time():
    printings = tuple(appearance("artic0000003", f"fewer than {count}") for count in range(MANY))
    return [said_again(1, appearances=printings)]


def a_line_of_reprints(many=MANY // 5):
    """Each article is a translation of the one before; the statement is printed in all."""
    articles = [
        cast.article(
            number("aline", count),
            f"line-{count}",
            f"Headline {count}",
            printed_by="outle0000001",
            derived_from=number("aline", count - 1) if count else None,
            derivation="translation" if count else "",
        )
        for count in range(many)
    ]
    return [*articles, said_again(2, appearances=tuple(appearance(each.id) for each in articles))]


LINE = "/statements/stati0000002"


def papers_that_credit_the_next():
    outlets = [cast.outlet(number("outli", count), f"paper-{count}", f"Paper {count}") for count in range(MANY // 5)]
    articles = [
        cast.article(number("alink", count), f"link-{count}", f"Headline {count}", printed_by=each.id)
        for count, each in enumerate(outlets)
    ]
    printings = [
        appearance(each.id, chain=(step(outlet=outlets[(count + 1) % len(outlets)].id),))
        for count, each in enumerate(articles)
    ]
    return [*outlets, *articles, said_again(3, appearances=tuple(printings))]


def a_chain_of_steps():
    chain = tuple(step(label=f"somebody {count}") for count in range(MANY))
    return [said_again(4, appearances=(appearance("artic0000003", chain=chain),))]


def claims_that_narrow_the_next():
    return [
        cast.claim(
            number("claix", count),
            f"claim-x-{count}",
            f"Claim {count}.",
            relations=(cast.d.Relation(kind="narrows", claim=number("claix", (count + 1) % (MANY // 5))),),
        )
        for count in range(MANY // 5)
    ]


def one_claim_against_all():
    claims = [cast.claim(number("claiy", count), f"claim-y-{count}", f"Claim {count}.") for count in range(MANY // 5)]
    relations = tuple(cast.d.Relation(kind="contradicts", claim=each.id) for each in claims)
    taken = tuple(stance(each.id) for each in claims)
    return [*claims, replace(cast.claim_dam, relations=relations), said_again(5, stances=taken)]


def an_actor_of_many_names():
    names = tuple(cast.name(f"Name {count}", "en") for count in range(MANY))
    return [replace(cast.minister, names=names)]


def long_words():
    return [
        said_again(
            6,
            appearances=tuple(appearance("artic0000003", f"{word} " * 5000) for word in ("moved taken", "taken moved")),
        )
    ]


SHAPES = [
    printed_in_one_article,
    printed_with_other_words_each_time,
    a_line_of_reprints,
    papers_that_credit_the_next,
    a_chain_of_steps,
    claims_that_narrow_the_next,
    one_claim_against_all,
    an_actor_of_many_names,
    long_words,
]


def test_a_record_of_hostile_shapes_is_taken_in_verified_and_shown(client, settings):
    """One record of all of them, as another instance may send it: they are many things of one kind each."""
    settings.RECORD_CHECKS = []  # there is no desk
    append_cast()
    append([document for shape in SHAPES for document in shape()], reason="First publication")
    content = b"".join(FORMATS["ndjson"](take_snapshot(using="default")))
    cast.wipe()
    import_record(io.BytesIO(content))
    if connection.vendor == "postgresql":
        with connection.cursor() as cursor:
            cursor.execute("SELECT reltuples FROM pg_class WHERE relname = 'record_publication'")
            assert cursor.fetchone() == (Publication.objects.count(),)
    assert list(faults()) == []
    of_each_kind = {(address.split("/")[1], address.count("/")): address for address in all_pages()}
    statements = [f"/statements/{number('stati', shape)}" for shape in range(7)]
    for address in [*KEPT, *statements, *of_each_kind.values()]:
        for asked in (address, twin_of(address)):
            assert client.get(asked).status_code == 200, asked


@pytest.mark.any_database
def test_a_line_of_reprints_may_be_deeper_than_calls_of_python(client):
    append_cast()
    append(a_line_of_reprints(sys.getrecursionlimit() + 1), reason="First publication")
    for address in (LINE, twin_of(LINE), "/articles/line-0", "/articles/line-1000"):
        assert client.get(address).status_code == 200, address


def test_reprints_too_deep_to_be_shown_are_counted(client):
    append_cast()
    append(a_line_of_reprints(30), reason="First publication")
    (origin,) = [each for each in client.get(twin_of(LINE)).json()["origins"] if each["articles"] == 24]
    depth, branches = 0, origin["branches"]
    while branches:
        depth, last, branches = depth + 1, branches[0], branches[0]["branches"]
    assert (depth, last["further"]) == (20, 4)
    assert "and below it 4 articles" in text_of(tree_of(client.get(LINE)), "//*[@id='origins']")


def test_a_line_of_merges_ends_where_it_leads(client):
    append_cast()
    actors = [cast.actor(number("merge", count), f"merged-{count}", f"Merged {count}") for count in range(60)]
    append(actors, reason="First publication")
    for before, after in pairwise(actors):
        append([cast.redirect(before.id, before.slug, after.id)], reason="The same")
    assert client.get("/actors/merged-0").url == "/actors/merged-59"
