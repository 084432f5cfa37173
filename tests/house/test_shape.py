"""Sizes and shape of ``matcher``, ``api`` and ``data``, and of their tests the length."""

import ast
from collections.abc import Iterator
from pathlib import Path
from statistics import median, quantiles

ROOT = Path(__file__).parents[2]
SOURCES = sorted(
    path
    for name in ("matcher", "api", "data")
    for path in (ROOT / name).rglob("*.py")
    if path.parent.name != "versions"  # migrations, written by Alembic
)
MODULES = {
    str(path.relative_to(ROOT)): ast.parse(path.read_text(encoding="utf-8")) for path in SOURCES
}

Function = ast.FunctionDef | ast.AsyncFunctionDef


def _lines(name: str) -> int:
    return len((ROOT / name).read_text(encoding="utf-8").splitlines())


def _length(function: Function) -> int:
    """Lines from ``def`` to the last one, docstring included, decorators not."""
    return (function.end_lineno or function.lineno) - function.lineno + 1


def _functions() -> Iterator[tuple[str, Function]]:
    """Every function and method, also inner ones, with where it stands."""
    for name, module in MODULES.items():
        for node in ast.walk(module):
            if isinstance(node, Function):
                yield f"{name}:{node.lineno} {node.name}", node


def _parameters(function: Function) -> list[ast.arg]:
    """All parameters but ``self`` and ``cls``."""
    args = function.args
    every = [*args.posonlyargs, *args.args, *args.kwonlyargs, args.vararg, args.kwarg]
    return [arg for arg in every if arg is not None and arg.arg not in {"self", "cls"}]


def _is_command(function: Function) -> bool:
    """Whether it is a command of the command line: its parameters are the command's options."""
    first = next(iter(_parameters(function)), None)
    annotation = first.annotation if first else None
    return annotation is not None and ast.unparse(annotation) == "typer.Context"


def _is_operation(where: str, function: Function) -> bool:
    """Whether it is an operation of the API, or a call of one: authority stands in the signature.

    Path, query, body, who asks and the unit of work are each a parameter.
    """
    decorators = (ast.unparse(one) for one in function.decorator_list)
    return where.startswith("api/client/") or any("router." in one for one in decorators)


def _public(scope: ast.Module | ast.ClassDef, where: str) -> Iterator[tuple[str, ast.AST]]:
    """The classes, functions and methods whose names do not begin with an underscore."""
    for node in scope.body:
        if isinstance(node, ast.ClassDef | Function) and not node.name.startswith("_"):
            yield f"{where}:{node.lineno} {node.name}", node
            if isinstance(node, ast.ClassDef):
                yield from _public(node, where)


def test_no_module_is_long() -> None:
    """No module has more than 400 lines: one that has, has two reasons to change."""
    assert {name: _lines(name) for name in MODULES if _lines(name) > 400} == {}


def test_no_test_file_is_long() -> None:
    """Nor has a file of tests or of what they share: one that has, is about two things."""
    files = (str(path.relative_to(ROOT)) for path in (ROOT / "tests").rglob("*.py"))
    assert {name: _lines(name) for name in files if _lines(name) > 400} == {}


def test_most_modules_are_short() -> None:
    """Half of the modules have at most 150 lines."""
    assert median(_lines(name) for name in MODULES) <= 150


def test_no_function_is_long() -> None:
    """No function has more than 60 lines."""
    assert {where: _length(f) for where, f in _functions() if _length(f) > 60} == {}


def test_most_functions_are_short() -> None:
    """Half of the functions have at most 10 lines, nine of ten at most 30."""
    lengths = [_length(function) for _, function in _functions()]
    assert median(lengths) <= 10
    assert quantiles(lengths, n=10, method="inclusive")[-1] <= 30


def test_functions_have_few_parameters() -> None:
    """At most five: more belong together under a name. Those of commands and operations do not."""
    counts = {
        where: len(_parameters(f))
        for where, f in _functions()
        if not _is_command(f) and not _is_operation(where, f)
    }
    assert {where: count for where, count in counts.items() if count > 5} == {}


def test_every_parameter_and_result_is_annotated() -> None:
    """All functions, also private and inner ones, say what they take and what they give."""
    bare = [
        where
        for where, function in _functions()
        if function.returns is None or any(arg.annotation is None for arg in _parameters(function))
    ]
    assert bare == []


def test_every_module_has_a_docstring() -> None:
    """A module says in a sentence what it is for."""
    assert [name for name, module in MODULES.items() if not ast.get_docstring(module)] == []


def test_everything_public_has_a_docstring() -> None:
    """Public classes, functions and methods say what types do not."""
    silent = [
        where
        for name, module in MODULES.items()
        for where, node in _public(module, name)
        if isinstance(node, ast.ClassDef | Function) and not ast.get_docstring(node)
    ]
    assert silent == []


def test_nothing_has_a_name_that_says_nothing() -> None:
    """There is no ``utils``, ``common`` or ``helpers``: things stand where they belong."""
    empty = {"utils", "util", "common", "helpers", "helper", "misc", "base"}
    parts = {part for path in SOURCES for part in path.relative_to(ROOT).with_suffix("").parts}
    assert parts & empty == set()
