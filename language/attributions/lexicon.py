"""The word lists of a language, read once from its folder."""

import functools
import pathlib
import re
from dataclasses import dataclass, field


@dataclass(frozen=True)
class Cue:
    """A reporting word: what it does (`act`) and how its content may be attached (`frames`: frame -> confidence)."""

    lemma: str
    act: str
    frames: dict = field(hash=False)

    def weight(self, frame):
        return self.frames.get(frame, 0.0)


def sections(path):
    """Yield (section, line) of a word list; # begins a comment, [name] a section."""
    section = ""
    for line in path.read_text(encoding="utf-8").splitlines():
        line = line.split("#", 1)[0].strip()
        if line.startswith("["):
            section = line.strip("[]")
        elif line:
            yield section, line


def sets(path):
    """The words of a list by section."""
    found = {}
    for section, line in sections(path):
        found.setdefault(section, set()).update(line.split())
    return found


def all_words(path):
    """The words of a list, whatever their section."""
    return set().union(*sets(path).values())


def cue_of(line, act):
    """The cue that a line of a list tells: what is weak in it ends in “?”."""
    lemma, *frames = line.split()
    weights = {frame.rstrip("?"): 0.4 if lemma.endswith("?") or frame.endswith("?") else 0.8 for frame in frames}
    return Cue(lemma.rstrip("?"), act, weights)


def inflections(base, irregular):
    """(form, tag) of a verb: VB, VBZ, VBG, VBD, VBN. Doubling is guessed both ways for longer verbs."""
    to_ies = re.search(r"[^aeiou]y$", base)
    yield base, "VB"
    if re.search(r"(s|x|z|ch|sh|o)$", base):
        yield base + "es", "VBZ"
    else:
        yield base[:-1] + "ies" if to_ies else base + "s", "VBZ"
    doubling = re.search(r"[^aeiou][aeiou][^aeiouwxy]$", base) or re.search(r"[^aeiou]ui?[tzp]$", base)
    if base.endswith("ie"):
        stems = [base[:-2] + "y"]
    elif base.endswith("e") and not base.endswith(("ee", "oe", "ye")):
        stems = [base[:-1]]
    else:
        stems = [base] if not doubling or len(re.findall(r"[aeiouy]+", base)) > 1 else []
        stems += [base + base[-1]] if doubling else []
    past = [base + "d"] if base.endswith("e") else [base[:-1] + "ied"] if to_ies else [stem + "ed" for stem in stems]
    pasts, participles = irregular.get(base, (past, past))
    yield from ((stem + "ing", "VBG") for stem in stems)
    yield from ((form, "VBD") for form in pasts)
    yield from ((form, "VBN") for form in participles)


class Lexicon:
    """Word lists of one language.

    closed    word -> tag of a closed class            forms    verb form -> {(lemma, tag)}
    verbs     lemma -> [(words after it, Cue)], longest first; the same shape: adjectives, nouns
    never_nouns  verb forms that no neighbour makes a noun
    rules        small sets the rules ask for, by name
    agreement    pronouns, titles and nouns by what they agree with
    speakers  head noun -> person, people, body or paper
    """

    def __init__(self, folder):
        self.closed, self.times = {}, set()
        for tag, line in sections(folder / "function_words.txt"):
            if tag == "TIME":
                self.times.update(line.split())
            else:
                self.closed = dict.fromkeys(line.replace("’", "'").split(), tag) | self.closed
        lines = (line.split() for _, line in sections(folder / "irregular_verbs.txt"))
        irregular = {base: (past.split("/"), participle.split("/")) for base, past, participle in lines}
        self.verbs = self.cues(folder / "verbs.txt")
        self.adjectives = self.cues(folder / "adjectives.txt")
        self.nouns = self.cues(folder / "nouns.txt")
        self.forms = {}
        for base in sorted({*irregular, *self.verbs, *all_words(folder / "other_verbs.txt")}):
            for form, tag in inflections(base, irregular):
                self.forms.setdefault(form, {}).setdefault(tag, base)
        self.never_nouns = all_words(folder / "never_nouns.txt")
        self.phrases = {}
        for kind, line in sections(folder / "phrases.txt"):
            words = tuple(line.split())
            self.phrases.setdefault(words[0], []).append((words, kind))
        self.rules = sets(folder / "rules.txt")
        self.agreement = sets(folder / "coreference.txt")
        self.speakers = {}
        for kind, line in sections(folder / "people.txt"):
            self.speakers = dict.fromkeys(line.split(), kind) | self.speakers

    @staticmethod
    def cues(path):
        table = {}
        for act, line in sections(path):
            cue = cue_of(line, act)
            head, *rest = cue.lemma.split("_")
            entries, rest = table.setdefault(head, {}), tuple(rest)
            if rest in entries:  # the same verb under two headings: one cue with both sets of frames, first act wins
                cue = Cue(cue.lemma, entries[rest].act, {**cue.frames, **entries[rest].frames})
            entries[rest] = cue
        return {head: sorted(e.items(), key=lambda item: -len(item[0])) for head, e in table.items()}


@functools.cache
def lexicon(language="en"):
    """The word lists of `language` (a BCP 47 code); ValueError when there is no folder for it."""
    code = language.split("-")[0]
    folder = pathlib.Path(__file__).parent.parent / code / "attributions"
    if not re.fullmatch(r"[a-z]{2,3}", code) or not folder.is_dir():
        raise ValueError(f"No word lists for the language “{language}”.")
    return Lexicon(folder)
