"""Adjectives and nouns that report: “is confident that”, “her claim that”."""

from . import sources
from .candidates import Candidate, build_candidate, entries_at
from .clauses import main_verb_after, phrase_right, starts_clause, verb_group
from .contents import clause_end, phrase_end, trim_end
from .lexicon import Cue, Lexicon
from .sources import Source
from .tokens import FINITE, Token, Tokens, skip
from .verb_tags import STRONG


def from_adjective(tokens: Tokens, i: int, lexicon: Lexicon) -> Candidate | None:
    k = skip(tokens, i - 1, ("RB", "NEG"), -1)
    if k < 0 or not (tokens[k].tag in ("AUX", "POS") or tokens[k].lemma in tokens.rules["links"]):
        return None
    entry = next(entries_at(tokens, i, lexicon.adjectives[tokens[i].lower]), None)
    if entry is None or entry[0] >= len(tokens):
        return None
    r, cue = entry
    group = verb_group(tokens, k)._replace(last=i)
    frame, p = frame_at(tokens, r, cue)
    if not frame and tokens[r].lower in tokens.rules["whether"] and cue.weight("wh"):
        frame = "wh"
    elif not frame and cue.weight("that") and starts_clause(tokens, r):
        frame = "that"
    if not frame:
        return None
    end = clause_end(tokens, p) if frame in ("that", "wh") else phrase_end(tokens, p)
    subject = sources.subject(tokens, group)
    if subject and subject.first == subject.last and tokens[subject.first].lower in tokens.rules["impersonal"]:
        subject = None
    candidate = build_candidate(group, p, cue, frame, [(p, end)], subject)
    candidate.negative = group.negative or any(t.tag == "NEG" for t in tokens[k:i])
    return candidate


def frame_at(tokens: Tokens, r: int, cue: Cue) -> tuple[str, int]:
    """(frame, place of the content) of what stands at r, after a cue that is no verb; no frame if that allows none."""
    if r + 1 < len(tokens) and tokens[r].lemma in tokens.rules["passive auxiliary"] and tokens[r + 1].tag == "THAT":
        r += 1  # “the view of X is that”
    if r >= len(tokens):
        return "", r
    token = tokens[r]
    frame = {"THAT": "that", "TO": "to", "WH": "wh"}.get(token.tag, "")
    if cue.weight(frame):
        return frame, r
    frame = "+" + token.lower
    return (frame, r + 1) if cue.weight(frame) else ("", r)


def from_noun(tokens: Tokens, i: int, lexicon: Lexicon) -> Candidate | None:
    lower = tokens[i].lower
    entries = lexicon.nouns.get(lower) or lexicon.nouns.get(lexicon.grammar.singular(lower), [])
    entry = next(entries_at(tokens, i, entries), None)
    if entry is None or entry[0] >= len(tokens):
        return None
    r, cue = entry
    author = author_of_noun(tokens, r)
    frame, p = frame_at(tokens, r if author is None else author.last + 1, cue)
    if author is not None and not frame:
        author, (frame, p) = None, frame_at(tokens, r, cue)
    if not frame or (frame == "that" and is_relative(tokens, p)):
        return None
    source = author or sources.possessor(tokens, i) or owner(tokens, i)
    if source is None and frame not in ("that", "to"):
        return None
    end = phrase_end(tokens, p)
    if frame == "that" and lacks_object(tokens[end - 1], lexicon):
        return None
    stop = main_verb_after(tokens, source.first if source else i, p, frame in ("that", "wh"))
    if stop is not None and p < stop < end:
        end = trim_end(tokens, p, stop)
    first = source.last + 1 if source and source.rule.startswith("possess") else i
    weight = cue.weight(frame) * (0.9 if source else 0.6)
    return Candidate([(first, p)], [(p, end)], cue.act, "noun " + frame, cue.lemma, weight, source)


def is_relative(tokens: Tokens, that: int) -> bool:
    """Whether “that” is itself the subject: “a statement that was false”."""
    k = skip(tokens, that + 1, ("RB",))
    return k < len(tokens) and (tokens[k].tag in FINITE - {"VB"} or (tokens[k].tag == "VB" and k == that + 1))


def lacks_object(verb: Token, lexicon: Lexicon) -> bool:
    """Whether a clause ends with a verb that judges something: “an accusation that the office rejects”."""
    cues = [cue for further, cue in lexicon.verbs.get(verb.lemma, ()) if not further and verb.tag in ("VBZ", "VBD")]
    return any(cue.weight("np") > STRONG for cue in cues)


def author_of_noun(tokens: Tokens, r: int) -> Source | None:
    """X in “an announcement from X that”, “a denial by X that” and “the view of X is that”."""
    if r >= len(tokens) - 2 or tokens[r].lower not in tokens.rules["noun authors"]:
        return None
    end = phrase_right(tokens, r + 1)
    while end < len(tokens) - 2 and tokens[end].lower in tokens.rules["possession"]:
        end = phrase_right(tokens, end + 1)
    if end == r + 1 or end >= len(tokens) - 1 or not sources.speaks(tokens, r + 1, end - 1):
        return None
    return Source(r + 1, end - 1, "named after the noun")


def owner(tokens: Tokens, i: int) -> Source | None:
    """The subject of a light verb before the noun: “X made the claim that”, “X voiced support for”."""
    k = max(skip(tokens, i - 1, ("DT", "JJ", "NN", "RB", "CD"), -1), i - 5)
    if (
        k >= 0
        and (tokens[k].tag in ("VBD", "VBZ", "VB", "VBN", "VBG") or tokens[k].lemma in tokens.rules["auxiliary verbs"])
        and tokens[k].lemma in tokens.rules["light verbs"]
    ):
        return sources.subject(tokens, verb_group(tokens, k))
    return None
