"""Ids of objects in the filters of lists."""

from collections.abc import Collection
from uuid import UUID

from schema.graphql.errors import ClientError
from schema.graphql.ids import split_id


def id_in_filter(global_id: str | None, name: str, kinds: Collection[str], what: str) -> UUID | None:
    """Return the row id of `filter.name`, None if it is omitted. Raises `ClientError` INVALID with the field
    for an id that is of none of these types; the message says `what` it must be the id of.
    """
    if global_id is None:
        return None
    found = split_id(global_id)
    if found is None or found[0] not in kinds:
        raise ClientError("INVALID", f"filter.{name}: must be the id of {what}.", ("filter", name))
    return found[1]
