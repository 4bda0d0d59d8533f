"""The filters of a question: what they find, and that nothing wrong is ignored."""

import pytest
from lxml import html

from record.log import append
from tests import record_cast as cast
from tests.public_pages import texts, tree_of
from tests.record_cast import append_cast, in_month, replace

pytestmark = pytest.mark.django_db

MANY, WHY = "/questions/how-many-moved", "/questions/why-moved"


@pytest.fixture(autouse=True)
def published(db):
    append_cast()


def rows(client, query, address=MANY):
    """Of each row the name and the stances that are left, in the order of the claims' texts."""
    page = client.get(f"{address}.json?{query}").json()
    places = sorted(range(len(page["claims"])), key=lambda place: page["claims"][place]["name"])
    return {
        row["speaker"]["name"]: [entry["stance"] for place in places for entry in row["cells"][place]]
        for row in page["rows"]
    }


ALL = {"Sergei Toqaev": ["denies", "affirms"], "a herder": ["affirms", "denies"]}
MINISTER = {"Sergei Toqaev": ALL["Sergei Toqaev"]}
HERDER = {"a herder": ALL["a herder"]}


@pytest.mark.parametrize(
    ("query", "found"),
    [
        ("", ALL),
        ("actor=sergei-toqaev", MINISTER),
        ("actor=sergei-toqaev&actor=a-herder", ALL),
        ("kind=unnamed", HERDER),
        ("outlet=valley-wire", MINISTER),
        ("outlet=river-mirror", ALL),
        ("stance=denies", {"Sergei Toqaev": ["denies"], "a herder": ["denies"]}),
        ("language=kk-Cyrl", MINISTER),
        ("since=2020-02-06", HERDER),  # said some day of February
        ("since=2020-03", {}),
        ("until=2020-02-04", HERDER),
        ("until=2020-01-31", {}),
        ("since=2020-02-05&until=2020-02-05", ALL),
        ("since=2020&until=2020", ALL),
        ("stance=affirms&actor=a-herder", {"a herder": ["affirms"]}),
        ("actor=&since=&stance=&order=contrast", ALL),  # as an empty form is sent
    ],
)
def test_each_filter_narrows_the_comparison(client, query, found):
    assert rows(client, query) == found


def test_the_order_of_rows_can_be_chosen(client):
    assert list(rows(client, "order=date")) == ["a herder", "Sergei Toqaev"]
    assert list(rows(client, "order=name")) == ["Sergei Toqaev", "a herder"]


def test_undated_statements_lie_in_no_period(client):
    assert "Herders’ Union" in rows(client, "", WHY)
    assert "Herders’ Union" not in rows(client, "since=1900", WHY)


def test_choices_are_those_of_the_question_and_not_of_what_is_left(client):
    fields = {field["name"]: field for field in client.get(f"{MANY}.json?actor=a-herder").json()["filters"]}
    assert [choice["label"] for choice in fields["actor"]["choices"]] == ["a herder", "Sergei Toqaev"]
    assert [choice["value"] for choice in fields["actor"]["choices"] if choice["chosen"]] == ["a-herder"]
    assert [choice["label"] for choice in fields["language"]["choices"]] == ["English", "Kazakh, Cyrillic script"]
    assert [choice["label"] for choice in fields["kind"]["choices"]] == ["person", "unnamed source"]


@pytest.mark.parametrize(
    ("query", "field", "sentence"),
    [
        ("colour=red", "colour", "no filter of that name"),
        ("actor=nobody", "actor", "“nobody” is not one of the choices here."),
        ("actor=a-herder&actor=nobody", "actor", "“nobody” is not one of the choices"),
        ("actor=herders-union", "actor", "not one of the choices"),  # it is an actor, of another question
        ("stance=shouts", "stance", "“shouts” is not one"),
        ("kind=state", "kind", "not one of the choices"),
        ("outlet=times", "outlet", "not one of the choices"),
        ("language=fr", "language", "not one of the choices"),
        ("since=2019-13", "since", "not in the calendar"),
        ("since=2019-02-30", "since", "not in the calendar"),
        ("since=0000", "since", "not in the calendar"),
        ("since=yesterday", "since", "is not a date: write 2019"),
        ("until=२०१९", "until", "is not a date"),
        ("since=99999999999999999999999", "since", "is not a date: write 2019"),
        ("since=2020&until=2019", "until", "before the first day"),
        ("since=2020&since=2021", "since", "more than once"),
        ("order=random", "order", "not one of the choices"),
        ("page=2", "page", "no filter of that name"),
    ],
)
def test_what_is_wrong_is_named_and_the_form_is_kept(client, query, field, sentence):
    response = client.get(f"{MANY}?{query}&stance=denies")
    assert response.status_code == 400
    tree = html.fromstring(response.content)
    (told,) = texts(tree, '//ul[@class="errors"]/li')
    assert told.startswith(field)
    assert sentence in told
    assert tree.xpath('//form[@class="filters__form"]/@action') == [MANY]
    assert tree.xpath('//input[@name="stance"][@value="denies"]/@checked')
    assert sentence in client.get(f"{MANY}.json?{query}").json()["errors"][field]


def test_everything_that_is_wrong_is_told_at_once(client):
    errors = client.get(f"{MANY}.json?stance=x&since=y&colour=z").json()["errors"]
    assert set(errors) == {"stance", "since", "colour"}


def test_each_filter_that_is_on_is_named_with_a_link_that_takes_it_away(client):
    tree = tree_of(client.get(f"{MANY}?stance=denies&stance=affirms&since=2019&order=name"))
    applied = tree.xpath('//ul[@class="applied"]/li/a')
    assert [" ".join(link.text_content().split()) for link in applied] == [
        "Stance: affirms ×remove this filter",
        "Stance: denies ×remove this filter",
        "Said since: 2019 ×remove this filter",
        "Show everything",
    ]
    assert applied[1].get("href") == f"{MANY}?stance=affirms&since=2019&order=name"
    assert not tree_of(client.get(f"{MANY}?order=name")).xpath('//ul[@class="applied"]')


def test_the_order_is_chosen_by_link_and_keeps_the_filters(client):
    tree = tree_of(client.get(f"{MANY}?stance=denies&order=name"))
    assert tree.xpath('//p[@class="orders"]/strong/text()') == ["by name"]
    assert tree.xpath('//p[@class="orders"]/a/@href') == [
        f"{MANY}?stance=denies&order=contrast#comparison-title",
        f"{MANY}?stance=denies&order=date#comparison-title",
    ]


def test_nothing_that_fits_is_said_in_words(client):
    assert "No results with these filters." in texts(tree_of(client.get(f"{MANY}?since=2021")), "empty__line")


def test_a_period_reaches_whoever_may_have_spoken_in_it(client):
    some_time = replace(cast.union_disputes, said_on=in_month("2020-06", 30))
    append([some_time], reason="Dated.")
    assert "Herders’ Union" in rows(client, "since=2020-06-30&until=2020-06-30", WHY)
    assert "Herders’ Union" not in rows(client, "since=2020-07-01", WHY)
