"""articles/reading: the article apart from its clutter, and what it says about itself; texts written for the tests."""

import time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from articles.reading import read_plain
from articles.reading.field_proposals import initials, language_of
from articles.reading.outlet_names import is_same_outlet
from articles.text import TextIsBroken

LEAD = "Dockers at Port Selby stopped work on Monday after a storm tore down two cranes, their union said."
SECOND = "The union's chair, Ana Ruiz, said the old harbour was “not safe to work in” before it was inspected."
THIRD = "The port authority called the strike unlawful and asked a court to end it by Friday at the latest."
BODY = f"{LEAD}\n\n{SECOND}\n\n{THIRD}"
HEADLINE = "Dockers stop work at Port Selby"


def page(*parts):
    return "\n\n".join(parts)


def removed(text):
    return [(kind, line) for _, kind, line in read_plain(text).removed]


def proposed(text, field):
    return [(p.value, p.sure) for p in read_plain(text).all_of(field)]


# Clutter


def test_a_text_without_clutter_stays_as_it_is():
    reading = read_plain(page(HEADLINE, BODY))
    assert reading.text == page(HEADLINE, BODY)
    assert reading.removed == []


def test_removed_lines_keep_their_number_and_their_words():
    reading = read_plain(page(HEADLINE, BODY, "Share this article"))
    assert reading.removed == [[9, "navigation", "Share this article"]]
    assert "Share" not in reading.text


@pytest.mark.parametrize(
    ("kind", "line"),
    [
        ("comment form", "Leave a comment below; comments are moderated and may take an hour to appear."),
        ("comment form", "Comments are closed."),
        ("comment form", "Your email address will not be published. Required fields are marked *"),
        ("disclaimer", "Disclaimer: this story was supplied by an agency and was not edited here."),
        ("disclaimer", "No Selby Courier reporter was involved in making this text."),
        ("disclaimer", "(This story has not been edited by our staff and comes from a feed.)"),
        ("disclaimer", "The views expressed here are those of the writer alone."),
        ("disclaimer", "© 2021 Selby Courier. All rights reserved."),
        ("newsletter", "Don't miss the news of the day: it is on our channel"),
        ("newsletter", "Don’t miss our evening letter"),
        ("newsletter", "Subscribe to our newsletter"),
        ("newsletter", "Follow us on every platform there is"),
        ("newsletter", "Follow Ana Ruiz on Twitter @example"),
        ("navigation", "Explore News"),
        ("navigation", "Share Tweet Print"),
        ("navigation", "Read more: cranes of the world"),
        ("navigation", "Tags: harbour, strike, storm"),
        ("navigation", "Previous article"),
        ("navigation", "3 min read"),
        ("date", "First Published: May 03 2021 | 1:30 PM IST"),
        ("date", "Last updated on 3 May 2021"),
        ("date", "May 3, 2021"),
        ("date", "2021-05-03 11:20"),
        ("caption", "harbour-052021.jpg The two cranes after the storm"),
        ("caption", "The gate of the harbour, in a file photo."),
        ("caption", "Photo: J. Doe/Agency"),
        ("caption", "A crane is seen in this undated picture"),
    ],
)
@pytest.mark.parametrize("place", ["before", "after"])
def test_lines_around_the_article_are_set_apart_by_their_kind(kind, line, place):
    text = page(HEADLINE, line, BODY) if place == "before" else page(HEADLINE, BODY, line)
    if kind == "disclaimer" and place == "before":
        return  # at the top of a page a disclaimer is a paragraph like others
    assert removed(text) == [(kind, line)]
    assert read_plain(text).text == page(HEADLINE, BODY)


@pytest.mark.parametrize(
    "line",
    [
        "“Subscribe to the view that this is over, and you will be wrong,” the chair of the union told the meeting.",
        "Follow us, the dockers called to the crowd, which did so and walked with them to the old harbour gate, where "
        "the police had put up a fence.",
        "Copyright law does not cover the drawings of the cranes, a court in the capital ruled three years ago.",
        "Don't miss the “last chance” to work, the minister told the dockers.",
        "A docker who was seen in a photo spoke of a crane that “fell like a tree” on Sunday.",
        "The docker who is shown in the file photo said that he had not been there.",
        "The photo of the crane was taken by a docker, who said that he had been standing beside it an hour before.",
        "Comments by the minister on Sunday had angered the union, which said it had not been asked at all.",
        "Published accounts of the port show a loss for the third year in a row, and the authority expects a fourth.",
        "Register of the port: the authority says it lists every ship that has come in since the war.",
        "Disclaimers signed by the dockers in March were void, the union's lawyer said on Monday in the old town hall.",
    ],
)
def test_paragraphs_in_the_body_are_never_removed_for_their_words(line):
    text = page(HEADLINE, LEAD, SECOND, line, *[f"{THIRD} ({n})" for n in range(6)], *[SECOND] * 6)
    assert removed(text) == []


def test_crossheads_stay_in_the_text():
    text = page(HEADLINE, LEAD, "Cranes held, returned", SECOND, "Ambition to grow", THIRD)
    assert removed(text) == []


def test_a_line_between_headline_and_dateline_is_a_caption_or_standfirst():
    text = page(HEADLINE, "Cranes lay in the water on May 3.", f"PORT SELBY, Norland -- {LEAD}", SECOND)
    assert removed(text) == [("caption or standfirst", "Cranes lay in the water on May 3.")]


def test_without_a_dateline_a_line_under_the_headline_stays():
    assert removed(page(HEADLINE, "Cranes lay in the water on May 3.", BODY)) == []


def test_a_byline_above_the_dateline_stays():
    assert removed(page(HEADLINE, "By Ana Ruiz", f"PORT SELBY -- {LEAD}", SECOND)) == []


def test_the_name_of_the_site_above_the_headline_is_set_apart():
    assert removed(page("Selby Courier", HEADLINE, BODY)) == [("site name", "Selby Courier")]
    assert removed(page("World", HEADLINE, BODY)) == [("navigation", "World")]


def test_the_note_about_an_author_with_name_and_portrait_is_set_apart():
    notes = [
        "Maria Oduya",
        "Maria Oduya",
        "Maria Oduya has covered ports for The Times of Port Selby since it was founded, and sails.",
        "Oduya studied navigation and law.",
        "View more articles from Maria Oduya",
    ]
    assert [line for _, line in removed(page(HEADLINE, BODY, *notes))] == notes


def test_a_note_about_somebody_the_article_does_not_speak_of_is_set_apart():
    note = "Maria Oduya is a reporter at the Selby Courier."
    assert removed(page(HEADLINE, BODY, note)) == [("author note", note)]


def test_a_last_paragraph_about_somebody_in_the_article_stays():
    last = "Ana Ruiz is a former reporter who has led the union for ten years."
    filler = [f"{THIRD} ({number})" for number in range(8)]
    assert removed(page(HEADLINE, SECOND, *filler, last)) == []


def test_credit_lines_stay_in_the_text_because_a_chain_may_rest_on_them():
    text = page(HEADLINE, BODY, "With reporting by harbour.example")
    assert removed(text) == []


def test_a_text_that_is_all_clutter_is_returned_whole():
    reading = read_plain("Share\nTweet\nPrint")
    assert reading.text == "Share\nTweet\nPrint"
    assert reading.removed == []


def test_blank_lines_are_single_after_the_removal():
    assert read_plain(page(HEADLINE, LEAD, "Advertisement", SECOND)).text == page(HEADLINE, LEAD, SECOND)


def test_broken_text_is_refused():
    with pytest.raises(TextIsBroken, match="Line 3"):
        read_plain(f"{HEADLINE}\n\nA\x00B")


@pytest.mark.parametrize(
    "text",
    [
        "",
        "\n\n",
        "x",
        "a" * 500_000,
        "Ab Cd\n" * 20_000,
        "“" * 100_000,
        "Reported by " + "A b " * 50_000,
        "a-" * 200_000,
    ],
)
def test_hostile_text_is_read_in_little_time(text):
    start = time.process_time()
    read_plain(text)
    assert time.process_time() - start < 8  # quadratic time is minutes


@given(st.lists(st.sampled_from([HEADLINE, LEAD, SECOND, "Share", "By Ana Ruiz", "May 3, 2021", "", "Ana Ruiz", "©"])))
def test_nothing_is_thrown_away(lines):
    text = "\n".join(lines)
    reading = read_plain(text)
    kept = [line for line in reading.text.split("\n") if line.strip()]
    assert sorted(kept + [line for _, _, line in reading.removed]) == sorted(line for line in lines if line)
    for number, _, line in reading.removed:
        assert text.split("\n")[number - 1] == line


# Proposals


def test_the_headline_is_the_line_above_the_text():
    proposals = read_plain(page(HEADLINE, BODY)).all_of("headline")
    assert [(p.value, p.line) for p in proposals] == [(HEADLINE, 1)]


@pytest.mark.parametrize(
    "first", ["Two cranes fall at Port Selby in a U.S. storm.", "Can Port Selby open again before the spring?"]
)
def test_a_short_sentence_above_longer_ones_may_be_the_headline_and_stays(first):
    reading = read_plain(page(first, BODY))
    (proposal,) = reading.all_of("headline")
    assert (proposal.value, proposal.line, proposal.sure) == (first, 1, False)
    assert reading.text.startswith(first)


@pytest.mark.parametrize(
    "first", ["It rained all day. The port is shut again.", "SELBY (AP) - The port of Selby is shut again."]
)
def test_two_sentences_and_a_dateline_are_no_headline(first):
    (proposal,) = read_plain(page(first, BODY)).all_of("headline")
    assert (proposal.value, proposal.sure) == ("", True)


def test_an_article_without_a_headline_is_said_to_have_none():
    (proposal,) = read_plain(BODY).all_of("headline")
    assert (proposal.value, proposal.sure) == ("", True)
    assert "no headline" in proposal.rule


@pytest.mark.parametrize(
    ("opening", "dateline", "agency"),
    [
        ("PORT SELBY, Norland -- ", "PORT SELBY, Norland", None),
        ("PORT SELBY (Reuters) — ", "PORT SELBY (Reuters)", "Reuters"),
        ("PORT SELBY, May 3 (Xinhua) -- ", "PORT SELBY, May 3 (Xinhua)", "Xinhua"),
        ("Port Selby (Interfax) – ", "Port Selby (Interfax)", "Interfax"),
        ("SELBY (RFS) — ", "SELBY (RFS)", None),
        ("Port Selby: ", "Port Selby", None),
    ],
)
def test_the_dateline_before_the_text_is_proposed(opening, dateline, agency):
    text = page(HEADLINE, opening + LEAD, SECOND, THIRD)
    assert proposed(text, "dateline") == [(dateline, True)]
    assert proposed(text, "credited_agency") == ([(agency, True)] if agency else [])


@pytest.mark.parametrize("line", ["AFP Port Selby", "Port Selby, AFP", "Press Trust of India | Port Selby"])
def test_a_dateline_on_a_line_of_its_own_is_proposed(line):
    text = page(HEADLINE, line + "\n" + LEAD, SECOND)
    assert proposed(text, "dateline") == [(line, True)]
    assert proposed(text, "credited_agency")[0][0] in line


@pytest.mark.parametrize(
    "opening", ["", "The strike — the third this year — began on Monday. ", "Selby - a small port - was shut. "]
)
def test_a_dash_in_a_sentence_is_no_dateline(opening):
    assert proposed(page(HEADLINE, opening + LEAD, SECOND), "dateline") == []


@pytest.mark.parametrize(
    ("line", "agency"),
    [
        ("With reporting by harbour.example", "harbour.example"),
        ("(With inputs from ANI)", "ANI"),
        ("Source: Norland Press", "Norland Press"),
        ("This article was first published by Norland Press.", "Norland Press"),
    ],
)
def test_the_credit_line_is_proposed(line, agency):
    assert proposed(page(HEADLINE, BODY, line), "credited_agency") == [(agency, True)]


def test_whom_the_opening_credits_is_proposed():
    lead = LEAD.replace("their union said", "RFS’s Harbour Service reported")
    assert proposed(page(HEADLINE, lead, SECOND), "credited_agency") == [("RFS’s Harbour Service", True)]
    assert proposed(page(HEADLINE, BODY), "credited_agency") == []


def test_who_reported_for_whom_is_byline_credit_and_outlet():
    text = page(HEADLINE, BODY, "Reported by Lin Mei for RFS's Mandarin Service. Translated by Jo Park.")
    assert proposed(text, "byline") == [("Lin Mei", True)]
    assert proposed(text, "credited_agency") == [("RFS's Mandarin Service", True)]
    assert proposed(text, "outlet") == [("RFS", True)]


@pytest.mark.parametrize("line", ["By Maria Oduya", "by Maria Oduya in Port Selby"])
def test_the_byline_is_proposed(line):
    assert proposed(page(HEADLINE, line, BODY), "byline") == [("Maria Oduya", True)]


@pytest.mark.parametrize(
    ("line", "day"),
    [
        ("First Published: May 03 2021 | 1:30 PM IST", "2021-05-03"),
        ("Published on 3 May 2021", "2021-05-03"),
        ("Monday, May 3rd, 2021", "2021-05-03"),
        ("2021-05-03", "2021-05-03"),
        ("Published: February 30, 2021", None),
    ],
)
def test_the_date_line_is_proposed(line, day):
    assert proposed(page(HEADLINE, line, BODY), "published") == ([(day, True)] if day else [])


def test_the_date_of_publication_comes_before_that_of_the_last_change():
    text = page(HEADLINE, "Updated May 5, 2021", "Published May 3, 2021", BODY)
    assert proposed(text, "published") == [("2021-05-03", True), ("2021-05-05", False)]


def test_digits_in_the_name_of_a_picture_are_no_sure_date():
    assert proposed(page(HEADLINE, "harbour-052021.jpg A crane", BODY), "published") == [("2021-05~", False)]


def test_the_outlet_is_sure_where_two_places_agree():
    assert proposed(page("Selby Courier", HEADLINE, BODY), "outlet") == [("Selby Courier", False)]
    text = page("Selby Courier", HEADLINE, BODY, "Disclaimer: No Selby Courier journalist was involved in this.")
    assert proposed(text, "outlet")[0] == ("Selby Courier", True)
    note = "Maria Oduya is a reporter at The Port Selby Times."
    assert ("The Port Selby Times", False) in proposed(page(HEADLINE, BODY, note), "outlet")
    assert ("The Port Selby Times", True) in proposed(page(HEADLINE, f"SELBY (PST) — {LEAD}", SECOND, note), "outlet")


def test_every_proposal_names_its_line_and_its_rule():
    text = page("Selby Courier", HEADLINE, f"SELBY (PST) — {LEAD}", SECOND, "May 3, 2021", "Reported by A Bo for RFS.")
    lines = text.split("\n")
    for proposal in read_plain(text).proposals:
        assert proposal.rule
        assert (
            proposal.line == 0 or proposal.value.split()[0] in lines[proposal.line - 1] or proposal.field == "published"
        )


# Languages and names


@pytest.mark.parametrize(
    ("language", "text"),
    [
        ("en", LEAD),
        ("de", "Die Hafenarbeiter haben am Montag die Arbeit niedergelegt, und der Hafen ist nicht mehr sicher."),
        ("fr", "Les dockers ont cessé le travail lundi dans le vieux port de la ville, et le tribunal est saisi."),
        ("ru", "Докеры прекратили работу в понедельник, и порт не работает, как сообщил профсоюз в своём заявлении."),
        ("kk-Cyrl", "Докерлер дүйсенбі күні жұмысын тоқтатты және порт қазір жұмыс істемейді деп хабарлады кәсіподақ."),
        ("uk", "Докери припинили роботу в понеділок, і порт не працює, як повідомила профспілка у своїй заяві."),
        ("zh-Hans", "码头工人星期一停止工作，工会说这个港口对工人来说不安全，法院还没有作出决定。"),
        ("zh-Hant", "碼頭工人星期一停止工作，工會說這個港口對工人來說不安全，法院還沒有作出決定。"),
        (
            "ug-Arab",
            "ئىشچىلار دۈشەنبە كۈنى ئىش تاشلىدى ۋە بۇ ھەقتە ئۇيغۇر ئىشچىلار ئۇيۇشمىسى ئۈچۈن باياناتى ئېلان قىلدى.",
        ),
        ("ja", "港湾労働者は月曜日に作業を停止し、組合は古い港が安全ではないと述べた。"),
        ("ko", "항만 노동자들은 월요일에 작업을 중단했으며 노조는 오래된 항구가 안전하지 않다고 말했다."),
        ("", "Selby"),
        ("", "12 345 678 901 234 567 890"),
        ("", "Lorem zorg plif gnarr trelk vims bront haklo psing dredd quopp flurb nask dolb"),
    ],
)
def test_the_language_is_told_by_letters_and_frequent_words(language, text):
    assert language_of(text) == language


@pytest.mark.parametrize(
    ("printed", "name"),
    [
        ("TCA", "The Times of Central Asia"),
        ("Times of Central Asia", "The Times of Central Asia"),
        ("RFE/RL", "Radio Free Europe/Radio Liberty"),
        ("Radio Free Europe/Radio Liberty", "RFE/RL"),
        ("RFE/RL’s Kazakh Service", "Radio Free Europe/Radio Liberty"),
        ("RFA's Mandarin Service", "Radio Free Asia"),
        ("business standard", "Business Standard"),
        ("Firstpost.com", "Firstpost"),
    ],
)
def test_printed_names_that_mean_an_outlet(printed, name):
    assert is_same_outlet(printed, name)


@pytest.mark.parametrize(
    ("printed", "name"),
    [("RFA", "Radio Free Europe"), ("", "Firstpost"), ("…", "Firstpost"), ("T", "Time"), ("Selby", "Selby Courier")],
)
def test_printed_names_that_mean_another(printed, name):
    assert not is_same_outlet(printed, name)


def test_initials_leave_out_small_words():
    assert initials("The Times of Central Asia") == "TCA"
