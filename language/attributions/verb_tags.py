"""What a word that may be a verb is where it stands: verb, noun, adjective or participle."""

from collections.abc import Mapping, Sequence

from .lexicon import Lexicon
from .tokens import FINITE, Token, Tokens, skip

Shapes = Mapping[str, str]  # what a form of a verb can be: tag -> lemma

STRONG = 0.5  # weight of a frame from which it is usual for the word
NOUN_BEFORE = frozenset(("DT", "POSS", "POS", "JJ", "CD"))
OBJECT_START = frozenset(("DT", "POSS", "PRP", "THAT", "NNP", "WH", "TO", "QT", "QF", "CD"))
CLAUSE_START = frozenset(("THAT", "PRP", "DT", "QT"))
LINKS = frozenset(("DT", "POSS", "PRP", "THAT", "WH", "TO", "MD", "AUX", "CC", "CS"))
LONG_PHRASE = 12  # tokens
COMPLEMENT_START = OBJECT_START | {"IN", "JJ", "NN", "RB"}


def tag_verb_or_noun(tokens: Tokens, i: int, shapes: Shapes, lexicon: Lexicon) -> str:
    before = neighbour(tokens, i, -1)
    after = first_tag(tokens[i + 1], lexicon) if i + 1 < len(tokens) else "."
    b = before.tag if before is not None else ""
    if tokens[i].text[0].isupper() and i and not is_headline(tokens, lexicon) and b not in ("QT", "QF"):
        return "NNP"
    if "VBG" in shapes:
        names = before is not None and before.lower in lexicon.rules["articles"]  # “at the hearing she said”
        modified = b in ("DT", "POSS", "JJ", "POS") and after not in OBJECT_START - {"QT", "QF"}
        return "NN" if names or modified else "VBG"
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
    alone = before is not None and before.lower in lexicon.rules["lone determiners"]
    if b in ("DT", "POSS", "POS", "JJ") and after in ("NN", "NNP", "JJ", "V", "VBG") and not reporting:
        return "VBD" if alone and after == "VBG" else "JJ"
    if b in ("DT", "POSS"):
        return "VBD" if alone else "JJ"
    if (b == "TO" or (b in ("IN", "CS") and not reporting)) and after in ("NN", "NNP", "JJ"):
        return "JJ"
    if b in ("QT", "QF") and after in ("NN", "NNP", "JJ") and not can_close_report(shapes, lexicon, "quote"):
        return "JJ"  # “..., retired General X said”
    if before is None:
        return "NN" if "VB" in shapes else "VBD" if reporting and after == "NNP" else "VBN"
    by_somebody = (
        (b in ("NN", "NNP", "CD", ",", "DASH") or tokens[i - 1].lower in lexicon.rules["first"])
        and i + 1 < len(tokens)
        and tokens[i + 1].lower in lexicon.rules["agent"]
        and not is_margin(tokens, i + 2, lexicon)
        and lexicon.rules["say"].isdisjoint(shapes.values())
    )  # “claimed by X”
    # “X won, accused of fraud”
    hangs_on = b in (",", "DASH") and after in (("TO",) if reporting else ("IN", "TO")) and has_main_verb(tokens, i)
    return "VBN" if by_somebody or hangs_on else "VBD"


def tag_present(
    tokens: Tokens, i: int, shapes: Shapes, before: Token | None, b: str, after: str, lexicon: Lexicon
) -> str:
    """VB or VBZ for a base or -s form, or NN."""
    shape = "VBZ" if "VBZ" in shapes else "VB"
    word = before.lower if before is not None else ""
    if tokens[i].lower in lexicon.never_nouns:
        return shape
    if b in ("NN", "NNP") and i + 1 < len(tokens) and is_finite(tokens[i + 1], lexicon):
        return "NN"  # “exit polls suggested that”, “the Hill campaign thinks”, “opposition figures called”
    if b == "THAT" and shape == "VB" and i == 1:
        return "NN"  # “That claim was dismissed”
    if b == "NNP" and shape == "VB" and after in ("NN", "JJ", "NNP", "CD") and reported_by_phrase(tokens, i, lexicon):
        return "NN"  # “Lagos state commissioner X said”
    if b in ("TO", "MD"):
        compound = b == "TO" and i > 1 and tokens[i - 2].lower in lexicon.rules["before to and a noun"]
        return "VB" if shape == "VB" and not compound else "NN"  # “according to charge sheets”
    if shape == "VBZ" and i + 1 < len(tokens) and tokens[i + 1].lower in lexicon.never_nouns:
        return "NN"  # “which witnesses say”
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
        closes = after in (".", ",", ":") and i > 1 and tokens[i - 2].tag == "DT" and can_close_report(shapes, lexicon)
        verb = shape == "VB" and (closes or after in OBJECT_START or (after == "IN" and is_headline(tokens, lexicon)))
        return "VB" if verb else "NN"
    if b in ("NN", "NNP", ")", "QT", "QF"):
        plural = lexicon.grammar.is_plural(word)
        if shape == "VB" and not (plural or word in lexicon.rules["plural nouns"]):
            return "VB" if after in CLAUSE_START and has_plural_head(tokens, i, lexicon) else "NN"
        if shape == "VBZ" and b == "NN" and plural:
            return "NN"
        frame = "quote" if tokens[0].tag == "QT" else "tail"
        if after in (".", "DASH") and (shape == "VBZ" or plural) and can_close_report(shapes, lexicon, frame):
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


def reported_by_phrase(tokens: Tokens, i: int, lexicon: Lexicon) -> bool:
    """Whether the words from i on are a phrase whose verb reports: no link of a clause stands before that verb."""
    for token in tokens[i + 1 : i + LONG_PHRASE]:
        if token.tag or first_tag(token, lexicon) in LINKS:
            return False
        if is_finite_report(token, lexicon):
            return True
    return False


def has_plural_head(tokens: Tokens, i: int, lexicon: Lexicon) -> bool:
    """Whether the phrase before i hangs on a plural: “aides to the premier concede that”."""
    k = skip(tokens, i - 1, ("RB", "NN", "NNP", "JJ", "DT", "POSS", "POS"), -1)
    return k > 0 and tokens[k].tag in ("IN", "TO") and lexicon.grammar.is_plural(tokens[k - 1].lower)


def is_margin(tokens: Tokens, k: int, lexicon: Lexicon) -> bool:
    """Whether a number stands at k, perhaps after an adverb: “won by almost 60 points”."""
    return any(first_tag(token, lexicon) == "CD" for token in tokens[k : k + 2])


def is_finite(token: Token, lexicon: Lexicon) -> bool:
    """Whether a word, not yet tagged, is a past tense that is no participle, or reports a clause."""
    shapes = lexicon.forms.get(token.lower, {})
    takes_object = (
        "VBD" in shapes and "VB" not in shapes and token.text.islower() and bool(lexicon.verbs.get(shapes["VBD"]))
    )
    return takes_object or is_finite_report(token, lexicon)


def is_finite_report(token: Token, lexicon: Lexicon) -> bool:
    """Whether a word, not yet tagged, is the finite form of a verb that reports a clause: “thinks”, “suggested”."""
    shapes = lexicon.forms.get(token.lower, {})
    lemma = shapes.get("VBD") or (shapes.get("VBZ") if token.lower in lexicon.never_nouns else "")
    return token.text.islower() and "VB" not in shapes and reports_clause(lemma or "", lexicon)


def reports_clause(lemma: str, lexicon: Lexicon) -> bool:
    """Whether a verb by itself is usual before a clause."""
    return any(not further and cue.weight("that") > STRONG for further, cue in lexicon.verbs.get(lemma, ()))


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


def has_main_verb(tokens: Sequence[Token], end: int) -> bool:
    """Whether a finite verb stands before `end` outside the relative clauses that commas open: not in “X, who won,”."""
    in_relative = False
    for i, token in enumerate(tokens[:end]):
        if token.tag in (",", "DASH") and i + 1 < end:
            k = skip(tokens, i + 1, ("RB",))
            in_relative = k < end and tokens[k].tag in ("WH", "VBG", "VBN", "IN", "CS")
        elif token.tag in FINITE and not in_relative:
            return True
    return False


def before_aside(tokens: Tokens, i: int) -> int | None:
    """The place of the noun before an adverb in commas that ends at i; None if there is none."""
    k = skip(tokens, i - 2, ("RB",), -1)
    return k - 1 if 0 < k < i - 2 and tokens[k].tag == "," and tokens[k - 1].tag in ("NN", "NNP") else None


def can_close_report(shapes: Shapes, lexicon: Lexicon, frame: str = "tail") -> bool:
    """Whether the verb can close what it reports: “..., X reports.” In the frame "quote" that is a quotation."""
    cues = [cue for _, cue in lexicon.verbs.get(next(iter(shapes.values())), ())]
    return any(cue.weight("tail") or cue.weight(frame) for cue in cues)


def is_headline(tokens: Sequence[Token], lexicon: Lexicon) -> bool:
    """Whether most longer words begin with a capital, as in headlines of one house style."""
    if len(tokens) > 40 or any(t.tag == "QT" for t in tokens):
        return False
    long = [t for t in tokens if len(t.text) > 3 and t.text[0].isalpha()]
    if any(t.text[0].islower() and t.lower in lexicon.never_nouns for t in long):
        return False  # many names, but a verb in small letters
    return len(long) > 2 and sum(t.text[0].isupper() for t in long) >= 0.75 * len(long)


def reports(token: Token, lexicon: Lexicon) -> bool:
    return any(
        cue.weight("that") or cue.weight("quote") or cue.weight("np") > 0.5
        for _, cue in lexicon.verbs.get(token.lemma, ())
    )
