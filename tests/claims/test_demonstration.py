"""The demonstration data: short phrases only, true to the articles where these are at hand, and whole once loaded."""

import json
import re
import sqlite3
from collections import defaultdict
from pathlib import Path

import pytest

from articles.models import Passage
from articles.quotation_marks import quoted_spans_within
from articles.text import settle
from claims.imports.dossier import read_dossier
from claims.models import Actor, ActorName, Claim, Release, Stance, Statement
from claims.publishing import unsupported_quotations
from language.names.spellings import fold
from record.api.worked_questions import worked_questions
from record.exports import FORMATS, take_snapshot
from record.models import Publication, Summary
from record.public_entries import without_taken_back

ROOT = Path(__file__).resolve().parents[2]
FOLDER = ROOT / "claims" / "demonstration"
ARTICLES = ROOT.parent / "shared" / "articles"
FILES = {
    "rferl-2019": "000_aca68fa1daf0e0e3.txt",
    "timesca-2019": "001_740e70162e583217.txt",
    "firstpost-2022": "002_bb1f379465208c63.txt",
    "business-standard-2019": "003_56b9977c751acc5d.txt",
    "rfa-2017": "004_0b0ea05460107842.txt",
}
LONGEST_QUOTATION = 12  # words
LONGEST_RUN = 19  # words running of an article that a file of the project may hold

DISSENTERS = {  # who speaks against a claim of the demonstration
    "A Kazakh historian who asked to remain anonymous",
    "A second Kazakh commentator who requested anonymity",
    "Authorities of Kazakhstan",
    "China",
    "Protesters in Zhanaozen",
    "Serikbai Turymov",
}
RESTING_ON_TWO = {  # figures that more than one independent report gives
    "About one million people from mostly Muslim groups are held in facilities in Xinjiang.": 2,
    "Hundreds of people rallied in Zhanaozen on 3 September 2019.": 2,
}

needs_articles = pytest.mark.skipif(not ARTICLES.is_dir(), reason=f"The five real articles are not at {ARTICLES}.")


@pytest.fixture(scope="module")
def dossier():
    return read_dossier(FOLDER)


def text_of(article: str) -> str:
    return (ARTICLES / FILES[article]).read_text(encoding="utf-8")


def paragraphs_of(article: str) -> list[str]:
    return [line for line in text_of(article).split("\n") if line.strip()]


def words_of(text: str) -> list[str]:
    return re.findall(r"\w+", text.lower())


def test_quotations_are_short_phrases(dossier):
    quotations = [one.quote for file in dossier.statements.values() for one in file.quotations()]
    assert len(quotations) > 100
    assert [quote for quote in quotations if len(words_of(quote)) > LONGEST_QUOTATION] == []


def test_every_quotation_stands_once_in_its_excerpt(dossier):
    excerpts = {article.key: dossier.excerpt_of(article) for article in dossier.articles}
    quoted = [(file.article, one.quote) for file in dossier.statements.values() for one in file.quotations()]
    assert [quote for article, quote in quoted if excerpts[article].count(quote) != 1] == []


def test_every_claim_is_spoken_to_or_framed(dossier):
    spoken_to = {
        stance.claim for file in dossier.statements.values() for one in file.statements for stance in one.stances
    }
    framed = {framing.claim for article in dossier.articles for framing in article.framings}
    claims = {claim.slug for question in dossier.questions for claim in question.claims}
    assert claims - spoken_to - framed == set()


def test_an_unnamed_source_speaks_in_the_article_that_reports_it_and_nowhere_else(dossier):
    home = {actor.slug: actor.reported_in for actor in dossier.actors if actor.kind == "unnamed"}
    heard = defaultdict(set)
    for file in dossier.statements.values():
        for statement in file.statements:
            heard[statement.speaker].add(file.article)
    assert {slug: heard[slug] for slug in home} == {slug: {article} for slug, article in home.items()}


def test_the_documentation_counts_what_is_there(dossier):
    text = (ROOT / "docs" / "demonstration.md").read_text(encoding="utf-8")
    files = dossier.statements.values()
    counts = {
        "statements": sum(len(file.statements) for file in files),
        "printings": sum(len(list(file.quotations())) for file in files),
        "topics": len(dossier.topics),
        "questions": len(dossier.questions),
        "claims": sum(len(question.claims) for question in dossier.questions),
        "actors": len(dossier.actors),
        "unnamed sources": sum(actor.kind == "unnamed" for actor in dossier.actors),
    }
    assert [f"{count} {noun}" for noun, count in counts.items() if f"{count} {noun}" not in text] == []
    rows = [line.split("|")[3:5] for line in text.splitlines() if line.startswith(("| 2", "| 1", "| 3", "| S"))]
    assert [[int(cell) for cell in row] for row in rows] == [
        [len(file.statements), len(list(file.quotations()))] for file in files
    ]


def answers_of(dossier) -> list[set[str]]:
    """The claims of each answer: those of one question that narrow, broaden or repeat one another."""
    answers = []
    for question in dossier.questions:
        groups = [{claim.slug} for claim in question.claims]
        for claim in question.claims:
            for relation in claim.relations:
                if relation.kind in ("narrows", "broadens", "repeats"):
                    joined = [group for group in groups if group & {claim.slug, relation.claim}]
                    groups = [group for group in groups if group not in joined] + [set().union(*joined)]
        answers += groups
    return answers


def test_statements_meet_in_most_answers(dossier):
    speakers = defaultdict(set)
    for file in dossier.statements.values():
        for statement in file.statements:
            for stance in statement.stances:
                speakers[stance.claim].add(statement.speaker or (file.article, statement.speaker_label))
    answers = answers_of(dossier)
    met = [answer for answer in answers if len(set().union(*(speakers[claim] for claim in answer))) >= 2]
    assert len(answers) > 40
    assert len(met) >= 0.6 * len(answers)


# What stands on both sides of “and” in a claim and is one thing there: two states, words as quoted, one elite.
ONE_THING = re.compile(r"China and Kazakhstan|understands and supports the measures|political and social elite")


def test_no_claim_could_be_affirmed_by_half(dossier):
    texts = [claim.text for claim in dossier.claims]
    assert [text for text in texts if re.search(r"\band\b", ONE_THING.sub("", text))] == []


# Against the articles themselves


@needs_articles
@pytest.mark.parametrize("article", FILES)
def test_every_quotation_stands_once_in_its_article_in_the_paragraph_that_is_given_and_in_order(dossier, article):
    text, paragraphs = text_of(article), paragraphs_of(article)
    printed = [one for file in dossier.statements.values() if file.article == article for one in file.quotations()]
    assert printed
    assert [one.quote for one in printed if text.count(one.quote) != 1] == []
    assert [one.quote for one in printed if one.quote not in paragraphs[one.at[0] - 1]] == []
    places = [text.index(one.quote) for one in sorted(printed, key=lambda one: one.at)]
    assert places == sorted(places)


@needs_articles
@pytest.mark.parametrize("article", FILES)
def test_a_quotation_is_marked_where_the_article_prints_all_of_it_between_marks(dossier, article):
    text = settle(text_of(article))
    printed = [one for file in dossier.statements.values() if file.article == article for one in file.quotations()]
    spans = [(one, text.index(one.quote)) for one in printed]
    within = [(one, quoted_spans_within(text, at, at + len(one.quote)) == [(0, len(one.quote))]) for one, at in spans]
    assert [one.quote for one, whole in within if whole != one.marked] == []


@needs_articles
@pytest.mark.parametrize("article", FILES)
def test_names_cues_and_hedges_are_printed_where_the_data_says(dossier, article):
    paragraphs = paragraphs_of(article)
    for file in dossier.statements.values():
        if file.article != article:
            continue
        for one in file.quotations():
            paragraph = paragraphs[one.at[0] - 1]
            assert one.printed_name in paragraph and one.cue in paragraph, one
            assert all(step.cue in text_of(article) for step in file.chain_of(one))
        for statement in file.statements:
            paragraph = paragraphs[statement.printed[-1].at[0] - 1]
            assert all(stance.hedge in paragraph for stance in statement.stances), statement.key


@needs_articles
def test_headlines_framing_words_and_names_as_printed_are_in_the_articles(dossier):
    for article in dossier.articles:
        assert article.headline in text_of(article.key)
        assert [one.words for one in article.framings if one.words not in text_of(article.key)] == []
    printed = "\n".join(map(text_of, FILES))
    names = [name.name for actor in dossier.actors for name in actor.names if name.kind == "as printed"]
    assert [name for name in names if name not in printed] == []


@needs_articles
def test_no_file_of_the_demonstration_and_no_excerpt_holds_a_long_run_of_words_from_an_article(dossier):
    runs = set()
    for article in FILES:
        words = words_of(text_of(article))
        runs |= {tuple(words[at : at + LONGEST_RUN + 1]) for at in range(len(words) - LONGEST_RUN)}
    written = {str(path): path.read_text(encoding="utf-8") for path in FOLDER.rglob("*.toml")}
    written |= {article.key: dossier.excerpt_of(article) for article in dossier.articles}
    written["docs"] = (ROOT / "docs" / "demonstration.md").read_text(encoding="utf-8")
    for name, text in written.items():
        words = words_of(text)
        copied = [words[at : at + 8] for at in range(len(words)) if tuple(words[at : at + LONGEST_RUN + 1]) in runs]
        assert copied == [], name


# Loaded


def question(slug: str) -> dict[str, list[tuple[str, str]]]:
    """Claim to (speaker, stance), for every claim of the question."""
    told = defaultdict(list)
    stances = Stance.objects.filter(claim__question__slug=slug).select_related("statement__speaker", "claim")
    for stance in stances.order_by("id"):
        who = stance.statement.speaker.slug if stance.statement.speaker else stance.statement.speaker_label
        told[stance.claim.slug].append((who, stance.kind))
    return dict(told)


def chain(summary: str) -> list[list[str]]:
    """For each printing of the statement: outlet, hops and speaker, from the page to the mouth."""
    statement = Statement.objects.get(summary__startswith=summary)
    return [
        [
            one.passage.capture.article.outlet.slug,
            *((step.actor or step.outlet).slug for step in one.steps.all()),
            statement.speaker.slug,
        ]
        for one in statement.appearances.order_by("id")
    ]


def contested_questions() -> set[str]:
    return set(Summary.objects.filter(kind="question", contested__gt=0).values_list("page", flat=True))


def said_on(summary: str) -> str:
    return Statement.objects.get(summary__startswith=summary).said_on


def versions(kind: str, public_id: str) -> list[dict]:
    rows = Publication.objects.filter(kind=kind, public_id=public_id).order_by("seq")
    return [json.loads(row.document) for row in rows]


@pytest.mark.any_database  # a small dossier is loaded into every database (test_load_demonstration.py)
def test_the_demonstration_shows_what_it_is_there_for(demonstration):
    # Nothing stays behind, and every quotation stands where it should.
    assert set(Release.objects.values_list("state", flat=True)) == {Release.State.PUBLISHED}
    assert list(unsupported_quotations()) == []

    # The five questions of the data page, from the tables alone.
    database = sqlite3.connect(":memory:")
    database.deserialize(b"".join(FORMATS["sqlite"](take_snapshot(using="default"))))
    day = Publication.objects.earliest("seq").published_at.date().isoformat()
    denials, figures, reprints, changed, added = (
        database.execute(question.query).fetchall() for question in worked_questions(day)
    )
    assert ("China", "denies", "China violates the rights of minority groups in Xinjiang.", "2019-03-29~") in denials
    assert {speaker for speaker, *_ in denials} == DISSENTERS
    assert {claim: origins for claim, origins, _ in figures if origins > 1} == RESTING_ON_TWO
    assert [row[:3] for row in reprints] == [
        ("Business Standard", "AFP", None),
        ("Radio Free Europe/Radio Liberty", "lada.kz", None),
        ("The Times of Central Asia", "Radio Free Europe/Radio Liberty", "edited"),
    ]
    assert changed == []
    assert len(added) == without_taken_back(Publication.objects.filter(version=1)).exclude(kind="redirect").count()

    # Most questions are contested.
    assert len(contested_questions()) >= 9

    # How many are held: who gives which figure, through whom.
    assert question("how-many-people-are-held") == {
        "about-one-million-held": [("estimates-behind-the-un-panel", "affirms"), ("united-nations", "affirms")],
        "one-million-in-counterextremism-centres": [("united-nations", "affirms")],
        "one-million-in-internment-camps": [("estimates-behind-the-un-panel", "affirms")],
        "millions-more-in-internment-camps": [("united-nations", "affirms")],
    }
    assert chain("According to estimates cited by a UN panel") == [
        ["business-standard", "afp", "un-panel", "estimates-behind-the-un-panel"],
    ]
    assert chain("The United Nations says that an estimated one million") == [
        ["rferl", "united-nations"],
        ["times-of-central-asia", "rferl", "united-nations"],
    ]

    # What the facilities are: China's, the UN's, the witness's and the outlets' words.
    facilities = question("what-are-the-facilities")
    assert facilities["facilities-are-vocational-centres"] == [("china", "affirms")]
    assert facilities["facilities-are-counterextremism-centres"] == [("united-nations", "affirms")]
    assert facilities["facilities-are-reeducation-camps"] == [("witness-who-escaped", "affirms"), ("rferl", "affirms")]
    assert set(facilities["facilities-are-internment-camps"]) == {
        ("china", "qualifies"),
        ("afp", "affirms"),
        ("united-nations", "affirms"),
        ("estimates-behind-the-un-panel", "affirms"),
    }

    # Who rejects "the accusations" denies no single figure; who gives a purpose does not dispute the treatment.
    treatment = question("how-are-people-treated")
    assert ("china", "denies") in treatment["china-violates-minority-rights"]
    assert ("china", "qualifies") in treatment["indigenous-people-treated-appallingly"]

    # Kazakhstan's support: known through the Chinese ministry, and Kazakhstan's own ministry was silent.
    support = question("does-kazakhstan-support-china")
    assert set(support["kazakhstan-supports-the-measures"]) == {
        ("wang-yi", "affirms"),
        ("beibut-atamkulov", "affirms"),
        ("chinese-foreign-ministry", "affirms"),
        ("kazakhstan-foreign-ministry", "silent"),
        ("afp", "qualifies"),
    }
    # What a source says of a ministry is the source's statement.
    assert support["kazakhstans-elite-is-worried"] == [("kazakh-source-declining-to-be-identified", "affirms")]
    assert chain("Kazakhstan's foreign minister says that his country understands") == [
        ["business-standard", "afp", "chinese-foreign-ministry", "beibut-atamkulov"],
    ]
    assert chain("Ofeliya Zhakayeva says that Kazakhstan encouraged") == [
        ["firstpost", "calvert-journal", "ofeliya-zhakayeva"],
    ]

    # The president is found under every spelling and script.
    spellings = ["Qasym-Zhomart Toqaev", "Kasym-Zhomart Tokayev", "Kassym-Jomart Tokayev", "Қасым-Жомарт Тоқаев"]
    for spelling in [*spellings, "Касым-Жомарт Токаев"]:
        found = ActorName.objects.filter(folded=fold(spelling)).values_list("actor__slug", flat=True)
        assert set(found) == {"kassym-jomart-tokayev"}, spelling

    # Dates are as precise as they are.
    assert said_on("The United Nations says that an estimated one million") == "2018"
    assert said_on("The woman who testified about the camps is denied") == "2018-10"
    assert said_on("Residents of Kazakhstan say") == "2017-06-12/2017-06-18"
    assert said_on("China's foreign minister thanks") == "2019-03-28"

    # Figures say what they count; the one that cannot be right stands as printed.
    land = Claim.objects.get(slug="forty-four-million-square-kilometres")
    assert (land.amount, land.unit, land.modifier) == (44_000_000, "km²", "about")
    shot = Claim.objects.get(slug="sixteen-shot-in-2011")
    assert (shot.lower, shot.modifier, shot.as_of) == (16, "at least", "2011-12")

    # A reprint is a second printing, not a second statement; the public log has both versions.
    reprinted = Statement.objects.get(summary__startswith="The governor of the Manghystau region promises")
    assert [len(one["appearances"]) for one in versions("statement", reprinted.public_id)] == [1, 2]

    # The history of a desk: a claim reworded, statements corrected, a withdrawal undone, two actors merged.
    supports = Claim.objects.get(slug="kazakhstan-supports-the-measures")
    assert [one["text"] for one in versions("claim", supports.public_id)] == [
        "Kazakhstan supports China's crackdown in Xinjiang.",
        "Kazakhstan understands and supports the measures that China takes in Xinjiang.",
    ]
    rejects = Statement.objects.get(summary__startswith="China rejects the accusations")
    assert [one["stances"][0]["stance"] for one in versions("statement", rejects.public_id)] == ["disputes", "denies"]
    corruption = Statement.objects.get(summary__startswith="Some of the protesters demand")
    some, every = (Actor.objects.get(slug=f"{which}protesters-in-zhanaozen").public_id for which in ("some-", ""))
    assert [one["speaker"] for one in versions("statement", corruption.public_id)] == [every, every, some]
    video = Statement.objects.get(summary__contains="44 million square kilometres")
    rows = Publication.objects.filter(public_id=video.public_id).order_by("seq")
    assert [(row.version, row.document is None) for row in rows] == [(1, False), (2, True), (3, False)]
    [merged] = Actor.objects.exclude(merged_into=None)
    assert (merged.slug, merged.merged_into.slug) == ("qasym-zhomart-toqaev", "kassym-jomart-tokayev")
    names = [name["text"] for name in versions("actor", merged.merged_into.public_id)[-1]["names"]]
    assert "Qasym-Zhomart Toqaev" in names

    # Unnamed sources each on their own.
    unnamed = Actor.objects.filter(kind=Actor.Kind.UNNAMED)
    assert unnamed.filter(reported_in__outlet__slug="rfa").count() == 10
    assert unnamed.filter(statements=None).count() == 0

    # Every passage of the public record is a short phrase.
    assert max(len(words_of(passage.exact)) for passage in Passage.objects.all()) <= LONGEST_QUOTATION
