"""What was published last on a page, for its feed, and on which day a page changed, for the sitemap.

What stands on a page is read from an index by page and entry.
"""

from typing import NamedTuple

from django.db import connections
from django.db.models.expressions import RawSQL

from ..models import Publication, Reference
from .moment import current_condition, current_rows, moment, rows_so_far
from .querysets import PUBLIC_ALIAS, log_rows, read_log

END = 2**62  # after the last entry of any log
MAX_QUESTIONS = 40  # of a topic of which its feed tells


class PageMembers(NamedTuple):
    """Documents of a `kind` that stand on a page: the `column` of a row in `table` whose `page` column names it.

    `entry` is the column of the table that says where such a document stands in the log.
    """

    kind: str
    table: str
    column: str
    page: str
    entry: str


_STATEMENTS = {
    "question": PageMembers("statement", "record_position", "statement", "question", "seq"),
    "claim": PageMembers("statement", "record_position", "statement", "claim", "seq"),
    "actor": PageMembers("statement", "record_current", "public_id", "parent", "publication_id"),
    "outlet": PageMembers("statement", "record_printing", "statement", "outlet", "seq"),
    "article": PageMembers("statement", "record_printing", "statement", "article", "seq"),
}
_MEMBERS = {
    **{kind: [members] for kind, members in _STATEMENTS.items()},
    "question": [
        _STATEMENTS["question"],
        PageMembers("claim", "record_current", "public_id", "parent", "publication_id"),
    ],
    "outlet": [
        _STATEMENTS["outlet"],
        PageMembers("article", "record_current", "public_id", "parent", "publication_id"),
    ],
}


def newest_on_page(
    members: PageMembers, page: str, limit: int, before: int | None = None
) -> tuple[str, list[str | int]]:
    """SQL for (entry, id) of what is shown on a page, those before an entry, and its values: the newest ones."""
    # A statement has several rows there, which follow one another: grouped, lest PostgreSQL sorts them.
    # Of the past, those that came later are passed over.
    seq = moment()
    end = min(before or END, END if seq is None else seq + 1)
    sql = (
        f"SELECT x.{members.entry} AS seq, MIN(x.{members.column}) AS public_id FROM {members.table} x "  # noqa: S608
        f"WHERE x.{members.page} = %s AND {current_condition('x')} AND x.{members.entry} < %s "
        f"GROUP BY x.{members.entry} ORDER BY x.{members.entry} DESC LIMIT %s"
    )
    return f"SELECT * FROM ({sql}) by_entry", [page, end, limit]  # noqa: S608


def recent_publications_about(kind: str, public_id: str, limit: int) -> list[Publication]:
    """The newest rows of the log for a document and for what stands on its page, newest first.

    What was withdrawn is not among them: where it stood is part of what was taken back.
    """
    # Of what is not among the last to have changed no version is among the newest rows.
    chosen = select_ids_on_page(kind, public_id, limit)
    return read_log(rows_so_far(log_rows()).filter(public_id__in=chosen).order_by("-seq")[:limit])


def select_ids_on_page(kind: str, public_id: str, limit: int) -> RawSQL:
    """The id of a document, and of what stands on its page the ids that changed last, as a selection.

    On a topic's page stand its questions with what stands on theirs, on a question's its claims and the statements on
    them; on a claim's, an actor's, an article's and an outlet's the statements towards it, by it, in it, and an
    outlet's articles.
    """
    parts, values = ["SELECT %s"], list[str | int]([public_id])
    pages = [(kind, public_id)]
    if kind == "topic":
        named = current_rows(Reference).using(PUBLIC_ALIAS).filter(source=public_id, kind="topic")
        pages = [("question", question) for question in named.values_list("target", flat=True)[:MAX_QUESTIONS]]
    for page_kind, page in pages:
        parts.append("SELECT %s")
        values.append(page)
        for members in _MEMBERS.get(page_kind, []):
            sql, of_these = newest_on_page(members, page, limit)
            parts.append(f"SELECT public_id FROM ({sql}) {members.kind}s")  # noqa: S608
            values += of_these
    return RawSQL(" UNION ALL ".join(parts), values)  # noqa: S611 - names are ours


def newest_statements_of(kind: str, public_id: str, before: int | None, limit: int) -> list[tuple[int, str]]:
    """(entry, document) of the statements on a page that were published last, those before an entry."""
    sql, values = newest_on_page(_STATEMENTS[kind], public_id, limit, before)
    with connections[PUBLIC_ALIAS].cursor() as cursor:
        cursor.execute(
            f"SELECT log.seq, log.document FROM ({sql}) newest JOIN record_publication log ON log.seq = newest.seq "  # noqa: S608
            "ORDER BY log.seq DESC",
            values,
        )
        return cursor.fetchall()


_PAGES_SQL = """
    SELECT c.kind, c.slug, own.published_at, last.published_at
      FROM record_current c
      JOIN record_publication own ON own.seq = c.publication_id
      LEFT JOIN record_summary s ON s.page = c.public_id
      LEFT JOIN record_publication last ON last.seq = s.changed_seq
     WHERE c.valid_before_seq IS NULL AND c.publication_id BETWEEN %s AND %s ORDER BY c.publication_id
"""


def pages_between(first: int, last: int) -> list[tuple[str, str, str]]:
    """What stands since an entry of the log from `first` to `last`: kind, slug, day of its page's last change."""
    with connections[PUBLIC_ALIAS].cursor() as cursor:
        cursor.execute(_PAGES_SQL, [first, last])
        return [
            (kind, slug, max(str(own)[:10], str(changed or "")[:10])) for kind, slug, own, changed in cursor.fetchall()
        ]
