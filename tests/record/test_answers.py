"""The answers of a question: which claims are one answer, who stands on which side, what the line in short says."""

import pytest

from record.documents import Relation
from record.log import append
from record.presenters.claim_data import join_names
from record.presenters.long_words import REST_LENGTH, SHOWN_LENGTH, fold_words
from record.queries.counts import StanceHolders
from tests import record_cast as cast
from tests.public_pages import texts, tree_of
from tests.record_cast import appearance, append_cast, stance, statement

MANY = "/questions/how-many-moved"


def narrower():
    """ "At night" says the same of less; one who speaks to it alone has not spoken to the broader claim."""
    relation = Relation(kind="narrows", claim="claim0000001")
    return cast.claim(
        "claim0000009", "moved-at-night", "About twelve thousand were moved at night.", relations=(relation,)
    )


def said(number, speaker, taken):
    return statement(
        f"state00000{number}",
        f"What {number} said.",
        speaker=speaker,
        stances=[stance("claim0000009", taken)],
        appearances=[appearance("artic0000001", "moved at night")],
    )


@pytest.mark.django_db
def test_who_contests_a_narrower_wording_alone_is_not_said_to_contest_the_answer(client):
    append_cast()
    append([narrower(), said(21, "actor0000004", "denies")], reason="A narrower claim.")
    answer = next(
        each for each in client.get(f"{MANY}.json").json()["answers"] if each["claim"]["id"] == "claim0000001"
    )
    assert [each["claim"]["id"] for each in answer["wordings"]] == ["claim0000009"]
    assert answer["sides"]["contests"]["elsewhere"] == ["Herders’ Union"]
    line = next(words for words in texts(tree_of(client.get(MANY)), "holders") if "wording" in words)
    assert line == ("Held by a herder; contested by Sergei Toqaev; in another wording contested by Herders’ Union.")


@pytest.mark.django_db
def test_who_holds_a_narrower_wording_holds_the_answer_and_the_entry_names_the_wording(client):
    append_cast()
    append([narrower(), said(21, "actor0000004", "affirms")], reason="A narrower claim.")
    answer = next(
        each for each in client.get(f"{MANY}.json").json()["answers"] if each["claim"]["id"] == "claim0000001"
    )
    wordings = {each["speaker"]["name"]: each["wording"] for each in answer["sides"]["holds"]["entries"]}
    assert wordings["a herder"] is None and wordings["Herders’ Union"]["id"] == "claim0000009"


@pytest.mark.parametrize(
    ("names", "joined"),
    [
        (["An anonymous source in Ili"], "an anonymous source in Ili"),
        (["UN", "A doctor", "A Just Russia", "The Hague"], "UN, a doctor, A Just Russia and The Hague"),
        (["Group A and b"], "Group A and b"),
    ],
)
def test_names_of_nobody_in_particular_stand_in_a_sentence_without_a_capital(names, joined):
    voices = StanceHolders(len(names), tuple(names))
    assert join_names(voices) == joined
    assert join_names(voices, in_sentence=False) == names[0] + joined[len(names[0]) :]


def test_long_words_fold_at_the_end_of_a_sentence_and_nothing_is_lost():
    sentences = [f"This is sentence {number} of a long speech." for number in range(20)]
    runs = [{"text": " ".join(sentences[:10]) + " ", "own": True}, {"text": " ".join(sentences[10:]), "own": False}]
    folded = fold_words({"runs": runs})
    shown, rest = ("".join(run["text"] for run in folded[name]) for name in ("shown", "rest"))
    assert shown.endswith(".") and SHOWN_LENGTH / 3 < len(shown) <= SHOWN_LENGTH
    assert shown + rest == "".join(run["text"] for run in runs) and not folded["cut"]
    assert {run["own"] for run in folded["rest"]} == {True, False}


def test_each_part_of_folded_own_words_has_its_marks_and_what_is_not_own_has_none():
    speech = " ".join(f"This is sentence {number} of a long speech." for number in range(20))
    runs = [
        {"text": "He said: ", "own": False},
        {"text": f"“{speech}”", "own": True},
        {"text": " Then he left.", "own": False},
    ]
    folded = fold_words({"runs": runs})
    shown, rest = ([run["text"] for run in folded[name]] for name in ("shown", "rest"))
    assert shown[0] == "He said: " and shown[1].startswith("“This") and shown[1].endswith(".”")
    assert rest[0].startswith("“This") and rest[0].endswith(".”") and rest[1] == " Then he left."
    assert f"{shown[1][1:-1]} {rest[0][1:-1]}" == speech


def test_of_very_long_words_without_an_end_a_bounded_part_is_shown():
    folded = fold_words({"runs": [{"text": "word " * 20_000, "own": True}]})
    length = sum(len(run["text"]) for part in ("shown", "rest") for run in folded[part])
    assert folded["cut"] and length <= 2 * (SHOWN_LENGTH + REST_LENGTH)
