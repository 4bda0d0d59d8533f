"""What kind of actor somebody surely is whom nobody has recorded yet."""

import pytest

from language.attributions.speaker_kinds import speaker_kind


@pytest.mark.parametrize(
    ("name", "text"),
    [
        ("Gulnara Tash", "“It opens in spring,” said Gulnara Tash, an engineer."),
        ("Gulnara Tash", "Gulnara Tash, 45, said that it opens in spring."),
        ("Gulnara Tash", "Gulnara Tash, who builds bridges, said so."),
        ("Gulnara Tash", "Gulnara Tash said so. Ms. Tash added nothing."),
        ("Gulnara B. Tash", "The analyst Gulnara B. Tash said so."),
    ],
)
def test_a_title_an_age_or_an_occupation_tells_a_person(name, text):
    assert speaker_kind(name, text) == "person"


@pytest.mark.parametrize(
    ("name", "text"),
    [
        ("Gulnara Tash", "Gulnara Tash said that it opens in spring."),
        ("Valley Herald", "Valley Herald, a newspaper, said so."),
        ("Ministry of Water", "Minister Ospan of the Ministry of Water said so."),
        ("Tash", "Ms. Tash said so."),
        ("Ms. Tash", "Ms. Tash, an engineer, said so."),
        ("Ms. Tash's", "Ms. Tash's engineer said so."),
        ("Both Kowal and Tash", "Both Kowal and Tash, an engineer, said so."),
        ("Goldman Sachs", "The president visited Goldman Sachs."),
        ("Trade Union", "Trade Union, a voice of the workers, said so."),
    ],
)
def test_a_bare_name_a_body_and_half_a_name_are_left_open(name, text):
    assert speaker_kind(name, text) == ""


@pytest.mark.parametrize("name", ["a Kazakh official who declined to be named", "A resident", "another diplomat"])
def test_one_who_is_only_described_is_unnamed(name):
    assert speaker_kind(name, f"It rained, said {name}.") == "unnamed"


@pytest.mark.parametrize("name", ["sources", "the ministry", "a report", "residents", "a lawyer's client", "an aide's"])
def test_several_bodies_and_papers_are_left_open(name):
    assert speaker_kind(name, f"It rained, said {name}.") == ""
