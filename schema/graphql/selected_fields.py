"""Names of the fields that an operation selects below a field, so that a list reads only what it needs.

The result may contain too much, never too little: fields that are skipped or aliased, or on another type,
count.
"""

from collections.abc import Iterator

from graphql import FieldNode, FragmentSpreadNode, InlineFragmentNode, SelectionSetNode

from models.leads.columns import Parts
from schema.graphql.context import Info
from schema.graphql.fast_path.info import LazyInfo

_OF_CONTACTS = frozenset({"contacting", "smartData", "organisation"})


def nodes_of(info: Info) -> list[FieldNode]:
    """Return the current field as it is selected: the same list for all objects of a page."""
    return info.field_nodes if isinstance(info, LazyInfo) else info._raw_info.field_nodes


def names_below(info: Info) -> set[str]:
    """Return the names of all fields below the current one; each fragment is visited once."""
    raw = info._raw_info
    names, spread = set[str](), set[str]()
    left: list[SelectionSetNode | None] = [node.selection_set for node in raw.field_nodes]
    while left:
        selections = left.pop()
        for one in selections.selections if selections else ():
            if isinstance(one, FieldNode):
                names.add(one.name.value)
            if isinstance(one, FieldNode | InlineFragmentNode):
                left.append(one.selection_set)
            elif isinstance(one, FragmentSpreadNode) and one.name.value not in spread:
                spread.add(one.name.value)
                left.append(raw.fragments[one.name.value].selection_set)
    return names


def fields_of(info: Info) -> Iterator[FieldNode]:
    """Yield the fields directly below the current one, those of fragments too."""
    raw = info._raw_info
    spread = set[str]()
    left: list[SelectionSetNode | None] = [node.selection_set for node in raw.field_nodes]
    while left:
        selections = left.pop()
        for one in selections.selections if selections else ():
            if isinstance(one, FieldNode):
                yield one
            elif isinstance(one, InlineFragmentNode):
                left.append(one.selection_set)
            elif isinstance(one, FragmentSpreadNode) and one.name.value not in spread:
                spread.add(one.name.value)
                left.append(raw.fragments[one.name.value].selection_set)


def parts_of_applications(info: Info) -> Parts:
    """Return the parts that a list of applications or deliveries must read."""
    return Parts(placed="placed" in names_below(info))


def parts_of_leads(info: Info) -> Parts:
    """Return the parts that a list of leads must read for these fields of `Lead`.

    Who is looked up, and by which address, depends on the contact.
    """
    names = names_below(info)
    if not names.isdisjoint(_OF_CONTACTS):
        names.add("contact")
    return Parts(*(part in names for part in Parts._fields))
