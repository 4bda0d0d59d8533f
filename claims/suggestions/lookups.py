"""Conditions of which one stands for hundreds: Django takes longer to build these than a database to answer them."""

from dataclasses import dataclass

from django.db.models import CharField, Lookup, TextField

MOST = 300  # spellings of one condition


@dataclass(frozen=True)
class Spelling:
    """Folds that begin with one of `starts` and hold `letters` in this order, whatever stands between them."""

    starts: tuple[str, ...]
    letters: str = ""


@CharField.register_lookup
class SpelledLike(Lookup):
    """`folded__spelled=[Spelling, …]`: one of the spellings. Both databases answer it from the index."""

    lookup_name = "spelled"
    prepare_rhs = False

    def as_sql(self, compiler, connection):
        left, left_params = self.process_lhs(compiler, connection)
        groups, params = [], []
        for one in self.rhs[:MOST]:
            letters = f" AND {left} LIKE %s" if one.letters else ""
            for start in one.starts:
                params += [*left_params, start, *left_params, start[:-1] + chr(ord(start[-1]) + 1)]
                params += [*left_params, f"%{'%'.join(one.letters)}%"] if letters else []
            # In brackets one by one: SQLite refuses an expression that is a thousand levels deep.
            groups.append(f"({' OR '.join([f'({left} >= %s AND {left} < %s{letters})'] * len(one.starts))})")
        return f"({' OR '.join(groups)})" if groups else "1 = 0", params


@CharField.register_lookup
@TextField.register_lookup
class HoldsAny(Lookup):
    """`text__holds_any=["…", …]`: one of these stands in it, whatever its capitals."""

    lookup_name = "holds_any"
    prepare_rhs = False

    def as_sql(self, compiler, connection):
        left, left_params = self.process_lhs(compiler, connection)
        ops = connection.ops
        one = f"{ops.lookup_cast('icontains') % left} {connection.operators['icontains']}"
        params = [param for held in self.rhs for param in (*left_params, f"%{ops.prep_for_like_query(held)}%")]
        return f"({' OR '.join([one] * len(self.rhs))})" if self.rhs else "1 = 0", params
