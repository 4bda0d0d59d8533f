"""Two editors at one statement, request by request in every order: what each asked for stands, or they were told.

A deed is a generator over the real pages: it makes one request, yields, and makes the next one, so that the other
editor's requests fall between. It leaves a word of its own, and returns its last answer.
"""

import json
import random
from dataclasses import dataclass
from urllib.parse import urlencode

from django.contrib.auth.models import User
from django.db.models import Q
from django.urls import reverse

from articles.changes import add_outlet, quote_passage
from articles.ingest import take_in
from articles.models import Article, Trace
from claims.admin.batch.batch_changes import date_label
from claims.changes import AppearanceInput, StanceInput, record_statement
from claims.models import Appearance, Assignment, AttributionStep, Stance, Statement
from tests.desk import TEXT, Matter, confirmed, matter, posted

KEPT, REFUSED, LOST, IDLE = "kept", "refused", "lost", "nothing to do"
TOLD = ("errornote", "errorlist", "desk-refusals", "0 recorded, 1 were recorded already", "Nothing was changed")
UNTOUCHED = "The ministry did not answer questions."


def stage(by) -> Matter:
    """The small matter, with a second statement and a reprint that prints both."""
    made = matter(by)
    passage = quote_passage(made.capture, "Nobody was asked,", by=by)
    record_statement(
        summary="Nobody asked the villagers",
        mode="direct",
        speaker=made.farmer,
        stances=[StanceInput(made.other_claim, "denies")],
        appearances=[AppearanceInput(passage, "Asel Bek", "said")],
        by=by,
    )
    made.reprint = take_in(
        text=TEXT.replace("Nobody was asked twice.", "That was all."),
        outlet=made.agency,
        headline="Villages to be flooded",
        published="2021-06",
        by=by,
    ).article
    return made


def form(client, made, word):
    """Adds the word to the summary, on the statement's page."""
    yield from _saved(client, made.statement, "summary", word)


def inline(client, made, word):
    """Adds the word to the hedge of a stance, in the list on the statement's page."""
    yield from _saved(client, made.statement, "stances-0-hedge", word)


def chain(client, made, word):
    """Adds the word to a hop of the chain, on the page of the appearance."""
    yield from _saved(client, made.statement.appearances.order_by("pk").first(), "steps-0-cue", word)


def _saved(client, obj, field, word):
    address = reverse(f"admin:claims_{obj._meta.model_name}_change", args=[obj.pk])
    tab = posted(client.get(address))
    yield
    yield client.post(address, tab | {field: f"{tab[field]} {word}"})


def table(client, made, word):
    """Adds an appearance by a table that is tried, then recorded."""
    address = reverse("admin:claims_statement_import")
    row = {"statement": made.statement.public_id, "article": made.article.public_id, "exact": UNTOUCHED, "cue": word}
    tried = client.post(address, {"pasted": ",".join(row) + "\n" + ",".join(row.values())})
    yield
    rows = tried.context["rows"] or json.dumps([["line 2", row]])
    yield client.post(address, {"rows": rows}, follow=True)


def action(client, made, word):
    """Submits for review, chosen in the list."""
    listed = reverse("admin:claims_statement_changelist")
    chosen = client.post(listed, {"action": "submit", "_selected_action": [made.statement.pk]})
    page = client.get(chosen["Location"])
    yield
    said = {"of": made.statement.public_id, "word": word, "seen": page.context["seen"]}
    yield client.post(reverse("admin:claims_release_action", args=["submit"]), said)


def outlet(client, made, word):
    """Gives the reprint an outlet called by the word, chosen in the list."""
    other = add_outlet(name=word, by=_user_of(client))
    yield from _several(client, made.reprint, "outlet", {"outlet": other.pk}, made.agency.name)


def date(client, made, word):
    """Gives the statement a year of the word's own, chosen in the list."""
    asked = {"how": "this", "date": _year(word)}
    yield from _several(client, made.statement, "date", asked, date_label(made.statement.said_on))


def assignment(client, made, word):
    """Gives the statement to whoever does this, chosen in the list, with the word as the reason."""
    yield from _several(client, made.statement, "assignment", {"editor": _user_of(client).pk}, "nobody", why=word)


def _several(client, obj, change, asked, untouched, why=""):
    """Chosen, looked at, confirmed; and left alone where the page shows that the other editor has been there."""
    listed = reverse(f"admin:{obj._meta.app_label}_{obj._meta.model_name}_changelist")
    chosen = client.post(listed, {"action": f"set_{change}", "_selected_action": [obj.pk]})
    page = client.get(f"{chosen['Location']}&{urlencode(asked)}")
    yield
    [(row, *_)] = page.context["changing"]
    address = chosen["Location"].partition("?")[0]
    yield client.post(address, confirmed(page, why=why), follow=True) if row.now == untouched else None


def _user_of(client):
    return User.objects.get(pk=client.session["_auth_user_id"])


def _year(word):
    """A year for each word of `interleave`: the two of a pair have two."""
    return str(1000 + 2 * int(word[2:]) + "ab".index(word[1]))


def _given(word):
    """The assignment that was made with this word, if it stands."""
    acts = Trace.objects.filter(verb="assign", why=word)
    given = [Q(public_id=act.public_id, editor__username=act.changes["assigned to"][1]) for act in acts]
    return Assignment.objects.filter(*given) if given else Assignment.objects.none()


def take_over(client, made, word):
    """Takes over what the reprint prints, with the word as the cue."""
    address = reverse("admin:claims_copy_statements", args=[made.reprint.pk, made.article.pk])
    rows = client.get(address).context["rows"]
    yield
    said = {"derivation": "edited"}
    for row in rows:
        said |= {bound.html_name: bound.value() for bound in row} | {row["take"].html_name: "on"}
        said[row["cue"].html_name] = word
    yield client.post(address, said) if rows else None


DEEDS = [form, inline, chain, table, action, outlet, date, assignment, take_over]
# Where the word of a deed stands once it is done.
STANDS = {
    form: lambda word: Statement.objects.filter(summary__contains=word),
    inline: lambda word: Stance.objects.filter(hedge__contains=word),
    chain: lambda word: AttributionStep.objects.filter(cue__contains=word),
    table: lambda word: Appearance.objects.filter(cue=word),
    action: lambda word: Trace.objects.filter(verb="submit", why=word),
    outlet: lambda word: Article.objects.filter(outlet__name=word),
    date: lambda word: Statement.objects.filter(said_on=_year(word)),
    assignment: _given,
    take_over: lambda word: Appearance.objects.filter(cue=word),
}


@dataclass(frozen=True)
class Pair:
    """What became of two deeds; `order` names whose request came when."""

    deeds: tuple[str, str]
    order: str
    ends: tuple[str, str]


def interleave(seed: int, made: Matter, clients) -> Pair:
    """Plays one pair of deeds, of the kinds and in the order that `seed` gives."""
    chance = random.Random(seed)
    deeds = chance.choice(DEEDS), chance.choice(DEEDS)
    words = f"wa{seed}", f"wb{seed}"
    playing = [deed(client, made, word) for deed, client, word in zip(deeds, clients, words, strict=True)]
    order = chance.sample([0, 0, 1, 1], 4)
    answers = [None, None]
    for who in order:
        answers[who] = next(playing[who])
    ends = tuple(_end(deed, word, answer) for deed, word, answer in zip(deeds, words, answers, strict=True))
    return Pair(tuple(deed.__name__ for deed in deeds), "".join("AB"[who] for who in order), ends)


def _end(deed, word, answer) -> str:
    if answer is None:
        return IDLE
    if STANDS[deed](word).exists():
        return KEPT
    body = answer.content.decode()
    return REFUSED if answer.status_code == 409 or any(told in body for told in TOLD) else LOST
