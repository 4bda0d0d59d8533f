"""The tables of who speaks and who prints: actors, their names, outlets and articles."""

from collections.abc import Iterator

from django.utils.translation import gettext_lazy as _

from ..documents import Actor, Article, Capture, Outlet
from ..documents.vocabulary import ACTOR_KINDS, DERIVATIONS, NAME_KINDS, OUTLET_KINDS, STATE_CONTROLLED
from .columns import (
    NOTES_COLUMN,
    Cell,
    Column,
    DocumentTable,
    RelatedRows,
    date_cells,
    date_columns,
    list_cell,
    notes_cell,
)


def _actor_rows(actor: Actor, related: RelatedRows) -> Iterator[list[Cell]]:
    yield [
        actor.id,
        actor.name,
        actor.kind,
        actor.description,
        actor.withheld,
        related.outlets.get(actor.id),
        list_cell(f"{name.text} [{name.language or 'und'}, {name.kind}]" for name in actor.names),
        list_cell(f"{known.register}:{known.value}" for known in actor.identifiers),
        related.id_of(actor.reported_in),
        notes_cell(actor),
    ]


ACTORS = DocumentTable(
    "actors",
    _("One row for each actor."),
    (
        Column("actor_id", _("the actor")),
        Column("name", _("the name, or the label where the name is withheld")),
        Column("kind", _("what it is"), choices=tuple(ACTOR_KINDS)),
        Column("description", _("who that is")),
        Column("withheld", _("whether the name is withheld"), "boolean"),
        Column("outlet_id", _("the outlet that the actor is: that of the same name or initials"), table="outlets"),
        Column("names", _("all names, each with its language and kind")),
        Column("identifiers", _("what other registers call the actor")),
        Column("reported_in", _("the article to which an unnamed source belongs"), table="articles"),
        NOTES_COLUMN,
    ),
    ("actor_id",),
    Actor,
    _actor_rows,
)


def _name_rows(actor: Actor, related: RelatedRows) -> Iterator[list[Cell]]:
    for number, name in enumerate(actor.names, 1):
        yield [actor.id, number, name.text, name.language, name.kind, name.scheme]


NAMES = DocumentTable(
    "names",
    _("One row for each name of each actor."),
    (
        Column("actor_id", _("the actor"), table="actors"),
        Column("number", _("its place among the names of the actor, from 1"), "integer"),
        Column("name", _("the name")),
        Column("language", _("its language (BCP 47)")),
        Column("kind", _("what kind of name it is"), choices=tuple(NAME_KINDS)),
        Column("scheme", _("how it was transcribed")),
    ),
    ("actor_id", "number"),
    Actor,
    _name_rows,
)


def _outlet_rows(outlet: Outlet, related: RelatedRows) -> Iterator[list[Cell]]:
    yield [
        outlet.id,
        outlet.name,
        outlet.kind,
        outlet.country,
        outlet.homepage,
        outlet.owner,
        outlet.state_controlled,
        related.outlet_actors.get(outlet.id),
        notes_cell(outlet),
    ]


OUTLETS = DocumentTable(
    "outlets",
    _("One row for each outlet."),
    (
        Column("outlet_id", _("the outlet")),
        Column("name", _("its name")),
        Column("kind", _("what it is"), choices=tuple(OUTLET_KINDS)),
        Column("country", _("its country (ISO 3166)")),
        Column("homepage", _("its address on the web")),
        Column("owner", _("who owns it")),
        Column("state_controlled", _("whether a state controls it"), choices=tuple(STATE_CONTROLLED)),
        Column("actor_id", _("the actor that the outlet is, where it speaks for itself"), table="actors"),
        NOTES_COLUMN,
    ),
    ("outlet_id",),
    Outlet,
    _outlet_rows,
)


def _original_text(capture: Capture) -> str:
    if capture.original is None:
        return ""
    edits = f"{capture.edit_count} changed by hand"
    removed = "removed" if capture.original.removed else ""
    about = [capture.original.media_type, removed, capture.reader, edits]
    return f"{capture.original.sha256} ({', '.join(filter(None, about))})"


def _article_rows(article: Article, related: RelatedRows) -> Iterator[list[Cell]]:
    found = related.get(article.outlet)
    outlet = found if isinstance(found, Outlet) else None
    family = related.families[article.id]
    original = related.get(article.derived_from)
    yield [
        article.id,
        article.headline,
        *related.reference(article.outlet),
        *([outlet.country, outlet.state_controlled] if outlet else [None, None]),
        article.url,
        article.byline,
        article.dateline,
        article.language,
        *date_cells(article.published),
        article.credited_agency,
        original.id if original else None,
        (related.label_of(original.outlet) if isinstance(original, Article) else None) or article.credited_agency,
        article.derivation if original else None,
        family,
        any(capture.complete for capture in article.captures),
        list_cell(map(_original_text, article.captures)),
        notes_cell(article),
    ]


ARTICLES = DocumentTable(
    "articles",
    _("One row for each article, with the one that it reprints."),
    (
        Column("article_id", _("the article")),
        Column("headline", _("its headline")),
        Column("outlet_id", _("its outlet"), table="outlets"),
        Column("outlet", _("the outlet’s name")),
        Column("outlet_country", _("the outlet’s country")),
        Column("state_controlled", _("whether a state controls the outlet"), choices=tuple(STATE_CONTROLLED)),
        Column("article_url", _("its address on the web")),
        Column("byline", _("who wrote it, as printed")),
        Column("dateline", _("the dateline as printed")),
        Column("language", _("its language (BCP 47)")),
        *date_columns("published", _("when it was published (EDTF)")),
        Column("credited_agency", _("the agency that it credits")),
        Column("derived_from", _("the article from which it was made"), table="articles"),
        Column("reprints", _("whom it reprints: the outlet of that article, else the agency that it credits")),
        Column("derivation", _("how it was made from that"), choices=tuple(DERIVATIONS)),
        Column("family_id", _("the family of reprints: the article with which it begins"), table="articles"),
        Column("complete", _("whether quotations were checked against its complete text"), "boolean"),
        Column("originals", _("what its texts were read from: SHA-256, type, reader, places changed by hand")),
        NOTES_COLUMN,
    ),
    ("article_id",),
    Article,
    _article_rows,
)
