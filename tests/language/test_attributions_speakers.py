"""Whom a source stands for, and the chain through which the words came."""

import pytest

from language.attributions import suggest
from tests.attributions import only, speakers, words


def test_a_surname_stands_for_the_full_name_before_it():
    assert speakers("Anna Kowal said it rained. Later Kowal said it had stopped.") == ["Anna Kowal", "Anna Kowal"]


def test_titles_are_no_part_of_a_name():
    assert speakers("Foreign Minister Anna Kowal said it rained.") == ["Anna Kowal"]


def test_an_acronym_stands_for_the_name_it_shortens():
    assert speakers("The United Nations said it rained. The UN said it had stopped.") == ["United Nations"] * 2


def test_a_name_after_the_description_is_the_speaker():
    assert speakers("The governor of the region, Anna Kowal, said it rained.") == ["Anna Kowal"]


def test_a_description_with_an_owner_in_its_place_is_taken_up_by_its_own_noun():
    text = (
        "A source in the north said it rained. A source in the region's largest town said it poured. "
        "“It is bad,” the source said."
    )
    assert speakers(text)[-1] == "A source in the region's largest town"


def test_a_pronoun_stands_for_the_speaker_before_with_less_confidence():
    first, second = suggest("“It rains,” Anna Kowal said.\n\n“It pours,” she added.")
    assert second.speaker == "Anna Kowal"
    assert 0 < second.speaker_confidence < first.speaker_confidence


def test_a_pronoun_of_the_other_sex_is_passed_over():
    text = "Mr. Piotr Nowak said it rained. Mrs. Anna Kowal said it poured. “It is bad,” he said."
    assert speakers(text)[-1] == "Piotr Nowak"


def test_she_is_nobody_who_speaks_in_a_transcript_but_whom_the_turn_names():
    transcript = "MS. HILL: I saw Dr. Ames, and she told me that it was dry.\nQ: Who else?\nMS. HILL: Nobody."
    (reported,) = suggest(transcript)[0].nested
    assert reported.speaker == "Ames"


def test_she_is_who_opens_the_paragraph_before_one_who_spoke_above_it():
    text = "Sudha Rangan said it rained.\n\nDr. Leela Thomas met the minister on Thursday. She said it poured."
    assert speakers(text) == ["Sudha Rangan", "Leela Thomas"]


def test_a_title_of_nigeria_or_india_is_no_part_of_a_name_and_may_tell_who_she_is():
    text = "Engr. Tunde Bello said it rained. Hajiya Amina Sule said it poured. “It is bad,” he said."
    assert speakers(text) == ["Tunde Bello", "Amina Sule", "Tunde Bello"]


def test_the_next_he_is_rather_whom_the_sentence_opens_with_than_whom_it_names_last():
    assert speakers("The President met Mayor Omar Said. He told reporters that it rained.") == ["The President"]


@pytest.mark.parametrize(
    ("first", "speaker"),
    [
        ("Donors praised the Kowal Foundation.", "Kowal"),
        ("Staff left the Kowal Consulate.", "Kowal"),
        ("Guests met Anna Kowal.", "Anna Kowal"),
    ],
)
def test_a_name_does_not_stand_for_a_body_that_bears_it(first, speaker):
    assert speakers(f"{first} Kowal said it rained.")[-1] == speaker


def test_whoever_answers_is_perhaps_whom_an_interview_names():
    turns = "Q: Why rivers?\nA: Because they were there.\nQ: And now?\nA: Now they are gone."
    interview = f"Five questions for Anna Kowal\nThe engineer talks to Ben Hill about rivers.\n{turns}"
    assert speakers(f"{interview}\nAnna Kowal speaks in Pune on Friday.")[-4:] == ["Q", "Anna Kowal"] * 2
    assert speakers(f"Anna Kowal met Omar Bek\n{turns}") == ["Q", "A"] * 2


def test_a_title_after_the_last_turn_is_nobody_who_speaks():
    turns = "Anna: It rains.\nOmar: It does.\nAnna: Still?\nOmar: Still."
    assert speakers(f"{turns}\nUnderfoot: The Hidden Rivers is out now.") == ["Anna", "Omar"] * 2


def test_a_question_that_opens_with_a_parenthesis_is_a_turn():
    conference = "MS. HILL: Next.\nQ  (Inaudible) — the barn?\nMS. HILL: It stands.\nQ  Thank you."
    assert [name.removeprefix("MS. ") for name in speakers(conference)] == ["HILL", "Q"] * 2


def test_it_stands_for_a_body_not_for_a_person():
    text = "The ministry said it rained. Anna Kowal said it poured. It said the roads were closed."
    assert speakers(text)[-1] == "The ministry"


def test_a_description_is_taken_up_from_the_one_that_brought_it_in():
    text = "A second source in the town said it rained. “It pours,” the source said."
    assert speakers(text) == ["A second source in the town"] * 2


def test_the_statement_belongs_to_whoever_was_said_to_have_made_it():
    text = "The northern ministry did not mention the gate in its own statement. The gate is old, the statement added."
    assert speakers(text)[-1] == "statement of The northern ministry"


def test_who_stands_for_the_noun_before_it():
    text = "Villagers who demanded a new gate were sent away."
    assert only(text).speaker == "Villagers"


def test_a_pronoun_without_anybody_before_it_is_unsure():
    proposal = only("“It rains,” she said.")
    assert proposal.speaker == ""
    assert proposal.speaker_confidence < 0.5


def test_told_through_a_statement_is_a_chain():
    text = "According to a statement by the ministry, Anna Kowal said the gate was shut."
    proposal = only(text)
    assert [(s.relation, s.speaker) for s in proposal.chain] == [
        ("says", "Anna Kowal"),
        ("relays", "a statement by the ministry"),
    ]
    assert proposal.speaker == "Anna Kowal"
    assert words(text, proposal.source) == "a statement by the ministry"


def test_a_quotation_relayed_by_a_statement_is_a_chain():
    proposal = only("“The gate is shut,” said Kowal, according to the statement.")
    assert [s.relation for s in proposal.chain] == ["says", "relays"]


def test_estimates_cited_by_somebody_are_a_chain():
    proposal = only("A thousand people are held, according to estimates cited by a panel.")
    assert [(s.relation, s.speaker) for s in proposal.chain] == [("says", "estimates"), ("cites", "a panel")]


def test_words_told_to_an_outlet_pass_through_it():
    proposal = only("“The gate is shut,” a farmer told RFA on Monday.")
    assert [(s.relation, s.speaker) for s in proposal.chain] == [("says", "a farmer"), ("relays", "RFA")]


def test_a_spokeswoman_speaks_on_behalf_of_another():
    proposal = only("“The gate is shut,” said Anna Kowal, a spokeswoman for the ministry.")
    assert [(s.relation, s.speaker) for s in proposal.chain] == [
        ("says", "Anna Kowal"),
        ("on behalf of", "the ministry"),
    ]


def test_what_stands_inside_another_report_is_nested_with_both_in_its_chain():
    proposal = only("Villagers blocked the road, demanding that the gate be opened, the Daily Herald reported.")
    (nested,) = proposal.nested
    assert proposal.speaker == "Daily Herald"
    assert [(s.relation, s.speaker) for s in nested.chain] == [("says", "Villagers"), ("relays", "Daily Herald")]


@pytest.mark.parametrize("act", ["hopes", "fears", "believes"])
def test_what_a_speaker_thinks_is_no_link_of_a_chain(act):
    assert only(f"Anna Kowal said she {act} that the gate was shut.").chain == []


@pytest.mark.parametrize(
    ("text", "speaker"),
    [
        ("A local farmer whose court testimony described the camp was freed.", "A local farmer"),
        ("Anna Kowal, whose letters say that the gate is shut, was freed.", "Anna Kowal"),
        ("A Polish national whose lawyer denied that she had fled was freed.", "lawyer of A Polish national"),
        ("She quoted a report which said that the gate was shut.", "a report"),
    ],
)
def test_a_relative_clause_leads_to_what_it_describes(text, speaker):
    assert speaker in [one.speaker for found in suggest(text) for one in (found, *found.nested)]
    assert not any(one.speaker.startswith(("whose", "which")) for one in suggest(text))
