"""Who speaks: the noun phrase that a cue belongs to.

Left of the verb in plain order, right of it in inversion (“..., said X”), after “by” in the passive, after “according
to”; over appositions and relative clauses; shared by verbs joined with “and”. The walk replaces the subject relations
that O'Keefe et al. (EMNLP 2012) and Asr et al. (GenderGapTracker, 2021) take from a parser.
"""

from typing import NamedTuple

from .clauses import (
    BREAKS,
    NOUNS,
    QUOTED,
    Group,
    finite_verb_before,
    opening_parenthesis,
    phrase_left,
    phrase_right,
    phrase_with_tail,
    verb_group,
)
from .tokens import FINITE, Range, Tokens, ends_with_comma, remember, skip

MAIN_CLAUSE = "subject of the main clause"
ISSUED = "who issued the paper"
QUOTED_BY = "quoted by another"
WITH_APPOSITION = "subject with apposition"
FEW = 3  # tokens from a participle to what hangs on it
AFTER_INVERTED = frozenset((",", ".", ";", "DASH", "QT", "CS", "IN", "?", "!", "(", "WH", "RB"))


class Source(NamedTuple):
    """Tokens first..last (inclusive) that name the speaker, and the rule that found them."""

    first: int
    last: int
    rule: str
    antecedent: Range | tuple[()] = ()  # (first, last) of what a relative pronoun stands for


def subject(tokens: Tokens, group: Group) -> Source | None:
    """The subject of a verb group, or None. A participle or infinitive takes that of the verb it hangs on."""
    if group.shape == "finite":
        return finite_subject(tokens, group.first, group.last)
    return shared_subject(tokens, group.first, group.last, group.shape)


def subject_at(tokens: Tokens, verb: int) -> Source | None:
    """The subject of the verb at this place, or None: those of the verbs before it first, so that a long row of verbs,
    each sharing the subject of the one before, is no deep recursion."""
    found: dict[tuple[object, object], Source | None] = tokens.found
    row = [verb]
    while ("subject", row[-1]) not in found and (before := finite_verb_before(tokens, row[-1])) is not None:
        row.append(before)
    for earlier_verb in reversed(row):
        if ("subject", earlier_verb) not in found:
            found["subject", earlier_verb] = subject(tokens, verb_group(tokens, earlier_verb))
    return found["subject", verb]


def before_times(tokens: Tokens, j: int) -> int:
    """The place before the adverbs and days that end at j: “X on Monday said”, “X earlier this week said”."""
    times, which = tokens.rules["days and weeks"], tokens.rules["which day"]
    while True:
        j = skip(tokens, j, ("RB",), -1)
        k = j
        while k > 0 and (tokens[k].lower in times or tokens[k].lower in which) and tokens[j].lower in times:
            k -= 1
        if k == j or k < 0 or (k == 0 and tokens[0].tag == "IN"):
            return j
        j = k - 1 if tokens[k].lower in tokens.rules["on a day"] and k else k
        if j == k and tokens[k].tag in ("IN", ",", "DASH"):
            return k


@remember
def finite_subject(tokens: Tokens, first: int, last: int) -> Source | None:
    j = before_times(tokens, first - 1)
    if j < 0:
        return None
    tag, lower = tokens[j].tag, tokens[j].lower
    if tag in ("CC", "CJ"):
        return subject_of_joined_verb(tokens, j, same=tokens[last].tag if tag == "CJ" else "")
    if tag == ",":
        return subject_before_commas(tokens, j) or subject_of_joined_verb(tokens, j)
    if tag == "QT" and ends_with_comma(tokens[j]):  # “X, citing “the mood,” said”
        return subject_before_commas(tokens, j + 1)
    if tag == "DASH":
        return subject_before_dash(tokens, j)
    if lower in tokens.rules["relative"] and tag in ("WH", "THAT"):
        antecedent = relative_antecedent(tokens, j)
        return (
            Source(j, j, "relative pronoun", antecedent)
            if antecedent or lower in tokens.rules["personal relative"]
            else None
        )
    if tag in FINITE:
        return subject_of_joined_verb(tokens, j) if tokens[first].lower in tokens.rules["nor"] else None
    if tag == "VBN" and (start := phrase_left(tokens, j - 1) if j else None) is not None:
        return Source(start, j, "subject with participle")  # “voters polled said”
    start = phrase_left(tokens, j)
    if start is None:
        return subject_before_relative(tokens, j, j) or (
            subject_of_joined_verb(tokens, j + 1) if tag in ("VBN", "VBG") else None
        )
    if tokens[start].lower in tokens.rules["whose"]:
        return Source(start, j, "possessor in a relative clause", relative_antecedent(tokens, start))
    return subject_with_relative(tokens, after_introduction(tokens, start, j), j)


def after_introduction(tokens: Tokens, start: int, j: int) -> int:
    """Where the name begins that ends a phrase led in by a preposition without a comma: “In an interview Kim said”."""
    if not start or tokens[start - 1].tag != "IN" or (start > 1 and tokens[start - 2].tag not in BREAKS):
        return start
    name = skip(tokens, j, ("NNP",), -1) + 1
    before = tokens[name - 1]
    return (
        name if start < name <= j and before.tag == "NN" and before.lower not in tokens.rules["informants"] else start
    )


def relative_antecedent(tokens: Tokens, j: int) -> Range | tuple[()]:
    k = j - 2 if j and tokens[j - 1].tag in (",", "DASH") else j - 1
    # An adjective before “who” or “whose” stands for somebody: “a Chinese national whose”.
    ends = NOUNS | ({"DT", ")"} if tokens[j].tag == "THAT" else {"DT", ")", "JJ"})
    start = phrase_left(tokens, k) if k >= 0 and tokens[k].tag in ends else None
    if start is None:
        return ()
    if k < j - 1 and start > 1 and tokens[start].tag == "DT" and ends_with_name(tokens, start - 1):
        named = phrase_left(tokens, start - 2)  # “X, a mother of four, who”
        return (start, k) if named is None else (named, start - 2)
    return (start, k)


def ends_with_name(tokens: Tokens, comma: int) -> bool:
    return tokens[comma].tag == "," and tokens[comma - 1].tag == "NNP"


def subject_with_relative(tokens: Tokens, start: int, j: int) -> Source:
    """The subject that ends with the phrase start..j; the whole where that phrase ends a relative clause."""
    covering_attribution = None
    with_participle = subject_with_participle(tokens, start, j)
    if with_participle is not None:
        return with_participle
    if start > 1 and tokens[start - 1].tag == "IN":
        if start > 2 and tokens[start - 2].tag in ("VBN", "VBG", "VBD", "RB", "NN"):
            covering_attribution = subject_before_relative(tokens, start - 2, j)
        if not covering_attribution and tokens[start - 2].tag in BREAKS:
            # “X, the spokesman, in a statement said”
            before = subject_before_commas(tokens, start - 2) if tokens[start - 2].tag == "," and start > 3 else None
            return before or Source(start, j, "subject")
        if tokens[start - 2].lower in tokens.rules["after nouns"]:
            return Source(start_before_adjective(tokens, start), j, "subject")
    elif start > 1 and tokens[start - 1].tag == "TO" and tokens[start - 2].lower in tokens.rules["after nouns"]:
        return Source(start_before_adjective(tokens, start), j, "subject")
    elif start > 1 and tokens[start - 1].tag == "TO" and tokens[start - 2].lower in tokens.rules["aides"]:
        first = phrase_left(tokens, start - 2)  # “advisers to X said”
        return Source(start if first is None else first, j, "subject")
    elif start > 1 and tokens[start - 1].tag in FINITE | {"VBN", "VBG", "TO"}:
        covering_attribution = subject_before_relative(tokens, start - 1, j)
    return covering_attribution or Source(start_with_name_before(tokens, start), j, "subject")


def subject_with_participle(tokens: Tokens, start: int, j: int) -> Source | None:
    """“officials working for X said”: from X, start..j, back over a participle to the noun that opens the clause."""
    k = start - 1
    while k > 0 and tokens[k].tag in ("IN", "TO", "RB"):
        k -= 1
    if k < 1 or k < start - FEW or tokens[k].tag not in ("VBG", "VBN") or tokens[k - 1].tag not in NOUNS:
        return None
    first = phrase_left(tokens, k - 1)
    if first is None or not speaks(tokens, first, k - 1) or (first and tokens[first - 1].tag not in BREAKS):
        return None
    return Source(first, j, "subject with participle")


def start_before_adjective(tokens: Tokens, start: int) -> int:
    """Where “sources close to X” begins, whose X begins at `start`."""
    first = phrase_left(tokens, start - 3) if start > 2 else None
    return start if first is None else first


def start_with_name_before(tokens: Tokens, start: int) -> int:
    """“One of the women, X said”, “X, one of the women who ... said”: back over a comma to the clause’s start."""
    if (
        start > 1
        and tokens[start - 1].tag == ","
        and (tokens[start].tag == "NNP" or tokens[start].lower in tokens.rules["one"])
    ):
        first = phrase_left(tokens, start - 2)
        if first is None:
            return start
        apposed = tokens[first].tag == "CD" if tokens[start].tag == "NNP" else tokens[start - 2].tag == "NNP"
        if apposed and (first == 0 or (first == 2 and tokens[1].tag == ",") or tokens[first - 1].tag in ("CS", "CC")):
            return first
    return start


def subject_before_relative(tokens: Tokens, k: int, j: int) -> Source | None:
    """“the people who went to X said”: from the verb at k back over who/which/that to what it describes."""
    for at in range(k, max(0, k - 14) - 1, -1):
        if tokens[at].tag in (",", ";", ":", "CS", "DASH"):
            return None
        if (tokens[at].lower in tokens.rules["relative"] and tokens[at].tag in ("WH", "THAT")) or (
            tokens[at].lower in tokens.rules["whose"]
        ):
            found = relative_antecedent(tokens, at)
            if not found or (found[0] and tokens[found[0] - 1].tag in FINITE | {"IN"}):
                return None
            return Source(start_with_name_before(tokens, found[0]), j, "subject with relative clause")
    return None


@remember
def subject_before_commas(tokens: Tokens, j: int) -> Source | None:
    """“X, the mayor of Y, said” and “X, who won, said”: back over what stands between commas."""
    close, best = j, None
    for _ in range(4):
        k = close - 1
        while k >= 0 and tokens[k].tag not in (",", ";", ":", "DASH") and close - k < 40:
            k = (opening_parenthesis(tokens, k) or k if tokens[k].tag == ")" else k) - 1
        if k < 1 or tokens[k].tag != ",":
            break
        if all(t.tag == "RB" for t in tokens[k + 1 : close]):  # “The army, however, said”
            start = phrase_left(tokens, k - 1)
            return None if start is None else Source(start, k - 1, "subject")
        if tokens[k - 1].tag in NOUNS | {")", "DT"} and tokens[k + 1].tag not in ("CC", "PRP", "THAT"):
            start = phrase_left(tokens, k - 1)
            if start is not None and not follows_verb_or_preposition(tokens, start):
                best = Source(start, j - 1, WITH_APPOSITION)
                if not (start and tokens[start - 1].tag == "," and tokens[start].tag in ("DT", "CD", "IN", "NN")):
                    return best
        close = k
    if best is None and j and tokens[j - 1].tag == ")":  # “Anna Kim (D-Ohio), said”
        start = phrase_left(tokens, j - 1)
        best = Source(start, j - 1, "subject") if start is not None else None
    return best


def follows_verb_or_preposition(tokens: Tokens, start: int) -> bool:
    return start > 0 and tokens[start - 1].tag in ("IN", "VBG", "VBN", "VBD", "VBZ", "TO", "VB", "AUX", "MD")


def subject_before_dash(tokens: Tokens, j: int) -> Source | None:
    for k in range(j - 1, max(-1, j - 40), -1):
        if tokens[k].tag == "DASH":
            start = phrase_left(tokens, k - 1)
            return Source(start, j - 1, WITH_APPOSITION) if start is not None else None
    return subject_of_joined_verb(tokens, j)


def subject_of_joined_verb(tokens: Tokens, k: int, same: str = "") -> Source | None:
    """The subject of the verb before: “he won and said ...”; at a junction, of the first verb tagged `same`."""
    first = 0
    if same and tokens[0].tag in ("IN", "CS", "VBG", "VBN"):  # not the verb of what introduces the sentence
        first = next((i for i in range(k) if tokens[i].tag == ","), 0)
    for verb in range(first, k) if same else ():
        if tokens[verb].tag == same and tokens[verb].lemma:
            found = subject_shared_with(tokens, verb, "subject shared")
            if found is not None:
                return found
    return subject_shared_with(tokens, finite_verb_before(tokens, k), "subject shared")


def subject_shared_with(tokens: Tokens, verb: int | None, rule: str) -> Source | None:
    """The subject of the verb at this place, if there is one, for another that shares it by this rule."""
    found = None if verb is None else subject_at(tokens, verb) or inverted_subject(tokens, verb + 1)
    return found and Source(found.first, found.last, rule, found.antecedent)


@remember
def shared_subject(tokens: Tokens, first: int, last: int, shape: str) -> Source | None:
    """The subject of a participle or infinitive: the noun it follows, or that of the main verb."""
    j = before_times(tokens, first - 1)
    quoted = quoted_subject(tokens, first)
    if quoted:
        return quoted
    adds = tokens[last].lower in tokens.rules["adds to it"]
    if (
        j >= 0
        and tokens[j].lower in tokens.rules["lone determiners"]
        and tokens[j].tag == "DT"
        and shape == "participle"
    ):
        return Source(j, j, "noun before participle")  # “..., some saying”
    if j >= 0 and tokens[j].tag in ("NN", "NNP", "PRP", ")") and shape == "participle" and not adds:
        start = phrase_left(tokens, j)
        issued = tokens[j].lower in tokens.rules["papers"] and tokens[first - 1].tag != ","
        issuer = subject_shared_with(tokens, finite_verb_before(tokens, start), ISSUED) if issued and start else None
        if issuer is not None:  # “X issued a statement saying”
            return issuer
        if start is not None and (speaks(tokens, start, j) or finite_verb_before(tokens, start) is None):
            return Source(start, j, "noun before participle")
    found = (controlled_object(tokens, j) if shape == "infinitive" and j > 0 else None) or subject_shared_with(
        tokens, finite_verb_before(tokens, first), MAIN_CLAUSE
    )
    comma = first - 2 if first and tokens[first - 1].tag == "CS" else first - 1
    if not found and comma > 0 and tokens[comma].tag == ",":
        start = phrase_left(tokens, comma - 1)  # “X, while praising Y, said”, “X, alleging that Y, said”
        if start is not None:
            return Source(start, comma - 1, MAIN_CLAUSE)
    # “Asked about X, he ...”: the main clause comes after.
    if not found and first <= 2:
        for k in range(last + 2, min(len(tokens), last + 41)):
            if tokens[k - 1].tag == ",":
                end = phrase_with_tail(tokens, k)
                if k < end < len(tokens) and tokens[end].tag in FINITE | {"RB", ","}:
                    return Source(k, end - 1, MAIN_CLAUSE)
    return found


def speaks(tokens: Tokens, first: int, last: int) -> bool:
    """Whether a phrase names somebody: a name, or a word of people.txt."""
    speakers = tokens.rules["speakers"]
    for i in range(first, last + 1):
        token = tokens[i]
        if token.tag == "PRP" or token.lower in speakers:
            return True
        # The capital of a sentence's first word says nothing.
        if token.tag == "NNP" and (i or first == last or tokens[1].tag == "NNP"):
            return True
    return False


def quoted_subject(tokens: Tokens, first: int) -> Source | None:
    """X in “quoted X as saying” and “X was quoted by Y as saying”: who is relayed, not who relays."""
    if first < 2 or tokens[first - 1].lower not in tokens.rules["as"]:
        return None
    for verb in range(first - 2, max(-1, first - 24), -1):
        token = tokens[verb]
        if token.tag in (";", ":", "QT"):
            return None
        if token.lemma in tokens.rules["quoting"] and token.tag[:2] == "VB":
            if verb_group(tokens, verb).passive:
                found = subject_at(tokens, verb) or main_clause_subject(tokens, verb)
                return found and Source(found.first, found.last, QUOTED_BY, found.antecedent)
            return Source(verb + 1, first - 2, QUOTED_BY) if first - 2 > verb else None
    return None


def main_clause_subject(tokens: Tokens, verb: int) -> Source | None:
    """The noun that the participle at `verb` describes: “officials quoted by Y as saying”."""
    start = phrase_left(tokens, verb - 1) if verb else None
    return Source(start, verb - 1, "noun before participle") if start is not None else None


def relayer(tokens: Tokens, cue: int) -> Source | None:
    """Who relays what the participle at `cue` reports: the subject of “quoted”, or its agent."""
    for verb in range(cue - 2, max(-1, cue - 24), -1):
        if tokens[verb].lemma in tokens.rules["quoting"] and tokens[verb].tag[:2] == "VB":
            group = verb_group(tokens, verb)
            if not group.passive:
                return subject_at(tokens, verb)
            return agent(tokens, verb + 1, with_of=False) or medium(tokens, verb + 1)
    return None


def cited_informant(tokens: Tokens, i: int) -> Source | None:
    """X in “reported, citing X, that”: who said what another reports."""
    if tokens[i].lower not in tokens.rules["citing"]:
        return None
    end = phrase_with_tail(tokens, i + 1)
    people = tokens.rules["informants"]
    named = any(t.lower in people for t in tokens[i + 1 : end])
    return Source(i + 1, end - 1, QUOTED_BY) if end > i + 1 and named else None


def medium(tokens: Tokens, k: int) -> Source | None:
    """The paper in “was quoted in X as saying”."""
    if k >= len(tokens) or tokens[k].lower not in tokens.rules["in a"] or tokens[k].tag != "IN":
        return None
    end = phrase_right(tokens, k + 1)
    return Source(k + 1, end - 1, "the paper it stood in") if end > k + 1 else None


def controlled_object(tokens: Tokens, j: int) -> Source | None:
    """In “led X to announce” and “for X to announce” it is X who announces."""
    start = phrase_left(tokens, j)
    if not start:
        return None
    before, rules = tokens[start - 1], tokens.rules
    controls = before.lower in rules["object control preposition"] or before.lemma in rules["object control"]
    return Source(start, j, "object of the main verb") if controls else None


def inverted_subject(tokens: Tokens, k: int) -> Source | None:
    """The subject right of its verb, with the apposition after it: “..., said X, a spokesman for Y.”"""
    end, n = phrase_with_tail(tokens, k), len(tokens)
    quoted = any(t.tag in QUOTED for t in tokens[max(0, k - 4) : k])
    verb = skip(tokens, end, ("RB",))
    if not quoted and verb < n and tokens[verb].tag in FINITE | QUOTED:
        return None
    if end == k or (end < n and tokens[end].tag not in AFTER_INVERTED and (not quoted or tokens[k].tag == "PRP")):
        return None
    if end + 1 < n and tokens[end].tag == "," and tokens[end + 1].tag in ("DT", "NN", "POSS", "WH", "CD", "NNP", "JJ"):
        comma, end = end, end + 1
        while end < n and tokens[end].tag not in ("QT", "QF", ";", ":", ".") and end - comma < 40:
            if (
                tokens[end].tag == ","
                and end + 1 < n
                and tokens[end + 1].tag in ("QT", "QF", "VBG", "CC", "CS", "IN", "PRP")
            ):
                break
            end += 1
    return Source(k, end - 1, "inverted subject")


def agent(tokens: Tokens, k: int, with_of: bool) -> Source | None:
    """The phrase after “by” near k: the speaker of a passive."""
    for i in range(k, min(len(tokens) - 1, k + 8)):
        if tokens[i].lower in tokens.rules["agent"]:
            end = phrase_with_tail(tokens, i + 1) if with_of else phrase_right(tokens, i + 1)
            return Source(i + 1, end - 1, "agent of the passive") if end > i + 1 else None
        if tokens[i].tag in (",", ";", ".", "THAT", "WH", "TO"):
            return None
    return None


def possessor(tokens: Tokens, k: int) -> Source | None:
    """Who owns the noun at k: “his claim”, “the ministry's denial”."""
    i = k - 1
    while i >= 0 and tokens[i].tag in ("JJ", "CD", "NN", "RB", "VBN", "VBG") and k - i < 4:
        i -= 1
    if i >= 0 and tokens[i].tag == "POSS":
        return Source(i, i, "possessive pronoun")
    if i > 0 and tokens[i].tag == "POS":
        start = phrase_left(tokens, i - 1)
        return Source(start, i, "possessor") if start is not None else None
    return None


def source_right_of(tokens: Tokens, k: int, opens_sentence: bool) -> Source | None:
    """The noun phrase at k with its apposition, for “according to ...”."""
    end, n = phrase_right(tokens, k), len(tokens)
    while k < end < n and end - k < 40:
        tag = tokens[end].tag
        if tag == ")" and not any(t.tag == "(" for t in tokens[k:end]):
            break
        if tag in (";", ".", ":", "DASH", "CC", "CS") and not (tag == "CC" and phrase_right(tokens, end + 1) > end + 1):
            break
        if tag == "," and not (end + 1 < n and tokens[end + 1].tag in ("WH", "DT") and not opens_sentence):
            break
        end += 1
    return Source(k, end - 1, "named after the phrase") if end > k else None
