"""The word lists by which stances are read in one language."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import cache
from pathlib import Path

from ..attributions.attribution_grammar import Grammar
from ..attributions.lexicon import lines_of, word_sets
from ..grammars import grammar_module
from ..likeness import stem_of

PARTICIPLE = "VBN"


@dataclass(frozen=True)
class StanceWords:
    """The word lists of one language."""

    cues: Mapping[str, list[tuple[tuple[str, ...], str]]]  # base of the first word -> what follows it, and its act
    forms: Mapping[str, frozenset[str]]
    sets: Mapping[str, frozenset[str]]
    opposites: Mapping[str, frozenset[int]]  # stem -> signed numbers of its groups

    def __getitem__(self, name: str) -> frozenset[str]:
        return self.sets.get(name, frozenset())


@cache
def words_of(code: str) -> StanceWords | None:
    """The lists of the language of this code; None where it has none."""
    module = grammar_module(code, "stances")
    if module is None:
        return None
    folder = Path(module.__path__[0])
    cues: dict[str, list[tuple[tuple[str, ...], str]]] = {}
    for act, line in lines_of(folder / "cues.txt"):
        for entry in line.split():
            base, *following = entry.split("_")
            cues.setdefault(base, []).append((tuple(following), act))
    for entries in cues.values():
        entries.sort(key=lambda entry: -len(entry[0]))
    sets = {name: frozenset(found) for name, found in word_sets(folder / "words.txt").items()}
    forms, participles = _forms({*cues, *sets["negating verbs"], *sets["ends it"]}, code)
    return StanceWords(cues, forms, {**sets, "participles": participles}, _opposites(folder))


def _forms(bases: Iterable[str], code: str) -> tuple[dict[str, frozenset[str]], frozenset[str]]:
    """Every form of the verbs, with what it may be a form of; and the participles among them."""
    module = grammar_module(code, "attributions")
    if module is None:
        return {base: frozenset((base,)) for base in bases}, frozenset()
    grammar: Grammar = module.GRAMMAR
    lines = (line.split() for _, line in lines_of(Path(module.__path__[0]) / "irregular_verbs.txt"))
    irregular = {base: (past.split("/"), participle.split("/")) for base, past, participle in lines}
    found: dict[str, set[str]] = {form: {lemma} for form, lemma in grammar.auxiliaries.items()}
    participles = set()
    for base in bases:
        for form, tag in grammar.inflections(base, irregular):
            found.setdefault(form, set()).add(base)
            if tag == PARTICIPLE:
                participles.add(form)
        found.setdefault(base + "s", set()).add(base)
    return {form: frozenset(lemmas) for form, lemmas in found.items()}, frozenset(participles)


def _opposites(folder: Path) -> dict[str, frozenset[int]]:
    """The stems of words with opposites: the number of their group, with another sign on either side."""
    found: dict[str, set[int]] = {}
    for number, (_, line) in enumerate(lines_of(folder / "antonyms.txt"), 1):
        for sign, side in zip((1, -1), line.split(":"), strict=True):
            for word in side.split():
                found.setdefault(stem_of(word), set()).add(sign * number)
    return {stem: frozenset(numbers) for stem, numbers in found.items()}
