"""What is public already and names, from now on, something that becomes public: it gets a new version in the same act.

A claim may name another that it contradicts, an article a claim that its headline treats, a reprint its original: each
only while the other is public. A neighbour that was changed since it was published waits until somebody publishes
that change: its new version would hold what nobody has reviewed.
"""

from collections.abc import Container, Iterable, Iterator

from django.db.models import Q
from msgspec.structs import replace

from articles.models import Article, Tracked
from record.documents import AnyDocument, decode, encode
from record.models import Publication

from ..documents import captures_of, document_of, optional_neighbours
from ..models import Claim, Statement
from ..privacy.redactor import Redactor
from .loading import is_public, load, releases_of


def neighbours_of(
    becoming: Iterable, *, named: Container[str], withheld: Redactor
) -> Iterator[tuple[Tracked, AnyDocument, str]]:
    """The neighbours of what becomes public: object, new document, and the text of the one that stands."""
    becoming = list(becoming)
    inside = {one.obj.public_id for one in becoming}
    new = [one.obj for one in becoming if one.standing is None]
    claims = [obj.pk for obj in new if isinstance(obj, Claim)]
    articles = [obj.pk for obj in new if isinstance(obj, Article)]
    related = Claim.objects.public().filter(relations__other__in=claims).values_list("pk", flat=True)
    reprints = Article.objects.filter(Q(framings__claim__in=claims) | Q(derived_from__in=articles))
    printed = _articles_of_captures(one.obj for one in becoming if isinstance(one.obj, Statement))
    candidates = [
        *load(Claim, set(related) if claims else ()),
        *load(Article, {*(reprints.values_list("pk", flat=True) if claims or articles else ()), *printed}),
    ]
    candidates = [obj for obj in candidates if obj.public_id not in inside]
    releases = releases_of(obj.public_id for obj in candidates)
    standing = _standing(candidates)
    candidates = [obj for obj in candidates if is_public(releases.get(obj.public_id)) and obj.public_id in standing]
    named = _with_public(named, candidates)
    for obj in candidates:
        text = standing[obj.public_id]
        if releases[obj.public_id].published_revision == obj.revision:
            document = document_of(obj, named=named, withheld=withheld)
        elif isinstance(obj, Article):
            document = _with_captures(decode(text), obj)
        else:
            continue
        if encode(document) != text:
            yield obj, document, text


def _articles_of_captures(statements: Iterable[Statement]) -> set[int]:
    """The articles in which the statements appear: their documents list the captures that quotations rest on."""
    return {one.passage.capture.article_id for statement in statements for one in statement.appearances.all()}


def _with_captures(document: AnyDocument, article: Article) -> AnyDocument:
    """What readers see of the article, with all its captures: no quotation rests on one that it does not list."""
    return replace(document, captures=captures_of(article))


def _standing(objects: Iterable[Tracked]) -> dict[str, str]:
    ids = [obj.public_id for obj in objects]
    rows = Publication.objects.filter(public_id__in=ids, superseded_by=None).exclude(document=None)
    return dict(rows.values_list("public_id", "document"))


def _with_public(named: Container[str], candidates: Iterable[Tracked]) -> set[str]:
    optional = {one.public_id for obj in candidates for one in optional_neighbours(obj)}
    return set(named) | {key for key, release in releases_of(optional).items() if is_public(release)}
