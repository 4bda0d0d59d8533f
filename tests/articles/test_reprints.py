"""Likely reprints: the sample that is kept, the measure, and what is proposed when an article is taken in."""

import random
from itertools import combinations

import pytest

from articles import ingest, recognition
from articles.changes import add_outlet, revise_article
from articles.ingest import index_capture, take_in
from articles.models import Article, Shingle
from articles.recognition import find_known_article, likely_reprints, reprint_family
from articles.reprints import SHINGLE_WORDS, WINNOWING_WINDOW, compare_texts, sample_shingles, shingles_of, words_of
from tests.pinned import changed

VOCABULARY = [a + b for a in ("ba", "co", "di", "fu", "ga", "he", "ki", "lo", "mu", "ne") for b in "rstvwlmnpq"]


def story(seed, sentences=20, words=16):
    """A text of nonsense that is its own: no two seeds share five words running, but by a rare chance."""
    chance = random.Random(seed)
    return "\n\n".join(
        " ".join(chance.choice(VOCABULARY) for _ in range(words)).capitalize() + "." for _ in range(sentences)
    )


# The sample


@pytest.mark.parametrize("seed", range(20))
def test_a_run_of_twelve_words_shares_a_kept_shingle_wherever_it_stands(seed):
    run = story(1000 + seed, sentences=1, words=WINNOWING_WINDOW + SHINGLE_WORDS - 1).rstrip(".")
    one = f"{story(seed, 3)} {run} {story(seed + 50, 5)}"
    other = f"{story(seed + 100, 7)} {run} {story(seed + 150, 2)}"
    assert sample_shingles(one) & sample_shingles(other)


def test_two_of_nine_shingles_are_kept():
    text = story(1, sentences=400)
    assert 0.15 < len(sample_shingles(text)) / len(shingles_of(text)) < 0.30


def test_a_text_shorter_than_a_shingle_is_sampled_whole():
    assert len(sample_shingles("one two three")) == 1
    assert sample_shingles("…") == set()


def test_quotation_marks_case_and_line_ends_make_no_difference():
    assert sample_shingles("He said “the harbour\nis Closed” today, again.") == sample_shingles(
        'he said "the harbour is closed" today again'
    )


def test_characters_are_words_where_words_have_no_spaces():
    assert words_of("外交部 said 今天") == ["外", "交", "部", "said", "今", "天"]


def test_a_book_is_sampled_more_thinly():
    assert len(sample_shingles(story(3, sentences=4000))) == 5000


# The measure


def test_a_cut_reprint_stands_whole_in_its_original():
    original = story(1)
    cut = "\n\n".join(original.split("\n\n")[:6])
    shares = compare_texts(cut, original)
    assert shares.of_this_in_other == 1
    assert shares.of_other_in_this < 0.35
    assert shares.is_likely_reprint
    assert compare_texts(original, cut).is_likely_reprint


def test_an_extended_reprint_contains_its_original():
    original = story(1, sentences=6)
    shares = compare_texts(original + "\n\n" + story(2), original)
    assert shares.of_other_in_this == 1
    assert shares.is_likely_reprint


def test_an_edited_reprint_is_likely():
    chance = random.Random(4)
    words = story(1).split(" ")
    edited = " ".join(chance.choice(VOCABULARY) if chance.random() < 0.05 else word for word in words)
    assert compare_texts(edited, story(1)).is_likely_reprint


def test_one_long_quotation_in_two_reports_makes_no_reprint():
    quotation = story(9, sentences=2)
    shares = compare_texts(story(1) + quotation, story(2) + quotation)
    assert shares.shingles > 20
    assert not shares.is_likely_reprint


@pytest.mark.parametrize("marks", ["“{}”", '"{}"', "«{}»", "„{}“"])
@pytest.mark.parametrize("quotations", [2, 4, 8])
def test_separate_reports_that_share_only_long_quotations_are_no_reprints(marks, quotations):
    said = [story(90 + number, sentences=2).replace("\n\n", " ") for number in range(quotations)]
    shared = "\n\n".join(map(marks.format, said))
    reports = [f"{story(seed, 3)}\n\n{shared}\n\n{story(seed + 10, 3)}" for seed in (20, 21, 22)]
    for one, other in combinations(reports, 2):
        assert not compare_texts(one, other).is_likely_reprint


def test_a_reprint_with_its_quotations_is_still_one():
    quotation = "\n\n“" + story(95, sentences=3).replace("\n\n", " ") + "”\n\n"
    original = story(1, 6) + quotation + story(2, 6)
    cut = story(1, 6) + quotation
    assert compare_texts(original, original).is_likely_reprint
    assert compare_texts(cut, original).is_likely_reprint
    assert compare_texts(original.replace("“", '"').replace("”", '"'), original).of_this_in_other == 1


def test_a_text_of_nothing_but_quotations_is_a_reprint_of_the_very_same():
    said = [f"“{story(seed, 1)}”" for seed in range(30, 40)]
    assert compare_texts("\n\n".join(said), "\n\n".join(said)).is_likely_reprint
    assert not compare_texts("\n\n".join([*said[:6], f"“{story(70, 6)}”"]), "\n\n".join(said)).is_likely_reprint


def test_the_longest_runs_are_given_as_they_are_printed():
    shared = story(7, sentences=2).replace("\n\n", " “and” ")
    shares = compare_texts(f"Only here. {shared}", f"Only there: {shared.replace('“', '”')} And more.")
    assert shares.runs == [shared.rstrip(".")]


def test_nothing_shares_nothing():
    shares = compare_texts("", "")
    assert (shares.of_this_in_other, shares.of_other_in_this, shares.runs, shares.is_likely_reprint) == (
        0,
        0,
        [],
        False,
    )


# With the index


@pytest.fixture
def outlets(editor):
    return [add_outlet(name=name, by=editor) for name in ("Radio Free Selby", "The Times of Port Selby", "Third Paper")]


def test_reprints_are_proposed_on_the_way_in_and_nothing_is_linked(outlets, editor):
    original = take_in(text=story(1), outlet=outlets[0], headline="Harbour closed", by=editor)
    take_in(text=story(2), outlet=outlets[2], headline="Another matter", by=editor)
    cut = "\n\n".join(story(1).split("\n\n")[:8])
    taken = take_in(text=cut, outlet=outlets[1], headline="Port shut", by=editor)
    assert original.reprints == []
    assert [like.article for like in taken.reprints] == [original.article]
    assert taken.reprints[0].share_of_this_in_other == 1
    assert not Article.objects.filter(derived_from__isnull=False).exists()


def test_both_sides_see_the_reprint_afterwards(outlets, editor):
    first = take_in(text=story(1), outlet=outlets[0], headline="Harbour closed", by=editor).article
    second = take_in(text=story(1), outlet=outlets[1], headline="Port shut", by=editor).article
    assert [like.article for like in likely_reprints(first)] == [second]
    assert [like.article for like in likely_reprints(second)] == [first]


def test_the_article_that_the_other_credits_was_first(outlets, editor):
    first = take_in(text=story(1), outlet=outlets[0], headline="Harbour closed", by=editor).article
    second = take_in(
        text=story(1), outlet=outlets[1], headline="Port shut", credited_agency="RFS's Harbour Service", by=editor
    )
    assert second.reprints[0].first == first
    assert likely_reprints(first)[0].first == first


def test_else_the_article_of_the_earlier_date_was_first(outlets, editor):
    late = take_in(
        text=story(1), outlet=outlets[0], headline="A closed harbour", published="2021-05", by=editor
    ).article
    early = take_in(text=story(1), outlet=outlets[1], headline="Port shut", published="2021-04-30", by=editor)
    assert early.reprints[0].first == early.article
    revise_article(late, {"published": "2021-04"}, by=editor, seen=None)
    assert likely_reprints(early.article)[0].first is None


def test_boilerplate_of_an_outlet_relates_none_of_its_articles(outlets, editor):
    boilerplate = story(99, sentences=5)
    for seed in range(1, 8):
        text = f"{story(seed, sentences=4)}\n\n{boilerplate}"
        taken = take_in(text=text, outlet=outlets[0], headline=f"Headline {seed}", by=editor)
    assert taken.reprints == []


def test_versions_of_one_text_in_one_outlet_are_no_boilerplate(outlets, editor):
    for number in range(1, 6):
        text = f"{story(1)}\n\n{story(number + 50, sentences=1)}"
        taken = take_in(text=text, outlet=outlets[0], headline=f"Harbour, part {number * 1111}", by=editor)
    assert len(taken.reprints) == 4


def test_no_shingle_is_kept_for_more_captures_than_the_cap(outlets, editor, monkeypatch):
    monkeypatch.setattr(ingest, "MAX_CAPTURES_PER_SHINGLE", 4)
    boilerplate = story(99, sentences=5)
    for seed in range(1, 8):
        text = f"{story(seed, sentences=2)}\n\n{boilerplate}"
        take_in(text=text, outlet=outlets[0], headline=f"Headline {seed * 1111}", by=editor)
    value = (sample_shingles(boilerplate) & set(Shingle.objects.values_list("value", flat=True))).pop()
    assert Shingle.objects.filter(value=value).count() == 4


def test_a_reprint_of_what_stands_in_more_than_that_many_articles_is_still_found(outlets, editor, monkeypatch):
    monkeypatch.setattr(ingest, "MAX_CAPTURES_PER_SHINGLE", 4)
    for number in range(7):
        taken = take_in(
            text=story(1) + f" {number}", outlet=outlets[number % 3], url=f"https://a.example/{number}", by=editor
        )
    assert taken.reprints


def test_an_excerpt_is_no_reprint(outlets, editor):
    take_in(text=story(1), outlet=outlets[0], headline="Harbour closed", by=editor)
    lines = "\n…\n".join(story(1).split("\n\n")[:4])
    taken = take_in(text=lines, outlet=outlets[1], headline="Port", method="excerpt", complete=False, by=editor)
    assert taken.reprints == []


def test_indexing_twice_changes_nothing(outlets, editor):
    capture = take_in(text=story(1), outlet=outlets[0], headline="Harbour closed", by=editor).capture
    before = Shingle.objects.count()
    index_capture(capture)
    assert Shingle.objects.count() == before == len(sample_shingles(story(1)))


def test_looking_for_reprints_takes_a_fixed_number_of_queries(outlets, editor, django_assert_num_queries):
    article = take_in(text=story(1), outlet=outlets[0], headline="Harbour closed", by=editor).article
    with django_assert_num_queries(3):
        assert likely_reprints(article) == []
    for number in range(10):
        take_in(text=story(1), outlet=outlets[number % 3], url=f"https://a.example/{number}", by=editor)
    article = Article.objects.get(pk=article.pk)
    with django_assert_num_queries(4):  # and the outlet of the article itself
        assert len(likely_reprints(article)) == 9  # one of the ten was the article itself, now with its address


@pytest.mark.parametrize("table", ["compared.txt", "headlines.txt"])
def test_every_likeness_is_the_one_that_is_pinned(table):
    assert changed(table) == []


def test_a_family_has_no_more_than_so_many_members(outlets, editor, monkeypatch):
    monkeypatch.setattr(recognition, "MAX_PRINTINGS", 3)
    for number in range(4):
        text = story(1) + f"\n\nAdded in print {number}."
        outlet = add_outlet(name=f"Paper {number}", by=editor)
        taken = take_in(text=text, outlet=outlet, headline=f"Print {number}", by=editor)
    found = reprint_family(taken.article, taken.reprints)
    assert len(taken.reprints) == 3
    assert len(found) == 3 and taken.article in [kin.article for kin in found]


def test_nearly_the_same_text_without_a_headline_is_no_known_article(outlets, editor):
    known = take_in(text=f"Harbour closed\n\n{story(1)}", outlet=outlets[0], headline="Harbour closed", by=editor)
    edited = f"Harbour closed\n\n{story(1)}\n\nOne more line."
    given = {"text": edited, "outlet": outlets[0]}
    assert find_known_article(**given, headline="Harbour closed") == known.article
    assert find_known_article(**given) is None
