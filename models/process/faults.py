"""How an exception is logged: its type, where it was raised, and its causes.

The text of an exception is left out unless it cannot quote values, as those of drivers and parsers do.
"""

from collections.abc import Iterator
from pathlib import Path

_ROOT = f"{Path(__file__).parents[2]}/"
_LIBRARIES = "site-packages/"
_MOST_ERRORS, _MOST_PLACES = 8, 12
# Python's own errors about names, modules, files and addresses, whose text is safe.
_HARMLESS = (AttributeError, ImportError, NameError, NotImplementedError, OSError)


def kind(error: BaseException) -> str:
    """Return an exception's class."""
    name = type(error).__qualname__
    return name if _builtin(error) else f"{type(error).__module__}.{name}"


def places(error: BaseException | None) -> list[str]:
    """Return the places that an exception passed through, innermost last, without values of variables."""
    found = []
    trace = error.__traceback__ if error else None
    while trace is not None:
        code = trace.tb_frame.f_code
        found.append(f"{_short(code.co_filename)}:{trace.tb_lineno} {code.co_name}")
        trace = trace.tb_next
    return found[-_MOST_PLACES:]


def describe_exception(error: BaseException) -> str:
    """Return everything that may be logged about an exception and its causes, as lines."""
    lines = []
    for one in _chain(error):
        text = f": {one}" if _builtin(one) and isinstance(one, _HARMLESS) else ""
        lines += [f"{kind(one)}{text}", *(f"  {place}" for place in places(one))]
    return "\n".join(lines)


def _chain(error: BaseException) -> Iterator[BaseException]:
    waiting: list[BaseException | None] = [error]
    seen: set[int] = set()
    while waiting and len(seen) < _MOST_ERRORS:
        one = waiting.pop(0)
        if one is None or id(one) in seen:
            continue
        seen.add(id(one))
        yield one
        if isinstance(one, BaseExceptionGroup):
            waiting += one.exceptions
        waiting.append(one.__cause__ or (None if one.__suppress_context__ else one.__context__))


def _builtin(error: BaseException) -> bool:
    return type(error).__module__ == "builtins"


def _short(filename: str) -> str:
    _, library, rest = filename.rpartition(_LIBRARIES)
    return rest if library else filename.removeprefix(_ROOT)
