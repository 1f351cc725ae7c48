"""Parts of the addresses of the database and of Redis: what may be a host, a port or an option."""

import re
from collections.abc import Sequence

_PORT = re.compile("[0-9]{1,5}")


def is_port(text: str) -> bool:
    """Return whether a text is the number of a port."""
    return _PORT.fullmatch(text) is not None and 1 <= int(text) <= 65_535


def is_host(text: str) -> bool:
    """Return whether a text may be a host's name or address; drivers raise for an empty label."""
    try:
        return bool(text.encode("idna"))
    except UnicodeError:
        return False


def unknown_option(name: str, query: str, known: Sequence[str]) -> str:
    """Return what is wrong with a query that has an unknown option.

    The option is not named if it may be the rest of a password: everything after a `?` in it is the query.
    """
    listed = f"known are {', '.join(known)}"
    if "@" in query:
        return f"has an unknown option, or a ? in its password, which must be written as %3F; {listed}"
    return f"has the unknown option {name[:40]!r}; {listed}"
