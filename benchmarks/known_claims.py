"""How often the claim that a wording bears on is offered, among many claims; and what a search costs as they grow.

    python benchmarks/known_claims.py [--claims 10000] [--wordings 300] [--sizes 1000,10000,100000] [--seed 1]

Claims are made of patterns, filled with who, what, where and how many; each pattern says the same again in other words,
by which the claim is looked for. Half of these leave who or how many vague, as passages of articles often do. A
database of its own is used (that of DATABASE_URL with a name for tests). Times are by the clock: only ratios count.
"""

import argparse
import os
import random
import statistics
import sys
import time
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parent.parent))
os.environ.setdefault("DJANGO_SETTINGS_MODULE", "claimtrack.settings")

import django

django.setup()

from django.db import connection, transaction  # noqa: E402

from claims.models import Claim, Question  # noqa: E402
from claims.suggestions.claim_index import write_terms  # noqa: E402
from claims.suggestions.claim_matches import claims_for_passages, claims_for_typed_text  # noqa: E402
from language.amounts import read_amounts  # noqa: E402

# A pattern of a claim, then other wordings of it.
PATTERNS = """
{who} killed {n} people in {place} | {n} lost their lives in {place} at the hands of {who}
{who} plans to close the {thing} in {place} | the {thing} of {place} is to be shut down, according to plans of {who}
The {thing} in {place} is safe | there is no danger from the {place} {thing}
The {thing} in {place} cost {n} million dollars | {n} million dollars went into building the {place} {thing}
{who} paid bribes for the {thing} in {place} | the contract for the {place} {thing} was won through corruption by {who}
{n} villagers were moved from {place} because of the {thing} | for the {thing}, {n} residents of {place} had to leave
The river at {place} is polluted by the {thing} | waste from the {thing} contaminates water in {place}
{who} arrested {n} journalists in {place} | {n} reporters were detained by {who} in {place}
{who} tortured prisoners in {place} | inmates in {place} were abused by {who}
The election in {place} was rigged by {who} | {who} falsified the vote in {place}
{who} should pay compensation to the people of {place} | the inhabitants of {place} are owed damages by {who}
The hospital in {place} has no {supply} | {supply} has run out at {place}'s hospital
{who} supplied {supply} to {place} | deliveries of {supply} reached {place} from {who}
{who} will withdraw its troops from {place} | soldiers of {who} are going to leave {place}
{n} children in {place} do not go to school | in {place}, {n} youngsters are out of education
Prices of {supply} in {place} doubled within a year | {supply} costs twice as much in {place} as a year ago
{who} used {supply} as a weapon in {place} | in {place} {who} weaponised {supply}
The fire at the {thing} in {place} was set on purpose | somebody deliberately started the blaze at the {place} {thing}
{who} knew that the {thing} in {place} was unsafe | warnings about the dangerous {place} {thing} had reached {who}
{who} owns the {thing} in {place} | the {place} {thing} belongs to {who}
{n} workers at the {thing} in {place} went on strike | {n} employees of the {place} {thing} walked out
{who} owes its staff in {place} {n} months of wages | salaries have not been paid for {n} months by {who} in {place}
{who} hid the number of deaths in {place} | the true toll in {place} was covered up by {who}
{who} promised to build a {thing} in {place} | a {thing} for {place} was pledged by {who}
The {thing} in {place} has been delayed by {n} years | construction of the {place} {thing} is {n} years behind schedule
{who} blocked aid for {place} | relief for {place} was held up by {who}
{who} destroyed {n} houses in {place} | {n} homes in {place} were razed by {who}
The {thing} in {place} violates the law | the {place} {thing} is illegal
{n} people in {place} have fallen ill from the {thing} | the {thing} has made {n} residents of {place} sick
{who} bought the votes of people in {place} | voters in {place} took money from {who}
The population of {place} has fallen to {n} | only {n} people still live in {place}
{who} has banned {supply} in {place} | {supply} is forbidden in {place} by order of {who}
{who} rejected the peace plan for {place} | the proposal to end the fighting in {place} was turned down by {who}
Rebels hold {n} hostages in {place} | {n} captives are in the hands of insurgents in {place}
{who} shot down a plane over {place} | an aircraft was downed above {place} by {who}
The {thing} in {place} employs {n} people | {n} jobs depend on the {place} {thing}
{who} stole {supply} meant for {place} | {supply} that was intended for {place} was looted by {who}
{who} denied visas to people from {place} | applicants from {place} got no entry permits from {who}
Schools in {place} teach in the language of {who} | lessons in {place} are held in the tongue of {who}
{who} spied on lawyers in {place} | attorneys in {place} were under surveillance by {who}
"""
TITLES = (
    "ministry of defence;ministry of health;governor;army;police;water board;farmers' union;port authority;"
    "central bank;church;youth league;coast guard;mayor;trade council;energy firm;railway;university;border guard;"
    "high court;election commission;mining company;relief fund;teachers' union;security service"
)
THINGS = (
    "dam;bridge;power plant;refinery;pipeline;stadium;prison;airport;harbour;cement works;landfill;railway station;"
    "copper mine;paper mill;tunnel;reservoir;market hall;barracks;data centre;tannery;brewery;sawmill;shipyard;hotel"
)
SUPPLIES = (
    "wheat;insulin;diesel;drinking water;vaccines;rice;coal;cooking gas;oxygen;fertiliser;sugar;medicine;flour;salt"
)
SYLLABLES = [a + b for a in "ktbmlsngvd" for b in ("a", "o", "u", "ar", "il", "en")]


def names(choose: random.Random, count: int) -> list[str]:
    """Made-up names of places, all different."""
    found: dict[str, None] = {}
    while len(found) < count:
        found["".join(choose.choices(SYLLABLES, k=choose.choice((2, 3, 3)))).capitalize()] = None
    return list(found)


def claims_and_wordings(count: int, seed: int) -> list[tuple[str, str]]:
    """(claim, the same in other words), all claims different."""
    choose = random.Random(seed)  # no secret hangs on it
    patterns = [line.split(" | ") for line in PATTERNS.strip().splitlines()]
    places, lands = names(choose, 60 + count // 100), names(choose, 40)
    found: dict[str, str] = {}
    while len(found) < count:
        pattern, *others = choose.choice(patterns)
        title = choose.choice(TITLES.split(";"))
        values = {
            "who": f"the {title} of {choose.choice(lands)}",
            "thing": choose.choice(THINGS.split(";")),
            "supply": choose.choice(SUPPLIES.split(";")),
            "place": choose.choice(places),
            "n": str(choose.choice((choose.randint(2, 30), choose.randint(3, 90) * 10, choose.randint(2, 40) * 1000))),
        }
        text = pattern.format(**values)
        vague = {
            "who": choose.choice((values["who"], f"the {title.split()[-1]}")),
            "n": choose.choice((values["n"], "many")),
        }
        found[text[0].upper() + text[1:] + "."] = choose.choice(others).format(**values | vague)
    return list(found.items())


def fill(pairs: list[tuple[str, str]]) -> None:
    """Puts the claims into the database, the index with them."""
    question, _ = Question.objects.get_or_create(title="Which is so?", slug="which")
    have = Claim.objects.count()
    with transaction.atomic():
        for start in range(0, len(pairs), 5_000):
            rows = [
                Claim(question=question, text=text, slug=f"claim-{have + number}")
                for number, (text, _) in enumerate(pairs[start : start + 5_000], start)
            ]
            write_terms(Claim.objects.bulk_create(rows))
    with connection.cursor() as cursor:
        cursor.execute("ANALYZE")


def offered(words: str) -> list[str]:
    (found,) = claims_for_passages([(words, read_amounts(words))])
    return [each.claim.text for each in found]


def measure(pairs: list[tuple[str, str]], count: int, seed: int) -> None:
    asked = random.Random(seed + 1).sample(pairs, count)
    first = five = wrong = none = 0
    for text, words in asked:
        found = offered(words)
        first += found[:1] == [text]
        five += text in found[:5]
        wrong += bool(found) and found[0] != text
        none += not found
    shares = ", ".join(
        f"{name} {number / count:.3f}"
        for name, number in (("first", first), ("among five", five), ("first wrong", wrong), ("none offered", none))
    )
    print(f"{len(pairs):,} claims, {count} wordings: {shares}")


def timed(words: list[str]) -> tuple[float, float]:
    """Milliseconds of the median search for a passage, and for half of it typed; by the clock."""
    taken: tuple[list[float], list[float]] = ([], [])
    for text in words:
        amounts = read_amounts(text)
        for kept, act in zip(
            taken,
            (
                lambda text=text, amounts=amounts: claims_for_passages([(text, amounts)]),
                lambda text=text: claims_for_typed_text(text[: len(text) // 2], ""),
            ),
            strict=True,
        ):
            begun = time.perf_counter()
            act()
            kept.append((time.perf_counter() - begun) * 1000)
    return statistics.median(taken[0]), statistics.median(taken[1])


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--claims", type=int, default=10_000)
    parser.add_argument("--wordings", type=int, default=300)
    parser.add_argument("--sizes", default="1000,10000,100000")
    parser.add_argument("--seed", type=int, default=1)
    options = parser.parse_args()
    made = connection.creation.create_test_db(verbosity=0, autoclobber=True, serialize=False)
    try:
        pairs = claims_and_wordings(options.claims, options.seed)
        fill(pairs)
        measure(pairs, options.wordings, options.seed)
        Claim.objects.all().delete()
        sizes = [int(size) for size in options.sizes.split(",") if size]
        everything = claims_and_wordings(max(sizes), options.seed) if sizes else []
        done, first = 0, None
        for size in sizes:
            fill(everything[done:size])
            done = size
            words = [words for _, words in random.Random(options.seed).sample(everything[:size], 60)]
            timed(words[:10])
            passage, typed = timed(words)
            first = first or (passage, typed)
            print(
                f"{size:,} claims: {passage:.1f} ms for a passage ({passage / first[0]:.2f} times), "
                f"{typed:.1f} ms while typing ({typed / first[1]:.2f} times)"
            )
    finally:
        connection.creation.destroy_test_db(made, verbosity=0)


if __name__ == "__main__":
    main()
