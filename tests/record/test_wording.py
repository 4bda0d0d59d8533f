"""Whose words a printing shows: the table of cases, by hand, of what is quoted, of whom, and who worded the rest."""

import pytest

from articles.quotation_marks import quoted_spans_within
from record import documents as d
from record.documents.wording import (
    add_quotation_marks,
    has_quoted_words,
    marks_of,
    own_words,
    printing_order,
    wording_of,
)
from tests import record_cast as cast
from tests.record_cast import replace

PAPER, AGENCY, OTHER_PAPER = cast.courier, cast.wire, cast.mirror
PRESS_OFFICE = cast.actor("actor0000011", "press-office", "Press office", kind="government body")
AGENCY_AS_ACTOR = cast.actor("actor0000012", "wire-as-actor", "Wire", kind="outlet")
SPEAKER = cast.minister
ARTICLE = cast.original
COPY = replace(cast.reprint, id="artic0000012", derivation="verbatim")
RUSSIAN = replace(cast.original, id="artic0000013", language="ru")
DOCUMENTS = (*cast.CAST, PRESS_OFFICE, AGENCY_AS_ACTOR, COPY, RUSSIAN)
NAMED = {document.id: document for document in DOCUMENTS}

BY_AGENCY = cast.step(outlet=AGENCY.id)
BY_PAPER = cast.step(outlet=OTHER_PAPER.id)
BY_OFFICE = cast.step(actor=PRESS_OFFICE.id)


def said(text, *, mode="direct", marked=True, chain=(), article=ARTICLE, speaker=SPEAKER.id, **values):
    """A statement with one printing: `text` is the article's, what is quoted from it stands in square brackets."""
    before, rest = text.split("[")
    exact, after = rest.split("]")
    stretches = None
    if marked:
        found = quoted_spans_within(before + exact + after, len(before), len(before) + len(exact))
        stretches = tuple(d.Stretch(start=start, end=end) for start, end in found)
    passage = d.Passage(
        exact=exact,
        prefix=before[-32:],
        suffix=after[:32],
        start=len(before),
        end=len(before) + len(exact),
        capture="a" * 64,
        marked=stretches,
    )
    printed = d.Appearance(article=article.id, passage=passage, printed_name="", cue="", chain=tuple(chain))
    return cast.statement(
        "state0000021", "Something.", speaker=speaker, mode=mode, appearances=(printed,), **values
    ), printed


def shown(statement, printed):
    """(kind, whose own words, who worded the rest, the words with own ones in square brackets)."""
    found = wording_of(statement, printed, NAMED)
    words = "".join(f"[{run.text}]" if run.own else run.text for run in found.runs)
    return found.kind, found.quoted, found.writer, words


WHOLE = [
    ("He said: “[we were moved],” and left.", "[“we were moved”]"),
    ("He said: [“we were moved,”] and left.", "[“we were moved,”]"),
    ("‘We were told [nothing at all],’ he said.", "[‘nothing at all’]"),
    ("Он сказал: «[нас увезли]», и ушёл.", "[«нас увезли»]"),
    ("Он сказал: «Ночью [нас увезли] всех», и ушёл.", "[“нас увезли”]"),
    ("他说：「[我们被搬走了]」。", "[「我们被搬走了」]"),
    ("“All of it is true. [We were moved]. That is all,” he said.", "[“We were moved”]"),
    ('He said: "[we were moved]".', '["we were moved"]'),
    ("“The so-called [‘school’ is a prison],” he said.", "[“‘school’ is a prison”]"),
    ("He said: « [nous sommes partis] ».", "[«nous sommes partis»]"),
]


@pytest.mark.parametrize(("text", "words"), WHOLE)
@pytest.mark.parametrize("mode", ["direct", "mixed", "document"])
def test_marked_words_are_the_speakers_own(text, words, mode):
    assert shown(*said(text, mode=mode)) == ("quotation", SPEAKER.id, None, words)


def test_the_marks_of_the_articles_language_stand_where_none_is_in_sight():
    text = "“All of it is true. [We were moved]. That is all,” he said."
    assert shown(*said(text, article=RUSSIAN))[3] == "[«We were moved»]"
    assert [marks_of(language) for language in ("de-AT", "zh-Hant", "zh-Hans", "")] == [
        ("„", "“"),
        ("「", "」"),
        ("“", "”"),
        ("“", "”"),
    ]


PARTLY = [
    ("[He said that “all of us” were moved] at night.", "He said that [“all of us”] were moved"),
    ("He “[knows nothing”, he said] later.", "[“knows nothing”], he said"),
    ("[He called it “a mistake”, and “a shame], too”.", "He called it [“a mistake”], and [“a shame”]"),
]


@pytest.mark.parametrize(("text", "words"), PARTLY)
def test_marked_words_among_others_are_a_report_that_quotes(text, words):
    assert shown(*said(text, mode="mixed")) == ("mixed", SPEAKER.id, PAPER.id, words)


def test_what_is_not_marked_is_a_report_whatever_the_mode():
    for mode in ("direct", "mixed", "document", "indirect", "gesture"):
        assert shown(*said("He [thanked them for it].", mode=mode)) == (
            "report",
            None,
            PAPER.id,
            "thanked them for it",
        )


def test_marked_words_of_reported_speech_are_those_of_the_relayer_nearest_to_the_speaker():
    text = "“[The minister supports it],” the press office said."
    found = shown(*said(text, mode="indirect", chain=(BY_AGENCY, BY_OFFICE)))
    assert found == ("report", PRESS_OFFICE.id, PRESS_OFFICE.id, "[“The minister supports it”]")
    text = "[The minister “supports it”], the press office said."
    found = shown(*said(text, mode="indirect", chain=(BY_AGENCY, BY_OFFICE)))
    assert found == ("report", PRESS_OFFICE.id, AGENCY.id, "The minister [“supports it”]")


def test_marks_of_nobody_stay_as_they_are_printed():
    for mode in ("indirect", "gesture"):
        for text, words in (("He went to [the “school” there].", "the “school” there"), ("a “[school]”", "school")):
            assert shown(*said(text, mode=mode)) == ("report", None, PAPER.id, words)


WRITERS = [
    ((), ARTICLE, PAPER.id),
    ((BY_AGENCY,), ARTICLE, AGENCY.id),
    ((BY_AGENCY, BY_OFFICE), ARTICLE, AGENCY.id),
    ((BY_OFFICE, BY_AGENCY), ARTICLE, PAPER.id),
    ((BY_PAPER,), ARTICLE, PAPER.id),
    ((BY_PAPER,), COPY, OTHER_PAPER.id),
    ((cast.step(actor=AGENCY_AS_ACTOR.id),), ARTICLE, AGENCY_AS_ACTOR.id),
    ((cast.step(label="a radio call"), BY_AGENCY), ARTICLE, PAPER.id),
]


@pytest.mark.parametrize(("chain", "article", "writer"), WRITERS)
def test_a_report_names_who_worded_it(chain, article, writer):
    assert shown(*said("He [thanked them].", mode="indirect", chain=chain, article=article))[2] == writer


OLD = [
    ("He said: “[we were moved],” and left.", "[“we were moved”]"),
    ("He said: [“we were moved,”] and left.", "[“we were moved,”]"),
    ("“No,” he said, “[we were moved].”", "[“we were moved”]"),
    ("«[Нас увезли]», сказал он", "[«Нас увезли»]"),
    ("「[我们被搬走了]」", "[「我们被搬走了」]"),
    ("[“The ‘school’ is a prison,”] he said", "[“The ‘school’ is a prison,”]"),
    ("‘[We don’t know the prisoners’ names],’ he said", "[‘We don’t know the prisoners’ names’]"),
    ("He said that [“all of us” were moved].", "[“all of us”] were moved"),
    ("He said [we were “moved].”", "we were [“moved”]"),
    # In doubt it is a report.
    ("“All of it is true. [We were moved]. That is all.”", "We were moved"),
    ("He said “we [were moved” there].", "were moved” there"),
    ('The "first" [thing] "second"', "thing"),
    ("[We don't know the prisoners' names], he said", "We don't know the prisoners' names"),
]


@pytest.mark.parametrize(("text", "words"), OLD)
def test_of_documents_that_do_not_know_only_marks_in_sight_count(text, words):
    found = shown(*said(text, marked=False))
    assert found[3] == words
    assert (found[0] == "report") == ("[" not in words)


def test_own_words_come_before_reports_and_keep_their_order():
    report, quotation = cast.appearance("artic0000001", marked=False), cast.appearance("artic0000001", marked=True)
    statement = cast.statement(
        "state0000022", "x", speaker=SPEAKER.id, mode="direct", appearances=(report, quotation, report, quotation)
    )
    assert printing_order(statement) == [1, 3, 0, 2]


def test_recorded_words_are_quoted_where_a_capture_has_them_in_marks_as_the_speakers():
    text = "He said: “[We were moved at night – all of us],” and left."
    for words, mode, quoted in (
        ("we were moved at night", "direct", True),
        ("“We were moved at night”", "direct", True),
        ("were moved at nigh", "direct", False),
        ("we were taken", "direct", False),
        ("we were moved at night", "indirect", False),
        ("", "direct", False),
    ):
        statement, _printed = said(text, mode=mode, words=words)
        assert has_quoted_words(statement) is quoted, words
    statement, _printed = said("他说：「[我们被搬走了]」。", words="被搬走")
    assert has_quoted_words(statement)


def test_words_are_never_put_between_two_pairs_of_marks():
    assert add_quotation_marks("“we were moved”", "en") == "“we were moved”"
    assert add_quotation_marks("we were moved", "ru") == "«we were moved»"


def test_own_words_are_given_without_marks():
    statement, printed = said("[He called it “a mistake”, and “a shame], too”.", mode="mixed")
    assert own_words(statement, printed) == ["a mistake", "a shame"]
    assert own_words(replace(statement, mode="indirect"), printed) == []
