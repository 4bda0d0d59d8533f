"""Wrong changes of a module, one at a time: comparisons turned, conditions dropped, refusals removed, and the like."""

import ast
import hashlib
import itertools
import re
from collections import Counter
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent

TURNED = {
    ast.Lt: ast.LtE, ast.LtE: ast.Lt, ast.Gt: ast.GtE, ast.GtE: ast.Gt, ast.Eq: ast.NotEq, ast.NotEq: ast.Eq,
    ast.In: ast.NotIn, ast.NotIn: ast.In, ast.Is: ast.IsNot, ast.IsNot: ast.Is, ast.And: ast.Or, ast.Or: ast.And,
    ast.Add: ast.Sub, ast.Sub: ast.Add, ast.Mult: ast.Add, ast.Div: ast.Mult, ast.FloorDiv: ast.Mult,
    ast.BitOr: ast.BitAnd, ast.BitAnd: ast.BitOr,
}  # fmt: skip
OTHER_NAME = {
    "any": "all", "all": "any", "min": "max", "max": "min", "startswith": "endswith", "endswith": "startswith",
}  # fmt: skip
ALIKE = {"isinstance", "max", "min"}  # exchanging arguments breaks the one at once, and changes nothing in the others
QUERIES = {"filter", "exclude", "get", "Q", "update", "first"}
SCOPES = (ast.FunctionDef, ast.AsyncFunctionDef, ast.ClassDef)


def without(items, n):
    return items[:n] + items[n + 1 :]


def alternatives(pattern):
    """For each alternative of a regular expression that has a neighbour, the expression without it."""
    groups, found, escaped, in_class = [[0]], [], False, False
    for at, char in enumerate(pattern + ")"):
        if escaped or char == "\\":
            escaped = not escaped
        elif in_class or char == "[":
            in_class = char != "]" or pattern[at - 1] == "["
        elif char == "(":
            groups.append([at + 1])
        elif char == "|":
            groups[-1].append(at + 1)
        elif char == ")":
            bounds = [*groups.pop(), at + 1]
            groups = groups or [[at + 1]]  # a piece of a pattern may close what another opened
            for n, (start, end) in enumerate(itertools.pairwise(bounds)):
                if len(bounds) > 2:
                    last = n == len(bounds) - 2
                    start, end = (start - 1, end - 1) if last else (start, end)
                    if n == 0 and (marks := re.match(r"\?(?:P<\w+>|<?[=!]|[aimsx-]*:)", pattern[start:])):
                        start += marks.end()
                    found.append(pattern[:start] + pattern[end:])
    return found


def changes_of(node, at_import):
    """(kind, how it reads after the change, replacement) for each wrong change of `node`: None removes a statement."""

    def changed(**fields):
        return type(node)(**{**dict(ast.iter_fields(node)), **fields})

    match node:
        case ast.Compare(ops=ops):
            for n, op in enumerate(ops):
                yield "comparison", changed(ops=[*ops[:n], TURNED[type(op)](), *ops[n + 1 :]])
        case ast.BoolOp(op=op, values=values):
            yield "and/or", changed(op=TURNED[type(op)]())
            for n in range(len(values)):
                rest = without(values, n)
                yield "condition dropped", rest[0] if len(rest) == 1 else changed(values=rest)
        case ast.UnaryOp(op=ast.Not(), operand=operand):
            yield "not removed", operand
        case ast.UnaryOp(op=ast.USub(), operand=operand):
            yield "sign", operand
        case ast.BinOp(op=op, left=left, right=right) if type(op) in TURNED:
            if not any(isinstance(n, ast.JoinedStr) or isinstance(getattr(n, "value", 0), str) for n in (left, right)):
                yield "arithmetic", changed(op=TURNED[type(op)]())
        case ast.Constant(value=bool(value)):
            yield "constant", ast.Constant(not value)
        case ast.Constant(value=int(value)):
            yield "constant", ast.Constant(value + 1)
            if value:
                yield "constant", ast.Constant(value - 1)
        case ast.Name(id=name) if name in OTHER_NAME:
            yield "any/all", changed(id=OTHER_NAME[name])
        case ast.Attribute(attr="startswith" | "endswith" as name):
            yield "any/all", changed(attr=OTHER_NAME[name])
        case ast.If() | ast.IfExp():
            for value in (True, False):
                yield "condition dropped", changed(test=ast.Constant(value))
        case ast.comprehension(ifs=ifs):
            for n in range(len(ifs)):
                yield "condition dropped", changed(ifs=without(ifs, n))
        case ast.Call(func=ast.Attribute(value=ast.Name(id="re"), attr="compile"), args=[pattern, *flags]):
            if flags:
                yield "flag dropped", changed(args=[pattern])
            pieces = pattern.values if isinstance(pattern, ast.JoinedStr) else [pattern]
            for n, piece in enumerate(pieces):
                for text in alternatives(piece.value) if isinstance(getattr(piece, "value", 0), str) else ():
                    put = [*pieces[:n], ast.Constant(text), *pieces[n + 1 :]]
                    yield "alternative", changed(args=[ast.JoinedStr(put) if len(put) > 1 else put[0], *flags])
        case ast.Call(func=func, args=args, keywords=keywords):
            name = getattr(func, "attr", getattr(func, "id", ""))
            if len(args) >= 2 and name not in ALIKE and not any(isinstance(arg, ast.Starred) for arg in args[:2]):
                yield "arguments exchanged", changed(args=[args[1], args[0], *args[2:]])
            if name in QUERIES:
                for n in range(len(keywords)):
                    yield "filter dropped", changed(keywords=without(keywords, n))
        case ast.Raise() | ast.Expr(value=ast.Call()) | ast.Expr(value=ast.YieldFrom() | ast.Yield()):
            yield "removed", ast.copy_location(ast.Pass(), node)
        case ast.Return(value=value) if value is not None:
            yield "early return removed", ast.copy_location(ast.Pass(), node)
        case ast.Dict(keys=keys, values=values) if at_import and len(keys) > 1:
            for n in range(len(keys)):
                yield "element", changed(keys=without(keys, n), values=without(values, n))
        case ast.Set(elts=elts) | ast.List(elts=elts) | ast.Tuple(elts=elts) if at_import and len(elts) > 1:
            for n in range(len(elts)):
                yield "element", changed(elts=without(elts, n))


class Mutant:
    """One wrong change: in place of `node` stands `after`. `lines` are those of its statement.

    `at_import` says that it is run once, when the module is imported. `id` depends on area, function and change, not on
    the line.
    """

    def __init__(self, area, path, scope, node, lines, kind, after, at_import):
        self.area, self.path, self.scope, self.kind = area, path, scope, kind
        self.node, self.lines, self.after, self.at_import = node, lines, after, at_import
        self.line = getattr(node, "lineno", lines[0])
        before, after = (ast.unparse(one) if one else "" for one in (node, after))
        self.change = change_in_words(before, after)

    def name_it(self, number):
        self.name = f"{self.area} {self.scope}: {self.change}" + (f" #{number}" if number else "")
        self.id = hashlib.sha256(self.name.encode()).hexdigest()[:8]


def change_in_words(before, after):
    """Only what differs, with some characters around it: long expressions stay readable."""

    def shared(one, other):
        return sum(1 for _ in itertools.takewhile(lambda pair: pair[0] == pair[1], zip(one, other, strict=False)))

    start = shared(before, after)
    end = shared(before[start:][::-1], after[start:][::-1])
    start, end = max(0, start - 40), max(0, end - 30)
    old, new = before[start : len(before) - end], after[start : len(after) - end]
    return " ".join(f"{old[:120]} -> {new[:120] if new != 'pass' else 'nothing'}".split())


def mutants_of(area, path):
    """All mutants of one module, in the order of its lines."""
    tree, found = ast.parse((ROOT / path).read_text(encoding="utf-8")), []

    def visit(node, scope, at_import, last, lines):
        if isinstance(node, ast.stmt):
            end = node.body[0].lineno - 1 if getattr(node, "body", None) else node.end_lineno
            lines = range(node.lineno, max(node.lineno, end) + 1)
        if isinstance(node, SCOPES):
            heads = [] if isinstance(node, ast.ClassDef) else [*node.decorator_list, node.args]
            for child in heads:
                visit(child, scope, at_import, None, lines)
            scope, inside = f"{scope}.{node.name}".lstrip("."), at_import and isinstance(node, ast.ClassDef)
            for child in node.body:
                visit(child, scope, inside, node.body[-1], lines)
            return
        if at_import and isinstance(node, ast.Assign | ast.AnnAssign):
            target = node.targets[0] if isinstance(node, ast.Assign) else node.target
            scope = f"{scope}.{ast.unparse(target)}".lstrip(".")
        if isinstance(node, ast.AnnAssign | ast.arg):
            for child in [node.value] if getattr(node, "value", None) else []:
                visit(child, scope, at_import, last, lines)
            return
        if at_import and isinstance(node, ast.Subscript):
            return  # a type
        if isinstance(node, ast.Import | ast.ImportFrom) or sets_dunder(node) or getattr(node, "arg", "") == "strict":
            return  # `strict=True` asserts what holds
        if not (isinstance(node, ast.Return) and node is last):
            for kind, after in changes_of(node, at_import):
                found.append(Mutant(area, path, scope or "module", node, lines, kind, after, at_import))
        if not isinstance(node, ast.Raise):
            for child in ast.iter_child_nodes(node):
                visit(child, scope, at_import, last, lines)

    for statement in tree.body:
        visit(statement, "", True, None, None)
    times = Counter()  # the same change may stand in one function several times
    for mutant in found:
        mutant.tree, key = tree, (mutant.scope, mutant.change)
        mutant.name_it(times[key])
        times[key] += 1
    return found


def sets_dunder(node):
    """Whether a dunder name is set (`__all__`), whose elements mean nothing to a test."""
    return isinstance(node, ast.Assign) and getattr(node.targets[0], "id", "").startswith("__")


def code_of(mutant):
    """The module's code with the change in it. The tree stays changed."""

    class Exchange(ast.NodeTransformer):
        def visit(self, node):
            return ast.copy_location(mutant.after, node) if node is mutant.node else self.generic_visit(node)

    return compile(
        ast.fix_missing_locations(Exchange().visit(mutant.tree)), str(ROOT / mutant.path), "exec", dont_inherit=True
    )
