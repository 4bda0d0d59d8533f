"""The words of the record and what each means: pages, filters and the method page take them from here.

Every entry is `code: Term`; words are translated when they are shown. The lists of values in record/documents/ and
the choices of the desk are made of these.
"""

from dataclasses import dataclass
from typing import TYPE_CHECKING

from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy as pgettext

if TYPE_CHECKING:
    from django.utils.functional import _StrPromise

    LazyText = _StrPromise  # what is translated when it is shown
else:
    from django.utils.functional import Promise as LazyText


@dataclass(frozen=True, slots=True)
class Term:
    """What one code is called on a page, and what is meant by it in one sentence."""

    word: LazyText
    meaning: LazyText


@dataclass(frozen=True, slots=True, kw_only=True)
class StanceTerm(Term):
    """All that is said of one stance; its drawing is the symbol of its code in static/record/marks.svg.

    Its `side` is "assent", "dissent" or "neither": sides order rows; they judge nothing. It is taken `towards` a fact,
    a policy or, by those who keep out of it, neither. `key` takes it at the desk, with Alt. `held_by` says of a claim
    who takes it, "" where it says nothing of the claim. `cito` is its term in CiTO
    (https://sparontologies.github.io/cito/current/cito.html): to decline and to be silent are no citations.
    """

    side: str = "neither"
    towards: str = "neither"
    key: str
    held_by: LazyText | str = ""
    cito: str = ""


STANCES = {
    "affirms": StanceTerm(
        _("affirms"),
        _("Says that the claim is so."),
        side="assent",
        towards="fact",
        key="a",
        held_by=_("held by %(names)s"),
        cito="agreesWith",
    ),
    "supports": StanceTerm(
        _("supports"),
        _("Is for what the claim asks or plans. Used for policy, not for fact."),
        side="assent",
        towards="policy",
        key="s",
        held_by=_("supported by %(names)s"),
        cito="supports",
    ),
    "denies": StanceTerm(
        _("denies"),
        _("Says that the claim is not so."),
        side="dissent",
        towards="fact",
        key="d",
        held_by=_("denied by %(names)s"),
        cito="disagreesWith",
    ),
    "opposes": StanceTerm(
        _("opposes"),
        _("Is against what the claim asks or plans. Used for policy, not for fact."),
        side="dissent",
        towards="policy",
        key="o",
        held_by=_("opposed by %(names)s"),
        cito="disagreesWith",
    ),
    "disputes": StanceTerm(
        _("disputes"),
        _("Contests the claim without saying outright that it is false."),
        side="dissent",
        towards="fact",
        key="i",
        held_by=_("disputed by %(names)s"),
        cito="disputes",
    ),
    "qualifies": StanceTerm(
        _("qualifies"),
        _("Puts what the claim says in another frame or limits it."),
        towards="fact",
        key="q",
        held_by=_("qualified by %(names)s"),
        cito="qualifies",
    ),
    "relays": StanceTerm(_("relays"), _("Passes the claim on and takes no side."), key="r", cito="discusses"),
    "declines": StanceTerm(_("declines to comment"), _("Was asked, and would not say."), key="c"),
    "silent": StanceTerm(
        _("silent"),
        _("Spoke on the matter and left this out. A passage shows it; it is not the same as having nothing on record."),
        key="l",
    ),
}

ACTOR_KINDS = {
    "person": Term(_("person"), _("One human being.")),
    "state": Term(_("state"), _("A country, where an article lets the country itself speak.")),
    "government body": Term(_("government body"), _("A ministry, an embassy, an office of a state.")),
    "intergovernmental body": Term(
        _("intergovernmental body"), _("A body of which states are members, or a part of it.")
    ),
    "organisation": Term(_("organisation"), _("A party, a company, a campaign, a research institute.")),
    "group": Term(_("group"), _("People who speak together without being an organisation: protesters, residents.")),
    "outlet": Term(_("outlet"), _("A newspaper or agency that speaks for itself.")),
    "unnamed": Term(_("unnamed source"), _("Somebody whom one article does not name. Belongs to that article alone.")),
}

CLAIM_KINDS = {
    "fact": Term(_("fact"), _("Something that is so or is not so.")),
    "figure": Term(_("figure"), _("A number, with its unit, what is counted, and the day for which it is given.")),
    "description": Term(_("description"), _("What something is, or is called.")),
    "evaluation": Term(_("evaluation"), _("Whether something is good, right or lawful.")),
    "demand": Term(_("demand"), _("What somebody is asked to do.")),
    "commitment": Term(_("commitment"), _("What somebody promises to do.")),
    "forecast": Term(_("forecast"), _("What is said to be coming.")),
}

SUBJECT_KINDS = {
    "actor": Term(_("actor"), _("Somebody who speaks in this record, or could.")),
    "place": Term(_("place"), _("A country, a region, a town, a building.")),
    "other": Term(
        pgettext("what a claim is about", "other"), _("A law, a treaty, an event, a report: whatever has a name.")
    ),
}

OUTLET_KINDS = {
    "newspaper": _("newspaper"),
    "agency": _("news agency"),
    "broadcaster": _("broadcaster"),
    "magazine": _("magazine"),
    "platform": _("platform"),
    "other": pgettext("kind of outlet", "other"),
}

STATE_CONTROLLED = {
    "yes": _("controlled by a state"),
    "no": _("not controlled by a state"),
    "unknown": _("not known whether controlled by a state"),
}

RELATIONS = {
    "contradicts": Term(_("contradicts"), _("One of the two must be true, and not both.")),
    "contrary to": Term(_("is contrary to"), _("The two cannot both be true; both may be false.")),
    "narrows": Term(_("narrows"), _("Says the same of less.")),
    "broadens": Term(_("broadens"), _("Says the same of more.")),
    "repeats": Term(_("repeats"), _("Says the same in other words.")),
    "supersedes": Term(_("supersedes"), _("Is put in the place of the other by those who made it.")),
}

# The same relation read from the other end.
INVERSE_RELATIONS = {
    "contradicts": _("contradicts"),
    "contrary to": _("is contrary to"),
    "narrows": _("is broader than"),
    "broadens": _("is narrower than"),
    "repeats": _("is repeated by"),
    "supersedes": _("is superseded by"),
}

MODES = {
    "direct": Term(_("in direct speech"), _("The printed words are given as the speaker's own.")),
    "indirect": Term(_("in indirect speech"), _("The article tells in its words what the speaker said.")),
    "mixed": Term(_("partly quoted"), _("Some of the words are the speaker's, the rest is the article's.")),
    "document": Term(_("in a document"), _("A report, a letter, a notice.")),
    "gesture": Term(_("by an act"), _("A protest, a signature, a refusal to sign.")),
}

BASES = {
    "witnessed": Term(_("witnessed"), _("The speaker was there.")),
    "told": Term(_("told by others"), _("The speaker has it from somebody else.")),
    "document": Term(_("from a document"), _("The speaker has it from something written.")),
    "estimate": Term(_("an estimate"), _("The speaker has worked it out.")),
    "not stated": Term(_("not stated"), _("The article does not say how the speaker knows.")),
}

# How one hop of a chain is joined to what was said, read outwards from the speaker.
STEPS = {
    "says": Term(_("according to"), _("The next hop is the one who says that it was said.")),
    "cites": Term(_("cited by"), _("The next hop names where it has the words from.")),
    "relays": Term(_("relayed by"), _("The next hop passes the words on.")),
    "translates": Term(_("translated by"), _("The next hop put the words into another language.")),
    "on behalf of": Term(_("spoken for by"), _("The next hop speaks in the name of the speaker.")),
}

DERIVATIONS = {
    "verbatim": Term(_("the same text as"), _("Word for word.")),
    "edited": Term(_("an edited version of"), _("The same text with changes.")),
    "excerpt": Term(_("an excerpt of"), _("A part of it.")),
    "translation": Term(_("a translation of"), _("In another language.")),
}

TREATMENTS = {
    "endorses": Term(_("endorses"), _("States the claim in the outlet's own voice.")),
    "contests": Term(_("contests"), _("Speaks against the claim in the outlet's own voice.")),
    "relays": Term(_("relays"), _("Leaves the claim to those who make it.")),
    "does not mention": Term(_("does not mention"), _("Leaves the claim out.")),
}

CAPTURE_METHODS = {
    "pasted": _("pasted by an editor"),
    "uploaded": _("uploaded as a file"),
    "fetched": _("fetched from the address"),
    "excerpt": _("short excerpts only"),
    "bookmarklet": _("as an editor’s browser showed it"),
}

NAME_KINDS = {
    "primary": _("main name"),
    "alias": _("also"),
    "former": _("formerly"),
    "as printed": _("as printed"),
}

MODIFIERS = ("", "about", "at least", "up to", "estimated")

NOTES = {
    "identity": pgettext("what a note is about", "Who it is"),
    "date": pgettext("what a note is about", "Date"),
    "figure": pgettext("what a note is about", "Figure"),
    "wording": pgettext("what a note is about", "Wording"),
    "other": pgettext("what a note is about", "Note"),
}

DOCUMENT_KINDS = {
    "topic": (_("topic"), _("topics")),
    "question": (_("question"), _("questions")),
    "claim": (_("claim"), _("claims")),
    "actor": (_("actor"), _("actors")),
    "outlet": (_("outlet"), _("outlets")),
    "article": (_("article"), _("articles")),
    "statement": (_("statement"), _("statements")),
}
