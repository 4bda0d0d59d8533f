"""Reporting verbs: the frames of verbs.txt tried from the surest to the weakest."""

from . import sources
from .candidates import (
    STOPS,
    Candidate,
    build_candidate,
    entries_at,
    is_past_time,
    positions_after_addressee,
    positions_after_adverbials,
)
from .clauses import (
    QUOTED,
    Group,
    is_infinitive,
    main_verb_after,
    phrase_left,
    phrase_right,
    phrase_with_tail,
    starts_clause,
    verb_group,
)
from .contents import clause_end, introduction_end, phrase_end, trim_end
from .lexicon import Cue, Lexicon
from .sources import Source
from .tokens import FINITE, Tokens, ends_with_comma, skip
from .trailing_cues import closes_clause, closes_report, from_tail
from .verb_tags import STRONG

LONG_SUBJECT = 20  # tokens
LONG_ASIDE = 25  # tokens from a cue to its “that”
ASIDES = frozenset(("IN", "TO", "RB", ",", "DASH"))
JUDGING = frozenset(("deny", "judge", "charge"))  # acts
FIGURE = 4  # tokens from a thing to its number
PHRASE_STARTS = frozenset(("DT", "POSS", "JJ", "NN", "NNP", "PRP", "CD", "QT", "QF", "VBG", "VBN", "WH"))


def from_verb(tokens: Tokens, i: int, lexicon: Lexicon) -> Candidate | None:
    if relays(tokens, i) or sources.cited_informant(tokens, i) is not None:
        return None
    for r, cue in entries_at(tokens, i, lexicon.verbs[tokens[i].lemma]):
        group = verb_group(tokens, i)
        if group.passive:
            found = from_passive(tokens, group, r, cue)
        else:
            found = from_active(tokens, group, r, cue, lexicon)
            tells = cue.weight("quote") or cue.weight("np")
            source = found.source if found is not None else sources.subject(tokens, group) if tells else None
            place = source.first - 3 if source is not None else -1
            if place >= 0 and tokens[place].tag in QUOTED and leads_back_to(tokens, place):
                found = build_candidate(group, r, cue, "tail", [(place, place + 1)], source, 0.8, is_tail=True)
        if found is not None:
            found.negative = group.negative or found.negative
            found.modal = group.modal
            if found.source is not None and found.source.first > 1:
                deny_with_neither(tokens, found, found.source)
            return end_before_main_clause(tokens, found, r)
    return None


def deny_with_neither(tokens: Tokens, found: Candidate, source: Source) -> None:
    """“Neither X nor Y said”: both are the source, and what they did not say is negative."""
    rules = tokens.rules
    if tokens[source.first - 1].lower not in rules["nor"]:
        return
    for k in range(source.first - 2, max(-1, source.first - 12), -1):
        if tokens[k].lower in rules["neither"]:
            found.source, found.negative = source._replace(first=k), True
            return


def relays(tokens: Tokens, i: int) -> bool:
    """Whether the verb only hands on what another says: “quoted X as saying”."""
    if tokens[i].lemma not in tokens.rules["quoting"]:
        return False
    for k in range(i + 1, min(len(tokens) - 1, i + 24)):
        if tokens[k].lower in tokens.rules["as"] and tokens[k + 1].tag == "VBG":
            return True
        if tokens[k].tag == "WH" and tokens[k + 1].lemma in tokens.rules["say"]:
            return True  # “cited X, who said”
        if tokens[k].tag in (";", ":", "THAT") or tokens[k].tag in FINITE:
            return False
    return False


def end_before_main_clause(tokens: Tokens, found: Candidate, r: int) -> Candidate:
    """In “people who demanded X were sentenced” the content ends where the main clause goes on."""
    source = found.source
    if source is None or not found.contents or found.is_tail or found.contents[-1][0] < r:
        return found
    if source.rule == "relative pronoun" and source.antecedent:
        first = source.antecedent[0]
    elif source.rule == "noun before participle" or tokens[source.first].lower in tokens.rules["whose"]:
        first = source.first
    else:
        return found
    start, end = found.contents[-1]
    clause = tokens[start].tag in ("THAT", "WH") or found.frame == "that"
    stop = main_verb_after(tokens, first, start, clause)
    if stop is None and clause and tokens[start].tag != "THAT":
        stop = main_verb_after(tokens, first, start, False)
    if stop is not None and start < stop < end:
        stop = max(start, skip(tokens, stop - 1, ("RB", "NEG", "MD", "AUX"), -1) + 1)
        found.contents[-1] = (start, trim_end(tokens, start, stop))
    return found


def from_active(tokens: Tokens, group: Group, r: int, cue: Cue, lexicon: Lexicon) -> Candidate | None:
    n = len(tokens)
    if cue.weight("seem"):
        return from_seeming(tokens, group, r, cue)
    positions = positions_after_adverbials(tokens, r, lexicon)
    to_somebody = positions_after_addressee(tokens, r, lexicon) if cue.weight("told") else []
    positions = to_somebody + positions
    that = next((p for p in positions if p + 1 < n and tokens[p].tag == "THAT"), None)
    if that is None and cue.weight("that"):
        that = distant_that(tokens, r, bool(to_somebody))
    closing = closes_report(tokens, group) and not (group.shape == "participle" and that == r)
    if that is not None and cue.weight("that") and not closing:
        return report(tokens, group, r, cue, "that", that)
    for p in positions:
        if p >= n:
            break
        token = tokens[p]
        if token.tag == "IN" and cue.weight("+" + token.lower) and not starts_clause(tokens, p):
            break  # “warned the council of cracks more than a year before it”
        quote_at = p + 1 if token.tag in (",", ":") else p
        if (
            cue.weight("quote")
            and quote_at < n
            and tokens[quote_at].tag in QUOTED
            and tokens[quote_at - 1].tag != "POS"
            and not (closing and token.tag != ":")
        ):
            subject = sources.subject(tokens, group)
            if subject is not None or token.tag in (":", ",") or group.first == 0:
                contents = [(quote_at, end_of_quoted(tokens, quote_at))]
                return build_candidate(group, r, cue, "quote", contents, subject or sources.inverted_subject(tokens, r))
        if cue.weight("wh") and (token.tag == "WH" or token.lower in tokens.rules["whether"]) and not closing:
            return report(tokens, group, r, cue, "wh", p)
        is_infinitive_at = token.tag == "TO" or (token.tag == "NEG" and p + 1 < n and tokens[p + 1].tag == "TO")
        if is_infinitive_at and cue.weight("to") and (p == r or cue.lemma in tokens.rules["undertaking"]):
            return report(tokens, group, r, cue, "to", p)
        if cue.weight("told") and p > r and is_infinitive_at:
            return build_candidate(
                group, r, cue, "to", [(p, clause_end(tokens, p))], sources.subject(tokens, group), 0.7
            )
        if cue.weight("that") and p == r and token.tag in FINITE and token.tag != "VB":
            found = from_extraction(tokens, group, r, cue)
            if found is not None:
                return found
        if token.lower in tokens.rules["stands for content"] and p + 1 < n and tokens[p + 1].tag == "IN":
            break  # “who said this in a statement”
        gerund = token.tag == "VBG" and cue.lemma in tokens.rules["say"]
        clause = (
            gerund
            or (starts_clause(tokens, p) and (p == r or token.tag != "VBG"))
            or (cue.lemma in tokens.rules["clause verbs"] and goes_on_to_verb(tokens, p))
        )
        if token.tag == "CS" and closes_clause(tokens, group):
            continue
        if cue.weight("that") and not closing and token.tag not in STOPS and token.tag != "CC" and clause:
            return report(tokens, group, r, cue, "that", p)
    if group.first == 0 and cue.weight("quote") and (opening := from_opening_verb(tokens, group, r, cue)):
        return opening
    if cue.weight("quote") and tokens[-1].tag == ":" and n - 1 in positions:
        source = sources.subject(tokens, group)
        return source and build_candidate(group, r, cue, "awaits", [], source)
    found = from_tail(tokens, group, r, cue, lexicon)
    if found is not None or r >= n:
        return found
    for p in positions:
        frame = "+" + tokens[p].lower if p < n else ""
        if cue.weight(frame) and p + 1 < n and tokens[p + 1].tag not in STOPS:
            return report_of_phrase(tokens, group, r + 1 if p == r else r, cue, frame, p + 1)
    if len(positions) > 1 or tokens[r].tag == "TO":
        for p in to_somebody or positions_after_addressee(tokens, r, lexicon):
            if p < n and "+" + tokens[p].lower in cue.frames:
                return report_of_phrase(tokens, group, r, cue, "+" + tokens[p].lower, p + 1)
    is_gerund = tokens[r].tag == "VBG" or tokens[r].lower in tokens.rules["participle auxiliaries"]
    if cue.weight("ing") and is_gerund:
        return report_of_phrase(tokens, group, r, cue, "ing", r)
    if tokens[r].tag == "RB" and r + 1 < n:
        r += 1
    later = next((p for p in positions if r < p < n and tokens[p].tag in ("DT", "POSS")), None)
    if later is not None and cue.weight("np") > STRONG and cue.weight("that"):  # “announced on Monday the suit”
        return report_of_phrase(tokens, group, r, cue, "np", later)
    if tokens[r].lower in tokens.rules["as"] and cue.weight("np") > STRONG:
        r = after_judgement(tokens, r)
    token = tokens[r]
    if cue.weight("figure") and sets_figure(tokens, r):
        return report_of_phrase(tokens, group, r, cue, "figure", r)
    if (
        (cue.weight("np") or (cue.lemma in tokens.rules["find"] and paper_speaks(tokens, group)))
        and token.tag in PHRASE_STARTS
        and (token.lower not in lexicon.times or (r + 1 < n and tokens[r + 1].tag == "POS"))
        and not is_past_time(tokens, r)
    ):
        if cue.lemma in tokens.rules["say"] and token.lower not in tokens.rules["said as object"]:
            found = report(tokens, group, r, cue, "that", r)
            return found if found.source is not None else None
        return report_of_phrase(tokens, group, r, cue, "np", r)
    if cue.weight("np") > STRONG and cue.act in JUDGING and token.tag in STOPS and group.shape == "finite":
        return report_of_what_precedes(tokens, group, r, cue)
    return None


def report_of_what_precedes(tokens: Tokens, group: Group, r: int, cue: Cue) -> Candidate | None:
    """“a charge the ministry denies”, “the plan that he opposes”, “which X rejects”: the content stands before X."""
    source = sources.subject(tokens, group)
    if source is None or source.rule != "subject" or source.first == 0 or source.last + 1 != group.first:
        return None
    k = source.first - 1
    linked = tokens[k].tag == "THAT" or (tokens[k].tag == "WH" and tokens[k].lower in tokens.rules["relative"])
    k -= linked
    if k >= 0 and linked and tokens[k].tag == ",":
        k -= 1
    start = phrase_left(tokens, k) if k >= 0 and tokens[k].tag == "NN" else None
    if start is None or not (linked or tokens[source.first].tag in ("DT", "PRP", "NNP", "POSS")):
        return None
    return build_candidate(group, r, cue, "np", [(start, k + 1)], source)


def leads_back_to(tokens: Tokens, place: int) -> bool:
    """Whether a verb tells of the quotation at this place by “how”: ““...” was how X described Y”."""
    return tokens[place + 1].tag == "AUX" and tokens[place + 2].lower in tokens.rules["how"]


def after_judgement(tokens: Tokens, r: int) -> int:
    """The place after the “as false” at r where it stands before what is so called: “rejected as false the claim”."""
    k = skip(tokens, r + 1, ("RB",))
    judged = k + 1 < len(tokens) and tokens[k].tag in ("JJ", "VBN", *QUOTED) and tokens[k + 1].tag in ("DT", "POSS")
    return k + 1 if judged else r


def distant_that(tokens: Tokens, r: int, is_told: bool) -> int | None:
    """The place of “that” behind whom it is told, when and where: “told a crowd in X, on the last day, that”."""
    days = tokens.rules["days and weeks"]
    if r >= len(tokens) or not (is_told or tokens[r].tag in ASIDES or tokens[r].lower in days):
        return None
    for k in range(r, min(len(tokens) - 2, r + LONG_ASIDE)):
        tag = tokens[k].tag
        if tag == "THAT":
            return k if tokens[k + 1].tag not in FINITE else None
        if tag in FINITE or tag in ("WH", "CC", ";", ":", *QUOTED) or tokens[k].lower in tokens.rules["reports on"]:
            return None
    return None


def sets_figure(tokens: Tokens, r: int) -> bool:
    """Whether a thing and its number stand at r: “the toll at 19”, “it closer to six”."""
    end = phrase_with_tail(tokens, r)
    return end > r and any(t.tag in ("CD", "QF", "QT") for t in tokens[end - 1 : end + FIGURE])


def paper_speaks(tokens: Tokens, group: Group) -> bool:
    """Whether what speaks is read: “the study found 31 cases”."""
    source = sources.subject(tokens, group)
    papers = tokens.rules["papers"]
    return source is not None and any(t.lower in papers for t in tokens[source.first : source.last + 1])


def goes_on_to_verb(tokens: Tokens, p: int) -> bool:
    """Whether a noun phrase at p, with whatever hangs on it, has a finite verb: “his support before the vote will”."""
    if tokens[p].tag not in PHRASE_STARTS - QUOTED - {"WH", "VBG", "VBN"}:
        return False
    for i in range(phrase_right(tokens, p), min(len(tokens), p + LONG_SUBJECT)):
        tag = tokens[i].tag
        if tag in FINITE and not is_infinitive(tokens, i):
            return True
        if tag in (",", ";", ":", "DASH", "THAT", "WH", "CC", "CJ", *QUOTED):
            return False
    return False


def from_opening_verb(tokens: Tokens, group: Group, r: int, cue: Cue) -> Candidate | None:
    """“Said X, who was there: “...”.”"""
    quoted = next((k for k in range(r, len(tokens)) if tokens[k].tag == "QT"), None)
    source = sources.inverted_subject(tokens, r) if quoted is not None else None
    if quoted is None or source is None or source.first >= quoted or tokens[quoted - 1].tag not in (",", ":"):
        return None
    source = source._replace(last=min(source.last, trim_end(tokens, source.first, quoted) - 1))
    return build_candidate(group, r, cue, "quote", [(quoted, clause_end(tokens, quoted))], source)


def from_seeming(tokens: Tokens, group: Group, r: int, cue: Cue) -> Candidate | None:
    """“X seems to ...”, “it appears that ...”: said by nobody."""
    tag = tokens[r].tag if r < len(tokens) else ""
    if tag not in ("TO", "THAT"):
        return None
    subject = sources.subject(tokens, group) if tag == "TO" else None
    contents = [(subject.first, subject.last + 1)] if subject else []
    return build_candidate(group, r, cue, "seem", [*contents, (r, clause_end(tokens, r))], None)


def from_extraction(tokens: Tokens, group: Group, r: int, cue: Cue) -> Candidate | None:
    """“a probe the agency said was going on”: the content begins before the speaker."""
    source = sources.subject(tokens, group)
    if source is None or source.rule != "subject" or source.first == 0:
        return None
    before = source.first - 1
    start = before if tokens[before].tag in ("WH", "THAT") else phrase_left(tokens, before)
    if start is None:
        return None
    return build_candidate(group, r, cue, "that", [(start, source.first), (r, phrase_end(tokens, r))], source)


def end_of_quoted(tokens: Tokens, k: int) -> int:
    """The end of what is said from the quotation at k on, without what X did then: “told X: “...,” before leaving”."""
    after = tokens[k + 1] if k + 1 < len(tokens) else None
    if after is not None and tokens[k].tag == "QT" and after.tag in ("CS", "IN", "VBG") and ends_with_comma(tokens[k]):
        return k + 1 if not any(t.tag in QUOTED for t in tokens[k + 1 :]) else clause_end(tokens, k)
    return clause_end(tokens, k)


def report(tokens: Tokens, group: Group, r: int, cue: Cue, frame: str, p: int) -> Candidate:
    end = min(clause_end(tokens, p), introduction_end(tokens, group.first, p) or len(tokens))
    if frame == "to":  # “declined to comment and aides said”: the next clause is not part of the infinitive
        end = next((i for i in range(p, end) if tokens[i].tag == "CC" and joins_clause(tokens, i)), end)
        end = trim_end(tokens, p, end)
    return build_candidate(group, r, cue, frame, [(p, end)], sources.subject(tokens, group))


def joins_clause(tokens: Tokens, link: int) -> bool:
    return starts_clause(tokens, link + 1) or (tokens[link - 1].tag == "," and goes_on_to_verb(tokens, link + 1))


def report_of_phrase(tokens: Tokens, group: Group, r: int, cue: Cue, frame: str, p: int) -> Candidate | None:
    """The report of the noun phrase, gerund or infinitive at p; None for “said nothing” and “argued for hours”."""
    words = [t.lower for t in tokens[p : phrase_end(tokens, p)]]
    says_nothing = cue.lemma in tokens.rules["say"] and words[:1] and words[0] in tokens.rules["no content"]
    if len(words) == 1 and (says_nothing or words[0] in tokens.rules["spans of time"]):
        return None
    return build_candidate(group, r, cue, frame, [(p, phrase_end(tokens, p))], sources.subject(tokens, group))


def from_reduced_passive(tokens: Tokens, group: Group, r: int, cue: Cue, by: Source | None) -> Candidate | None:
    """“the plan, opposed by X” and “measures condemned by X as cruel”: what X judges stands before the participle."""
    k = group.first - 1
    k -= k > 0 and tokens[k].tag in (",", "(")
    start = phrase_left(tokens, k) if k >= 0 and tokens[k].tag in ("NN", "NNP", ")") else None
    relayed = tokens[group.last].lower in tokens.rules["cited"]  # “estimates cited by X” are a chain
    if start is None or by is None or relayed or not sources.speaks(tokens, by.first, by.last):
        return None
    return build_candidate(group, r, cue, "pass", [(start, k + 1)], by)


def from_passive(tokens: Tokens, group: Group, r: int, cue: Cue) -> Candidate | None:
    """“X is expected to ...”, “X was called a ...”, “asked whether ...”."""
    n = len(tokens)
    if not cue.weight("pass") or r >= n:
        return None
    by = sources.agent(tokens, r, with_of=cue.lemma not in tokens.rules["verbs with of"])
    reduced = group.shape == "participle"
    subject = None if reduced else sources.subject(tokens, group)
    while tokens[r].lower in tokens.rules["agent"] and by is not None and r <= by.first and by.last + 1 < n:
        r = by.last + 1
    token = tokens[r]
    if cue.lemma in tokens.rules["ask or tell"] and token.tag == "," and r + 1 < n and tokens[r + 1].tag in QUOTED:
        return build_candidate(group, r, cue, "pass", [(r + 1, clause_end(tokens, r + 1))], by)
    if cue.lemma in tokens.rules["asking"] and (
        token.tag in ("WH", "THAT", "TO") or token.lower in tokens.rules["question openers"]
    ):
        k = r + 1 if token.lower in tokens.rules["about"] else r
        end = min(phrase_end(tokens, k), introduction_end(tokens, group.first, k) or n)
        return build_candidate(group, k, cue, "pass", [(k, end)], by)
    that = distant_that(tokens, r, is_told=True) if cue.weight("told") else None
    if that is not None:  # “X had been told just before the vote that”
        return build_candidate(group, r, cue, "pass", [(that, clause_end(tokens, that))], by)
    if reduced:
        return from_reduced_passive(tokens, group, r, cue, by)
    contents = [(subject.first, subject.last + 1)] if subject else []
    if token.tag in ("TO", "IN", "THAT", "DT", "JJ", "CS", "VBG") and token.lower not in tokens.rules["agent"]:
        contents.append((r, phrase_end(tokens, r)))
    return build_candidate(group, r, cue, "pass", contents, by)
