"""A made-up record in which it is written down by hand whose words are whose: all modes, all kinds of marks.

`build(by, reviewer)` takes the articles in, records the statements through the desk's verbs and publishes them. What
the product makes of marks and chains plays no part in the table: whoever reads `text` can check each row.
"""

from dataclasses import dataclass, field

from msgspec.structs import replace

from articles.changes import add_outlet, quote_passage
from articles.ingest import take_in
from claims.changes import (
    AppearanceInput,
    NameInput,
    StanceInput,
    StepInput,
    add_actor,
    add_claim,
    add_question,
    record_framing,
    record_statement,
)
from claims.publishing import publish, submit
from record.documents import decode
from record.log import append
from record.models import Publication

OUTLETS = {
    "lake": ("Lake Courier", "newspaper"),
    "reed": ("Reed Gazette", "newspaper"),
    "agency": ("Shore Agency", "agency"),
}
ACTORS = {
    "boatman": ("Timur Saks", "person"),
    "teacher": ("Vera Oland", "person"),
    "minister": ("Ivo Brandt", "person"),
    "ministry": ("Ministry of Lakes", "government body"),
}
CHAINS = {
    "": [],
    "agency": [("outlet", "agency")],
    "agency, ministry": [("outlet", "agency"), ("actor", "ministry")],
    "ministry": [("actor", "ministry")],
    "a paper": [("outlet", "reed")],
}


@dataclass(frozen=True)
class Printed:
    """One printing: the sentence of the article with what is quoted from it in square brackets, and whose words it is.

    `own` are the words in the brackets that stand in marks as `owner`'s; `writer` worded the rest, None where nothing
    is left. An owner is the speaker unless another key is given.
    """

    text: str
    own: tuple[str, ...] = ()
    owner: str = ""
    writer: str | None = "lake"
    chain: str = ""
    article: str = "lake"
    printed_name: str = ""
    cue: str = "said"
    language: str = "en"


@dataclass(frozen=True)
class Case:
    key: str
    speaker: str
    mode: str
    printed: tuple[Printed, ...]
    stance: str = "affirms"
    hedge: str = ""
    words: str = ""
    words_are_own: bool = False
    translation: str = ""
    language: str = ""
    facts: dict = field(default_factory=dict)


def quotation(text, *own, **values):
    return Printed(text, own, writer=None, **values)


CASES = (
    Case(
        "curly", "boatman", "direct", (quotation("Saks said: “[The pier sank in March].”", "The pier sank in March"),)
    ),
    Case(
        "marks-inside",
        "boatman",
        "direct",
        (quotation("[“No lamp burned there,”] Saks said.", "No lamp burned there,"),),
    ),
    Case(
        "middle",
        "boatman",
        "direct",
        (quotation("“I say it again. [Eleven nets were cut]. Nobody came,” Saks told us.", "Eleven nets were cut"),),
        hedge="again",
    ),
    Case(
        "british",
        "teacher",
        "direct",
        (quotation("‘[We were shown an empty classroom],’ said Oland.", "We were shown an empty classroom"),),
    ),
    Case(
        "straight",
        "teacher",
        "direct",
        (quotation('"[Every desk was bolted shut]," said Oland.', "Every desk was bolted shut"),),
    ),
    Case(
        "nested",
        "teacher",
        "direct",
        (quotation("“[The so-called ‘annex’ is a barracks],” said Oland.", "The so-called ‘annex’ is a barracks"),),
    ),
    Case(
        "guillemets",
        "boatman",
        "direct",
        (quotation("Сакс сказал: «[Причал сгорел ночью]».", "Причал сгорел ночью", article="ru", language="ru"),),
    ),
    Case(
        "corners",
        "boatman",
        "direct",
        (quotation("薩克斯說：「[碼頭在三月沉沒]」。", "碼頭在三月沉沒", article="zh", language="zh-Hant"),),
    ),
    Case(
        "mixed",
        "teacher",
        "mixed",
        (Printed("[Oland complained that pupils slept “on bare planks” all winter].", ("on bare planks",)),),
        hedge="complained",
    ),
    Case(
        "mixed-at-the-edge",
        "teacher",
        "mixed",
        (
            Printed(
                "Oland thinks the roof [will “never survive another storm],” and left.",
                ("never survive another storm",),
                chain="agency",
                writer="agency",
            ),
        ),
    ),
    Case(
        "several",
        "minister",
        "direct",
        (
            Printed(
                "Brandt [thanked the valley for tolerating the blockade].", writer="agency", chain="agency, ministry"
            ),
            quotation(
                "“[We value your patience],” Brandt wrote.", "We value your patience", article="reed", chain="ministry"
            ),
        ),
        hedge="thanked",
    ),
    Case(
        "ministry-paraphrase",
        "minister",
        "indirect",
        (
            Printed(
                "The ministry said that Brandt [backs closing the ferry].", writer="agency", chain="agency, ministry"
            ),
        ),
    ),
    Case(
        "ministry-quoted",
        "minister",
        "indirect",
        (
            Printed(
                "“[The minister regards the ferry as unsafe],” the ministry said in a statement.",
                ("The minister regards the ferry as unsafe",),
                owner="ministry",
                writer="ministry",
                chain="agency, ministry",
            ),
        ),
    ),
    Case(
        "ministry-partly-quoted",
        "minister",
        "indirect",
        (
            Printed(
                "The ministry said [Brandt would “soon inspect the lock”].",
                ("soon inspect the lock",),
                owner="ministry",
                chain="ministry",
            ),
        ),
    ),
    Case(
        "scare-quotes",
        "boatman",
        "indirect",
        (Printed("Saks was sent [to the “wellness harbour” for a year]."),),
        facts={"as_printed": "wellness harbour"},
    ),
    Case("whole-scare-quotes", "boatman", "indirect", (Printed("Saks spoke of the “[re-mooring courses]” there."),)),
    Case(
        "indirect", "teacher", "indirect", (Printed("Oland told us [the bell had been stolen]."),), hedge="reportedly"
    ),
    Case(
        "from-another-paper",
        "teacher",
        "indirect",
        (Printed("Oland told the Gazette [the well was poisoned].", chain="a paper"),),
    ),
    Case("gesture", "boatman", "gesture", (Printed("Saks [shook his head at the mooring fee]."),)),
    Case(
        "document",
        "ministry",
        "document",
        (quotation("The report says “[water levels remain stable]”.", "water levels remain stable"),),
    ),
    Case("document-paraphrased", "ministry", "document", (Printed("The report [puts the level at nine metres]."),)),
    Case("silent", "ministry", "document", (Printed("The report [leaves the drowned pier out]."),), stance="silent"),
    Case("nobody", "", "direct", (quotation("“[They took the oars away],” one man said.", "They took the oars away"),)),
    Case(
        "words-that-are-printed",
        "teacher",
        "direct",
        (quotation("“[All chalk was counted twice],” said Oland.", "All chalk was counted twice"),),
        words="all chalk was counted twice",
        words_are_own=True,
        language="en",
    ),
    Case(
        "words-that-are-not-printed",
        "teacher",
        "indirect",
        (Printed("Oland said [the gate had rusted through]."),),
        words="ворота проржавели насквозь",
        language="ru",
        translation="the gate has gone through with rust",
    ),
)

# Statements as documents of version 1 had them: nothing is known of marks but what stands in sight.
OLD = {
    "curly": True,
    "marks-inside": True,
    "british": True,
    "guillemets": True,
    "mixed": True,
    "middle": False,  # no mark in sight
    "indirect": False,
}


def sentence_of(printed: Printed) -> tuple[str, str]:
    """The sentence without brackets, and the words that stood in them."""
    before, rest = printed.text.split("[")
    exact, after = rest.split("]")
    return before + exact + after, exact


def build(by, reviewer) -> None:
    """The whole record: recorded at the desk, published, and the statements of version 1 after it."""
    outlets = {key: add_outlet(name=name, kind=kind, by=by) for key, (name, kind) in OUTLETS.items()}
    question = add_question(title="What happened at the lake?", by=by)
    claim = add_claim(question=question, text="The lake was closed to boats.", kind="fact", by=by)
    actors = {
        key: add_actor(name=name, kind=kind, names=[NameInput(f"{name} as a label", "en")], by=by)
        for key, (name, kind) in ACTORS.items()
    }
    captures = {}
    for article, language in (("lake", "en"), ("reed", "en"), ("ru", "ru"), ("zh", "zh-Hant")):
        sentences = [
            sentence_of(printed)[0] for case in CASES for printed in case.printed if printed.article == article
        ]
        captures[article] = take_in(
            text="\n\n".join([f"The lake, as told in {article}", *sentences]),
            outlet=outlets.get(article, outlets["lake"]),
            headline=f"The lake, as told in {article}",
            language=language,
            published="2021-05-03",
            by=by,
        ).capture
    lake = captures["lake"].article
    record_framing(lake, claim=claim, part="body", treatment="relays", words="wellness harbour", by=by)
    statements = [record(case, by, actors, outlets, claim, captures) for case in CASES]
    submit(statements, by=by)
    publish(statements, by=reviewer, reason="Read against the captures.")
    for key, _marked in OLD.items():
        as_version_1(key)


def record(case: Case, by, actors, outlets, claim, captures):
    """One statement through the desk's verbs."""
    people = {**{("actor", key): {"actor": actor} for key, actor in actors.items()}}
    people |= {("outlet", key): {"outlet": outlet} for key, outlet in outlets.items()}
    appearances = []
    for printed in case.printed:
        passage = quote_passage(captures[printed.article], sentence_of(printed)[1], by=by)
        chain = [StepInput(**people[step], relation="relays") for step in CHAINS[printed.chain]]
        appearances.append(AppearanceInput(passage, printed.printed_name, printed.cue, chain))
    return record_statement(
        summary=summary_of(case),
        mode=case.mode,
        speaker=actors[case.speaker] if case.speaker else None,
        speaker_label="" if case.speaker else "one man",
        said_on="2021-05-02",
        words=case.words,
        language=case.language,
        translation=case.translation,
        stances=[StanceInput(claim, case.stance, case.hedge)],
        appearances=appearances,
        by=by,
    )


def summary_of(case: Case) -> str:
    return f"Summary of the case {case.key.replace('-', ' ')}."


def as_version_1(key: str) -> None:
    """The statement of a case once more, as a program that knew nothing of marks published it."""
    document = document_of(key)
    bare = [
        replace(printed, passage=replace(printed.passage, marked=None, exact=old_words(printed.passage.exact)))
        for printed in document.appearances
    ]
    identity = f"old{list(OLD).index(key):09d}"
    summary = document.summary.replace("the case", "the old case")
    append(
        [replace(document, id=identity, slug=identity, summary=summary, appearances=tuple(bare))],
        reason="From an older record.",
    )


def old_words(exact: str) -> str:
    """What the old document has as the words: others where their marks are out of sight, to tell the two apart."""
    return exact.replace("Eleven nets", "Twelve nets")


def document_of(key: str):
    """The published document of a case."""
    summary = summary_of(next(case for case in CASES if case.key == key))
    rows = Publication.objects.filter(kind="statement", superseded_by=None).exclude(document=None)
    return next(document for row in rows if (document := decode(row.document)).summary == summary)
