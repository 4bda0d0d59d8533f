"""Coarse parts of speech, decided by word lists, endings and the words beside.

Tags: DT POSS PRP WH THAT TO MD AUX NEG CC CS IN RB CD as in function_words.txt; NN, NNP, JJ, POS ('s of possession);
VB (base form, finite or not), VBZ, VBD, VBN, VBG; QT and QF (quotations), DASH; a mark is its own tag.
Made for one purpose: to tell verbs from nouns where somebody may be reported, and to see where clauses begin.
"""

from collections.abc import Collection

from .lexicon import Lexicon
from .tokens import Token, Tokens, ends_with_comma, skip
from .verb_tags import (
    OBJECT_START,
    STRONG,
    first_tag,
    has_main_verb,
    neighbour,
    reports,
    reports_clause,
    tag_unknown,
    tag_verb_or_noun,
)

PAST_OR_PRESENT = frozenset(("VBD", "VBZ", "VB", "VBN"))
FEW = 3  # tokens before the verb of a relative clause
APPOSITION = 16  # tokens between the commas after a name
AFTER_NOUN = frozenset((",", ".", ";", ":", ")", "DASH", "IN", "WH", "THAT", "MD", "AUX", "QT"))
CONTENT_START = (OBJECT_START | {"IN", "VBG"}) - {"TO"}


def tag(tokens: Tokens, lexicon: Lexicon) -> None:
    """Set .tag and .lemma of every token of one sentence, from left to right."""
    forms, closed, grammar = lexicon.forms, lexicon.closed, lexicon.grammar
    capitals = is_in_capitals(tokens)
    for i, token in enumerate(tokens):
        lower = token.lower
        if not token.tag and is_acronym(token, capitals):
            token.tag = "NNP"
        elif token.tag:
            if i and tokens[i - 1].end == token.start and grammar.is_possessive_mark(lower, tokens[i - 1].lower):
                token.tag = "POS"
        elif lower in lexicon.clitics:
            token.tag = tag_clitic(tokens, i, lexicon)
            token.lemma = grammar.auxiliaries.get(lower, "") if token.tag == "AUX" else ""
        elif closed.get(lower) == "JJ" and i and token.text[0].isupper():
            token.tag = "NNP"
        elif closed.get(lower) == "JJ" and lower in lexicon.speakers and ends_phrase(tokens, i, lexicon):
            token.tag = "NN"  # “the spy chief says”, “a senior official in Delhi”
        elif lower in closed and not (
            i and token.text[0].isupper() and token.text[1:].islower() and lower in lexicon.times
        ):
            token.tag = closed[lower]
            token.lemma = grammar.auxiliaries.get(lower, lower) if token.tag == "AUX" else ""
        elif lower in forms:
            shapes = forms[lower]
            token.tag = tag_verb_or_noun(tokens, i, shapes, lexicon)
            if token.tag[0] == "V":
                token.lemma = shapes.get(token.tag) or next(iter(shapes.values()))
        else:
            token.tag = "NNP" if is_name_particle(tokens, i) else tag_unknown(token, i, lexicon)
            if token.tag == "VBN" and is_past_of_unknown(tokens, i, lexicon):
                token.tag, token.lemma = "VBD", lower
    tag_quantities(tokens, lexicon)
    tag_reduced_relatives(tokens, lexicon)
    tag_lone_words(tokens, lexicon)
    tag_junctions(tokens, lexicon)
    tokens.reports_at.update(
        i + 1 for i, token in enumerate(tokens) if ends_with_comma(token) and new_report(tokens, i, lexicon)
    )


def ends_phrase(tokens: Tokens, i: int, lexicon: Lexicon) -> bool:
    """Whether no noun comes after the word at i."""
    after = first_tag(tokens[i + 1], lexicon) if i + 1 < len(tokens) else "."
    return after in AFTER_NOUN or opens_report(tokens, i + 1, lexicon)


def opens_report(tokens: Tokens, k: int, lexicon: Lexicon) -> bool:
    """Whether the word at k, not yet tagged, is a verb that reports what follows: “says that”, “concedes he”."""
    if k + 1 >= len(tokens):
        return False
    shapes = lexicon.forms.get(tokens[k].lower, {})
    lemma = shapes.get("VBD") or shapes.get("VBZ") or ""
    return reports_clause(lemma, lexicon) and first_tag(tokens[k + 1], lexicon) in ("THAT", "PRP", "DT")


def new_report(tokens: Tokens, comma: int, lexicon: Lexicon) -> bool:
    """Whether somebody begins to report after this comma: “Asked whether X, the minister said Y”."""
    verb = skip(tokens, comma + 1, ("RB",))
    if verb + 1 < len(tokens) and tokens[verb].tag == "VBG" and tokens[verb].lemma in lexicon.rules["speaks on"]:
        return True
    named = name_end(tokens, comma + 1, lexicon)
    if named == comma + 1 and named < len(tokens) and tokens[named].tag == "PRP":
        named += 1
    verb = skip(tokens, named, ("RB", "AUX", "NEG"))
    if named == comma + 1 and has_main_verb(tokens, comma):
        return False
    is_finite = verb + 1 < len(tokens) and (
        tokens[verb].tag in ("VBD", "VBZ") or (tokens[verb].tag == "VB" and tokens[verb].lower in lexicon.never_nouns)
    )
    if not is_finite:
        return False
    content = verb + 1 + (tokens[verb + 1].tag in (",", ":"))
    opens: Collection[str] = ("QT", "QF") if content > verb + 1 else CONTENT_START
    if content == verb + 1 and tokens[verb].lemma in lexicon.rules["say"]:
        opens = CONTENT_START | {"NN", "JJ", "RB", "CS"}
    return (
        content < len(tokens)
        and tokens[content].tag in opens
        and reports(tokens[verb], lexicon)
        and not closes_clause_within(tokens, comma)
    )


def closes_clause_within(tokens: Tokens, comma: int) -> bool:
    """Whether the comma closes a clause that opens what is reported: “argued that although X confessed, he showed”."""
    for i in range(comma - 2, -1, -1):
        if tokens[i].tag == "THAT":
            return tokens[i + 1].lower in tokens.rules["subordinate"]
    return False


def is_in_capitals(tokens: Tokens) -> bool:
    """Whether most words of two letters or more are printed in capitals, as headlines are in some houses."""
    words = [t for t in tokens if len(t.text) > 1 and t.text[0].isalpha() and not t.tag]
    return sum(t.text.isupper() for t in words) * 2 > len(words) and len(words) > 1


def is_acronym(token: Token, capitals: bool) -> bool:
    """Whether capitals make a word a name that would be a pronoun or verb in small letters: US, WHO, IT, SAID."""
    text = token.text
    return not capitals and len(text) > 1 and text.isalpha() and text.isupper()


def tag_quantities(tokens: Tokens, lexicon: Lexicon) -> None:
    """Words that bound a number belong to its phrase: in “at least 40 people were held” they open the clause."""
    for i, token in enumerate(tokens):
        for words in lexicon.bounds.get(token.lower, ()):
            end = i + len(words)
            if end < len(tokens) and tuple(t.lower for t in tokens[i:end]) == words and is_number(tokens, end):
                for bound in tokens[i:end]:
                    bound.tag = "JJ"
                break


def is_number(tokens: Tokens, k: int) -> bool:
    """Whether a number stands at k, perhaps after “a” or “another”: “40”, “a dozen”, “another 300”."""
    if tokens[k].tag == "DT" and k + 1 < len(tokens):
        return tokens[k].lower in tokens.rules["shares"] or tokens[k + 1].tag == "CD"
    return tokens[k].tag == "CD"


def is_past_of_unknown(tokens: Tokens, i: int, lexicon: Lexicon) -> bool:
    """Whether a word in -ed that no list has is a finite past: between a subject and an object."""
    before = neighbour(tokens, i, -1)
    after = first_tag(tokens[i + 1], lexicon) if i + 1 < len(tokens) else ""
    if before is None or after not in OBJECT_START - {"TO", "THAT", "WH"}:
        return False
    return before.tag in ("NN", "NNP", "PRP", "CD") or (before.tag == "CC" and has_main_verb(tokens, i))


def is_name_particle(tokens: Tokens, i: int) -> bool:
    """Whether a word joins two parts of a name: “Saleh bin Awad”."""
    return (
        tokens[i].lower in tokens.rules["name particles"]
        and i > 0
        and i + 1 < len(tokens)
        and tokens[i - 1].tag == "NNP"
        and (tokens[i + 1].text[0].isupper() or tokens[i + 1].lower in tokens.rules["name particles"])
    )


def tag_clitic(tokens: Tokens, i: int, lexicon: Lexicon) -> str:
    """'s after a pronoun, or before an adverb, participle or determiner, is a verb; else a possessive."""
    rules = lexicon.rules
    if tokens[i].lower in rules["short for would"]:
        return "MD"
    after = tokens[i + 1].lower if i + 1 < len(tokens) else ""
    verb = (i and tokens[i - 1].tag in ("PRP", "WH", "THAT", "RB")) or (
        lexicon.closed.get(after) in ("DT", "NEG", "IN", "PRP", "POSS", "TO") and after not in rules["no verb before"]
    )
    return "AUX" if verb else "POS"


def tag_reduced_relatives(tokens: Tokens, lexicon: Lexicon) -> None:
    """In “the data released by X show” the first of two verbs without a link between them is a participle."""
    last = None
    for i, token in enumerate(tokens):
        t = token.tag
        if t in (",", ";", ":", "DASH", "CC", "CS", "WH", "THAT", "QT", "QF", "PRP", "MD"):
            last = None
        elif i and tokens[i - 1].tag in ("TO", "MD"):
            continue
        elif t in ("VBD", "VBZ", "AUX", "VB"):
            if (
                last is not None
                and (t != "AUX" or token.lower in tokens.rules["finite auxiliaries"])
                and ((opens_adverbial(tokens[last + 1], lexicon) and i > last + 1) or (i == last + 1 and t == "VBD"))
                and not reports_what_follows(tokens, last, lexicon)
            ):
                tokens[last].tag = "VBN"
            last = i if t == "VBD" else None
            if t == "VBD" and in_phrase_after_report(tokens, i):
                token.tag, last = "VBN", None


def opens_adverbial(token: Token, lexicon: Lexicon) -> bool:
    return token.tag in ("IN", "RB", "TO") or token.lower in lexicon.times


def in_phrase_after_report(tokens: Tokens, i: int) -> bool:
    """Whether the verb at i describes the noun of a phrase after a verb: “said in a statement released Monday”."""
    k = i - 1
    while k > 0 and tokens[k].tag in ("NN", "JJ", "CD", "NNP", "POS"):
        k -= 1
    if k == i - 1 or tokens[k].tag not in ("DT", "IN") or tokens[i - 1].tag != "NN":
        return False
    k = k if tokens[k].tag == "IN" else k - 1
    return k > 0 and tokens[k].tag == "IN" and tokens[k - 1].tag == "VBD"


def reports_what_follows(tokens: Tokens, verb: int, lexicon: Lexicon) -> bool:
    """Whether a past form reports a clause although a second verb follows: “said there were”, “said in May it was”.

    A verb that takes no object is no participle of what stands before it, save in “said to be”.
    """
    after = tokens[verb + 1]
    cues = [cue for further, cue in lexicon.verbs.get(tokens[verb].lemma, ()) if not further and cue.weight("that")]
    if not cues or after.tag == "TO" or after.lower in lexicon.rules["agent"]:
        return False
    return after.lower in lexicon.rules["existential"] or all(cue.weight("np") < STRONG for cue in cues)


def tag_junctions(tokens: Tokens, lexicon: Lexicon) -> None:
    """Mark as CJ each “and” or “but” at which a second report begins: “says ... and says”, “..., but he also noted”.

    The verb after it reports a clause, a quotation or by its name, and has the tense of a reporting verb before it.
    """
    seen = set()
    for i, token in enumerate(tokens[:-1]):
        if token.tag in ("VBD", "VBZ") and reports(token, lexicon):
            seen.add(token.tag)
        elif token.tag == "VB" and i and tokens[i - 1].tag in ("PRP", "NN", "NNP", "RB") and reports(token, lexicon):
            seen.add("VB")
        elif token.tag in ("VBN", "VBG") and i and has_auxiliary(tokens, i) and reports(token, lexicon):
            seen.update(("VBD", "VBN", "VBZ", "VB"))
        elif token.tag == "VBG" and reports(token, lexicon):
            seen.update(t.tag for t in tokens[:i] if t.tag in ("VBD", "VBZ"))
        if token.tag != "CC" or token.lower in lexicon.rules["alternatives"] or not seen:
            continue
        k = min(skip(tokens, i + 1, ("RB", "PRP")), i + 4)
        named = name_end(tokens, i + 1, lexicon) if i and tokens[i - 1].tag == "," else i + 1
        if named > i + 1 and named < len(tokens) - 1 and tokens[named].tag in PAST_OR_PRESENT:
            if reports(tokens[named], lexicon):
                token.tag = "CJ"
            continue
        if (
            k < len(tokens) - 1
            and tokens[k].tag in seen
            and reports(tokens[k], lexicon)
            and opens_second_report(tokens, k + 1)
        ):
            token.tag = "CJ"


def has_auxiliary(tokens: Tokens, i: int) -> bool:
    """Whether an auxiliary stands before the participle at i: “have all said”, “are now appealing”."""
    between = tokens.rules["adverbs in verb groups"]
    k = i - 1
    while k > 0 and (tokens[k].tag in ("RB", "NEG") or tokens[k].lower in between):
        k -= 1
    return k >= 0 and tokens[k].tag == "AUX"


def opens_second_report(tokens: Tokens, k: int) -> bool:
    """Whether what follows a reporting verb may be its content: a clause, a quotation, a thing."""
    if tokens[k].tag == ",":
        return k + 1 < len(tokens) and tokens[k + 1].tag in ("QT", "QF")
    return tokens[k].tag in ("THAT", "QT", "QF", "PRP", "DT", "NNP", "POSS", "IN", "WH", ":", "TO")


def name_end(tokens: Tokens, k: int, lexicon: Lexicon) -> int:
    """One past the name or the speaker described at k, with no more than its own words; k if there is none."""
    end = k
    while end < min(len(tokens), k + 8) and tokens[end].tag in ("DT", "POSS", "JJ", "NN", "NNP", "POS"):
        end += 1
    last = tokens[end - 1]
    speaks = last.tag == "NNP" or not lexicon.speakers.keys().isdisjoint(
        (last.lower, lexicon.grammar.singular(last.lower))
    )
    if last.tag == "NNP" and end < len(tokens) and tokens[end].tag == ",":  # “Anna Kim, the mayor, said”
        comma = next((i for i in range(end + 1, min(len(tokens) - 1, end + APPOSITION)) if tokens[i].tag == ","), None)
        if comma is not None and tokens[comma + 1].tag in PAST_OR_PRESENT | {"RB", "AUX"}:
            end = comma + 1
    return skip(tokens, end, ("RB", "AUX", "NEG")) if end > k and speaks else k


def takes_only_objects(token: Token, lexicon: Lexicon) -> bool:
    """Whether a verb of the lists takes an object, but no clause."""
    cues = [cue for further, cue in lexicon.verbs.get(token.lemma, ()) if not further]
    return bool(cues) and all(cue.weight("np") and not cue.weight("that") for cue in cues)


def is_verb_of_relative(tokens: Tokens, i: int, lexicon: Lexicon) -> bool:
    """Whether a noun may be the verb that closes a relative clause: “a charge that the office rejects.”"""
    shapes = lexicon.forms.get(tokens[i].lower, {})
    if "VBZ" not in shapes or i < FEW or tokens[i - 1].tag not in ("NN", "NNP"):
        return False
    k = skip(tokens, i - 1, ("NN", "NNP", "JJ", "POS", "DT", "POSS", "CD"), -1)
    judges = any(cue.weight("np") > STRONG for further, cue in lexicon.verbs.get(shapes["VBZ"], ()) if not further)
    return 0 < k < i - 1 and judges and tokens[k].tag in ("THAT", "WH") and tokens[k - 1].tag in ("NN", ",")


def tag_lone_words(tokens: Tokens, lexicon: Lexicon) -> None:
    """Words whose class depends on what follows: “in that case”, “told her.”, “one person”."""
    for i, token in enumerate(tokens):
        right = tokens[i + 1] if i + 1 < len(tokens) else None
        after = right.tag if right else "."
        next_word = right.lower if right else ""
        if (
            token.lower in lexicon.rules["object and possessor"]
            and token.tag == "POSS"
            and after in (".", ",", "THAT", "IN", "TO", "CC", "QT", ":", "RB", "CS", "WH")
        ):
            token.tag = "PRP"
        elif (token.lower in lexicon.rules["first"] and after in ("VBD", "VBZ") and (i or token.tag != "CS")) or (
            token.tag == "CS" and token.lower in lexicon.rules["so"] and after == "RB"
        ):
            token.tag = "RB"
        elif token.lower in lexicon.rules["one"] and (
            after in ("NN", "JJ", "NNP", "VBN") or (after == "IN" and next_word in lexicon.rules["possession"])
        ):
            token.tag = "CD"
        elif token.tag == "NN" and after in (".", ",") and is_verb_of_relative(tokens, i, lexicon):
            token.tag = "VBZ"
            token.lemma = lexicon.forms[token.lower]["VBZ"]
        elif token.tag == "THAT" and right:
            before = tokens[i - 1].tag if i else ""
            noun_follows = after in ("NN", "JJ", "CD")
            if right.lower in lexicon.times or (before in ("IN", "") and noun_follows):
                token.tag = "DT"
            elif before in ("", ",", "IN", "CC") and after in ("AUX", "MD", "VBZ", "VBD", "."):
                token.tag = "PRP"
            elif before[:2] == "VB" and after in ("NN", "JJ") and takes_only_objects(tokens[i - 1], lexicon):
                token.tag = "DT"  # “rejected that argument”
