"""The log of operators' looks at contact data as a list: a person's own, or all of them for operators.

An entry says who looked at which lead's contact, and when. It has no contact data, and stays after an
erasure.
"""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from models.base.database import Connection
from models.base.keyset import Key, Order, Page, SelectStatement, Slice, fetch_rows, fetch_slice
from models.base.viewer import Viewer

NEWEST_LOOK = Order("NEWEST", (Key("look.at", "timestamptz"), Key("look.id", "uuid")), descending=True)


@dataclass(frozen=True, slots=True)
class ContactLookFilter:
    """Filter for looks; None does not filter. `looked_until` is exclusive."""

    lead_id: UUID | None = None
    prospect_id: UUID | None = None  # whose contact it is
    user_id: UUID | None = None  # the operator who looked
    looked_from: datetime | None = None
    looked_until: datetime | None = None


@dataclass(frozen=True, slots=True)
class ContactLookView:
    """An operator's look at the contact data of a lead."""

    id: UUID
    lead_id: UUID
    user_id: UUID
    at: datetime


_SELECT = "SELECT look.id, look.lead_id, look.user_id, look.at"
_LOOKS = "FROM contact_access AS look"


def _looks_of(statement: SelectStatement, viewer: Viewer, prospect_id: UUID | None) -> str:
    """Return the FROM clause: the looks that the viewer may see, of this person if one is given.

    A person's looks are few among very many, so OFFSET 0 keeps PostgreSQL from walking through the looks at
    everybody in the order of the list.
    """
    people = [] if viewer.operator else [viewer.prospect_id]
    if prospect_id is not None:
        people.append(prospect_id)
    if not people:
        return _LOOKS
    own = " AND ".join(f"lead.prospect_id = {statement.bind(one, 'uuid')}" for one in people)
    return f"""FROM (SELECT contact_access.* FROM lead JOIN contact_access ON contact_access.lead_id = lead.id
        WHERE {own} OFFSET 0) AS look"""


async def list_contact_looks(
    conn: Connection, viewer: Viewer, part: Slice, criteria: ContactLookFilter
) -> Page[ContactLookView]:
    """List the looks that the viewer may see, newest first, in one statement.

    Those of everybody for operators, of its own contact data for a prospect, and none for others.
    """
    statement = SelectStatement([])
    source = _looks_of(statement, viewer, criteria.prospect_id)
    for condition, value, kind in (
        ("look.lead_id =", criteria.lead_id, "uuid"),
        ("look.user_id =", criteria.user_id, "uuid"),
        ("look.at >=", criteria.looked_from, "timestamptz"),
        ("look.at <", criteria.looked_until, "timestamptz"),
    ):
        if value is not None:
            statement.where(f"{condition} {statement.bind(value, kind)}")
    found = await fetch_slice(conn, _SELECT, source, statement, NEWEST_LOOK, part)
    return Page.of(found, lambda row: ContactLookView(row["id"], row["lead_id"], row["user_id"], row["at"]))


async def contact_looks_by_id(
    conn: Connection, viewer: Viewer, ids: Collection[UUID]
) -> dict[UUID, ContactLookView]:
    """Return the looks with these ids that the viewer may see, in one statement."""
    statement = SelectStatement([])
    source = _looks_of(statement, viewer, None)
    statement.where(f"look.id = ANY({statement.bind(list(ids), 'uuid[]')})")
    rows = await fetch_rows(conn, _SELECT, source, statement)
    return {row["id"]: ContactLookView(row["id"], row["lead_id"], row["user_id"], row["at"]) for row in rows}
