"""The whole way: text, sentences, tags, candidates, attributions, speakers, proposals."""

import re
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from itertools import pairwise

from .candidates import Candidate
from .chains import chain, covering_attribution
from .coreference import SURE, UNSURE, Answer, Ledger, joined_text, name_runs
from .genre import argues, is_statement
from .lexicon import Lexicon, lexicon
from .proposals import Proposal, Step, make_proposal, spans_of
from .sentences import CLOSING, OPENING, OPENING_MARKS, Sentence, paragraphs, sentences
from .sources import MAIN_CLAUSE, Source
from .speech import TURN, Attribution, attributions
from .tagging import tag
from .tokens import Span, Tokens
from .turns import LABEL, Turn, is_role, turns

NAME_LENGTHS = (2, 3)  # words
MAX_DATELINE = 100
DATELINE = re.compile(
    r"(?:(?-i:[A-Z])\w[^\n()–—:“\"]{0,60}?\s*)?\((?-i:[A-Z])[^\n()]{1,30}\)\s*(?:[–—]|--?)\s+"  # London (Reuters) -
    r"|(?-i:[A-Z]){2}(?-i:[A-Z .'’-]*)(?:,[^\n()–—:“\"]{0,40}?)?\s*(?:[–—]|//|--|\s-(?=\s))\s*"  # CAIRO //
)


def suggest(text: str, language: str = "en", least: float = 0.0, clutter: Iterable[Span] = ()) -> list[Proposal]:
    """Proposals for `text` with a confidence of at least `least`, in the order of the text.

    `clutter` holds the (start, end) of lines that are not to be read: captions, comment forms, notes about authors.
    What a source asks for itself, to stay unnamed, is no statement and is left out. Pure: no database, no network. Time
    is linear in the length of the text. ValueError for a language without lists.
    """
    words = lexicon(language)
    tagged_sentences = []
    paragraph_spans = paragraphs_to_read(text, clutter)
    for sentence in sentences(text, paragraph_spans, words):
        tag(sentence.tokens, words)
        tagged_sentences.append(sentence)
    ledger = Ledger(words, tagged_sentences)
    turn_of = turns(text, paragraph_spans, words)
    ledger.interviewee = interviewee(tagged_sentences, turn_of, words)
    proposals = []
    for attribution in attributions(tagged_sentences, words, turn_of):
        ledger.read_until(attribution.tokens[0].start)
        source = attribution.candidate.source
        if source is not None and says_nobody(attribution.tokens, source, words):
            continue
        proposed = propose(text, attribution, ledger)
        if proposed.confidence >= least and not stays_unnamed(attribution) and not is_address(attribution, words):
            proposals.append(proposed)
    if argues(tagged_sentences, words):
        proposals = [proposed for proposed in proposals if is_statement(text, proposed, words)]
    return doubt_headline(proposals, tagged_sentences)


def interviewee(tagged_sentences: Iterable[Sentence], turn_of: Mapping[int, Turn], words: Lexicon) -> str:
    """Whom an interview is with: who is named most often outside its turns, not as the one spoken to; "" if unclear."""
    counts: Counter[str] = Counter()
    for sentence in tagged_sentences if turn_of else ():
        if sentence.paragraph in turn_of:
            continue
        tokens = sentence.tokens
        for first, end in name_runs(tokens):
            after_preposition = first and tokens[first - 1].lower in words.rules["before interviewers"]
            if end - first in NAME_LENGTHS and not after_preposition and tokens[end - 1].lower not in words.speakers:
                counts[joined_text(tokens[first:end])] += 1
    most = counts.most_common(2)
    return most[0][0] if most and (len(most) == 1 or most[0][1] > most[1][1]) else ""


def paragraphs_to_read(text: str, clutter: Iterable[Span] = ()) -> list[Span]:
    """The (start, end) of each paragraph of `text`, but for those of `clutter`."""
    left_out = {start for start, _ in clutter}
    return [
        without_marks_of_turn(text, after_dateline(text, *span), span[1])
        for span in paragraphs(text)
        if span[0] not in left_out
    ]


def after_dateline(text: str, start: int, end: int) -> int:
    """Where a paragraph begins after “LONDON (Reuters) -”, “CAIRO //”, “PHILADELPHIA, July 25 (UPI) —”."""
    match = DATELINE.match(text, start, min(end, start + MAX_DATELINE))
    return match.end() if match is not None and match.end() < end else start


def without_marks_of_turn(text: str, start: int, end: int) -> Span:
    """A turn of a transcript that is quoted, “HILL: We were told nothing.”, without its marks; else the paragraph."""
    label = LABEL.match(text, start + 1, end) if text[start] in OPENING_MARKS else None
    if label is None or not label["label"].isupper():
        return start, end
    closes = text[end - 1] in CLOSING + '"' and not any(mark in text[start + 1 : end - 1] for mark in (*OPENING, '"'))
    return start + 1, end - closes


def doubt_headline(proposals: list[Proposal], tagged_sentences: Sequence[Sentence]) -> list[Proposal]:
    """`proposals` with that of a headline with a colon, “X: ...”, in doubt unless X speaks in the text.

    Where X speaks nowhere and the text tells what happens in X, it is a place, and nothing is proposed.
    """
    first = proposals[0] if proposals else None
    if first is None or not first.rule.endswith(": colon") or tagged_sentences[0].tokens[0].start != first.source[0][0]:
        return proposals
    name = {word for word in first.speaker.lower().split() if word[0].isalnum()}
    if any(name & set(other.speaker.lower().split()) for other in proposals[1:]):
        first.speaker_confidence = SURE
        return proposals
    last = first.speaker.split()[-1].lower()
    if any(
        after.lower == last and after.tag == "NNP" and before.lower in before_places
        for before_places in [tagged_sentences[0].tokens.rules["before places"]]
        for sentence in tagged_sentences[1:]
        for before, after in pairwise(sentence.tokens)
    ):
        return proposals[1:]
    first.speaker_confidence = min(first.speaker_confidence, UNSURE)
    first.why += "; nobody of that name speaks in the text"
    return proposals


def propose(text: str, attribution: Attribution, ledger: Ledger) -> Proposal:
    """One proposal with what is nested in it; the ledger learns who spoke."""
    candidate, tokens, source = attribution.candidate, attribution.tokens, attribution.candidate.source
    answer = speaker_of(attribution, candidate, ledger)
    steps = chain(attribution, answer, ledger)
    proposed = make_proposal(text, tokens, candidate, attribution.content, answer, steps, ledger.lexicon.calibration)
    part_of_chain = covering_attribution(candidate, tokens)
    for inner in candidate.inner:
        if inner is not part_of_chain and inner.source is not None and inner.contents:
            teller = speaker_of(attribution, inner, ledger)
            if teller.name == answer.name or says_nobody(tokens, inner.source, ledger.lexicon):
                continue
            hops = [Step("says", teller.name), Step("relays", answer.name)] if answer.name else []
            spans = spans_of(tokens, inner.contents)
            nested = make_proposal(text, tokens, inner, spans, teller, hops, ledger.lexicon.calibration)
            proposed.nested.append(nested)
    for reported in attribution.within:
        ledger.read_until(reported.tokens[0].start)
        ledger.narrator = answer.name
        nested = propose(text, reported, ledger)
        ledger.narrator = ""
        if nested.speaker and nested.speaker != answer.name:
            proposed.nested.append(nested)
    if source is not None and answer.name:
        ledger.enter_papers(tokens, candidate.cue[0][1], answer.name, attribution.paragraph)
    return proposed


def speaker_of(attribution: Attribution, candidate: Candidate, ledger: Ledger) -> Answer:
    source = candidate.source
    if source is None:
        return Answer("", 0.0, "nobody is named")
    if source.rule == TURN and is_role(attribution.tokens[source.first].text, ledger.lexicon):
        label = attribution.tokens[source.first].text
        if ledger.interviewee and label.lower().rstrip(".") in ledger.lexicon.rules["answers"]:
            return Answer(ledger.interviewee, UNSURE, "perhaps whom the introduction names")
        return Answer(label, UNSURE, "who asks or answers is not named here")
    return ledger.resolve(attribution.tokens, source.first, source.last, attribution.paragraph, source.antecedent)


def is_address(attribution: Attribution, words: Lexicon) -> bool:
    """Whether the text speaks to its readers or for its author: “you may think”, “it is easy to dismiss”, “we believe”.

    So does what is said of whoever does something: “anyone who thinks that”.
    """
    tokens, source, cue = attribution.tokens, attribution.candidate.source, attribution.candidate.cue[0][0]
    if source is None:  # “let us admit”
        return cue > 0 and tokens[cue - 1].lower in words.agreement["author"]
    if source.first != source.last:
        return False
    word = tokens[source.antecedent[0] if source.antecedent else source.first].lower
    if attribution.candidate.act == "think" and word in words.agreement["author"]:
        return True
    if source.rule == MAIN_CLAUSE and word in words.rules["impersonal"]:
        return tokens[cue].tag == "TO" or (cue > 0 and tokens[cue - 1].lower in words.rules["without"])
    return word in words.agreement["reader"] | words.rules["nobody"]


def says_nobody(tokens: Tokens, source: Source, words: Lexicon) -> bool:
    """Whether the subject is nobody: “no official has said”, “none of the witnesses said”, “not one of them said”."""
    first, no = source.first, words.rules["no"]
    if first > 1 and tokens[first - 1].lower in words.rules["possession"]:
        first -= 2
    opening, before = tokens[first], tokens[first - 1 if first else 0]
    if opening.lower in words.rules["nobody"] or before.tag == "NEG":
        return True
    if opening.lower not in no and before.lower not in no:
        return False
    return not any(t.tag == "CD" for t in tokens[first : first + 3])  # “No. 10 said”


def stays_unnamed(attribution: Attribution) -> bool:
    """Whether a source only asks or declines to be named: “who declined to be identified”, “requested anonymity”."""
    tokens, contents = attribution.tokens, attribution.candidate.contents
    words = {token.lower for first, end in contents for token in tokens[first:end]}
    unnamed = tokens.rules["unnamed"]
    return bool(words & unnamed) and words <= unnamed | tokens.rules["about being named"]
