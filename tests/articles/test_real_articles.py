"""The five real articles, where they are at hand: what is set apart, proposed, recognised and likened.

Every behaviour here is also shown by texts written for the project, in test_clutter.py, test_ingest.py and
test_reprints.py.
"""

import pytest
from django.conf import settings

from articles.changes import add_outlet, quote_passage
from articles.ingest import take_in, take_in_reading
from articles.models import Article, Capture
from articles.reading import read_plain
from articles.recognition import likely_reprints

FOLDER = settings.BASE_DIR.parent / "shared" / "articles"
FILES = {path.name[:3]: path for path in sorted(FOLDER.glob("0*.txt"))} if FOLDER.is_dir() else {}

pytestmark = pytest.mark.skipif(
    len(FILES) != 5, reason=f"The five real articles are not in {FOLDER}: not tried on them."
)

OUTLETS = {
    "000": "RFE/RL",
    "001": "The Times of Central Asia",
    "002": "Firstpost",
    "003": "Business Standard",
    "004": "Radio Free Asia",
}
# What an account of each article would quote: its headline, and phrases, some of them printed by both 000 and 001.
QUOTED = {
    "000": [
        "Hundreds Call On Kazakh President To Scrap China Visit",
        "President Qasym-Zhomart Toqaev",
        "stop accepting loans from China",
        '"complete cleansing of Kazakhstan\'s power structures of corruption."',
        "no Chinese plants will be built",
        '"vocational education centers"',
        "lada.kz",
    ],
    "001": [
        "Kazakhstan: Hundreds hold anti-Chinese rally in Zhanaozen for second day",
        "President Kasym-Zhomart Tokayev",
        "stop accepting loans from China",
        "“complete cleansing of Kazakhstan’s power structures of corruption.”",
        "no Chinese plants will be built",
        "“vocational education centers”",
    ],
    "002": ["15 days in prison", "necessary to stop terrorism, separatism", "Kassym-Jomart Tokayev"],
    "003": [
        "China thanks Kazakhstan for 'support'",
        "understands and supports the measures",
        "did not mention Xinjiang",
    ],
    "004": ["Kazakhs Hit Out at China's Travel Ban", "atrocities committed against Kazakhs", '"for safekeeping,"'],
}


def reading(key):
    return read_plain(FILES[key].read_text(encoding="utf-8"))


def kinds(key):
    return [(line, kind) for line, kind, _ in reading(key).removed]


@pytest.mark.parametrize(
    ("key", "removed"),
    [
        ("000", [(3, "caption or standfirst")]),
        (
            "001",
            [(25, "author note"), (27, "author note"), (29, "author note"), (30, "author note"), (32, "navigation")],
        ),
        ("002", []),
        ("003", [(1, "site name"), (24, "disclaimer"), (26, "newsletter"), (28, "date"), (30, "navigation")]),
        ("004", [(3, "caption"), (60, "comment form")]),
    ],
)
def test_the_clutter_and_nothing_else_is_set_apart(key, removed):
    assert kinds(key) == removed


@pytest.mark.parametrize(
    ("key", "proposed"),
    [
        ("000", {"dateline": "ZHANAOZEN, Kazakhstan", "credited_agency": "lada.kz", "language": "en"}),
        (
            "001",
            {
                "dateline": "NUR-SULTAN (TCA)",
                "credited_agency": "RFE/RL’s Kazakh Service",
                "byline": "Sergey Kwan",
                "outlet": "The Times of Central Asia",
                "language": "en",
            },
        ),
        ("002", {"headline": "", "dateline": "New Delhi", "language": "en"}),
        (
            "003",
            {
                "dateline": "AFP Beijing",
                "credited_agency": "AFP",
                "published": "2019-03-29",
                "outlet": "Business Standard",
                "language": "en",
            },
        ),
        (
            "004",
            {"byline": "Qiao Long", "credited_agency": "RFA's Mandarin Service", "outlet": "RFA", "language": "en"},
        ),
    ],
)
def test_what_the_text_says_of_itself_is_proposed(key, proposed):
    sure = reading(key).sure()
    headline = sure.pop("headline")
    assert headline == ("" if key == "002" else reading(key).text.split("\n")[0])
    proposed.pop("headline", None)
    assert sure == proposed


def test_a_date_in_the_name_of_a_picture_is_no_sure_one():
    assert [(p.value, p.sure) for p in reading("004").all_of("published")] == [("2017-06~", False)]


@pytest.fixture
def outlets(editor):
    return {key: add_outlet(name=name, by=editor) for key, name in OUTLETS.items()}


def excerpt(key, outlet, editor):
    """An article as an account knows it: headline and quoted phrases, each on its line."""
    headline = "" if key == "002" else QUOTED[key][0]
    taken = take_in(
        text="\n…\n".join(QUOTED[key]),
        headline=headline,
        outlet=outlet,
        by=editor,
        method=Capture.Method.EXCERPT,
        complete=False,
    )
    return taken.article, [quote_passage(taken.capture, words, by=editor) for words in QUOTED[key]]


@pytest.mark.parametrize("order", ["01234", "43210", "10432"])
def test_the_full_texts_are_recognised_and_every_passage_moves(outlets, editor, order):
    known = {key: excerpt(key, outlets[key], editor) for key in OUTLETS}
    for digit in order:
        key = f"00{digit}"
        taken = take_in_reading(reading(key), by=editor, said={})
        article, passages = known[key]
        assert taken.article == article
        assert (taken.new_article, taken.new_capture) == (False, True)
        assert taken.unplaced_passages == []
        assert {p.public_id for p in taken.reanchored_passages} == {p.public_id for p in passages}
    assert Article.objects.count() == 5
    for article, _ in known.values():
        for passage in article.captures.whole().get().passages.all():
            assert passage.capture.text[passage.start : passage.end] == passage.exact


@pytest.mark.parametrize(("known", "new"), [("000", "001"), ("001", "000")])
def test_an_excerpt_of_one_is_not_taken_for_its_reprint(outlets, editor, known, new):
    article, _ = excerpt(known, outlets[known], editor)
    taken = take_in_reading(reading(new), by=editor, said={"outlet": OUTLETS[new]})
    assert taken.new_article
    assert taken.article != article


def test_the_second_time_everything_is_there_already(outlets, editor):
    for key in OUTLETS:
        take_in_reading(reading(key), by=editor, said={"outlet": OUTLETS[key]})
    again = [take_in_reading(reading(key), by=editor, said={}) for key in OUTLETS]
    assert not any(taken.new_article or taken.new_capture for taken in again)
    assert Capture.objects.count() == 5


def test_the_reprint_is_proposed_as_derived_and_the_others_are_not_related(outlets, editor):
    articles = {key: take_in_reading(reading(key), by=editor, said={"outlet": OUTLETS[key]}).article for key in OUTLETS}
    likenesses = {key: likely_reprints(article) for key, article in articles.items()}
    assert [like.article for like in likenesses["001"]] == [articles["000"]]
    assert [like.article for like in likenesses["000"]] == [articles["001"]]
    assert likenesses["001"][0].first == likenesses["000"][0].first == articles["000"]
    assert likenesses["001"][0].share_of_this_in_other > 0.8
    assert not any(likenesses[key] for key in ("002", "003", "004"))
