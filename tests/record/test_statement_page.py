"""The statement page: every printing side by side, its chain, and where the printings disagree."""

import pytest

from record.log import Withdrawal, append
from tests import record_cast as cast
from tests.public_pages import text_of, texts, tree_of
from tests.record_cast import appearance, append_cast, replace

pytestmark = [pytest.mark.django_db, pytest.mark.any_database]

SAID = "/statements/state0000002"


def test_every_printing_stands_beside_the_others_with_name_cue_words_and_chain(client):
    append_cast()
    tree = tree_of(client.get(SAID))
    assert texts(tree, "sidebyside__source") == ["Valley Wire, 5 February 2020", "River Mirror, February 2020"]
    first = "Valley Wire: fewer than 900"
    assert texts(tree, "said") == [f"{first} relayed by Ministry of Water, printed in Valley Wire, 5 February 2020"]
    assert texts(tree, "report")[1:] == [first, "Valley Wire: тоғыз жүзден аз"]
    assert texts(tree, '//dl//span[@class="chain"]') == [
        "relayed by Ministry of Water, printed in Valley Wire",
        "relayed by Ministry of Water (cue: деп хабарлады), reported by Valley Wire, printed in River Mirror",
    ]


def test_every_part_of_the_chain_is_a_link(client):
    append_cast()
    (_, second) = tree_of(client.get(SAID)).xpath('//dl//span[@class="chain"]')
    assert second.xpath(".//a/@href") == [
        "/actors/ministry-of-water",
        "/outlets/valley-wire",
        "/articles/mirror-2020-02-06",
    ]


def test_printings_under_other_names_or_attributions_are_marked(client):
    more = (
        appearance("artic0000001", "fewer than 900", printed_name="Toqaev"),
        appearance("artic0000002", "fewer than 1,900", printed_name="Toqaev"),
    )
    append_cast()
    append([replace(cast.ministry_counts, appearances=(*cast.ministry_counts.appearances, *more))], reason="More.")
    page = client.get(f"{SAID}.json").json()
    assert [printing["differs"] for printing in page["printings"]] == [
        ["name"],
        [],
        [],  # as many printings name the ministry as do not
        ["numbers"],
    ]
    assert "names, numbers, attributions" in text_of(tree_of(client.get(SAID)), "note")


def test_printings_too_long_to_be_compared_are_said_to_be(client):
    append_cast()
    more = tuple(appearance("artic0000001", f"fewer than 900 {word * 20_000}") for word in ("moved ", "taken "))
    append([replace(cast.ministry_counts, appearances=(*cast.ministry_counts.appearances, *more))], reason="More.")
    assert client.get(f"{SAID}.json").json()["compared"] is False
    assert "too long to be compared word by word" in text_of(tree_of(client.get(SAID)), "//main")


def test_the_words_stand_in_the_language_they_were_said_in_with_a_translation(client):
    append_cast()
    tree = tree_of(client.get("/statements/state0000001"))
    (words,) = tree.xpath('//p[@class="original__words"]')
    assert (words.get("lang"), words.text_content().strip()) == ("kk-Cyrl", "түнде көшірді")
    assert "as recorded by the editors" in text_of(tree, "original__by")
    assert text_of(tree, "original__translation") == "In translation: they moved us at night"


def test_recorded_words_that_a_printing_quotes_stand_in_marks(client):
    append_cast()
    append([replace(cast.herder_counts, words="Moved at night!", language="en")], reason="As he said it.")
    tree = tree_of(client.get("/statements/state0000001"))
    assert text_of(tree, '//blockquote[contains(@class, "quote--large")]') == "“Moved at night!”"


def test_a_tie_of_two_names_makes_nobody_unusual(client):
    append_cast()
    tied = replace(cast.herder_counts.appearances[1], printed_name="the herder")
    append([replace(cast.herder_counts, appearances=(cast.herder_counts.appearances[0], tied))], reason="As printed.")
    tree = tree_of(client.get("/statements/state0000001"))
    assert text_of(tree, "note").endswith(
        "It was printed with differences in: names. If no form is more common than another, none is marked as unusual."
    )
    assert "differs" not in "".join(tree.xpath("//@class"))


def test_a_statement_whose_speaker_nobody_names_has_a_label_without_a_link(client):
    append_cast()
    page = client.get("/statements/state0000004.json").json()
    assert (page["speaker"]["name"], page["speaker"]["address"]) == ("local people", "")


def test_each_printing_says_on_what_it_rests(client):
    append_cast()
    origins = {printing["origin"]["name"] for printing in client.get(f"{SAID}.json").json()["printings"]}
    assert origins == {"Ministry of Water"}


def test_a_withdrawn_statement_is_gone_with_the_public_reason(client):
    append_cast()
    append([Withdrawal("statement", "state0000002")], reason="The ministry showed that he never said it.")
    for address in (SAID, f"{SAID}/history"):
        response = client.get(address)
        assert response.status_code == 410
        assert "The ministry showed that he never said it." in response.content.decode()
    assert client.get(f"{SAID}.json").json()["sentence"] == "The ministry showed that he never said it."


def test_the_history_lists_every_version_with_its_reason_and_what_changed(client):
    append_cast()
    append([replace(cast.ministry_counts, venue="Astana", role="minister")], reason="Where he said it.")
    tree = tree_of(client.get(f"{SAID}/history"))
    assert texts(tree, '//ol[@class="versions"]/li//p[strong]') == [
        "Version 2: changed",
        "Version 1: added",
    ]
    assert texts(tree, "differences") == ["Role Before: minister of water Now: minister Where Added: Astana"]
    assert texts(tree, "versions__reason") == ["Where he said it.", "First publication"]
