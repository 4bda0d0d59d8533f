"""The words of the record and what each means: pages, filters and the method page take them from here.

Every entry is `code: Term`. The codes are those of record/documents.py; a test holds the two together.
"""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Term:
    """What one code is called on a page, and what is meant by it in one sentence."""

    word: str
    meaning: str


@dataclass(frozen=True, slots=True)
class StanceTerm(Term):
    """A stance also has a `side`: "assent", "dissent" or "neither". Sides order rows; they judge nothing."""

    side: str


STANCES = {
    "affirms": StanceTerm("affirms", "Says that the claim is so.", "assent"),
    "supports": StanceTerm("supports", "Is for what the claim asks or plans. Used for policy, not for fact.", "assent"),
    "denies": StanceTerm("denies", "Says that the claim is not so.", "dissent"),
    "opposes": StanceTerm(
        "opposes", "Is against what the claim asks or plans. Used for policy, not for fact.", "dissent"
    ),
    "disputes": StanceTerm("disputes", "Contests the claim without saying outright that it is false.", "dissent"),
    "qualifies": StanceTerm("qualifies", "Puts what the claim says in another frame or limits it.", "neither"),
    "relays": StanceTerm("relays", "Passes the claim on and takes no side.", "neither"),
    "declines": StanceTerm("declines to comment", "Was asked, and would not say.", "neither"),
    "silent": StanceTerm(
        "silent",
        "Spoke on the matter and left this out. A passage shows it; it is not the same as having nothing on record.",
        "neither",
    ),
}

ACTOR_KINDS = {
    "person": Term("person", "One human being."),
    "state": Term("state", "A country, where an article lets the country itself speak."),
    "government body": Term("government body", "A ministry, an embassy, an office of a state."),
    "intergovernmental body": Term("intergovernmental body", "A body of which states are members, or a part of it."),
    "organisation": Term("organisation", "A party, a company, a campaign, a research institute."),
    "group": Term("group", "People who speak together without being an organisation: protesters, residents."),
    "outlet": Term("outlet", "A newspaper or agency that speaks for itself."),
    "unnamed": Term("unnamed source", "Somebody whom one article does not name. Belongs to that article alone."),
}

CLAIM_KINDS = {
    "fact": Term("fact", "Something that is so or is not so."),
    "figure": Term("figure", "A number, with its unit, what is counted, and the day for which it is given."),
    "description": Term("description", "What something is, or is called."),
    "evaluation": Term("evaluation", "Whether something is good, right or lawful."),
    "demand": Term("demand", "What somebody is asked to do."),
    "commitment": Term("commitment", "What somebody promises to do."),
    "forecast": Term("forecast", "What is said to be coming."),
}

OUTLET_KINDS = ("newspaper", "agency", "broadcaster", "magazine", "platform", "other")

STATE_CONTROLLED = {
    "yes": "controlled by a state",
    "no": "not controlled by a state",
    "unknown": "not known whether controlled by a state",
}

RELATIONS = {
    "contradicts": Term("contradicts", "One of the two must be true, and not both."),
    "contrary to": Term("is contrary to", "The two cannot both be true; both may be false."),
    "narrows": Term("narrows", "Says the same of less."),
    "broadens": Term("broadens", "Says the same of more."),
    "repeats": Term("repeats", "Says the same in other words."),
    "supersedes": Term("supersedes", "Is put in the place of the other by those who made it."),
}

# The same relation read from the other end.
RELATIONS_TO_IT = {
    "contradicts": "contradicts",
    "contrary to": "is contrary to",
    "narrows": "is broader than",
    "broadens": "is narrower than",
    "repeats": "is repeated by",
    "supersedes": "is superseded by",
}

MODES = {
    "direct": Term("in direct speech", "The printed words are given as the speaker's own."),
    "indirect": Term("in indirect speech", "The article tells in its words what the speaker said."),
    "mixed": Term("partly quoted", "Some of the words are the speaker's, the rest is the article's."),
    "document": Term("in a document", "A report, a letter, a notice."),
    "gesture": Term("by an act", "A protest, a signature, a refusal to sign."),
}

BASES = {
    "witnessed": Term("witnessed", "The speaker was there."),
    "told": Term("told by others", "The speaker has it from somebody else."),
    "document": Term("from a document", "The speaker has it from something written."),
    "estimate": Term("an estimate", "The speaker has worked it out."),
    "not stated": Term("not stated", "The article does not say how the speaker knows."),
}

# How one hop of a chain is joined to what was said, read outwards from the speaker.
STEPS = {
    "says": Term("according to", "The next hop is the one who says that it was said."),
    "cites": Term("cited by", "The next hop names where it has the words from."),
    "relays": Term("relayed by", "The next hop passes the words on."),
    "translates": Term("translated by", "The next hop put the words into another language."),
    "on behalf of": Term("spoken for by", "The next hop speaks in the name of the speaker."),
}

DERIVATIONS = {
    "verbatim": Term("the same text as", "Word for word."),
    "edited": Term("an edited version of", "The same text with changes."),
    "excerpt": Term("an excerpt of", "A part of it."),
    "translation": Term("a translation of", "In another language."),
}

TREATMENTS = {
    "endorses": Term("endorses", "States the claim in the outlet's own voice."),
    "contests": Term("contests", "Speaks against the claim in the outlet's own voice."),
    "relays": Term("relays", "Leaves the claim to those who make it."),
    "does not mention": Term("does not mention", "Leaves the claim out."),
}

CAPTURE_METHODS = {
    "pasted": "pasted by an editor",
    "uploaded": "uploaded as a file",
    "fetched": "fetched from the address",
    "excerpt": "short excerpts only",
}

NAME_KINDS = {"primary": "main name", "alias": "also", "former": "formerly", "as printed": "as printed"}

MODIFIERS = ("", "about", "at least", "up to", "estimated")

DOCUMENT_KINDS = {
    "question": ("question", "questions"),
    "claim": ("claim", "claims"),
    "actor": ("actor", "actors"),
    "outlet": ("outlet", "outlets"),
    "article": ("article", "articles"),
    "statement": ("statement", "statements"),
}
