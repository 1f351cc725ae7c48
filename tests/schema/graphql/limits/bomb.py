"""Bombs of nested fragments; run as a module, it measures how long it takes to refuse them.

`python -m tests.schema.graphql.limits.bomb` only measures; it sends nothing.
"""

import statistics
import sys
import time

from schema import build_schema
from schema.graphql.limits.bounds import Bounds
from schema.graphql.limits.validation import Validation


def bomb(levels: int) -> str:
    """Return a document that doubles at every level: two aliases of a field, each with the next."""
    on, link = ("Lead", "Application"), ("application", "lead")
    parts = ['query { node(id: "x") { ...F0 } }']
    for level in range(levels):
        spread = f"{link[level % 2]} {{ ...F{level + 1} }}"
        parts.append(f"fragment F{level} on {on[level % 2]} {{ a: {spread} b: {spread} }}")
    parts.append(f"fragment F{levels} on {on[levels % 2]} {{ id }}")
    return "\n".join(parts)


def flat_bomb(levels: int) -> str:
    """Return a document that doubles at every level without going deeper."""
    parts = ["query { viewer { user { ...F0 } } }"]
    parts += [f"fragment F{level} on User {{ ...F{level + 1} ...F{level + 1} }}" for level in range(levels)]
    return "\n".join([*parts, f"fragment F{levels} on User {{ a: id }}"])


def main() -> None:
    """Print a table: levels, bytes, selections visited, milliseconds (median of 20)."""
    core = build_schema()._schema
    write = sys.stdout.write
    write("levels  bytes  visited  parse ms  check ms  refused for\n")
    for make in (bomb, flat_bomb):
        for levels in (10, 15, 20, 25, 100):
            text = make(levels)
            parsing, checking = [], []
            for _ in range(20):
                validation = Validation(Bounds(tokens=10_000))
                began = time.perf_counter()
                checked = validation.parse(text)
                parsed = time.perf_counter()
                measured, errors = validation.check(core, checked)
                parsing.append(parsed - began)
                checking.append(time.perf_counter() - parsed)
            limits = ", ".join(str((error.extensions or {}).get("limit")) for error in errors)
            write(
                f"{levels:6} {len(text):6} {measured.visited:8} {statistics.median(parsing) * 1e3:9.2f} "
                f"{statistics.median(checking) * 1e3:9.2f}  {limits or 'nothing'}\n"
            )


if __name__ == "__main__":
    main()
