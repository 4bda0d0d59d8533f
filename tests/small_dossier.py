"""A dossier that is small enough to be read at a glance: two articles, one of them a reprint, three statements."""

from pathlib import Path

FILES = {
    "questions.toml": """
[[questions]]
slug = "how-many-bridges"
title = "How many bridges are closed?"

[[questions.claims]]
slug = "three-bridges"
text = "Three bridges are closed."
kind = "figure"
figure = { amount = 3, unit = "bridges", counted = "bridges closed to lorries", as_of = "2021-05" }
relations = [{ kind = "contrary to", claim = "no-bridges" }]

[[questions.claims]]
slug = "no-bridges"
text = "No bridge is closed."
kind = "fact"
earlier = { text = "The closing of bridges is a rumour.", why = "Said more plainly." }

[end]
questions = 1
claims = 2
""",
    "outlets_and_articles.toml": """
[[outlets]]
key = "harbour-post"
name = "Harbour Post"
kind = "newspaper"
homepage = "https://harbour-post.example"

[[outlets]]
key = "inland-echo"
name = "Inland Echo"
kind = "newspaper"

[[outlets]]
key = "credited-wire"
name = "Credited Wire"
kind = "agency"

[[articles]]
key = "bridges"
outlet = "harbour-post"
headline = "Lorries wait at the river"
published = "2021-05-04"
framings = [{ claim = "three-bridges", part = "body", treatment = "relays", words = "we are told", at = [1, 1] }]

[[articles]]
key = "bridges-again"
outlet = "inland-echo"
published = "2021-05"
derived_from = "bridges"
derivation = "edited"

[end]
outlets = 3
articles = 2
""",
    "actors.toml": """
[[actors]]
slug = "mayor"
name = "Olena Marsh"
kind = "person"
names = [{ name = "Олена Марш", language = "uk" }]

[[actors]]
slug = "driver"
name = "A driver who gave no name"
kind = "unnamed"
reported_in = "bridges"

[end]
actors = 2
""",
    "statements/1_post.toml": """
article = "bridges"
reason = "What was said at the river."

[[statements]]
key = "mayor-three"
speaker = "mayor"
summary = "Three bridges are shut."
said_on = "2021-05-03"
mode = "mixed"
stances = [{ claim = "three-bridges", stance = "affirms", hedge = "as far as I know" }]
printed = [{ at = [1, 2], quote = "three of them are shut", printed_name = "Mrs Marsh", cue = "said" }]

[[statements]]
key = "driver-none"
speaker = "driver"
summary = "Every bridge can be crossed."
mode = "indirect"
stances = [{ claim = "no-bridges", stance = "affirms" }]
printed = [{ at = [2, 1], quote = "all bridges were open", chain = [{ label = "a radio call", relation = "relays" }] }]

[end]
statements = 2
""",
    "statements/2_echo.toml": """
article = "bridges-again"
reason = "The same words in the Inland Echo."
through = [{ outlet = "harbour-post", relation = "relays", cue = "reports" }]

[[statements]]
key = "ministry-silent"
speaker_label = "the ministry"
summary = "The ministry says nothing of bridges."
mode = "document"
stances = [{ claim = "three-bridges", stance = "silent" }]
printed = [{ at = [2, 1], quote = "the ministry did not mention bridges", cue = "did not mention", through = false }]

[[printings]]
of = "mayor-three"
at = [1, 1]
quote = "three are shut"
printed_name = "Marsh"
cue = "said"

[end]
statements = 1
printings = 1
""",
}


def write(folder: Path, changes: dict[str, tuple[str, str]] | None = None) -> Path:
    """Writes the dossier into `folder`, with one piece of text replaced in each file that `changes` names."""
    (folder / "statements").mkdir(parents=True, exist_ok=True)
    for name, text in FILES.items():
        if name in (changes or {}):
            old, new = changes[name]
            assert text.count(old) == 1, f"{old!r} is {text.count(old)} times in {name}"
            text = text.replace(old, new)
        (folder / name).write_text(text, encoding="utf-8")
    return folder
