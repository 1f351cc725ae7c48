"""The SQL of a verdict: the rules' own conditions over columns, in a form that an index can serve.

Expressions must come from this code base, never from user input.
"""

from collections.abc import Iterable, Mapping
from enum import StrEnum

from rules.engine.condition import Constant, Node, Split, Test, holds
from rules.engine.reduction import Axis

__all__ = ["verdict_sql"]

Columns = Mapping[str, str | bool | int]


def verdict_sql(
    nodes: Iterable[Node], axes: Iterable[Axis], columns: Columns, now: str, switches: Mapping[str, bool]
) -> str:
    """A boolean expression of PostgreSQL that is true exactly when one of the conditions `nodes` holds.

    `columns` gives each fact an SQL expression of the fact's own type (text for an enum, boolean, bigint,
    timestamptz for a time fact), or a fixed value (a member, bool or int), which is folded away. `now` is an
    SQL expression of type timestamptz, e.g. `$1::timestamptz`. No NOT is generated, so a NULL makes its
    comparison fail: wrap an expression that can be NULL as `coalesce(..., 'NONE')`.

    A time fact becomes `column <= now - interval`, because floor(now - t) >= c exactly when t <= now - c.

    Raises KeyError for a fact without a column, TypeError for a fixed value of the wrong type.
    """
    fixed: dict[str, Constant] = dict(switches)
    for axis in axes:
        name = axis.field.name
        if name in fixed:
            continue
        column = columns[name]
        if isinstance(column, StrEnum | bool | int):
            if axis.field.kind == "since" or type(column) is not (
                axis.field.enum or (bool if axis.field.kind == "bool" else int)
            ):
                raise TypeError(f"columns[{name!r}]={column!r}: not a value of this fact")
            fixed[name] = column
    return _any([_sql(node, columns, now, fixed) for node in nodes])


def _sql(node: Node, columns: Columns, now: str, fixed: Mapping[str, Constant]) -> str:
    if isinstance(node, Split):
        parts = [_sql(part, columns, now, fixed) for part in node.parts]
        return _every(parts) if node.every else _any(parts)
    name = node.field.name
    if name in fixed:
        return "true" if holds(node, fixed[name]) else "false"
    return _compare(node, str(columns[name]), now)


def _compare(test: Test, column: str, now: str) -> str:
    constant, operator = test.constant, test.operator
    if isinstance(constant, StrEnum):
        return f"{column} = {_quoted(constant.value)}"
    if isinstance(constant, bool):
        return f"{column} is {'true' if constant else 'false'}"
    if test.field.kind != "since":
        return f"{column} {'=' if operator == '==' else operator} {constant}"
    # whole seconds: more than c means c + 1 or more, and equal means between the two
    since = f"{column} <= {_ago(now, constant + (operator in {'>', '<='}))}"
    until = f"{column} > {_ago(now, constant + (operator in {'==', '>', '<='}))}"
    if operator == "==":
        return f"({since} and {until})"
    return since if operator in {">=", ">"} else until


def _ago(now: str, seconds: int) -> str:
    return f"{now} - interval '{seconds} seconds'"


def _quoted(text: str) -> str:
    if "\x00" in text or "\\" in text:
        raise ValueError(f"{text!r} cannot be a literal")
    return "'" + text.replace("'", "''") + "'"


def _every(parts: list[str]) -> str:
    needed = [part for part in dict.fromkeys(parts) if part != "true"]
    if "false" in needed:
        return "false"
    return _joined(needed, " and ", "true")


def _any(parts: list[str]) -> str:
    needed = [part for part in dict.fromkeys(parts) if part != "false"]
    if "true" in needed:
        return "true"
    return _joined(needed, " or ", "false")


def _joined(parts: list[str], word: str, empty: str) -> str:
    if not parts:
        return empty
    return parts[0] if len(parts) == 1 else f"({word.join(parts)})"
