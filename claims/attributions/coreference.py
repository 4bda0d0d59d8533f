"""Whom a source phrase stands for: names shortened after first mention, pronouns, “the ministry”, “the source”.

A ledger of everybody who has spoken or been named so far, most recent last; the nearest that agrees wins, as in the
salience lists of Lappin and Leass (1994), without a parse: agreement in number, sex and kind, then nearness, a speaker
before somebody merely named. Every answer has a confidence and says why.
"""

from dataclasses import dataclass, field

from .clauses import FINITE, phrase_right

SURE, LIKELY, FAIR, UNSURE = 0.95, 0.85, 0.7, 0.4
MANY, RECENT = 300, 30  # how far back the ledger is searched: keeps reading time linear
STOP_TAGS = frozenset((",", "WH", "DASH", "(", ";", "THAT"))


@dataclass
class Known:
    """Somebody or something that can speak: the fullest name so far, its words, and what is known of it."""

    name: str
    words: frozenset
    kind: str = ""  # person, people, body, paper, or "" where not known
    sex: str = ""  # he, she
    heads: set = field(default_factory=set)
    paragraph: int = 0
    spoke: bool = False


@dataclass(frozen=True)
class Answer:
    name: str
    confidence: float
    why: str


class Ledger:
    """Who has been named and who has spoken, in the order of the text."""

    def __init__(self, lexicon):
        self.lexicon = lexicon
        self.known = []

    def add(self, entry):
        self.known.append(entry)
        if len(self.known) > 2 * MANY:
            del self.known[:-MANY]

    def latest(self, entry):
        """Move `entry` to the end."""
        at = next(i for i in range(len(self.known) - 1, -1, -1) if self.known[i] is entry)
        self.known.append(self.known.pop(at))

    def name_mentions(self, tokens, paragraph):
        """Enter the names of a sentence (two words or more with capitals), before its speakers are resolved.

        Lines without a verb (bylines, captions) are left out; a description that opens the sentence is entered.
        """
        if not any(t.tag in FINITE for t in tokens):
            return
        opener = next((i for i, t in enumerate(tokens) if t.tag in ("DT", "NN", "JJ", "NNP", "POSS")), None)
        if opener is not None and opener < 3:
            end = phrase_right(tokens, opener)
            heads, kind = self.heads(tokens[opener:end])
            if heads and tokens[end - 1].tag != "NNP" and not self.taken_up(tokens[opener:end], heads):
                self.add(self.new(tokens[opener:end], joined_text(tokens[opener:end]), heads, kind, paragraph))
        for first, last in name_runs(tokens):
            words = [t.text for t in tokens[first : last + 1]]
            self.enter(words, "", paragraph, spoke=False, subject=first == 0)

    def enter(self, words, kind, paragraph, spoke, heads=(), name="", subject=False):
        """The entry these words belong to, made or brought up to date."""
        sex = self.sex_of(words, heads)
        core = self.core(words)
        entry = self.find(core) if core else None
        if entry is None:
            if not spoke and len(core) < 2:
                return None
            entry = Known(name or " ".join(core or words), frozenset(w.lower() for w in core or words), kind or "")
            self.add(entry)
        elif spoke or subject:
            self.latest(entry)
        if len(core) > len(entry.words) and entry.kind != "body":
            entry.name, entry.words = " ".join(core), frozenset(w.lower() for w in core)
        entry.kind = entry.kind or kind
        entry.sex = entry.sex or sex
        entry.heads |= set(heads)
        entry.paragraph = paragraph
        entry.spoke = entry.spoke or spoke
        return entry

    def taken_up(self, tokens, heads):
        names = {t.lower for t in tokens if t.tag == "NNP"}
        return any(entry.heads & set(heads) and names <= entry.words for entry in self.known[-RECENT:])

    def new(self, tokens, name, heads, kind, paragraph, spoke=False):
        words = frozenset(t.lower for t in tokens if t.tag in ("NN", "NNP", "JJ", "CD"))
        return Known(name, words, kind or "", self.sex_of([], heads), set(heads), paragraph, spoke)

    def papers(self, tokens, cue, name, paragraph):
        """Enter “its own statement”, “in a statement” after a cue as papers of the speaker: “the statement added”."""
        for i in range(cue, min(len(tokens), cue + 40)):
            if self.lexicon.speakers.get(tokens[i].lower) == "paper" and tokens[i].tag in ("NN", "NNP"):
                before = [t.lower for t in tokens[max(0, i - 3) : i]]
                if any(w in self.lexicon.rules["possessives"] for w in before) or ("in" in before and "a" in before):
                    self.add(
                        Known(
                            f"{tokens[i].lower} of {name}",
                            frozenset(),
                            "paper",
                            "",
                            {tokens[i].lower},
                            paragraph,
                            False,
                        )
                    )
                    return

    def core(self, words):
        """The words of a name without titles and possessives: “Foreign Minister Wang Yi” -> Wang Yi."""
        titles = self.lexicon.agreement["titles"]
        first = next((i + 1 for i in range(len(words) - 2, -1, -1) if words[i].lower() in titles), 0)
        return [w for w in words[first:] if w[0].isalnum() and w not in ("’s", "'s") and w.lower() not in titles]

    def sex_of(self, words, heads=()):
        agreement = self.lexicon.agreement
        title = words[0].lower() if words else ""
        for sex, pronoun in (("male", "he"), ("female", "she")):
            if title in agreement[sex + " titles"] or not agreement[sex + " nouns"].isdisjoint(heads):
                return pronoun
        return ""

    def find(self, core):
        """The latest entry that these words name: its last word, or all its words; or its initials."""
        lower = {w.lower() for w in core}
        for entry in reversed(self.known[-MANY:]):
            if lower <= entry.words or (len(entry.words) > 1 and entry.words <= lower):
                return entry
        if len(core) == 1 and core[0].isupper() and len(core[0]) < 6:
            for entry in reversed(self.known[-MANY:]):
                if "".join(w[0] for w in entry.name.split() if w[0].isupper()) == core[0].replace(".", ""):
                    return entry
        return None

    def resolve(self, tokens, first, last, paragraph, antecedent=()):
        """The Answer for the source phrase tokens[first..last]; the speaker is entered as having spoken."""
        agreement = self.lexicon.agreement
        head = tokens[first]
        if first == last or (last - first == 1 and tokens[last].tag == "POS"):
            for pronoun in ("who", "he", "she", "it", "they", "we", "i"):
                if head.lower in agreement[pronoun] and head.tag in ("PRP", "POSS", "WH", "THAT", "DT"):
                    return self.pronoun(pronoun, tokens, first, paragraph, antecedent)
        if antecedent and head.lower in self.lexicon.rules["whose"]:
            return self.owned(tokens, first, last, paragraph, antecedent)
        if antecedent and head.lower in self.lexicon.rules["relative"] and first == last:
            return self.follows(head.text, antecedent, tokens, paragraph)
        return self.phrase(tokens, first, last, paragraph)

    def follows(self, words, antecedent, tokens, paragraph):
        answer = self.phrase(tokens, *antecedent, paragraph)
        return Answer(answer.name, min(answer.confidence, LIKELY), f"“{words}” follows “{answer.name}”")

    def owned(self, tokens, first, last, paragraph, antecedent):
        """“X, whose testimony showed”: X speaks. “X, whose lawyer said”: the lawyer does."""
        owner = self.follows(joined_text(tokens[first : last + 1]), antecedent, tokens, paragraph)
        owned = tokens[first + 1 : last + 1]
        heads, kind = self.heads(owned[-1:])
        if kind in ("", "paper"):
            return owner
        name = f"{joined_text(owned)} of {owner.name}"
        self.add(self.new(owned, name, heads, kind, paragraph, spoke=True))
        return Answer(name, owner.confidence, owner.why)

    def pronoun(self, pronoun, tokens, first, paragraph, antecedent):
        word = tokens[first].text
        if antecedent:
            return self.follows(word, antecedent, tokens, paragraph)
        if pronoun in ("i", "we"):
            return Answer("", UNSURE, f"“{word}”: the author, or somebody quoted")
        sex = pronoun if pronoun in ("he", "she") else ""
        kinds = {
            "he": ("person", ""),
            "she": ("person", ""),
            "who": ("person", "people", ""),
            "it": ("body", "paper"),
            "they": ("people", "body"),
        }[pronoun]
        for strict in (True, False):
            for entry in reversed(self.known[-MANY:]):
                if paragraph - entry.paragraph > 3 or not (entry.spoke or not strict):
                    continue
                if (
                    entry.kind in kinds
                    and (not sex or entry.sex in ("", sex))
                    and not (pronoun in ("it", "they") and not entry.kind)
                ):
                    near = paragraph - entry.paragraph <= 1
                    entry.sex = entry.sex or sex
                    entry.paragraph = paragraph
                    return Answer(
                        entry.name,
                        FAIR if near and strict else 0.55,
                        f"“{word}” taken for the last that agrees, “{entry.name}”",
                    )
        return Answer("", UNSURE, f"“{word}”: nobody before it agrees")

    def phrase(self, tokens, first, last, paragraph):
        """A name, or a description that repeats an earlier one, or somebody new."""
        lexicon = self.lexicon
        stop = next((i for i in range(first, last + 1) if tokens[i].tag in STOP_TAGS), last + 1)
        text = joined_text(tokens[first:stop])
        runs = name_runs(tokens[first:stop])
        heads, kind = self.heads(tokens[first:stop])
        ends_in_name = runs and runs[-1][1] == stop - first - 1
        rest = name_runs(tokens[stop + 1 : last + 1]) if stop < last and tokens[stop].tag == "," else []
        if not ends_in_name and rest and rest[0][0] == 0:
            a, b = rest[0]  # “The governor of the region, X”
            words = [t.text for t in tokens[stop + 1 + a : stop + 2 + b]]
            entry = self.enter(words, kind or "person", paragraph, True, heads)
            return Answer(entry.name, SURE, "named after the description")
        if ends_in_name:
            a, b = runs[-1]
            words = [t.text for t in tokens[first + a : first + b + 1]]
            if a and tokens[first + a - 1].tag == "POS":
                return self.described(tokens, first, stop, heads, kind, text, paragraph)
            before_of = any(t.tag == "IN" for t in tokens[first : first + a])
            if before_of or (tokens[first].tag == "DT" and a == 1 and not self.core(words)):
                return self.described(tokens, first, stop, heads, kind, text, paragraph)
            if len(runs) > 1 and any(t.tag == "CC" for t in tokens[first:stop]):
                entry = self.enter(text.split(), "people", paragraph, True, name=text)
                return Answer(text, SURE, "named together")
            core = self.core(words)
            known = self.find(core)
            role = [t.lower for t in tokens[stop + 1 : last + 1]] if stop < last else []
            apposed = [w for w in role if w in lexicon.speakers][:1]
            kind = kind or (lexicon.speakers.get(apposed[0], "") if apposed else "")
            entry = self.enter(words, kind, paragraph, True, apposed + heads)
            if known is not None and len(entry.name.split()) > len(core):
                return Answer(
                    entry.name, SURE, f"“{joined_text(tokens[first + a : first + b + 1])}” named in full before"
                )
            return Answer(entry.name if len(core) > 1 or known else text, SURE, "named here")
        return self.described(tokens, first, stop, heads, kind, text, paragraph)

    def heads(self, tokens):
        """Nouns of the phrase, before its first “of”, that can speak, and their kind."""
        stop = next((i for i, t in enumerate(tokens) if t.tag == "IN" and i), len(tokens))
        heads, kind = [], ""
        for token in tokens[:stop]:
            for word in (token.lower, token.lower.rstrip("s")):
                if word in self.lexicon.speakers:
                    heads.append(word)
                    kind = self.lexicon.speakers[word]
                    if kind == "person" and word != token.lower:
                        kind = "people"
                    break
        return heads[-1:], kind

    def described(self, tokens, first, stop, heads, kind, text, paragraph):
        """“the ministry”, “a second source”, “Kazakh sources”."""
        agreement = self.lexicon.agreement
        opener = tokens[first].lower
        names = {t.lower for t in tokens[first:stop] if t.tag == "NNP"}
        if opener in agreement["definite"] and heads:
            for entry in reversed(self.known[-MANY:]):
                if (entry.heads & set(heads)) and (not names or names <= entry.words):
                    entry.spoke, entry.paragraph = True, paragraph
                    self.latest(entry)
                    if entry.name.lower() == text.lower():
                        return Answer(entry.name, LIKELY, "as before")
                    return Answer(
                        entry.name,
                        FAIR if paragraph - entry.paragraph <= 4 else 0.55,
                        f"“{text}” taken up from “{entry.name}”",
                    )
            for entry in reversed(self.known[-RECENT:]):
                if (
                    not names
                    and entry.spoke
                    and not entry.heads
                    and kind == "person"
                    and entry.kind in ("", "person")
                    and paragraph - entry.paragraph <= 2
                ):
                    return Answer(entry.name, UNSURE, f"“{text}” perhaps “{entry.name}”")
        self.add(self.new(tokens[first:stop], text, heads, kind, paragraph, spoke=True))
        unsure = opener in agreement["definite"] and not heads
        return Answer(text, UNSURE if unsure else LIKELY, "described here")


def name_runs(tokens):
    """(first, last) of each run of capitalised words, titles with them; “of” and “and” end a run."""
    runs, begun = [], None
    for i, token in enumerate(tokens):
        if token.tag == "NNP":
            begun = i if begun is None else begun
        elif begun is not None:
            runs.append((begun, i - 1))
            begun = None
    if begun is not None:
        runs.append((begun, len(tokens) - 1))
    return runs


def joined_text(tokens):
    """The words of a phrase as printed, with single spaces."""
    out = ""
    for previous, token in zip([None, *tokens], tokens, strict=False):
        out += (" " if previous is not None and token.start > previous.end else "") + token.text
    return out
