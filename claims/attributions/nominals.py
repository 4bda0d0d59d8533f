"""Adjectives and nouns that report: “is confident that”, “her claim that”."""

from . import sources
from .clauses import clause_starts, main_verb_after, verb_group
from .contents import clause_end, phrase_end, trimmed
from .frames import Candidate, build, entries_at, singular


def from_adjective(tokens, i, lexicon):
    k = i - 1
    while k >= 0 and tokens[k].tag in ("RB", "NEG"):
        k -= 1
    if k < 0 or not (tokens[k].tag in ("AUX", "POS") or tokens[k].lemma in tokens.rules["links"]):
        return None
    for r, cue in entries_at(tokens, i, lexicon.adjectives[tokens[i].lower]):
        if r >= len(tokens):
            return None
        group = verb_group(tokens, k)
        negative = group.negative or any(t.tag == "NEG" for t in tokens[k:i])
        group = group._replace(last=i, negative=negative)
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
        if subject and tokens[subject.first].lower in tokens.rules["impersonal"]:
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
        if light in tokens.rules["light verbs"]:
            return sources.subject(tokens, verb_group(tokens, k))
    return None
