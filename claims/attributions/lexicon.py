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


def cue_of(line, act):
    lemma, *frames = line.split()
    weak = lemma.endswith("?")
    weights = {}
    for frame in frames:
        name = frame.rstrip("?")
        weights[name] = 0.4 if weak or frame.endswith("?") else 0.8
    return Cue(lemma.rstrip("?"), act, weights)


def inflections(base, irregular):
    """(form, tag) of a verb: VB, VBZ, VBG, VBD, VBN. Doubling is guessed both ways for longer verbs."""
    yield base, "VB"
    if re.search(r"(s|x|z|ch|sh|o)$", base):
        yield base + "es", "VBZ"
    elif re.search(r"[^aeiou]y$", base):
        yield base[:-1] + "ies", "VBZ"
    else:
        yield base + "s", "VBZ"
    doubling = re.search(r"[^aeiou][aeiou][^aeiouwxy]$", base) or re.search(r"[^aeiou]ui?[tzp]$", base)
    syllables = len(re.findall(r"[aeiouy]+", base))
    stems = []
    if base.endswith("ie"):
        stems = [base[:-2] + "y"]
    elif base.endswith("e") and not base.endswith(("ee", "oe", "ye")):
        stems = [base[:-1]]
    else:
        if not doubling or syllables > 1:
            stems.append(base)
        if doubling:
            stems.append(base + base[-1])
    for stem in stems:
        yield stem + "ing", "VBG"
    if base in irregular:
        past, participle = irregular[base]
        for form in past.split("/"):
            yield form, "VBD"
        for form in participle.split("/"):
            yield form, "VBN"
        return
    if base.endswith("e"):
        past = [base + "d"]
    elif re.search(r"[^aeiou]y$", base):
        past = [base[:-1] + "ied"]
    else:
        past = [stem + "ed" for stem in stems]
    for form in past:
        yield form, "VBD"
        yield form, "VBN"


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
            for word in line.split():
                if tag == "TIME":
                    self.times.add(word)
                else:
                    self.closed.setdefault(word.replace("’", "'"), tag)
        irregular = {}
        for _, line in sections(folder / "irregular_verbs.txt"):
            base, past, participle = line.split()
            irregular[base] = (past, participle)
        self.verbs = self.cues(folder / "verbs.txt")
        self.adjectives = self.cues(folder / "adjectives.txt")
        self.nouns = self.cues(folder / "nouns.txt")
        bases = set(irregular) | set(self.verbs)
        for _, line in sections(folder / "other_verbs.txt"):
            bases.update(line.split())
        self.forms = {}
        for base in bases:
            for form, tag in inflections(base, irregular):
                self.forms.setdefault(form, {}).setdefault(tag, base)
        self.never_nouns = {word for _, line in sections(folder / "never_nouns.txt") for word in line.split()}
        self.phrases = {}
        for kind, line in sections(folder / "phrases.txt"):
            words = tuple(line.split())
            self.phrases.setdefault(words[0], []).append((words, kind))
        self.rules = {}
        for section, line in sections(folder / "rules.txt"):
            self.rules.setdefault(section, set()).update(line.split())
        self.agreement = {}
        for section, line in sections(folder / "coreference.txt"):
            self.agreement.setdefault(section, set()).update(line.split())
        self.speakers = {}
        for kind, line in sections(folder / "people.txt"):
            for word in line.split():
                self.speakers.setdefault(word, kind)

    @staticmethod
    def cues(path):
        table = {}
        for act, line in sections(path):
            cue = cue_of(line, act)
            head, *rest = cue.lemma.split("_")
            entries = table.setdefault(head, {})
            rest = tuple(rest)
            if rest in entries:  # the same verb under two headings: one cue with both sets of frames, first act wins
                cue = Cue(cue.lemma, entries[rest].act, {**cue.frames, **entries[rest].frames})
            entries[rest] = cue
        return {head: sorted(e.items(), key=lambda item: -len(item[0])) for head, e in table.items()}


@functools.cache
def lexicon(language="en"):
    """The word lists of `language` (a BCP 47 code); ValueError when there is no folder for it."""
    folder = pathlib.Path(__file__).parent / language.split("-")[0]
    if not re.fullmatch(r"[a-z]{2,3}", folder.name) or not folder.is_dir():
        raise ValueError(f"No word lists for the language “{language}”.")
    return Lexicon(folder)
