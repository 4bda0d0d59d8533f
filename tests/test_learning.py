"""Learning from decisions: it orders and filters what is proposed, tells why, and never decides or loses anything."""

import pytest
from django.core.management import call_command
from django.db import IntegrityError, transaction

from articles.ingest import take_in
from claims.attributions import suggest
from claims.changes.workspace import Sighting, decide
from claims.learning.arranging import arrange
from claims.learning.decisions import Decided, TooFewDecisions, learn, read_decisions
from claims.learning.features import features_of, in_words
from claims.learning.logistic import held_out, in_order, likelihood, threshold, train
from claims.models import LearnedOrder, ProposalDecision, Statement
from claims.workspace import proposals_of, read_desk

from .desk import matter

TEXT = "“The dam is safe,” said Asel Bek. He denied that the valley is flooded. The ministry reportedly sold the land."


def rows_of(used, rejected):
    """Rows in which direct speech is used and indirect speech is rejected, each with the same cue beside it."""
    row = {"always": 1.0, "cue say": 1.0, "trust": 0.1}
    rows = [row | {"kind direct": 1.0}] * used + [row | {"kind indirect": 1.0}] * rejected
    return rows, [True] * used + [False] * rejected


def decided_of(used, rejected):
    rows, useful = rows_of(used, rejected)
    captures = [number % 7 for number in range(len(rows))]
    trusted = [0.5 + number / 1000 for number in range(len(rows))]
    return Decided(rows, useful, captures, trusted)


def waiting_in(text):
    return proposals_of(text, "en")


def model(threshold=0.3, **weights):
    return LearnedOrder(weights=weights, threshold=threshold, figures={}, accepted=0, changed=0, rejected=0)


def test_features_tell_cue_frame_act_speaker_length_and_marks():
    first, second, third = (features_of(TEXT, one) for one in suggest(TEXT))
    assert {"cue say", "frame tail", "kind direct", "speaker a name", "marks with", "length up to 4 words"} <= set(
        first
    )
    assert {"act deny", "speaker a pronoun", "marks without", "polarity affirmed"} <= set(second) | {
        "polarity affirmed"
    }
    assert "frame hearsay" in third
    assert {value for name, value in first.items() if name != "trust"} == {1.0}


def test_every_feature_can_be_said_in_words():
    for one in suggest(TEXT):
        for name in features_of(TEXT, one):
            assert in_words(name).strip(), name
            assert "{}" not in in_words(name)
    assert in_words("speaker a pronoun") == "the speaker is a pronoun"
    assert in_words("cue make clear") == "the reporting word is “make clear”"


def test_training_finds_what_tells_used_from_rejected_and_is_the_same_each_time():
    rows, useful = rows_of(40, 20)
    weights = train(rows, useful)
    assert weights["kind direct"] > 1 > -1 > weights["kind indirect"]
    assert abs(weights["cue say"]) < 0.5
    assert likelihood(weights, rows[0]) > 0.8 > 0.3 > likelihood(weights, rows[-1])
    assert train(rows, useful) == weights


def test_a_feature_that_is_seldom_seen_gets_no_weight():
    rows, useful = rows_of(30, 30)
    rows[0] = rows[0] | {"cue quip": 1.0}
    assert "cue quip" not in train(rows, useful)


def test_before_it_has_learned_anything_it_orders_as_the_rules_do():
    row = {"always": 1.0}
    weights = train([row | {"trust": 0.0}] * 6, [True, False] * 3)
    order = [likelihood(weights, row | {"trust": trust}) for trust in (-1.0, 0.0, 1.0)]
    assert order == sorted(set(order))


def test_with_nothing_to_tell_by_the_likelihood_is_the_share_of_the_used():
    weights = train([{"always": 1.0}] * 80, [True] * 60 + [False] * 20)
    assert likelihood(weights, {"always": 1.0}) == pytest.approx(0.75, abs=0.01)


@pytest.mark.parametrize(
    ("answers", "useful", "share"),
    [
        ([0.1, 0.9], [False, True], 1.0),
        ([0.9, 0.1], [False, True], 0.0),
        ([0.5, 0.5, 0.5], [False, True, True], 0.5),
        ([0.2, 0.2, 0.8], [True, False, True], 0.75),
        ([0.3], [True], 0.5),
    ],
)
def test_the_share_of_pairs_in_order(answers, useful, share):
    assert in_order(answers, useful) == share


def test_the_threshold_keeps_nearly_all_that_is_used():
    answers = [number / 100 for number in range(100)]
    useful = [number >= 20 for number in range(100)]
    assert threshold(answers, useful, lost=0.05) == pytest.approx(0.24)
    assert threshold([0.9, 0.8], [True, True], lost=0.05) == 0.5
    assert threshold([0.1], [False], lost=0.05) == 0.0


def test_what_is_held_out_is_not_seen_in_training():
    """Each group has a word of its own that alone tells the answer: known from training, it would be right."""
    rows = [{"always": 1.0, f"cue {group}": 1.0} for group in range(10) for _ in range(9)]
    useful = [group % 2 == 0 for group in range(10) for _ in range(9)]
    groups = [group for group in range(10) for _ in range(9)]
    assert in_order(held_out(rows, useful, groups), useful) <= 0.5
    assert in_order(held_out(rows, useful, [0] * 90), useful) == 1.0


@pytest.mark.parametrize(("used", "rejected"), [(0, 0), (30, 19), (60, 9), (9, 60)])
def test_too_few_decisions_are_told_as_such(used, rejected):
    with pytest.raises(TooFewDecisions, match=f"{used + rejected} decisions to learn from, {used} to use"):
        learn(decided_of(used, rejected))


def test_learning_measures_itself_against_the_rules():
    learned = learn(decided_of(40, 20))
    assert learned.figures["in order"] == 1.0
    assert learned.figures["in order by the rules alone"] == 0.0
    assert learned.figures["rejected and hidden"] == 1.0
    assert learned.figures["used and hidden"] <= 0.05


def test_off_and_untrained_everything_is_shown_as_it_came():
    waiting = waiting_in(TEXT)
    for arranged in (arrange(TEXT, waiting, None, "filter"), arrange(TEXT, waiting, model(), "off")):
        assert (arranged.shown, arranged.ranked, arranged.hidden) == (list(waiting), [], [])


def test_ordering_puts_first_what_is_likely_and_says_why_but_hides_nothing():
    waiting = waiting_in(TEXT)
    arranged = arrange(TEXT, waiting, model(**{"act deny": 3.0, "frame hearsay": -3.0}), "order")
    assert arranged.shown == list(waiting)
    assert arranged.hidden == []
    assert [one.proposed for one in arranged.ranked] == [waiting[1], waiting[0], waiting[2]]
    assert arranged.ranked[0].percent == 95
    assert arranged.ranked[0].why == "for: the speech act is “deny”"
    assert arranged.ranked[2].why == "against: found by the frame “hearsay”"


def test_filtering_sets_the_unlikely_apart_and_loses_nothing():
    waiting = waiting_in(TEXT)
    arranged = arrange(TEXT, waiting, model(**{"frame hearsay": -3.0}), "filter")
    assert arranged.shown == list(waiting[:2])
    assert [one.proposed for one in arranged.hidden] == [waiting[2]]
    assert {one.proposed.digest for one in arranged.ranked + arranged.hidden} == {one.digest for one in waiting}


def test_a_rule_that_is_trusted_little_is_told_as_that():
    arranged = arrange(TEXT, waiting_in(TEXT), model(trust=1.0), "order")
    assert arranged.ranked[-1].why == "against: the rule is trusted little"


# With the database.


def sighting(one):
    return Sighting(one.digest, one.start, one.end, one.proposal.rule)


def decide_on_many(made, by):
    """Sixty decisions in six texts: what is said is used, hearsay is rejected."""
    lines = "\n\n".join(
        f"The dam {number} is safe, Asel Bek said.\n\nThe ministry reportedly sold the land {number}."
        for number in range(5)
    )
    for text in range(6):
        capture = take_in(
            text=f"Headline {text}\n\n{lines}", outlet=made.outlet, headline=f"Headline {text}", by=by
        ).capture
        for one in proposals_of(capture.text, "en"):
            hearsay = one.proposal.rule.endswith("hearsay")
            kind = ProposalDecision.Kind.REJECTED if hearsay else ProposalDecision.Kind.ACCEPTED
            decide(capture, sighting(one), kind, by=by)


@pytest.mark.django_db
def test_the_newest_decision_counts_and_what_was_put_back_does_not(editor):
    made = matter(editor)
    first, second, *_ = proposals_of(made.capture.text, "en")
    for one, kinds in ((first, ["rejected", "reopened", "changed"]), (second, ["rejected", "reopened"])):
        for kind in kinds:
            decide(made.capture, sighting(one), kind, by=editor)
    decide(made.capture, Sighting("0" * 64, 1, 2, "say: tail"), "rejected", by=editor)
    decided = read_decisions()
    assert (decided.useful, decided.captures, decided.gone) == ([True], [made.capture.pk], 1)
    assert dict(decided.counts) == {"changed": 1}


@pytest.mark.django_db
def test_the_command_says_that_there_is_too_little_and_keeps_nothing(capsys):
    call_command("learn_from_decisions")
    assert "There are 0 decisions to learn from" in (told := capsys.readouterr().out)
    assert "It takes 50, with 10 of each. Nothing was learned." in told
    assert not LearnedOrder.objects.exists()


@pytest.mark.django_db
def test_the_command_learns_tells_and_keeps_and_the_workspace_uses_it(editor, editor_client, settings, capsys):
    made = matter(editor)
    decide_on_many(made, editor)
    before = Statement.objects.count(), ProposalDecision.objects.count()

    call_command("learn_from_decisions", "--dry-run")
    assert "A dry run: nothing was kept." in capsys.readouterr().out
    assert not LearnedOrder.objects.exists()

    for _ in range(2):
        call_command("learn_from_decisions")
    told = capsys.readouterr().out
    assert "Learned from 30 accepted, 0 changed, 30 rejected." in told
    assert "a used one before a rejected one: 100%" in told
    assert "found by the frame “hearsay”" in told
    assert "CLAIMTRACK_LEARNING is off" in told
    kept = LearnedOrder.objects.get()
    assert (kept.accepted, kept.changed, kept.rejected) == (30, 0, 30)
    assert kept.weights["frame hearsay"] < 0

    text = "Asel Bek said the dam is safe.\n\nThe ministry reportedly sold the land."
    fresh = take_in(text=text, outlet=made.outlet, headline="One more", by=editor).capture
    address = f"/admin/articles/article/{fresh.article.pk}/workspace/"
    assert "ws-learned" not in editor_client.get(address).content.decode()
    settings.LEARNING = "order"
    page = editor_client.get(address).content.decode()
    assert "2 proposals in order" in page
    assert "more that this desk seldom uses" not in page
    settings.LEARNING = "filter"
    page = editor_client.get(address).content.decode()
    assert "Show 1 more that this desk seldom uses" in page
    desk = read_desk(fresh, named=True)
    hidden = desk.hidden[0].proposed
    assert hidden.proposal.rule.endswith("hearsay")
    assert hidden not in desk.waiting
    assert f"?proposal={hidden.digest}" in page
    assert editor_client.get(f"{address}?proposal={hidden.digest}").status_code == 200
    assert before == (Statement.objects.count(), ProposalDecision.objects.count())


@pytest.mark.django_db
def test_there_is_one_model_and_no_second():
    with pytest.raises(IntegrityError, match="learnedorder_is_the_one"), transaction.atomic():
        LearnedOrder.objects.create(pk=2, weights={}, threshold=0, figures={}, accepted=0, changed=0, rejected=0)
