"""What the desk proposes for a passage and for an article: speakers, claims, dates, amounts, chain, in few queries."""

import pytest

from articles.models import Capture
from articles.text import locate
from claims.changes import NameInput, add_actor
from claims.models import Actor
from claims.suggestions import suggest_for_article, suggest_for_passage
from claims.suggestions.stances import ReportedWords
from tests.desk import matter

pytestmark = [pytest.mark.django_db, pytest.mark.any_database]


@pytest.fixture
def desk(editor):
    return matter(editor)


def in_article(desk, text, **values):
    """A capture of `text` in the desk's article, as if it had been taken in with these values."""
    for name, value in {"published": "2021-05-05", "credited_agency": "", "dateline": "", **values}.items():
        setattr(desk.article, name, value)
    return Capture(article=desk.article, text=text)


def suggested(desk, text, words, **values):
    capture = in_article(desk, text, **values)
    return suggest_for_passage(capture, locate(capture.text, words))


def speakers(found):
    return [(one.actor.name, one.level) for one in found.speakers]


def test_words_that_somebody_said_are_filled_in_with_everything_the_article_tells(desk):
    words = "about 4,000 people must move before the valley is flooded"
    found = suggested(desk, f"The ministry of water said on Monday that {words}.", words)
    assert (found.printed_name, found.cue, found.mode) == ("The ministry of water", "said", "indirect")
    assert speakers(found) == [("Ministry of Water", "same")]
    assert [one.claim for one in found.claims] == [desk.claim]
    assert (found.said_on[0].edtf, found.said_on[0].sure) == ("2021-05-03", True)
    (amount,) = found.amounts
    assert (amount.amount, amount.modifier, amount.unit) == (4000, "about", "people")


def test_a_name_is_found_in_another_spelling_and_script(desk, editor):
    words = "nobody was asked"
    assert speakers(suggested(desk, f"Asel Bek said {words}.", words)) == [("Asel Bek", "same")]
    add_actor(name="Қасым-Жомарт Тоқаев", kind="person", by=editor)
    found = suggested(desk, f"Kassym-Jomart Tokayev said {words}.", words)
    assert speakers(found) == [("Қасым-Жомарт Тоқаев", "same")]


def test_a_family_name_is_that_of_whom_the_article_named_in_full(desk):
    text = "Asel Bek came. “Nobody was asked,” said Bek. He left."
    assert speakers(suggested(desk, text, "Nobody was asked"))[:1] == [("Asel Bek", "same")]


def test_a_pronoun_makes_nobody_sure(desk, editor):
    add_actor(name="Omar Bek", kind="person", by=editor)
    text = "Asel Bek met Omar Bek in the valley.\n\nHe said the dam would not hold."
    found = suggested(desk, text, "the dam would not hold")
    assert "same" not in [level for _, level in speakers(found)]


def test_two_actors_of_one_name_are_both_offered_and_neither_is_filled_in(desk, editor):
    add_actor(name="Asel Bek", kind="person", by=editor)
    found = suggested(desk, "Asel Bek said nobody was asked.", "nobody was asked")
    assert speakers(found) == [("Asel Bek", "likely"), ("Asel Bek", "likely")]


def test_unnamed_sources_are_offered_in_their_own_article_only(desk, editor):
    add_actor(name="A clerk of the ministry", kind="unnamed", reported_in=desk.article, by=editor)
    text = "A clerk of the ministry said the dam would not hold."
    words = "the dam would not hold"
    assert ("A clerk of the ministry", "same") in speakers(suggested(desk, text, words))
    elsewhere = Capture(article=type(desk.article)(outlet=desk.outlet, language="en"), text=text)
    elsewhere.article.pk = desk.article.pk + 1
    assert "A clerk of the ministry" not in dict(speakers(suggest_for_passage(elsewhere, locate(text, words))))


def test_somebody_recorded_under_a_role_is_found_by_it(desk, editor):
    add_actor(name="Serik Tur", kind="person", description="Governor of the Lake District.", by=editor)
    found = suggested(desk, "The governor of the lake district said nobody was asked.", "nobody was asked")
    assert speakers(found)[:1] == [("Serik Tur", "likely")]


def test_an_acronym_that_the_article_explains_is_found_by_its_long_name(desk, editor):
    add_actor(name="World Valley Fund", kind="organisation", by=editor)
    text = "The World Valley Fund (WVF) has looked at the dam. The WVF said nobody in the valley was asked."
    assert ("World Valley Fund", "same") in speakers(suggested(desk, text, "nobody in the valley was asked"))


def test_merged_actors_are_not_offered(desk, editor):
    gone = add_actor(name="Asel Beck", kind="person", by=editor)
    Actor.objects.filter(pk=gone.pk).update(merged_into=desk.farmer)
    found = suggested(desk, "Asel Beck said nobody was asked.", "nobody was asked")
    assert "Asel Beck" not in dict(speakers(found))


def test_the_chain_goes_from_the_credited_agency_to_who_is_nearest_to_the_speaker(desk):
    text = "According to a statement by the ministry of water, Asel Bek said nobody was asked."
    found = suggested(desk, text, "nobody was asked", credited_agency="Mountain Press Agency")
    assert [(one.relation, one.outlet or one.actor) for one in found.chain] == [
        ("relays", desk.agency),
        ("relays", desk.ministry),
    ]
    assert speakers(found) == [("Asel Bek", "same")]


def test_an_agency_that_nobody_knows_is_a_label_and_unsure_and_the_own_outlet_is_no_hop(desk):
    (step,) = suggested(desk, "Asel Bek said it rained.", "it rained", credited_agency="Unknown Wire").chain
    assert (step.label, step.sure) == ("Unknown Wire", False)
    assert suggested(desk, "Asel Bek said it rained.", "it rained", credited_agency="Valley Herald").chain == []


def test_words_that_fit_no_claim_ask_for_a_new_one(desk):
    found = suggested(desk, "Asel Bek said the price of bread had doubled.", "the price of bread had doubled")
    assert found.claims == []


@pytest.mark.parametrize(
    ("text", "words", "claim", "stance"),
    [
        ("Asel Bek denied that anybody was asked.", "anybody was asked", "The villagers were asked.", "denies"),
        ("Asel Bek denied that anybody was asked.", "anybody was asked", "Nobody was asked.", "affirms"),
        ("Asel Bek demanded that everybody be asked.", "everybody be asked", "Everybody should be asked.", "supports"),
        ("Asel Bek demanded that everybody be asked.", "everybody be asked", "Everybody was asked.", ""),
        ("Asel Bek declined to comment on the dam.", "on the dam", "The dam is safe.", "declines"),
        ("It rained. Omar Bek denied that. Asel Bek said it was so.", "it was so", "It rained.", "affirms"),
    ],
)
def test_the_stance_is_one_towards_the_claim_that_is_chosen(desk, text, words, claim, stance):
    capture = in_article(desk, text)
    span = locate(capture.text, words)
    found = suggest_for_passage(capture, span)
    assert ReportedWords.from_passage(capture, span, found.proposal).stance_towards(claim) == stance


def test_words_without_a_report_have_the_articles_date_and_nothing_more(desk):
    found = suggested(desk, "The valley lies between two hills.", "between two hills")
    assert (found.proposal, found.printed_name, found.speakers) == (None, "", [])
    assert [(one.edtf, one.sure) for one in found.said_on] == [("2021-05-05", False)]


def test_a_language_without_rules_still_has_its_amounts_and_dates(desk):
    desk.article.language = "xx"
    found = suggested(desk, "Zzz 4,000 people zzz.", "4,000 people")
    assert [one.amount for one in found.amounts] == [4000]
    assert found.proposal is None


def test_an_article_has_one_suggestion_for_each_attribution_in_its_order(desk):
    found = suggest_for_article(desk.capture)
    words = [one.span.exact for one in found]
    assert "that about 4,000 people must move before the valley is flooded" in words
    assert "“Nobody was asked,”" in words
    starts = [one.span.start for one in found]
    assert starts == sorted(starts)
    assert all(one.span.exact == desk.capture.text[one.span.start : one.span.end] for one in found)


def test_very_many_names_are_looked_for_at_once(desk):
    heads = ["Vladimir", "Mohamed", "Kassym-Jomart", "Julia", "Sergei", "Yevgeny"]
    text = "\n\n".join(f"{heads[n % 6]} Ba{chr(97 + n % 26)}o{chr(97 + n // 3)}ev said it rained." for n in range(75))
    found = suggest_for_article(in_article(desk, f"{text}\n\nAsel Bek said it rained."))
    assert len(found) > 70


def test_the_number_of_queries_does_not_grow_with_the_article(desk, editor, django_assert_max_num_queries):
    short = in_article(desk, "Asel Bek said nobody was asked.", credited_agency="Mountain Press Agency")
    assert short.article.outlet  # whoever asks has read it along
    with django_assert_max_num_queries(10):
        suggest_for_passage(short, locate(short.text, "nobody was asked"))
    for number in range(5):
        add_actor(name=f"Person Number{number}", kind="person", names=[NameInput(f"Num{number} Alias")], by=editor)
    said = "Person Number{} said that claim {} is right. The bureau of {} denied it."
    text = "\n\n".join(said.format(number % 5, number, number) for number in range(30))
    long = in_article(desk, text, credited_agency="Mountain Press Agency")
    assert long.article.outlet
    with django_assert_max_num_queries(10):
        assert len(suggest_for_article(long)) > 30


def test_who_is_speaking_in_a_transcript_is_proposed_unless_the_words_name_another(desk):
    text = "Nobody was asked.\n\nThe ministry of water said that people must move."
    capture = in_article(desk, text)
    capture.places = [[0, len(text), None, 12.0, 20.0, "Asel Bek"]]
    found = suggest_for_passage(capture, locate(text, "Nobody was asked"))
    assert (found.turn, found.printed_name, speakers(found)) == ("Asel Bek", "Asel Bek", [("Asel Bek", "same")])
    found = suggest_for_passage(capture, locate(text, "people must move"))
    assert (found.turn, found.printed_name) == ("", "The ministry of water")
