"""Names in every spelling: what they are compared by, how actors are found, where names occur in a text."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from claims.changes import NameInput, add_actor, merge_actors
from claims.models import Actor
from language.names.spellings import FOLDED_LENGTH, FoldedNames, fold, spellings


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("Қасым-Жомарт Тоқаев", "Qasym Zhomart Toqaev"),
        ("习近平", "Xi Jinping"),
        ("Xi Jin-ping", "XI JINPING"),
        ("José Núñez", "Jose\u0301 Nun\u0303ez"),
        ("ﬁnance ministry", "Finance Ministry"),
        ("عَبد الله", "عبد الله"),
        ("O’Brien", "O'Brien"),
        ("Straße", "Strasse"),
        ("Anna\u200dMaria", "Anna Maria"),
    ],
)
def test_two_spellings_of_one_name_have_the_same_fold(one, other):
    assert fold(one) == fold(other)


@pytest.mark.parametrize(("one", "other"), [("Maria Lopez", "Mario Lopez"), ("Kim", "Kimm"), ("Ли", "Лі Ань")])
def test_two_names_have_two_folds(one, other):
    assert fold(one) != fold(other)


@given(st.text(max_size=250))
def test_a_fold_is_short_and_stays_as_it_is(name):
    folded = fold(name)
    assert len(folded) <= FOLDED_LENGTH
    assert fold(folded) == folded


@given(st.text(st.characters(categories=["L", "N"]), min_size=1, max_size=40))
def test_a_name_of_letters_has_a_fold(name):
    assert fold(name)


def test_a_name_of_signs_alone_has_a_fold_too():
    assert fold("!!!") == "!!!"


@pytest.mark.parametrize(
    "text",
    [
        "an interview with Aigul Sarsen, a nurse",
        "SARSEN, AIGUL",
        "said Айгуль Сарсен",
        "Aigul-Sarsen’s house",
        "https://example.org/2019/talk-with-aigul_sarsen.html",
        "talkwithaigulsarsen",
        "Aigul\u00adSarsen",
    ],
)
def test_a_name_is_found_in_a_text_in_any_spelling(text):
    names = spellings("Aigul Sarsen") | spellings("Айгуль Сарсен")
    assert any(FoldedNames(text).holds(name) for name in names)


@pytest.mark.parametrize("text", ["lively", "Liberty", "believe in it", "sali"])
def test_a_short_name_is_found_as_a_whole_word_only(text):
    assert not FoldedNames(text).holds(fold("Li"))
    assert FoldedNames(f"{text}, said Li.").holds(fold("Li"))


def test_a_short_name_with_an_ending_is_found_from_its_fifth_letter_on():
    assert FoldedNames("у Токаева").holds(fold("Токаев"))
    assert not FoldedNames("Alibi").holds(fold("Ali"))


def test_a_name_is_found_in_a_script_without_spaces():
    assert FoldedNames("记者说习近平主席").holds(fold("习近平"))


@pytest.mark.django_db
def test_an_actor_is_found_by_any_of_its_names_in_any_spelling(editor):
    president = add_actor(
        name="Qasym-Zhomart Toqaev",
        kind="person",
        names=[NameInput("Kasym-Zhomart Tokayev"), NameInput("Қасым-Жомарт Тоқаев", "kk-Cyrl")],
        by=editor,
    )
    add_actor(name="Somebody Else", kind="person", by=editor)
    for spelling in ("qasym zhomart toqaev", "KASYM-ZHOMART TOKAYEV", "Қасым Жомарт Тоқаев", "Kasymzhomart Tokayev"):
        assert list(Actor.objects.find(spelling)) == [president]
    assert list(Actor.objects.find("Tokayev")) == []
    assert list(Actor.objects.find("  ")) == []


@pytest.mark.django_db
def test_names_in_chinese_signs_are_found_by_these_signs_and_by_their_sound(editor):
    minister = add_actor(name="王毅", kind="person", by=editor)
    another = add_actor(name="王义", kind="person", by=editor)
    leader = add_actor(name="習近平", kind="person", by=editor)
    spelled = add_actor(name="Xi Jinping (spelled)", kind="person", names=[NameInput("Xi Jinping")], by=editor)
    assert list(Actor.objects.find("王毅")) == [minister]
    assert list(Actor.objects.find(" 王 义 ")) == [another]
    assert set(Actor.objects.find("Wang Yi")) == {minister, another}
    assert list(Actor.objects.find("王依")) == []
    assert set(Actor.objects.find("习近平")) == {leader, spelled}


@pytest.mark.django_db
def test_finding_takes_one_query_and_leaves_out_who_was_merged(editor, django_assert_num_queries):
    kept = add_actor(name="Foreign Ministry", kind="government body", by=editor)
    gone = add_actor(name="Ministry of Foreign Affairs", kind="government body", by=editor)
    merge_actors(gone, into=kept, by=editor, why="", seen=1)
    with django_assert_num_queries(1):
        assert list(Actor.objects.current().find("Ministry of foreign affairs")) == [kept]
