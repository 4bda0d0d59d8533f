"""Reporting words in a sentence, each with its frame: what it is, who speaks, where its content lies.

A cue is tried against the frames its word allows (verbs.txt, adjectives.txt, nouns.txt), from the surest to the
weakest; the first that fits makes a Candidate. Cue lists with frames follow O'Keefe et al. (2012) and Pareti et al.
(2013), who find that the verb decides most of an attribution; the lists are our own.
"""

from collections.abc import Iterator

from . import sources
from .candidates import STOPS, Candidate, can_speak
from .clauses import QUOTED, finite_verb_before, phrase_right, starts_clause
from .contents import clause_end, content_start, phrase_end, trim_end
from .lexicon import Lexicon
from .nominals import from_adjective, from_noun
from .sources import Source
from .tokens import FINITE, Range, Token, Tokens, ends_with_comma
from .verbs import from_verb

ADJECTIVES = frozenset(("JJ", "VBN", "VBD", "NN", "VBG", "AUX"))
LONG_AUTHOR = 10  # tokens from a paper to the colon after who wrote it
FEW = 5  # words of a speaker behind the colon of a headline
REPORTS = frozenset(("that", "tail", "quote", "according"))
CLAUSE_EDGES = frozenset((",", ";", ":", "DASH", "CS", "THAT", "WH"))
NOUNS = frozenset(("NN", "JJ", "VB", "VBZ"))
CLAUSE_WORDS = frozenset(("WH", "POSS"))  # who, which, whose


def candidates(tokens: Tokens, lexicon: Lexicon, first_of_text: bool = False) -> Iterator[Candidate]:
    """Every candidate of a sentence, in the order of their cues; a headline may have a colon for a cue.

    Words that are no speech are cues too: “according to”, “reportedly”, a colon after a name.
    """
    found = list(from_words(tokens, lexicon))
    led_to = from_colon_before_quotation(tokens)
    if led_to is not None and not any(first <= led_to.contents[0][0] < end for c in found for first, end in c.contents):
        # “X described the raid: “...”” is in its words what X described.
        found = [c for c in found if c.cue[0][1] != led_to.cue[0][1] or c.frame != "np"] + [led_to]
    announced = from_paper_before_colon(tokens) if tokens[-1].tag == ":" and not found else None
    if announced is not None:
        yield announced
    signed = from_dash(tokens, lexicon)
    if signed is not None and not any(candidate.is_tail for candidate in found):
        yield signed
    voiced = from_manner(tokens, lexicon) if tokens[0].tag == "QT" else None
    if voiced is not None and not any(candidate.is_tail for candidate in found):
        yield voiced
    opening = from_colon(tokens, first_of_text, lexicon)
    if opening is not None and not is_dateline(tokens, opening, found):
        yield opening
    yield from found


def from_words(tokens: Tokens, lexicon: Lexicon) -> Iterator[Candidate]:
    """The candidates of verbs, adjectives, nouns and phrases."""
    for i, token in enumerate(tokens):
        tag, found = token.tag, None
        if tag[:2] == "VB" and token.lemma in lexicon.verbs:
            found = from_verb(tokens, i, lexicon)
        elif token.lower in lexicon.phrases:
            found = from_phrase(tokens, i, lexicon)
        if found is None and tag in ADJECTIVES and token.lower in lexicon.adjectives:
            found = from_adjective(tokens, i, lexicon)
        if found is None and tag in NOUNS:
            found = from_noun(tokens, i, lexicon)
        if found is not None and (found.contents or found.frame == "awaits"):
            yield found


def from_colon_before_quotation(tokens: Tokens) -> Candidate | None:
    """“X went further: “...””: whoever a clause tells of speaks in the quotation that its colon opens."""
    k = next((i for i in range(2, len(tokens)) if tokens[i].tag == "QT" and tokens[i - 1].tag == ":"), 0)
    verb = finite_verb_before(tokens, k - 1) if k else None
    source = sources.subject_at(tokens, verb) if verb is not None else None
    if verb is None or source is None or not sources.speaks(tokens, source.first, source.last):
        return None
    return assertion([(verb, verb + 1)], [(k, clause_end(tokens, k))], "quote", tokens[verb].lower, 0.6, source)


def from_paper_before_colon(tokens: Tokens) -> Candidate | None:
    """“Here is more from X's statement:”, “This is the letter from X:”, “X has more:”: whose words come next."""
    end = len(tokens) - 1
    verb = finite_verb_before(tokens, end) if tokens[end - 1].lower in tokens.rules["what a reporter has"] else None
    reporter = sources.subject_at(tokens, verb) if verb is not None else None
    if verb is not None and reporter is not None and sources.speaks(tokens, reporter.first, reporter.last):
        return Candidate([(verb, end)], [], "assert", "awaits", tokens[verb].lower, 0.8, reporter)
    for i in range(end - 1, max(0, end - LONG_AUTHOR), -1):
        if tokens[i].lower in tokens.rules["papers"]:
            if tokens[i + 1].lower in tokens.rules["noun authors"]:
                source: Source | None = Source(i + 2, end - 1, "named after the noun")
            else:
                source = sources.possessor(tokens, i)
            if source is None or source.last < source.first:
                return None
            after = (k + 1 for k in range(source.last - 1, source.first - 1, -1) if tokens[k].tag == "IN" and k + 1 < i)
            owner = next((k for k in after if tokens[k - 1].lower not in tokens.rules["possession"]), source.first)
            source = source._replace(first=owner)  # “more from X's statement”
            if not sources.speaks(tokens, source.first, source.last):
                return None
            return Candidate([(i, i + 1)], [], "assert", "awaits", tokens[i].lower, 0.8, source)
    return None


def from_dash(tokens: Tokens, lexicon: Lexicon) -> Candidate | None:
    """“...” — X, the mayor of Y: a quotation signed with a name."""
    k = next((i for i in range(len(tokens) - 2, 0, -1) if tokens[i].tag == "DASH"), 0)
    if (
        not k
        or tokens[k - 1].tag not in QUOTED
        or not can_speak(tokens, signature(tokens, k + 1), lexicon)
        or tokens[k + 1].tag not in ("NNP", "DT", "JJ", "NN")
        or any(t.tag in FINITE for t in tokens[k + 1 :])
        or any(t.tag in FINITE for t in tokens[:k])
    ):
        return None
    return assertion([(k, k + 1)], [(content_start(tokens, k), k)], "dash", "—", 0.8, signature(tokens, k + 1), True)


def from_manner(tokens: Tokens, lexicon: Lexicon) -> Candidate | None:
    """““...,” sobbed X” and ““...,” she mouthed.”: a verb that is on no list, where it can only tell how X spoke.

    The sentence opens with the quotation.
    """
    quotation = tokens[0]
    asks = "?" in quotation.text[-2:] or "!" in quotation.text[-2:]
    if len(tokens) < 3 or not (asks or ends_with_comma(quotation)):
        return None
    if is_past_form(tokens[1], lexicon):
        verb, source = 1, sources.inverted_subject(tokens, 2)
    else:
        verb = phrase_right(tokens, 1)
        source = Source(1, verb - 1, "subject")
        if verb + 1 >= len(tokens) or not is_past_form(tokens[verb], lexicon) or tokens[verb + 1].tag not in STOPS:
            return None
    if source is None or not can_speak(tokens, source, lexicon):
        return None
    return assertion([(verb, verb + 1)], [(0, 1)], "tail", tokens[verb].lower, 0.8, source, True)


def is_past_form(token: Token, lexicon: Lexicon) -> bool:
    if token.text[0].isupper() or token.tag not in ("VBD", "VBN", "JJ"):
        return False
    return "VBD" in lexicon.forms.get(token.lower, {}) or lexicon.grammar.tag_by_ending(token.lower) == "VBN"


def signature(tokens: Tokens, first: int) -> Source:
    """Who signs a quotation with the words from `first` on."""
    return Source(first, trim_end(tokens, first, len(tokens)) - 1, "who signs it")


def is_dateline(tokens: Tokens, opening: Candidate, found: list[Candidate]) -> bool:
    """Whether a place with a colon opens a report: “NEW DELHI: The minister said ...”."""
    k = opening.cue[0][0]
    if tokens[k + 1].tag in QUOTED:
        return False
    capitals = all(t.text.isupper() for t in tokens[:k]) and not all(
        t.text.isupper() for t in tokens[k + 1 :] if t.text.isalpha()
    )
    reported = any(c.source is not None and c.source.first > k and c.frame in REPORTS for c in found)
    return capitals or reported


def from_colon(tokens: Tokens, is_headline: bool, lexicon: Lexicon) -> Candidate | None:
    """“X: words of X”, in headlines, transcripts and before quotations."""
    k = next((i for i, t in enumerate(tokens[:9]) if t.tag == ":"), 0)
    name = Source(0, k - 1, "name before a colon")
    if is_headline and (closing := from_closing_colon(tokens, lexicon)):
        return closing
    if (
        not k
        or k + 2 > len(tokens)
        or tokens[0].lower in tokens.rules["no speaker"]
        or tokens[k - 1].lower in tokens.rules["no speaker"]
        or any(t.tag not in ("NNP", "NN", "DT", "JJ", ".", "POS", "CC", "VBG", "IN", "VBN") for t in tokens[:k])
        or not can_speak(tokens, name, lexicon)
    ):
        return None
    sure = tokens[k + 1].tag == "QT"
    if not (is_headline or sure):
        return None
    end = trim_end(tokens, k + 1, len(tokens))
    return assertion([(k, k + 1)], [(k + 1, end)], "colon", ":", 0.7 if sure else 0.5, name, is_tail=True)


def from_closing_colon(tokens: Tokens, lexicon: Lexicon) -> Candidate | None:
    """“Schools to shut for a week: minister”, in headlines."""
    k = next((i for i in range(len(tokens) - 2, 2, -1) if tokens[i].tag == ":"), 0)
    source = Source(k + 1, trim_end(tokens, k + 1, len(tokens)) - 1, "name after a colon")
    speakers = tokens.rules["speakers"]
    if (
        not k
        or source.last - k > FEW
        or source.last < source.first
        or not all(t.tag in ("NN", "NNP", "JJ", "POS") for t in tokens[k + 1 : source.last + 1])
        or tokens[source.last].lower not in speakers
        or not any(t.tag in FINITE | {"TO"} for t in tokens[:k])
    ):
        return None
    return assertion([(k, k + 1)], [(0, k)], "colon", ":", 0.7, source, is_tail=True)


def assertion(
    cue: list[Range],
    contents: list[Range],
    frame: str,
    lemma: str,
    confidence: float,
    source: Source,
    is_tail: bool = False,
) -> Candidate:
    """What is asserted by a cue that is no word of speech."""
    contents = [c for c in contents if c[1] > c[0]]
    return Candidate(cue, contents, "assert", frame, lemma, confidence, source, is_tail=is_tail)


def from_phrase(tokens: Tokens, i: int, lexicon: Lexicon) -> Candidate | None:
    for words, kind in lexicon.phrases[tokens[i].lower]:
        end = i + len(words)
        if tuple(t.lower for t in tokens[i:end]) == words:
            return (from_according if kind == "according" else from_hearsay)(tokens, i, end)
    return None


def from_according(tokens: Tokens, i: int, end: int) -> Candidate | None:
    """“According to X, ...”, “..., according to X” and “A, according to X, B”."""
    source = sources.source_right_of(tokens, end, opens_sentence=i == 0)
    if source is None:
        return None
    after, left = source.last + 1, trim_end(tokens, 0, i)
    opened = open_parenthesis(tokens, i)
    contents = [(max(opened + 1, content_start(tokens, left)), left)] if left > 0 else []
    if not contents and after + 1 < len(tokens) and tokens[after].tag == "," and tokens[after + 1].tag in CLAUSE_WORDS:
        # “According to X, who saw it, ...”
        closing = next((k for k in range(after + 2, len(tokens)) if tokens[k].tag == ","), after)
        after = closing if starts_clause(tokens, closing + 1) else after
    mark = tokens[after].tag if after + 1 < len(tokens) else ""
    if mark == "," and (not contents or tokens[after + 1].tag not in ("WH", "CS", "IN", "VBG")):
        contents.append((after + 1, clause_end(tokens, after + 1)))
    elif mark == ":" and not contents:
        contents.append((after + 1, trim_end(tokens, after + 1, len(tokens))))
    lemma = " ".join(t.lower for t in tokens[i:end])
    return assertion([(i, end)], contents, "according", lemma, 0.9, source, is_tail=True)


def open_parenthesis(tokens: Tokens, i: int) -> int:
    """The place of the “(” in which the word at i stands; -1 where it stands in none."""
    for k in range(i - 1, -1, -1):
        if tokens[k].tag in ("(", ")"):
            return k if tokens[k].tag == "(" else -1
    return -1


def from_hearsay(tokens: Tokens, i: int, end: int) -> Candidate:
    """“reportedly”: what is told without a teller; its content is the clause around it."""
    start = next((k for k in range(i, 0, -1) if tokens[k - 1].tag in CLAUSE_EDGES), 0)
    contents = [(start, i), (end, phrase_end(tokens, end))]
    return Candidate([(i, end)], contents, "assert", "hearsay", tokens[i].lower, 0.5, None)
