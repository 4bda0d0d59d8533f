"""What a reporting word does, and what a further one between it and what is said does."""

from collections.abc import Sequence

from .sentence_and_claim import SentenceAndClaim
from .sentence_reading import BREAKS, Cue, Token
from .stance_names import DECLINES, QUALIFIES, RELAYS, SILENT, UNCLEAR


def act_of(pair: SentenceAndClaim, cue: Cue) -> str:
    """What the cue does once it is known whether it is negated: an act, or a stance where that is all there is."""
    act, words = cue.act, pair.words
    if act == "relay":
        return UNCLEAR if cue.negated else RELAYS
    if act in ("decline", "silent", "aware", "unclear"):
        known = {"decline": DECLINES, "silent": SILENT, "aware": SILENT}.get(act, UNCLEAR)
        return UNCLEAR if cue.negated and act != "aware" else known
    if cue.neither:
        return SILENT
    if act == "qualify":
        return UNCLEAR if cue.negated else QUALIFIES
    if act in ("oppose", "support") and pair.word_at(cue.end) in words["that"]:
        return UNCLEAR if cue.negated else "assert"
    if not cue.negated:
        votes_against = cue.base in words["voting"] and pair.has(pair.said.tokens[cue.end : cue.end + 6], "against")
        return "oppose" if act == "refuse" or votes_against else act
    if cue.base in words["answering"] and cue.base not in words["accepting"]:
        return DECLINES
    if cue.base in words["unable to tell"] and cue.modal:
        return DECLINES if cue.modal in words["unwilling"] else SILENT
    if act == "deny" and cue.modal in words["able"]:
        return "assert"  # “nobody can deny that”
    if cue.base in words["confirming"] or act == "deny":
        return SILENT
    if cue.base in words["accepting"]:
        if cue.base in words["believing"]:
            return "deny"
        return {"assert": "disagree", "support": "oppose"}.get(act, UNCLEAR)
    if act == "assert" and cue.base in words["telling"]:
        return SILENT
    if act == "doubt":
        return "assert" if cue.noun or cue.base in words["never in doubt"] else SILENT
    if cue.base in words["wanting"]:
        after = pair.said.tokens[cue.end : cue.end + 3]
        return DECLINES if pair.has(after, "answering", "telling") else "oppose"
    return "oppose" if act == "support" else UNCLEAR


def inner_cue(
    pair: SentenceAndClaim, main: Cue, content: Sequence[Token], clause: tuple[int, int]
) -> "Cue | str | None":
    """A further cue between the first one and what is said; “other” where somebody else does it."""
    for cue in pair.said.cues:
        outer = clause[1] <= main.start and main.act == "assert"  # “…, the speaker said”
        if cue == main or (cue.start < main.start and not outer) or pair.is_claimed(cue):
            continue
        same_clause = pair.clause_of(cue.start) in (pair.clause_of(main.start), clause)
        if not same_clause or cue.start > pair.last_shared(clause):
            continue
        if _leaves_open(pair, cue):
            return "other"
        hearsay = cue.base in pair.words["hearsay"] and not cue.noun and main.act == "assert"
        if hearsay and not cue.negated and not _is_of_same_subject(pair, main, cue):
            return "other"
        if cue.start >= main.end and _is_content_word(pair, cue):
            continue
        return cue if _is_of_same_subject(pair, main, cue) else "other"
    return None


def _leaves_open(pair: SentenceAndClaim, cue: Cue) -> bool:
    """Whether the cue says that something is not known: “it was unclear whether”."""
    following = pair.said.tokens[cue.end : cue.end + 2]
    asks = any(token.word in pair.words["questions"] for token in following)
    return cue.act == "unclear" and (asks or pair.said.tokens[cue.end - 1].is_of(pair.words["questions"]))


def _is_content_word(pair: SentenceAndClaim, cue: Cue) -> bool:
    """Whether a word inside what is said is a cue by its looks alone."""
    turned = ("accepting", "unable to tell", "answering", "telling")
    if cue.negated and any(cue.base in pair.words[name] for name in turned):
        return False
    return cue.act in ("assert", "refuse", "demand", "unclear", "relay", "silent")


def _is_of_same_subject(pair: SentenceAndClaim, main: Cue, cue: Cue) -> bool:
    """Whether the inner cue is the speaker's own: “he”, “we”, no subject at all, or the very name."""
    start = main.end if main.start < cue.start else pair.clause_of(cue.start)[0]
    between = pair.said.tokens[start : cue.start]
    if main.base in pair.words["according"]:  # “according to him, the council said”: the name is behind the word
        marks = [number for number, token in enumerate(between) if token.word in BREAKS]
        between = between[marks[0] :] if marks else between
    words = [token for token in between if token.word.isalpha()]
    if any(token.word in pair.words["others"] for token in words):
        return False
    if any(token.word in pair.words["pronouns"] for token in words):
        return True
    if any(token.stem in pair.name for token in words if token.stem):
        return True
    empty = pair.words["conditional"] | pair.words["negators"]
    telling = [token for token in words if token.stem and token.word not in empty]
    return not telling or (bool(words) and words[-1].word in pair.words["same subject"])
