"""A condition on folded names that both databases answer from the index: ranges, and letters that come in order."""

from dataclasses import dataclass

from django.db.models import CharField, Lookup


@dataclass(frozen=True)
class Spelling:
    """Folds that begin with one of `starts` and hold `letters` in this order, whatever stands between them."""

    starts: tuple[str, ...]
    letters: str = ""


@CharField.register_lookup
class SpelledLike(Lookup):
    """`folded__spelled=[Spelling, …]`: one of the spellings. One condition, because hundreds are slow to build."""

    lookup_name = "spelled"
    prepare_rhs = False

    def as_sql(self, compiler, connection):
        left, left_params = self.process_lhs(compiler, connection)
        parts, params = [], []
        for one in self.rhs:
            letters = f" AND {left} LIKE %s" if one.letters else ""
            for start in one.starts:
                parts.append(f"({left} >= %s AND {left} < %s{letters})")
                params += [*left_params, start, *left_params, start[:-1] + chr(ord(start[-1]) + 1)]
                params += [*left_params, f"%{'%'.join(one.letters)}%"] if letters else []
        return f"({' OR '.join(parts)})" if parts else "1 = 0", params
