"""Nothing that is unpublished, withdrawn or protected reaches a public byte.

Words that occur nowhere else are planted in every text field of everything that readers must not see. Then every
address of the URLconf is asked for: a page that is added later is tried without a change here.
"""

import io
import sqlite3
import zipfile
from contextlib import closing
from itertools import pairwise, product
from uuid import uuid4

import pyarrow.parquet as parquet
import pytest
from django.apps import apps
from django.db import models
from django.test import Client
from django.urls import get_resolver

from articles.changes import add_article, add_outlet, quote_passage, revise_article, revise_outlet
from articles.ingest import ReadFrom, take_in
from articles.models import Passage
from articles.originals import keep_original
from articles.reading import ArticleReading, Place
from claims.admin.form_drafts import keep_draft
from claims.changes import (
    AppearanceInput,
    IdentifierInput,
    NameInput,
    NoteInput,
    StanceInput,
    StepInput,
    SubjectInput,
    TopicQuestionInput,
    add_actor,
    add_claim,
    add_question,
    add_topic,
    annotate,
    discard,
    record_framing,
    record_statement,
    relate_claims,
    revise,
)
from claims.changes.comments_and_notices import comment_on
from claims.publishing import PublicationRefused, publish, submit, withdraw
from record.documents.addresses import URL_FOLDERS
from record.models import Address, Publication
from tests.desk import matter

pytestmark = pytest.mark.django_db

DRAFT, CHANGE, GONE, NAME = "zanzibarquux", "yorickplugh", "wombatxyzzy", "Vaxalundquist"


def draft_of_everything(m, by):
    """One draft of each noun, with the canary in every text field that a verb takes, hanging on what is public."""
    keep_draft(by, f"/admin/{DRAFT}/", uuid4(), [["text", DRAFT]])
    outlet = add_outlet(name=f"{DRAFT} outlet", owner=DRAFT, homepage=f"https://{DRAFT}.example/", by=by)
    original = keep_original(
        DRAFT.encode(), name=f"{DRAFT}.txt", method="uploaded", by=by, address=f"https://{DRAFT}.example/"
    )
    reading = ArticleReading(f"{DRAFT} headline", [], [], DRAFT, [Place(0, len(DRAFT), page=1, speaker=DRAFT)])
    taken = take_in(
        read_from=ReadFrom(original, reading, DRAFT),
        text=f"{DRAFT} headline\n\nThe {DRAFT} text says {DRAFT} words.",
        outlet=outlet,
        headline=f"{DRAFT} headline",
        byline=DRAFT,
        dateline=DRAFT,
        url=f"https://{DRAFT}.example/1",
        credited_agency=DRAFT,
        archive_url=f"https://archive.example/{DRAFT}",
        by=by,
    )
    question = add_question(title=f"{DRAFT}?", slug=f"{DRAFT}-question", description=DRAFT, by=by)
    claim = add_claim(
        question=m.question,
        text=f"A {DRAFT} claim under a public question.",
        kind="figure",
        amount=7,
        unit=DRAFT,
        counted=DRAFT,
        subjects=[SubjectInput("place", None, f"{DRAFT} valley", "en", f"de: {DRAFT} Tal")],
        by=by,
    )
    add_topic(title=f"{DRAFT} topic", introduction=DRAFT, questions=[TopicQuestionInput(m.question)], by=by)
    relate_claims(m.claim, "narrows", claim, by=by, seen=m.claim.revision)
    record_framing(m.article, claim=claim, part="body", treatment="relays", by=by)
    record_framing(taken.article, claim=m.claim, part="body", treatment="relays", words=f"{DRAFT} words", by=by)
    actor = add_actor(
        name=f"{DRAFT} actor",
        kind="person",
        description=DRAFT,
        names=[NameInput(f"{DRAFT} alias", "en", "alias", DRAFT)],
        identifiers=[IdentifierInput("viaf", DRAFT)],
        by=by,
    )
    passage = quote_passage(taken.capture, f"says {DRAFT} words", by=by)
    statement = record_statement(
        summary=f"{DRAFT} summary",
        mode="indirect",
        speaker=actor,
        role=DRAFT,
        venue=DRAFT,
        words=DRAFT,
        language="en",
        translation=DRAFT,
        stances=[StanceInput(m.claim, "denies", DRAFT), StanceInput(claim, "affirms", DRAFT, DRAFT)],
        appearances=[AppearanceInput(passage, DRAFT, DRAFT, [StepInput(label=DRAFT, cue=DRAFT)])],
        by=by,
    )
    for obj in (statement, m.article):
        annotate(obj, [NoteInput("other", f"{DRAFT} note")], by=by, seen=None)
    submit([question, statement], by=by, note=DRAFT)
    revise(question, {"title": f"{DRAFT}, again?"}, by=by, seen=None, why=DRAFT)
    comment_on(m.claim, DRAFT, field=DRAFT, by=by)
    discard(add_question(title=f"{DRAFT} thrown away?", by=by), by=by, why=DRAFT)


def change_everything(m, by):
    """Unpublished changes of everything that is public."""
    for obj in (m.question, m.claim, m.ministry, m.statement, m.outlet, m.article):
        obj.refresh_from_db()
    revise(m.question, {"title": f"{CHANGE}?", "description": CHANGE}, by=by, seen=None, why=CHANGE)
    revise(m.claim, {"text": f"{CHANGE} claim.", "counted": CHANGE}, by=by, seen=None, why=CHANGE)
    revise(m.ministry, {"name": f"{CHANGE} actor", "description": CHANGE}, by=by, seen=None, why=CHANGE)
    revise(
        m.statement, {"summary": CHANGE, "role": CHANGE, "venue": CHANGE, "words": CHANGE}, by=by, seen=None, why=CHANGE
    )
    revise_outlet(m.outlet, {"name": f"{CHANGE} outlet", "owner": CHANGE}, by=by, seen=None, why=CHANGE)
    revise_article(m.article, {"headline": CHANGE, "byline": CHANGE}, by=by, seen=None, why=CHANGE)


def publish_and_withdraw(m, editor, reviewer):
    """A statement with its own claim and speaker, published in two versions and taken back."""
    claim = add_claim(question=m.question, text=f"A {GONE} claim.", kind="fact", slug="claim-that-goes", by=editor)
    actor = add_actor(name=f"{GONE} actor", kind="person", slug="actor-that-goes", description=GONE, by=editor)
    passage = quote_passage(m.capture, "Nobody was asked twice", by=editor)
    statement = record_statement(
        summary=f"{GONE} summary",
        mode="indirect",
        speaker=actor,
        role=GONE,
        stances=[StanceInput(claim, "affirms", GONE)],
        appearances=[AppearanceInput(passage, GONE, GONE)],
        by=editor,
    )
    submit([statement], by=editor)
    publish([statement], by=reviewer, reason=f"{GONE} is published")
    statement = revise(statement, {"venue": GONE}, by=editor, seen=None)
    submit([statement], by=editor)
    publish([statement], by=reviewer, reason=f"{GONE} is published again")
    withdraw([statement, claim, actor], by=reviewer, reason="It was not said.")
    return statement


def withheld_witness(m, editor, reviewer):
    """A published statement of somebody whose name is withheld; the name stands in every field that the desk keeps."""
    actor = add_actor(
        name=f"Mara {NAME}",
        kind="person",
        description=f"Mara {NAME} of the valley",
        protection="withheld",
        public_label="a farmer",
        names=[NameInput(f"M. {NAME}", "en", "alias"), NameInput("Мара Ваксалундквист", "ru", "alias")],
        identifiers=[IdentifierInput("viaf", NAME)],
        by=editor,
    )
    taken = take_in(
        text=f"Farmers speak\n\nMara {NAME} said that the fields are wet. {NAME} left.",
        outlet=m.outlet,
        headline="Farmers speak",
        by=editor,
    )
    passage = quote_passage(taken.capture, "the fields are wet", by=editor)
    statement = record_statement(
        summary="The fields are wet",
        mode="indirect",
        speaker=actor,
        stances=[StanceInput(m.other_claim, "denies")],
        appearances=[AppearanceInput(passage, f"Mara {NAME}", "said")],
        by=editor,
    )
    submit([statement], by=editor)
    publish([statement], by=reviewer, reason="A farmer speaks.")
    return statement


def public_addresses():
    """Every address that the URLconf of the record can make for what is or ever was in the record."""
    slugs, identities, entries = {}, set(), Publication.objects.count()
    for kind, slug, owner in Address.objects.values_list("kind", "slug", "owner"):
        slugs.setdefault(URL_FOLDERS[kind], set()).update((slug, owner))
        identities.add(owner)
    numbers = {"number": range(1, 4), "seq": (1, entries)}
    addresses = set()
    for pattern, parameters in patterns():
        choices = {
            "slug": slugs.get(pattern.partition("/")[0], ()),
            "public_id": identities,
            "name": URL_FOLDERS,
            **numbers,
        }
        for values in product(*(choices[name] for name in parameters)):
            addresses.add(pattern % dict(zip(parameters, values, strict=True)))
    words = (DRAFT, CHANGE, GONE, NAME, "a")
    addresses |= {f"{one}?q={word}" for one in ("search.json", "search", "suggest.json") for word in words}
    exports = ("export.json", "export.ndjson")
    addresses |= {f"{one}?since={seq}" for one in exports for seq in (0, 1, 5)}
    addresses |= {f"{one}?as_of={seq}" for one in exports for seq in range(1, entries + 1)}
    addresses |= {
        f"compare?{kind}={slug}" for kind in ("actor", "article") for slug in slugs.get(URL_FOLDERS[kind], ())
    }
    of_the_past = ["search.json?q=a", "suggest.json?q=a", "feed", "corrections/feed"]
    of_the_past += [f"search.json?q={word}" for word in words] + [f"api/{folder}.json" for folder in slugs]
    addresses |= {
        f"{one}{'&' if '?' in one else '?'}at={seq}" for one in of_the_past for seq in (entries // 2, entries)
    }
    addresses |= {f"{one}?since={seq}&stance=affirms&stance=denies" for one in exports for seq in (1, 5)}
    addresses |= {f"questions/{slug}?new_since=1" for slug in slugs.get("questions", ())} | {"?new_since=1"}
    actors = sorted(slugs.get("actors", ()))
    pairs = list(pairwise(actors))
    addresses |= {f"compare{form}?actor={one}&actor={other}" for form in ("", ".csv") for one, other in pairs}
    return sorted(f"/{address}" for address in addresses)


def patterns():
    resolver = get_resolver("record.urls")
    for possibilities in {name: resolver.reverse_dict.getlist(name) for name in resolver.reverse_dict}.values():
        for possibility, *_ in possibilities:
            yield from possibility


def bytes_of(response):
    """What the answer tells: headers and body, and what is packed in the body."""
    body = b"".join(response.streaming_content) if response.streaming else response.content
    return body + unpacked(body) + repr(response.headers).encode()


def unpacked(body: bytes) -> bytes:
    """What stands in a workbook, an archive, a Parquet or an SQLite file, whose own bytes do not show it."""
    if body.startswith(b"PK"):
        with zipfile.ZipFile(io.BytesIO(body)) as packed:
            return b"".join(packed.read(name) for name in packed.namelist())
    if body.startswith(b"SQLite format 3"):  # a text may lie in pieces on several pages
        with closing(sqlite3.connect(":memory:")) as database:
            database.deserialize(body)
            return "\n".join(database.iterdump()).encode()
    if body.startswith(b"PAR1"):
        return repr(parquet.read_table(io.BytesIO(body)).to_pydict()).encode()
    return b""


def holds(body: bytes, canary: str) -> bool:
    return canary.casefold().encode() in body.lower()


@pytest.fixture
def public(editor, reviewer):
    m = matter(editor)
    submit([m.statement], by=editor)
    publish([m.statement, m.other_claim], by=reviewer, reason="The ministry's number.")
    return m


def leaks(*canaries) -> dict[str, list[str]]:
    """The public addresses whose answers hold a canary, for each that leaks."""
    client = Client()
    answers = {address: client.get(address) for address in public_addresses()}
    assert not [address for address, response in answers.items() if response.status_code >= 500]
    assert sum(response.status_code == 200 for response in answers.values()) > 20
    bodies = {address: bytes_of(response).lower() for address, response in answers.items()}
    # The word that was asked for is shown to whoever asked; it is no leak of what the desk holds.
    found = {
        canary: [
            address
            for address, body in bodies.items()
            if holds(body.replace(f"q={canary}".lower().encode(), b""), canary) and f"q={canary}" not in address
        ]
        for canary in canaries
    }
    return {canary: addresses for canary, addresses in found.items() if addresses}


def test_drafts_changes_withdrawn_things_and_withheld_names_reach_no_public_byte(public, editor, reviewer):
    publish_and_withdraw(public, editor, reviewer)
    statement = withheld_witness(public, editor, reviewer)
    draft_of_everything(public, editor)
    change_everything(public, editor)
    assert b"a farmer" in Client().get(f"/statements/{statement.public_id}").content
    assert Client().get(f"/search.json?q={DRAFT}").json()["hits"] == []
    assert leaks(DRAFT, CHANGE, GONE, NAME, "Ваксалундквист") == {}


@pytest.mark.any_database
def test_what_was_withdrawn_stays_out_when_a_corrected_version_is_published(public, editor, reviewer):
    statement = publish_and_withdraw(public, editor, reviewer)
    claim = public.other_claim
    clean = {"summary": "The villagers were asked once", "role": "", "venue": "", "speaker": public.farmer}
    passage = Passage.objects.get(exact="Nobody was asked twice")
    statement = revise(
        statement,
        clean,
        by=editor,
        seen=None,
        stances=[StanceInput(claim, "denies")],
        appearances=[AppearanceInput(passage, "Asel Bek", "said")],
    )
    submit([statement], by=editor)
    publish([statement], by=reviewer, reason="Corrected.")
    assert Client().get(f"/statements/{statement.public_id}").status_code == 200
    assert leaks(GONE) == {}


@pytest.mark.any_database
def test_a_name_that_is_withheld_later_leaves_the_history_too(public, editor, reviewer):
    farmer = public.farmer
    passage = quote_passage(public.capture, "Nobody was asked,", by=editor)
    statement = record_statement(
        summary="Nobody was asked",
        mode="direct",
        speaker=farmer,
        stances=[StanceInput(public.other_claim, "denies")],
        appearances=[AppearanceInput(passage, "Asel Bek", "said")],
        by=editor,
    )
    submit([statement], by=editor)
    publish([statement], by=reviewer, reason="A farmer speaks.")
    assert b"Asel" in Client().get(f"/statements/{statement.public_id}").content
    revise(farmer, {"protection": "withheld", "public_label": "a farmer"}, by=editor, seen=None)
    statement.refresh_from_db()
    submit([farmer], by=editor)
    with pytest.raises(PublicationRefused, match="reveals a name to be withheld"):
        publish([farmer], by=reviewer, reason="A source is protected.")
    submit([statement], by=editor)
    publish([farmer, statement], by=reviewer, reason="A source is protected.")
    assert leaks("Asel") == {}


def test_every_text_field_of_the_desk_is_among_the_canaries(public, editor):
    """A noun that gains a text field must be planted above, or be named here because it cannot hold free words."""
    draft_of_everything(public, editor)
    no_words = {
        "slug",
        "language",
        "public_id",
        "sha256",
        "media_type",
        "published",
        "said_on",
        "as_of",
        "value",
        "kind",
        "derivation",
        "modifier",
        "part",
        "treatment",
        "mode",
        "basis",
        "method",
        "scheme",
        "country",
        "state_controlled",
        "protection",
        "relation",
        "verb",
        "register",
        "state",
        "speaker_label",
        "public_label",
        "prefix",
        "suffix",
        "before",
        "after",
        "kept",
        "gone",
        "digest",
        "rule",
        "statement",
        "link",
        "stage",
    }
    bare = []
    for model in [*apps.get_app_config("articles").get_models(), *apps.get_app_config("claims").get_models()]:
        for field in model._meta.concrete_fields:
            if not isinstance(field, models.CharField | models.TextField) or field.name in no_words or field.choices:
                continue
            if not model._base_manager.filter(**{f"{field.name}__icontains": DRAFT}).exists():
                bare.append(f"{model.__name__}.{field.name}")
    assert not bare, ", ".join(bare)


def test_the_desk_adds_no_public_article_by_itself(public, editor):
    article = add_article(outlet=public.outlet, headline=f"{DRAFT} article", by=editor)
    assert Client().get(f"/articles/{article.slug}").status_code == 404
