"""Whose voice a framing is, and that nobody is reported by itself."""

import pytest

from record.log import append
from record.presenters.claim_data import voice_of
from record.presenters.document_data import is_one_body
from tests import record_cast as cast
from tests.public_pages import text_of, texts, tree_of
from tests.record_cast import appearance, append_cast, replace, stance, statement, step

NAMED = {document.id: document for document in cast.CAST}
BODY = cast.d.Framing(claim="claim0000001", part="body", treatment="endorses", words="emptied")
HEADLINE = replace(BODY, part="headline")
LEFT_OUT = replace(BODY, treatment="does not mention", words="")
WIRE = "outle0000002"


@pytest.mark.parametrize(
    ("framing", "article", "voice", "writer"),
    [
        (BODY, cast.original, "own", None),
        (HEADLINE, cast.original, "own", None),
        (replace(BODY, written_by=WIRE), cast.original, "written", "Valley Wire"),
        (replace(HEADLINE, written_by=WIRE), cast.original, "written", "Valley Wire"),
        (replace(LEFT_OUT, written_by=WIRE), cast.original, "written", "Valley Wire"),
        (replace(BODY, written_by="outle0000001"), cast.original, "own", None),
        (BODY, cast.reprint, "written", "Steppe Courier"),
        (BODY, replace(cast.reprint, derivation="edited"), "written", "Steppe Courier"),
        (BODY, replace(cast.reprint, derivation="excerpt"), "written", "Steppe Courier"),
        (BODY, replace(cast.reprint, derivation="translation"), "own", None),
        (BODY, replace(cast.reprint, outlet="outle0000001"), "own", None),
        (HEADLINE, cast.reprint, "own", None),
        (LEFT_OUT, cast.reprint, "own", None),
        (BODY, cast.wire_in_mirror, "credited", "Valley Wire"),
        (HEADLINE, cast.wire_in_mirror, "own", None),
        (BODY, replace(cast.reprint, credited_agency="Valley Wire"), "written", "Steppe Courier"),
        (BODY, replace(cast.reprint, derived_from="artic00000zz"), "own", None),
    ],
)
def test_a_framing_belongs_to_who_wrote_the_words(framing, article, voice, writer):
    found, reference = voice_of(framing, article, NAMED)
    assert (found, reference and reference["name"]) == (voice, writer)


@pytest.mark.django_db
def test_an_outlet_that_prints_a_text_is_not_said_to_endorse_its_wording(client):
    append_cast()
    append(
        [
            replace(cast.reprint, framings=(BODY, HEADLINE)),
            replace(cast.wire_in_mirror, framings=(replace(BODY, words="көшірілді"),)),
        ],
        reason="Framings.",
    )
    listed = texts(tree_of(client.get("/claims/twelve-thousand-moved")), '//*[@aria-labelledby="framings-title"]//li')
    assert sorted(listed) == [
        "A text that credits Valley Wire, printed by River Mirror, endorses it in the body of "
        "Су министрлігі: тоғыз жүзден аз: көшірілді",
        "River Mirror endorses it in the headline of Villages “emptied at night”: emptied",
        "Steppe Courier endorses it in the headline of Villages emptied at night: emptied",
        "The text of Steppe Courier, printed by River Mirror, endorses it in the body of "
        "Villages “emptied at night”: emptied",
    ]
    article = texts(tree_of(client.get("/articles/mirror-2020-02-04")), '//*[@aria-labelledby="framings-title"]//li')
    assert [line.split(" About")[0] for line in article] == [
        "The text of Steppe Courier endorses",
        "The headline endorses",
    ]
    outlet = tree_of(client.get("/outlets/river-mirror"))
    assert texts(outlet, '//*[@aria-labelledby="outlet-framings-title"]//ul[@class="plainlist framings"]/li') == [
        "endorses in the headline of Villages “emptied at night”: emptied"
    ]
    others = texts(outlet, '//*[@aria-labelledby="others-title"]//ul[@class="plainlist framings"]/li')
    assert sorted(line.split(" endorses")[0] for line in others) == [
        "A text that credits Valley Wire",
        "The text of Steppe Courier",
    ]
    compared = client.get("/compare.json?article=courier-2020-02-03&article=mirror-2020-02-04").json()["framed"][0]
    assert [framing["voice"] for framing in compared["right"]] == ["written", "own"]
    assert (
        client.get("/articles/mirror-2020-02-04.json").json()["framings"][0]["written_by"]["name"] == "Steppe Courier"
    )


@pytest.mark.django_db
def test_framings_of_a_claim_name_outlets_that_print_no_statement_on_it(client):
    append_cast()
    append([replace(cast.wire_copy, framings=(replace(BODY, claim="claim0000004"),))], reason="A framing.")
    framings = text_of(tree_of(client.get("/claims/may-return")), '//*[@aria-labelledby="framings-title"]//li')
    assert framings.startswith("Valley Wire endorses it in the body of Ministry: fewer than nine hundred")


def actor(name, kind="outlet", **values):
    return cast.actor("actor000000z", "z", name, kind=kind, **values)


@pytest.mark.parametrize(
    ("speaker", "outlet", "one"),
    [
        (actor("Valley Wire"), "Valley Wire", True),
        (actor("valley wire"), "Valley Wire", True),
        (actor("VW Agency", names=(cast.name("Valley Wire", "en"),)), "Valley Wire", True),
        (actor("AFP"), "Agence France-Presse", True),
        (actor("RFE/RL"), "Radio Free Europe/Radio Liberty", True),
        (actor("AFP"), "Associated Press", False),
        (actor("Valley"), "Valley Wire", False),
        (actor("VW"), "Valley Wire", False),
        (actor("24"), "Valley Wire", False),
        (actor("Valley Wire", kind="organisation"), "Valley Wire", False),
        (None, "Valley Wire", False),
    ],
)
def test_an_outlet_that_speaks_is_the_outlet_of_its_name(speaker, outlet, one):
    assert is_one_body(speaker, cast.outlet("outle000000z", "z", outlet)) is one


@pytest.mark.django_db
def test_an_agency_is_not_reported_by_itself(client):
    append_cast()
    wire = actor("Valley Wire")
    said = statement(
        "state000000z",
        "Nobody is left in the valley.",
        speaker=wire.id,
        stances=[stance("claim0000001")],
        appearances=[appearance("artic0000004", cue="", chain=[step(outlet=WIRE, cue="its reporter saw")])],
    )
    append([wire, said], reason="The agency itself.")
    page = client.get("/statements/state000000z.json").json()
    assert page["rests_on"] == []
    assert [(hop["relation"], hop["name"], hop["cue"]) for hop in page["printings"][0]["chain"]] == [
        ("speaks", "Valley Wire", "its reporter saw"),
        ("printed", "River Mirror", ""),
    ]
    assert client.get("/actors/z.json").json()["relayed_by"] == []
