"""Questions and claims: adding, rewording, relating, revising; the rules of figures."""

from decimal import Decimal

import pytest

from articles.models import Trace
from articles.tracked_changes import Refusal, StaleRevision
from claims.changes import (
    RelationInput,
    add_claim,
    add_question,
    merge_claims,
    relate_claims,
    revise,
    reword_claim,
)
from claims.models import Claim, Question

pytestmark = pytest.mark.django_db

FIGURE = {"kind": "figure", "unit": "people", "counted": "people who must move"}


@pytest.fixture
def question(editor):
    return add_question(title="How many people must move?", by=editor)


@pytest.fixture
def claim(question, editor):
    return add_claim(question=question, text="The villagers were asked.", kind="fact", by=editor)


def traces(obj):
    return list(Trace.objects.filter(public_id=obj.public_id).order_by("id").values_list("verb", "by__username"))


def test_a_claim_gets_an_address_made_of_its_text(question, editor):
    claim = add_claim(question=question, text="Селян спросили", kind="fact", language="uk", by=editor)
    assert claim.slug == "selyan-sprosili"
    again = add_claim(question=question, text="Селян спросили", kind="fact", language="uk", by=editor)
    assert again.slug == "selyan-sprosili-2"


def test_a_text_without_letters_gives_the_identity_as_address(question, editor):
    claim = add_claim(question=question, text="…?", kind="fact", by=editor)
    assert claim.slug == claim.public_id


def test_adding_leaves_a_trace(claim):
    assert traces(claim) == [("add", "erin")]


def test_rewording_keeps_the_address_and_says_why(claim, editor):
    slug = claim.slug
    claim = reword_claim(claim, text="The villagers had been asked.", by=editor, seen=1, why="tense")
    assert (claim.text, claim.slug, claim.revision) == ("The villagers had been asked.", slug, 2)
    trace = Trace.objects.filter(public_id=claim.public_id).first()
    assert trace.changes == {"text": ["The villagers were asked.", "The villagers had been asked."]}
    assert trace.why == "tense"


def test_rewording_into_the_same_words_changes_nothing(claim, editor):
    assert reword_claim(claim, text="The villagers were asked. ", by=editor, seen=1).revision == 1
    assert traces(claim) == [("add", "erin")]


def test_a_stale_rewording_is_refused_with_both_texts(claim, editor):
    reword_claim(claim, text="Theirs", by=editor, seen=1)
    with pytest.raises(StaleRevision) as refused:
        reword_claim(claim, text="Yours", by=editor, seen=1)
    assert (refused.value.theirs, refused.value.yours) == ({"text": "Theirs"}, {"text": "Yours"})
    assert Claim.objects.get().text == "Theirs"


@pytest.mark.parametrize("text", ["", "  \n ", "a\x00b", "a\x1bb", "\u202eturned", "x" * 501, None])
def test_a_text_that_cannot_be_one_is_refused_with_its_field(question, claim, editor, text):
    with pytest.raises(Refusal) as refused:
        reword_claim(claim, text=text, by=editor, seen=1)
    assert refused.value.field == "text"
    with pytest.raises(Refusal) as refused:
        add_claim(question=question, text=text, kind="fact", by=editor)
    assert refused.value.field == "text"
    assert Claim.objects.get().revision == 1


def test_a_text_is_settled(question, editor):
    claim = add_claim(question=question, text="  Jose\u0301 \n was  asked ", kind="fact", by=editor)
    assert claim.text == "José was asked"


@pytest.mark.parametrize("tag", ["english", "e", "en-", "kk-Cyrl-KZ-x!", "en US", "123", "", "e\u0301n"])
def test_a_language_that_is_no_tag_is_refused(question, editor, tag):
    with pytest.raises(Refusal) as refused:
        add_claim(question=question, text="Text", kind="fact", language=tag, by=editor)
    assert refused.value.field == "language"


@pytest.mark.parametrize(
    ("tag", "kept"),
    [
        ("EN", "en"),
        ("kk-cyrl", "kk-Cyrl"),
        ("zh_hans_cn", "zh-Hans-CN"),
        ("es-419", "es-419"),
        ("sl-rozaj", "sl-rozaj"),
    ],
)
def test_a_language_tag_is_kept_in_its_usual_case(question, editor, tag, kept):
    assert add_claim(question=question, text="Text", kind="fact", language=tag, by=editor).language == kept


@pytest.mark.parametrize("kind", ["opinion", "", None])
def test_a_kind_that_is_none_is_refused(question, editor, kind):
    with pytest.raises(Refusal) as refused:
        add_claim(question=question, text="Text", kind=kind, by=editor)
    assert refused.value.field == "kind"


# Figures


def test_a_figure_keeps_its_bounds_its_unit_and_its_date(question, editor):
    claim = add_claim(
        question=question,
        text="3,500 to 4,000",
        lower="3500",
        upper=Decimal("4000.5"),
        as_of="2021-05",
        by=editor,
        **FIGURE,
    )
    claim.refresh_from_db()
    assert (claim.amount, claim.lower, claim.upper, claim.as_of) == (None, 3500, Decimal("4000.5"), "2021-05")


@pytest.mark.parametrize(
    ("missing", "values"),
    [
        ("amount", {}),
        ("unit", {"amount": 1, "unit": ""}),
        ("counted", {"amount": 1, "counted": " "}),
    ],
)
def test_a_figure_that_lacks_something_is_refused(question, editor, missing, values):
    with pytest.raises(Refusal) as refused:
        add_claim(question=question, text="Text", by=editor, **(FIGURE | values))
    assert refused.value.field == missing
    assert not Claim.objects.exists()


@pytest.mark.parametrize(
    "bounds", [{"lower": 5, "upper": 4}, {"lower": 5, "amount": 4}, {"amount": 5, "upper": "4.9999"}]
)
def test_bounds_that_do_not_enclose_the_amount_are_refused(question, editor, bounds):
    with pytest.raises(Refusal, match="is greater than the"):
        add_claim(question=question, text="Text", by=editor, **FIGURE, **bounds)


@pytest.mark.parametrize(
    "amount",
    [
        "NaN",
        "sNaN",
        "Infinity",
        "1e400",
        "1E+999999999",
        "1E-999999999",
        10**30,
        "1" * 5000,
        "0.00001",
        "12345678901234.567",
        "a lot",
        True,
    ],
)
def test_a_number_that_no_database_keeps_is_refused(question, editor, amount):
    with pytest.raises(Refusal) as refused:
        add_claim(question=question, text="Text", amount=amount, by=editor, **FIGURE)
    assert refused.value.field == "amount"


@pytest.mark.parametrize(
    "amount", ["999999999999999", "12345678901.2345", "-3.5", "0", "1e6", 44_000_000, "100000000000.5"]
)
def test_a_number_is_kept_to_the_last_digit(question, editor, amount):
    claim = add_claim(question=question, text="Text", amount=amount, by=editor, **FIGURE)
    claim.refresh_from_db()
    assert claim.amount == Decimal(str(amount))
    assert revise(claim, {"amount": amount}, by=editor, seen=1).revision == 1


def test_only_a_figure_has_a_number(question, claim, editor):
    with pytest.raises(Refusal) as refused:
        revise(claim, {"unit": "people"}, by=editor, seen=1)
    assert refused.value.field == "unit"
    figure = add_claim(question=question, text="Text", amount=4, by=editor, **FIGURE)
    with pytest.raises(Refusal, match="Only a figure"):
        revise(figure, {"kind": "fact"}, by=editor, seen=1)


@pytest.mark.parametrize("date", ["2019-13-40", "yesterday", "2019/2018", "19"])
def test_a_date_that_is_none_is_refused(question, editor, date):
    with pytest.raises(Refusal) as refused:
        add_claim(question=question, text="Text", amount=4, as_of=date, by=editor, **FIGURE)
    assert refused.value.field == "as_of"


@pytest.mark.parametrize("position", [-1, 10**30, "first", 1.5, None])
def test_a_position_that_is_none_is_refused(editor, position):
    with pytest.raises(Refusal) as refused:
        add_question(title="Where?", position=position, by=editor)
    assert refused.value.field == "position"


# Relations


def test_relating_a_claim_raises_its_revision_and_is_traced_in_words(question, claim, editor):
    other = add_claim(question=question, text="Nobody was asked.", kind="fact", by=editor)
    claim = relate_claims(claim, "contradicts", other, by=editor, seen=1)
    assert claim.revision == 2
    trace = Trace.objects.filter(public_id=claim.public_id).first()
    assert trace.changes == {"relations": [[], ["contradicts “Nobody was asked.”"]]}
    assert relate_claims(claim, "contradicts", other, by=editor, seen=2).revision == 2


def test_a_claim_has_no_relation_to_itself_or_to_what_was_merged_away(question, claim, editor):
    with pytest.raises(Refusal, match="related to itself"):
        relate_claims(claim, "narrows", claim, by=editor, seen=1)
    gone = add_claim(question=question, text="Gone", kind="fact", by=editor)
    other = add_claim(question=question, text="Other", kind="fact", by=editor)
    merge_claims(gone, into=other, by=editor, why="", seen=1)
    with pytest.raises(Refusal, match="“Gone” was merged into “Other”"):
        relate_claims(claim, "narrows", gone, by=editor, seen=1)


def test_a_relation_of_no_kind_is_refused(question, claim, editor):
    other = add_claim(question=question, text="Nobody was asked.", kind="fact", by=editor)
    with pytest.raises(Refusal, match="not a valid choice"):
        relate_claims(claim, "likes", other, by=editor, seen=1)


def test_relations_that_stay_keep_their_rows(question, claim, editor):
    others = [add_claim(question=question, text=f"Other {n}", kind="fact", by=editor) for n in range(2)]
    claim = revise(claim, {}, relations=[RelationInput("narrows", one) for one in others], by=editor, seen=1)
    kept = claim.relations.get(other=others[1]).pk
    claim = revise(claim, {}, relations=[RelationInput("narrows", others[1])], by=editor, seen=2)
    assert claim.relations.get().pk == kept


def test_a_claim_that_was_merged_away_is_not_revised(question, claim, editor):
    other = add_claim(question=question, text="Other", kind="fact", by=editor)
    merge_claims(claim, into=other, by=editor, why="", seen=1)
    with pytest.raises(Refusal, match="was merged into"):
        revise(claim, {"text": "New"}, by=editor, seen=2)


# Questions


def test_a_question_is_revised(question, editor):
    question = revise(
        question, {"title": "How many?", "description": "Of all villages.", "slug": ""}, by=editor, seen=1
    )
    assert (question.title, question.slug, question.revision) == ("How many?", "how-many", 2)


def test_a_title_that_is_taken_is_refused(question, editor):
    with pytest.raises(Refusal) as refused:
        add_question(title="How many people must move?", by=editor)
    assert refused.value.field == "title"
    assert Question.objects.count() == 1


@pytest.mark.parametrize("slug", ["how-many-people-must-move", "not a slug", "x" * 121, "a/b"])
def test_an_address_that_cannot_be_is_refused(question, editor, slug):
    with pytest.raises(Refusal) as refused:
        add_question(title="Another?", slug=slug, by=editor)
    assert refused.value.field == "slug"


def test_a_long_description_is_refused_and_a_short_one_keeps_its_lines(editor):
    with pytest.raises(Refusal, match="limit is 20,000"):
        add_question(title="Long?", description="x" * 20_001, by=editor)
    assert add_question(title="Short?", description=" one\r\ntwo ", by=editor).description == "one\ntwo"


def test_a_misspelt_field_is_an_error_of_the_programmer(question, editor):
    with pytest.raises(TypeError, match="titel"):
        revise(question, {"titel": "?"}, by=editor, seen=1)
