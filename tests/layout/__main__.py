"""Prints the packages of each layer, the number of imports between them, their levels and their cycles.

A package is a package or module directly below a layer. Its level is the length of its longest import path;
packages that import each other in a cycle share a level.
"""

import sys
from collections.abc import Iterator
from functools import cache
from graphlib import TopologicalSorter
from pathlib import Path

import grimp

LAYERS = ("rules", "models", "schema", "jobs")
Imports = dict[str, set[str]]


def imports_of(graph: grimp.ImportGraph, layer: str) -> Imports:
    """Return for each package of a layer the packages that it imports."""
    packages = graph.find_children(layer)
    return {
        package: {other for other in packages - {package} if graph.direct_import_exists(
            importer=package, imported=other, as_packages=True)}
        for package in packages
    }  # fmt: skip


def cycles(imports: Imports) -> Iterator[frozenset[str]]:
    """Yield the groups of packages that import each other, directly or indirectly."""

    @cache
    def reached(package: str) -> frozenset[str]:
        found: set[str] = set()
        waiting = list(imports[package])
        while waiting:
            if (one := waiting.pop()) not in found:
                found.add(one)
                waiting.extend(imports[one])
        return frozenset(found)

    seen: set[str] = set()
    for package in sorted(imports):
        if package not in seen:
            group = frozenset({package} | {other for other in reached(package) if package in reached(other)})
            seen |= group
            yield group


def levels(imports: Imports) -> list[list[str]]:
    """Return the packages level by level, lowest first."""
    groups = {package: group for group in cycles(imports) for package in group}
    below = {
        group: {groups[to] for package in group for to in imports[package]} - {group}
        for group in groups.values()
    }
    height: dict[frozenset[str], int] = {}
    for group in TopologicalSorter(below).static_order():  # cycles were merged, so none is left
        height[group] = 1 + max((height[other] for other in below[group]), default=0)
    return [
        sorted(package for group, at in height.items() if at == level for package in group)
        for level in range(1, max(height.values(), default=0) + 1)
    ]


def main() -> None:
    """Print the layers of the tree in which the command is run."""
    sys.path.insert(0, str(Path.cwd()))
    for layer in LAYERS:
        graph = grimp.build_graph(layer, cache_dir=None)
        imports = imports_of(graph, layer)
        built = levels(imports)
        found = [group for group in cycles(imports) if len(group) > 1]
        count = sum(map(len, imports.values()))
        print(f"{layer}: {len(imports)} packages, {count} imports, {len(built)} levels, {len(found)} cycles")  # noqa: T201
        for number, packages in reversed(list(enumerate(built, 1))):
            print(f"  {number:2}  {' '.join(package.partition('.')[2] for package in packages)}")  # noqa: T201
        for group in found:
            print(f"  cycle: {' '.join(sorted(group))}")  # noqa: T201


main()
