"""Tables that pin every reading: a sentence on a line, and below it, indented, what is read in it, one by one.

    python -m tests.pinned        writes what is read now; look at the difference before it is committed

"[…]" on a line of its own says what the sentences that follow are read with: the day of the article, or the names that
are withheld and the words of them that were printed alone (" ! "). " ⇒ " parts what is looked for from the text.
"""

import os
import re
from functools import lru_cache
from itertools import accumulate
from pathlib import Path

CASES = Path(__file__).parent / "cases"
GIVEN = re.compile(r"\[(.*)\]")


def amounts(text, given):
    from language.amounts import read_amounts

    for one in read_amounts(text):
        figures = ("" if each is None else f"{each:f}" for each in (one.amount, one.lower, one.upper))
        yield one, [*figures, one.modifier, one.unit, one.counted, "sure" if one.sure else "unsure", one.why]


def dates(text, given):
    from language.dates import read_dates

    for one in read_dates(text, published=given):
        yield one, [one.edtf, one.rule, "sure" if one.sure else "unsure", " ".join(one.others), one.why]


def forms(text, given):
    from claims.privacy import Person

    names, _, printed = given.partition(" ! ")
    for one in matcher_of(Person("", tuple(names.split(" ; ")), frozenset(printed.split()))).find(text):
        yield one, [one.grade, "whole" if one.whole else ""]


@lru_cache(maxsize=4)
def matcher_of(person):
    from claims.privacy import Matcher

    return Matcher([person])


def marked(words):
    """A text in which ⟦ and ⟧ stand around passages and ¶ for a new paragraph: the text, (start, end) of each."""
    pieces = re.split("[⟦⟧]", words.replace("¶", "\n\n"))
    edges = list(accumulate(map(len, pieces)))
    return "".join(pieces), list(zip(edges[::2], edges[1::2], strict=False))


def anchored(line, given):
    """Where passages of one text stand in another: known with their text, with what is kept of them, in excerpts."""
    from articles.anchoring import anchor_quotes, known_quotes
    from articles.text import span

    text, places = marked(line.partition(" ⇒ ")[0])
    later, _ = marked(line.partition(" ⇒ ")[2])
    excerpt = f"[…]\n{text}\n[…]"
    own, inside = [span(text, *place) for place in places], [span(excerpt, a + 4, b + 4) for a, b in places]
    ways = {
        "whole": known_quotes(text, own, whole=True),
        "kept": own,
        "excerpt": known_quotes(excerpt, inside, whole=False),
        "line": known_quotes(text, own, whole=False),
    }
    for way, quotes in ways.items():
        found = [f"{one.start}-{one.end}" if one else "?" for one in anchor_quotes(later, quotes)]
        yield f"{way}: {' '.join(found)}"


def edges(line, given):
    """The places that lie within a word or number, by the character before them; with ending: where words may end."""
    from articles.word_edges import cuts_word, is_within_word, widen_to_words

    for ending in (False, True):
        yield " ".join(str(at) for at in range(len(line) + 1) if is_within_word(line, at, ending=ending)) or "none"
    spans = dict.fromkeys(widen_to_words(line, at, at + 1) for at in range(len(line)))
    yield " | ".join(line[slice(*span)] for span in spans)
    yield " | ".join(line[slice(*span)] for span in spans if cuts_word(line, *span, spaced=False)) or "none"


def reworded(line, given):
    from articles.rewording import nearest_wording

    words, _, text = line.partition(" ⇒ ")
    text, places = marked(text)
    prefix, suffix = "", ""
    for start, end in places:
        prefix, suffix = text[max(0, start - 40) : start], text[end : end + 40]
    if found := nearest_wording(text, words, prefix, suffix):
        yield found.span, [f"{found.likeness:.4f}"]


def folded(line, given):
    """A text without typography, and from where to where in the text each of its characters stands.

    "U+2010" stands for the 16 characters from there on: those that are folded.
    """
    from articles.text import fold

    if line.startswith("U+"):
        letters = [chr(int(line[2:], 16) + number) for number in range(16)]
        yield " ".join(f"{ord(one):04X}={fold(one).text!a}" for one in letters if fold(one).text != one)
        return
    text = re.sub(r"\\u([0-9a-f]{4})", lambda match: chr(int(match[1], 16)), line.replace(r"\n", "\n"))
    for made in filter(None, (fold(text), fold(text).with_joined_words)):
        spans = [made.span(at, at + 1) for at in range(len(made.text))]
        yield f"{made.text!a} {' '.join(f'{one[0]}-{one[1]}' if one else '?' for one in spans)}"


def located(line, given):
    """The one place of words in a text, or why there is none; `given` is what stands before ⇒ and after it."""
    from articles.text import QuoteIsAmbiguous, QuoteNotFound, locate

    words, _, text = line.replace(r"\n", "\n").partition(" ⇒ ")
    prefix, _, suffix = given.partition(" ⇒ ")
    try:
        found = locate(text, words, prefix, suffix)
    except (QuoteNotFound, QuoteIsAmbiguous) as refused:
        yield str(refused)
    else:
        yield found, [found.prefix, found.suffix]


def compared(line, given):
    """What two texts have in common, and what is kept of the first to find it by."""
    from articles.reprints import compare_texts, excerpt_shingles, sample_shingles, words_of

    this, _, other = line.replace("¶", "\n\n").partition(" ⇒ ")
    found = compare_texts(this, other)
    shares = f"{found.of_this_in_other:.4f} {found.of_other_in_this:.4f} {found.shingles}"
    yield f"{shares}{' quoted' if found.quoted else ''}{' likely' if found.is_likely_reprint else ''}"
    yield from (f"run: {run}" for run in found.runs)
    for what, kept in (("sample", sample_shingles(this)), ("excerpt", excerpt_shingles(this))):
        yield f"{what}: {len(kept)} {sum(kept) % 10**9}"
    yield f"words: {len(words_of(this))}"


def headlines(line, given):
    """How alike the headline that is known is to the one that is given, with the text below it."""
    from articles.recognition import headline_likeness

    known, new, text = line.split(" ⇒ ")
    found = headline_likeness(known, new, text.replace("¶", "\n\n"))
    yield "none" if found is None else f"{found:.2f}"


TABLES = {
    "compared.txt": compared,
    "headlines.txt": headlines,
    "folded.txt": folded,
    "located.txt": located,
    "amounts_read.txt": amounts,
    "anchored.txt": anchored,
    "dates_read.txt": dates,
    "edges.txt": edges,
    "forms_read.txt": forms,
    "reworded.txt": reworded,
}


def pinned(name):
    """(what it is read with, sentence, the lines below it) of each sentence of the table."""
    given, found = "", []
    for line in (CASES / name).read_text(encoding="utf-8").splitlines():
        if line.startswith("    "):
            found[-1][2].append(line.strip())
        elif mark := GIVEN.fullmatch(line):
            given = mark[1]
        elif line and not line.startswith("#"):
            found.append((given, line, []))
    return found


def readings(name, text, given):
    """What the lines below a sentence should say."""
    found = (one if isinstance(one, str) else spelt(*one) for one in TABLES[name](text, given))
    return [one.replace("\n", "¶").strip() for one in found]


def spelt(one, told):
    words = next(getattr(one, name) for name in ("words", "exact", "form") if hasattr(one, name))
    return f"{one.start}-{one.end} {words} | {' | '.join(told)}"


def changed(name):
    """The sentences that are no longer read as the table says, with what is read now and what it says."""
    found = [(text, readings(name, text, given), lines) for given, text, lines in pinned(name)]
    assert len(found) >= 30
    return [one for one in found if one[1] != one[2]]


def write(name):
    lines, given = [], ""
    for line in (CASES / name).read_text(encoding="utf-8").splitlines():
        if line.startswith("    "):
            continue
        lines.append(line)
        if mark := GIVEN.fullmatch(line):
            given = mark[1]
        elif line and not line.startswith("#"):
            lines += [f"    {told}" for told in readings(name, line, given)]
    (CASES / name).write_text("\n".join(lines) + "\n", encoding="utf-8")


if __name__ == "__main__":
    import django

    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "claimtrack.settings")
    django.setup()
    for table in TABLES:
        write(table)
