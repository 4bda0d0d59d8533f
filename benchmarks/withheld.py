"""How long the desk takes to keep withheld names out of a page, by the length of the page.

    python benchmarks/withheld.py [--names 1000]

Made-up names in Latin and Cyrillic letters, and pages of 50, 100 and 200 kB, with none of them and with one in every
fiftieth line. Shows too how long it takes to make the names ready, which a process does once and after every change.
"""

import argparse
import os
import random
import sys
import time
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parent.parent))
os.environ.setdefault("DJANGO_SETTINGS_MODULE", "claimtrack.settings")

import django
from django.template import engines

django.setup()

from claims.privacy import Person  # noqa: E402
from claims.privacy.redactor import Redactor  # noqa: E402
from claims.privacy.template_redaction import redact_variables  # noqa: E402
from claims.privacy.viewer import (  # noqa: E402
    SentValues,
    Viewer,
    use_viewer,
)

LATIN = ["ka", "ra", "sen", "bek", "no", "va", "li", "mar", "tu", "gul", "dan", "ze", "pol", "wi", "chen", "to", "ar"]
CYRILLIC = ["ка", "ра", "сен", "бек", "но", "ва", "ли", "мар", "ту", "гуль", "дан", "зе", "пол", "чен", "то", "ар"]
PROSE = [
    "the",
    "ministry",
    "said",
    "that",
    "people",
    "were",
    "held",
    "2019,",
    "Region",
    "Anna",
    "министр",
    "сказал",
    "реки",
]


def made_up(chance, syllables, count):
    return "".join(chance.choice(syllables) for _ in range(count)).title()


def lines_of(chance, names, size, share):
    lines, length = [], 0
    while length < size:
        named = chance.random() < share
        words = ["said", chance.choice(names)] if named else [chance.choice(PROSE) for _ in range(12)]
        lines.append(" ".join(words))
        length += len(lines[-1]) + len("<p></p>")
    return lines


def seconds_to_render(template, lines, viewer):
    started = time.process_time()
    with use_viewer(viewer):
        template.render({"lines": lines})
    return time.process_time() - started


def main():
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--names", type=int, default=1000)
    wanted, chance = parser.parse_args().names, random.Random(5)
    people = []
    for number in range(wanted):
        names = [f"{made_up(chance, LATIN, 2)} {made_up(chance, LATIN, 3)}"]
        names += [f"{made_up(chance, CYRILLIC, 2)} {made_up(chance, CYRILLIC, 3)}ова"] if number % 3 == 0 else []
        people.append(Person(f"a witness {number}", tuple(names)))
    started = time.perf_counter()
    redactor = Redactor(people)
    print(f"{wanted} people made ready in {time.perf_counter() - started:.2f} s")
    template = engines["django"].from_string("{% for line in lines %}<p>{{ line }}</p>{% endfor %}")
    redact_variables(template.template.nodelist)
    for share in (0, 0.02):
        for size in (50_000, 100_000, 200_000):
            lines = lines_of(chance, [person.names[0] for person in people], size, share)
            shown, kept_back = (
                min(seconds_to_render(template, lines, made_for()) for _ in range(5))
                for made_for in (lambda: None, lambda: Viewer(redactor, SentValues({})))
            )
            told = f"{kept_back:.3f} s, and {shown:.3f} s where names are shown"
            print(f"{size // 1000:4} kB, names in {share:.0%} of lines: {told}")


if __name__ == "__main__":
    main()
