"""How objects with contact data appear in logs and tracebacks: by name, never by value.

Every class that holds contact data must use it.
"""


class Redacted:
    """Mix-in: `repr` and `str` give the class's name only, so that no log can show contact data.

    A dataclass that mixes this in sets `repr=False`, otherwise its own `repr` would take precedence.
    """

    __slots__ = ()

    def __repr__(self) -> str:
        return f"<{type(self).__name__}: contact data not shown>"

    def __str__(self) -> str:
        return repr(self)

    def __format__(self, spec: str) -> str:
        return format(repr(self), spec)
