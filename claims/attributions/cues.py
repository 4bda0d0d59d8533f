"""Reporting words in a sentence, each with its frame: what it is, who speaks, where its content lies.

A cue is tried against the frames its word allows (verbs.txt, adjectives.txt, nouns.txt), from the surest to the
weakest; the first that fits makes a Candidate.
"""

from dataclasses import dataclass, field

from . import sources
from .clauses import (
    FINITE,
    QUOTED,
    clause_starts,
    main_verb_after,
    phrase_left,
    phrase_right,
    phrase_with_tail,
    verb_group,
)
from .contents import clause_end, phrase_end, trimmed

STOPS = frozenset((",", ".", ";", "?", "!", "DASH", ")", ":"))
PHRASE_STARTS = frozenset(("DT", "POSS", "JJ", "NN", "NNP", "PRP", "CD", "QT", "QF", "VBG", "VBN", "WH"))
LINKS = frozenset(("be", "seem", "remain", "feel", "become", "appear", "sound", "look", "get", "stay"))


@dataclass
class Candidate:
    """An attribution inside one sentence; cue and contents are (first, end) token ranges, end exclusive."""

    cue: list
    contents: list
    act: str
    frame: str
    lemma: str
    confidence: float
    source: sources.Source | None = None
    negative: bool = False
    modal: str = ""
    tail: bool = False
    details: dict = field(default_factory=dict)


def candidates(tokens, lexicon, first_of_text=False):
    """Every candidate of a sentence, in the order of their cues; a headline may have a colon for a cue."""
    headed = colon(tokens, first_of_text, lexicon)
    if headed is not None:
        yield headed
    for i, token in enumerate(tokens):
        found = None
        if token.tag[:2] == "VB" and token.lemma in lexicon.verbs:
            found = from_verb(tokens, i, lexicon)
        elif token.lower in lexicon.phrases:
            found = from_phrase(tokens, i, lexicon)
        if (
            found is None
            and token.lower in lexicon.adjectives
            and token.tag in ("JJ", "VBN", "VBD", "NN", "VBG", "AUX")
        ):
            found = from_adjective(tokens, i, lexicon)
        if found is None and token.tag in ("NN", "JJ", "VB", "VBZ"):
            found = from_noun(tokens, i, lexicon)
        if found is not None and (found.contents or found.frame == "awaits"):
            yield found


def colon(tokens, headline, lexicon):
    """“X: words of X”, in headlines, transcripts and before quotations."""
    k = next((i for i, t in enumerate(tokens[:9]) if t.tag == ":"), 0)
    if not k or k + 2 > len(tokens) or tokens[0].lower in NO_SPEAKER or tokens[k - 1].lower in NO_SPEAKER:
        return None
    if any(t.tag not in ("NNP", "NN", "DT", "JJ", ".", "POS", "CC", "VBG", "IN", "VBN") for t in tokens[:k]):
        return None
    name = sources.Source(0, k - 1, "name before a colon")
    if not can_speak(tokens, name, lexicon):
        return None
    quoted = tokens[k + 1].tag == "QT"
    shouted = all(t.text.isupper() for t in tokens[:k])
    if not (headline or quoted or shouted):
        return None
    contents = [(k + 1, trimmed(tokens, k + 1, len(tokens)))]
    return Candidate(
        [(k, k + 1)],
        [c for c in contents if c[1] > c[0]],
        "assert",
        "colon",
        ":",
        0.7 if quoted or shouted else 0.5,
        name,
        tail=True,
    )


SAID_AS_OBJECT = frozenset(
    ["something", "nothing", "anything", "everything", "so", "that", "this", "it", "things", "thing", "what"]
)
NO_SPEAKER = frozenset(
    [
        "the",
        "latest",
        "exclusive",
        "breaking",
        "watch",
        "video",
        "update",
        "news",
        "guide",
        "analysis",
        "opinion",
        "photos",
        "live",
        "read",
        "related",
        "listen",
        "live-blog",
        "bombshell",
        "note",
        "correction",
        "editor's",
    ]
) - {"the"}


def entries_at(tokens, i, entries):
    """The longest entry whose further words stand right after i: (index after it, cue)."""
    for rest, cue in entries:
        end = i + 1 + len(rest)
        if end <= len(tokens) and all(tokens[i + 1 + n].lower == word for n, word in enumerate(rest)):
            yield end, cue


def after_adverbials(tokens, k, lexicon):
    """The places to which adverbs, days and “in a statement” after the cue can be skipped, nearest first."""
    places, n = [k], len(tokens)
    for _ in range(4):
        if k >= n:
            break
        token = tokens[k]
        if token.tag == "RB" or token.lower in lexicon.times:
            k += 1
        elif token.tag == "IN" or token.lower in ("last", "this", "earlier", "to"):
            end = phrase_right(tokens, k + 1)
            while end < n and end > k + 1 and tokens[end].lower in ("with", "of", "in", "on", "at", "to", "for"):
                further = phrase_right(tokens, end + 1)
                if further == end + 1:
                    break
                end = further
            if end == k + 1:
                break
            # “in a statement Friday he ...” and “on Monday Trump”: the phrase may have swallowed what follows.
            k = end
        elif token.tag == "," and k + 1 < n and tokens[k + 1].tag == "THAT":
            k += 1
        elif token.tag == "," and k and bracketed(tokens, k):
            k = bracketed(tokens, k)
        elif token.lower in ("this", "following"):
            k += 1
        else:
            break
        places.append(k)
    return places


def bracketed(tokens, k):
    """The place after a phrase in commas at k when “that” or a quotation follows it: “said, with some pride, that”."""
    for m in range(k + 1, min(len(tokens) - 1, k + 10)):
        if tokens[m].tag == ",":
            return m + 1 if tokens[m + 1].tag in ("THAT", "QT", "QF") else 0
        if tokens[m].tag in FINITE | {"WH", "THAT"}:
            return 0
    return 0


def from_verb(tokens, i, lexicon):
    for r, cue in entries_at(tokens, i, lexicon.verbs[tokens[i].lemma]):
        group = verb_group(tokens, i)
        found = passive(tokens, group, r, cue) if group.passive else active(tokens, group, r, cue, lexicon)
        if found is not None:
            found.negative = group.negative or found.negative
            found.modal = group.modal
            return within_relative(tokens, found, r, cue)
    return None


def within_relative(tokens, found, r, cue):
    """In “people who demanded X were sentenced” the content ends where the main clause goes on."""
    source = found.source
    if source is None or not found.contents or found.tail or found.contents[-1][0] < r:
        return found
    if source.rule == "relative pronoun" and source.antecedent:
        first = source.antecedent[0]
    elif source.rule == "noun before participle" or tokens[source.first].lower == "whose":
        first = source.first
    else:
        return found
    start, end = found.contents[-1]
    clause = tokens[start].tag in ("THAT", "WH") or (found.frame == "that" and not cue.weight("np"))
    stop = main_verb_after(tokens, first, start, clause)
    if stop is None and clause and tokens[start].tag != "THAT":
        stop = main_verb_after(tokens, first, start, False)
    if stop is not None and start < stop < end:
        while stop > start and tokens[stop - 1].tag in ("RB", "NEG", "MD", "AUX"):
            stop -= 1
        found.contents[-1] = (start, trimmed(tokens, start, stop))
    return found


def build(group, r, cue, frame, contents, source, confidence=None, **details):
    weight = cue.weight(frame) if confidence is None else confidence
    cue_ranges = [(group.first, r)] if isinstance(group, object) and hasattr(group, "first") else [(group, r)]
    return Candidate(
        cue_ranges, [c for c in contents if c[1] > c[0]], cue.act, frame, cue.lemma, weight, source, details=details
    )


def active(tokens, group, r, cue, lexicon):
    n = len(tokens)
    if cue.weight("seem"):
        source = sources.subject(tokens, group)
        if r < n and tokens[r].tag == "TO":
            contents = [(r, clause_end(tokens, r))]
            if source:
                contents.insert(0, (source.first, source.last + 1))
            return build(group, r, cue, "seem", contents, None)
        if r < n and (tokens[r].tag == "THAT"):
            return build(group, r, cue, "seem", [(r, clause_end(tokens, r))], None)
        return None
    places = after_adverbials(tokens, r, lexicon)
    if cue.weight("told"):
        places = addressed(tokens, r, lexicon) + places
    that = next((p for p in places if p + 1 < n and tokens[p].tag == "THAT"), None)
    if that is not None and cue.weight("that"):
        return report(tokens, group, r, cue, "that", that)
    for p in places:
        if p >= n:
            break
        token = tokens[p]
        quote_at = p + 1 if token.tag in (",", ":") else p
        closing = token.tag == "," and tail_position(tokens, group)
        if cue.weight("quote") and quote_at < n and tokens[quote_at].tag in QUOTED and not closing:
            frame = "quote"
            subject = sources.subject(tokens, group)
            if subject is not None or token.tag in (":", ",") or group.first == 0:
                made = build(group, r, cue, frame, [(quote_at, clause_end(tokens, quote_at))], subject)
                if subject is None:
                    made.source = sources.inverted(tokens, r)
                return made
        if cue.weight("wh") and (token.tag == "WH" or token.lower == "if"):
            return report(tokens, group, r, cue, "wh", p)
        if token.tag == "TO" and p == r and cue.weight("to"):
            return report(tokens, group, r, cue, "to", p)
        if (
            cue.weight("told")
            and p > r
            and (token.tag == "TO" or (token.tag == "NEG" and p + 1 < n and tokens[p + 1].tag == "TO"))
        ):
            return build(group, r, cue, "to", [(p, clause_end(tokens, p))], sources.subject(tokens, group), 0.7)
        if cue.weight("that") and p == r and token.tag in FINITE and token.tag != "VB":
            found = extracted(tokens, group, r, cue)
            if found is not None:
                return found
        if cue.weight("that") and token.tag not in STOPS and clause_starts(tokens, p):
            if not tail_position(tokens, group):
                return report(tokens, group, r, cue, "that", p)
    if cue.weight("quote") and tokens[-1].tag == ":" and any(p == n - 1 for p in places):
        made = build(group, r, cue, "awaits", [], sources.subject(tokens, group))
        return made if made.source is not None else None
    found = tail(tokens, group, r, cue, lexicon)
    if found is not None:
        return found
    if r >= n:
        return None
    token = tokens[r]
    for p in places:
        frame = "+" + tokens[p].lower if p < n else ""
        if cue.weight(frame) and p + 1 < n and tokens[p + 1].tag not in STOPS:
            end = phrase_end(tokens, p + 1)
            return build(group, r + 1 if p == r else r, cue, frame, [(p + 1, end)], sources.subject(tokens, group))
    if cue.weight("told") and len(places) > 1:
        for p in addressed(tokens, r, lexicon):
            if p < n and "+" + tokens[p].lower in cue.frames:
                return build(
                    group,
                    r,
                    cue,
                    "+" + tokens[p].lower,
                    [(p + 1, phrase_end(tokens, p + 1))],
                    sources.subject(tokens, group),
                )
    if cue.weight("ing") and token.tag == "VBG":
        return build(group, r, cue, "ing", [(r, phrase_end(tokens, r))], sources.subject(tokens, group))
    if token.tag == "RB" and r + 1 < n:
        r += 1
        token = tokens[r]
    if cue.weight("np") and token.tag in PHRASE_STARTS and token.lower not in lexicon.times and not ago(tokens, r):
        if cue.lemma == "say" and token.lower not in SAID_AS_OBJECT:
            return report(tokens, group, r, cue, "that", r)
        return build(group, r, cue, "np", [(r, phrase_end(tokens, r))], sources.subject(tokens, group))
    return None


def ago(tokens, k):
    """Whether a time such as “ten days ago” or “last week” begins at k."""
    return tokens[k].lower in ("last", "earlier", "later", "next") or any(
        t.lower in ("ago", "earlier") for t in tokens[k + 1 : k + 4]
    )


def extracted(tokens, group, r, cue):
    """“a probe the agency said was going on”: the content begins before the speaker."""
    source = sources.subject(tokens, group)
    if source is None or source.rule != "subject" or source.first == 0:
        return None
    before = tokens[source.first - 1]
    contents = [(r, phrase_end(tokens, r))]
    if before.tag in ("WH", "THAT"):
        contents.insert(0, (source.first - 1, source.first))
    else:
        start = phrase_left(tokens, source.first - 1)
        if start is None:
            return None
        contents.insert(0, (start, source.first))
    return build(group, r, cue, "that", contents, source)


def report(tokens, group, r, cue, frame, p):
    return build(group, r, cue, frame, [(p, clause_end(tokens, p))], sources.subject(tokens, group))


def addressed(tokens, r, lexicon):
    """The places after an addressee: “told X [on Monday] ...”, “said to X ...”."""
    k = r + 1 if r < len(tokens) and tokens[r].tag == "TO" else r
    ends = []
    end = phrase_right(tokens, k)
    full = phrase_with_tail(tokens, k)
    for e in (end, full):
        if e > k:
            ends += after_adverbials(tokens, e, lexicon)
    return ends


def tail_position(tokens, group):
    """Whether the verb closes what it reports: a comma or a quotation right before its subject."""
    k = group.first - 1
    if k < 0:
        return False
    if tokens[k].tag in QUOTED:
        return True
    if tokens[k].tag == ",":
        return k > 0 and tokens[k - 1].tag in QUOTED
    start = phrase_left(tokens, k)
    return start is not None and start > 0 and tokens[start - 1].tag in QUOTED


def tail(tokens, group, r, cue, lexicon):
    """“..., she said” and “..., said X”, perhaps with more after it."""
    if not (cue.weight("tail") or cue.weight("quote")) or group.shape != "finite" or not group.first:
        return None
    n = len(tokens)
    k = group.first - 1
    source = None
    if tokens[k].tag in (",", "QT", "QF", "DASH") and r < n:
        source = sources.inverted(tokens, r)
        left = k if tokens[k].tag not in QUOTED else k + 1
        if source and not any(t.tag in QUOTED for t in tokens[:left]) and not can_speak(tokens, source, lexicon):
            source = None
        end = source.last + 1 if source else r
    if source is None:
        source = sources.subject(tokens, group)
        if source is None or source.rule in ("subject shared", "relative pronoun"):
            return None
        left = source.first
        if left == 0:
            return None
        if left == 1 and tokens[0].lower == "as":
            return as_noted(tokens, group, r, cue, source, lexicon)
        if tokens[left - 1].tag == "CS" and tokens[left - 1].lower == "as":
            left -= 1
        if tokens[left - 1].tag not in (",", "QT", "DASH", "?", "!") and not (left == 1 and tokens[0].tag == "QF"):
            return None
        end = r
        places = after_adverbials(tokens, r, lexicon)
        if cue.weight("told"):
            places += addressed(tokens, r, lexicon)
        ends = [p for p in places if p >= n or tokens[p].tag in STOPS]
        if (
            not ends
            and tokens[left - 1].tag != "QT"
            and not (left > 1 and tokens[left - 1].tag == "," and tokens[left - 2].tag in QUOTED)
        ):
            return None
        end = min(ends) if ends else r
    has_quote = any(t.tag in QUOTED for t in tokens[:left])
    if not has_quote and not cue.weight("tail"):
        return None
    left_end = trimmed(tokens, 0, left)
    first = content_start(tokens, left_end)
    if not has_quote and subordinate_only(tokens, first, left_end):
        if not (end + 1 < n and tokens[end].tag == "," and clause_starts(tokens, end + 1)):
            return None
    contents = [(first, left_end)]
    if end < n and tokens[end].tag in (",", "DASH") and end + 1 < n:
        rest = tokens[end + 1]
        if rest.tag in QUOTED or (
            not has_quote and rest.tag not in ("VBG", "VBN", "WH", "CS", "IN") and rest.lower != "who"
        ):
            contents.append((end + 1, clause_end(tokens, end + 1)))
        else:
            later = next((m for m in range(end + 1, n) if tokens[m].tag in QUOTED), None)
            if has_quote and later is not None and tokens[later - 1].tag in (",", ":"):
                contents.append((later, clause_end(tokens, later)))
    elif end < n and tokens[end].tag == ":" and end + 1 < n:
        contents.append((end + 1, trimmed(tokens, end + 1, n)))
    if not any(b - a > 1 or tokens[a].tag in QUOTED for a, b in contents if b > a):
        return None
    made = build(group, r, cue, "tail", contents, source, max(cue.weight("tail"), cue.weight("quote")))
    made.tail = True
    return made


def as_noted(tokens, group, r, cue, source, lexicon):
    """“As X noted, the clause”."""
    for p in after_adverbials(tokens, r, lexicon):
        if p + 1 < len(tokens) and tokens[p].tag == ",":
            return build(group, r, cue, "tail", [(p + 1, clause_end(tokens, p + 1))], source, 0.8)
    return None


def subordinate_only(tokens, first, end):
    """“When X came, he said ...”: nothing but a preposition's phrase or a subordinate clause stands before the cue."""
    opener = tokens[first]
    if opener.tag not in ("IN", "CS", "VBG", "VBN", "TO") and opener.lower not in ("when", "even", "just"):
        return False
    commas = [k for k in range(first, end) if tokens[k].tag == ","]
    return not any(clause_starts(tokens, k + 1) for k in commas)


def can_speak(tokens, source, lexicon):
    """Whether a phrase names somebody: a name, a pronoun or a word of people.txt."""
    return any(
        t.tag in ("NNP", "PRP") or t.lower in lexicon.speakers or singular(t.lower) in lexicon.speakers
        for t in tokens[source.first : source.last + 1]
    )


def content_start(tokens, end):
    """Where the words before “, she said” begin: at the sentence, or after a “;” or a leading “But”."""
    first = 0
    dashes = [k for k in range(end) if tokens[k].tag == "DASH"]
    for k in range(end - 1, -1, -1):
        if tokens[k].tag == ";" or (len(dashes) % 2 and k == dashes[-1] and any(t.tag in FINITE for t in tokens[:k])):
            first = k + 1
            break
    while first < end and (
        tokens[first].tag in ("CC", "CJ") or not (tokens[first].text[0].isalnum() or tokens[first].tag in QUOTED)
    ):
        first += 1
    return first


def passive(tokens, group, r, cue):
    """“X is expected to ...”, “X was called a ...”, “asked whether ...”."""
    n = len(tokens)
    if not cue.weight("pass") or r >= n:
        return None
    by = sources.agent(tokens, r, with_of=cue.lemma != "accuse")
    reduced = group.shape == "participle"
    subject = None if reduced else sources.subject(tokens, group)
    token = tokens[r]
    while token.lower == "by" and by is not None and r <= by.first and by.last + 1 < n:
        r = by.last + 1
        token = tokens[r]
    if cue.lemma in ("ask", "tell") and token.tag == "," and r + 1 < n and tokens[r + 1].tag in QUOTED:
        return build(group, r, cue, "pass", [(r + 1, clause_end(tokens, r + 1))], by)
    if cue.lemma in ("ask", "tell", "question", "press", "grill") and (
        token.tag in ("WH", "THAT", "TO") or token.lower in ("if", "about")
    ):
        k = r + 1 if token.lower == "about" else r
        return build(group, k if k > r else r, cue, "pass", [(k, phrase_end(tokens, k))], by)
    if reduced:
        return None
    contents = [(subject.first, subject.last + 1)] if subject else []
    if token.tag in ("TO", "IN", "THAT", "DT", "JJ", "CS", "VBG") and token.lower not in ("by",):
        contents.append((r, phrase_end(tokens, r)))
    return build(group, r, cue, "pass", contents, by)


def from_phrase(tokens, i, lexicon):
    for words, kind in lexicon.phrases[tokens[i].lower]:
        end = i + len(words)
        if tuple(t.lower for t in tokens[i:end]) != words:
            continue
        if kind == "according":
            return according(tokens, i, end)
        return hearsay(tokens, i, end)
    return None


def according(tokens, i, end):
    """“According to X, ...”, “..., according to X” and “A, according to X, B”."""
    source = sources.named_right(tokens, end)
    if source is None:
        return None
    after = source.last + 1
    contents = []
    left = trimmed(tokens, 0, i)
    if left > 0:
        contents.append((content_start(tokens, left), left))
    if (
        after + 1 < len(tokens)
        and tokens[after].tag == ","
        and (not contents or tokens[after + 1].tag not in ("WH", "CS", "IN", "VBG"))
    ):
        contents.append((after + 1, clause_end(tokens, after + 1)))
    elif not contents and after + 1 < len(tokens) and tokens[after].tag == ":":
        contents.append((after + 1, trimmed(tokens, after + 1, len(tokens))))
    return Candidate(
        [(i, end)],
        [c for c in contents if c[1] > c[0]],
        "assert",
        "according",
        " ".join(t.lower for t in tokens[i:end]),
        0.9,
        source,
        tail=True,
    )


def hearsay(tokens, i, end):
    """“reportedly”: what is told without a teller; its content is the clause around it."""
    start = i
    while start > 0 and tokens[start - 1].tag not in (",", ";", ":", "DASH"):
        start -= 1
    stop = phrase_end(tokens, end)
    return Candidate([(i, end)], [(start, i), (end, stop)], "assert", "hearsay", tokens[i].lower, 0.5, None)


def from_adjective(tokens, i, lexicon):
    k = i - 1
    while k >= 0 and tokens[k].tag in ("RB", "NEG"):
        k -= 1
    if k < 0 or not (tokens[k].tag in ("AUX", "POS") or tokens[k].lemma in LINKS):
        return None
    for r, cue in entries_at(tokens, i, lexicon.adjectives[tokens[i].lower]):
        if r >= len(tokens):
            return None
        group = verb_group(tokens, k)
        group.last = i
        if any(t.tag == "NEG" for t in tokens[k:i]):
            group.negative = True
        token = tokens[r]
        frame, p = "", r
        if token.tag == "THAT" and cue.weight("that"):
            frame = "that"
        elif token.tag == "TO" and cue.weight("to"):
            frame = "to"
        elif (token.tag == "WH" or token.lower == "if") and cue.weight("wh"):
            frame = "wh"
        elif cue.weight("+" + token.lower):
            frame, p = "+" + token.lower, r + 1
        elif cue.weight("that") and clause_starts(tokens, r):
            frame = "that"
        if not frame:
            return None
        end = clause_end(tokens, p) if frame in ("that", "wh") else phrase_end(tokens, p)
        subject = sources.subject(tokens, group)
        if subject and tokens[subject.first].lower in ("it", "there", "that", "this", "what"):
            subject = None
        made = build(group, p, cue, frame, [(p, end)], subject)
        made.negative = group.negative
        return made
    return None


def from_noun(tokens, i, lexicon):
    lower = tokens[i].lower
    entries = lexicon.nouns.get(lower) or lexicon.nouns.get(singular(lower))
    if not entries:
        return None
    for r, cue in entries_at(tokens, i, entries):
        if r >= len(tokens):
            return None
        token = tokens[r]
        source = sources.possessor(tokens, i)
        frame, p = "", r
        if token.tag == "THAT" and cue.weight("that"):
            frame = "that"
        elif token.tag == "TO" and cue.weight("to"):
            frame = "to"
        elif cue.weight("+" + token.lower):
            frame, p = "+" + token.lower, r + 1
        elif token.tag == "WH" and cue.weight("wh"):
            frame = "wh"
        if not frame:
            return None
        source = source or owner(tokens, i)
        end = phrase_end(tokens, p)
        stop = main_verb_after(tokens, source.first if source else i, p, frame in ("that", "wh"))
        if stop is not None and p < stop < end:
            end = trimmed(tokens, p, stop)
        first = source.last + 1 if source and source.rule.startswith("possess") else i
        if source is None and frame not in ("that", "to"):
            return None
        weight = cue.weight(frame) * (0.9 if source else 0.6)
        return Candidate([(first, p)], [(p, end)], cue.act, "noun " + frame, cue.lemma, weight, source)
    return None


def owner(tokens, i):
    """The subject of a light verb before the noun: “X made the claim that”, “X voiced support for”."""
    k = i - 1
    while k >= 0 and tokens[k].tag in ("DT", "JJ", "NN", "RB", "CD") and i - k < 5:
        k -= 1
    if k >= 0 and (tokens[k].tag in ("VBD", "VBZ", "VB", "VBN", "VBG") or tokens[k].lemma in ("have", "be")):
        light = tokens[k].lemma
        if light in LIGHT:
            return sources.subject(tokens, verb_group(tokens, k))
    return None


LIGHT = frozenset(
    [
        "have",
        "make",
        "voice",
        "express",
        "issue",
        "give",
        "offer",
        "raise",
        "announce",
        "show",
        "reiterate",
        "repeat",
        "deliver",
        "declare",
        "lend",
        "throw",
        "pledge",
        "withhold",
        "win",
        "withdraw",
        "share",
        "hold",
        "take",
        "reach",
    ]
)


def singular(word):
    if word.endswith("ies"):
        return word[:-3] + "y"
    if word.endswith("es") and word[:-2].endswith(("s", "x", "ch", "sh")):
        return word[:-2]
    return word[:-1] if word.endswith("s") else word
