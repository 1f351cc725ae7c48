"""Operators that durable_rules accepts but gets wrong; they raise an error when a condition is written."""

from typing import NoReturn

from rules.engine.errors import UnsafeConditionError

__all__ = ["Refusing", "refuse"]


def refuse(construct: str, remedy: str) -> NoReturn:
    """Raises UnsafeConditionError; the caller that loads the ruleset adds its name, rule and line."""
    raise UnsafeConditionError(f"{construct} is not safe in a condition: {remedy}")


class Refusing:
    """Raises an error for each operator that durable_rules accepts and then drops, misreads or crashes on."""

    __slots__ = ()
    __hash__ = None  # type: ignore[assignment]

    def __bool__(self) -> NoReturn:  # noqa: PLE0304 - it never returns
        # Python calls this for `a and b`, `a or b`, `not a`, `1 <= a < 9` and `a in (...)`. The library's own
        # classes return True here, which silently drops half of the condition.
        refuse(
            "and, or, not, in or a chained comparison", "write (a) & (b), (a) | (b), ~m.flag, m.f.among(...)"
        )

    def __ne__(self, other: object) -> NoReturn:
        refuse("!=", "list the other members with m.field.among(...), or use < and > for an integer")

    def __neg__(self) -> NoReturn:
        refuse("-m.field", "every field is always present; make absence a member of an enum")

    def __pos__(self) -> NoReturn:
        refuse("+m.field", "every field is always present; make presence a boolean fact")

    def _arithmetic(self, other: object) -> NoReturn:
        refuse("arithmetic", f"make the result a separate fact (operand {other!r})")

    __add__ = __radd__ = __sub__ = __rsub__ = __mul__ = __rmul__ = _arithmetic
    __truediv__ = __rtruediv__ = __floordiv__ = __rfloordiv__ = __mod__ = __rmod__ = _arithmetic
    __pow__ = __rpow__ = __xor__ = __rxor__ = _arithmetic

    def __rand__(self, other: object) -> NoReturn:
        refuse(f"{other!r} & ...", "put parentheses around each comparison: (m.a == A) & (m.b == B)")

    __ror__ = __rand__

    def __lshift__(self, other: object) -> NoReturn:
        refuse("<<", "a decision has one fact; there is nothing to name")

    def __getitem__(self, key: object) -> NoReturn:
        refuse(f"[{key!r}]", "facts have no arrays or objects; make the element a separate fact")

    def __iter__(self) -> NoReturn:
        refuse("iteration", "a fact is one value")

    def __getattr__(self, name: str) -> NoReturn:
        if name.startswith("__"):  # copy, inspect and the like ask whether these exist
            raise AttributeError(name)
        refuse(
            f".{name}",
            "no nested fields, regular expressions, arrays or none(): compare one fact with a constant",
        )
