"""Prints the packages of each layer, the number of imports between them, their levels and their cycles.

The code calls packages or modules directly below a layer "rooms", and imports "arrows". A room's "floor" is
the length of its longest import path; rooms that import each other in a cycle share a floor. The output calls
them packages, imports, levels and cycles.
"""

import sys
from collections.abc import Iterator
from functools import cache
from graphlib import TopologicalSorter
from pathlib import Path

import grimp

LAYERS = ("rules", "models", "schema", "jobs")
Arrows = dict[str, set[str]]


def arrows_of(graph: grimp.ImportGraph, layer: str) -> Arrows:
    """Return for each room of a layer the rooms that it imports."""
    rooms = graph.find_children(layer)
    return {
        room: {other for other in rooms - {room} if graph.direct_import_exists(
            importer=room, imported=other, as_packages=True)}
        for room in rooms
    }  # fmt: skip


def circles(arrows: Arrows) -> Iterator[frozenset[str]]:
    """Yield the groups of rooms that import each other, directly or indirectly."""

    @cache
    def reached(room: str) -> frozenset[str]:
        found: set[str] = set()
        waiting = list(arrows[room])
        while waiting:
            if (one := waiting.pop()) not in found:
                found.add(one)
                waiting.extend(arrows[one])
        return frozenset(found)

    seen: set[str] = set()
    for room in sorted(arrows):
        if room not in seen:
            group = frozenset({room} | {other for other in reached(room) if room in reached(other)})
            seen |= group
            yield group


def floors(arrows: Arrows) -> list[list[str]]:
    """Return the rooms floor by floor, lowest first."""
    groups = {room: group for group in circles(arrows) for room in group}
    below = {
        group: {groups[to] for room in group for to in arrows[room]} - {group} for group in groups.values()
    }
    height: dict[frozenset[str], int] = {}
    for group in TopologicalSorter(below).static_order():  # circles were merged, so none is left
        height[group] = 1 + max((height[other] for other in below[group]), default=0)
    return [
        sorted(room for group, at in height.items() if at == floor for room in group)
        for floor in range(1, max(height.values(), default=0) + 1)
    ]


def main() -> None:
    """Print the layers of the tree in which the command is run."""
    sys.path.insert(0, str(Path.cwd()))
    for layer in LAYERS:
        graph = grimp.build_graph(layer, cache_dir=None)
        arrows = arrows_of(graph, layer)
        built = floors(arrows)
        rings = [group for group in circles(arrows) if len(group) > 1]
        count = sum(map(len, arrows.values()))
        print(f"{layer}: {len(arrows)} packages, {count} imports, {len(built)} levels, {len(rings)} cycles")  # noqa: T201
        for number, rooms in reversed(list(enumerate(built, 1))):
            print(f"  {number:2}  {' '.join(room.partition('.')[2] for room in rooms)}")  # noqa: T201
        for group in rings:
            print(f"  cycle: {' '.join(sorted(group))}")  # noqa: T201


main()
