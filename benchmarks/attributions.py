#!/usr/bin/env python3
"""How well attributions are suggested, against news annotated by hand, and how fast.

    benchmarks/attributions.py FOLDER [--articles FOLDER] [--proposals] [--least 0.0] [--rules] [--misses FILE]

FOLDER holds text/NAME.txt and attributions/NAME.ann, and beside it lies score.py, whose figures are printed. Then words
and sentences a second on one core. For each plain text of --articles (left out where there is no such folder) the
number of proposals, how many speakers are unsure, and what is missed: sentences with a reporting verb where nothing is
proposed, or with a quotation that no proposal touches, by their line and first words. --proposals lists what is
proposed there. --rules lists every rule with how often it was right; --misses writes what was missed and what was
wrong. Only to be run on text that is read to be measured: nothing of it is kept.
"""

import argparse
import importlib.util
import pathlib
import sys
import time
from collections import Counter

sys.path.insert(0, str(pathlib.Path(__file__).resolve().parent.parent))

from articles.reading import clutter_spans
from language.attributions import suggest
from language.attributions.lexicon import lexicon
from language.attributions.proposals import PLAIN
from language.attributions.sentences import sentences
from language.attributions.suggest import paragraphs_to_read
from language.attributions.tagging import tag

SURE = 0.6  # confidence of a speaker from which the workspace shows it as sure


def as_spans(proposal):
    """The shape that score.py reads."""
    return {"source": proposal.source, "cue": proposal.cue, "content": proposal.content}


def scorer(folder):
    path = folder.resolve().parent / "score.py"
    spec = importlib.util.spec_from_file_location("score", path)
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


def read(folder):
    return {path.stem: path.read_bytes().decode() for path in sorted(folder.glob("*.txt")) if path.stem != "README"}


def show(text, spans):
    return " | ".join(text[a:b] for a, b in sorted(spans))


def matched(score, text, gold, proposals):
    """Pairs (gold attribution or None, proposal or None), matched as score.py matches at 0.3."""
    words = [m.span() for m in score.WORD.finditer(text)]
    found = [score.words_in(p.content, words) for p in proposals]
    used = set()
    for attribution in gold:
        content = score.words_in(attribution["content"], words)
        shares = ((len(content & f) / len(content), i) for i, f in enumerate(found) if i not in used and content)
        share, best = max(shares, default=(0, None))
        if share > 0.3:
            used.add(best)
            yield attribution, proposals[best]
        else:
            yield attribution, None
    yield from ((None, p) for i, p in enumerate(proposals) if i not in used)


def sure_speakers(score, folder, texts, proposed):
    """Of proposals found, with a source: (share of the sure ones that are right, of the right ones that are sure)."""
    right_and_sure = sure = right = 0
    for name, text, gold in score.gold_attributions(folder):
        words = [m.span() for m in score.WORD.finditer(text)]
        for attribution, proposal in matched(score, text, gold, proposed[name]):
            if attribution is not None and proposal is not None and attribution["source"]:
                is_right = bool(score.words_in(attribution["source"], words) & score.words_in(proposal.source, words))
                is_sure = proposal.speaker_confidence >= SURE
                sure, right, right_and_sure = sure + is_sure, right + is_right, right_and_sure + (is_sure and is_right)
    return right_and_sure / sure, right_and_sure / right


def by_rule(score, folder, texts, proposed, misses):
    right, all_of, lines = Counter(), Counter(), []
    for name, text, gold in score.gold_attributions(folder):
        for attribution, proposal in matched(score, texts[name], gold, proposed[name]):
            if proposal is not None:
                frame = proposal.rule.rsplit(": ", 1)[1]
                all_of[frame] += 1
                right[frame] += attribution is not None
            if proposal is None or attribution is None:
                kind = "missed" if proposal is None else f"wrong, {proposal.rule}"
                parts = attribution or {"source": proposal.source, "cue": proposal.cue, "content": proposal.content}
                lines.append(f"{kind}: " + " / ".join(show(text, parts[k]) for k in ("source", "cue", "content")))
    if misses:
        misses.write_text("\n".join(lines), encoding="utf-8")
    return [(frame, right[frame], all_of[frame]) for frame, _ in all_of.most_common()]


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("folder", type=pathlib.Path)
    parser.add_argument("--articles", type=pathlib.Path)
    parser.add_argument("--proposals", action="store_true", help="list what is proposed for the plain texts")
    parser.add_argument("--least", type=float, default=0.0, help="leave out proposals with less confidence")
    parser.add_argument("--rules", action="store_true")
    parser.add_argument("--misses", type=pathlib.Path)
    options = parser.parse_args()
    if not (options.folder / "text").is_dir():
        sys.exit(f"{options.folder}: no text/ in this folder, nothing to measure.")
    score = scorer(options.folder)
    texts = read(options.folder / "text")
    suggest("Warm up, she said.")
    begun = time.process_time()
    proposed = {name: suggest(text, least=options.least, clutter=clutter_spans(text)) for name, text in texts.items()}
    seconds = time.process_time() - begun
    figures = score.score({n: list(map(as_spans, found)) for n, found in proposed.items()}, options.folder)
    for key, value in figures.items():
        print(f"{key:12} {value}")
    of_sure, of_right = sure_speakers(score, options.folder, texts, proposed)
    print(f"{'sure':12} {of_sure:.3f} of them have the right source, {of_right:.3f} of the right ones are sure")
    words = sum(len(text.split()) for text in texts.values())
    count = sum(
        1
        for text in texts.values()
        for _ in sentences(text, paragraphs_to_read(text, clutter_spans(text)), lexicon("en"))
    )
    print(f"{'speed':12} {count / seconds:,.0f} sentences/s, {1e6 * seconds / words:.1f} ms for 1,000 words")
    if options.rules or options.misses:
        for frame, right, all_of in by_rule(score, options.folder, texts, proposed, options.misses):
            print(f"  {frame:14} {right:5} right of {all_of:5}  {right / all_of:.2f}")
    articles = options.articles or options.folder.resolve().parent.parent / "articles"
    for name, text in read(articles).items():
        print(f"\n{name}")
        proposals = suggest(text, clutter=clutter_spans(text))
        if options.proposals:
            for proposal in proposals:
                report(text, proposal, "  ")
        unsure = sum(bool(p.speaker) and p.speaker_confidence < SURE for p in proposals)
        nobody = sum(not p.speaker for p in proposals)
        everything, gaps = missed(text, proposals)
        print(f"  {len(proposals)} proposals, {unsure} with an unsure speaker, {nobody} with nobody named")
        print(f"  {len(gaps)} missed of {everything} sentences with a reporting verb or quotation marks")
        for start, end, kind in gaps:
            line = text.count("\n", 0, start) + 1
            print(f"    line {line}, {kind}: {' '.join(text[start:end].split()[:5])}")


def missed(text, proposals):
    """How many sentences have a reporting verb or a quotation, and (start, end, which) of those that are missed.

    A verb reports where it may take a quotation or a clause without doubt (verbs.txt). Missed is a sentence of which no
    proposal has a word, and one with a quotation of which none has: what is proposed beside it does not count.
    """
    words = lexicon("en")
    touched = [span for proposal in proposals for span in (*proposal.content, *proposal.source, *proposal.cue)]
    everything, gaps = 0, []
    for sentence in sentences(text, paragraphs_to_read(text, clutter_spans(text)), words):
        tag(sentence.tokens, words)
        start, end = sentence.start, sentence.tokens[-1].end
        quoted = [token for token in sentence.tokens if token.tag in ("QT", "QF")]
        reporting = [token for token in sentence.tokens if token.tag[:2] == "VB" and reports(token.lemma, words)]
        if not quoted and not reporting:
            continue
        everything += 1
        if any(not overlaps(touched, token.start, token.end) for token in quoted):
            gaps.append((start, end, "quotation"))
        elif reporting and not overlaps(touched, start, end):
            gaps.append((start, end, f"verb “{reporting[0].text}”"))
    return everything, gaps


def reports(lemma, words):
    cues = [cue for particles, cue in words.verbs.get(lemma, ()) if not particles]
    return any(cue.weight(frame) >= PLAIN for cue in cues for frame in ("quote", "that"))


def overlaps(spans, start, end):
    return any(first < end and last > start for first, last in spans)


def report(text, proposal, indent):
    chain = " <- ".join(f"{step.speaker} ({step.relation})" for step in proposal.chain)
    print(f"{indent}{proposal.confidence:.2f} {proposal.kind}, {proposal.act}, {proposal.polarity}: {proposal.why}")
    sure = "" if proposal.speaker_confidence >= SURE else " (unsure)"
    print(f"{indent}     {chain or proposal.speaker or 'nobody named'}{sure}: {show(text, proposal.content)[:160]}")
    for nested in proposal.nested:
        report(text, nested, indent + "     ")


if __name__ == "__main__":
    main()
