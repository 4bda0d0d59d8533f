"""Records made up at random, to be exported and imported: the same seed makes the same one.

    publish(7)     publishes a small record with a history into the empty log of this database

What can stand in a document stands there: characters of all planes of Unicode, right-to-left and combining ones,
controls, empty texts and, in one record of ten, texts of a million bytes; partial dates; figures with decimals; new
versions, merges and their end, withdrawals, erasures.
"""

import random
from contextlib import suppress
from datetime import UTC, date, datetime, timedelta
from decimal import Decimal

from record.log import AppendRefused, Withdrawal, append, erase
from tests import record_cast as cast

PLANES = [(0x20, 0x7F), (0xA0, 0x250), (0x5D0, 0x5EB), (0x620, 0x6D4), (0x900, 0x97F), (0x4E00, 0x4F00)]
PLANES += [(0xE000, 0xE010), (0x10000, 0x10080), (0x1F300, 0x1F640), (0x20000, 0x20100), (0x30000, 0x30010)]
PLANES += [(plane << 16, (plane << 16) + 0xFFFE) for plane in (4, 9, 13, 14, 15, 16)]
ODD = '\x01\x02\t\n\r\x1f\x7f"\\/\u0085\u200b\u200d\u200f\u202e\u2028\u2029\u0301\ufeff\ufffe\uffff<&>='
LONG = 1_000_000  # bytes, about


class Maker:
    """Documents at random that name one another."""

    def __init__(self, seed: int):
        self.rng = random.Random(seed)
        self.long = seed % 10 == 0
        self.ids: dict[str, list[str]] = {}
        self.made = 0

    def text(self, *, most: int = 60, least: int = 0) -> str:
        rng = self.rng
        length = rng.randrange(least, most)
        pieces = [
            rng.choice(ODD) if rng.random() < 0.1 else chr(rng.randrange(*rng.choice(PLANES))) for _ in range(length)
        ]
        return "".join(pieces)

    def words(self) -> str:
        """A longer text; now and then a very long one."""
        if self.long and self.rng.random() < 0.2:
            unit = self.text(least=20)
            return unit * (LONG // len(unit.encode()))
        return self.text(most=400)

    def date(self):
        rng, day = self.rng, date(1, 1, 1) + timedelta(days=self.rng.randrange(3_650_000))
        first = day.replace(day=1)
        last = (first + timedelta(days=31)).replace(day=1) - timedelta(days=1)
        edtf, start, end = rng.choice(
            [
                (day.isoformat(), day, day),
                (day.isoformat()[:7], first, last),
                (f"{day.isoformat()[:7]}~", first, last),
                (day.isoformat()[:4], day.replace(month=1, day=1), day.replace(month=12, day=31)),
                (f"{first.isoformat()}/{last.isoformat()}", first, last),
            ]
        )
        return rng.choice([None, cast.d.PartialDate(edtf=edtf, earliest=start, latest=end)])

    def identity(self, kind: str) -> str:
        self.made += 1
        public_id = f"{kind[:3]}{self.rng.randrange(10**6):06d}{self.made:03d}"
        self.ids.setdefault(kind, []).append(public_id)
        return public_id

    def some(self, kind: str, most: int = 3) -> list[str]:
        known = self.ids.get(kind, [])
        return self.rng.sample(known, min(len(known), self.rng.randrange(most + 1)))

    def documents(self) -> list:
        """A few of each kind, in an order in which they can be published."""
        rng = self.rng
        found = [self.question(self.identity("question")) for _ in range(rng.randrange(1, 4))]
        found += [self.claim(self.identity("claim")) for _ in range(rng.randrange(1, 5))]
        found += [self.outlet(self.identity("outlet")) for _ in range(rng.randrange(1, 3))]
        found += [self.article(self.identity("article")) for _ in range(rng.randrange(1, 5))]
        found += [self.actor(self.identity("actor")) for _ in range(rng.randrange(1, 4))]
        return found + [self.statement(self.identity("statement")) for _ in range(rng.randrange(1, 7))]

    def another(self, public_id: str, kind: str):
        """Another version of what is there."""
        return getattr(self, kind)(public_id)

    def question(self, public_id):
        return cast.question(public_id, public_id, self.text(least=1), description=self.words(), position=self.made)

    def claim(self, public_id):
        about, figure = self.rng.choice(self.ids["question"]), None
        if self.rng.random() < 0.5:
            number = Decimal(self.rng.randrange(-(10**9), 10**9)).scaleb(-self.rng.randrange(7))
            figure = cast.figure(amount=number, unit=self.text(), counted=self.text(), as_of=self.date())
        kind = "figure" if figure else "fact"
        return cast.claim(public_id, public_id, self.text(least=1), kind=kind, about=about, figure=figure)

    def outlet(self, public_id):
        return cast.outlet(public_id, public_id, self.text(least=1), owner=self.text())

    def article(self, public_id):
        above = [one for one in self.some("article", 1) if one < public_id]
        values = {"derived_from": above[0], "derivation": "edited"} if above else {}
        captures = (cast.capture(f"{self.rng.randrange(16**20):064x}"),) * self.rng.randrange(2)
        return cast.article(
            public_id,
            public_id,
            self.text(),
            printed_by=self.rng.choice(self.ids["outlet"]),
            published=self.date(),
            byline=self.text(),
            captures=captures,
            **values,
        )

    def actor(self, public_id):
        names = tuple(cast.name(self.text(), self.rng.choice(["ug-Arab", "zh-Hans", "en"])) for _ in range(3))
        return cast.actor(public_id, public_id, self.text(least=1), names=names, description=self.words())

    def statement(self, public_id):
        printed = [
            cast.appearance(
                article,
                self.text(least=1, most=200),
                printed_name=self.text(),
                chain=[cast.step(label=self.text(least=1))] * self.rng.randrange(3),
            )
            for article in self.some("article")
        ]
        return cast.statement(
            public_id,
            self.text(least=1),
            speaker=self.rng.choice([None, *self.ids["actor"]]),
            said_on=self.date(),
            words=self.words(),
            stances=[cast.stance(claim, hedge=self.text()) for claim in self.some("claim")],
            appearances=printed,
        )


def publish(seed: int) -> None:
    """Publishes the record of this seed, act by act."""
    maker = Maker(seed)
    rng = maker.rng
    documents = maker.documents()
    at = datetime(2020, 1, 1, tzinfo=UTC)
    append(documents, reason="First publication", at=at)
    kinds = {document.id: cast.d.kind_of(document) for document in documents}
    for turn in range(rng.randrange(12)):
        at += timedelta(hours=rng.randrange(5))
        public_id = rng.choice(list(kinds))
        kind = kinds[public_id]
        other = rng.choice([one for one in kinds if kinds[one] == kind])
        reason = " ".join(f"Turn {turn} {maker.text()}".split()) or "Again"
        reason = "".join(character for character in reason if character.isprintable())
        acts = [
            lambda public_id=public_id, kind=kind: [maker.another(public_id, kind)],
            lambda public_id=public_id, kind=kind: [Withdrawal(kind, public_id)],
            lambda public_id=public_id, other=other: [cast.redirect(public_id, public_id, other)],
        ]
        with suppress(AppendRefused):  # what others name cannot go, and nothing redirects to itself
            if rng.random() < 0.15:
                erase(public_id, reason=reason)
            else:
                append(rng.choices(acts, [6, 2, 2])[0](), reason=reason, at=at)
