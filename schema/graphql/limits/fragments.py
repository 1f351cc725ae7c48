"""Order of fragments, dependencies first, computed without recursion.

Cycles are not reported here (GraphQL validation does that); the order simply stops where a cycle closes.
"""

from collections.abc import Iterator, Mapping

from graphql import FragmentDefinitionNode, FragmentSpreadNode, SelectionSetNode


def parts_first(fragments: Mapping[str, FragmentDefinitionNode]) -> tuple[list[str], int]:
    """Return the names in order, and the number of selections visited, each once."""
    visited = 0
    spreads: dict[str, list[str]] = {}
    for name, fragment in fragments.items():
        spreads[name], looked_at = _spreads(fragment.selection_set)
        visited += looked_at
    order: list[str] = []
    seen: set[str] = set()
    for root in fragments:
        if root in seen:
            continue
        seen.add(root)
        path: list[tuple[str, Iterator[str]]] = [(root, iter(spreads[root]))]
        while path:
            name, rest = path[-1]
            following = next((one for one in rest if one in spreads and one not in seen), None)
            if following is None:
                order.append(name)
                path.pop()
            else:
                seen.add(following)
                path.append((following, iter(spreads[following])))
    return order, visited


def _spreads(selection_set: SelectionSetNode) -> tuple[list[str], int]:
    names: list[str] = []
    visited = 0
    waiting = [selection_set]
    while waiting:
        for selection in waiting.pop().selections:
            visited += 1
            if isinstance(selection, FragmentSpreadNode):
                names.append(selection.name.value)
                continue
            below: SelectionSetNode | None = getattr(selection, "selection_set", None)
            if below is not None:
                waiting.append(below)
    return names, visited
