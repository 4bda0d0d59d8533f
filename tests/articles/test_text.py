"""articles/text.py: settling text, names and finding words in them."""

import time
import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from articles.text import (
    CONTEXT_LENGTH,
    QuoteCutsAWord,
    QuoteIsAmbiguous,
    QuoteNotFound,
    TextIsBroken,
    fingerprint,
    locate,
    occurrences,
    settle,
    settle_line,
)
from articles.word_edges import cuts_word
from tests.pinned import changed

HARBOUR = (
    "Dockers stop work at Port Selby\n\n"
    "The union’s chair, Ana Ruiz, said the harbour was “not safe to work in” after the storm.\n\n"
    "The port authority said the harbour was open. It called the strike ‘unlawful’."
)


# Settling


def test_all_line_ends_become_one_kind():
    assert settle("one\r\ntwo\rthree\u2028four\x0cfive\x85six") == "one\ntwo\nthree\nfour\nfive\nsix"


def test_text_is_composed():
    assert settle("Žižek".encode().decode()) == settle(unicodedata.normalize("NFD", "Žižek")) == "Žižek"


def test_a_mark_of_byte_order_at_the_start_is_dropped():
    assert settle("\ufeffText") == "Text"


def test_control_characters_that_print_nothing_are_removed():
    assert settle("bold\x1b text\x08\x7f") == "bold text"


@pytest.mark.parametrize(
    ("broken", "what"),
    [
        ("first\nsec\x00ond", "Line 2 contains a NUL byte"),
        ("half a pair \ud83d", "an unpaired surrogate"),
        ("It\x92s from Windows", "U+0092"),
        ("\ufffeswapped", "U+FFFE"),
    ],
)
def test_what_only_a_wrong_encoding_brings_in_is_refused(broken, what):
    with pytest.raises(TextIsBroken, match=what.replace("+", r"\+")):
        settle(broken)


@given(st.text())
def test_settled_text_stays_as_it_is(text):
    try:
        once = settle(text)
    except TextIsBroken:
        return
    assert settle(once) == once
    assert unicodedata.is_normalized("NFC", once)
    assert "\r" not in once
    assert "\x00" not in once


def test_a_name_is_one_line():
    assert settle_line("  Ana\n Ruiz\u00a0 ") == "Ana Ruiz"


@pytest.mark.parametrize("name", ["Ana\x00Ruiz", "Ana\x1bRuiz", "Ana\x1dRuiz", "Ana \x85 Ruiz", "Ana \ud800"])
def test_a_name_with_a_control_character_is_refused(name):
    with pytest.raises(TextIsBroken, match="The name"):
        settle_line(name)


@pytest.mark.parametrize("name", ["\u202eziuR anA", "Ana \u2066Ruiz", "Ana\u202c", "\u202b\u2066x\u202c\u2069"])
def test_a_name_that_turns_the_words_after_it_is_refused(name):
    with pytest.raises(TextIsBroken, match="direction"):
        settle_line(name)


@pytest.mark.parametrize("name", ["شىنجاڭ", "\u2067ئالمۇتا\u2069 Post", "Ana \u202bرويز\u202c Ruiz", "نامه\u200cها"])
def test_names_in_arabic_script_are_kept_as_they_are(name):
    assert settle_line(name) == name


def test_a_fingerprint_is_the_sha256_of_the_utf8_bytes():
    assert fingerprint("") == "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855"
    assert fingerprint("Қ") != fingerprint("К")


# Locating


def test_words_are_found_in_code_points_with_what_stands_around_them():
    text = "🙂🙂 " + HARBOUR
    found = locate(text, "not safe to work in")
    assert text[found.start : found.end] == found.exact == "not safe to work in"
    assert text[: found.start].endswith(found.prefix)
    assert text[found.end :].startswith(found.suffix)


def test_context_is_cut_between_words_and_at_most_32_code_points():
    found = locate(HARBOUR, "not safe to work in")
    assert found.prefix == "Ana Ruiz, said the harbour was “"
    assert found.suffix == "” after the storm.\n\nThe port"
    assert len(found.prefix) <= CONTEXT_LENGTH


def test_context_without_spaces_is_cut_at_32():
    text = "哈" * 40 + "声明" + "萨" * 40
    found = locate(text, "声明")
    assert (found.prefix, found.suffix) == ("哈" * 32, "萨" * 32)


def test_at_the_edges_of_the_text_there_is_no_context():
    assert locate("all of it", "all of it").prefix == locate("all of it", "all of it").suffix == ""


@pytest.mark.parametrize(
    "pasted",
    [
        'said the harbour was "not safe to work in"',
        "said the harbour was 'not safe to work in'",
        "said the\nharbour  was «not safe\u00a0to work in»",
        "  said the harbour was “not safe to\u00ad work in” ",
    ],
)
def test_other_quotation_marks_and_white_space_are_forgiven_and_the_printed_words_returned(pasted):
    assert locate(HARBOUR, pasted).exact == "said the harbour was “not safe to work in”"


def test_what_prints_nothing_is_skipped_in_the_text_too():
    text = "The har\u00adbour\u200b  is “open”"
    assert locate(text, 'harbour is "open"').exact == text[4:]


def test_decomposed_words_are_found():
    assert locate("He is Žižek.", unicodedata.normalize("NFD", "Žižek")).exact == "Žižek"


def test_words_that_are_not_there_are_not_found():
    with pytest.raises(QuoteNotFound, match="“unsafe to work in” are not in the text"):
        locate(HARBOUR, "unsafe to work in")


@pytest.mark.parametrize("nothing", ["", "  \n", "\u200b"])
def test_no_words_are_not_found(nothing):
    with pytest.raises(QuoteNotFound):
        locate(HARBOUR, nothing)


def test_words_that_are_there_twice_are_ambiguous_and_counted():
    with pytest.raises(QuoteIsAmbiguous, match="2 times") as refusal:
        locate(HARBOUR, "the harbour was")
    assert refusal.value.count == 2


def test_overlapping_places_count():
    assert len(occurrences("ha ha ha", "ha ha")) == 2
    with pytest.raises(QuoteIsAmbiguous):
        locate("ha ha ha", "ha ha")


def test_prefix_or_suffix_choose_among_places():
    second = HARBOUR.rindex("the harbour was")
    assert locate(HARBOUR, "the harbour was", prefix="The port authority said ").start == second
    assert locate(HARBOUR, "the harbour was", suffix=" open").start == second
    assert locate(HARBOUR, "the harbour was", suffix=' "not safe').start < second


def test_a_wrong_prefix_does_not_hide_words_that_stand_once():
    assert locate(HARBOUR, "not safe to work in", prefix="something else").exact == "not safe to work in"


def test_the_very_same_characters_are_preferred():
    text = "They said 'no'. We said “no”."
    assert locate(text, "“no”").start == text.index("“no”")


def test_whole_words_are_preferred():
    text = "The camps were closed. The camp was not."
    assert locate(text, "camp").start == text.index("camp was")


@pytest.mark.parametrize(
    ("text", "exact"),
    [
        ("a" * 200_000, "a" * 100_000),
        ("a" * 200_000, "a" * 100_000 + "b"),
        (" \u200b" * 100_000, "x"),
        ("ab" * 100_000, "ab" * 50_000 + "a"),
        ("' " * 100_000, "” " * 50_000),
    ],
)
def test_hostile_text_takes_no_time(text, exact):
    start = time.process_time()
    with pytest.raises((QuoteNotFound, QuoteIsAmbiguous)):
        locate(text, exact, prefix="a" * 100_000, suffix="'" * 100_000)
    assert time.process_time() - start < 5  # quadratic time is minutes


@given(st.text(alphabet="ab “”'\n\u200b\u00adé🙂", max_size=60), st.data())
def test_every_selection_is_found_again_with_its_context(text, data):
    text = settle(text)
    start = data.draw(st.integers(0, len(text)))
    end = data.draw(st.integers(start, len(text)))
    inner = text[start:end].strip(" \n\u200b\u00ad")
    first = text.index(inner, start)
    try:
        places = occurrences(text, text[start:end])
    except QuoteCutsAWord:
        places = []
    except QuoteNotFound:
        assert not text[start:end].replace("\u200b", "").replace("\u00ad", "").strip()
        return
    # A part of a word is found where it is a word of its own, if anywhere.
    assert any(start <= a and b <= end for a, b in places) or cuts_word(text, first, first + len(inner))


@pytest.mark.parametrize("table", ["folded.txt", "located.txt"])
def test_every_fold_and_every_place_is_the_one_that_is_pinned(table):
    assert changed(table) == []


@pytest.mark.parametrize(
    ("occurrence", "place"), [(1, (0, 2)), (2, (4, 6)), (3, (8, 10)), (4, (12, 14)), (0, None), (5, None), (-1, None)]
)
@pytest.mark.parametrize("word", ["no", "aa"])
def test_the_first_occurrence_is_one_and_any_other_number_chooses_none(word, occurrence, place):
    text = f"{word}, {word}. {word}; {word}"
    if place is None:
        with pytest.raises(QuoteIsAmbiguous, match="4 times"):
            locate(text, word, occurrence=occurrence)
    else:
        found = locate(text, f" {word} ", occurrence=occurrence)
        assert (found.start, found.end, found.exact) == (*place, word)
