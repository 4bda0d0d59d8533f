"""The five real articles, where they are at hand: who is found to speak in them.

Every behaviour here is also shown by texts written for the project, in test_attributions*.py.
"""

import pytest
from django.conf import settings

from articles.reading import clutter_spans
from language.attributions import suggest

FOLDER = settings.BASE_DIR.parent / "shared" / "articles"
FILES = {path.name[:3]: path for path in sorted(FOLDER.glob("0*.txt"))} if FOLDER.is_dir() else {}

pytestmark = pytest.mark.skipif(
    len(FILES) != 5, reason=f"The five real articles are not in {FOLDER}: not tried on them."
)


def proposals(number):
    text = FILES[number].read_text(encoding="utf-8")
    return suggest(text, clutter=clutter_spans(text))


@pytest.mark.parametrize(
    ("number", "speakers"),
    [
        ("000", {"Hundreds of protesters", "Serikbai Turymov", "United Nations", "China"}),
        ("001", {"RFE/RL’s Kazakh Service", "Serikbai Turymov", "United Nations", "China"}),
        ("002", {"Gulfia Qazybek", "Ofeliya Zhakayeva", "Gauhar Qurmanalieva", "China"}),
        ("003", {"Beijing", "Wang Yi", "Beibut Atamkulov", "The Kazakhstan foreign ministry", "Omir Bekali"}),
        ("004", {"a Kazakh source", "A second Kazakh source in Xinjiang", "an online video", "a Kazakh historian"}),
    ],
)
def test_those_who_speak_are_found(number, speakers):
    assert speakers <= {p.speaker for p in proposals(number)}


# Read one by one beside the articles: nobody else may be taken for a speaker without being marked as unsure.
SURE = {
    "000": {"United Nations", "China"},
    "001": {"RFE/RL’s Kazakh Service", "United Nations", "China"},
    "002": {
        "a report in rferl.org", "Gulfia Qazybek", "Ofeliya Zhakayeva", "Gauhar Qurmanalieva", "China",
        "a statement from Kasakhstan’s Akorda presidential palace",
    },
    "003": {
        "China", "estimates", "Beibut Atamkulov", "Wang Yi",
        "statement of The Kazakhstan foreign ministry", "One former detainee", "Omir Bekali",
    },
    "004": {
        "the scholars", "sources", "a Kazakh source",
        "A second Kazakh source in Xinjiang", "an online video", "Kazakh sources", "a Kazakh historian",
        "An anonymous source in Xinjiang's Ili Kazakh Autonomous Prefecture", "A second Kazakh commentator",
    },
}  # fmt: skip


@pytest.mark.parametrize("number", SURE)
def test_whoever_is_sure_to_speak_does(number):
    sure = {p.speaker for p in proposals(number) if p.speaker and p.speaker_confidence >= 0.6}
    assert sure == SURE[number]


def test_the_clutter_around_the_articles_proposes_nothing():
    for path in FILES.values():
        text = path.read_text(encoding="utf-8")
        clutter = clutter_spans(text)
        proposals = suggest(text, clutter=clutter)
        for start, end in clutter:
            assert not [p for p in proposals for a, b in p.content if a < end and start < b]


def test_the_minister_is_known_only_through_the_other_sides_statement():
    chain = next(p.chain for p in proposals("003") if p.speaker == "Beibut Atamkulov")
    assert [(s.relation, s.speaker) for s in chain][1] == ("relays", "a statement by the Chinese foreign ministry")


def test_the_silence_of_a_statement_is_proposed():
    silent = [p for p in proposals("003") if p.act == "silent"]
    assert [p.speaker for p in silent] == ["The Kazakhstan foreign ministry"]


def test_every_quotation_of_an_utterance_is_within_a_proposal():
    for number, path in FILES.items():
        text = path.read_text(encoding="utf-8")
        covered = [span for p in proposals(number) for span in p.content]
        for at, mark in enumerate(text):
            if mark in '“"' and text[at + 1 : at + 3].strip() and text[at - 1].isspace() and text[at + 1].isupper():
                assert any(a <= at < b for a, b in covered), f"{number}: {text[at : at + 40]}"
