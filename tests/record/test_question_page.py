"""The question page: the comparison, the number lanes, the timeline."""

from decimal import Decimal

import pytest

from record.log import append
from tests import record_cast as cast
from tests.public_pages import text_of, texts, tree_of
from tests.record_cast import appearance, append_cast, append_topic, on, replace, stance, statement

pytestmark = [pytest.mark.django_db, pytest.mark.any_database]

MANY, WHY = "/questions/how-many-moved", "/questions/why-moved"


@pytest.fixture
def page(client):
    append_cast()
    return tree_of(client.get(MANY))


def cells(tree):
    return {
        texts(row, ".//th//*[self::a or self::bdi]")[0]: texts(row, ".//td")
        for row in tree.xpath('//div[contains(@class, "comparison__scroll")]//tbody/tr')
    }


def test_the_comparison_is_a_table_with_a_caption_and_heads_for_rows_and_columns(page):
    (table,) = page.xpath('//div[contains(@class, "comparison__scroll")]/table')
    assert "Who takes which stance" in text_of(table, "./caption")
    assert len(table.xpath('.//thead//th[@scope="col"]')) == 3
    assert texts(table, './/tbody//th[@scope="row"]') == ["Sergei Toqaev person", "a herder unnamed source"]


def test_a_screen_reader_hears_a_short_name_for_every_region(page):
    names = []
    for region in page.xpath("//main//*[self::section or self::nav or @role='region']"):
        labels = [page.get_element_by_id(label) for label in (region.get("aria-labelledby") or "").split()]
        names.append(region.get("aria-label") or " ".join(" ".join(label.text_content().split()) for label in labels))
    assert "Who takes which stance on which claim." in names
    assert [name for name in names if not 0 < len(name) <= 60] == []
    assert len(names) == len(set(names))


@pytest.mark.parametrize(("answers", "printed"), [(4, 4), (5, 3)])
def test_on_paper_a_question_with_more_than_four_answers_is_shown_in_part(client, answers, printed):
    append_cast()
    asked = cast.question("quest0000009", "what-else", "What else?")
    claims = [cast.claim(f"answr{at:07d}", f"a-{at}", f"Answer {at}.", about=asked.id) for at in range(answers)]
    said = [
        replace(cast.ministry_counts, id=f"saidx{at:07d}", slug=f"saidx{at:07d}", stances=(stance(each.id, "affirms"),))
        for at, each in enumerate(claims)
    ]
    append([asked, *claims, *said], reason="More answers.")
    shown = tree_of(client.get("/questions/what-else")).xpath('//article[contains(@class, "claim-sides")]/@class')
    assert [len(shown), sum("notonpaper" not in each for each in shown)] == [answers, printed]


def test_a_cell_says_stance_hedge_words_date_articles_and_origins(page):
    cell = cells(page)["a herder"][0]
    assert cell.startswith("affirms (hedge as printed: about) “moved at night” February 2020 2 articles, 1 origin")


def test_a_cell_says_on_whose_account_it_is_known(page):
    assert "denies Valley Wire: fewer than 900 on the account of Ministry of Water" in cells(page)["Sergei Toqaev"][0]


def test_opening_a_cell_shows_every_printing_with_its_chain(page):
    (details,) = page.xpath('//tr[th[contains(., "a herder")]]/td[1]/details[@class="cell"]')
    chains = texts(details, "chain")
    assert chains == [
        "a herder (cue: said), printed in Steppe Courier, 3 February 2020",
        "a herder (cue: said), reported by Steppe Courier (cue: told), printed in River Mirror, 4 February 2020",
    ]


def test_an_empty_cell_says_not_recorded_here(client):
    append_cast()
    assert cells(tree_of(client.get(WHY)))["Herders’ Union"][1] == "not recorded here"


def test_declining_and_silence_are_told_apart_from_nothing_recorded(client):
    silent = statement(
        "state0000007",
        "The ministry’s report leaves the return out.",
        speaker="actor0000001",
        stances=[stance("claim0000004", "silent")],
        appearances=[appearance("artic0000003", "no word of return")],
    )
    append_cast()
    append([silent], reason="A silence.")
    found = cells(tree_of(client.get(WHY)))
    assert found["Ministry of Water"][1].startswith("silent shown by Valley Wire: no word of return")
    assert found["local people"][1].startswith("declines to comment shown by River Mirror: ешкім білмейді")


def test_stances_are_told_apart_by_word_and_by_shape(page):
    words = set(texts(page, '//details[@class="cell"]/summary//span[@class="stance__word"]'))
    shapes = {use.get("href").partition("#")[2] for use in page.xpath("//details//summary//use")}
    assert words == shapes == {"affirms", "denies"}


def test_claims_on_which_nothing_is_recorded_are_named_below_and_take_no_column(client):
    append_cast()
    append([cast.claim("claim0000008", "unheard", "Nobody speaks of this.")], reason="A claim more.")
    tree = tree_of(client.get(MANY))
    assert len(tree.xpath('//th[@class="comparison__claim"]')) == 2
    assert text_of(tree, "answers__without") == "Nothing is recorded on the claims: Nobody speaks of this."


def test_a_question_on_which_nobody_speaks_says_so(client):
    append([cast.question_moved], reason="A start.")
    assert "No statement on this question" in text_of(tree_of(client.get(MANY)), "empty")


def test_a_change_of_position_is_marked_with_what_it_was(client):
    later = replace(cast.ministry_counts, id="state0000007", slug="state0000007", said_on=on("2020-04-01"))
    append_cast()
    append([replace(later, stances=(stance("claim0000001", "qualifies"),))], reason="The minister again.")
    tree = tree_of(client.get(MANY))
    assert texts(tree, "changed") == [
        "≠ changed: before, denies",
        "changed: before, denies",
        "≠ changed: before, denies (5 February 2020) on About twelve thousand people were moved.",
    ]
    marks = tree.xpath('//div[@class="timelines"]//svg[@role="img"]/@aria-label')
    assert "Sergei Toqaev: 5 February 2020, denies, affirms; 1 April 2020, qualifies (changed)" in marks


# Number lanes.


def test_a_lane_says_who_gives_which_figure_counted_how_through_whom_printed_where(page):
    lanes = page.xpath('//li[contains(@class, "lane ") and .//svg[@role]]')
    assert [texts(lane, './div[@class="lane__speaker"]/p[1]') for lane in lanes] == [["a herder"], ["Sergei Toqaev"]]
    who, _, figure = texts(lanes[1], "./*")
    assert who == (
        "Sergei Toqaev relayed by Ministry of Water, printed in Valley Wire, 5 February 2020 "
        "relayed by Ministry of Water, reported by Valley Wire, printed in River Mirror, February 2020"
    )
    assert figure == "up to 850.5 to 900 people affirms said 5 February 2020; 2 articles, 1 origin"


def test_who_denies_a_figure_does_not_give_it_and_stands_under_it_without_a_mark(page):
    others = page.xpath('//li[contains(@class, "lane--others")]')
    assert [other.xpath(".//svg[@role]") for other in others] == [[], []]
    assert texts(others[0], "./*") == [
        "Other stances on this figure:",
        "Sergei Toqaev denies about 12,000 people said 5 February 2020; as of June 2019; 2 articles, 1 origin",
    ]


def test_a_figure_that_nobody_gives_is_on_no_axis(client):
    append_cast()
    append([replace(cast.ministry_counts, stances=(stance("claim0000001", "denies"),))], reason="The minister.")
    append([replace(cast.herder_counts, stances=(stance("claim0000002", "denies"),))], reason="The herder.")
    tree = tree_of(client.get(MANY))
    assert tree.xpath('//div[contains(@class, "lane__plot")]') == []
    assert texts(tree, '//li[contains(@class, "lane--others")]/div') == [
        "about 12,000 people: nobody on record gives this figure",
        "up to 850.5 to 900 people: nobody on record gives this figure",
    ]


def test_one_single_value_is_a_line_of_text_and_no_drawing(client):
    append_cast()
    append([replace(cast.ministry_counts, stances=(stance("claim0000001"),))], reason="The minister agrees.")
    append([replace(cast.herder_counts, stances=(stance("claim0000001"),))], reason="The herder.")
    page = client.get(MANY).content.decode()
    tree = tree_of(client.get(MANY))
    assert tree.xpath('//div[contains(@class, "lane__plot")]') == [] and "linear scale" not in page
    assert texts(tree, "lane__number") == ["about 12,000 people"] * 2
    assert [panel["drawn"] for panel in client.get(f"{MANY}.json").json()["lanes"]] == [False]


def test_the_printed_words_stand_where_the_figure_stands_and_what_was_read_is_marked(client):
    append_cast()
    read = replace(cast.claim_many, figure=cast.figure(lower=Decimal(12000), derived=True))
    said = cast.d.Stance(claim=read.id, stance="affirms", hedge="", printed="thousands upon thousands")
    append([read, replace(cast.herder_counts, stances=(said,))], reason="As printed.")
    tree = tree_of(client.get(MANY))
    lane = tree.xpath('//li[contains(@class, "lane--derived")]')[0]
    assert texts(lane, "lane__number") == ["thousands upon thousands read as at least 12,000 people"]
    assert lane.xpath('.//bdi[@class="printed"]/@lang') == ["en"]
    (others,) = tree.xpath('//li[contains(@class, "lane--others")]//a[.//span[@class="figure"]]')
    assert " ".join(others.text_content().split()) == (
        "at least 12,000 people inferred from words: nobody printed these numbers"
    )
    rows = [texts(row, "./*") for row in tree.xpath('//tr[@class="figure"]')]
    assert rows[0][2:4] == [
        "thousands upon thousands",
        "at least 12,000 people inferred from words: nobody printed these numbers",
    ]
    twin = client.get(f"{MANY}.json").json()["lanes"][0]["groups"][0]["figures"][0]
    assert (twin["claim"]["figure"]["derived"], twin["lanes"][0]["printed"]) == (True, "thousands upon thousands")


def test_the_table_below_the_lanes_has_the_same_content(page):
    rows = [texts(row, "./*") for row in page.xpath('//tr[@class="figure"]')]
    assert len(rows) == 4
    assert rows[1][:7] == [
        "Sergei Toqaev",
        "5 February 2020",
        "",
        "about 12,000 people",
        "villagers moved from the valley",
        "June 2019",
        "denies",
    ]


def test_the_drawing_of_a_lane_has_the_same_content_in_words(page):
    labels = page.xpath('//div[@class="lane__plot"]/svg[@role="img"]/@aria-label')
    assert labels[0] == "about 12,000 people: affirms, as of June 2019, on a linear scale from 0 to 15,000"
    assert len(labels) == 2


def test_a_lane_is_drawn_with_the_sign_of_its_stance_and_not_by_colour_alone(page):
    signs = page.xpath('//div[@class="lane__plot"]//use/@href')
    assert [sign.partition("#")[2] for sign in signs] == ["affirms", "affirms"]


def test_figures_that_do_not_count_the_same_thing_are_marked(client):
    other = cast.figure(amount=Decimal(15000), counted="animals left behind")
    append_cast()
    append([replace(cast.claim_few, figure=other)], reason="It counted animals.")
    tree = tree_of(client.get(MANY))
    assert "do not all count the same thing" in text_of(tree, "lanes__note")
    assert texts(tree, "lanes__counted") == [
        "A counts: animals left behind",
        "B counts: villagers moved from the valley ≠ not what A counts",
    ]


def test_a_question_without_figures_has_no_lanes(client):
    append_cast()
    assert tree_of(client.get(WHY)).xpath('//section[contains(@class, "lanes")]') == []


def test_the_timeline_goes_from_the_oldest_to_the_undated(client):
    append_cast()
    assert texts(tree_of(client.get(WHY)), "timeline__date") == [
        "undated, printed 4 February 2020",
        "5 February 2020",
        "undated, printed February 2020",
    ]


def test_the_order_of_time_is_named_at_the_top_and_a_day_is_seen_once(client):
    append_cast()
    append([replace(cast.ministry_counts, id="state0000077", slug="state0000077")], reason="Said again that day.")
    tree = tree_of(client.get(MANY))
    (link,) = tree.xpath('//header//a[@href="#timeline-title"]/..')
    assert " ".join(link.text_content().split()) == "In order of time: 1 to 29 February 2020"
    days = tree.xpath('//p[@class="timeline__date"]/span')
    assert [(day.text_content(), day.get("class")) for day in days] == [
        ("5 February 2020", None),
        ("5 February 2020", "visually-hidden"),
        ("February 2020", None),
    ]


def test_a_question_leads_to_what_is_said_of_those_whom_its_claims_are_about(client):
    append_cast()
    assert "What is said of:" not in tree_of(client.get(WHY)).text_content()
    append_topic()
    (link,) = tree_of(client.get(WHY)).xpath('//a[contains(@href, "#about")]')
    assert (link.get("href"), link.text_content()) == ("/actors/ministry-of-water#about", "Ministry of Water")
    append([replace(cast.ministry, name="Water Ministry")], reason="Its name.")
    assert "Water Ministry" in [
        link.text_content() for link in tree_of(client.get(WHY)).xpath('//a[contains(@href, "#about")]')
    ]


def test_text_in_another_script_is_isolated_and_says_its_language(client):
    append_cast()
    tree = tree_of(client.get(MANY))
    quotes = tree.xpath('//details[@class="cell"]//bdi[@lang="kk-Cyrl" and @dir="ltr"]')
    assert quotes[0].text_content() == "тоғыз жүзден аз"


def test_imported_text_is_text_and_never_markup(client):
    script = "<script>alert('1')</script>"
    append_cast()
    append(
        [
            replace(cast.claim_many, text=f"{script} claim"),
            replace(cast.ministry, name=f"{script} ministry"),
            replace(cast.question_moved, title=f"{script} title", description=script),
            replace(cast.ministry_counts, role=script, summary=script, venue=script, words=script),
        ],
        reason=script,
    )
    for address in (
        MANY,
        "/",
        "/claims/twelve-thousand-moved",
        "/actors/ministry-of-water",
        "/statements/state0000002",
    ):
        body = client.get(address).content.decode()
        assert "<script>" not in body
        assert "&lt;script&gt;" in body


def test_a_question_with_many_answers_is_printed_in_part_and_says_where_the_rest_is(client):
    append_cast()
    assert b"onpaper--part" not in client.get(MANY).content
    claims = [cast.claim(f"claim00005{number:02d}", f"answer-{number}", f"Answer {number}.") for number in range(7)]
    said = cast.statement(
        "state0000500", "All of it.", speaker="actor0000001", stances=[cast.stance(claim.id) for claim in claims]
    )
    append([*claims, said], reason="Many answers.")
    page = tree_of(client.get(MANY))
    shown = [bool(page.xpath(f'//*[@id="answer-{number}"][contains(@class, "notonpaper")]')) for number in (1, 3, 4, 9)]
    assert shown == [False, False, True, True]
    assert len(page.xpath('//ol[@class="short__list"]/li[not(@class)]')) == 5
    assert f"http://testserver{MANY}?at=" in text_of(page, "onpaper--part")
