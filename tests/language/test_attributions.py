"""What is proposed: spans of content, source and cue, kind, polarity and speech act."""

import pytest

from language.attributions import suggest
from tests.attributions import only, told, words


@pytest.mark.parametrize(
    ("text", "source", "cue", "content"),
    [
        ("“The gate is shut,” Anna Kowal said.", "Anna Kowal", "said", "“The gate is shut,”"),
        ("“The gate is shut,” said Anna Kowal, a warden.", "Anna Kowal, a warden", "said", "“The gate is shut,”"),
        ('Anna Kowal said, "The gate is shut."', "Anna Kowal", "said", '"The gate is shut."'),
        ("''The gate is shut,'' the warden told reporters on Monday.", "the warden", "told", "''The gate is shut,''"),
        ("The warden said the gate was shut.", "The warden", "said", "the gate was shut"),
        ("The warden said in a statement that the gate was shut.", "The warden", "said", "that the gate was shut"),
        ("The warden told RFA that the gate was shut.", "The warden", "told", "that the gate was shut"),
        ("The gate was shut, the warden said.", "the warden", "said", "The gate was shut"),
        ("According to the warden, the gate was shut.", "the warden", "According to", "the gate was shut"),
        ("The gate was shut, according to the warden.", "the warden", "according to", "The gate was shut"),
        (
            "Advisers to the mayor say the gate was shut.",
            "Advisers to the mayor",
            "say",
            "the gate was shut",
        ),
        ("The agency put the number of the dead at 19.", "The agency", "put", "the number of the dead at 19"),
        ("A survey by the college found 31 cracks.", "A survey by the college", "found", "31 cracks"),
        (
            "The ministry's spokesman denied that anyone was held.",
            "The ministry's spokesman",
            "denied",
            "that anyone was held",
        ),
        ("The warden asked whether the gate was shut.", "The warden", "asked", "whether the gate was shut"),
        ("The warden promised to open the gate.", "The warden", "promised", "to open the gate"),
        ("The warden urged visitors to stay away.", "The warden", "urged", "visitors to stay away"),
        ("The warden called for a new gate.", "The warden", "called for", "a new gate"),
        ("The warden described the gate as “a ruin.”", "The warden", "described", "the gate as “a ruin.”"),
        ("As the warden noted, the gate was shut.", "the warden", "noted", "the gate was shut"),
        ("Her claim that the gate was shut surprised nobody.", "Her", "claim", "that the gate was shut"),
        (
            "The warden, who had come late, said the gate was shut.",
            "The warden, who had come late",
            "said",
            "the gate was shut",
        ),
    ],
)
def test_source_cue_and_content_are_told_apart(text, source, cue, content):
    found = told(text)
    assert len(found) == 1
    assert found[0] == (source, cue, content)


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Exit polls suggested that the gate was shut.", ("Exit polls", "suggested", "that the gate was shut")),
        ("The Kowal campaign thinks the gate was shut.", ("The Kowal campaign", "thinks", "the gate was shut")),
        ("Anna Kowal once said: “It is shut.”", ("Anna Kowal", "once said", "“It is shut.”")),
        ("The warden promised not to open it.", ("The warden", "promised", "not to open it")),
        ("But as Kowal noted, the gate was shut.", ("Kowal", "noted", "the gate was shut")),
        ("When a reporter asked Kowal if it was shut, she left.", ("a reporter", "asked", "if it was shut")),
        ("Years after Kowal claimed that it was shut, it fell.", ("Kowal", "claimed", "that it was shut")),
        (
            "Kowal told a crowd in Olsz, on the last day of May, that the gate was shut.",
            ("Kowal", "told", "that the gate was shut"),
        ),
        (
            "Anna Kowal, citing “the mood of the town,” said the gate was shut.",
            ("Anna Kowal, citing “the mood of the town,”", "said", "the gate was shut"),
        ),
        (
            "Kowal argued that although the gate fell, she had no part in it.",
            ("Kowal", "argued", "that although the gate fell, she had no part in it"),
        ),
        ("The gate is vital, she said after meeting Kowal.", ("she", "said", "The gate is vital")),
        ("Kowal backed the plan, putting her at odds with the town.", ("Kowal", "backed", "the plan")),
        ("Kowal announced on Monday the repair of the gate.", ("Kowal", "announced", "the repair of the gate")),
        (
            "The wardens whose keys were lost say the gate was shut.",
            ("The wardens whose keys were lost", "say", "the gate was shut"),
        ),
    ],
)
def test_what_stands_between_speaker_cue_and_content_parts_nothing(text, expected):
    assert expected in told(text)


def test_words_around_the_speaker_are_one_attribution():
    text = "“The gate,” Anna Kowal said, “is shut.”"
    assert told(text) == [("Anna Kowal", "said", "“The gate,” | “is shut.”")]


def test_a_second_report_with_a_quotation_is_not_part_of_the_first():
    found = told("Kowal said it was too early but added, “You know the result.”")
    assert found == [("Kowal", "said", "it was too early"), ("Kowal", "added", "“You know the result.”")]


def test_a_speaker_in_the_middle_of_indirect_speech_leaves_both_halves():
    assert told("The gate, the warden said, would stay shut.") == [("the warden", "said", "The gate | would stay shut")]


@pytest.mark.parametrize("end", ["month", "day"])
def test_a_sentence_ends_before_a_quotation_that_has_its_own_cue(end):
    first, _ = suggest(f"Ana Ruiz says she sells nothing for a {end}. “They lied to us,” she said.")
    assert first.content == [(14, 14 + len(f"she sells nothing for a {end}"))]


def test_a_quotation_runs_on_over_sentences_and_paragraphs_under_one_cue():
    text = "“The gate is shut,” Anna Kowal said. “It has been so for days.\n\n“Nobody told us why.”\n\nIt rained."
    assert told(text) == [
        ("Anna Kowal", "said", "“The gate is shut,” | “It has been so for days. | “Nobody told us why.”")
    ]


def test_a_cue_with_a_colon_takes_the_quotation_of_the_next_paragraph():
    text = "Anna Kowal put up a notice and wrote:\n\n“The gate is shut.”"
    assert told(text)[-1] == ("Anna Kowal", "wrote", "“The gate is shut.”")


def test_a_question_inside_the_marks_does_not_part_the_quotation_from_its_speaker():
    assert told("“Is the gate shut?” Anna Kowal asked.") == [("Anna Kowal", "asked", "“Is the gate shut?”")]


def test_the_paragraph_after_a_cue_with_a_colon_may_stand_without_marks():
    text = "The governor added:\n\nIt is over. They have left.\n\nThe council met on Monday."
    assert words(text, only(text).content) == "It is over. | They have left."


def test_what_a_turn_reports_of_others_is_nested_in_it():
    text = "MS. HILL: Good morning.\n\nQ  The union says people were ill.\n\nMS. HILL: Not to my knowledge."
    _, asked, _ = suggest(text)
    assert asked.speaker == "Q"
    assert [(nested.speaker, words(text, nested.content)) for nested in asked.nested] == [
        ("The union", "people were ill")
    ]


@pytest.mark.parametrize(("opening", "closing"), [("“", "”"), ('"', '"'), ("", "")])
def test_the_turns_of_a_transcript_end_where_the_article_goes_on(opening, closing):
    turns = ["HILL: We were told nothing.", "KIM: People were ill.", "HILL: Nobody was.", "KIM: Thank you." + closing]
    text = "\n\n".join([*(opening + turn for turn in turns), "The council met. The mayor said it was over."])
    assert [(speaker, content) for speaker, _, content in told(text)] == [
        *(tuple(turn.removesuffix(closing).split(": ")) for turn in turns),
        ("The mayor", "it was over"),
    ]


@pytest.mark.parametrize(
    "text", ["We believe that a vote is cheaper than a war.", "Anyone who thinks the levy is harmless is wrong."]
)
def test_what_the_author_thinks_is_no_statement(text):
    assert suggest(text) == []


def test_a_relative_clause_of_a_noun_is_not_what_it_reports():
    assert suggest("It was a charge that might have stung.") == []


def test_two_reports_joined_by_and_share_their_speaker():
    found = told("The warden said the gate was shut and added that it would stay so.")
    assert found == [
        ("The warden", "said", "the gate was shut"),
        ("The warden", "added", "that it would stay so"),
    ]


def test_a_relative_clause_ends_where_the_main_clause_goes_on():
    found = told("Villagers who demanded a new gate were sent away.")
    assert found == [("who", "demanded", "a new gate")]


@pytest.mark.parametrize(
    ("text", "kind"),
    [
        ("“The gate is shut,” she said.", "direct"),
        ("She said the gate was “shut for good” and locked.", "mixed"),
        ("She said the gate was shut.", "indirect"),
    ],
)
def test_kind_goes_by_the_quotation_marks(text, kind):
    assert only(text).kind == kind


@pytest.mark.parametrize(
    ("text", "act", "polarity"),
    [
        ("The ministry said the gate was shut.", "assert", "affirmed"),
        ("The ministry denied that the gate was shut.", "deny", "affirmed"),
        ("The ministry rejected the claims.", "deny", "affirmed"),
        ("The ministry did not mention the gate in its own statement.", "silent", "negated"),
        ("The ministry declined to comment on the gate.", "declines", "affirmed"),
        ("The ministry did not say that the gate was shut.", "silent", "negated"),
        ("The ministry demanded that the gate be opened.", "demand", "affirmed"),
        ("The ministry promised that the gate would open.", "promise", "affirmed"),
        ("The ministry estimated that a thousand people had come.", "estimate", "affirmed"),
        ("The ministry admitted that the gate was shut.", "concede", "affirmed"),
        ("He was charged with breaking the gate.", "charge", "affirmed"),
    ],
)
def test_speech_acts(text, act, polarity):
    proposal = only(text)
    assert (proposal.act, proposal.polarity) == (act, polarity)


def test_a_passive_without_an_agent_names_nobody():
    proposal = only("The warden is accused of fraud.")
    assert (proposal.source, proposal.speaker, proposal.speaker_confidence) == ([], "", 0.0)


def test_the_agent_of_a_passive_is_the_speaker():
    text = "The warden was accused by villagers of fraud."
    assert words(text, only(text).source) == "villagers"


def test_a_word_that_is_a_noun_here_reports_nothing():
    assert suggest("The report lay on the desk, and the claims office was closed.") == []


def test_plain_narration_proposes_nothing():
    assert suggest("The old bridge fell in the night. Two boats lay under it, and the river rose until noon.") == []


def test_every_proposal_says_why():
    proposal = only("A lamplighter said the gate was shut.")
    assert proposal.why == "“said” before a clause; subject; described here"
    assert proposal.rule == "say: that"


def test_weak_rules_are_less_sure_than_strong_ones():
    assert only("The warden seems to sleep.").confidence < only("“I sleep,” the warden said.").confidence


def test_proposals_below_a_confidence_are_left_out_when_asked():
    text = "“I sleep,” the warden said. He seems to like it."
    assert len(suggest(text, least=0.9)) == 1
    assert len(suggest(text)) == 2


def test_a_language_without_word_lists_is_refused():
    with pytest.raises(ValueError, match="No word lists for the language “xx”"):
        suggest("text", language="xx")
    with pytest.raises(ValueError, match="No word lists"):
        suggest("text", language="../en")


@pytest.mark.parametrize(
    "wish",
    [
        "who declined to be named",
        "who requested anonymity",
        "who asked not to be identified",
        "who asked not to be identified by name",
        "who wanted to remain anonymous",
    ],
)
def test_what_a_source_asks_for_itself_is_no_statement(wish):
    assert told(f"“The dam leaks,” an engineer {wish} told reporters.") == [
        (f"an engineer {wish}", "told", "“The dam leaks,”")
    ]


def test_who_demands_that_others_be_named_makes_a_statement():
    assert told("The warden demanded that the witnesses be named.") == [
        ("The warden", "demanded", "that the witnesses be named")
    ]


ARTICLE = """{headline}

The warden said the gate was shut when the visitors came to the town on Monday morning.

Visitors in Karsk were told to leave, and most of them did so before the night.
"""
CLUTTER = """
Add your comment below. Comments are approved by a moderator. He says that rude ones will be removed.
"""


def test_clutter_around_an_article_is_not_read():
    text = ARTICLE.format(headline="Gate of the town is shut") + CLUTTER
    assert "a moderator" not in [source for source, *_ in told(text)]
    assert "The warden" in [source for source, *_ in told(text)]
    assert [source for source, *_ in told(CLUTTER)] == ["a moderator", "He"]


def test_a_place_before_the_colon_of_a_headline_is_no_speaker():
    assert "Karsk" not in [source for source, *_ in told(ARTICLE.format(headline="Karsk: Gate of the town is shut"))]


def test_who_stands_before_the_colon_of_a_headline_is_sure_only_if_they_speak_in_the_text():
    named = suggest(ARTICLE.format(headline="Anna Kowal: Gate of the town is shut"))[0]
    assert (named.speaker, named.speaker_confidence) == ("Anna Kowal", 0.4)
    heard = suggest(ARTICLE.format(headline="Kowal: Gate is shut").replace("The warden", "Anna Kowal"))[0]
    assert (heard.speaker, heard.speaker_confidence) == ("Kowal", 0.95)
