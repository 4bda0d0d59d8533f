"""The frame of every verb: refuse, one transaction, a fresh revision, a trace."""

from datetime import date
from decimal import Decimal
from unittest import mock

import pytest
from django.core.exceptions import FieldDoesNotExist
from django.db import DatabaseError, IntegrityError, connection, transaction

from articles import tracked_changes
from articles.changes import add_article, add_outlet, quote_passage, revise_article, revise_outlet
from articles.ingest import take_in
from articles.models import Article, Capture, Outlet, Passage, Trace
from articles.tracked_changes import Refusal, StaleRevision


@pytest.fixture
def outlet(editor):
    return add_outlet(name="The Selby Courier", country="GB", by=editor)


def test_what_is_added_leaves_who_when_what_and_why(outlet, editor):
    act = Trace.objects.get()
    assert (act.by, act.verb, act.kind, act.public_id, act.revision) == (editor, "add", "outlet", outlet.public_id, 1)
    assert act.changes["name"] == [None, "The Selby Courier"]
    assert "owner" not in act.changes


def test_a_change_raises_the_revision_and_says_what_it_was_before(outlet, editor):
    revised = revise_outlet(outlet, {"owner": "Selby Trust"}, by=editor, seen=1, why="the imprint says so")
    assert revised.revision == 2
    act = Trace.objects.first()
    assert (act.verb, act.revision, act.why) == ("revise", 2, "the imprint says so")
    assert act.changes == {"owner": ["", "Selby Trust"]}


def test_a_change_that_changes_nothing_leaves_no_trace(outlet, editor):
    revised = revise_outlet(outlet, {"name": " The  Selby Courier "}, by=editor, seen=1)
    assert revised.revision == 1
    assert Trace.objects.count() == 1


def test_a_stale_save_is_refused_and_carries_both_versions(outlet, editor, reviewer):
    revise_outlet(outlet, {"owner": "Selby Trust"}, by=editor, seen=1)
    with pytest.raises(StaleRevision, match="you saw revision 1, it is now revision 2") as refusal:
        revise_outlet(outlet, {"owner": "Ruiz family", "country": "GB"}, by=reviewer, seen=1)
    assert refusal.value.theirs == {"owner": "Selby Trust"}
    assert refusal.value.yours == {"owner": "Ruiz family"}
    assert Outlet.objects.get().owner == "Selby Trust"
    assert Trace.objects.count() == 2


def test_a_stale_save_names_the_object_as_it_stands_now(outlet, editor):
    revise_outlet(outlet, {"name": "Selby Mail"}, by=editor, seen=1)
    with pytest.raises(StaleRevision, match="“Selby Mail”"):
        revise_outlet(outlet, {"name": "Selby Herald"}, by=editor, seen=1)


def test_an_object_that_is_gone_is_refused(outlet, editor):
    Outlet.objects.all().delete()
    with pytest.raises(Refusal, match="no longer exists"):
        revise_outlet(outlet, {"owner": "Nobody"}, by=editor, seen=1)


def test_a_refusal_inside_a_verb_leaves_nothing(outlet, editor):
    with pytest.raises(Refusal), tracked_changes.open_change(outlet, {"owner": "X"}, by=editor, verb="revise", seen=1):
        Outlet.objects.create(name="Second", slug="second")
        raise Refusal("No.")
    assert Outlet.objects.get().owner == ""
    assert Trace.objects.count() == 1


def test_a_misspelt_field_is_a_fault_of_the_program(outlet, editor):
    with pytest.raises(FieldDoesNotExist):
        revise_outlet(outlet, {"ownr": "X"}, by=editor, seen=1)


def test_parts_beside_the_fields_are_traced(outlet, editor):
    with tracked_changes.open_change(outlet, by=editor, verb="revise", seen=1) as change:
        change.parts["names"] = [["a"], ["a", "b"]]
        change.parts["relations"] = [[], []]
    assert Trace.objects.first().changes == {"names": [["a"], ["a", "b"]]}


def test_values_are_traced_as_an_editor_reads_them():
    assert (
        tracked_changes.json_value(Decimal("1000000.50"))
        == tracked_changes.json_value(Decimal("1000000.5"))
        == "1000000.5"
    )
    assert tracked_changes.json_value(Decimal("1E+6")) == "1000000"
    assert tracked_changes.json_value(date(2019, 9, 3)) == "2019-09-03"


@pytest.mark.parametrize("field", ["name", "owner"])
@pytest.mark.parametrize("broken", ["Sel\x00by", "Sel\ud800by", "Sel\x92by", "\u202eybleS"])
def test_broken_characters_are_refused_in_a_sentence(editor, field, broken):
    with pytest.raises(Refusal) as refusal:
        add_outlet(**{"name": "Selby", field: broken}, by=editor)
    assert refusal.value.field == field
    assert not Outlet.objects.exists()


def test_broken_characters_are_refused_where_no_verb_settles_them(outlet):
    outlet.country = "G\x00"
    with pytest.raises(Refusal, match="Country: Line 1 contains a NUL byte"):
        tracked_changes.check_object(outlet)


def test_the_same_name_twice_is_refused(outlet, editor):
    with pytest.raises(Refusal, match="already exists"):
        add_outlet(name="The Selby Courier", by=editor)


def test_the_second_of_two_who_add_the_same_at_one_moment_is_told_so(outlet, editor):
    with mock.patch.object(Outlet, "full_clean"), pytest.raises(Refusal, match="at the same moment"):
        add_outlet(name="The Selby Courier", by=editor)
    assert Trace.objects.count() == 1


def test_the_sentence_of_a_constraint_reaches_who_meets_it_in_the_database(outlet, editor):
    with mock.patch.object(Outlet, "full_clean"), pytest.raises(Refusal, match="ISO 3166"):
        revise_outlet(outlet, {"country": "gb"}, by=editor, seen=1)
    assert Outlet.objects.get().country == "GB"


@pytest.mark.parametrize(
    ("values", "field", "sentence"),
    [
        ({"country": "gb"}, "", "ISO 3166"),
        ({"country": "GBR"}, "country", "at most 2"),
        ({"name": ""}, "name", "cannot be blank"),
        ({"kind": "pamphlet"}, "kind", "not a valid choice"),
        ({"homepage": "javascript:alert(1)"}, "homepage", "must begin with http"),
        ({"homepage": "https://127.0.0.1/"}, "homepage", "public web"),
    ],
)
def test_values_an_outlet_cannot_have_are_refused(outlet, editor, values, field, sentence):
    with pytest.raises(Refusal, match=sentence) as refusal:
        revise_outlet(outlet, values, by=editor, seen=1)
    assert refusal.value.field == field
    assert Trace.objects.count() == 1


@pytest.mark.parametrize(
    ("values", "field", "sentence"),
    [
        ({"published": "2019-13-40"}, "published", "not in the calendar"),
        ({"published": "yesterday"}, "published", "is not a date"),
        ({"language": "english language"}, "language", "BCP 47"),
        ({"url": "javascript:alert(1)"}, "url", "must begin with http"),
        ({"headline": "x" * 501}, "headline", "at most 500"),
        ({"derivation": "verbatim"}, "", "Give both"),
    ],
)
def test_values_an_article_cannot_have_are_refused(outlet, editor, values, field, sentence):
    article = add_article(outlet=outlet, headline="Bridge", by=editor)
    with pytest.raises(Refusal, match=sentence) as refusal:
        revise_article(article, values, by=editor, seen=1)
    assert refusal.value.field == field
    article.refresh_from_db()
    assert article.revision == 1


def test_an_article_cannot_derive_from_itself_by_way_of_others(outlet, editor):
    first, second, third = (add_article(outlet=outlet, headline=f"Bridge {n}", by=editor) for n in range(3))
    revise_article(second, {"derived_from": first, "derivation": "edited"}, by=editor, seen=1)
    revise_article(third, {"derived_from": second, "derivation": "verbatim"}, by=editor, seen=1)
    for origin in (third, first):
        with pytest.raises(Refusal, match="cannot derive from"):
            revise_article(first, {"derived_from": origin, "derivation": "edited"}, by=editor, seen=1)


def test_publication_dates_get_their_first_and_last_day(outlet, editor):
    article = add_article(outlet=outlet, published="2019-09~", by=editor)
    assert (article.published_earliest, article.published_latest) == (date(2019, 9, 1), date(2019, 9, 30))
    article = revise_article(article, {"published": ""}, by=editor, seen=1)
    assert article.published_earliest is article.published_latest is None


def test_slugs_are_in_plain_letters_and_numbered(outlet, editor):
    slugs = [add_article(outlet=outlet, headline=h, by=editor).slug for h in ("Міст", "Міст", "", "", "…")]
    assert slugs == ["mist", "mist-2", "the-selby-courier", "the-selby-courier-2", "article"]
    assert add_outlet(name="Зеркало", by=editor).slug == "zerkalo"


# What must never be false is refused by the database itself, on both databases.

HASH = "0" * 64


@pytest.fixture
def rows(outlet, editor):
    capture = take_in(text="One two three.", outlet=outlet, headline="Bridge", by=editor).capture
    quote_passage(capture, "two", by=editor)


@pytest.mark.parametrize(
    ("model", "values"),
    [
        (Article, {"url": "javascript:alert(1)"}),
        (Article, {"url": "https://user:secret@example.org/"}),
        (Article, {"url": "https://example.org/a b"}),
        (Article, {"url": "https://example.org/\n"}),
        (Article, {"url": "https://localhost/"}),
        (Article, {"url": "ftp://example.org/"}),
        (Article, {"url": "x https://example.org/"}),
        (Article, {"derivation": "verbatim"}),
        (Article, {"published": "2019"}),
        (Article, {"published_latest": date(2019, 1, 1)}),
        (Outlet, {"homepage": "data:text/html,x"}),
        (Outlet, {"country": "gb"}),
        (Outlet, {"country": "G\n"}),
        (Outlet, {"name": ""}),
        (Capture, {"archive_url": "javascript:alert(1)"}),
        (Capture, {"sha256": "x" * 64}),
        (Capture, {"text": ""}),
        (Capture, {"method": "excerpt"}),
        (Passage, {"exact": "three"}),
        (Passage, {"start": 7}),
        (Trace, {"verb": ""}),
    ],
)
def test_the_database_refuses_what_comes_past_the_verbs(rows, model, values):
    with pytest.raises(IntegrityError), transaction.atomic():
        model.objects.update(**values)


@pytest.mark.parametrize(
    "url",
    ["", "https://example.org/", "http://www.example.org:8080/a?b=c@d#e", "https://xn--80ak6aa92e.com/п"],
)
def test_the_database_keeps_web_addresses(rows, url):
    Article.objects.update(url=url)
    assert Article.objects.get().url == url


def test_two_articles_cannot_have_one_address_and_many_can_have_none(rows, outlet, editor):
    second = add_article(outlet=outlet, by=editor)
    Article.objects.exclude(pk=second.pk).update(url="https://example.org/a")
    with pytest.raises(Refusal, match="already"):
        revise_article(second, {"url": "https://example.org/a"}, by=editor, seen=1)
    with pytest.raises(IntegrityError), transaction.atomic():
        Article.objects.update(url="https://example.org/a")


@pytest.mark.parametrize("model", [Outlet, Article, Capture, Passage, Trace])
def test_every_constraint_speaks_in_a_sentence(model):
    for constraint in model._meta.constraints:
        assert constraint.violation_error_message.endswith("."), constraint.name
        assert "Constraint" not in constraint.violation_error_message, constraint.name


@pytest.mark.django_db(transaction=True)
def test_a_changed_row_is_locked_until_the_verb_ends(editor):
    """The second writer waits; with a short patience it is told so instead of writing over the first."""
    import threading

    outlet = add_outlet(name="The Selby Courier", by=editor)
    faults = []

    def second():
        try:
            with connection.cursor() as cursor:
                wait = (
                    "SET lock_timeout = '200ms'" if connection.vendor == "postgresql" else "PRAGMA busy_timeout = 200"
                )
                cursor.execute(wait)
            revise_outlet(outlet, {"owner": "second"}, by=editor, seen=1)
        except DatabaseError as error:
            faults.append(error)
        finally:
            connection.close()

    with tracked_changes.open_change(outlet, {"owner": "first"}, by=editor, verb="revise", seen=1):
        thread = threading.Thread(target=second)
        thread.start()
        thread.join()
    assert len(faults) == 1
    assert Outlet.objects.get().owner == "first"
