"""Coarse parts of speech, decided by word lists, endings and the words beside.

Tags: DT POSS PRP WH THAT TO MD AUX NEG CC CS IN RB CD as in function_words.txt; NN, NNP, JJ, POS ('s of possession);
VB (base form, finite or not), VBZ, VBD, VBN, VBG; QT and QF (quotations), DASH; a mark is its own tag.
Made for one purpose: to tell verbs from nouns where somebody may be reported, and to see where clauses begin.
"""

from collections.abc import Collection, Mapping, Sequence

from .lexicon import Lexicon
from .tokens import FINITE, Token, Tokens, skip

Shapes = Mapping[str, str]  # what a form of a verb can be: tag -> lemma

PAST_OR_PRESENT = frozenset(("VBD", "VBZ", "VB", "VBN"))
APPOSITION = 16  # tokens between the commas after a name
STRONG = 0.5  # weight of a frame from which it is usual for the word
NOUN_BEFORE = frozenset(("DT", "POSS", "POS", "JJ", "CD"))
OBJECT_START = frozenset(("DT", "POSS", "PRP", "THAT", "NNP", "WH", "TO", "QT", "QF", "CD"))
CONTENT_START = (OBJECT_START | {"IN", "VBG"}) - {"TO"}
COMPLEMENT_START = OBJECT_START | {"IN", "JJ", "NN", "RB"}


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


def ends_with_comma(token: Token) -> bool:
    """Whether a token is a comma, or a quotation with one before its closing mark."""
    return token.tag == "," or (token.tag == "QT" and token.text.rstrip("\"”»'’")[-1:] == ",")


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
    if verb + 1 >= len(tokens) or tokens[verb].tag not in ("VBD", "VBZ"):
        return False
    content = verb + 1 + (tokens[verb + 1].tag in (",", ":"))
    opens: Collection[str] = ("QT", "QF") if content > verb + 1 else CONTENT_START
    if content == verb + 1 and tokens[verb].lemma in lexicon.rules["say"]:
        opens = CONTENT_START | {"NN", "JJ", "RB", "CS"}
    return reports(tokens[verb], lexicon) and content < len(tokens) and tokens[content].tag in opens


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


def tag_unknown(token: Token, i: int, lexicon: Lexicon) -> str:
    text, lower = token.text, token.lower
    if text[0].isdigit() or text[0] in "$€£":
        return "CD"
    name = text[0] in "@#" or text[0].isupper()
    if not name and (lower in lexicon.speakers or lower in lexicon.times):
        return "NN"  # critic, morning
    if name:
        return "RB" if i == 0 and lexicon.grammar.is_adverb(lower) else "NNP"
    return lexicon.grammar.tag_by_ending(lower)


def is_past_of_unknown(tokens: Tokens, i: int, lexicon: Lexicon) -> bool:
    """Whether a word in -ed that no list has is a finite past: between a subject and an object."""
    before = neighbour(tokens, i, -1)
    after = first_tag(tokens[i + 1], lexicon) if i + 1 < len(tokens) else ""
    return (
        before is not None and before.tag in ("NN", "NNP", "PRP", "CD") and after in OBJECT_START - {"TO", "THAT", "WH"}
    )


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


def neighbour(tokens: Tokens, i: int, step: int) -> Token | None:
    """The next token in a direction that is no adverb, or None."""
    i = skip(tokens, i + step, ("RB", "NEG"), step)
    return tokens[i] if 0 <= i < len(tokens) else None


def first_tag(token: Token, lexicon: Lexicon) -> str:
    """What a token to the right most likely is, before it is tagged."""
    tag = token.tag or lexicon.closed.get(token.lower)
    if tag:
        return tag
    if not (token.text[0].isupper() or token.text[0].isdigit() or token.text[0] in "$€£"):
        shapes = lexicon.forms.get(token.lower)
        if shapes:
            return "VBG" if "VBG" in shapes else "V"
    return tag_unknown(token, 1, lexicon)


def tag_verb_or_noun(tokens: Tokens, i: int, shapes: Shapes, lexicon: Lexicon) -> str:
    before = neighbour(tokens, i, -1)
    after = first_tag(tokens[i + 1], lexicon) if i + 1 < len(tokens) else "."
    b = before.tag if before is not None else ""
    if tokens[i].text[0].isupper() and i and not is_headline(tokens, lexicon) and b not in ("QT", "QF"):
        return "NNP"
    if "VBG" in shapes:
        return "NN" if b in ("DT", "POSS", "JJ", "POS") and after not in OBJECT_START - {"QT", "QF"} else "VBG"
    tense = tag_past if "VBD" in shapes or "VBN" in shapes else tag_present
    return tense(tokens, i, shapes, before, b, after, lexicon)


def tag_past(tokens: Tokens, i: int, shapes: Shapes, before: Token | None, b: str, after: str, lexicon: Lexicon) -> str:
    """VBD, VBN or JJ for -ed forms and irregular pasts."""
    if "VB" in shapes and b in ("TO", "MD") and not ("VBN" in shapes and "VBD" not in shapes):
        return "VB"  # put, read, cast, forecast
    if "VBN" not in shapes:
        return "VBD"
    if "VBD" not in shapes:
        return "JJ" if b in ("DT", "POSS", "POS") and after in ("NN", "NNP", "JJ") else "VBN"
    if "VB" in shapes and (b in NOUN_BEFORE or b == "IN"):
        return "NN"
    if b == "AUX":
        return "VBN"
    reporting = tokens[i].lower in lexicon.never_nouns
    if b in ("DT", "POSS", "POS", "JJ") and after in ("NN", "NNP", "JJ", "V", "VBG") and not reporting:
        return "JJ"
    if b in ("DT", "POSS"):
        return "VBD" if before is not None and before.lower in lexicon.rules["lone determiners"] else "JJ"
    if b in ("IN", "CS") and after in ("NN", "NNP", "JJ") and not reporting:
        return "JJ"
    if b in ("QT", "QF") and after in ("NN", "NNP", "JJ") and not can_close_report(shapes, lexicon):
        return "JJ"  # “..., retired General X said”
    if before is None:
        return "NN" if "VB" in shapes else "VBD" if reporting and after == "NNP" else "VBN"
    by_somebody = (
        b in ("NN", "NNP", "CD")
        and i + 1 < len(tokens)
        and tokens[i + 1].lower in lexicon.rules["agent"]
        and lexicon.rules["say"].isdisjoint(shapes.values())
    )  # “claimed by X”
    # “X won, accused of fraud”
    hangs_on = b in (",", "DASH") and after in (("TO",) if reporting else ("IN", "TO")) and has_main_verb(tokens, i)
    return "VBN" if by_somebody or hangs_on else "VBD"


def has_main_verb(tokens: Tokens, end: int) -> bool:
    """Whether a finite verb stands before `end` outside the relative clauses that commas open: not in “X, who won,”."""
    in_relative = False
    for i, token in enumerate(tokens[:end]):
        if token.tag in (",", "DASH") and i + 1 < end:
            k = skip(tokens, i + 1, ("RB",))
            in_relative = k < end and tokens[k].tag in ("WH", "VBG", "VBN", "IN", "CS")
        elif token.tag in FINITE and not in_relative:
            return True
    return False


def tag_present(
    tokens: Tokens, i: int, shapes: Shapes, before: Token | None, b: str, after: str, lexicon: Lexicon
) -> str:
    """VB or VBZ for a base or -s form, or NN."""
    shape = "VBZ" if "VBZ" in shapes else "VB"
    word = before.lower if before is not None else ""
    if tokens[i].lower in lexicon.never_nouns:
        return shape
    if b in ("TO", "MD"):
        return "VB" if shape == "VB" else "NN"
    if b == "AUX":
        return "VB" if shape == "VB" and word in lexicon.rules["base form auxiliaries"] else "NN"
    if b == "THAT" and after in ("MD", "AUX") and shape == "VBZ":
        return "NN"  # “that judges should”
    if b != "DT" and word in lexicon.rules["plural subjects" if shape == "VB" else "subjects"]:
        return shape
    if b in ("WH", "THAT"):
        return shape if word not in lexicon.rules["question word of things"] else "NN"
    if b == "":
        return shape if is_headline(tokens, lexicon) else "NN"
    if b == "DT" and shape == "VBZ":
        return shape if word in lexicon.rules["present determiners"] else "NN"
    if b == "DT":
        many = word in lexicon.rules["plural determiners"]
        return "VB" if many and after in COMPLEMENT_START else "NN"
    if b == "CD":
        verb = shape == "VB" and (after in OBJECT_START or (after == "IN" and is_headline(tokens, lexicon)))
        return "VB" if verb else "NN"
    if b in ("NN", "NNP", ")", "QT", "QF"):
        plural = lexicon.grammar.is_plural(word)
        if shape == "VB" and not (plural or word in lexicon.rules["plural nouns"]):
            return "NN"
        if shape == "VBZ" and b == "NN" and plural:
            return "NN"
        if after in (".", "DASH") and (shape == "VBZ" or plural) and can_close_report(shapes, lexicon):
            return shape
        return shape if after in COMPLEMENT_START or after in (",", "V", ":") else "NN"
    if b == "CC":
        earlier = next((t.tag for t in reversed(tokens[:i]) if t.tag[:2] == "VB" and t is not before), "")
        noun_before = i > 1 and tokens[i - 2].tag in ("NN", "JJ")
        return shape if after in OBJECT_START and (earlier in (shape, "VB") or not noun_before) else "NN"
    if shape == "VBZ" and b in ("VBD", "VBZ", "VB") and before is not None and reports(before, lexicon):
        # “which the state says makes toys”
        return shape if any(t.tag in ("WH", "THAT") for t in tokens[max(0, i - 6) : i]) else "NN"
    if b == "," and shape == "VB" and after in OBJECT_START and (k := before_aside(tokens, i)) is not None:
        return shape if lexicon.grammar.is_plural(tokens[k].lower) else "NN"  # “Some voters, however, question the”
    if b in (",", "DASH"):
        return shape if (after in OBJECT_START and shape == "VBZ") or after == "THAT" else "NN"
    return "NN"


def before_aside(tokens: Tokens, i: int) -> int | None:
    """The place of the noun before an adverb in commas that ends at i; None if there is none."""
    k = skip(tokens, i - 2, ("RB",), -1)
    return k - 1 if 0 < k < i - 2 and tokens[k].tag == "," and tokens[k - 1].tag in ("NN", "NNP") else None


def can_close_report(shapes: Shapes, lexicon: Lexicon) -> bool:
    """Whether the verb can close what it reports: “..., X reports.”"""
    return any(cue.weight("tail") for _, cue in lexicon.verbs.get(next(iter(shapes.values())), ()))


def is_headline(tokens: Sequence[Token], lexicon: Lexicon) -> bool:
    """Whether most longer words begin with a capital, as in headlines of one house style."""
    if len(tokens) > 40 or any(t.tag == "QT" for t in tokens):
        return False
    long = [t for t in tokens if len(t.text) > 3 and t.text[0].isalpha()]
    if any(t.text[0].islower() and t.lower in lexicon.never_nouns for t in long):
        return False  # many names, but a verb in small letters
    return len(long) > 2 and sum(t.text[0].isupper() for t in long) >= 0.75 * len(long)


def tag_reduced_relatives(tokens: Tokens, lexicon: Lexicon) -> None:
    """In “the data released by X show” the first of two verbs without a link between them is a participle."""
    last = None
    for i, token in enumerate(tokens):
        t = token.tag
        if t in (",", ";", ":", "DASH", "CC", "CS", "WH", "THAT", "QT", "QF", "PRP", "MD"):
            last = None
        elif t in ("VBD", "VBZ", "AUX") or (t == "VB" and not (i and tokens[i - 1].tag in ("TO", "MD"))):
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
        elif token.tag == "VBN" and i and tokens[i - 1].tag in ("AUX", "RB") and reports(token, lexicon):
            seen.update(("VBD", "VBN"))
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
            and tokens[k + 1].tag in ("THAT", "QT", "QF", "PRP", "DT", "NNP", "POSS", "IN", "WH", ":", "TO")
        ):
            token.tag = "CJ"


def name_end(tokens: Tokens, k: int, lexicon: Lexicon) -> int:
    """One past the name or the speaker described at k, with no more than its own words; k if there is none."""
    end = k
    while end < min(len(tokens), k + 8) and tokens[end].tag in ("DT", "POSS", "JJ", "NN", "NNP", "POS"):
        end += 1
    last = tokens[end - 1]
    speaks = last.tag == "NNP" or not lexicon.speakers.keys().isdisjoint((last.lower, lexicon.grammar.singular(last.lower)))
    if last.tag == "NNP" and end < len(tokens) and tokens[end].tag == ",":  # “Anna Kim, the mayor, said”
        comma = next((i for i in range(end + 1, min(len(tokens) - 1, end + APPOSITION)) if tokens[i].tag == ","), None)
        if comma is not None and tokens[comma + 1].tag in PAST_OR_PRESENT | {"RB", "AUX"}:
            end = comma + 1
    return skip(tokens, end, ("RB", "AUX", "NEG")) if end > k and speaks else k


def reports(token: Token, lexicon: Lexicon) -> bool:
    return any(
        cue.weight("that") or cue.weight("quote") or cue.weight("np") > 0.5
        for _, cue in lexicon.verbs.get(token.lemma, ())
    )


def takes_only_objects(token: Token, lexicon: Lexicon) -> bool:
    """Whether a verb of the lists takes an object, but no clause."""
    cues = [cue for further, cue in lexicon.verbs.get(token.lemma, ()) if not further]
    return bool(cues) and all(cue.weight("np") and not cue.weight("that") for cue in cues)


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
        elif (token.lower in lexicon.rules["first"] and after in ("VBD", "VBZ")) or (
            token.tag == "CS" and token.lower in lexicon.rules["so"] and after == "RB"
        ):
            token.tag = "RB"
        elif token.lower in lexicon.rules["one"] and (
            after in ("NN", "JJ", "NNP", "VBN") or (after == "IN" and next_word in lexicon.rules["possession"])
        ):
            token.tag = "CD"
        elif token.tag == "THAT" and right:
            before = tokens[i - 1].tag if i else ""
            if right.lower in lexicon.times or (before == "IN" and after in ("NN", "JJ", "CD")):
                token.tag = "DT"
            elif before in ("", ",", "IN", "CC") and after in ("AUX", "MD", "VBZ", "VBD", "."):
                token.tag = "PRP"
            elif before[:2] == "VB" and after in ("NN", "JJ") and takes_only_objects(tokens[i - 1], lexicon):
                token.tag = "DT"  # “rejected that argument”
