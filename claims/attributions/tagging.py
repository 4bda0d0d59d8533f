"""Coarse parts of speech, decided by word lists, endings and the words beside.

Tags: DT POSS PRP WH THAT TO MD AUX NEG CC CS IN RB CD as in function_words.txt; NN, NNP, JJ, POS ('s of possession);
VB (base form, finite or not), VBZ, VBD, VBN, VBG; QT and QF (quotations), DASH; a mark is its own tag.
Made for one purpose: to tell verbs from nouns where somebody may be reported, and to see where clauses begin.
"""

NOUN_BEFORE = frozenset(("DT", "POSS", "POS", "JJ", "CD"))
OBJECT_START = frozenset(("DT", "POSS", "PRP", "THAT", "NNP", "WH", "TO", "QT", "QF", "CD"))
COMPLEMENT_START = OBJECT_START | {"IN", "JJ", "NN", "RB"}
ADJECTIVE_ENDINGS = ("ous", "ful", "less", "ive", "able", "ible", "ical", "ish", "ial", "ic")
AUXILIARIES = dict.fromkeys(["be", "am", "is", "are", "was", "were", "been", "being", "'re", "'m"], "be")
AUXILIARIES |= dict.fromkeys(["have", "has", "had", "having", "'ve"], "have") | dict.fromkeys(
    ["do", "does", "did"], "do"
)
FINITE = frozenset(("VBD", "VBZ", "VB", "MD", "AUX"))


def tag(tokens, lexicon):
    """Set .tag and .lemma of every token of one sentence, from left to right."""
    forms, closed = lexicon.forms, lexicon.closed
    for i, token in enumerate(tokens):
        if token.tag:
            if token.lower == "'" and i and tokens[i - 1].end == token.start and tokens[i - 1].lower.endswith("s"):
                token.tag = "POS"
            continue
        lower = token.lower
        if lower in ("'s", "'d"):
            token.tag = clitic(tokens, i, lexicon)
            token.lemma = "be" if token.tag == "AUX" else ""
            continue
        if closed.get(lower) == "JJ" and i and token.text[0].isupper():
            token.tag = "NNP"
            continue
        if lower in closed and not (
            i and token.text[0].isupper() and token.text[1:].islower() and lower in lexicon.times
        ):
            token.tag = closed[lower]
            if token.tag == "AUX":
                token.lemma = AUXILIARIES.get(lower, lower)
            continue
        if lower in forms:
            shapes = forms[lower]
            token.tag = verb_or_noun(tokens, i, shapes, lexicon)
            if token.tag[0] == "V":
                token.lemma = shapes.get(token.tag) or next(iter(shapes.values()))
            continue
        token.tag = other(token, i)
    reduced_relatives(tokens)
    lone_words(tokens, lexicon)
    junctions(tokens, lexicon)


def other(token, i):
    text, lower = token.text, token.lower
    if text[0].isdigit() or text[0] in "$€£":
        return "CD"
    if text[0] in "@#" or text[0].isupper():
        if i == 0 and lower.endswith("ly"):
            return "RB"
        return "NNP"
    if lower.endswith("ly") and len(lower) > 4:
        return "RB"
    if lower.endswith(ADJECTIVE_ENDINGS):
        return "JJ"
    if lower.endswith("ing") and len(lower) > 5:
        return "VBG"
    if lower.endswith("ed") and len(lower) > 4:
        return "VBN"
    return "NN"


def clitic(tokens, i, lexicon):
    """'s after a pronoun, or before an adverb, participle or determiner, is a verb; else a possessive."""
    if tokens[i].lower == "'d":
        return "MD"
    before = tokens[i - 1] if i else None
    if before is not None and before.tag in ("PRP", "WH", "THAT", "RB"):
        return "AUX"
    if i + 1 < len(tokens):
        after = tokens[i + 1].lower
        if lexicon.closed.get(after) in ("DT", "NEG", "IN", "PRP", "POSS", "TO") and after != "much":
            return "AUX"
    return "POS"


def neighbour(tokens, i, step):
    """The next token in a direction that is no adverb, or None."""
    i += step
    while 0 <= i < len(tokens) and tokens[i].tag in ("RB", "NEG"):
        i += step
    return tokens[i] if 0 <= i < len(tokens) else None


def first_tag(token, lexicon):
    """What a token to the right most likely is, before it is tagged."""
    if token.tag:
        return token.tag
    if token.lower in lexicon.closed:
        return lexicon.closed[token.lower]
    if token.text[0].isupper():
        return "NNP"
    if token.text[0].isdigit() or token.text[0] in "$€£":
        return "CD"
    shapes = lexicon.forms.get(token.lower)
    if shapes:
        return "VBG" if "VBG" in shapes else "V"
    return other(token, 1)


def verb_or_noun(tokens, i, shapes, lexicon):
    token = tokens[i]
    before = neighbour(tokens, i, -1)
    right = tokens[i + 1] if i + 1 < len(tokens) else None
    after = first_tag(right, lexicon) if right is not None else "."
    b = before.tag if before is not None else ""
    if token.text[0].isupper() and i and not headline(tokens) and b not in ("QT", "QF"):
        return "NNP"
    if "VBG" in shapes:
        if b in ("DT", "POSS", "JJ", "POS") and after not in OBJECT_START:
            return "NN"
        return "VBG"
    if "VBD" in shapes or "VBN" in shapes:
        return past(tokens, i, shapes, before, b, after, lexicon)
    return present(tokens, i, shapes, before, b, after, lexicon)


def past(tokens, i, shapes, before, b, after, lexicon):
    """VBD, VBN or JJ for -ed forms and irregular pasts."""
    if "VBN" not in shapes:
        if "VB" in shapes and b in ("TO", "MD"):
            return "VB"
        return "VBD"
    if "VBD" not in shapes:
        if b in ("DT", "POSS", "POS") and after in ("NN", "NNP", "JJ"):
            return "JJ"
        return "VBN"
    if "VB" in shapes:  # put, read, cast, forecast
        if b in ("TO", "MD"):
            return "VB"
        if b in NOUN_BEFORE or b == "IN":
            return "NN"
    if b == "AUX":
        return "VBN"
    reporting = tokens[i].lower in lexicon.never_nouns
    if b in ("DT", "POSS", "POS", "JJ") and after in ("NN", "NNP", "JJ", "V", "VBG") and not reporting:
        return "JJ"
    if b in ("DT", "POSS"):
        return (
            "VBD"
            if before.lower in ("another", "each", "neither", "this", "these", "those", "some", "many", "both", "all")
            else "JJ"
        )
    if b in ("IN", "CS") and after in ("NN", "NNP", "JJ") and not reporting:
        return "JJ"
    if before is None:
        return "NN" if "VB" in shapes else "VBN"
    if b in ("NN", "NNP", "CD") and i + 1 < len(tokens) and tokens[i + 1].lower == "by":
        return "VBN"  # “land claimed by X”
    if b in (",", "DASH") and after in ("IN", "TO") and any(t.tag in FINITE for t in tokens[:i]):
        return "VBN"  # “X won, accused of fraud”
    return "VBD"


def present(tokens, i, shapes, before, b, after, lexicon):
    """VB or VBZ for a base or -s form, or NN."""
    shape = "VBZ" if "VBZ" in shapes else "VB"
    if tokens[i].lower in lexicon.never_nouns:
        return shape
    if b in ("TO", "MD"):
        return "VB" if shape == "VB" else "NN"
    if b == "AUX":
        if shape == "VB" and before.lower in ("do", "does", "did"):
            return "VB"
        return "NN"
    if (
        before is not None
        and before.lower in (lexicon.rules["plural subjects"] if shape == "VB" else lexicon.rules["subjects"])
        and b != "DT"
    ):
        return shape
    if b in ("WH", "THAT"):
        return shape if before.lower != "what" else "NN"
    if b in ("DT", "POSS", "POS", "JJ", "CD", "IN", "VB", "VBZ", "VBG", "VBN", "VBD", ""):
        if b == "" and headline(tokens):
            return shape
        if b == "DT" and shape == "VBZ" and before.lower in ("this", "that", "each", "another"):
            return shape
        if b == "DT" and before.lower in ("some", "many", "most", "few", "others", "all", "both", "these", "those"):
            return "VB" if shape == "VB" and after in COMPLEMENT_START else "NN"
        if b == "CD" and shape == "VB" and (after in OBJECT_START or (after == "IN" and headline(tokens))):
            return "VB"
        return "NN"
    if b in ("NN", "NNP", ")", "QT", "QF"):
        plural = before.lower.endswith("s") and not before.lower.endswith("ss")
        if shape == "VB" and not (plural or before.lower in ("people", "women", "men", "police", "media", "public")):
            return "NN"
        if shape == "VBZ" and b == "NN" and plural:
            return "NN"
        if after in (".", "DASH") and (shape == "VBZ" or plural) and tails(shapes, lexicon):
            return shape
        return shape if after in COMPLEMENT_START or after in (",", "V", ":") else "NN"
    if b == "CC":
        earlier = next((t.tag for t in reversed(tokens[:i]) if t.tag[:2] == "VB" and t is not before), "")
        noun_before = tokens[i - 2].tag in ("NN", "JJ") if i > 1 else False
        if earlier in (shape, "VB") and after in OBJECT_START:
            return shape
        return "NN" if noun_before or after not in OBJECT_START else shape
    if b in (",", "DASH"):
        return shape if (after in OBJECT_START and shape == "VBZ") or after == "THAT" else "NN"
    return "NN"


def tails(shapes, lexicon):
    """Whether the verb can close what it reports: “..., X reports.”"""
    return any(cue.weight("tail") for _, cue in lexicon.verbs.get(next(iter(shapes.values())), ()))


def headline(tokens):
    """Whether most longer words begin with a capital, as in headlines of one house style."""
    if len(tokens) > 40:
        return False
    long = [t for t in tokens if len(t.text) > 3 and t.text[0].isalpha()]
    return len(long) > 2 and sum(t.text[0].isupper() for t in long) >= 0.75 * len(long)


def reduced_relatives(tokens):
    """In “the data released by X show” the first of two verbs without a link between them is a participle."""
    last = None
    for i, token in enumerate(tokens):
        t = token.tag
        if t in (",", ";", ":", "DASH", "CC", "CS", "WH", "THAT", "QT", "QF", "PRP", "MD"):
            last = None
        elif t in ("VBD", "VBZ", "VB", "AUX") and not (t == "VB" and i and tokens[i - 1].tag in ("TO", "MD")):
            if (last is not None and t != "AUX") or (
                last is not None and tokens[i].lower in ("is", "are", "was", "were", "has", "have", "had")
            ):
                first = tokens[last]
                following = tokens[last + 1]
                if first.tag == "VBD" and following.tag in ("IN", "RB", "TO") and i > last + 1:
                    first.tag = "VBN"
            last = i if t == "VBD" else None


def junctions(tokens, lexicon):
    """Mark as CJ each “and” or “but” at which a second report begins: “says ... and says”, “..., but he also noted”.

    The verb after it reports a clause, a quotation or by its name, and has the tense of a reporting verb before it.
    """
    seen = set()
    for i, token in enumerate(tokens):
        if token.tag in ("VBD", "VBZ") and reports(token, lexicon):
            seen.add(token.tag)
        if token.tag != "CC" or token.lower in ("or", "&") or not seen:
            continue
        k = i + 1
        while k < len(tokens) and tokens[k].tag in ("RB", "PRP") and k < i + 4:
            k += 1
        if k < len(tokens) - 1 and tokens[k].tag in seen and reports(tokens[k], lexicon):
            after = tokens[k + 1]
            own_subject = any(t.tag == "PRP" for t in tokens[i + 1 : k])
            if after.tag in ("THAT", "QT", "QF", "PRP", "DT", "NNP", "POSS", "IN", "WH") and (
                not own_subject or tokens[k].tag in ("VBD", "VBZ")
            ):
                token.tag = "CJ"


def reports(token, lexicon):
    return any(
        cue.weight("that") or cue.weight("quote") or cue.weight("np") > 0.5
        for _, cue in lexicon.verbs.get(token.lemma, ())
    )


def lone_words(tokens, lexicon):
    """Words whose class depends on what follows: “in that case”, “told her.”, “one person”."""
    for i, token in enumerate(tokens):
        after = tokens[i + 1].tag if i + 1 < len(tokens) else "."
        if (
            token.lower == "her"
            and token.tag == "POSS"
            and after in (".", ",", "THAT", "IN", "TO", "CC", "QT", ":", "RB", "CS", "WH")
        ):
            token.tag = "PRP"
        elif token.lower == "one" and (after in ("NN", "JJ", "NNP") or (after == "IN" and tokens[i + 1].lower == "of")):
            token.tag = "CD"
        if token.tag == "THAT" and i + 1 < len(tokens):
            before = tokens[i - 1].tag if i else ""
            after = tokens[i + 1].tag
            timed = tokens[i + 1].lower in lexicon.times
            if timed or (before == "IN" and after in ("NN", "JJ", "CD")):
                token.tag = "DT"
            elif before in ("", ",", "IN", "CC") and after in ("AUX", "MD", "VBZ", "VBD", "."):
                token.tag = "PRP"
