"""A small cast of documents for tests of the record: a question, claims of several kinds, actors in several scripts,
outlets, a family of reprints, statements with chains. Written for the tests; nobody real said any of it.

    append_cast()                                   publishes it all
    append([replace(claim_many, text="…")], reason="…")   changes one document (`replace` is msgspec's)
"""

from datetime import UTC, date, datetime, timedelta
from decimal import Decimal

from django.db import connection
from msgspec.structs import replace

from record import documents as d
from record import search
from record.log import Withdrawal, append, erase
from record.models import (
    Address,
    Correction,
    Current,
    OutdatedObject,
    Position,
    Printing,
    Publication,
    RecordState,
    Reference,
    Relay,
    Summary,
    Voice,
)
from record.projections.lookup import all_rows
from record.projections.page_counts import SUMMARY_COLUMNS
from record.projections.voices import VOICE_COLUMNS
from tests.kept_rows import kept_once_published

__all__ = ["CAST", "append_cast", "append_history", "replace"]

MORNING = datetime(2020, 3, 1, 9, 30, tzinfo=UTC)


def on(day: str) -> d.PartialDate:
    """A date known to the day."""
    return d.PartialDate(edtf=day, earliest=date.fromisoformat(day), latest=date.fromisoformat(day))


def in_month(month: str, last: int) -> d.PartialDate:
    """A date known to the month, `last` its last day."""
    first = date.fromisoformat(f"{month}-01")
    return d.PartialDate(edtf=month, earliest=first, latest=first.replace(day=last))


def question(public_id="quest0000001", slug="how-many-moved", title="How many villagers were moved?", **values):
    return d.Question(**{"id": public_id, "slug": slug, "title": title, "description": "", "position": 1} | values)


def claim(public_id, slug, text, *, kind="fact", about="quest0000001", **values):
    plain = {"language": "en", "position": 0, "figure": None, "relations": ()}
    return d.Claim(**plain | {"id": public_id, "slug": slug, "text": text, "kind": kind, "question": about} | values)


def figure(**values):
    plain = {"amount": None, "lower": None, "upper": None, "unit": "people", "modifier": "", "as_of": None}
    return d.Figure(**plain | {"counted": "villagers moved from the valley"} | values)


def actor(public_id, slug, name, *, kind="person", **values):
    plain = {"description": "", "withheld": False, "names": (), "identifiers": (), "reported_in": None}
    return d.Actor(**plain | {"id": public_id, "slug": slug, "name": name, "kind": kind} | values)


def name(text, language, kind="alias", scheme=""):
    return d.Name(text=text, language=language, kind=kind, scheme=scheme)


def outlet(public_id, slug, called, **values):
    plain = {"kind": "newspaper", "country": "KZ", "homepage": "", "owner": "", "state_controlled": "unknown"}
    return d.Outlet(**plain | {"id": public_id, "slug": slug, "name": called} | values)


def article(public_id, slug, headline, *, printed_by, published=None, **values):
    plain = {
        "url": f"https://{slug}.example/1",
        "byline": "",
        "dateline": "",
        "language": "en",
        "credited_agency": "",
        "derived_from": None,
        "derivation": "",
        "captures": (),
        "framings": (),
    }
    needed = {"id": public_id, "slug": slug, "headline": headline, "outlet": printed_by, "published": published}
    return d.Article(**plain | needed | values)


def capture(sha256="a" * 64, *, complete=True):
    return d.Capture(
        sha256=sha256, retrieved_at="2020-02-10T00:00:00Z", method="pasted", complete=complete, archive_url=""
    )


def step(*, actor=None, outlet=None, label="", cue="", relation="relays"):
    return d.Step(actor=actor, outlet=outlet, label=label, cue=cue, relation=relation)


def appearance(printed_in, exact="moved at night", *, chain=(), printed_name="", cue="said", marked=None):
    """One printing; `marked` says whether the words stand in quotation marks in the article, None that nobody knows."""
    stretches = None if marked is None else (d.Stretch(start=0, end=len(exact)),) if marked else ()
    passage = d.Passage(
        exact=exact,
        prefix="we were ",
        suffix=", he said",
        start=40,
        end=40 + len(exact),
        capture="a" * 64,
        marked=stretches,
    )
    return d.Appearance(article=printed_in, passage=passage, printed_name=printed_name, cue=cue, chain=tuple(chain))


def stance(claim, kind="affirms", hedge=""):
    return d.Stance(claim=claim, stance=kind, hedge=hedge)


def statement(public_id, summary, *, speaker=None, stances=(), appearances=(), **values):
    plain = {
        "slug": public_id,
        "speaker_label": "" if speaker else "reports",
        "role": "",
        "said_on": None,
        "venue": "",
        "mode": "indirect",
        "basis": "not stated",
        "words": "",
        "language": "",
        "translation": "",
    }
    needed = {"id": public_id, "summary": summary, "speaker": speaker}
    parts = {"stances": tuple(stances), "appearances": tuple(appearances)}
    return d.Statement(**plain | needed | parts | values)


def redirect(public_id, slug, into):
    return d.Redirect(id=public_id, slug=slug, into=into)


def topic(public_id, slug, title, questions, **values):
    plain = {"introduction": "", "position": 0}
    return d.Topic(**plain | {"id": public_id, "slug": slug, "title": title, "questions": tuple(questions)} | values)


def about(actor=None, *names, kind="place"):
    """What a claim is about: an actor by its id, or a place by its names, each with its language."""
    named = tuple(d.SubjectName(text=text, language=language) for text, language in names)
    return d.Subject(kind="actor" if actor else kind, actor=actor, names=named)


question_moved = question()
question_why = question("quest0000002", "why-moved", "Why were they moved?", position=2)

claim_many = claim(
    "claim0000001",
    "twelve-thousand-moved",
    "About twelve thousand people were moved.",
    kind="figure",
    figure=figure(amount=Decimal(12000), modifier="about", as_of=in_month("2019-06", 30)),
)
claim_few = claim(
    "claim0000002",
    "nine-hundred-moved",
    "At most nine hundred people were moved.",
    kind="figure",
    figure=figure(lower=Decimal("850.5"), upper=Decimal(900), modifier="up to"),
    position=1,
    relations=(d.Relation(kind="contrary to", claim="claim0000001"),),
)
claim_dam = claim("claim0000003", "for-the-dam", "They were moved for a dam.", about="quest0000002")
claim_return = claim(
    "claim0000004", "may-return", "The villagers may return in spring.", kind="commitment", about="quest0000002"
)

ministry = actor(
    "actor0000001",
    "ministry-of-water",
    "Ministry of Water",
    kind="government body",
    names=(name("Ministry of Water", "en", "primary"), name("Су министрлігі", "kk-Cyrl"), name("水利部", "zh-Hans")),
    identifiers=(d.Identifier(register="wikidata", value="Q4115189"),),
)
minister = actor(
    "actor0000002",
    "sergei-toqaev",
    "Sergei Toqaev",
    names=(
        name("Sergei Toqaev", "en", "primary"),
        name("Сергей Тоқаев", "kk-Cyrl"),
        name("Sergey Tokayev", "en", "as printed", "BGN/PCGN 1979"),
        name("سەرگەي توقايەۆ", "kk-Arab"),
    ),
)
herder = actor("actor0000003", "a-herder", "a herder", kind="unnamed", reported_in="artic0000001", withheld=True)
union = actor("actor0000004", "herders-union", "Herders’ Union", kind="organisation")

courier = outlet("outle0000001", "steppe-courier", "Steppe Courier", homepage="https://courier.example/")
wire = outlet("outle0000002", "valley-wire", "Valley Wire", kind="agency", state_controlled="yes")
mirror = outlet("outle0000003", "river-mirror", "River Mirror", country="")

original = article(
    "artic0000001",
    "courier-2020-02-03",
    "Villages emptied at night",
    printed_by="outle0000001",
    published=on("2020-02-03"),
    captures=(capture(),),
    framings=(d.Framing(claim="claim0000001", part="headline", treatment="endorses", words="emptied"),),
)
reprint = article(
    "artic0000002",
    "mirror-2020-02-04",
    "Villages “emptied at night”",
    printed_by="outle0000003",
    published=on("2020-02-04"),
    derived_from="artic0000001",
    derivation="verbatim",
)
wire_copy = article(
    "artic0000003",
    "wire-2020-02-05",
    "Ministry: fewer than nine hundred",
    printed_by="outle0000002",
    published=on("2020-02-05"),
)
wire_in_mirror = article(
    "artic0000004",
    "mirror-2020-02-06",
    "Су министрлігі: тоғыз жүзден аз",
    printed_by="outle0000003",
    published=in_month("2020-02", 29),
    language="kk-Cyrl",
    credited_agency="Valley Wire",
)

herder_counts = statement(
    "state0000001",
    "About twelve thousand people were taken away at night.",
    speaker="actor0000003",
    said_on=in_month("2020-02", 29),
    mode="direct",
    basis="witnessed",
    words="түнде көшірді",
    language="kk-Cyrl",
    translation="they moved us at night",
    stances=(stance("claim0000001", hedge="about"), stance("claim0000002", "denies")),
    appearances=(
        appearance("artic0000001", printed_name="a herder", marked=True),
        appearance(
            "artic0000002", printed_name="a herder", chain=(step(outlet="outle0000001", cue="told"),), marked=True
        ),
    ),
)
ministry_counts = statement(
    "state0000002",
    "Fewer than nine hundred people were moved, and for a dam.",
    speaker="actor0000002",
    role="minister of water",
    said_on=on("2020-02-05"),
    stances=(
        stance("claim0000001", "denies"),
        stance("claim0000002"),
        stance("claim0000003", hedge="as is known"),
    ),
    appearances=(
        appearance(
            "artic0000003", "fewer than 900", printed_name="Sergey Tokayev", chain=(step(actor="actor0000001"),)
        ),
        appearance(
            "artic0000004",
            "тоғыз жүзден аз",
            printed_name="Сергей Тоқаев",
            chain=(step(outlet="outle0000002"), step(actor="actor0000001", cue="деп хабарлады")),
        ),
    ),
)
union_disputes = statement(
    "state0000003",
    "The dam was never the reason.",
    speaker="actor0000004",
    stances=(stance("claim0000003", "disputes"),),
    appearances=(appearance("artic0000002", "never about water", chain=(step(label="local radio"),)),),
)
nobody_knows = statement(
    "state0000004",
    "It is not known who may return.",
    speaker_label="local people",
    stances=(stance("claim0000004", "declines"),),
    appearances=(appearance("artic0000004", "ешкім білмейді"),),
)

valley = topic(
    "topic0000001",
    "the-valley",
    "The valley of Sary",
    ["quest0000002", "quest0000001"],
    introduction="What is said of the villages that were emptied.",
)

dam_subjects = (about("actor0000001"), about(None, ("Sary Valley", "en"), ("Сарыдала", "kk-Cyrl")))

CAST = (
    question_moved,
    question_why,
    claim_many,
    claim_few,
    claim_dam,
    claim_return,
    courier,
    wire,
    mirror,
    original,
    reprint,
    wire_copy,
    wire_in_mirror,
    ministry,
    minister,
    herder,
    union,
    herder_counts,
    ministry_counts,
    union_disputes,
    nobody_knows,
)


@kept_once_published
def append_cast(*, reason="First publication", at=MORNING):
    """Publishes the whole cast in one append; returns the rows."""
    return append(CAST, reason=reason, at=at)


def append_topic(*, reason="What belongs together", at=MORNING):
    """Publishes, after the cast, a topic of both questions, and what one of its claims is about."""
    return append([valley, replace(claim_dam, subjects=dam_subjects)], reason=reason, at=at)


@kept_once_published
def append_history():
    """The cast, and what can happen to it: rewording, renaming, a merge and its end, withdrawals, an erasure."""
    append_cast()
    append([replace(claim_dam, text="A dam was the reason.", slug="dam-was-the-reason")], reason="Plainer", at=at(1))
    append([redirect("claim0000002", "nine-hundred-moved", "claim0000001")], reason="The same claim", at=at(2))
    append([redirect("actor0000004", "herders-union", "actor0000003")], reason="The same source", at=at(3))
    append([union], reason="Not the same after all", at=at(4))
    append([Withdrawal("statement", "state0000004")], reason="Nobody said it \\ “at all”\nwas found", at=at(5))
    stray = actor("actor0000009", "stray-name", "Stray Canary", description="canary")
    append([stray, replace(question_why, title="Why were the villages emptied?")], reason="One more", at=at(6))
    append([replace(stray, slug="stray-canary-two")], reason="canary moved", at=at(7))
    erase("actor0000009", reason="On request")
    append([replace(minister, description="since 2018", kind="group")], reason="Précised ☂ 🙂 \u2028", at=at(9))


def at(hours):
    """`hours` after the cast was published."""
    return MORNING + timedelta(hours=hours)


def wipe():
    """Empties the record, as a new instance's is: within a test that rolls back."""
    for model in (
        Current,
        Address,
        Correction,
        Reference,
        Position,
        Printing,
        Relay,
        OutdatedObject,
        Publication,
        Voice,
        Summary,
        RecordState,
    ):
        all_rows(model)._raw_delete("default")
    search.clear()


def projected():
    """Every row of every projection and of the search index, but for the ids that the database gives."""
    rows = {
        model.__name__: sorted(
            tuple(map(str, row))
            for row in all_rows(model).values_list(*(f.attname for f in model._meta.fields if f.attname != "id"))
        )
        for model in (Current, Address, Correction, Reference, Position, Printing, Relay)
    }
    rows["Voice"] = sorted(tuple(map(str, row)) for row in Voice.objects.values_list(*VOICE_COLUMNS))
    counted = [name for name in SUMMARY_COLUMNS if name != "changed_seq"]  # which cannot be made anew
    pages = Summary.objects.exclude(kind="statement").values_list(*counted)
    rows["Summary"] = sorted(tuple(map(str, row)) for row in pages)
    with connection.cursor() as cursor:
        key = "rowid" if connection.vendor == "sqlite" else "id"
        cursor.execute(f"SELECT {key}, record_search.* FROM record_search ORDER BY 1")
        rows["search"] = [tuple(map(str, row)) for row in cursor.fetchall()]
        cursor.execute(f"SELECT {key}, record_search_past.* FROM record_search_past ORDER BY 1")
        rows["search of the past"] = [tuple(map(str, row)) for row in cursor.fetchall()]
    return rows
