"""The word lists of a language, read once from its folder."""

import functools
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path

from ..grammars import code_of, grammar_module
from .attribution_grammar import Grammar
from .calibration import read_calibration


@dataclass(frozen=True)
class Cue:
    """A reporting word: what it does (`act`) and how its content may be attached (`frames`: frame -> confidence)."""

    lemma: str
    act: str
    frames: dict[str, float] = field(hash=False)

    def weight(self, frame: str) -> float:
        return self.frames.get(frame, 0.0)


Entry = tuple[tuple[str, ...], Cue]  # the words after a reporting word, and what it is with them


class WordSets(dict[str, set[str]]):
    """Sets of words by name; one that the list does not have is empty, and its rule then finds nothing."""

    def __missing__(self, name: str) -> set[str]:
        return set()


def lines_of(path: Path) -> Iterator[tuple[str, str]]:
    """Yield (section, line) of a word list; # begins a comment, [name] a section."""
    section = ""
    for line in path.read_text(encoding="utf-8").splitlines():
        line = line.split("#", 1)[0].strip()
        if line.startswith("["):
            section = line.strip("[]")
        elif line:
            yield section, line


def word_sets(path: Path) -> WordSets:
    """The words of a list by section."""
    found = WordSets()
    for section, line in lines_of(path):
        found.setdefault(section, set()).update(line.split())
    return found


def all_words(path: Path) -> set[str]:
    """The words of a list, whatever their section."""
    return set().union(*word_sets(path).values())


def cue_of(line: str, act: str) -> Cue:
    """The cue that a line of a list tells: what is weak in it ends in “?”."""
    lemma, *frames = line.split()
    weights = {frame.rstrip("?"): 0.4 if lemma.endswith("?") or frame.endswith("?") else 0.8 for frame in frames}
    return Cue(lemma.rstrip("?"), act, weights)


class Lexicon:
    """Word lists of one language.

    closed    word -> tag of a closed class            forms    verb form -> {tag: lemma}
    verbs     lemma -> [(words after it, Cue)], longest first; the same shape: adjectives, nouns
    never_nouns  verb forms that no neighbour makes a noun
    bounds       first word -> the phrases that bound a number
    rules        small sets the rules ask for, by name
    agreement    pronouns, titles and nouns by what they agree with
    speakers  head noun -> person, people, body or paper
    calibration  what the evidence for a proposal is worth
    grammar   how words are cut and inflected
    """

    def __init__(self, folder: Path, grammar: Grammar) -> None:
        self.grammar = grammar
        self.closed: dict[str, str] = {}
        self.times: set[str] = set()
        for tag, line in lines_of(folder / "function_words.txt"):
            if tag == "TIME":
                self.times.update(line.split())
            else:
                self.closed = dict.fromkeys(line.replace("’", "'").split(), tag) | self.closed
        lines = (line.split() for _, line in lines_of(folder / "irregular_verbs.txt"))
        irregular = {base: (past.split("/"), participle.split("/")) for base, past, participle in lines}
        self.verbs = cues_of(folder / "verbs.txt")
        self.adjectives = cues_of(folder / "adjectives.txt")
        self.nouns = cues_of(folder / "nouns.txt")
        self.forms: dict[str, dict[str, str]] = {}
        for base in sorted({*irregular, *self.verbs, *all_words(folder / "other_verbs.txt")}):
            for form, tag in grammar.inflections(base, irregular):
                self.forms.setdefault(form, {}).setdefault(tag, base)
        self.never_nouns = all_words(folder / "never_nouns.txt")
        self.phrases: dict[str, list[tuple[tuple[str, ...], str]]] = {}
        for kind, line in lines_of(folder / "phrases.txt"):
            words = tuple(line.split())
            self.phrases.setdefault(words[0], []).append((words, kind))
        self.bounds: dict[str, list[tuple[str, ...]]] = {}
        for _, line in lines_of(folder / "bounds.txt"):
            bound = tuple(line.split())
            self.bounds.setdefault(bound[0], []).append(bound)
        self.rules = word_sets(folder / "rules.txt")
        self.speakers: dict[str, str] = {}
        for kind, line in lines_of(folder / "people.txt"):
            self.speakers = dict.fromkeys(line.split(), kind) | self.speakers
        self.rules["speakers"] = set(self.speakers)
        self.rules["informants"] = {word for word, kind in self.speakers.items() if kind != "paper"}
        self.rules["papers"] = {word for word, kind in self.speakers.items() if kind == "paper"}
        self.calibration = read_calibration(lines_of(folder / "confidence.txt"))
        self.agreement = word_sets(folder / "coreference.txt")
        self.clitics = self.rules["short for is"] | self.rules["short for would"]


def cues_of(path: Path) -> dict[str, list[Entry]]:
    """The reporting words of a list by their first word, each with its cues, those of most words first."""
    table: dict[str, dict[tuple[str, ...], Cue]] = {}
    for act, line in lines_of(path):
        cue = cue_of(line, act)
        head, *others = cue.lemma.split("_")
        entries, further = table.setdefault(head, {}), tuple(others)
        if further in entries:  # the same verb under two headings: one cue with both sets of frames, first act wins
            cue = Cue(cue.lemma, entries[further].act, {**cue.frames, **entries[further].frames})
        entries[further] = cue
    return {head: sorted(entries.items(), key=lambda item: -len(item[0])) for head, entries in table.items()}


@functools.cache
def lexicon(language: str = "en") -> Lexicon:
    """The word lists of `language` (a BCP 47 tag); ValueError when there is no folder for it."""
    module = grammar_module(code_of(language), "attributions")
    if module is None:
        raise ValueError(f"No word lists for the language “{language}”.")
    return Lexicon(Path(module.__path__[0]), module.GRAMMAR)
