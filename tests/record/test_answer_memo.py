"""What an answer keeps while it is made: in its own language, and nothing afterwards."""

from django.utils import translation

from record.documents.addresses import address_for
from record.documents.answer_memo import answer_memo, memoize_in_answer, speak
from record.presenters.document_data import reference
from tests import record_cast as cast
from tests.record_cast import replace


def test_a_function_is_asked_once_in_an_answer_and_again_in_the_next():
    asked = []
    find = memoize_in_answer(lambda name: asked.append(name) or len(asked))
    with answer_memo():
        assert (find("a"), find("a"), find("b")) == (1, 1, 2)
    with answer_memo():
        assert find("a") == 3
    assert (find("a"), find("a")) == (4, 5)


def test_another_language_within_an_answer_has_its_own_addresses():
    with translation.override("en"), answer_memo():
        assert address_for("claim", "x") == "/claims/x"
        with speak("ru"):
            assert address_for("claim", "x") == "/ru/claims/x"
        assert address_for("claim", "x") == "/claims/x"


def test_a_reference_that_was_changed_is_whole_the_next_time():
    with answer_memo():
        reference(cast.union_disputes)["name"] = "changed"
        assert reference(cast.union_disputes)["name"] == cast.union_disputes.summary
        assert reference(replace(cast.union_disputes, summary="Another.")) | {} == {
            **reference(cast.union_disputes),
            "name": "Another.",
        }
